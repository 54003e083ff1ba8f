"""The index of one process: whole arrays from files that all share, and what came since, read from the ledgers.

The worker keeps the files, with counts of its own; everybody else maps them. Missing, old or damaged files are made
anew by the worker from what was read; meanwhile each process reads that much more by itself.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from uuid import uuid4

from django.utils import timezone

from xinqiao.insight import kept
from xinqiao.insight.models import Order, Reading
from xinqiao.insight.reading.words import of_numbers, writings
from xinqiao.insight.same import store as scorers
from xinqiao.text.linking import keeping
from xinqiao.text.linking.grams import Prepared, Writing, prepare_many
from xinqiao.text.linking.index import TABLE, WHOLE
from xinqiao.text.linking.stream import Linker

log = logging.getLogger(__name__)
#: Texts that are read at once, a part of WHOLE; and after how many the files are kept when very many are read.
_AT_ONCE, _RARELY = TABLE, WHOLE * 32


@dataclass
class _Open:
    """An index as this process has it: where its files lie, from which of them, since when its texts were read."""

    place: Path
    state: tuple[int, int] | None
    linker: Linker
    begun: datetime


_open: dict[tuple[Path, bool], _Open] = {}
_lock = Lock()


def folder() -> Path:
    """Where the index is kept."""
    return kept.folder() / "index"


def mark() -> str:
    """Which numbering this is; one is begun where there is none."""
    return Order.objects.get_or_create(pk=1, defaults={"mark": uuid4().hex})[0].mark


def can_read() -> bool:
    """Whether texts can be held against each other on this platform: numpy is there."""
    return find_spec("numpy") is not None


def how_many() -> int:
    """How much was read: numbers have no gaps, so that nothing is counted."""
    last = Reading.objects.order_by("-number").values_list("number", flat=True).first()
    return 0 if last is None else last + 1


def current(*, keeps: bool = False) -> Linker:
    """The index with everything that was read until now. `keeps`: for who adds to it, the worker alone.

    Of several threads of a process one brings it up to date, the others wait.
    """
    with _lock:
        place = folder() / mark()
        found = _open.get((place, keeps))
        read = how_many()
        if found is None or _of_another_state(found, place, read):
            found = _opened(place, read, keeps=keeps)
            _open[place, keeps] = found
        found.linker.scorer = scorers.in_use().scorer
        for several in _between(found.linker.index.messages, read):
            found.linker.add_many(several)
            if keeps:
                _keep(found, read)
        return found.linker


def add(linker: Linker, new: Prepared) -> None:
    """Makes what the worker read part of the past. Whole arrays go to their files."""
    linker.add(new)
    if linker.index.messages % WHOLE == 0:
        _keep(_open[folder() / mark(), True], linker.index.messages)


def begun() -> datetime | None:
    """When the texts of the files began to be read; None where there are none that the worker has open."""
    found = _open.get((folder() / mark(), True))
    return found.begun if found else None


def read_anew(now: datetime) -> int:
    """The worker reads every text again, as it stands now, and files that hold nothing else take the place of the old.

    Until then everybody goes on with those. Returns how many texts were read.
    """
    with _lock:
        place = folder() / mark()
        _open.pop((place, True), None)
        upto = how_many() // WHOLE * WHOLE
        found = _Open(place, None, Linker(fetch=prepared_of), now)
        for several in _between(0, upto):
            found.linker.add_many(several)
        if upto:
            keeping.save(place, found.linker.index, found.linker.past, found.begun)
            found.state = keeping.state(place)
        _open[place, True] = found
        return upto


def begin_anew() -> None:
    """Forgets what this process has: the next question reads everything again."""
    with _lock:
        _open.clear()


def prepared_of(numbers: Sequence[int]) -> list[Prepared]:
    """What was read under these numbers, in their order, made ready for comparing."""
    return prepare_many(_writings_of(numbers))


def _writings_of(numbers: Sequence[int]) -> list[Writing]:
    found = of_numbers(numbers)
    return list(writings([(number, found[number]) for number in numbers]))


def _keep(found: _Open, read: int) -> None:
    """Keeps the whole arrays of the worker as files; on the way to what was read long ago, only now and then."""
    index, past = found.linker.index, found.linker.past
    left = read - index.messages
    if (
        past.kept is None
        and index.messages % WHOLE == 0
        and (left < WHOLE or index.messages % _RARELY == 0)
    ):
        keeping.save(found.place, index, past, found.begun)
        found.state = keeping.state(found.place)


def _of_another_state(found: _Open, place: Path, read: int) -> bool:
    """Whether more is in the index than was read (a transaction was undone), others have kept more since, or the files
    of the worker are gone or were replaced."""
    return found.linker.index.messages > read or keeping.state(place) != found.state


def _opened(place: Path, read: int, *, keeps: bool) -> _Open:
    state, begun = keeping.state(place), timezone.now()
    linker = Linker(fetch=prepared_of)
    if state is not None:
        try:
            kept = keeping.load(place, whole=keeps, own=keeps)
            if kept.index.messages <= read:
                linker.index, linker.past, begun = kept.index, kept.past, kept.begun
        except keeping.Damaged as problem:
            log.warning("the index of same matters is made anew: %s", problem)
    return _Open(place, state, linker, begun)


def _between(number: int, end: int) -> Iterator[list[Writing]]:
    """What was read from this number on until before `end`, in order; what fills whole arrays does not go beyond."""
    while number < end:
        several = range(number, min(number - number % _AT_ONCE + _AT_ONCE, end))
        yield _writings_of(several)
        number = several.stop
