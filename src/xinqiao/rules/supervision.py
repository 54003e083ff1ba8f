"""What needs urging, found from facts, clocks and entries of one matter (art. 40) by the rules of `supervision.toml`.

It watches what officials owe. Each finding names its rule, the unit that has to act, and the entries that it rests on.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib import resources

from xinqiao.law.clocks import Clock
from xinqiao.rules.entries import SHANGHAI, Entry
from xinqiao.rules.facts import Facts
from xinqiao.rules.replay import Turn
from xinqiao.rules.states import ANSWERED_STATES, OPEN, State
from xinqiao.rules.urging import answerable

DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule: `days` and `times` are thresholds, `lapses` the days after which the fault is no longer urged."""

    id: str
    article: str
    zh: str
    en: str
    help_zh: str
    help_en: str
    days: int = 0
    times: int = 0
    lapses: int = 0

    def label(self, lang: str) -> str:
        return self.en if lang.startswith("en") else self.zh

    def help(self, lang: str) -> str:
        return self.help_en if lang.startswith("en") else self.help_zh


@dataclass(frozen=True, kw_only=True)
class Found:
    """`rule` is broken by `unit` since that day; `basis` are the numbers of the entries that it rests on."""

    rule: str
    unit: str
    since: date
    basis: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Look:
    """What was found, and the moment at which time alone may change it; None when none will."""

    found: tuple[Found, ...]
    again: datetime | None


@dataclass(frozen=True, kw_only=True)
class _Seen:
    """A matter as the rules look at it. `again` collects the days on which to look once more."""

    course: Sequence[Turn]
    facts: Facts
    clocks: Sequence[Clock]
    now: datetime
    again: list[datetime]

    @property
    def today(self) -> date:
        return self.now.astimezone(SHANGHAI).date()

    def last(self, *steps: str) -> Entry | None:
        """The last entry that counts of one of these steps."""
        return next((t.entry for t in reversed(self.course) if t.entry.step in steps), None)

    def later(self, day: date) -> None:
        """Look again when this day begins."""
        self.again.append(datetime.combine(day, time(), SHANGHAI))


@cache
def rules() -> Mapping[str, Rule]:
    """All rules by id, in the order of the file."""
    text = (resources.files("xinqiao.rules") / "supervision.toml").read_text(encoding="utf-8")
    return {one["id"]: Rule(**one) for one in tomllib.loads(text)["rule"]}


def look(course: Sequence[Turn], clocks: Sequence[Clock], now: datetime) -> Look:
    """What needs urging on a matter with these turns and clocks (as of `now`, aware), each finding once."""
    if not course:
        return Look(found=(), again=None)
    seen = _Seen(course=course, facts=course[-1].after, clocks=clocks, now=now, again=[])
    if seen.facts.state is State.WITHDRAWN:
        return Look(found=(), again=None)
    found = {(one.rule, one.basis): one for name in rules() for one in _FINDERS[name](seen)}
    ahead = [moment for moment in seen.again if moment > now]
    return Look(found=tuple(found.values()), again=min(ahead, default=None))


def why_closed(rule: str, basis: Sequence[int], course: Sequence[Turn], now: datetime) -> str:
    """Why a finding stands no longer: taken_back, answered, lapsed, or done."""
    if not set(basis) <= {turn.entry.seq for turn in course}:
        return "taken_back"
    if rules()[rule].lapses:
        unit = course[-1].after.handler
        if _answered_since(course[-1].after, unit, max(basis)):
            return "answered"
        last = next(turn.entry.day for turn in course if turn.entry.seq == max(basis))
        if now.astimezone(SHANGHAI).date() > last + rules()[rule].lapses * DAY:
            return "lapsed"
    return "done"


# -- clocks of the law that ran out ---------------------------------------------------------------------------------

_REFERRED = ("transfer", "assign", "report_up", "decide_competence", "reject_objection")
#: The clocks of each rule, with the steps that begin them.
_CLOCKS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "referral_late": {"register_and_refer": ("receive",)},
    "notice_late": {
        "notify_direct": ("receive",), "notify_referred": _REFERRED, "simple_accept": ("receive", *_REFERRED),
    },
    "answer_late": {
        "handle": ("accept", "record_answer", "deliver_review_opinion", "deliver_reexamination_opinion"),
        "handle_extended": ("accept",), "simple_handle": ("accept",), "review": ("request_review",),
        "reexamine": ("request_reexamination",),
    },
    "not_reported_back": {"report_back": ("assign",)},
    "urgent_unreported": {"urgent_report": ("notice_urgent",)},
}  # fmt: skip


def _overdue(rule: str) -> Callable[[_Seen], Iterator[Found]]:
    """The duties of these clocks whose last day has passed undone."""

    def find(seen: _Seen) -> Iterator[Found]:
        for clock in seen.clocks:
            begins = _CLOCKS[rule].get(clock.id)
            if begins is None or clock.due is None or clock.state not in ("running", "overdue"):
                continue
            ends = _end_of(clock.due)
            if seen.now < ends:
                seen.again.append(ends)
                continue
            entry = _beginning(seen, begins, clock.start)
            since = ends.astimezone(SHANGHAI).date()
            yield Found(rule=rule, unit=_owing(rule, seen, entry), since=since, basis=(entry.seq,))

    return find


def _end_of(due: date | datetime) -> datetime:
    """The first moment at which it is late."""
    if isinstance(due, datetime):
        return due + timedelta(minutes=1)
    return datetime.combine(due + DAY, time(), SHANGHAI)


def _beginning(seen: _Seen, steps: Sequence[str], start: date) -> Entry:
    """The entry that set a clock going on `start`: the last of that day, else the last, else the receipt."""
    of_steps = [turn.entry for turn in seen.course if turn.entry.step in steps]
    that_day = [entry for entry in of_steps if entry.day == start]
    return (that_day or of_steps or [seen.course[0].entry])[-1]


def _owing(rule: str, seen: _Seen, entry: Entry) -> str:
    """Whose duty it is: that of who noticed the urgency, of who handles an assignment, else of who has the matter."""
    if rule == "urgent_unreported":
        return entry.unit or answerable(seen.facts)
    if rule == "not_reported_back":
        return seen.facts.handler or seen.facts.holder
    return answerable(seen.facts)


# -- what no clock tells ---------------------------------------------------------------------------------------------


def _ping_pong(seen: _Seen) -> Iterator[Found]:
    """Nobody has taken it, and it was sent back so many times."""
    undecided = {State.REGISTERED, State.REFERRED, State.OBJECTED, State.DISPUTED}
    entries = [turn.entry for turn in seen.course if turn.entry.step == "object"]
    if seen.facts.state in undecided and len(entries) >= rules()["ping_pong"].times:
        basis = tuple(entry.seq for entry in entries)
        unit = answerable(seen.facts)
        yield Found(rule="ping_pong", unit=unit, since=entries[-1].day, basis=basis)


def _extension_unapproved(seen: _Seen) -> Iterator[Found]:
    """Asked for and not approved, and the first limit was used up all the same (art. 34)."""
    begun, asked = seen.last("accept"), seen.last("request_extension")
    clock = next((one for one in reversed(seen.clocks) if one.id == "handle"), None)
    if begun is None or asked is None or clock is None or seen.facts.extended:
        return
    if asked.seq < begun.seq or clock.due is None or clock.state not in ("overdue", "late"):
        return
    since = _end_of(clock.due).astimezone(SHANGHAI).date()
    yield from _standing("extension_unapproved", since, (begun.seq, asked.seq), seen)


def _not_executed(seen: _Seen) -> Iterator[Found]:
    """The petitioner was found right, and nothing has come of it (art. 32)."""
    facts = seen.facts
    delivered = seen.last("deliver_opinion", "record_answer")
    if not facts.supported or facts.executed or delivered is None:
        return
    if facts.state not in ANSWERED_STATES:
        return
    checked = seen.last("follow_up_execution")
    if facts.execution_confirmed is False and checked is not None and checked.seq > delivered.seq:
        basis: tuple[int, ...] = (delivered.seq, checked.seq)
        since = checked.day
    else:
        basis = (delivered.seq,)
        since = delivered.day + (rules()["not_executed"].days + 1) * DAY
    if seen.today < since:
        seen.later(since)
        return
    yield Found(rule="not_executed", unit=facts.handler, since=since, basis=basis)


def _hearing_not_held(seen: _Seen) -> Iterator[Found]:
    """A day was told, and it passed without a hearing (art. 31)."""
    facts, told = seen.facts, seen.last("schedule_hearing")
    if facts.hearing_on is None or facts.hearing_open or told is None or facts.state not in OPEN:
        return
    since = facts.hearing_on + DAY
    if seen.today < since:
        seen.later(since)
        return
    unit = answerable(facts)
    yield Found(rule="hearing_not_held", unit=unit, since=since, basis=(told.seq,))


def _perfunctory(seen: _Seen) -> Iterator[Found]:
    """A petition office found the answer empty; a further answer of the unit ends it."""
    marked = next((t.entry for t in seen.course if t.entry.seq == seen.facts.perfunctory), None)
    if marked is None:
        return
    renewed = seen.last("deliver_opinion", "reply", "record_settlement")
    if renewed is None or renewed.seq < marked.seq:
        yield from _standing("perfunctory", marked.day, (marked.seq,), seen)


def _not_settled(seen: _Seen) -> Iterator[Found]:
    """The petitioner said that it is not settled (art. 21)."""
    rated = seen.last("rate")
    if rated is not None and seen.facts.settled is False:
        yield from _standing("not_settled", rated.day, (rated.seq,), seen)


def _standing(rule: str, since: date, basis: tuple[int, ...], seen: _Seen) -> Iterator[Found]:
    """A fault that cannot be undone: it stands until its unit has answered an urging for it, or it is long ago."""
    ends = since + (rules()[rule].lapses + 1) * DAY
    unit = seen.facts.handler or answerable(seen.facts)
    if seen.today >= ends or _answered_since(seen.facts, unit, max(basis)):
        return
    seen.later(ends)
    yield Found(rule=rule, unit=unit, since=since, basis=basis)


def _answered_since(facts: Facts, unit: str, seq: int) -> bool:
    """Whether the unit was urged after this entry, and answered."""
    return any(one.unit == unit and one.seq > seq and not one.open for one in facts.asked)


_FINDERS: Mapping[str, Callable[[_Seen], Iterator[Found]]] = {
    **{rule: _overdue(rule) for rule in _CLOCKS},
    "ping_pong": _ping_pong,
    "extension_unapproved": _extension_unapproved,
    "not_executed": _not_executed,
    "hearing_not_held": _hearing_not_held,
    "perfunctory": _perfunctory,
    "not_settled": _not_settled,
}
