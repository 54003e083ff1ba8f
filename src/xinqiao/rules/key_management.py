"""Key management (重点管理): which places are listed by which rule, and how far each is from each limit (art. 41)."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache
from importlib import resources

from xinqiao.rules.indicators import indicators
from xinqiao.rules.targets import Measured

_MONTHS_OF_QUARTER = 3


class UnusableRules(Exception):
    """A file of rules that cannot be read, and why."""


class Span(StrEnum):
    """The running period that a condition looks at."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, kw_only=True)
class Condition:
    """Holds where the figure lies beyond the limit: above it, or below it."""

    indicator: str
    period: Span
    limit: Fraction
    above: bool
    per: int = 0


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Lists a place where all of its conditions hold."""

    code: str
    zh: str
    en: str
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The whole file."""

    rules: tuple[Rule, ...]
    source_zh: str
    source_en: str


@dataclass(frozen=True, kw_only=True)
class Far:
    """One condition at one place. `value` is None where there is no figure, or nobody knows how many people live there.

    `left` is what still lies between the figure and the limit: below zero, the limit is passed.
    """

    condition: Condition
    value: Fraction | None

    @property
    def left(self) -> Fraction | None:
        if self.value is None:
            return None
        gap = self.condition.limit - self.value
        return gap if self.condition.above else -gap

    @property
    def holds(self) -> bool:
        return self.left is not None and self.left < 0


@dataclass(frozen=True, kw_only=True)
class Stand:
    """A rule at one place, with each of its conditions."""

    rule: Rule
    far: tuple[Far, ...]

    @property
    def listed(self) -> bool:
        return all(one.holds for one in self.far)


@cache
def default_rules() -> Rules:
    """The rules that come with the platform."""
    return read_rules((resources.files("xinqiao.rules") / "key_management.toml").read_text("utf-8"))


def read_rules(text: str) -> Rules:
    """A file laid out like `key_management.toml`. Raises UnusableRules, naming what is wrong."""
    try:
        read = tomllib.loads(text)
        rules = tuple(
            Rule(
                code=str(one["code"]), zh=str(one["zh"]), en=str(one["en"]),
                conditions=tuple(_condition(each) for each in one["condition"]),
            )
            for one in read["rule"]
        )  # fmt: skip
        found = Rules(rules=rules, source_zh=read["source_zh"], source_en=read["source_en"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, ZeroDivisionError) as fault:
        raise UnusableRules(str(fault)) from fault
    if not all(rule.conditions for rule in rules):  # it would list every place
        raise UnusableRules("every rule has a condition")
    return found


def _condition(one: Mapping[str, object]) -> Condition:
    if ("above" in one) == ("below" in one):
        raise ValueError(f"{one['indicator']}: either above or below")
    known = indicators()[str(one["indicator"])]
    if known.shows == "days" or (known.shows == "rate" and "per" in one):
        raise ValueError(f"{known.id}: a number, a number per people, or a rate")
    above = "above" in one
    per = int(str(one.get("per", 0)))
    if per < 0:
        raise ValueError(f"{one['indicator']}: per so many people")
    return Condition(
        indicator=known.id, period=Span(str(one["period"])), above=above, per=per,
        limit=Fraction(str(one["above" if above else "below"])),
    )  # fmt: skip


def span(period: Span, day: date) -> tuple[date, date]:
    """The running period of a day: its first day, and the first day after it."""
    match period:
        case Span.MONTH:
            first, months = day.replace(day=1), 1
        case Span.QUARTER:
            start = (day.month - 1) // _MONTHS_OF_QUARTER * _MONTHS_OF_QUARTER + 1
            first, months = day.replace(month=start, day=1), _MONTHS_OF_QUARTER
        case Span.YEAR:
            first, months = day.replace(month=1, day=1), 12
    beyond = first.month - 1 + months
    return first, date(first.year + beyond // 12, beyond % 12 + 1, 1)


def stands(
    rules: Sequence[Rule], figures: Mapping[tuple[str, Span], Measured], population: int | None
) -> list[Stand]:
    """How one place stands to every rule. `figures`: by indicator and period, as far as there are some."""
    return [
        Stand(
            rule=rule,
            far=tuple(
                Far(condition=one, value=_value(one, figures.get((one.indicator, one.period)), population))
                for one in rule.conditions
            ),
        )
        for rule in rules
    ]  # fmt: skip


def _value(
    condition: Condition, figure: Measured | None, population: int | None
) -> Fraction | None:
    """The figure as the limit is said: so many, so many per people, or percent."""
    amount = figure.amount if figure is not None else None
    if figure is None or amount is None:
        return None
    if figure.of is not None:
        return amount / 100
    if not condition.per:
        return amount
    return amount * condition.per / population if population else None
