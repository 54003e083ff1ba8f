"""Signs of integrity as data (`integrity.toml`): what a number made to fall would look like, and what else explains it.

A sign is about a unit and its figures. It accuses nobody and asks for a look.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

_WORDS = ("id", "article", "beside", "zh", "en", "means_zh", "means_en", "else_zh", "else_en")
_TEXTS = ("parts", "says_zh", "says_en")


@dataclass(frozen=True, kw_only=True)
class Sign:
    """One sign. `parts` are the ways in which it shows; `limits` its thresholds with those of all signs."""

    id: str
    article: str
    beside: tuple[str, ...]
    zh: str
    en: str
    means_zh: str
    means_en: str
    else_zh: str
    else_en: str
    parts: tuple[str, ...]
    says_zh: Mapping[str, str]
    says_en: Mapping[str, str]
    limits: Mapping[str, float]

    def label(self, lang: str) -> str:
        return self.en if lang.startswith("en") else self.zh

    def means(self, lang: str) -> str:
        """What it would mean."""
        return self.means_en if lang.startswith("en") else self.means_zh

    def otherwise(self, lang: str) -> str:
        """What else could explain it, and what to look at."""
        return self.else_en if lang.startswith("en") else self.else_zh

    def says(self, part: str, facts: Mapping[str, Any], lang: str) -> str:
        """The finding in words."""
        words = self.says_en if lang.startswith("en") else self.says_zh
        return words[part].format(**facts)

    @property
    def whole_limits(self) -> Mapping[str, int]:
        """The thresholds that are whole numbers, for the words."""
        return {name: int(value) for name, value in self.limits.items() if value == int(value)}


@cache
def signs() -> Mapping[str, Sign]:
    """All signs by id, in the order of the file."""
    text = (resources.files("xinqiao.rules") / "integrity.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return {one["id"]: _sign(one, data["common"]) for one in data["sign"]}


def _sign(one: Mapping[str, Any], common: Mapping[str, float]) -> Sign:
    own = {name: value for name, value in one.items() if name not in (*_WORDS, *_TEXTS)}
    words = {name: one[name] for name in (*_WORDS, *_TEXTS)}
    words |= {name: tuple(words[name]) for name in ("beside", "parts")}
    return Sign(**words, limits={**common, **own})


def beside(indicator: str) -> list[str]:
    """The signs that stand beside an indicator."""
    return [one.id for one in signs().values() if indicator in one.beside]
