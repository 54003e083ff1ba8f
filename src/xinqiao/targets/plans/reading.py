"""Where a plan gets its figures from: `targets.figures`, or what a test gives by hand."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from xinqiao.rules.assessment import Sign
from xinqiao.rules.targets import Measured
from xinqiao.targets.figures import figures as live
from xinqiao.targets.values import Figure, Period, Place

#: figures(places, period, as_of, indicators=…)
Figures = Callable[..., Sequence[Figure]]
#: The open signs of integrity by place and indicator.
Signs = Callable[[Collection[Place], int, datetime], Mapping[tuple[Place, str], Sequence[Sign]]]
Read = Mapping[tuple[Place, str], Measured]

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
    found = source(places, period, as_of, indicators=sorted(indicators))
    return {(one.place, one.indicator): Measured(counts=one.counts, of=one.of) for one in found}


def signs(
    places: Collection[Place], of_year: int, as_of: datetime
) -> Mapping[tuple[Place, str], Sequence[Sign]]:
    """The signs of integrity that are open at these places, by indicator."""
    return _signs[-1](places, of_year, as_of) if _signs else {}
