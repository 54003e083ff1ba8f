"""What is committed is the project and nothing else: no place of one machine, no registry's address."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LARGE = 1_000_000

# The brackets keep this file from being found by its own patterns.
FORBIDDEN = {
    "the address of a package registry": (
        r"pypi[.]org|python[h]osted[.]org|registry[.]npmjs[.]|npm[m]irror|registry[.]yarn[p]kg|"
        r"mirrors?[.][a-z0-9.]+[.](com|cn)[/]|^\s*(--)?(extra-)?(index-url|find-links)\b"
    ),
    "a path of one machine": (
        r"(?<![\w.~$}])[/](root|home[/]\w+|Users[/]\w+|work[/](main|shared)|opt[/](pypi|wheels))\b"
    ),
    "a note about how the work was organised": (
        r"\b(sub-?agents?|coding[ ](agent|assistant)s?|helper[ ]agents?|agent[ ]sessions?|"
        r"system[ ]prompt|language[ ]model)\b"
    ),
}


def _committed() -> Iterator[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listing.returncode:
        pytest.skip("not a git checkout: nothing here is committed")
    for name in listing.stdout.split("\0"):
        path = ROOT / name
        if name and path.is_file():  # a file may be deleted and not yet committed so
            yield path


def _lines() -> Iterator[tuple[str, str]]:
    for path in _committed():
        content = path.read_bytes()
        if b"\0" in content[:1024]:  # a picture, a font
            continue
        for number, line in enumerate(content.decode(errors="replace").splitlines(), start=1):
            yield f"{path.relative_to(ROOT)}:{number}", line


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_committed_line_holds(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what], re.IGNORECASE)
    assert [place for place, line in _lines() if pattern.search(line)] == []


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("the address of a package registry", "  https://files.python" + "hosted.org/x.whl"),
        ("the address of a package registry", "--find" + "-links wheels"),
        ("a path of one machine", 'open("/ro' + 'ot/.ssh/key")'),
        ("a path of one machine", "see /wo" + "rk/main/docs"),
        ("a note about how the work was organised", "written by a sub" + "agent"),
    ],
)
def test_the_patterns_find_what_they_are_for(what: str, line: str) -> None:
    assert re.search(FORBIDDEN[what], line, re.IGNORECASE)


def test_lock_files_pin_with_hashes_and_name_no_address() -> None:
    for path in (ROOT / "requirements").glob("*.lock"):
        text = path.read_text()
        assert "://" not in text, path.name
        pinned = re.findall(r"^[a-z0-9][\w.-]*(\S+) \\$", text, re.MULTILINE)
        assert pinned, path.name
        assert all(version.startswith("==") for version in pinned), path.name
        assert text.count("--hash=sha256:") >= len(pinned), path.name


def test_the_lock_of_npm_names_no_address() -> None:
    assert "resolved" not in (ROOT / "package-lock.json").read_text()


def test_nothing_large_is_committed() -> None:
    assert [path.name for path in _committed() if path.stat().st_size > LARGE] == []
