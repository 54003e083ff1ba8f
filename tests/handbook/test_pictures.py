"""Every picture that the handbook names exists, every picture is named and light, and every link leads somewhere."""

import re
from pathlib import Path

import pytest
from PIL import Image

HANDBOOK = Path(__file__).parents[2] / "docs" / "handbook"
PICTURES = HANDBOOK / "pictures"
PAGES = sorted(HANDBOOK.glob("*.md"))
SHOWN = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)#]+)\)")
BYTES_OF_ONE, BYTES_OF_ALL = 120_000, 4_000_000
WIDEST = 1280


def shown() -> list[tuple[str, str]]:
    """What a picture says to who cannot see it, and its file, on all pages."""
    return [found for page in PAGES for found in SHOWN.findall(page.read_text())]


def test_every_picture_named_is_there_and_every_picture_is_named() -> None:
    named = {name for _, name in shown()}
    assert named
    assert named == {f"pictures/{one.name}" for one in PICTURES.iterdir()}


def test_every_picture_says_in_words_what_it_shows() -> None:
    assert [name for words, name in shown() if not words.strip()] == []


def test_pictures_are_light() -> None:
    sizes = {one.name: one.stat().st_size for one in PICTURES.iterdir()}
    assert {name: size for name, size in sizes.items() if size > BYTES_OF_ONE} == {}
    assert sum(sizes.values()) < BYTES_OF_ALL


def test_pictures_fit_a_page() -> None:
    for one in PICTURES.iterdir():
        with Image.open(one) as picture:
            assert picture.width <= WIDEST, one.name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text()):
        assert (page.parent / target).exists(), target


def test_every_page_is_reached_from_the_first() -> None:
    first = (HANDBOOK / "README.md").read_text()
    assert {one.name for one in PAGES} - {"README.md"} <= set(LINK.findall(first))
