"""The rows of supervision follow the ledger: each matter's are made from its entries, whenever it was read further."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from django.db import transaction

from xinqiao.law.clocks import clocks as clocks_of
from xinqiao.law.events import Event, EventType, Receiver
from xinqiao.matters import actions as matters
from xinqiao.matters import clockwork
from xinqiao.rules.entries import SHANGHAI, Entry
from xinqiao.rules.facts import Asked, Facts
from xinqiao.rules.replay import Turn, turns
from xinqiao.rules.supervision import Found, look, why_closed
from xinqiao.rules.trace import NOBODYS_WORK, Span, trace
from xinqiao.rules.urging import LISTED, RECOMMENDATIONS
from xinqiao.supervision.models import Finding, Held, Measure, Watched

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SPAN = ("seq", "unit", "holding", "start", "end")
_MEASURE = (
    "seq", "what", "unit", "by_unit", "decided_by", "region", "made_on", "due", "open", "ended_on", "answer_seq",
    "adoption",
)  # fmt: skip


def minutes(moment: datetime) -> int:
    """Whole minutes since 1970, as `Held` counts them."""
    return int((moment - _EPOCH).total_seconds()) // 60


def feedback_due(day: date, within: int) -> date | None:
    """The last day for the answer to a recommendation delivered on `day`, by the law's own clock (art. 40)."""
    at = datetime.combine(day, time(), SHANGHAI)
    events = [
        Event(type=EventType.RECEIVED, at=at, by=Receiver.PETITION_OFFICE),
        Event(type=EventType.RECOMMENDED, at=at, id="1", within=within),
    ]
    clocks = clocks_of(
        events, day, calendar=clockwork.calendar(), law=clockwork.law_on(day), explained=False
    )
    return next(one.due_day for one in clocks if one.id == "recommendation_feedback")


@transaction.atomic
def follow(matter: int, now: datetime) -> None:
    """Reads the ledger of a matter as it stands and brings its rows here up to it. May run twice, and at once.

    The row of `Watched` is written first: whoever else follows the same matter waits until this one is done.
    """
    _touch(matter)
    entries = matters.load(matter)
    course = turns(entries)
    clocks = clockwork.clocks_from(course, now.astimezone(SHANGHAI).date(), explained=False)
    seen = look(course, clocks, now)
    _keep(Held, matter, _SPAN, _spans(trace(course, now)))
    _keep(Measure, matter, _MEASURE, [_measure(one, course) for one in _asked(course)])
    _findings(matter, seen.found, course, now)
    Watched.objects.filter(pk=matter).update(seq=entries[-1].seq, look_again=seen.again)


def set_aside(matter: int) -> None:
    """Not looked at again before somebody acts on it."""
    _touch(matter)
    Watched.objects.filter(pk=matter).update(look_again=None)


def _touch(matter: int) -> None:
    Watched.objects.bulk_create(
        [Watched(matter_id=matter, seq=0)],
        update_conflicts=True,
        unique_fields=["matter"],
        update_fields=["look_again"],
    )


def _keep(model: Any, matter: int, names: Sequence[str], wanted: Sequence[tuple[Any, ...]]) -> None:
    """The rows of a matter are these: nothing is written where they are so already."""
    stored = model.objects.filter(matter_id=matter)
    known = {row[0]: row for row in stored.values_list(*names)}
    new = {row[0]: row for row in wanted}
    gone = known.keys() - new.keys()
    if gone:
        stored.filter(seq__in=gone).delete()
    for seq in known.keys() & new.keys():
        if known[seq] != new[seq]:
            stored.filter(seq=seq).update(**dict(zip(names, new[seq], strict=True)))
    model.objects.bulk_create(
        model(matter_id=matter, **dict(zip(names, row, strict=True)))
        for seq, row in new.items()
        if seq not in known
    )


def _spans(spans: Sequence[Span]) -> list[tuple[Any, ...]]:
    """The rows of what is a unit's work; the last span goes on until the ledger does."""
    return [
        (one.seq, one.unit, str(one.holding), minutes(one.start), None if one is spans[-1] else minutes(one.end))
        for one in spans
        if one.holding not in NOBODYS_WORK and one.unit
    ]  # fmt: skip


def _asked(course: Sequence[Turn]) -> Iterable[Asked]:
    return sorted(course[-1].after.asked, key=lambda one: one.seq) if course else ()


def _measure(one: Asked, course: Sequence[Turn]) -> tuple[Any, ...]:
    """The row of what was asked by an entry: who asked, until when, and what became of it."""
    entry = next(turn.entry for turn in course if turn.entry.seq == one.seq)
    answer = next((t.entry for t in course if t.entry.payload.get("addressed") == one.seq), None)
    ended = _listing_ended(entry, course) if one.what == LISTED else answer
    stands = one.what == LISTED and ended is None
    return (
        one.seq, one.what, one.unit, entry.unit, entry.payload.get("decided_by", ""), course[-1].after.region,
        entry.day, _due(entry, one.what), one.open or stands, ended.day if ended else None,
        answer.seq if answer else None, answer.payload.get("adoption", "") if answer else "",
    )  # fmt: skip


def _due(entry: Entry, what: str) -> date | None:
    if what in RECOMMENDATIONS:
        return feedback_due(entry.day, entry.payload["answer_within"])
    return entry.payload_day("answer_by") or entry.payload_day("until")


def _listing_ended(listed: Entry, course: Sequence[Turn]) -> Entry | None:
    later = (turn.entry for turn in course if turn.entry.seq > listed.seq)
    return next((entry for entry in later if entry.step == "end_listing"), None)


def _findings(matter: int, found: Sequence[Found], course: Sequence[Turn], now: datetime) -> None:
    """New ones are written, those that stand no longer are closed with the reason, returned ones opened again."""
    facts = course[-1].after
    known = {(row.rule, row.basis): row for row in Finding.objects.filter(matter_id=matter)}
    standing = {(one.rule, _basis(one.basis)): one for one in found}
    for key, one in standing.items():
        row = known.get(key) or Finding(matter_id=matter, rule=key[0], basis=key[1], found_at=now)
        _write(row, one, facts)
    for key, row in known.items():
        if row.open and key not in standing:
            basis = [int(seq) for seq in row.basis.split(",")]
            row.open, row.closed_at = False, now
            row.closed_why = why_closed(row.rule, basis, course, now)
            row.save(update_fields=["open", "closed_at", "closed_why"])


def _write(row: Finding, one: Found, facts: Facts) -> None:
    """Brings the row of a finding that stands up to date; nothing is written where it is so already."""
    urged = max(
        (done.seq for done in facts.asked if done.unit == one.unit and done.seq > max(one.basis)),
        default=None,
    )
    wanted = {
        "unit": one.unit, "region": facts.region, "since": one.since, "urged": urged, "open": True,
        "closed_at": None, "closed_why": "",
    }  # fmt: skip
    if row.pk is None or any(getattr(row, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(row, name, value)
        row.save()


def _basis(seqs: Iterable[int]) -> str:
    """The numbers as they are stored; of very many the last ones."""
    return ",".join(str(seq) for seq in list(seqs)[-12:])
