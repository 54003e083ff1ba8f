"""Ledgers for tests: written as a lawyer would jot them down, or drawn at random but lawful."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from xinqiao.law.calendar import published
from xinqiao.law.clocks import Clock, clocks
from xinqiao.law.events import (
    ALL_EVENTS,
    SHANGHAI,
    Event,
    EventType,
    Mode,
    Procedure,
    Receiver,
    parse_event,
)

E = EventType
NUMBERS = ("days", "within")


def event(line: str) -> Event:
    """`2026-03-03 09:00 referred mode=transfer` as an event; times are Shanghai's."""
    day, time, kind, *fields = line.split()
    raw: dict[str, object] = {"type": kind, "at": f"{day}T{time}:00+08:00"}
    for field in fields:
        name, value = field.split("=")
        raw[name] = int(value) if name in NUMBERS else value
    return parse_event(raw, types=ALL_EVENTS)


def events(*lines: str) -> list[Event]:
    return [event(line) for line in lines]


def sentence(clock: Clock) -> str:
    """A clock on one line, as the case files write it."""
    due = clock.as_dict()["due"] or "-"
    state = str(clock.state)
    if clock.met_on:
        state += f" on {clock.met_on}"
    if clock.days_left is not None:
        state += f", {clock.days_left} days left"
    article = f"art. {clock.article}" if clock.article else "no article"
    line = f"{clock.id}: {clock.start} to {due}, {state}, {article}"
    return f"{line}, provisional" if clock.provisional else line


DAYS = st.integers(min_value=0, max_value=40)
MINUTES = st.integers(min_value=1, max_value=600)


@st.composite
def ledgers(draw: st.DrawFn) -> list[Event]:
    """A lawful ledger in order of time: the whole way from receipt on, broken off anywhere."""
    walk = _Walk(draw)
    _begin(walk)
    _handle(walk)
    _appeal(walk)
    length = draw(st.integers(min_value=1, max_value=len(walk.events)))
    return walk.events[:length]


class _Walk:
    """Writes events one after the other; `inside` keeps a step within a window of days."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        day = draw(st.dates(min_value=date(2005, 5, 1), max_value=date(2026, 12, 31)))
        minute = draw(st.integers(min_value=0, max_value=1439))
        self.now = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
        self.now += timedelta(minutes=minute)
        self.events: list[Event] = []

    def add(self, kind: EventType, **fields: object) -> Event:
        self.now += timedelta(minutes=self.draw(MINUTES))
        self.events.append(Event(type=kind, at=self.now, **fields))  # type: ignore[arg-type]
        return self.events[-1]

    def wait(self) -> None:
        self.now += timedelta(days=self.draw(DAYS))

    def wait_within(self, window: str) -> bool:
        """Wait some days, never past the end of the last window of this id; false if not possible."""
        found = clocks(self.events, self.now.date(), calendar=published())
        due = [clock.due_day for clock in found if clock.id == window][-1:]
        left = (due[0] - self.now.date()).days - 1 if due and due[0] else 5
        if left < 0:
            return False
        self.now += timedelta(days=self.draw(st.integers(min_value=0, max_value=left)))
        return True

    def maybe(self) -> bool:
        return self.draw(st.booleans())

    def aside(self) -> None:
        """Something that may happen at any time and belongs to no stage."""
        name = f"r{len(self.events)}"
        match self.draw(st.sampled_from(["", "", "", "urgent", "recommendation", "notice"])):
            case "urgent":
                self.add(E.URGENT_NOTICED)
                self.add(E.URGENT_REPORTED)
            case "recommendation":
                self.add(E.RECOMMENDED, id=name, within=self.draw(st.sampled_from([None, 10, 45])))
                self.wait()
                self.add(E.RECOMMENDATION_ANSWERED, id=name)
            case "notice":
                self.add(E.NOTIFIED)


def _begin(walk: _Walk) -> None:
    by = walk.draw(st.sampled_from(Receiver))
    walk.add(E.RECEIVED, by=by)
    walk.aside()
    if by is Receiver.ORGAN and walk.maybe():
        return
    walk.wait()
    _refer(walk)
    if walk.maybe() and walk.wait_within("object"):
        walk.add(E.OBJECTED)
        if walk.maybe():
            walk.add(E.OBJECTION_UPHELD)
            _refer(walk)
        else:
            walk.add(E.OBJECTION_REJECTED)


def _refer(walk: _Walk) -> None:
    if walk.maybe():
        by = walk.now.date() + timedelta(days=walk.draw(st.integers(min_value=2, max_value=120)))
        walk.add(E.REFERRED, mode=Mode.ASSIGN, report_by=by)
    else:
        walk.add(E.REFERRED, mode=Mode.TRANSFER)


def _handle(walk: _Walk) -> None:
    walk.wait()
    ending = walk.draw(st.sampled_from([E.DECLINED, E.GUIDED, E.ANSWERED, None, None, None, None]))
    if ending:
        walk.add(ending)
        return
    procedure = walk.draw(st.sampled_from(Procedure))
    walk.add(E.ACCEPTED, procedure=procedure)
    walk.aside()
    walk.wait()
    if procedure is Procedure.ORDINARY and walk.maybe():
        walk.add(E.EXTENDED, days=walk.draw(st.integers(min_value=1, max_value=30)))
        walk.wait()
    walk.add(E.OPINION_ISSUED)
    walk.wait()
    walk.add(E.OPINION_DELIVERED)


def _appeal(walk: _Walk) -> None:
    if walk.events[-1].type is not E.OPINION_DELIVERED or not walk.wait_within("request_review"):
        return
    walk.add(E.REVIEW_REQUESTED)
    walk.wait()
    walk.add(E.REVIEW_OPINION_ISSUED)
    walk.add(E.REVIEW_OPINION_DELIVERED)
    if not walk.wait_within("request_reexamination"):
        return
    walk.add(E.REEXAMINATION_REQUESTED)
    walk.aside()
    while walk.maybe():
        walk.wait()
        walk.add(E.HEARING_OPENED)
        walk.wait()
        walk.add(E.HEARING_CLOSED)
    walk.wait()
    walk.add(E.REEXAMINATION_OPINION_ISSUED)
    walk.add(E.REEXAMINATION_OPINION_DELIVERED)


def extended_by(ledger: list[Event], days: int) -> list[Event]:
    """The same ledger with another number of days of extension."""
    return [replace(e, days=days) if e.type is E.EXTENDED else e for e in ledger]
