"""Every page within reach is read once, as every visitor: no word of the other language, no raw code, no dead link;
and every answer tells the browser what it may not do with it, without an exception for any page."""

import re

import pytest

from tests.pages.crawl import Visited
from tests.pages.towns import DOORS, STAFF, walked

pytestmark = [pytest.mark.django_db, pytest.mark.long]

HAN = re.compile(r"[\u3400-\u9fff]")
LATIN = re.compile(r"[A-Za-z][A-Za-z'_-]{2,}")
#: A sign of Latin script where Chinese has one of its own: after a Chinese character or figure, at the end of a word.
LATIN_SIGN = re.compile(r"[\u3400-\u9fff）》”%0-9][,;:.!?](?=\s|$|[\u3400-\u9fff])")
#: What is written in Latin letters in any language: names of things, keys, formats, commands.
EVERYWHERE = {
    "Xinqiao", "English", "PDF", "Word", "Excel", "JPEG", "PNG", "WebP", "WAV", "CSV", "Enter", "Esc", "Ctrl", "Tab",
    "Shift", "Alt", "iPhone", "Android", "WebAuthn", "TOTP", "USB", "NFC", "OIDC", "JSON", "SQLite", "PostgreSQL",
    "Python", "Django", "HTTPS", "TOML", "xinqiao", "work", "txt",
}  # fmt: skip
#: What would need an exception to the policy: script or style written into the page.
INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle=|\son[a-z]+=", re.IGNORECASE)
DATA_ONLY = re.compile(r'<script[^>]*type="application/json"[^>]*>')
FOREIGN = re.compile(r'(?:src|href|action)="(?:https?:)?//(?!testserver)[^"]*"')


#: A head asks the database what an officer and a clerk ask it.
SAME = pytest.mark.same_on_both("a head's pages are those of the officer and of the clerk")


@pytest.mark.parametrize(
    "door", [pytest.param(door, marks=[SAME] if door == "chenbo" else []) for door in DOORS]
)
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
            found |= set(LATIN_SIGN.findall(text)) if HAN.search(text) else set()
            if found:
                strange.setdefault(page.route, set()).add(text[:80])
    assert strange == {}


def _without_names(text: str) -> str:
    """Without addresses and log-in names, which have no translation."""
    return re.sub(r"\S+@\S+|https?://\S+|\S+/\S+/\S*", " ", text)


@pytest.mark.same_on_both("the Chinese pages ask the same of the database")
@pytest.mark.parametrize("door", DOORS)
def test_an_english_page_is_english(door: str) -> None:
    strange: dict[str, set[str]] = {}
    for page in walked("en", door):
        assert page.answer.status_code == 200, f"{page.address} (from {page.found_on})"
        found = {text[:80] for text in page.words if HAN.search(text)}
        if found:
            strange.setdefault(page.route, set()).update(found)
    assert strange == {}


def policy(page: Visited) -> dict[str, list[str]]:
    """The content security policy of a page, by directive."""
    parts = [part.split() for part in page.answer["Content-Security-Policy"].split(";")]
    return {name: values for name, *values in parts}


@pytest.mark.same_on_both("what an answer tells the browser stands in no database")
@pytest.mark.parametrize("door", ["portal", "lina", "malin"])
def test_every_page_is_guarded(door: str) -> None:
    for page in walked("zh", door):
        answer = page.answer
        rules = policy(page)
        assert rules["default-src"] == ["'none'"], page.address
        if (
            "sandbox" in rules
        ):  # a received file that is handed out: shut in more tightly than any page
            continue
        assert not {"'unsafe-inline'", "'unsafe-eval'", "*"} & {
            one for values in rules.values() for one in values
        }, rules
        assert rules["frame-ancestors"] == ["'none'"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
        assert rules["object-src"] == ["'none'"]
        _nothing_inline(page)


def _said(page: Visited) -> str:
    """The text of a page; a file that is handed out is none."""
    return "" if page.answer.streaming else page.answer.content.decode()


def _nothing_inline(page: Visited) -> None:
    text = DATA_ONLY.sub("", _said(page))
    assert INLINE.findall(text) == [], page.address
    assert FOREIGN.findall(text) == [], page.address


@pytest.mark.parametrize("door", ["portal", "lina"])
def test_what_is_personal_is_kept_by_no_cache_of_others(door: str) -> None:
    shown = 0
    for page in walked("zh", door):
        if "电梯停运半年" in _said(page):
            shown += 1
            kept = page.answer.get("Cache-Control", "")
            assert "private" in kept or "no-store" in kept, page.address
    assert shown > 3
