"""The table of `docs/security.md` is whole: every requirement once, and a yes names something that is there."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "security.md"
#: The requirements of levels 1 and 2 of OWASP ASVS 5.0: chapter, section, numbers.
IDS = """
1.1: 1-2; 1.2: 1-9; 1.3: 1-11; 1.4: 1-3; 1.5: 1-2
2.1: 1-3; 2.2: 1-3; 2.3: 1-4; 2.4: 1
3.2: 1-2; 3.3: 1-4; 3.4: 1-6; 3.5: 1-5; 3.7: 1-2
4.1: 1-3; 4.2: 1; 4.3: 1-2; 4.4: 1-4
5.1: 1; 5.2: 1-3; 5.3: 1-2; 5.4: 1-3
6.1: 1-3; 6.2: 1-11; 6.3: 1-3; 6.4: 1-4; 6.5: 1-5; 6.6: 1-3; 6.8: 1-3
7.1: 1-3; 7.2: 1-4; 7.3: 1-2; 7.4: 1-5; 7.5: 1-2; 7.6: 1-2
8.1: 1-2; 8.2: 1-3; 8.3: 1; 8.4: 1
9.1: 1-3; 9.2: 1-4
10.1: 1-2; 10.2: 1-2; 10.3: 1-4; 10.4: 1-11; 10.5: 1-5; 10.6: 1-2; 10.7: 1-3
11.1: 1-2; 11.2: 1-3; 11.3: 1-3; 11.4: 1-3; 11.5: 1; 11.6: 1
12.1: 1-3; 12.2: 1-2; 12.3: 1-4
13.1: 1; 13.2: 1-5; 13.3: 1-2; 13.4: 1-5
14.1: 1-2; 14.2: 1-4; 14.3: 1-3
15.1: 1-3; 15.2: 1-3; 15.3: 1-7
16.1: 1; 16.2: 1-5; 16.3: 1-4; 16.4: 1-3; 16.5: 1-3
17.1: 1; 17.2: 1-4; 17.3: 1-2
"""
_ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| (.+?) \| (.+?) \| (.+) \|$", re.MULTILINE)
_FILE = re.compile(r"`([A-Za-z_.\-]+(?:/[A-Za-z0-9_.\-]+)*)`")


def required() -> set[str]:
    """Every id, written out."""
    found = set()
    for part in re.split(r"[;\n]", IDS.strip()):
        section, _, numbers = part.strip().partition(": ")
        first, _, last = numbers.partition("-")
        found |= {f"{section}.{one}" for one in range(int(first), int(last or first) + 1)}
    return found


def rows() -> list[tuple[str, str, str, str]]:
    return _ROW.findall(PAGE.read_text("utf-8"))


def test_every_requirement_stands_there_once() -> None:
    listed = Counter(one for one, *_ in rows())
    assert {one: count for one, count in listed.items() if count > 1} == {}
    assert set(listed) == required()


def test_the_answer_is_one_of_three() -> None:
    assert {answer for _, _, answer, _ in rows()} == {"yes", "no", "n.a."}


def test_a_yes_names_a_file_that_is_there() -> None:
    for one, _, answer, where in rows():
        named = [
            ROOT / name
            for name in _FILE.findall(where)
            if "/" in name or "." in name or name == "requirements"
        ]
        if answer == "yes":
            assert any(path.exists() for path in named), one


def test_every_file_that_is_named_is_there() -> None:
    """Also on the pages before the table: a path that was moved is noticed."""
    for name in _FILE.findall(PAGE.read_text("utf-8")):
        if name.split("/")[0] in {"src", "tests", "docs", "tools"}:
            assert (ROOT / name).exists(), name


def test_a_no_says_what_is_missing() -> None:
    for one, _, answer, where in rows():
        if answer == "no":
            assert len(where) > 12, one
