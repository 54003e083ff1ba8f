"""What pyproject.toml asks for is pinned in the lock files and explained in docs/dependencies.md."""

import json
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
RUN = PROJECT["dependencies"]
EXTRAS = PROJECT["optional-dependencies"]
DEV = [line for lines in EXTRAS.values() for line in lines]


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[~=<>!;\s]", line, maxsplit=1)[0].lower() for line in requirements}


def _pinned(lock: str) -> set[str]:
    text = (ROOT / "requirements" / lock).read_text()
    return set(re.findall(r"^([a-z0-9][\w.-]*)==", text, re.MULTILINE))


def _explained() -> list[str]:
    page = (ROOT / "docs" / "dependencies.md").read_text()
    names = re.findall(r"^\| (\S+) \|", page, re.MULTILINE)
    return [name.lower() for name in names if name != "package"]


def test_every_dependency_is_pinned() -> None:
    assert _names(RUN) - _pinned("run.lock") == set(), "run: make lock"
    for extra, asked in EXTRAS.items():
        assert _names(RUN + asked) - _pinned(f"{extra}.lock") == set(), "run: make lock"


def test_nothing_is_pinned_that_is_no_longer_asked_for() -> None:
    blocks = re.split(r"\n(?=\S)", (ROOT / "requirements" / "run.lock").read_text())
    direct = {block.split("==")[0] for block in blocks if "xinqiao (pyproject.toml)" in block}
    assert direct == _names(RUN), "run: make lock"


def test_all_locks_pin_the_same_versions() -> None:
    def pins(lock: str) -> set[str]:
        text = (ROOT / "requirements" / lock).read_text()
        return set(re.findall(r"^[a-z0-9][\w.-]*==\S+", text, re.MULTILINE))

    for extra in EXTRAS:
        assert pins("run.lock") <= pins(f"{extra}.lock")


def test_every_dependency_is_explained_once_and_nothing_else_is() -> None:
    package = json.loads((ROOT / "package.json").read_text())
    browser = {*package["dependencies"], *package["devDependencies"]}
    assert sorted(_explained()) == sorted(_names(RUN) | _names(DEV) | browser)
