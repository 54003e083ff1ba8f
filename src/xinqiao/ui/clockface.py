"""How a clock looks: words first, then a tone. Red and amber are used here and nowhere else."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SOON_DAYS = 7  # a clock turns amber this many days before its last day
_HOUR = timedelta(hours=1)


class Tone(StrEnum):
    """The class suffix of a badge; only RED, LATE and AMBER carry a warning colour."""

    RED = "red"  # not done, and the last day has passed
    LATE = "late"  # done, but after the last day
    AMBER = "amber"  # the last day is near
    CALM = "calm"  # running or open, with time left
    DONE = "done"  # met, or a window that was used
    IDLE = "idle"  # paused, void or lapsed: nobody has to act


class ClockLike(Protocol):
    """What a badge needs of a clock; the clocks of the law package have it."""

    @property
    def state(self) -> str: ...
    @property
    def due(self) -> date | datetime | None: ...
    @property
    def met_on(self) -> date | datetime | None: ...


@dataclass(frozen=True, kw_only=True)
class Face:
    """The tone, the icon and the words of one badge."""

    tone: Tone
    icon: str
    words: str


def face(clock: ClockLike, now: datetime, *, soon: int = SOON_DAYS) -> Face:
    """Decide tone, icon and words of `clock` as seen at `now` (aware).

    `state` is one of the states of the clock contract, `due` its last day (or moment, for a limit in hours),
    `soon` the number of days before it from which the badge is amber. An unknown state raises ValueError.
    """
    match clock.state:
        case "running" | "overdue" | "open" if clock.due is not None:
            return _ahead(clock.state, clock.due, now, soon)
        case "met":
            return Face(tone=Tone.DONE, icon="check", words=_("done in time"))
        case "late":
            return Face(tone=Tone.LATE, icon="clock-x", words=_late(clock))
        case "used":
            return Face(tone=Tone.DONE, icon="check", words=_("used"))
        case "paused":
            return Face(tone=Tone.IDLE, icon="clock-pause", words=_("paused"))
        case "void":
            return Face(tone=Tone.IDLE, icon="minus", words=_("no longer applies"))
        case "lapsed":
            return Face(tone=Tone.IDLE, icon="minus", words=_("time has run out"))
        case state:
            raise ValueError(f"a clock cannot be in state {state!r} with due {clock.due!r}")


def _ahead(state: str, due: date | datetime, now: datetime, soon: int) -> Face:
    past, near, words = _hours(due, now) if isinstance(due, datetime) else _days(due, now, soon)
    if past:
        return Face(tone=Tone.RED, icon="clock-x", words=words)
    if state == "open":
        words = _("open, %(left)s") % {"left": words}
    if near:
        return Face(tone=Tone.AMBER, icon="hourglass", words=words)
    return Face(tone=Tone.CALM, icon="clock", words=words)


def _days(due: date, now: datetime, soon: int) -> tuple[bool, bool, str]:
    left = (due - timezone.localdate(now)).days
    if left < 0:
        words = ngettext("%(days)d day overdue", "%(days)d days overdue", -left) % {"days": -left}
    elif left == 0:
        words = _("last day today")
    else:
        words = ngettext("%(days)d day left", "%(days)d days left", left) % {"days": left}
    return left < 0, left <= soon, words


def _hours(due: datetime, now: datetime) -> tuple[bool, bool, str]:
    hours = abs(due - now) // _HOUR
    past = now > due
    if past and hours >= 48:
        days = hours // 24
        words = ngettext("%(days)d day overdue", "%(days)d days overdue", days) % {"days": days}
    elif past:
        words = ngettext("%(hours)d hour overdue", "%(hours)d hours overdue", hours) % {
            "hours": hours
        }
    elif hours == 0:
        words = _("less than an hour left")
    else:
        words = ngettext("%(hours)d hour left", "%(hours)d hours left", hours) % {"hours": hours}
    return past, True, words


def _late(clock: ClockLike) -> str:
    if clock.met_on is None or clock.due is None:
        return _("done late")
    days = (_day(clock.met_on) - _day(clock.due)).days
    if days == 0:
        return _("done late, the same day")
    return ngettext("done %(days)d day late", "done %(days)d days late", days) % {"days": days}


def _day(moment: date | datetime) -> date:
    return timezone.localdate(moment) if isinstance(moment, datetime) else moment
