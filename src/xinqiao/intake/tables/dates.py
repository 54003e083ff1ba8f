"""Dates and times as people and spreadsheets write them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from xinqiao.text.clean import Problem

SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST_YEAR = 1949


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A point in time. `whole_day`: no time of day was given and `at` is its midnight.

    `flags` holds `in_future` and `too_old`: such a date is kept as it was written, and a person
    looks at it.
    """

    at: datetime
    whole_day: bool = False
    flags: tuple[Problem, ...] = ()


_DAY = (
    r"(?P<year>\d{4})(?:\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*[日号]?"
    r"|(?P<compact>\d{4})(?=\d{6}$|\D|$))"
)
_WEEKDAY = r"(?:\s*[(]?(?:星期|周|礼拜)[一二三四五六日天][)]?)?"
_TIME = (
    r"[\sT,]*(?P<half>凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|AM|PM)?\s*"
    r"(?:(?P<hour>\d{1,2})\s*[:时点]\s*(?:(?P<half_hour>半)|整|(?P<minute>\d{1,2})\s*[:分]?\s*"
    r"(?:(?P<second>\d{1,2})(?:[.,]\d+)?\s*秒?)?)?|(?P<digits>\d{6}))"
    r"\s*(?P<half_after>AM|PM)?\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?"
)
_WRITTEN = re.compile(f"{_DAY}{_WEEKDAY}(?:{_TIME})?", re.IGNORECASE)
_SERIAL = re.compile(r"[1-9]\d{4}(?:\.\d+)?")
_YEAR_LAST = re.compile(r"\d{1,2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{4}(?:\D.*)?")
_YEAR_SHORT = re.compile(r"\d{1,2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}(?:\D.*)?")
_AFTERNOON = {"下午", "傍晚", "晚上", "PM"}
_MORNING = {"凌晨", "清晨", "早上", "上午", "AM"}
# Day 1 of a spreadsheet is 1900-01-01, but it counts a 1900-02-29 that never was.
_SERIAL_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 (wall clock; the zone is added by _moment)


def parse_datetime(value: str | date | None, *, now: datetime) -> Moment | Problem:
    """The moment that `value` means, in Asia/Shanghai unless it names another offset.

    Reads what spreadsheets hold (date and datetime objects, serial numbers as text) and what
    people write (2019/4/25 9:32:09, 2019-04-25, 2019年4月25日 9时, 2019.4.25 下午3点半). The year
    comes first, with four digits: other orders are ambiguous and refused.
    Problems: `date_empty`, `date_unreadable`, `date_impossible`, `date_year_short`, `date_order`;
    fact `value`.
    """
    match value:
        case datetime():
            return _moment(value, whole_day=False, now=now)
        case date():
            return _moment(datetime.combine(value, time()), whole_day=True, now=now)
    text = unicodedata.normalize("NFKC", value or "").strip()
    try:
        return _from_text(text, now)
    except (ValueError, OverflowError):
        return Problem(code="date_impossible", facts={"value": text[:40]})


def _from_text(text: str, now: datetime) -> Moment | Problem:
    if not text:
        return Problem(code="date_empty")
    if _SERIAL.fullmatch(text):
        return _from_serial(text, now)
    if written := _WRITTEN.fullmatch(text):
        return _from_parts(written, now)
    return Problem(code=_fault(text), facts={"value": text[:40]})


def _fault(text: str) -> str:
    if _YEAR_LAST.fullmatch(text):
        return "date_order"
    return "date_year_short" if _YEAR_SHORT.fullmatch(text) else "date_unreadable"


def _from_serial(text: str, now: datetime) -> Moment:
    seconds = round(float(text) * 86_400)
    whole_day = seconds % 86_400 == 0
    return _moment(_SERIAL_ZERO + timedelta(seconds=seconds), whole_day=whole_day, now=now)


def _from_parts(written: re.Match[str], now: datetime) -> Moment:
    part = written.groupdict()
    month, day = part["month"], part["day"]
    if part["compact"]:
        month, day = part["compact"][:2], part["compact"][2:]
    when = date(int(part["year"]), int(month), int(day))
    clock = _clock(part)
    at = datetime.combine(when, clock or time())
    if part["zone"]:
        at = datetime.fromisoformat(f"{at.isoformat()}{part['zone'].upper()}")
    return _moment(at, whole_day=clock is None, now=now)


def _clock(part: dict[str, str | None]) -> time | None:
    if digits := part["digits"]:
        return time(int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    if not part["hour"]:
        return None
    hour, half = int(part["hour"]), (part["half"] or part["half_after"] or "").upper()
    if half == "晚上" and hour == 12:
        raise ValueError  # midnight, but of which day?
    if (half in _AFTERNOON and hour < 12) or (half == "中午" and hour < 3):
        hour += 12
    elif half in _MORNING and hour == 12:
        hour = 0
    minute = 30 if part["half_hour"] else int(part["minute"] or 0)
    return time(hour, minute, int(part["second"] or 0))


def _moment(at: datetime, *, whole_day: bool, now: datetime) -> Moment:
    if at.microsecond:  # a spreadsheet keeps fractions of a day: 08:59:59.999997
        at = (at + timedelta(microseconds=500_000)).replace(microsecond=0)
    at = at.astimezone(SHANGHAI) if at.tzinfo else at.replace(tzinfo=SHANGHAI)
    return Moment(at=at, whole_day=whole_day, flags=tuple(_flags(at, now)))


def _flags(at: datetime, now: datetime) -> Iterator[Problem]:
    facts = {"value": f"{at.date()} {at:%H:%M}"}
    if at > now:
        yield Problem(code="in_future", facts=facts)
    if at.year < FIRST_YEAR:
        yield Problem(code="too_old", facts=facts)
