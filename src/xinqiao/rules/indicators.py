"""The indicators (指标), read from `indicators.toml`, and what each is of facts, in plain Python.

This is the meaning that the engines (`targets.engines`) keep to: they translate the same trees for a database.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Literal

from xinqiao.rules.conditions import (
    NEVER,
    UNKNOWABLE,
    Always,
    Both,
    Compare,
    Condition,
    Given,
    Name,
    Not,
    Unreadable,
    When,
    holds,
    parse,
)  # fmt: skip
from xinqiao.rules.counting import Counted, What

#: A duty whose day is over and which nobody has done.
OVERDUE = Both((Not(Given("done")), Compare("due", "<", Name("as_of"))))
_CONDITIONS = ("where", "counts", "of")


class Unfit(ValueError):
    """The file of indicators says something that cannot be; the message names the line and what is allowed."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """Facts of one kind that an indicator counts: those of `counts`, of those of `of` (None: no rate)."""

    what: What
    counts: Condition
    of: Condition | None = None


@dataclass(frozen=True, kw_only=True)
class Days:
    """Days from `since` to `until` (a column or a moment; to the day of the figure while unknown) of facts of `where`.

    The figure is the smallest number of days that so many percent of them do not exceed.
    """

    what: What
    where: Condition
    since: str
    until: str
    percentile: int


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One indicator: `parts` are added up, or `days` are taken; see the head of `indicators.toml`.

    `stock`: looks in each period at every fact of a day before its end, and its conditions name the period; else a fact
    counts in the period of its `day`. `companions` stand beside it; `companion`: it stands beside others and is no
    target by itself.
    """

    id: str
    zh: str
    en: str
    help_zh: str
    help_en: str
    article: str
    better: Literal["fewer", "more"]
    parts: tuple[Part, ...]
    days: Days | None
    stock: bool
    companions: tuple[str, ...]
    companion: bool
    public: bool
    on: bool

    @property
    def shows(self) -> Literal["number", "rate", "days"]:
        """What its value is: a number, a rate from 0 to 1, days."""
        if self.days is not None:
            return "days"
        return "rate" if any(part.of is not None for part in self.parts) else "number"

    @property
    def adds_up(self) -> bool:
        """Whether the figure of a year is the sum of its months."""
        return self.days is None and not self.stock

    def label(self, lang: str) -> str:
        return self.en if lang.startswith("en") else self.zh

    def help(self, lang: str) -> str:
        return self.help_en if lang.startswith("en") else self.help_zh


@dataclass(frozen=True, kw_only=True)
class Tally:
    """`counts` of `of` (None: a number), `persons` that count. Of days `of` is 1, or 0 where there are none."""

    counts: int = 0
    of: int | None = None
    persons: int = 0


@cache
def indicators() -> Mapping[str, Indicator]:
    """All indicators by id, in the order of the file. Raises Unfit."""
    return read((resources.files("xinqiao.rules") / "indicators.toml").read_text(encoding="utf-8"))


def chosen(ids: Iterable[str] | None = None) -> tuple[Indicator, ...]:
    """These indicators, or all that are on. Raises KeyError for an unknown one."""
    if ids is None:
        return tuple(one for one in indicators().values() if one.on)
    return tuple(indicators()[one] for one in dict.fromkeys(ids))


def tally(indicator: Indicator, facts: Iterable[Counted], when: When) -> Tally:
    """What an indicator makes of facts in a period as of a day."""
    placed = [
        one for one in facts if one.day < when.ends and (indicator.stock or one.day >= when.begins)
    ]
    if indicator.days is not None:
        return percentile(_lengths(indicator.days, placed, when), indicator.days.percentile)
    counts = of = persons = 0
    for part in indicator.parts:
        mine = [one for one in placed if one.what == part.what]
        counted = [one for one in mine if holds(part.counts, one, when)]
        counts += len(counted)
        persons += sum(one.persons for one in counted)
        of += sum(1 for one in mine if part.of is not None and holds(part.of, one, when))
    return Tally(counts=counts, of=of if indicator.shows == "rate" else None, persons=persons)


def percentile(lengths: Mapping[int, int], percent: int) -> Tally:
    """The smallest number of days that `percent` of all do not exceed; `lengths`: days with how often each occurs."""
    total, seen = sum(lengths.values()), 0
    for days in sorted(lengths):
        seen += lengths[days]
        if seen * 100 >= total * percent:
            return Tally(counts=days, of=1)
    return Tally(counts=0, of=0)


def _lengths(days: Days, facts: Iterable[Counted], when: When) -> Mapping[int, int]:
    found: dict[int, int] = {}
    for one in facts:
        if one.what == days.what and holds(days.where, one, when):
            since, until = _day(days.since, one, when), _day(days.until, one, when) or when.as_of
            if since is not None:
                length = (until - since).days
                found[length] = found.get(length, 0) + 1
    return found


def _day(name: str, fact: Counted, when: When) -> date | None:
    value: date | None = getattr(when if hasattr(when, name) else fact, name)
    return value


# -- reading ---------------------------------------------------------------------------------------------------------

_KEYS = {
    "id", "zh", "en", "help_zh", "help_en", "article", "better", "over", "where", "counts", "of", "overdue",
    "placed", "since", "until", "percentile", "companions", "companion", "public", "on",
}  # fmt: skip
_NEEDED = ("id", "zh", "en", "help_zh", "help_en", "article", "better", "over")


def read(text: str) -> Mapping[str, Indicator]:
    """The indicators of a file. Raises Unfit, which names the line."""
    rows: Sequence[Mapping[str, Any]] = tomllib.loads(text)["indicator"]
    found: dict[str, Indicator] = {}
    for place, row in enumerate(rows):
        one = _Row(row, text, place)
        found[one.text("id")] = one.indicator()
    for place, row in enumerate(rows):
        unknown = [one for one in row.get("companions", ()) if one not in found]
        if unknown:
            raise _Row(row, text, place).unfit("companions", f"no indicator {', '.join(unknown)}")
    if len(found) != len(rows):
        ids = [row["id"] for row in rows]
        raise Unfit(f"twice: {', '.join(sorted({one for one in ids if ids.count(one) > 1}))}")
    return found


@dataclass(frozen=True)
class _Row:
    """One block of the file, with the whole text, to name the line of what is wrong."""

    row: Mapping[str, Any]
    whole: str
    place: int

    def unfit(self, key: str, why: str) -> Unfit:
        lines = self.whole.splitlines()
        starts = [number for number, line in enumerate(lines) if line.strip() == "[[indicator]]"]
        start = starts[self.place] if self.place < len(starts) else 0
        named = (n for n in range(start, len(lines)) if lines[n].split("=")[0].strip() == key)
        line = next(named, start) + 1
        return Unfit(f"indicators, line {line}, {self.row.get('id', '?')}, {key}: {why}")

    def text(self, key: str) -> str:
        value = self.row.get(key, "")
        if not isinstance(value, str) or (key in _NEEDED and not value):
            raise self.unfit(key, "a text is needed")
        return value

    def indicator(self) -> Indicator:
        for key in self.row:
            if key not in _KEYS:
                raise self.unfit(key, f"not known; allowed are {', '.join(sorted(_KEYS))}")
        if self.text("better") not in ("fewer", "more"):
            raise self.unfit("better", "fewer or more")
        if self.row.get("placed", "day") not in ("day", "stock"):
            raise self.unfit("placed", "day or stock")
        days = self._days() if "percentile" in self.row else None
        return Indicator(
            **{key: self.text(key) for key in _NEEDED if key != "over"},  # type: ignore[arg-type]
            parts=() if days else tuple(self._parts()),
            days=days,
            stock=self.row.get("placed") == "stock",
            companions=tuple(self.row.get("companions", ())),
            companion=self.row.get("companion", False),
            public=self.row.get("public", True),
            on=self.row.get("on", True),
        )

    def _parts(self) -> Iterable[Part]:
        """What is counted; of which; and duties overdue and open, which count against a rate."""
        where, counts = self._condition("where"), self._condition("counts")
        over = self._what("over", self.text("over"))
        if "of" not in self.row:
            yield Part(what=over, counts=_both(where, counts))
            return
        of = _both(where, self._condition("of"))
        yield Part(what=over, counts=_both(of, counts), of=of)
        against = OVERDUE if self.text("better") == "fewer" else NEVER
        for duty in self.row.get("overdue", ()):
            if duty == over:
                raise self.unfit("overdue", f"{over} is counted already: `of` says which")
            yield Part(what=self._what("overdue", duty), counts=against, of=OVERDUE)

    def _days(self) -> Days:
        percent, since, until = self.row["percentile"], self.text("since"), self.text("until")
        if not isinstance(percent, int) or not 0 < percent <= 100:
            raise self.unfit("percentile", "a whole number from 1 to 100")
        if since not in (*UNKNOWABLE, "day"):
            raise self.unfit("since", f"one of {', '.join(sorted(UNKNOWABLE))}, day")
        if until not in (*UNKNOWABLE, "begins"):
            raise self.unfit("until", f"one of {', '.join(sorted(UNKNOWABLE))}, begins")
        where = self._condition("where")
        over = self._what("over", self.text("over"))
        return Days(what=over, where=where, since=since, until=until, percentile=percent)

    def _what(self, key: str, value: str) -> What:
        if value not in tuple(What):
            raise self.unfit(key, f"one of {', '.join(What)}")
        return What(value)

    def _condition(self, key: str) -> Condition:
        if key not in self.row:
            return Always()
        try:
            return parse(self.text(key))
        except Unreadable as error:
            raise self.unfit(key, str(error)) from None


def _both(*parts: Condition) -> Condition:
    kept = tuple(part for part in parts if not isinstance(part, Always))
    if len(kept) == 1:
        return kept[0]
    return Both(kept) if kept else Always()
