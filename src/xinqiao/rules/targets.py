"""Targets of a year (目标, art. 41): what is aimed at, how it is parted, when parts add up, how far a figure is from.

Amounts are whole: a number, or a rate in basis points (10,000 are 100 %). So parts sum exactly, and what was frozen is
the same to the last digit wherever it is made again.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

from xinqiao.rules.persons import Person, PersonKind, Role
from xinqiao.rules.refusals import Refusal
from xinqiao.rules.units import Unit, UnitKind, Units, within

ARTICLE = "41"
#: Of a rate: so many basis points are all.
WHOLE = 10_000
#: No target is larger than this.
MOST = 10**9
_HEADS = frozenset({Role.HEAD})
_GOVERN = frozenset({UnitKind.GOVERNMENT, UnitKind.TOWNSHIP})


class Better(StrEnum):
    """In which direction a figure gets better."""

    FEWER = "fewer"
    MORE = "more"


class Aim(StrEnum):
    """How a target is said."""

    ABSOLUTE = "absolute"  # the figure itself
    CHANGE = "change"  # against last year, in basis points: of the number, or added to the rate
    BAND = "band"  # among the first so many of its size band, in basis points of the band


class Key(StrEnum):
    """By what a target is parted among the places below."""

    LAST_YEAR = "last_year"
    POPULATION = "population"
    EQUAL = "equal"


@dataclass(frozen=True, kw_only=True)
class Measured:
    """A figure: `counts`, `of` so many where it is a rate."""

    counts: int
    of: int | None = None

    @property
    def amount(self) -> Fraction | None:
        """The number, or the rate in basis points; None for a rate of nothing."""
        if self.of is None:
            return Fraction(self.counts)
        return Fraction(self.counts * WHOLE, self.of) if self.of else None


@dataclass(frozen=True, kw_only=True)
class Goal:
    """What is aimed at for one indicator."""

    aim: Aim
    amount: int
    better: Better
    rate: bool = False


def unsound(goal: Goal) -> Refusal | None:
    """Why nobody can aim at that: `target_out_of_range`, with what lies within."""
    low, high = _range(goal)
    if low <= goal.amount <= high:
        return None
    shown = goal.rate or goal.aim is not Aim.ABSOLUTE
    facts = {"low": told(low, shown), "high": told(high, shown)}
    return Refusal("target_out_of_range", ARTICLE, facts)


def _range(goal: Goal) -> tuple[int, int]:
    match goal.aim:
        case Aim.ABSOLUTE:
            return 0, WHOLE if goal.rate else MOST
        case Aim.CHANGE:
            return -WHOLE, WHOLE
        case Aim.BAND:
            return 1, WHOLE


def aimed(goal: Goal, last: Measured | None) -> int | None:
    """The amount that the year is to end at; None for a rank band, and for a change against a year without a figure.

    What does not come out whole is rounded towards the better side: a target is never reached before it is reached.
    """
    if goal.aim is Aim.ABSOLUTE:
        return goal.amount
    before = last.amount if last is not None else None
    if goal.aim is Aim.BAND or before is None:
        return None
    change = Fraction(goal.amount)
    exact = before + change if goal.rate else before * (WHOLE + change) / WHOLE
    whole = floor(exact) if goal.better is Better.FEWER else ceil(exact)
    return max(0, min(whole, WHOLE if goal.rate else MOST))


def distance(target: int, figure: Fraction, better: Better) -> Fraction:
    """How far a figure is on the wrong side of its target; zero or less where it is reached."""
    return figure - target if better is Better.FEWER else target - figure


def worse(last: Measured | None, this: Measured | None, better: Better) -> bool:
    """Whether a figure got worse; False where one of the two years has none."""
    before = last.amount if last is not None else None
    now = this.amount if this is not None else None
    if before is None or now is None:
        return False
    return now > before if better is Better.FEWER else now < before


# -- parts ----------------------------------------------------------------------------------------------------------


def parted(whole: int, weights: Mapping[str, int]) -> dict[str, int]:
    """`whole` in proportion to the weights, by largest remainder: whole parts that sum to it exactly.

    Equal remainders go to the heavier, then to who comes first. Where nobody weighs anything, all weigh the same.
    Raises ValueError for a whole or a weight below zero.
    """
    if whole < 0 or any(one < 0 for one in weights.values()):
        raise ValueError("a whole and its weights are not below zero")
    if not weights:
        return {}
    total = sum(weights.values())
    heavy = dict(weights) if total else dict.fromkeys(weights, 1)
    total = total or len(heavy)
    parts = {name: whole * weight // total for name, weight in heavy.items()}
    rest = whole - sum(parts.values())
    place = {name: number for number, name in enumerate(heavy)}
    by_rest = sorted(
        heavy, key=lambda name: (-(whole * heavy[name] % total), -heavy[name], place[name])
    )
    for name in by_rest[:rest]:
        parts[name] += 1
    return parts


def proposed(target: int, rate: bool, weights: Mapping[str, int]) -> dict[str, int]:
    """What each place is to reach: a number is parted, a rate is everybody's."""
    return dict.fromkeys(weights, target) if rate else parted(target, weights)


def sum_wrong(whole: int, parts: Mapping[str, int]) -> Refusal | None:
    """`parts_do_not_sum`, with what is missing or too much."""
    total = sum(parts.values())
    if total == whole:
        return None
    facts = {"sum": str(total), "whole": str(whole), "difference": f"{total - whole:+d}"}
    return Refusal("parts_do_not_sum", ARTICLE, facts)


def mean(parts: Mapping[str, int], weights: Mapping[str, int]) -> Fraction:
    """The rate that the whole reaches when each part reaches its own, in basis points; all alike without weights."""
    heavy = {name: weights.get(name, 0) for name in parts}
    if not sum(heavy.values()):
        heavy = dict.fromkeys(parts, 1)
    return Fraction(sum(parts[one] * heavy[one] for one in parts), sum(heavy.values()))


def mean_wrong(
    whole: int, parts: Mapping[str, int], weights: Mapping[str, int], better: Better
) -> Refusal | None:
    """`parts_fall_short` where the whole would miss its rate though every part reached its own."""
    if not parts:
        return Refusal("target_parts_missing", ARTICLE)
    reached = mean(parts, weights)
    short = distance(whole, reached, better)
    if short <= 0:
        return None
    facts = {"mean": told(reached, True), "whole": told(whole, True), "difference": told(short, True)}  # fmt: skip
    return Refusal("parts_fall_short", ARTICLE, facts)


def parts_wrong(
    whole: int, rate: bool, parts: Mapping[str, int], weights: Mapping[str, int], better: Better
) -> Refusal | None:
    """Why these parts are none of this whole: `target_parts_missing`, `parts_do_not_sum`, `parts_fall_short`."""
    if not parts:
        return Refusal("target_parts_missing", ARTICLE)
    return mean_wrong(whole, parts, weights, better) if rate else sum_wrong(whole, parts)


def told(amount: Fraction | int, rate: bool) -> str:
    """An amount as people write it: 1250 is "1250", or "12.5%" as a rate. Rounded to two places, half up."""
    value = Fraction(amount, 100) if rate else Fraction(amount)
    hundredths = floor(abs(value) * 100 + Fraction(1, 2))
    whole, rest = divmod(hundredths, 100)
    decimals = f".{rest:02d}".rstrip("0") if rest else ""
    sign = "-" if value < 0 and hundredths else ""
    return f"{sign}{whole}{decimals}{'%' if rate else ''}"


# -- who ------------------------------------------------------------------------------------------------------------


def offices_headed(person: Person, units: Units) -> list[str]:
    """The petition offices whose targets this person sets: those that they head."""
    if person.kind is not PersonKind.STAFF:
        return []
    headed = person.units(_HEADS)
    return sorted(
        one for one in headed if one in units and units[one].kind is UnitKind.PETITION_OFFICE
    )


def not_setting(
    person: Person, office: str, region: str, unit: str, units: Units
) -> Refusal | None:
    """Why this person sets no target there. `region` is where the place lies, `unit` the place if it is a unit."""
    if office not in offices_headed(person, units):
        return Refusal("targets_not_yours", ARTICLE, {"unit": office})
    if not within(region, units[office].region) or unit == office:
        return Refusal("target_outside_territory", ARTICLE)
    return None


def answering(scale: str, code: str, units: Units, among: Collection[Unit]) -> str:
    """The unit that answers for a place: the unit itself, or the government of the region; "" where there is none."""
    if scale == "unit":
        return code if code in units else ""
    return next((one.code for one in among if one.region == code and one.kind in _GOVERN), "")


def heads(person: Person, unit: str) -> bool:
    """Whether somebody heads the unit: signs for it, and appeals for it."""
    return person.kind is PersonKind.STAFF and unit in person.units(_HEADS)


def offices_answering(office: str, unit: str, units: Units) -> tuple[str, ...]:
    """The petition offices whose head answers an appeal of a unit: the one that assessed, and those above it.

    Never the unit itself: nobody decides on their own score.
    """
    line, current = [], office
    while current and current in units and current not in line:
        line.append(current)
        current = units[current].guiding or ""
    return tuple(one for one in line if one != unit)
