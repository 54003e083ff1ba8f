"""What the handbook quotes stands on a page: a button that is renamed is renamed in the handbook."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
HANDBOOK = ROOT / "docs" / "handbook"
SOURCE = ROOT / "src" / "xinqiao"
QUOTED = re.compile(r"“([^”]+)”")
#: Words of the regulation and of talk, which stand on no button.
NOT_ON_A_PAGE = {"情况复杂", "更正", "撤销"}


def told() -> str:
    """Every Chinese text of the interface, one a line."""
    catalogues = SOURCE.rglob("locale/zh_Hans/LC_MESSAGES/django.po")
    words = [
        re.sub(r'"\n"', "", text)
        for one in catalogues
        for text in re.findall(r'msgstr(?:\[\d\])? "((?:[^\n]|"\n")*)"', one.read_text())
    ]
    words += [one.read_text() for one in (SOURCE / "rules" / "glossary").glob("*.toml")]
    return "\n".join(words)


def test_every_quoted_word_stands_on_a_page() -> None:
    pages, interface = sorted(HANDBOOK.glob("*.md")), told()
    missing = {
        f"{page.name}: {word}"
        for page in pages
        for word in QUOTED.findall(page.read_text())
        if word not in interface and word not in NOT_ON_A_PAGE
    }
    assert missing == set()
