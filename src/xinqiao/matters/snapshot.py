"""The stored row of a matter, derived from its facts and clocks and from nothing else."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Any

from xinqiao.law.clocks import Clock, legal_next
from xinqiao.matters import clockwork
from xinqiao.matters.models import NARROWED_BY
from xinqiao.rules.entries import SHANGHAI, Entry
from xinqiao.rules.facts import Asked, Facts, Handled
from xinqiao.rules.replay import facts_after, turns
from xinqiao.rules.states import CLOSED

#: The columns that repeat a fact, so that the database can find and sort by it.
FACT_COLUMNS = (
    "kind", "category", "region", "channel", "receiver", "holder", "handler", "officer", "urgent", "contacts",
)  # fmt: skip

#: What a unit's own row of the matter repeats of it.
LISTED = ("rank", *NARROWED_BY)

SUBJECT_LENGTH = 200
#: From this rank on no date runs: far beyond the last second of the year 9999.
FIRST_WITHOUT_DATE = 10**12
_LAST_SECOND = 3 * 10**11
_AS_THEY_ARE = frozenset({str, int, bool, type(None)})
WINDOWS = ("request_review", "request_reexamination")


def facts_json(facts: Facts) -> dict[str, Any]:
    """The facts as plain JSON, sets sorted, so that equal facts give equal rows."""
    return {
        name: value if type(value) in _AS_THEY_ARE else _plain(value)
        for name, value in facts.__dict__.items()
    }


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind in _AS_THEY_ARE:  # most of them, so asked first
        return value
    turned = _TURNED.get(kind)
    if turned is not None:
        return turned(value)
    return value.value if isinstance(value, Enum) else value


_TURNED: dict[type, Callable[[Any], Any]] = {
    date: date.isoformat,
    datetime: datetime.isoformat,
    frozenset: lambda items: sorted(map(_plain, items), key=str),
    Handled: lambda one: [one.level, one.account],
    Asked: lambda one: [one.seq, one.what, one.unit, one.open],
}


def row_of(entries: Sequence[Entry], as_of: date) -> tuple[Facts, dict[str, Any]]:
    """The facts of a ledger, and the stored row that follows from it: all but its number, subject and seal.

    Raises law.errors.LawError when the entries cannot follow each other in law.
    """
    course = turns(entries)
    facts, first = facts_after(course, entries[-1].seq), course[0].entry
    row = columns(facts, clockwork.clocks_from(course, as_of, explained=False))
    return facts, row | {
        "received_at": first.at,
        "rank": rank_of(row["next_due"], first.at),
        "law": clockwork.law_on(first.day).id,
        "calendar": clockwork.version(),
    }


def columns(facts: Facts, clocks: Sequence[Clock]) -> dict[str, Any]:
    """The snapshot columns of a matter with these facts and clocks."""
    nearest = legal_next(clocks)
    row = {name: _plain(getattr(facts, name)) for name in FACT_COLUMNS}
    return row | {
        "state": str(facts.state),
        "open": facts.state not in CLOSED,
        "kind": row["kind"] or "",
        "city": facts.region[:4],
        "county": facts.region[:6],
        "facts": facts_json(facts),
        "last_seq": facts.last_seq,
        "next_due": _moment(nearest.due) if nearest is not None else None,
        "next_clock": nearest.id if nearest is not None else "",
        "window_ends": _window_end(clocks),
        "clocks": [_clock_json(clock) for clock in clocks],
    }


def rank_of(next_due: datetime | None, received_at: datetime) -> int:
    """The place in every list: the nearest date first; where none runs, the latest received first. Whole seconds."""
    if next_due is not None:
        return int(next_due.timestamp())
    return FIRST_WITHOUT_DATE + _LAST_SECOND - int(received_at.timestamp())


def _window_end(clocks: Sequence[Clock]) -> date | None:
    """The last day of the petitioner's newest window that is not used."""
    windows = [clock for clock in clocks if clock.id in WINDOWS]
    return windows[-1].due_day if windows and windows[-1].met_on is None else None


def _moment(due: date | datetime | None) -> datetime | None:
    """The end of the last day on which it can still be done, or the very time for a duty in hours."""
    if due is None or isinstance(due, datetime):
        return due
    return datetime.combine(due + timedelta(days=1), time(), tzinfo=SHANGHAI)


def _clock_json(clock: Clock) -> dict[str, Any]:
    """How a date was reached; without what depends on the day of asking."""
    return {
        "id": clock.id,
        "start": _plain(clock.start),
        "due": _plain(clock.due),
        "met_on": _plain(clock.met_on),
        "article": clock.article,
        "provisional": clock.provisional,
    }
