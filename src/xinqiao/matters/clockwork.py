"""Which calendar and which law this platform runs on: the published ones, and what its home folder adds."""

import hashlib
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from django.conf import settings

from xinqiao import law
from xinqiao.law.calendar import Calendar, load_calendar, published
from xinqiao.law.clocks import Clock, clocks
from xinqiao.law.errors import BadProvision, LawError
from xinqiao.law.events import SHANGHAI, Event, EventType, Receiver
from xinqiao.law.limits import Law
from xinqiao.law.provisions import LAW_IDS, by_id, load_local
from xinqiao.law.tables import read_toml
from xinqiao.rules.clock_events import events_of
from xinqiao.rules.entries import Entry
from xinqiao.rules.replay import Turn, turns

log = logging.getLogger(__name__)
T = TypeVar("T")
Files = tuple[tuple[Path, int], ...]


_held: ContextVar[dict[str, Files] | None] = ContextVar("held", default=None)


@contextmanager
def held() -> Iterator[None]:
    """The rule files as they are now, for a long computation: they are not looked for again with every matter."""
    token = _held.set({})
    try:
        yield
    finally:
        _held.reset(token)


def _files(folder: str) -> Files:
    """The rule files in a folder of the home, with their time of change: the key of what is cached from them."""
    held = _held.get()
    if held is not None and folder in held:
        return held[folder]
    found = _files_now(folder)
    if held is not None:
        held[folder] = found
    return found


def _files_now(folder: str) -> Files:
    home = _folder(settings.XINQIAO_HOME, folder)
    if not os.path.isdir(home):  # noqa: PTH112  as on most platforms; asked with every step, so without a Path
        return ()
    return tuple((path, path.stat().st_mtime_ns) for path in sorted(Path(home).glob("*.toml")))


@lru_cache(maxsize=8)
def _folder(home: Path, folder: str) -> str:
    return str(home / folder)


def calendar() -> Calendar:
    """The published calendar with the years of `XINQIAO_HOME/calendar/*.toml`."""
    return _calendar(_files("calendar"))[0]


def law_on(day: date) -> Law:
    """The law in force on a day, with the local limits of `XINQIAO_HOME/provisions/*.toml`.

    Raises law.errors.NoLawInForce.
    """
    return _localised(law.on(day).id, _files("provisions"))[0]


def faults() -> list[LawError]:
    """What is wrong with the files of the home: a limit looser than the law, a day off that is none, a slip.

    Such a file is left out, so that receiving and handling go on under the law itself.
    """
    found = list(_calendar(_files("calendar"))[1])
    for law_id in LAW_IDS:
        found += _localised(law_id, _files("provisions"))[1]
    return list({str(fault): fault for fault in found}.values())


def law_with(law_id: str, files: Iterable[Path]) -> tuple[Law, tuple[LawError, ...]]:
    """A law with these local provisions in this order, and the faults of those that cannot be used."""
    return _localised(law_id, tuple((path, path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=2)
def _calendar(files: Files) -> tuple[Calendar, tuple[LawError, ...]]:
    return _with_each(
        published(), (path for path, _ in files), lambda now, path: load_calendar(path, now)
    )


@lru_cache(maxsize=8)
def _localised(law_id: str, files: Files) -> tuple[Law, tuple[LawError, ...]]:
    def add(current: Law, path: Path) -> Law:
        of_this_law = read_toml(path, BadProvision).get("base") == law_id
        return load_local(path, current) if of_this_law else current

    return _with_each(by_id(law_id), (path for path, _ in files), add)


def _with_each(
    start: T, paths: Iterable[Path], add: Callable[[T, Path], T]
) -> tuple[T, tuple[LawError, ...]]:
    """`start` with every file added that can be, and the faults of the others."""
    found: list[LawError] = []
    for path in paths:
        try:
            start = add(start, path)
        except LawError as fault:
            log.error("%s is not used: %s", path, fault.say("en"))
            found.append(fault)
    return start, tuple(found)


def version() -> str:
    """Names the calendar and the local provisions in use; another version means that open matters are recomputed."""
    return f"{calendar().version}/{_named(_files('provisions'))}"


@lru_cache(maxsize=8)
def _named(provisions: Files) -> str:
    """Asked with every step, so not hashed each time."""
    listed = "".join(f"{path.name}:{stamp};" for path, stamp in provisions)
    return hashlib.sha256(listed.encode()).hexdigest()[:16]


def clocks_of(entries: Iterable[Entry], as_of: date) -> Sequence[Clock]:
    """The clocks of a matter from its ledger.

    Raises law.errors.ImpossibleOrder when the entries cannot follow each other in law.
    """
    return clocks_from(turns(entries), as_of)


def clocks_from(course: Iterable[Turn], as_of: date, *, explained: bool = True) -> Sequence[Clock]:
    """The same, of entries that were replayed already; without reasons where nobody reads them."""
    events = events_of(course)
    if not events:
        return []
    if len(events) == 1 and events[0].type is EventType.RECEIVED and events[0].by is not None:
        return begun(events[0].by, events[0].day, as_of)
    day = events[0].day
    return clocks(events, as_of, calendar=calendar(), law=law_on(day), explained=explained)


def begun(by: Receiver, day: date, as_of: date) -> Sequence[Clock]:
    """The clocks of a matter of which nothing is known but who received it, and on which day."""
    return list(_begun(by, day, as_of, _files("calendar"), _files("provisions")))


@lru_cache(maxsize=256)
def _begun(
    by: Receiver, day: date, as_of: date, calendars: Files, provisions: Files
) -> tuple[Clock, ...]:
    """All that come in on one day begin alike: worked out once, for the files that are in use."""
    received = Event(type=EventType.RECEIVED, at=datetime.combine(day, time(), SHANGHAI), by=by)
    localised = _localised(law.on(day).id, provisions)[0]
    return tuple(clocks([received], as_of, calendar=_calendar(calendars)[0], law=localised))
