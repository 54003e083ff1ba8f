"""The dates of a matter as its petitioner reads them: what is next, by when, and why then."""

from collections.abc import Iterable
from typing import Any

from xinqiao.law.clocks import Clock, ClockState, Owner
from xinqiao.lookup.words import Words

#: Clocks between offices; they tell a petitioner nothing.
_INTERNAL = frozenset({"object", "report_back", "urgent_report", "recommendation_feedback"})
_RUNNING = frozenset({ClockState.RUNNING, ClockState.OVERDUE, ClockState.PAUSED})


def duties(clocks: Iterable[Clock], words: Words) -> list[dict[str, Any]]:
    """What the offices still owe, nearest first."""
    shown = [one for one in clocks if one.id not in _INTERNAL and one.state in _RUNNING]
    return [_told(one, words) for one in sorted(shown, key=_nearness)]


def windows(clocks: Iterable[Clock], words: Words) -> list[dict[str, Any]]:
    """What the petitioner may still do."""
    own = (one for one in clocks if one.owner is Owner.PETITIONER and one.state is ClockState.OPEN)
    return [_told(one, words) for one in own]


def _nearness(clock: Clock) -> str:
    return str(clock.due_day or "9999")


def _told(clock: Clock, words: Words) -> dict[str, Any]:
    return {
        "clock": clock,
        "label": words.label("clock", clock.id),
        "help": words.told("clock", clock.id),
        "why": clock.as_dict(words.law_language)["why"],
    }
