"""From ledger entries to the events of the law: what each step means for the clocks."""

from collections.abc import Iterable
from datetime import date, datetime, time
from itertools import pairwise

from xinqiao.law.events import Event, EventType, Mode, Procedure, Receiver
from xinqiao.rules.entries import SHANGHAI, Entry, effective
from xinqiao.rules.facts import Facts
from xinqiao.rules.refusals import Refusal
from xinqiao.rules.replay import Turn, turns
from xinqiao.rules.states import State
from xinqiao.rules.table import STEPS

#: Steps that start or stop a clock of their own, at whatever point of the procedure.
BESIDE = frozenset(
    {
        "notify", "notice_urgent", "report_urgent", "report_result", "recommend", "answer_recommendation",
    }
)  # fmt: skip

_OF_RECOMMENDATIONS = frozenset({"recommended", "recommendation_answered"})


def law_events(entries: Iterable[Entry]) -> list[Event]:
    """The events of the clock contract that these entries give, in their order; corrections are read first."""
    return events_of(turns(entries))


def events_of(course: Iterable[Turn]) -> list[Event]:
    """The same, of entries that were replayed already."""
    return [
        event
        for entry, before, after in course
        for name in STEPS[entry.step].law
        for event in (
            [_recommendation(name, entry)]
            if name in _OF_RECOMMENDATIONS
            else _events(name, entry, before, after)
        )
    ]


def disorder(entries: Iterable[Entry]) -> Refusal | None:
    """None, or `out_of_order` when a step is dated before one that it was built on.

    The law reads its events by date, the facts follow the entries: one order must serve both. What runs beside the
    procedure (`BESIDE`) may be entered late.
    """
    line = [
        entry for entry in effective(entries) if STEPS[entry.step].law and entry.step not in BESIDE
    ]
    for earlier, later in pairwise(line):
        if later.at < earlier.at:
            facts = {"later": later.step, "earlier": earlier.step, "day": str(earlier.day)}
            return Refusal("out_of_order", STEPS[later.step].article, facts)
    return None


def _events(name: str, entry: Entry, before: Facts, after: Facts) -> list[Event]:
    at = entry.at
    match name:
        case "received":
            return [
                Event(type=EventType.RECEIVED, at=at, by=Receiver(entry.payload["received_by"]))
            ]
        case "referred":
            return [_referred(entry)]
        case "accepted":
            procedure = Procedure(entry.payload["procedure"])
            return [Event(type=EventType.ACCEPTED, at=at, procedure=procedure)]
        case "extended":
            return [Event(type=EventType.EXTENDED, at=at, days=after.extended)]
        case "competence_decided":
            return _competence_decided(entry, after.handler == before.handler)
        case "answered" if (
            before.procedure == "ordinary"
        ):  # accepted as a claim, and found to be none since
            return [Event(type=EventType.ANSWERED, at=at), Event(type=EventType.SETTLED, at=at)]
        case "answered_before":
            return _answered_before(entry, after.received_on or entry.day)
        case "hearing_opened" | "hearing_closed" if before.state is not State.REEXAMINING:
            return []
        case "review_opinion_delivered" | "reexamination_opinion_delivered":
            delivered = Event(type=EventType(name), at=at)
            back = after.state is State.ACCEPTED
            return [delivered, Event(type=EventType.REMANDED, at=at)] if back else [delivered]
        case _:
            return [Event(type=EventType(name), at=at)]


def _recommendation(name: str, entry: Entry) -> Event:
    """A recommendation goes by the number of its entry; its answer names it."""
    if name == "recommended":
        within = entry.payload["answer_within"]
        return Event(type=EventType.RECOMMENDED, at=entry.at, id=str(entry.seq), within=within)
    named = str(entry.payload["addressed"])
    return Event(type=EventType.RECOMMENDATION_ANSWERED, at=entry.at, id=named)


def _referred(entry: Entry) -> Event:
    if entry.step != "assign":
        return Event(type=EventType.REFERRED, at=entry.at, mode=Mode.TRANSFER)
    return Event(
        type=EventType.REFERRED,
        at=entry.at,
        mode=Mode.ASSIGN,
        report_by=entry.payload_day("report_by"),
    )


def _competence_decided(entry: Entry, stays: bool) -> list[Event]:
    """The decision rejects the objection, or upholds it and refers the matter to the unit it names (art. 24)."""
    if stays:
        return [Event(type=EventType.OBJECTION_REJECTED, at=entry.at)]
    return [Event(type=EventType.OBJECTION_UPHELD, at=entry.at), _referred(entry)]


def _answered_before(entry: Entry, received_on: date) -> list[Event]:
    """An answer given before this platform kept the matter: accepted on its day, or on that of receipt."""
    accepted_on = entry.payload_day("accepted_on") or received_on
    accepted_at = min(datetime.combine(accepted_on, time.max, tzinfo=SHANGHAI), entry.at)
    return [
        Event(type=EventType.ACCEPTED, at=accepted_at, procedure=Procedure.ORDINARY),
        Event(type=EventType.OPINION_ISSUED, at=entry.at),
        Event(type=EventType.OPINION_DELIVERED, at=entry.at),
    ]
