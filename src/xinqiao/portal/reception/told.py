"""Reception days in the reader's language: which leader receives, where, on what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from xinqiao.directory import queries as directory
from xinqiao.lookup.words import Words
from xinqiao.reception.days.values import DayValue


@dataclass(frozen=True, kw_only=True)
class DayTold:
    """A day as everybody may read it. `instead_of` is the leader who was announced first, "" for none."""

    day: DayValue
    leader: str
    instead_of: str
    unit: str
    topics: str
    hall: str
    address: str
    place: str


def told(days: Iterable[DayValue]) -> Sequence[DayTold]:
    """The days in words; the names of all leaders are read at once."""
    listed, words = list(days), Words.here()
    accounts = {one.leader for one in listed} | {one.replaced for one in listed if one.replaced}
    names = directory.account_names(accounts)
    return [
        DayTold(
            day=one,
            leader=names.get(one.leader, ""),
            instead_of=names.get(one.replaced, "") if one.replaced else "",
            unit=words.unit(one.unit),
            topics=_either(words, one.topics, one.topics_en),
            hall=_either(words, one.hall.name, one.hall.name_en),
            address=_either(words, one.hall.address, one.hall.address_en),
            place=_("Desk %(desk)s") % {"desk": one.label} if one.label.isdecimal() else one.label,
        )
        for one in listed
    ]


def _either(words: Words, text: str, text_en: str) -> str:
    return text_en if text_en and words.language.startswith("en") else text
