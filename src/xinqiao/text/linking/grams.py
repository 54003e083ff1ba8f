"""What of a message is compared: its pieces of two and three characters as numbers, its names of places, its districts.

There is no field for who wrote it: likeness of texts has no use for that.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from xinqiao.text.folding import fold
from xinqiao.text.linking.issues import Spoken, spoken
from xinqiao.text.linking.pieces import different, numbers_of, parts, pieces_of

if TYPE_CHECKING:
    import numpy as np

    from xinqiao.text.linking.pieces import Numbers, Owners

    Counts = np.ndarray[Any, np.dtype[np.int64]]
    Keys = np.ndarray[Any, np.dtype[np.uint64]]

#: Characters of a body that are read: what a matter is about stands there, the rest repeats it.
READ = 1200
# What ends the name of a place, a building or a body; two characters before it tell one from the next.
_NAME = re.compile(
    r"(?=([\u4e00-\u9fff\da-z]{2}(?:小区|街道|社区|大道|公司|集团|学校|学院|大学|中学|小学|幼儿园|医院|广场|市场|大厦"
    r"|花园|家园|公园|工地|驾校|酒店|[路街巷村镇乡组栋期苑园城府湾里庄墅郡座号桥站]))"
    r"|([a-z]*\d+[号\u8def]线?))"
)
# A district where names were replaced by codes (A3区); not the road that bears its name (A1区北路).
_CODED = re.compile(r"(?<![a-z\d])([a-z]\d+[区县])(?![东南西北中]?[路街]|[东南西北中]?大道)")


@dataclass(frozen=True, slots=True)
class Writing:
    """A message as linking sees it. `place`: where it is known to lie, which then counts instead of what it names."""

    id: str
    title: str
    body: str
    at: datetime
    place: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A writing made ready for comparing: sorted different numbers of pieces, and what it names."""

    title: "Numbers"
    whole: "Numbers"
    times: "Counts"
    in_title: "Counts"
    names: "Numbers"
    title_names: "Numbers"
    districts: frozenset[str]
    told: frozenset[str]
    spoken: Spoken
    day: float


@dataclass(frozen=True, slots=True)
class Gathered:
    """Several messages in joint arrays, in the order of messages and of numbers. `owners` tell which message each of
    `whole` is of, counted from 0; `titles` and `names` have their own.
    """

    messages: int
    whole: "Numbers"
    owners: "Owners"
    times: "Counts"
    in_title: "Counts"
    titles: "tuple[Numbers, Owners]"
    names: "tuple[Numbers, Owners]"


def prepare(writing: Writing) -> Prepared:
    """The arrays of one writing; see `prepare_many`."""
    return prepare_many([writing])[0]


def prepare_many(writings: Sequence[Writing]) -> list[Prepared]:
    """Each writing made ready; some 300 microseconds for 300 characters."""
    texts = [_folded(one) for one in writings]
    gathered = _gathered(texts)
    whole, times, in_title = (
        _each(one, gathered.owners, len(texts))
        for one in (gathered.whole, gathered.times, gathered.in_title)
    )
    titles, named = (_each(*one, len(texts)) for one in (gathered.titles, gathered.names))
    speaking, found = spoken(whole, titles), []
    for n, (writing, (title, body)) in enumerate(zip(writings, texts, strict=True)):
        told = frozenset({writing.place}) if writing.place else districts(title)
        found.append(
            Prepared(
                title=titles[n],
                whole=whole[n],
                times=times[n],
                in_title=in_title[n],
                names=named[n],
                title_names=numbers_of(names(title)),
                districts=told or districts(body),
                told=told,
                spoken=speaking[n],
                day=writing.at.timestamp() / 86_400,
            )
        )
    return found


def gather(writings: Sequence[Writing]) -> Gathered:
    """What an index keeps of writings, and no more: for many thousands at once."""
    return _gathered([_folded(one) for one in writings])


def _folded(writing: Writing) -> tuple[str, str]:
    return fold(writing.title), fold(writing.body[:READ])


def _gathered(texts: Sequence[tuple[str, str]]) -> Gathered:
    import numpy as np  # noqa: PLC0415  the extra `analytics`

    in_titles = _keys(*pieces_of([title for title, _ in texts]))
    in_bodies = _keys(*pieces_of([body for _, body in texts]))
    titles = different(in_titles)
    whole, times = np.unique(np.concatenate((in_titles, in_bodies)), return_counts=True)
    in_title = np.zeros(len(whole), dtype=np.int64)
    in_title[np.searchsorted(whole, titles)] = 1
    named = [numbers_of(names(f"{title}\n{body}")) for title, body in texts]
    whose = np.repeat(np.arange(len(texts), dtype=np.uint32), [len(one) for one in named])
    numbers, owners = _unkeyed(whole)
    return Gathered(
        messages=len(texts),
        whole=numbers,
        owners=owners,
        times=times,
        in_title=in_title,
        titles=_unkeyed(titles),
        names=(np.concatenate([np.zeros(0, dtype=np.uint32), *named]), whose),
    )


def _keys(numbers: "Numbers", owners: "Owners") -> "Keys":
    """Owner and number as one number, so that sorting and counting is done for all messages at once."""
    import numpy as np  # noqa: PLC0415

    return owners.astype(np.uint64) << np.uint64(32) | numbers


def _unkeyed(keys: "Keys") -> "tuple[Numbers, Owners]":
    import numpy as np  # noqa: PLC0415

    return keys.astype(np.uint32), (keys >> np.uint64(32)).astype(np.uint32)


def _each(values: Any, owners: "Owners", messages: int) -> list[Any]:
    """The values of each message, in order."""
    return [values[one] for one in parts(owners, messages)]


def names(folded: str) -> frozenset[str]:
    """Ends of the names of places, buildings and bodies in a text: the last two characters and what it is."""
    return frozenset(one or other for one, other in _NAME.findall(folded))


def districts(folded: str) -> frozenset[str]:
    """The districts and counties that a text names."""
    return frozenset(_CODED.findall(folded))
