"""Our own style sheets hold no rule that no page uses."""

import re
from collections.abc import Iterable
from pathlib import Path

import xinqiao

ROOT = Path(xinqiao.__file__).parent
NAME = re.compile(r"xq-[\w-]*")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def _ours(*suffixes: str) -> Iterable[Path]:
    for suffix in suffixes:
        yield from (one for one in ROOT.rglob(f"*{suffix}") if "vendor" not in one.parts)


def _styled() -> set[str]:
    sheets = (COMMENT.sub("", sheet.read_text("utf-8")) for sheet in _ours(".css"))
    return {name for sheet in sheets for name in re.findall(r"\.(xq-[\w-]+)", sheet)}


def _named() -> set[str]:
    """Class names as written; one that ends with a hyphen is the beginning of several (`xq-note-{{ kind }}`)."""
    scripts = (ROOT.parents[1] / "frontend").glob("*.js")
    files = [*_ours(".html", ".py", ".js"), *scripts]
    return {name for file in files for name in NAME.findall(file.read_text("utf-8"))}


def test_every_rule_is_used_by_a_page() -> None:
    named = _named()
    beginnings = tuple(name for name in named if name.endswith("-") and name != "xq-")
    styled = _styled()
    assert styled, "no style sheet was found"
    assert {one for one in styled - named if not one.startswith(beginnings)} == set()


def test_a_table_stays_a_table_on_paper() -> None:
    """A sheet of paper is as narrow as a tablet: rows become cards on screens alone."""
    narrow = re.compile(r"@media([^{]*max-width[^{]*)\{((?:[^{}]*\{[^{}]*\})*[^{}]*)\}")
    sheets = [COMMENT.sub("", sheet.read_text("utf-8")) for sheet in _ours(".css")]
    found = [one for sheet in sheets for one in narrow.findall(sheet) if "xq-stack" in one[1]]
    assert found, "no rule makes cards of rows any more"
    assert [query.strip() for query, _rules in found if "screen" not in query] == []
