"""The index of one process: whole arrays from files that all share, and what came since, read from the ledgers.

The worker keeps the files, with counts of its own; everybody else maps them. Missing, old or damaged files are made
anew by the worker from what was read; meanwhile each process reads that much more by itself.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from uuid import uuid4

from django.conf import settings

from xinqiao.insight.models import Order, Reading
from xinqiao.insight.reading.words import of_numbers, writings
from xinqiao.insight.same import store as scorers
from xinqiao.rows.batches import batches
from xinqiao.text.linking import keeping
from xinqiao.text.linking.grams import Prepared, prepare
from xinqiao.text.linking.index import WHOLE
from xinqiao.text.linking.stream import Linker

log = logging.getLogger(__name__)
_AT_ONCE = 256


@dataclass
class _Open:
    """An index as this process has it, and from which files."""

    state: tuple[int, int] | None
    linker: Linker


_open: dict[tuple[Path, bool], _Open] = {}
_lock = Lock()


def folder() -> Path:
    """Where the index is kept."""
    return Path(settings.XINQIAO_HOME) / "insight" / "index"


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
        if found is None or _of_another_state(found, place, read, keeps=keeps):
            found = _opened(place, read, keeps=keeps)
            _open[place, keeps] = found
        found.linker.scorer = scorers.in_use().scorer
        for prepared in _between(found.linker.index.messages, read):
            add(found.linker, prepared)
        return found.linker


def add(linker: Linker, new: Prepared) -> None:
    """Makes what was read part of the past. The whole arrays of the worker go to their files."""
    linker.add(new)
    if linker.past.kept is None and linker.index.messages % WHOLE == 0:
        keeping.save(folder() / mark(), linker.index, linker.past)


def begin_anew() -> None:
    """Forgets what this process has: the next question reads everything again."""
    with _lock:
        _open.clear()


def prepared_of(numbers: Sequence[int]) -> list[Prepared]:
    """What was read under these numbers, in their order, made ready for comparing."""
    found = of_numbers(numbers)
    return [prepare(one) for one in writings([(number, found[number]) for number in numbers])]


def _of_another_state(found: _Open, place: Path, read: int, *, keeps: bool) -> bool:
    """Whether more is in the index than was read (a transaction was undone), or others have kept more since."""
    if found.linker.index.messages > read:
        return True
    return not keeps and keeping.state(place) != found.state


def _opened(place: Path, read: int, *, keeps: bool) -> _Open:
    state = keeping.state(place)
    linker = Linker(fetch=prepared_of)
    if state is not None:
        try:
            kept = keeping.load(place, whole=keeps, own=keeps)
            if kept.index.messages <= read:
                linker.index, linker.past = kept.index, kept.past
        except keeping.Damaged as problem:
            log.warning("the index of same matters is made anew: %s", problem)
    return _Open(state, linker)


def _between(number: int, end: int) -> Iterator[Prepared]:
    """What was read from this number on until before `end`, in order."""
    for numbers in batches(range(number, end), _AT_ONCE):
        yield from prepared_of(numbers)
