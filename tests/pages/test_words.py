"""No page shows a word of the other language, no raw code, no dead link: every page within reach is read."""

import re

import pytest

from tests.pages.towns import DOORS, STAFF, walked

pytestmark = pytest.mark.django_db

HAN = re.compile(r"[\u3400-\u9fff]")
LATIN = re.compile(r"[A-Za-z][A-Za-z'_-]{2,}")
#: What is written in Latin letters in any language: names of things, keys, formats, commands.
EVERYWHERE = {
    "Xinqiao", "English", "PDF", "Word", "Excel", "JPEG", "PNG", "WebP", "WAV", "CSV", "Enter", "Esc", "Ctrl", "Tab",
    "Shift", "Alt", "iPhone", "Android", "WebAuthn", "TOTP", "USB", "NFC", "OIDC", "JSON", "SQLite", "PostgreSQL",
    "Python", "Django", "HTTPS", "TOML", "xinqiao", "work", "txt",
}  # fmt: skip


@pytest.mark.parametrize("door", DOORS)
def test_a_chinese_page_is_chinese(door: str) -> None:
    names = {name.lower() for name in STAFF}
    strange: dict[str, set[str]] = {}
    for page in walked("zh", door):
        assert page.answer.status_code == 200, f"{page.address} (from {page.found_on})"
        for text in page.words:
            found = {
                word for word in LATIN.findall(_without_names(text))
                if word not in EVERYWHERE and word.lower() not in names
            }  # fmt: skip
            if found:
                strange.setdefault(page.route, set()).add(text[:80])
    assert strange == {}


def _without_names(text: str) -> str:
    """Without addresses and log-in names, which have no translation."""
    return re.sub(r"\S+@\S+|https?://\S+|\S+/\S+/\S*", " ", text)


@pytest.mark.parametrize("door", DOORS)
def test_an_english_page_is_english(door: str) -> None:
    strange: dict[str, set[str]] = {}
    for page in walked("en", door):
        assert page.answer.status_code == 200, f"{page.address} (from {page.found_on})"
        found = {text[:80] for text in page.words if HAN.search(text)}
        if found:
            strange.setdefault(page.route, set()).update(found)
    assert strange == {}
