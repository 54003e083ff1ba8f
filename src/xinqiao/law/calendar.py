"""The working-day calendar as a value: which days are off, which weekends are worked instead.

China publishes one notice a year that moves working days about, so weekends alone are wrong some
twenty times a year. A year without a notice counts with plain weekends and says so (provisional).
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType

from chinese_calendar import constants  # type: ignore[import-untyped]

from xinqiao.law.errors import BadCalendar
from xinqiao.law.tables import StrictTable, read_toml
from xinqiao.law.wording import Lang, word

FIRST_YEAR = 2005  # the first regulation this package knows came into force in it
LAST_YEAR = 2999
ONE_DAY = timedelta(days=1)
SATURDAY = 5


class DayKind(StrEnum):
    """What the calendar says of a day."""

    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"  # a weekend day worked in exchange for a holiday


@dataclass(frozen=True, kw_only=True, slots=True)
class DayName:
    """The reason a notice gives for a day: the holiday it belongs to or makes up for."""

    zh: str
    en: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DayEntry:
    """One day as the calendar has it, ready to be named in an explanation."""

    day: date
    kind: DayKind
    name: DayName | None = None

    def spoken(self, lang: Lang) -> str:
        weekday = word(f"weekday_{self.day.weekday()}", lang)
        what = word(f"day_{self.kind}", lang)
        if self.name:
            what = f"{self.name.zh}{what}" if lang == "zh" else f"{self.name.en} {what}"
        inside = f"（{weekday}，{what}）" if lang == "zh" else f" ({weekday}, {what})"
        return f"{self.day}{inside}"


@dataclass(frozen=True, kw_only=True, slots=True)
class YearNotice:
    """The day-off notice of one year: weekdays off, weekend days worked instead."""

    year: int
    source: str
    days_off: frozenset[date]
    make_up_workdays: frozenset[date]


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """Days off by notice, make-up working days, and the years whose notice is in this calendar."""

    days_off: Mapping[date, DayName]
    make_up_workdays: Mapping[date, DayName]
    years: frozenset[int]

    @cached_property
    def version(self) -> str:
        """A hash of the contents: two calendars that count alike have the same version."""
        parts = [f"year {year}" for year in sorted(self.years)]
        parts += [f"off {day}" for day in sorted(self.days_off)]
        parts += [f"work {day}" for day in sorted(self.make_up_workdays)]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

    def is_day_off(self, day: date) -> bool:
        """True for a holiday of the notice and for a weekend day that is not worked instead."""
        if day in self.days_off:
            return True
        return day.weekday() >= SATURDAY and day not in self.make_up_workdays

    def is_working_day(self, day: date) -> bool:
        """True for every day that is not off, make-up weekends included."""
        return not self.is_day_off(day)

    def roll(self, day: date) -> date:
        """The first working day on or after `day` (Civil Code, art. 203)."""
        while self.is_day_off(day):
            day += ONE_DAY
        return day

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`; `day` itself is day 0 even when it is off."""
        while count > 0:
            day = self.roll(day + ONE_DAY)
            count -= 1
        return day

    def is_provisional(self, day: date) -> bool:
        """True when the notice of that day's year is not in this calendar."""
        return day.year not in self.years

    def entry(self, day: date) -> DayEntry:
        """What the calendar says of `day` and why."""
        if name := self.days_off.get(day):
            return DayEntry(day=day, kind=DayKind.HOLIDAY, name=name)
        if name := self.make_up_workdays.get(day):
            return DayEntry(day=day, kind=DayKind.MAKE_UP, name=name)
        kind = DayKind.WEEKEND if day.weekday() >= SATURDAY else DayKind.WORKING
        return DayEntry(day=day, kind=kind)

    def days_off_after(self, start: date, end: date) -> Iterator[date]:
        """The days off after `start` and before `end`: those that a working-day count skips."""
        day = start + ONE_DAY
        while day < end:
            if self.is_day_off(day):
                yield day
            day += ONE_DAY

    def with_year(self, notice: YearNotice) -> "Calendar":
        """A calendar in which `notice` is all there is to know about its year."""
        zh, en = f"{notice.year}年放假通知", f"{notice.year} notice"
        name = DayName(zh=zh, en=en)
        return Calendar(
            days_off=_replace_year(self.days_off, notice.year, notice.days_off, name),
            make_up_workdays=_replace_year(
                self.make_up_workdays, notice.year, notice.make_up_workdays, name
            ),
            years=self.years | {notice.year},
        )


def _replace_year(
    known: Mapping[date, DayName], year: int, days: frozenset[date], name: DayName
) -> Mapping[date, DayName]:
    kept = {day: known[day] for day in known if day.year != year}
    return MappingProxyType(kept | dict.fromkeys(days, name))


@cache
def published() -> Calendar:
    """The calendar of all notices published so far, from the `chinesecalendar` package.

    Years without a notice count with plain weekends and are provisional.
    """
    names = {h.value: DayName(zh=h.chinese, en=h.value) for h in constants.Holiday}
    days_off = {d: names[n] for d, n in constants.holidays.items() if d.year >= FIRST_YEAR}
    make_up = {d: names[n] for d, n in constants.workdays.items() if d.year >= FIRST_YEAR}
    return Calendar(
        days_off=MappingProxyType(days_off),
        make_up_workdays=MappingProxyType(make_up),
        years=frozenset(day.year for day in days_off),
    )


def load_calendar(path: Path, base: Calendar) -> Calendar:
    """`base` with the year of a TOML file (year, source, days_off, make_up_workdays) put in.

    Raises BadCalendar when the file cannot be read or says something impossible.
    """
    return base.with_year(read_notice(path))


def read_notice(path: Path) -> YearNotice:
    """The notice of one year from a TOML file. Raises BadCalendar."""
    table = StrictTable(read_toml(path, BadCalendar), where=path.name, error=BadCalendar)
    table.only(("year", "source", "days_off", "make_up_workdays"))
    notice = YearNotice(
        year=table.whole("year", FIRST_YEAR, LAST_YEAR),
        source=table.text("source"),
        days_off=table.days("days_off"),
        make_up_workdays=table.days("make_up_workdays"),
    )
    _check_notice(notice, path.name)
    return notice


def _check_notice(notice: YearNotice, where: str) -> None:
    if not notice.days_off:
        raise BadCalendar("calendar_empty", where=where, year=notice.year)
    for day in sorted(notice.days_off | notice.make_up_workdays):
        if day.year != notice.year:
            raise BadCalendar("calendar_other_year", where=where, day=day, year=notice.year)
    for day in sorted(notice.make_up_workdays):
        if day in notice.days_off:
            raise BadCalendar("calendar_both", where=where, day=day)
        if day.weekday() < SATURDAY:
            raise BadCalendar("calendar_not_weekend", where=where, day=day)
