"""The events of a ledger: their types, their fields, and the strict reading of both.

`CONTRACT_EVENTS` are those of the published contract; `INTERNAL_EVENTS` are three more that the
platform writes for itself and that the command refuses as unknown.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from typing import NoReturn, TypeVar
from zoneinfo import ZoneInfo

from xinqiao.law.errors import BadEvent, NoLawInForce
from xinqiao.law.limits import LARGEST_AMOUNT, Edition
from xinqiao.law.provisions import newest, on
from xinqiao.law.wording import Fact, Term, quote

SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST_YEAR, LAST_YEAR = 1900, 2999  # beyond these a date is a slip of the pen, not a date


class EventType(StrEnum):
    """Everything that can happen to a matter and that a clock cares about."""

    RECEIVED = "received"
    REFERRED = "referred"
    OBJECTED = "objected"
    OBJECTION_UPHELD = "objection_upheld"
    OBJECTION_REJECTED = "objection_rejected"
    NOTIFIED = "notified"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    GUIDED = "guided"
    ANSWERED = "answered"
    EXTENDED = "extended"
    OPINION_ISSUED = "opinion_issued"
    OPINION_DELIVERED = "opinion_delivered"
    REVIEW_REQUESTED = "review_requested"
    REVIEW_OPINION_ISSUED = "review_opinion_issued"
    REVIEW_OPINION_DELIVERED = "review_opinion_delivered"
    REEXAMINATION_REQUESTED = "reexamination_requested"
    REEXAMINATION_OPINION_ISSUED = "reexamination_opinion_issued"
    REEXAMINATION_OPINION_DELIVERED = "reexamination_opinion_delivered"
    HEARING_OPENED = "hearing_opened"
    HEARING_CLOSED = "hearing_closed"
    RESULT_REPORTED = "result_reported"
    URGENT_NOTICED = "urgent_noticed"
    URGENT_REPORTED = "urgent_reported"
    RECOMMENDED = "recommended"
    RECOMMENDATION_ANSWERED = "recommendation_answered"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"
    REMANDED = "remanded"


INTERNAL_EVENTS = frozenset({EventType.SETTLED, EventType.WITHDRAWN, EventType.REMANDED})
CONTRACT_EVENTS = frozenset(EventType) - INTERNAL_EVENTS
ALL_EVENTS = CONTRACT_EVENTS | INTERNAL_EVENTS


class Receiver(StrEnum):
    """Who received the petition."""

    PETITION_OFFICE = "petition_office"
    ORGAN = "organ"


class Mode(StrEnum):
    """How it was referred; an assignment must be reported back by a date (art. 22)."""

    TRANSFER = "transfer"
    ASSIGN = "assign"


class Procedure(StrEnum):
    """How it is handled."""

    ORDINARY = "ordinary"
    SIMPLE = "simple"


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """Something that happened at an instant. `at` must be aware; it is kept in Shanghai time.

    The other fields belong to some types only: `by` received; `mode`, `report_by` referred;
    `procedure` accepted; `days` extended; `id`, `within` (days) recommendations.
    """

    type: EventType
    at: datetime
    by: Receiver | None = None
    mode: Mode | None = None
    report_by: date | None = None
    procedure: Procedure | None = None
    days: int | None = None
    id: str | None = None
    within: int | None = None

    def __post_init__(self) -> None:
        if self.at.tzinfo is not SHANGHAI:
            if self.at.utcoffset() is None:
                raise BadEvent("event_naive", event=Term(code=self.type), at=str(self.at))
            object.__setattr__(self, "at", self.at.astimezone(SHANGHAI))

    @property
    def day(self) -> date:
        """The date in Shanghai."""
        return self.at.date()


@dataclass(frozen=True, kw_only=True, slots=True)
class Ledger:
    """What the contract calls the input: events in any order, and the day to look at them from."""

    as_of: date
    events: tuple[Event, ...]


def read_ledger(raw: object, types: Collection[EventType] = CONTRACT_EVENTS) -> Ledger:
    """A ledger from decoded JSON: `{"as_of": "2026-05-01", "events": [...]}`.

    Raises BadEvent, naming the event and its article, for anything the contract does not allow.
    """
    if not isinstance(raw, Mapping):
        raise BadEvent("ledger_not_object", got=quote(raw))
    events = raw.get("events")
    if not isinstance(events, list):
        raise BadEvent("ledger_no_events", got=quote(events))
    as_of = _day(raw.get("as_of"))
    if as_of is None:
        raise BadEvent("ledger_bad_as_of", got=quote(raw.get("as_of")))
    try:
        return Ledger(as_of=as_of, events=parse_events(events, types))
    except BadEvent as problem:
        raise _cited_under(_edition_begun_under(events), problem) from None


def parse_events(
    raw: Iterable[object], types: Collection[EventType] = CONTRACT_EVENTS
) -> tuple[Event, ...]:
    """Events from decoded JSON objects, in the order given. Raises BadEvent."""
    return tuple(parse_event(item, number, types) for number, item in enumerate(raw, start=1))


def parse_event(
    raw: object, number: int = 1, types: Collection[EventType] = CONTRACT_EVENTS
) -> Event:
    """One event from a decoded JSON object; `number` is its place in the ledger, for the message.

    Fields that no clock reads are left alone. Raises BadEvent.
    """
    if not isinstance(raw, Mapping):
        raise BadEvent("event_not_object", number=number, got=quote(raw))
    kind = _type(raw, number, types)
    reading = _Reading(kind, number, raw)
    return _READERS.get(kind, _Reading.plain)(reading, reading.at())


Choice = TypeVar("Choice", bound=StrEnum)
_BY_NAME = {str(kind): kind for kind in EventType}


def _type(raw: Mapping[str, object], number: int, types: Collection[EventType]) -> EventType:
    name = raw.get("type")
    kind = _BY_NAME.get(name) if isinstance(name, str) else None
    if kind is not None and kind in types:
        return kind
    if name is None:
        raise BadEvent("event_no_type", number=number, law=newest().cite)
    known = sorted(types)
    near = get_close_matches(name, known, n=1) if isinstance(name, str) else []
    raise BadEvent(
        "event_unknown_type_near" if near else "event_unknown_type",
        number=number,
        got=quote(name),
        known=near[0] if near else ", ".join(known),
        law=newest().cite,
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """The fields of one raw event; a wrong one is refused by its name."""

    kind: EventType
    number: int
    raw: Mapping[str, object]

    def refuse(self, field: str, expected: str) -> NoReturn:
        value = self.raw.get(field)
        code = "event_missing_field" if value is None else "event_bad_field"
        facts = _where(self.kind, self.number)
        raise BadEvent(code, **facts, field=field, got=quote(value), expected=expected)

    def at(self) -> datetime:
        value = self.raw.get("at")
        at = _instant(value)
        if at is None or not FIRST_YEAR <= at.year <= LAST_YEAR:
            self.refuse("at", "2026-02-10T10:00:00+08:00")
        if at.tzinfo is None:
            facts = _where(self.kind, self.number)
            raise BadEvent("event_no_offset", **facts, at=quote(value))
        return at.astimezone(SHANGHAI)

    def choice(self, field: str, choices: type[Choice]) -> Choice:
        value = self.raw.get(field)
        try:
            return choices(str(value))
        except ValueError:
            self.refuse(field, " | ".join(choices))

    def plain(self, at: datetime) -> Event:
        return Event(type=self.kind, at=at)

    def received(self, at: datetime) -> Event:
        return Event(type=self.kind, at=at, by=self.choice("by", Receiver))

    def referred(self, at: datetime) -> Event:
        mode = self.choice("mode", Mode)
        return Event(type=self.kind, at=at, mode=mode, report_by=self.report_by(mode, at))

    def accepted(self, at: datetime) -> Event:
        return Event(type=self.kind, at=at, procedure=self.choice("procedure", Procedure))

    def extended(self, at: datetime) -> Event:
        return Event(type=self.kind, at=at, days=self.days())

    def recommended(self, at: datetime) -> Event:
        return Event(type=self.kind, at=at, id=self.id(), within=self.within())

    def recommendation_answered(self, at: datetime) -> Event:
        return Event(type=self.kind, at=at, id=self.id())

    def report_by(self, mode: Mode, at: datetime) -> date | None:
        if mode is Mode.TRANSFER:
            return None
        day = _day(self.raw.get("report_by"))
        if day is None or not at.date() <= day or day.year > LAST_YEAR:
            self.refuse("report_by", f"{at.date()} ...")
        return day

    def days(self) -> int:
        value = self.raw.get("days")
        if type(value) is not int or value < 1:
            self.refuse("days", "1 ... 30")
        return value

    def within(self) -> int | None:
        value = self.raw.get("within")
        if value is None:
            return None
        if type(value) is not int or not 1 <= value <= LARGEST_AMOUNT:
            self.refuse("within", f"1 ... {LARGEST_AMOUNT}")
        return value

    def id(self) -> str:
        value = self.raw.get("id")
        if type(value) is int:
            return str(value)
        if not isinstance(value, str) or not value:
            self.refuse("id", '"A-1"')
        return value


_READERS: Mapping[EventType, Callable[[_Reading, datetime], Event]] = {
    EventType.RECEIVED: _Reading.received,
    EventType.REFERRED: _Reading.referred,
    EventType.ACCEPTED: _Reading.accepted,
    EventType.EXTENDED: _Reading.extended,
    EventType.RECOMMENDED: _Reading.recommended,
    EventType.RECOMMENDATION_ANSWERED: _Reading.recommendation_answered,
}


def _edition_begun_under(raw_events: Iterable[object]) -> Edition | None:
    """The edition of the law on the day of receipt, if that much of a faulty ledger can be read."""
    for raw in raw_events:
        if isinstance(raw, Mapping) and raw.get("type") == EventType.RECEIVED:
            at = _instant(raw.get("at"))
            try:
                return on(at.date()).edition(at.date()) if at else None
            except NoLawInForce:
                return None
    return None


def _cited_under(edition: Edition | None, problem: BadEvent) -> BadEvent:
    """The same refusal, citing the article of the law that this ledger began under."""
    facts = dict(problem.reason.facts)
    if edition is not None and isinstance(event := facts.get("event"), Term):
        facts["law"] = edition.article_of(event.code)
    return BadEvent(problem.code, **facts)


def _where(kind: EventType, number: int) -> dict[str, Fact]:
    """The facts that name an event in a refusal, with its article in the law in force."""
    cite = newest().editions[-1].article_of(kind)
    return {"event": Term(code=kind), "number": number, "law": cite}


def _instant(value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _day(value: object) -> date | None:
    """A date written 2026-05-01 and in no other of the ways ISO 8601 has."""
    if not isinstance(value, str) or len(value) != len("2026-05-01") or value[7] != "-":
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
