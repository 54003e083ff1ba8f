"""Which calendar and which law this platform runs on: the published ones, and what its home folder adds."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from xinqiao import law
from xinqiao.law.calendar import Calendar, load_calendar, published
from xinqiao.law.clocks import Clock, clocks
from xinqiao.law.errors import BadProvision
from xinqiao.law.provisions import Law, by_id, load_local
from xinqiao.law.tables import read_toml
from xinqiao.rules.clock_events import law_events
from xinqiao.rules.entries import Entry


def _files(folder: str) -> tuple[tuple[Path, int], ...]:
    """The rule files in a folder of the home, with their time of change: the key of what is cached from them."""
    home: Path = settings.XINQIAO_HOME / folder
    return tuple((path, path.stat().st_mtime_ns) for path in sorted(home.glob("*.toml")))


def calendar() -> Calendar:
    """The published calendar with the years of `XINQIAO_HOME/calendar/*.toml`."""
    return _calendar(_files("calendar"))


@lru_cache(maxsize=2)
def _calendar(files: tuple[tuple[Path, int], ...]) -> Calendar:
    current = published()
    for path, _ in files:
        current = load_calendar(path, current)
    return current


def law_on(day: date) -> Law:
    """The law in force on a day, with the local limits of `XINQIAO_HOME/provisions/*.toml`.

    Raises law.errors.NoLawInForce, and BadProvision (LooserThanLaw) when a local file may not stand.
    """
    base = law.on(day)
    return _localised(base.id, _files("provisions"))


@lru_cache(maxsize=8)
def _localised(law_id: str, files: tuple[tuple[Path, int], ...]) -> Law:
    current = by_id(law_id)
    for path, _ in files:
        if read_toml(path, BadProvision).get("base") == law_id:
            current = load_local(path, current)
    return current


def version() -> str:
    """Names the calendar and the local provisions in use; another version means that open matters are recomputed."""
    provisions = ",".join(f"{path.name}:{stamp}" for path, stamp in _files("provisions"))
    return f"{calendar().version[:12]}/{provisions}"[:64]


def clocks_of(entries: Iterable[Entry], as_of: date) -> Sequence[Clock]:
    """The clocks of a matter from its ledger.

    Raises law.errors.ImpossibleOrder when the entries cannot follow each other in law.
    """
    events = law_events(entries)
    if not events:
        return []
    return clocks(events, as_of, calendar=calendar(), law=law_on(events[0].day))
