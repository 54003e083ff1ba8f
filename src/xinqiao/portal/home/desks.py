"""Where one is received in person today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.utils.translation import gettext as _

from xinqiao.lookup.words import Words, list_words
from xinqiao.reception import queries as reception
from xinqiao.reception.values import OpenDesk, Span

_GOOD_SECONDS = 60  # the start page is asked for more often than a desk opens
_KEY = "portal-open-desks"


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A desk in the reader's language: who receives there, on what, where, between which hours."""

    office: str
    topics: str
    place: str
    hours: str
    open_now: bool


def todays_desks(now: datetime) -> list[Desk]:
    """The desks that receive on the day of `now`, hall by hall; as they were a minute ago at most."""
    words = Words.here()
    return [_desk(one, words) for one in _open(now)]


def _open(now: datetime) -> Sequence[OpenDesk]:
    found: Sequence[OpenDesk] | None = cache.get(_KEY)
    if found is None:
        found = reception.open_today("", now)
        cache.set(_KEY, found, _GOOD_SECONDS)
    return found


def _desk(one: OpenDesk, words: Words) -> Desk:
    hall, window = one.hall, one.window
    english = words.language.startswith("en")
    parts = (
        (english and hall.name_en) or hall.name,
        (english and hall.address_en) or hall.address,
        _("Desk %(desk)s") % {"desk": window.label},
    )
    return Desk(
        office=words.unit(window.unit),
        topics=(english and window.topics_en) or window.topics,
        place=" · ".join(part for part in parts if part),
        hours=list_words([_span(span) for span in one.spans]),
        open_now=one.open_now,
    )


def _span(span: Span) -> str:
    opens, closes = span
    return f"{opens:%H:%M}–{closes:%H:%M}"
