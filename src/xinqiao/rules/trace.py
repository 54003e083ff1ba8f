"""Accountability trace (责任倒查): who held a matter for how long, to the minute, told from its ledger alone.

Every minute from receipt on is somebody's: the spans follow each other without a gap and add up to the whole.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from xinqiao.rules.facts import Facts
from xinqiao.rules.replay import Turn
from xinqiao.rules.states import CLOSED, OPEN, State

MINUTE = timedelta(minutes=1)


class Holding(StrEnum):
    """What the time was spent on."""

    REGISTRATION = "registration"
    REFERRAL = "referral"
    ACCEPTANCE = "acceptance"  # a unit decides whether the matter is its own (art. 23)
    OBJECTION = "objection"
    HANDLING = "handling"
    SIGNING = "signing"
    DELIVERY = "delivery"
    EXECUTION = (
        "execution"  # the opinion supports the petitioner and is not carried out yet (art. 32)
    )
    PETITIONER = "petitioner"  # a question is open, or the window for asking further
    PAUSED = "paused"  # a hearing in re-examination stops the clock (art. 36)
    AFTER = "after"  # the procedure is over and nothing is owed


#: The time that is no unit's work.
NOBODYS_WORK = frozenset({Holding.PETITIONER, Holding.PAUSED, Holding.AFTER})
_BY_STATE: Mapping[State, Holding] = {
    State.RECEIVED: Holding.REGISTRATION,
    State.REGISTERED: Holding.REFERRAL,
    State.REFERRED: Holding.ACCEPTANCE,
    State.OBJECTED: Holding.OBJECTION,
    State.DISPUTED: Holding.OBJECTION,
    State.ACCEPTED: Holding.HANDLING,
    State.OPINION_SUBMITTED: Holding.SIGNING,
    State.OPINION_ISSUED: Holding.DELIVERY,
    State.ANSWERED: Holding.PETITIONER,
    State.REVIEWING: Holding.HANDLING,
    State.REVIEW_ISSUED: Holding.DELIVERY,
    State.REVIEWED: Holding.PETITIONER,
    State.REEXAMINING: Holding.HANDLING,
    State.REEXAMINATION_ISSUED: Holding.DELIVERY,
}
_WAITS_FOR_EXECUTION = frozenset({State.ANSWERED, State.REVIEWED, State.CONCLUDED})


@dataclass(frozen=True, kw_only=True)
class Span:
    """From `start` until before `end` (whole minutes, aware) the matter was `unit`'s, for this; "" the petitioner's.

    `seq` is the entry with which it began.
    """

    unit: str
    holding: Holding
    start: datetime
    end: datetime
    seq: int

    @property
    def minutes(self) -> int:
        return (self.end - self.start) // MINUTE


def trace(course: Sequence[Turn], until: datetime) -> tuple[Span, ...]:
    """The spans from receipt to `until`, in order; one unit's time of one kind in succession is one span.

    A step that was entered with a date before an earlier one begins no span in the past: the matter lay where the
    ledger says until it was moved on.
    """
    spans: list[Span] = []
    now = _minute(until)
    for turn in course:
        at = _minute(turn.entry.at)
        at = max(at, spans[-1].start) if spans else at
        holder = whose(turn.after)
        if spans and (spans[-1].unit, spans[-1].holding) == holder:
            continue
        if spans:
            spans[-1] = replace(spans[-1], end=at)
        unit, holding = holder
        spans.append(Span(unit=unit, holding=holding, start=at, end=at, seq=turn.entry.seq))
    if spans:
        spans[-1] = replace(spans[-1], end=max(now, spans[-1].start))
    return _joined(span for span in spans if span.minutes or span is spans[-1])


def whose(facts: Facts) -> tuple[str, Holding]:
    """Whose a matter with these facts is, and for what."""
    state = facts.state
    if facts.supported and not facts.executed and state in _WAITS_FOR_EXECUTION:
        return facts.handler, Holding.EXECUTION
    if state in CLOSED:
        return facts.handler or facts.holder, Holding.AFTER
    if state is State.REEXAMINING and facts.hearing_open:
        return facts.holder, Holding.PAUSED
    if facts.question_open and state in OPEN:
        return "", Holding.PETITIONER
    holding = _BY_STATE[state] if state is not None else Holding.REGISTRATION
    if holding is Holding.PETITIONER:
        return "", holding
    direct = facts.received_by == "organ" and facts.holder == facts.receiver
    if holding is Holding.REFERRAL and direct:
        return facts.holder, Holding.ACCEPTANCE
    return facts.holder, holding


def whole(spans: Sequence[Span]) -> int:
    """All minutes from receipt to the end of the trace."""
    return (spans[-1].end - spans[0].start) // MINUTE if spans else 0


def totals(spans: Iterable[Span]) -> dict[tuple[str, Holding], int]:
    """Minutes by unit and kind; they add up to the whole."""
    found: defaultdict[tuple[str, Holding], int] = defaultdict(int)
    for span in spans:
        found[span.unit, span.holding] += span.minutes
    return dict(found)


def clipped(span: Span, first: datetime, end: datetime) -> Span | None:
    """The part of a span that lies from `first` until before `end`; None when none does."""
    start, stop = max(span.start, _minute(first)), min(span.end, _minute(end))
    return replace(span, start=start, end=stop) if start < stop else None


def _minute(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(second=0, microsecond=0)


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """What a step of the same minute had parted is one again."""
    found: list[Span] = []
    for span in spans:
        if found and (found[-1].unit, found[-1].holding) == (span.unit, span.holding):
            found[-1] = replace(found[-1], end=span.end)
        else:
            found.append(span)
    return tuple(found)
