"""Assessing the targets of a year (考核, art. 41): points for each indicator, and in words how each point came about.

Full points at the target; a deduction for each step away from it; never below the floor. What got worse beside it, and
an open sign of integrity, is said beside the points and takes none: it asks for a look.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from functools import cache
from importlib import resources

from xinqiao.rules import glossary
from xinqiao.rules.indicators import Indicator, indicators
from xinqiao.rules.targets import Better, Measured, distance, told, worse

_CENT = Decimal("0.01")
_ZERO = Decimal("0.00")
_LANGUAGES = ("zh", "en")


class UnusableScale(Exception):
    """A file of weights that cannot be read, and why."""


class Per(StrEnum):
    """What one deduction is counted by."""

    PERCENT = "percent"  # of the target
    EACH = "each"
    POINT = "point"  # of percentage


@dataclass(frozen=True, kw_only=True)
class Scored:
    """One indicator of the scale."""

    code: str
    zh: str
    en: str
    better: Better
    full: Decimal
    per: Per
    deduct: Decimal
    floor: Decimal
    rate: bool = False
    companions: tuple[str, ...] = ()

    def name(self, lang: str) -> str:
        return self.en if lang.startswith("en") else self.zh


@dataclass(frozen=True, kw_only=True)
class Scale:
    """The whole file; indicators in their order."""

    indicators: Mapping[str, Scored]
    appeal_days: int
    answer_days: int
    source_zh: str
    source_en: str


@dataclass(frozen=True, kw_only=True)
class Sign:
    """An open sign of integrity, in words."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a place stands in its size band of `of` places; `allowed` is the last rank that reaches the target."""

    rank: int
    of: int
    allowed: int


@dataclass(frozen=True, kw_only=True)
class Rested:
    """What one score rests on. `companions`: last year's figure and this year's. `target` is None for a rank band."""

    target: int | None
    figure: Measured
    place: Place | None = None
    companions: Mapping[str, tuple[Measured | None, Measured | None]] = field(default_factory=dict)
    signs: tuple[Sign, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a derivation: its code, and the sentence in both languages. `look` asks for a look."""

    code: str
    zh: str
    en: str
    look: bool = False


@dataclass(frozen=True, kw_only=True)
class Score:
    """Points of `full`, and how they came about."""

    points: Decimal
    full: Decimal
    derivation: tuple[Line, ...]

    @property
    def look(self) -> bool:
        return any(line.look for line in self.derivation)


@cache
def default_scale() -> Scale:
    """The scale that comes with the platform."""
    return read_scale((resources.files("xinqiao.rules") / "assessment.toml").read_text("utf-8"))


def read_scale(text: str) -> Scale:
    """A file laid out like `assessment.toml`. Raises UnusableScale, naming what is wrong."""
    try:
        read = tomllib.loads(text)
        found = [_indicator(one) for one in read["indicator"]]
        scale = Scale(
            indicators={one.code: one for one in found}, appeal_days=int(read["appeal_days"]),
            answer_days=int(read["answer_days"]), source_zh=read["source_zh"], source_en=read["source_en"],
        )  # fmt: skip
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, InvalidOperation) as fault:
        raise UnusableScale(str(fault)) from fault
    if not found or len(scale.indicators) != len(found):
        raise UnusableScale("every indicator once, and at least one")
    return scale


def _indicator(one: Mapping[str, object]) -> Scored:
    amounts = {name: Decimal(str(one[name])) for name in ("full", "deduct", "floor")}
    counted = indicators()[str(one["code"])]
    known = Scored(
        code=counted.id, zh=counted.zh, en=counted.en, better=Better(counted.better), per=Per(str(one["per"])),
        rate=counted.shows == "rate", companions=counted.companions, **amounts,
    )  # fmt: skip
    if counted.companion or counted.shows == "days":
        raise ValueError(f"{known.code}: it stands beside others and is no target")
    if not Decimal(0) <= known.floor <= known.full or known.deduct < 0:
        raise ValueError(f"{known.code}: 0 <= floor <= full, and a deduction not below 0")
    if known.rate is not (known.per is Per.POINT):
        raise ValueError(f"{known.code}: a rate is deducted by point, a number by percent or each")
    return known


# -- scoring --------------------------------------------------------------------------------------------------------


def score(spec: Scored, rested: Rested) -> Score:
    """The points of one indicator of one place, with their derivation: from the floor to full."""
    points, lines = _points(spec, rested)
    beside = (*_companions(rested), *_signs(rested))
    return Score(points=points, full=spec.full, derivation=(*lines, *beside))


def _points(spec: Scored, rested: Rested) -> tuple[Decimal, list[Line]]:
    amount = rested.figure.amount
    if rested.target is None and rested.place is not None:
        return _by_rank(spec, rested.place)
    if amount is None or rested.target is None:  # nothing came that could be done well or badly
        return spec.full, [_line("nothing", full=spec.full)]
    lines = [_figure_line(spec, rested.figure, rested.target)]
    steps = _steps(spec, rested.target, amount)
    if steps <= 0:
        return spec.full, [*lines, _line("reached", full=spec.full)]
    exact = Fraction(spec.full) - steps * Fraction(spec.deduct)
    lines.append(_line(
        f"missed_{spec.per}", steps=told(steps, False), deduct=spec.deduct,
        deducted=told(steps * Fraction(spec.deduct), False),
    ))  # fmt: skip
    if exact < spec.floor:
        lines.append(_line("floor", floor=spec.floor))
    points = max(_cents(exact), spec.floor)
    return points, [*lines, _line("points", points=points, full=spec.full)]


def _steps(spec: Scored, target: int, amount: Fraction) -> Fraction:
    """How many steps of deduction the figure is away from its target."""
    away = distance(target, amount, spec.better)
    match spec.per:
        case Per.PERCENT:
            return away * 100 / max(target, 1)
        case Per.POINT:
            return away / 100
        case Per.EACH:
            return away


def _by_rank(spec: Scored, place: Place) -> tuple[Decimal, list[Line]]:
    """Full points up to the allowed rank, from there in proportion down to the floor at the last."""
    said = _line("rank", rank=place.rank, of=place.of, allowed=place.allowed)
    if place.rank <= place.allowed:
        return spec.full, [said, _line("reached", full=spec.full)]
    left = Fraction(place.of - place.rank, place.of - place.allowed)
    points = max(_cents(Fraction(spec.full) * left), spec.floor)
    return points, [said, _line("points", points=points, full=spec.full)]


def _cents(exact: Fraction) -> Decimal:
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(_CENT, ROUND_HALF_UP)


def total(scores: Iterable[Score]) -> Decimal | None:
    """The points of a place, of a hundred: what it got of what it could get; None where nothing was scored."""
    found = [one for one in scores if one.full]
    full = sum((one.full for one in found), _ZERO)
    if not full:
        return None
    return (100 * sum((one.points for one in found), _ZERO) / full).quantize(_CENT, ROUND_HALF_UP)


def appealed(before: int, after: int, why: str) -> Line:
    """What an answered appeal adds to the derivation; points in hundredths."""
    return _line("appealed", before=Decimal(before) / 100, points=Decimal(after) / 100, why=why)


# -- the words ------------------------------------------------------------------------------------------------------


def _figure_line(spec: Scored, figure: Measured, target: int) -> Line:
    amount = figure.amount
    said = told(amount, spec.rate) if amount is not None else "—"
    goal = told(target, spec.rate)
    if figure.of is None:
        return _line("figure", figure=said, target=goal)
    return _line("rate", figure=said, target=goal, counts=figure.counts, of=figure.of)


def _companions(rested: Rested) -> Iterable[Line]:
    for code, (last, this) in rested.companions.items():
        beside = indicators()[code]
        if beside.shows == "days" or not worse(last, this, Better(beside.better)):
            continue
        rate = beside.shows == "rate"
        before, now = (told(one.amount or 0, rate) for one in (last, this) if one is not None)
        yield _line("companion_worse", look=True, name=beside, before=before, now=now)


def _signs(rested: Rested) -> Iterable[Line]:
    for sign in rested.signs:
        yield Line(
            code="sign_open", look=True,
            zh=glossary.label("score_line", "sign_open", "zh").format(sign=sign.zh.rstrip("。")),
            en=glossary.label("score_line", "sign_open", "en").format(sign=sign.en.rstrip(".")),
        )  # fmt: skip


def _line(code: str, *, look: bool = False, **facts: object) -> Line:
    """A line in both languages; an indicator among the facts is named in each."""
    said = {
        lang: glossary.label("score_line", code, lang).format(
            **{name: one.label(lang) if isinstance(one, Indicator) else one for name, one in facts.items()}
        )
        for lang in _LANGUAGES
    }  # fmt: skip
    return Line(code=code, zh=said["zh"], en=said["en"], look=look)
