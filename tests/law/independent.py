"""The clocks counted a second time, day by day, from the words of the contract alone.

Nothing here imports the package under test: that the two agree says something only as long as
they are written apart.
"""

from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import chinese_calendar
from chinese_calendar import constants

SHANGHAI = ZoneInfo("Asia/Shanghai")
ONE = timedelta(days=1)
PUBLISHED = {day.year for day in constants.holidays}
# The ids in the order of the table, with the article of R2022 and that of R2005.
ARTICLES: dict[str, tuple[str | None, str | None]] = {
    "register_and_refer": ("22", "21"),
    "notify_direct": ("23", "22"),
    "notify_referred": ("23", "22"),
    "object": ("23", None),
    "handle": ("34", "33"),
    "handle_extended": ("34", "33"),
    "request_review": ("35", "34"),
    "review": ("35", "34"),
    "request_reexamination": ("36", "35"),
    "reexamine": ("36", "35"),
    "report_back": ("22", "21"),
    "recommendation_feedback": ("40", "36"),
    "urgent_report": ("25", "26"),
    "simple_accept": (None, None),
    "simple_handle": (None, None),
}
RANK = list(ARTICLES)
NOTICE = {"notified", "accepted", "declined", "guided"}
MET_BY = {
    "register_and_refer": {"referred", "accepted", "declined", "guided", "answered"},
    "notify_direct": NOTICE,
    "notify_referred": NOTICE,
    "handle": {"opinion_delivered"},
    "handle_extended": {"opinion_delivered"},
    "review": {"review_opinion_delivered"},
    "reexamine": {"reexamination_opinion_delivered"},
    "report_back": {"result_reported"},
    "recommendation_feedback": {"recommendation_answered"},
    "urgent_report": {"urgent_reported"},
    "simple_handle": {"opinion_delivered", "answered"},
}
WINDOWS = {
    "objected": "object",
    "review_requested": "request_review",
    "reexamination_requested": "request_reexamination",
}
# Each at most once, and not before the one above it.
LADDER = (
    "received",
    "accepted",
    "opinion_issued",
    "opinion_delivered",
    "review_requested",
    "review_opinion_issued",
    "review_opinion_delivered",
    "reexamination_requested",
    "reexamination_opinion_issued",
    "reexamination_opinion_delivered",
)

Dated = tuple[datetime, dict[str, Any]]


class Refused(Exception):
    """The ledger cannot be: exit status 2."""


@cache
def off(day: date) -> bool:
    """A day off: by the notice of its year, or by the weekend while there is none."""
    if day.year in PUBLISHED:
        return not chinese_calendar.is_workday(day)
    return day.weekday() >= 5


class Clock:
    """One clock; `born` is the event it exists because of, `start` its day 0."""

    def __init__(self, name: str, born: datetime, start: date, key: Any = None) -> None:
        self.name, self.born, self.start, self.key = name, born, start, key
        self.raw = start
        self.due: date | datetime | None = None
        self.done: datetime | None = None
        self.void = False

    def days(self, number: int) -> "Clock":
        return self.until(self.start + number * ONE)

    def until(self, day: date) -> "Clock":
        self.raw = day
        while off(day):
            day += ONE
        self.due = day
        return self

    def working_days(self, number: int) -> "Clock":
        day = self.start
        while number:
            day += ONE
            number -= not off(day)
        self.due = day
        return self

    @property
    def last_day(self) -> date | None:
        return self.due.date() if isinstance(self.due, datetime) else self.due

    def state(self, as_of: date) -> str:
        window = self.name in WINDOWS.values()
        if self.void:
            return "void"
        if self.done and window:
            return "used"
        if self.due is None or self.last_day is None:
            return "paused"
        if self.done:
            by_hour = isinstance(self.due, datetime)
            return "met" if (self.done if by_hour else self.done.date()) <= self.due else "late"
        if as_of > self.last_day:
            return "lapsed" if window else "overdue"
        return "open" if window else "running"

    def answer(self, law: str, as_of: date) -> dict[str, Any]:
        state, last = self.state(as_of), self.last_day
        left = (last - as_of).days if last and state in ("running", "open") else None
        return {
            "id": self.name,
            "start": self.start.isoformat(),
            "due": self.due.isoformat() if self.due else None,
            "state": state,
            "met_on": self.done.date().isoformat() if self.done else None,
            "days_left": left,
            "article": ARTICLES[self.name][law == "R2005"],
            "provisional": not {self.start.year, (last or self.start).year} <= PUBLISHED,
        }


def started(event: dict[str, Any], at: datetime, received: date, law: str) -> list[Clock]:
    """The clocks that begin with an event."""
    day = at.date()
    match event["type"]:
        case "received":
            office = event["by"] == "petition_office"
            name = "register_and_refer" if office else "notify_direct"
            return [Clock(name, at, day).days(15)]
        case "referred":
            new = [Clock("notify_referred", at, day).days(15)]
            if law == "R2022":
                new.append(Clock("object", at, day).working_days(5))
            if event["mode"] == "assign":
                report_by = date.fromisoformat(event["report_by"])
                new.append(Clock("report_back", at, day).until(report_by))
            return new
        case "accepted" if event["procedure"] == "ordinary":
            return [Clock("handle", at, day).days(60)]
        case "accepted":
            decided = Clock("simple_accept", at, received).working_days(3)
            decided.done = at
            return [decided, Clock("simple_handle", at, day).working_days(10)]
        case "opinion_delivered":
            return [Clock("request_review", at, day).days(30)]
        case "review_requested":
            return [Clock("review", at, day).days(30)]
        case "review_opinion_delivered":
            return [Clock("request_reexamination", at, day).days(30)]
        case "reexamination_requested":
            return [Clock("reexamine", at, day).days(30)]
        case "recommended":
            key = str(event["id"])
            return [Clock("recommendation_feedback", at, day, key).days(event.get("within", 30))]
        case "urgent_noticed":
            clock = Clock("urgent_report", at, day)
            clock.due = at + timedelta(hours=4)
            return [clock]
    return []


def last_of(earlier: list[str], *kinds: str) -> str | None:
    return next((kind for kind in reversed(earlier) if kind in kinds), None)


def check(event: dict[str, Any], at: datetime, earlier: list[str], made: list[Clock]) -> None:
    """Refuse an order that cannot be."""
    kind, named = event["type"], [clock for clock in made if clock.key == str(event.get("id"))]
    step = LADDER.index(kind) if kind in LADDER else 1
    wrong = bool(step) and LADDER[step - 1] not in earlier
    wrong |= kind in (*LADDER, "extended") and kind in earlier
    if kind == "accepted" and "objection_upheld" in earlier and "opinion_delivered" not in earlier:
        since = earlier[max(n for n, one in enumerate(earlier) if one == "objection_upheld") :]
        wrong = kind in since
    if window := next((c for c in made[::-1] if c.name == WINDOWS.get(kind)), None):
        wrong |= bool(window.last_day and at.date() > window.last_day)
    match kind:
        case "extended":
            wrong |= not 1 <= event["days"] <= 30
            wrong |= not any(clock.name == "handle" and not clock.done for clock in made)
        case "referred" if event["mode"] == "assign":
            wrong |= date.fromisoformat(event["report_by"]) < at.date()
        case "objected":  # once to each referral
            wrong |= last_of(earlier, "referred", "objected") != "referred"
        case "objection_upheld" | "objection_rejected":
            steps = ("referred", "objected", "objection_upheld", "objection_rejected")
            wrong |= last_of(earlier, *steps) != "objected"
        case "hearing_opened":
            wrong |= last_of(earlier, "hearing_opened", "hearing_closed") == "hearing_opened"
        case "hearing_closed":
            wrong |= last_of(earlier, "hearing_opened", "hearing_closed") != "hearing_opened"
        case "result_reported":
            wrong |= not any(c.name == "report_back" and not c.void for c in made)
        case "urgent_reported":
            wrong |= "urgent_noticed" not in earlier
        case "reexamination_opinion_issued":  # not while a hearing of this instance is open
            since = earlier[earlier.index("reexamination_requested") :] if not wrong else []
            wrong |= last_of(since, "hearing_opened", "hearing_closed") == "hearing_opened"
        case "recommended":
            wrong |= bool(named)
        case "recommendation_answered":
            wrong |= not named or bool(named[0].done)
    if wrong:
        raise Refused(kind)


def cap(clock: Clock, made: list[Clock]) -> None:
    """A report back is never due after the handling; one that is void stays as it was."""
    handle = next((c.raw for c in made[::-1] if c.name.startswith("handle") and not c.void), None)
    if clock.name == "report_back" and handle and not clock.void:
        clock.until(min(clock.raw, handle))


def change(event: dict[str, Any], at: datetime, made: list[Clock]) -> None:
    """Let an event meet, use, void or lengthen what runs already."""
    kind, live = event["type"], [c for c in made if not c.done and not c.void]
    void: tuple[str, ...] = ()
    if kind == "objection_upheld":  # from the last referral on
        last = max(n for n, clock in enumerate(made) if clock.name == "notify_referred")
        live = [clock for clock in made[last:] if clock in live]
        void = ("notify_referred", "report_back")
    if kind == "accepted":  # anew, by another unit
        void = ("handle", "handle_extended", "simple_handle")
    if windows := [clock for clock in made if clock.name == WINDOWS.get(kind)]:
        windows[-1].done = at
    for clock in live:
        same = clock.key is None or clock.key == str(event.get("id"))
        if kind in MET_BY.get(clock.name, ()) and same:
            clock.done = at
        if kind == "extended" and clock.name == "handle":
            clock.name = "handle_extended"
            clock.days(60 + event["days"])
        if clock.name in void:
            cap(clock, made)
            clock.void = True


def hear(clock: Clock, events: list[Dated]) -> None:
    """Leave the days of hearings out of a re-examination; none is counted while one is open."""
    days: set[date] = set()
    opened = None
    for at, event in events:
        if event["type"] == "hearing_opened" and clock.born <= at <= (clock.done or at):
            opened = at.date()
        if event["type"] == "hearing_closed" and opened:
            days |= {opened + n * ONE for n in range((at.date() - opened).days + 1)}
            opened = None
    clock.days(30 + len(days))
    if opened:
        clock.due = None


def walk(events: list[Dated], law: str, received: date) -> list[Clock]:
    """All clocks of some events in order."""
    made: list[Clock] = []
    earlier: list[str] = []
    for at, event in events:
        check(event, at, earlier, made)
        change(event, at, made)
        made += started(event, at, received, law)
        if event["type"] == "accepted":  # anew: the former handling counts no longer
            earlier = [kind for kind in earlier if kind not in ("extended", "opinion_issued")]
        earlier.append(event["type"])
    for clock in made:
        cap(clock, made)
        if clock.name == "reexamine":
            hear(clock, events)
    return sorted(made, key=lambda clock: (clock.born, RANK.index(clock.name)))


def clocks(ledger: dict[str, Any]) -> dict[str, Any]:
    """Law and clocks of a ledger without their `why`. Raises Refused."""
    as_of = date.fromisoformat(ledger["as_of"])
    pairs = [(datetime.fromisoformat(e["at"]), e) for e in ledger["events"]]
    if any(at.tzinfo is None for at, _ in pairs):
        raise Refused("no offset")
    events = sorted(
        ((at.astimezone(SHANGHAI), event) for at, event in pairs), key=lambda pair: pair[0]
    )
    received = next((at.date() for at, e in events if e["type"] == "received"), None)
    if received is None:
        raise Refused("nothing received")
    law = "R2005" if received < date(2022, 5, 1) else "R2022"
    walk(events, law, received)  # later events must be possible, too
    made = walk([pair for pair in events if pair[0].date() <= as_of], law, received)
    return {"law": law, "clocks": [clock.answer(law, as_of) for clock in made]}
