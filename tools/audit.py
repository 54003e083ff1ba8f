"""Asks whether a pinned package has a known hole: Python's by pip-audit, the browser's by npm audit.

    tools/audit.py               # where no advisory service is reached, says so and goes on
    tools/audit.py --required    # there it fails: for a build server that must know

Exit status: 0 nothing known, 1 a known hole (one line each), 3 with --required: nobody could be asked.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
LOCKS = ("run", "dev", "build")
HOLE, NOBODY_ASKED = 1, 3


class Unreached(Exception):
    """The service that knows of holes did not answer; the message names it."""


def python_holes(report: dict[str, Any]) -> list[str]:
    """One line for each hole in a report of pip-audit. Raises Unreached when not one package was looked up."""
    packages = report["dependencies"]
    if packages and all("skip_reason" in one for one in packages):
        raise Unreached("the advisories of Python packages")
    return [
        f"{one['name']} {one['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'no version'}"
        for one in packages
        for hole in one.get("vulns", [])
    ]


def browser_holes(report: dict[str, Any]) -> list[str]:
    """One line for each package with a hole in a report of npm audit. Raises Unreached when it is none."""
    if "vulnerabilities" not in report:
        raise Unreached("the advisories of browser packages")
    found = report["vulnerabilities"]
    return [f"{name} {one['range']}: {one['severity']}" for name, one in sorted(found.items())]


def _said(*command: str) -> dict[str, Any]:
    """What a command prints as JSON; an empty object when it prints something else."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    try:
        found: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        return {}
    return found


def _asked() -> Iterator[list[str] | Unreached]:
    program = str(Path(sys.executable).with_name("pip-audit"))
    for lock in LOCKS:
        report = _said(
            program, "--disable-pip", "--require-hashes", "--format=json", "--progress-spinner=off",
            "--requirement", f"requirements/{lock}.lock",
        )  # fmt: skip
        yield _holes(python_holes, report or {"dependencies": [{"skip_reason": "no answer"}]})
    yield _holes(browser_holes, _said("npm", "audit", "--json"))


def _holes(read: Any, report: dict[str, Any]) -> list[str] | Unreached:
    try:
        holes: list[str] = read(report)
    except Unreached as nobody:
        return nobody
    return holes


def main(*, required: bool) -> int:
    answers = list(_asked())
    unreached = sorted({str(one) for one in answers if isinstance(one, Unreached)})
    holes = sorted({line for one in answers if isinstance(one, list) for line in one})
    for what in unreached:
        print(f"not asked: {what} are not reached from here", file=sys.stderr)
    for line in holes:
        print(line)
    if holes:
        return HOLE
    return NOBODY_ASKED if required and unreached else 0


if __name__ == "__main__":
    sys.exit(main(required="--required" in sys.argv[1:]))
