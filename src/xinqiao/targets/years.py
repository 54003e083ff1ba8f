"""The figures of a year as it stands, for pages: from what is kept by month, and from facts only where that ends."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from xinqiao.rules.indicators import indicators as all_indicators
from xinqiao.targets.figures import begins, figures, monthly, months
from xinqiao.targets.values import Figure, Period, Place


def of_year(places: Sequence[Place], year: int, now: datetime, indicators: Iterable[str]) -> list[Figure]:  # fmt: skip
    """Each indicator of each place in a calendar year, as `figures.figures` tells it.

    Of what adds up, months that are kept are as new as they were last made; what lies after them (duties that were
    done before their day) is counted from the facts, as is all that does not add up.
    """
    period, ids = Period(first=date(year, 1, 1), end=date(year + 1, 1, 1)), list(indicators)
    adding = [one for one in ids if all_indicators()[one].adds_up]
    kept = monthly(places, period.first, period.end, adding) if adding else []
    upto = _kept_upto(kept, period)
    if upto == period.first:
        return figures(places, period, now, indicators=ids)
    rest = Period(first=upto, end=period.end)
    after = figures(places, rest, now, indicators=adding) if upto < period.end else []
    whole = [one for one in ids if one not in adding]
    live = figures(places, period, now, indicators=whole) if whole else []
    found = {(one.place, one.indicator): one for one in live}
    for one in (*(figure for figure in kept if figure.period.first < upto), *after):
        before = found.get((one.place, one.indicator))
        found[one.place, one.indicator] = _sum(before, one) if before else one
    told = (found[place, one] for place in places for one in ids)
    return [replace(one, period=period, as_of=now) for one in told]


def _kept_upto(kept: Iterable[Figure], period: Period) -> date:
    """Up to where every month of the period is kept, or lies before anything was received."""
    made, earliest = {one.period.first for one in kept}, begins()
    upto = period.first
    for month in months(period.first, period.end):
        empty = bool(made) and earliest is not None and month.end <= earliest
        if month.first not in made and not empty:
            break
        upto = month.end
    return upto


def _sum(one: Figure, other: Figure) -> Figure:
    return replace(
        one,
        counts=one.counts + other.counts,
        of=None if one.of is None else one.of + (other.of or 0),
        persons=one.persons + other.persons,
    )
