"""Letters, visits, calls, faxes and online submissions, each counted once, with the answer that it led to."""

from collections.abc import Iterator, Sequence
from datetime import date

from xinqiao.rules.counting import Arrived, Counted, What
from xinqiao.rules.counting_course import CONTACTS, HANDED_OUT, Course
from xinqiao.rules.entries import Entry
from xinqiao.rules.replay import Turn
from xinqiao.rules.units import RANK, Level, territory

_NOTHING_KNOWN = Arrived()
#: The level of a region by the digits of its territory: 34, 3408, 340811, 340811101.
_LEVELS = {2: Level.PROVINCE, 4: Level.CITY, 6: Level.COUNTY}


def contacts(course: Course, duties: Sequence[Counted]) -> Iterator[Counted]:
    """Each contact as a figure of who handles the matter, of its receiver before anybody does.

    `due` and `done` are those of the first answer to the matter, `settled` is the matter's. A contact is a repeat when
    somebody behind it had come about the matter before, when it was registered as one, or opened a matter that goes on
    with a closed one: a new number makes nothing new of it. Others who come about the same matter come for the first
    time, be their contacts added to it or be their matters handled together.
    """
    facts = course.facts
    due, done = answered(course, duties)
    for turn in course.of(*CONTACTS):
        arrived = course.arrived.get(turn.entry.seq, _NOTHING_KNOWN)
        level = _level(course, turn.entry, arrived)
        yield course.fact(
            What.CONTACT, turn, facts.handler or facts.receiver, turn.entry.day,
            channel=turn.entry.payload["channel"], start=turn.entry.day, due=due, done=done, settled=course.settled,
            again=course.again(turn), level=level, persons=arrived.persons, designated=arrived.designated,
            first=not _is_repeat(course, turn, arrived), skipped=_skips(course, level),
        )  # fmt: skip


def answered(course: Course, duties: Sequence[Counted]) -> tuple[date | None, date | None]:
    """By when the matter was to be answered for the first time, and when it was.

    Where no opinion was owed: a matter that was declined or guided elsewhere is answered by that, in the time for
    accepting; a plain reply has no limit but the day on which it came.
    """
    owed = [
        one for one in duties if one.what is What.ANSWER and one.mark in ("handle", "simple_handle")
    ]
    if owed:
        first = min(owed, key=lambda one: one.seq)
        return first.due, first.done
    told = [t.entry for t in course.turns if t.entry.step in ("decline", "guide")]
    if told:
        accepting = [one.due for one in duties if one.what is What.ACCEPTANCE]
        return (accepting[-1] if accepting else told[-1].day), told[-1].day
    replied = [turn.entry for turn in course.turns if turn.entry.step in HANDED_OUT]
    return (replied[0].day, replied[0].day) if replied else (None, None)


def _is_repeat(course: Course, turn: Turn, arrived: Arrived) -> bool:
    if turn is not course.received:
        return bool(turn.entry.payload.get("repeat", True))
    if any(one.entry.payload.get("repeat") for one in course.of("join")):
        return True
    said = [
        one.entry.payload["repeat"]
        for one in course.of("register", "reclassify")
        if one.entry.payload.get("repeat") is not None
    ]
    return course.facts.predecessor is not None or (said[-1] if said else arrived.repeat)


def _level(course: Course, entry: Entry, arrived: Arrived) -> str:
    """The level that a visit went to; where nobody wrote it down, that of the unit that received it."""
    if entry.payload["channel"] != "visit":
        return ""
    units = course.units
    return arrived.level or (str(units[entry.unit].level) if entry.unit in units else "")


def _skips(course: Course, level: str) -> bool:
    """Above the level that is competent and the one above it (art. 20)."""
    competent = _competent(course)
    return bool(level) and competent is not None and RANK[Level(level)] > RANK[competent] + 1


def _competent(course: Course) -> Level | None:
    """The level of who handles the matter; before anybody does, that of the place where it lies."""
    facts, units = course.facts, course.units
    if facts.handler in units:
        return units[facts.handler].level
    return _LEVELS.get(len(territory(facts.region)), Level.TOWNSHIP) if facts.region else None
