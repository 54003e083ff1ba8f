"""Places and units whose names somebody spells in pinyin: the filter or the search that each of them leads to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from xinqiao.desk.words import Names
from xinqiao.matters.queries import EVERYTHING
from xinqiao.text.pinyin import place, syllables, typed

MOST = 8


@dataclass(frozen=True, kw_only=True)
class Spelled:
    """A place or a unit, and the address of what is about it."""

    name: str
    url: str
    is_place: bool


def spelled(words: str, names: Names, today: date) -> list[Spelled]:
    """The names that these letters spell: those that begin so first, then the shortest; none for other words."""
    letters = typed(words)
    if not letters:
        return []
    found = []
    for name, one in _named(names, today):
        at = place(letters, syllables(name))
        if at is not None:
            found.append((at, len(name), one.name, one))
    return [one for *_, one in sorted(found, key=lambda row: row[:3])[:MOST]]


def _named(names: Names, today: date) -> Iterator[tuple[str, Spelled]]:
    """All places, and the units of today, each with the name that is spelled."""
    for code, name in names.own_region_names.items():
        listed = urlencode({"queue": EVERYTHING, "region": code})
        url = f"{reverse('desk:work')}?{listed}"
        yield name, Spelled(name=names.region(code), url=url, is_place=True)
    for unit in names.units.on(today):
        url = f"{reverse('desk:search')}?{urlencode({'q': unit.name})}"
        yield unit.name, Spelled(name=names.unit(unit.code), url=url, is_place=False)
