"""Where a plan gets its figures from: `targets.figures`, or what a test gives by hand."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from xinqiao.directory import queries as directory
from xinqiao.rules import integrity as sign_rules
from xinqiao.rules.assessment import Sign
from xinqiao.rules.persons import Person
from xinqiao.rules.targets import Measured
from xinqiao.targets import years
from xinqiao.targets.figures import figures as live
from xinqiao.targets.integrity import queries as integrity
from xinqiao.targets.integrity.values import Outcome, SignLine
from xinqiao.targets.values import Figure, Period, Place

#: figures(places, period, as_of, indicators=…)
Figures = Callable[..., Sequence[Figure]]
Open = Mapping[tuple[Place, str], Sequence[Sign]]
#: The open signs of integrity of a year, by place and indicator.
Signs = Callable[[Collection[tuple[Place, str]], int], Open]
Read = Mapping[tuple[Place, str], Measured]

#: Answers to a sign after which it is still to be looked at: none yet, or that it is as it looks.
_OPEN = frozenset({"", Outcome.CONFIRMED})
_given: list[Figures] = []
_signs: list[Signs] = []


@contextmanager
def given(figures: Figures | None = None, signs: Signs | None = None) -> Iterator[None]:
    """Meanwhile, figures and signs come from these functions: for stories with numbers of their own."""
    figures_before, signs_before = list(_given), list(_signs)
    _given.extend([figures] if figures else [])
    _signs.extend([signs] if signs else [])
    try:
        yield
    finally:
        _given[:], _signs[:] = figures_before, signs_before


def year(of: int) -> Period:
    """The calendar year as a period."""
    return Period(first=date(of, 1, 1), end=date(of + 1, 1, 1))


def measured(
    places: Sequence[Place], period: Period, as_of: datetime, indicators: Collection[str]
) -> Read:
    """The figures of places in a period as of a moment; none of a place that is named nowhere."""
    if not places or not indicators:
        return {}
    source = _given[-1] if _given else live
    return _read(source(places, period, as_of, indicators=sorted(indicators)))


def so_far(
    places: Sequence[Place], of_year: int, now: datetime, indicators: Collection[str]
) -> Read:
    """The figures of a year for a page, from the figures of months as far as they are kept."""
    if _given or not places or not indicators:
        return measured(places, year(of_year), now, indicators)
    return _read(years.of_year(places, of_year, now, sorted(indicators)))


def _read(found: Sequence[Figure]) -> Read:
    return {(one.place, one.indicator): Measured(counts=one.counts, of=one.of) for one in found}


def signs(bound: Collection[tuple[Place, str]], of_year: int, by: Person, now: datetime) -> Open:
    """The signs of integrity that stand in a year beside these figures, and that nobody has explained or put right.

    Only those that `by` may see. In words, with the unit that each is about.
    """
    if _signs:
        return _signs[-1](bound, of_year)
    whole = year(of_year)
    return {
        (place, indicator): [
            _sign(line)
            for line in integrity.beside(indicator, place, by, now)
            if line.first < whole.end and line.end > whole.first and line.outcome in _OPEN
        ]
        for place, indicator in bound
    }


def _sign(line: SignLine) -> Sign:
    known, units = sign_rules.signs()[line.sign], directory.units()
    unit = units[line.unit]
    return Sign(
        code=line.sign, zh=f"{unit.name}：{known.label('zh')}", en=f"{unit.name_en or unit.name}: {known.label('en')}"
    )  # fmt: skip
