"""Ledgers drawn from a seed: lawful ones that reach every line of the contract, and faulty ones.

It imports nothing of the package under test; windows are measured by the second count.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from random import Random
from typing import Any

from tests.law.independent import SHANGHAI, clocks

Ledger = dict[str, Any]
OFFSETS = (SHANGHAI, UTC, timezone(timedelta(hours=-5)), timezone(timedelta(hours=14)))
FIRST, CHANGE, LAST = date(2005, 5, 1), date(2022, 5, 1), date(2026, 12, 31)
MINUTES_OF_DAY = 24 * 60
EDGES = (0, 1, MINUTES_OF_DAY - 2, MINUTES_OF_DAY - 1)


def lawful(seed: int) -> Ledger:
    """A ledger that the contract allows, broken off anywhere and looked at from any day."""
    story = Story(Random(seed))
    story.tell()
    return story.ledger()


class Story:
    """Writes down one matter from receipt on; `now` only grows."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.events: list[dict[str, Any]] = []
        first = FIRST + timedelta(days=random.randrange((LAST - FIRST).days + 1))
        day = random.choice(
            (first, CHANGE - timedelta(days=random.randrange(-3, 4)), _recent(random))
        )
        self.now = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
        self.now += timedelta(minutes=self._minute())
        self.asides = 0

    def tell(self) -> None:
        by = self.random.choice(("petition_office", "organ"))
        self.add("received", by=by)
        self._refer(by)
        self._handle()

    def ledger(self) -> Ledger:
        """The events in any order and in any offsets, seen from a day worth looking at."""
        kept = self.random.choice((len(self.events), self.random.randint(1, len(self.events))))
        events = self.events[:kept]
        as_of = self._as_of(events)
        events = [{**e, "at": _written(e["at"], self.random.choice(OFFSETS))} for e in events]
        if self.random.random() < 0.7:
            self.random.shuffle(events)
        return {"as_of": as_of.isoformat(), "events": events}

    def add(self, kind: str, **fields: Any) -> None:
        self.now += timedelta(minutes=self.random.randint(1, 90))
        self.events.append({"type": kind, "at": self.now.isoformat(), **fields})
        while self.random.random() < 0.12:
            self._aside()

    def wait(self, most: int) -> None:
        """Some days, mostly few; now and then to the first or the last minutes of a day."""
        days = self.random.choice((0, self.random.randint(0, most), self.random.randint(0, most)))
        day = self.now.date() + timedelta(days=days)
        then = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
        self.now = max(self.now, then + timedelta(minutes=self._minute()))

    def within(self, window: str) -> bool:
        """Wait inside the last window of this id, often to its last day; false if it is past."""
        found = clocks({"as_of": self.now.date().isoformat(), "events": self.events})["clocks"]
        dues = [clock["due"] for clock in found if clock["id"] == window]
        left = (date.fromisoformat(dues[-1]) - self.now.date()).days if dues else 20
        if left < 1:
            return False
        before = self.now
        day = self.now.date() + timedelta(
            days=self.random.choice((left, self.random.randint(0, left)))
        )
        then = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
        self.now = max(before, then + timedelta(minutes=self.random.randint(0, 1340)))
        return True

    def _minute(self) -> int:
        return self.random.choice((*EDGES, *(self.random.randrange(MINUTES_OF_DAY) for _ in EDGES)))

    def _aside(self) -> None:
        """What belongs to no stage: urgent matters, recommendations, notices, more referrals."""
        self.asides += 1
        name = self.random.choice((self.asides, f"A-{self.asides}"))
        match self.random.randrange(6):
            case 0:
                self.add("urgent_noticed")
            case 1:
                self.add("urgent_noticed")
                self.now += timedelta(minutes=self.random.choice((100, 239, 300, 1500)))
                self.add("urgent_reported")
            case 2:
                self.add("recommended", id=name)
            case 3:
                self.add("recommended", id=name, within=self.random.choice((1, 7, 30, 90)))
                self.wait(60)
                self.add("recommendation_answered", id=name)
            case 4:
                self.add("notified")
            case 5 if not self._hearing_open():
                self.add("hearing_opened")
                self.wait(3)
                if not self._hearing_open():
                    return
                self.add("hearing_closed")

    def _seen(self, kind: str) -> bool:
        return any(event["type"] == kind for event in self.events)

    def _may_accept_anew(self) -> bool:
        """Only after an objection upheld since the acceptance; and only sometimes, even then."""
        since = [e["type"] for e in self.events if e["type"] in ("accepted", "objection_upheld")]
        return since[-1] == "objection_upheld" and self.random.random() < 0.5

    def _hearing_open(self) -> bool:
        kinds = [event["type"] for event in self.events]
        return kinds.count("hearing_opened") > kinds.count("hearing_closed")

    def _refer(self, by: str) -> None:
        referrals = self.random.choice((0, 1, 1, 2) if by == "organ" else (0, 1, 1, 1, 1, 2, 3))
        for _ in range(referrals):
            self.wait(20)
            self._one_referral()
            if self.random.random() < 0.05 and not self._seen("accepted"):  # too soon
                self.add("accepted", procedure="ordinary")
            if self.random.random() < 0.4 and self.within("object"):
                self.add("objected")
                self.wait(6)
                if self.random.random() < 0.9:
                    self.add(self.random.choice(("objection_upheld", "objection_rejected")))

    def _one_referral(self) -> None:
        if self.random.random() < 0.5:
            self.add("referred", mode="transfer")
            return
        by = self.now.date() + timedelta(days=self.random.choice((1, 7, 30, 58, 60, 62, 90, 120)))
        self.add("referred", mode="assign", report_by=by.isoformat())

    def _handle(self) -> None:
        self.wait(25)
        if self.random.random() < 0.3:
            self.add(self.random.choice(("notified", "declined", "guided", "answered")))
            self._report()
            if self.random.random() < 0.6:
                return
            self.wait(20)
        procedure = self.random.choice(("ordinary", "ordinary", "ordinary", "simple"))
        if self._seen("accepted") and not self._may_accept_anew():
            procedure = "ordinary"
        else:
            self.add("accepted", procedure=procedure)
        if procedure == "ordinary" and self.random.random() < 0.4:
            self.wait(70)
            self.add("extended", days=self.random.choice((1, 15, 29, 30)))
        if procedure == "simple":
            self.wait(14)
            if self.random.random() < 0.5:
                self.add("answered")
        self.wait(80)
        if procedure == "ordinary" or self.random.random() < 0.5:
            self._opinion("opinion")
            self._report()
            self._appeal()

    def _report(self) -> None:
        live = [e for e in self.events if e["type"] in ("referred", "objection_upheld")][-1:]
        if live and live[0].get("mode") == "assign" and self.random.random() < 0.7:
            self.wait(20)
            self.add("result_reported")

    def _opinion(self, name: str) -> None:
        self.add(f"{name}_issued")
        self.wait(8)
        self.add(f"{name}_delivered")

    def _appeal(self) -> None:
        if self.random.random() < 0.3 or not self.within("request_review"):
            return
        self.add("review_requested")
        self.wait(40)
        self._opinion("review_opinion")
        if self.random.random() < 0.2 or not self.within("request_reexamination"):
            return
        self.add("reexamination_requested")
        for _ in range(self.random.choice((0, 1, 1, 2, 3))):
            self.wait(20)
            self.add("hearing_opened") if not self._hearing_open() else None
            self.wait(15)
            self.add("hearing_closed") if self._hearing_open() else None
        self.wait(40)
        if self._hearing_open():
            self.add("hearing_closed")
        if not self._hearing_open():  # another may have been opened at once
            self._opinion("reexamination_opinion")

    def _as_of(self, events: list[dict[str, Any]]) -> date:
        """A due day, a day of an event, the day before or after one, or any day between."""
        days = [datetime.fromisoformat(event["at"]).date() for event in events]
        found = clocks({"as_of": days[-1].isoformat(), "events": events})["clocks"]
        dues = [date.fromisoformat(clock["due"][:10]) for clock in found if clock["due"]]
        span = (max(dues + days) - days[0]).days
        between = days[0] + timedelta(days=self.random.randint(0, span + 3))
        near = self.random.choice(dues + days) + timedelta(days=self.random.choice((-1, 0, 0, 1)))
        return self.random.choice((near, near, between, days[-1]))


def _recent(random: Random) -> date:
    return LAST - timedelta(days=random.randrange(900))


def _written(at: str, offset: Any) -> str:
    return datetime.fromisoformat(at).astimezone(offset).isoformat()


def faulty(seed: int) -> tuple[str, Ledger]:
    """A lawful ledger with one fault put in, and the name of the fault."""
    random = Random(seed)
    ledger = _straight(random)
    name = list(FAULTS)[seed % len(FAULTS)]
    FAULTS[name](ledger, random)
    return name, ledger


def _straight(random: Random) -> Ledger:
    """The whole way from receipt to re-examination, one event of each kind, a few days apart."""
    day = FIRST + timedelta(days=random.randrange((LAST - FIRST).days - 400))
    at = datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI)
    events: list[dict[str, Any]] = []
    for kind in WAY:
        at += timedelta(days=random.randint(0, 2), minutes=random.randint(1, 200))
        fields = dict(FIELDS.get(kind, {}))
        if kind == "referred":
            fields["report_by"] = (at.date() + timedelta(days=40)).isoformat()
        events.append(
            {"type": kind, "at": _written(at.isoformat(), random.choice(OFFSETS)), **fields}
        )
    return {
        "as_of": (at.date() + timedelta(days=random.randint(-9, 9))).isoformat(),
        "events": events,
    }


WAY = (
    "received",
    "urgent_noticed",
    "urgent_reported",
    "referred",
    "objected",
    "objection_rejected",
    "accepted",
    "extended",
    "recommended",
    "recommendation_answered",
    "opinion_issued",
    "opinion_delivered",
    "result_reported",
    "review_requested",
    "review_opinion_issued",
    "review_opinion_delivered",
    "reexamination_requested",
    "hearing_opened",
    "hearing_closed",
    "reexamination_opinion_issued",
    "reexamination_opinion_delivered",
)
FIELDS: dict[str, dict[str, Any]] = {
    "received": {"by": "petition_office"},
    "referred": {"mode": "assign"},
    "accepted": {"procedure": "ordinary"},
    "extended": {"days": 20},
    "recommended": {"id": "A-1", "within": 10},
    "recommendation_answered": {"id": "A-1"},
}
ONCE = ("received", "accepted", "extended", *WAY[10:12], *WAY[13:17], *WAY[19:])
NEEDED = ("received", "accepted", "opinion_issued", "opinion_delivered", "review_requested")
Fault = Callable[[Ledger, Random], None]


def _one(ledger: Ledger, kind: str) -> dict[str, Any]:
    return next(event for event in ledger["events"] if event["type"] == kind)


def _change(kind: str, **fields: Any) -> Fault:
    return lambda ledger, _: _one(ledger, kind).update(fields)


def _drop(kind: str, field: str) -> Fault:
    return lambda ledger, _: _one(ledger, kind).pop(field)


def _leave_out(*kinds: str) -> Fault:
    return lambda ledger, random: ledger["events"].remove(_one(ledger, random.choice(kinds)))


def _twice(*kinds: str) -> Fault:
    def fault(ledger: Ledger, random: Random) -> None:
        event = _one(ledger, random.choice(kinds))
        ledger["events"].insert(ledger["events"].index(event) + 1, dict(event))

    return fault


def _swap(first: str, second: str) -> Fault:
    def fault(ledger: Ledger, random: Random) -> None:
        one, other = _one(ledger, first), _one(ledger, second)
        one["at"], other["at"] = other["at"], one["at"]

    return fault


def _too_late(window: str, kind: str) -> Fault:
    """The event after the last day of its window; what came later is left out."""

    def fault(ledger: Ledger, random: Random) -> None:
        events = ledger["events"]
        cut = events.index(_one(ledger, kind))
        before = {"as_of": "2030-01-01", "events": events[:cut]}
        due = [c["due"] for c in clocks(before)["clocks"] if c["id"] == window]
        if not due:  # R2005 has no window for objecting: one that nothing was referred for, then
            del events[cut - 1]
            return
        late = date.fromisoformat(due[0]) + timedelta(days=random.choice((1, 1, 2, 40)))
        events[cut]["at"] = f"{late}T00:{random.randrange(60):02}:00+08:00"
        del events[cut + 1 :]

    return fault


def _any(random: Random, ledger: Ledger) -> dict[str, Any]:
    event: dict[str, Any] = random.choice(ledger["events"])
    return event


def _no_offset(ledger: Ledger, random: Random) -> None:
    event = _any(random, ledger)
    event["at"] = event["at"][: len("2026-02-10T10:00:00")]


FAULTS: dict[str, Fault] = {
    "an unknown type": lambda ledger, r: _any(r, ledger).update(type=r.choice(("settled", "x", 3))),
    "no type": lambda ledger, r: _any(r, ledger).pop("type"),
    "no at": lambda ledger, r: _any(r, ledger).pop("at"),
    "no offset": _no_offset,
    "no such day": lambda ledger, r: _any(r, ledger).update(at="2026-02-30T10:00:00+08:00"),
    "no time at all": lambda ledger, r: _any(r, ledger).update(at=r.choice((None, 5, "soon"))),
    "no as_of": lambda ledger, _: ledger.pop("as_of"),
    "an as_of that is no day": lambda ledger, _: ledger.update(as_of="2026-13-01"),
    "no events": lambda ledger, _: ledger.pop("events"),
    "not one event": lambda ledger, _: ledger.update(events=[]),
    "an event that is a word": lambda ledger, _: ledger["events"].append("received"),
    "no receiver": _drop("received", "by"),
    "an unknown receiver": _change("received", by="police"),
    "no mode": _drop("referred", "mode"),
    "an unknown mode": _change("referred", mode="mail"),
    "no day to report by": _drop("referred", "report_by"),
    "a day to report by that is none": _change("referred", report_by="soon"),
    "no procedure": _drop("accepted", "procedure"),
    "an unknown procedure": _change("accepted", procedure="quick"),
    "no days of extension": _drop("extended", "days"),
    "31 days of extension": _change("extended", days=31),
    "no days more": _change("extended", days=0),
    "days in words": _change("extended", days="thirty"),
    "no id": _drop("recommended", "id"),
    "no id of the answer": _drop("recommendation_answered", "id"),
    "an answer to another recommendation": _change("recommendation_answered", id="B-2"),
    "an extension of the simple procedure": _change("accepted", procedure="simple"),
    "a ground left out": _leave_out(*NEEDED),
    "twice what happens once": _twice(*ONCE),
    "an objection upheld that nobody made": _leave_out("objected"),
    "an acceptance before the receipt": _swap("received", "accepted"),
    "an opinion before the acceptance": _swap("accepted", "opinion_issued"),
    "a delivery before the opinion": _swap("opinion_issued", "opinion_delivered"),
    "a review before the opinion": _swap("opinion_delivered", "review_requested"),
    "a hearing closed before it opened": _swap("hearing_opened", "hearing_closed"),
    "an extension before the acceptance": _swap("accepted", "extended"),
    "an extension after the opinion": _swap("extended", "opinion_delivered"),
    "an objection too late": _too_late("object", "objected"),
    "a review asked for too late": _too_late("request_review", "review_requested"),
    "a re-examination asked for too late": _too_late(
        "request_reexamination", "reexamination_requested"
    ),
}
