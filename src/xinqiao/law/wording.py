"""Reasons are values; this is where they become sentences, in Chinese or in English.

A rule never writes a sentence: it gives a `Reason(code, facts)`. The sentences live side by side
in `wording.toml`, so that a lawyer can correct one without touching a rule.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import Literal, Protocol

Lang = Literal["zh", "en"]
LONGEST_QUOTE = 60


class Spoken(Protocol):
    """A value with words of its own: one phrase, or several by name for `{value[name]}`."""

    def spoken(self, lang: Lang) -> "str | Mapping[str, str]": ...


Fact = str | int | date | datetime | Spoken | tuple["Fact", ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """Why something is so: a code of `wording.toml` and the facts its sentence names."""

    code: str
    facts: Mapping[str, Fact]

    @classmethod
    def of(cls, code: str, **facts: Fact) -> "Reason":
        return cls(code=code, facts=facts)


@dataclass(frozen=True, kw_only=True, slots=True)
class Citation:
    """The place in a text that a figure comes from; `article` is the number alone."""

    title_zh: str
    title_en: str
    article: str | None = None

    def spoken(self, lang: Lang) -> str:
        if lang == "zh":
            return f"《{self.title_zh}》" + (f"第{self.article}条" if self.article else "")
        return self.title_en + (f", art. {self.article}" if self.article else "")


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """A stored code that the reader typed or will read in a file: its word, and the code."""

    code: str

    def spoken(self, lang: Lang) -> str:
        return f"{word(self.code, lang)}（{self.code}）" if lang == "zh" else self.code


@dataclass(frozen=True, kw_only=True, slots=True)
class Phrase:
    """A phrase of `wording.toml` used as a fact inside a sentence."""

    code: str

    def spoken(self, lang: Lang) -> str:
        return word(self.code, lang)


def say(reason: Reason, lang: Lang = "zh") -> str:
    """One sentence for a reason, in the language asked for."""
    facts = {name: _show(value, lang) for name, value in reason.facts.items()}
    return _sentences(lang)[reason.code].format_map(facts)


def word(name: str, lang: Lang) -> str:
    """The word for a stored code (an event type, a kind of day); the code itself if it has none."""
    return _words(lang).get(name, name)


def quote(value: object) -> str:
    """A value as it was given, in JSON, on one printable line and not too long."""
    try:
        text = json.dumps(value, ensure_ascii=False, default=repr)
    except RecursionError:  # just shallow enough to be read, too deep to be written again
        return "…"
    text = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
    return text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE] + "…"


def _show(value: Fact, lang: Lang) -> str | int | Mapping[str, str]:
    match value:
        case str() | int():
            return value
        case datetime():
            return value.isoformat(timespec="minutes")
        case date():
            return value.isoformat()
        case tuple():
            return ("、" if lang == "zh" else ", ").join(str(_show(v, lang)) for v in value)
        case _:
            return value.spoken(lang)


@cache
def _table() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    text = (resources.files("xinqiao.law") / "wording.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _sentences(lang: Lang) -> Mapping[str, str]:
    return {code: texts[lang] for code, texts in _table()["sentence"].items()}


@cache
def _words(lang: Lang) -> Mapping[str, str]:
    return {code: texts[lang] for code, texts in _table()["word"].items()}
