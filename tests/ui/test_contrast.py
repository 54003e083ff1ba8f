"""Every pair of colours that meets on a page can be told apart (WCAG 2.2: 4.5 for text, 3 for edges and marks)."""

import re
from pathlib import Path

import pytest

import xinqiao.ui

CSS = (Path(xinqiao.ui.__file__).parent / "static/ui/xinqiao.css").read_text(encoding="utf-8")
WHITE = "#ffffff"
TEXT = [
    (text, ground)
    for text in ("ink", "muted", "accent", "accent-strong")
    for ground in ("page", "surface", "sunken", "accent-soft")
] + [
    ("white", "accent-fill"),
    ("white", "accent-fill-strong"),
    ("white", "red-fill"),
    ("red", "red-soft"),
    ("amber", "amber-soft"),
]
MARKS = [(mark, ground) for mark in ("edge", "accent") for ground in ("page", "surface")] + [
    ("accent-fill", "page"),
    ("amber-edge", "surface"),
]


def tokens(theme: str) -> dict[str, str]:
    block = re.search(rf'\[data-bs-theme="{theme}"\] \{{(.*?)\}}', CSS, re.DOTALL)
    assert block is not None
    return dict(re.findall(r"--xq-([\w-]+): (#[0-9a-f]{6})", block[1])) | {"white": WHITE}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself() -> None:
    assert contrast("#000000", WHITE) == pytest.approx(21)
    assert contrast("#767676", WHITE) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_can_be_read(theme: str, text: str, ground: str) -> None:
    colours = tokens(theme)
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_edges_and_marks_can_be_seen(theme: str, mark: str, ground: str) -> None:
    colours = tokens(theme)
    assert contrast(colours[mark], colours[ground]) >= 3


def test_red_and_amber_are_used_by_clocks_alone() -> None:
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL))
    users = {
        selector.strip() for selector, body in rules if re.search(r"var\(--xq-(red|amber)", body)
    }
    assert users and all(selector.startswith(".xq-clock-") for selector in users)
