"""Whether the last seven days hold more than their own past lets expect: a tail probability, with its history told.

Seven days hold each day of the week once, so that days of the week need no allowance. The expected count is the level
of the last half year (without the two weeks before, so that a rise does not hide itself) times a season from the same
weeks of earlier years. What the past does not tell exactly (a level from few counts, weeks
that scatter more than chance) widens the distribution: negative binomial.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, lgamma, log, log1p

WEEK = 7
#: Weeks before the last one that are passed over, weeks that make the level, and the fewest that make one.
_GAP, _LEVEL, FEWEST = 2, 26, 8
_YEAR, _AROUND = 52, 3
#: A season is believed as far as it rests on counts: so many stand against it.
_DOUBT = 20.0
#: Scatter is believed as far as it rests on weeks: so many speak for plain chance.
_CALM = 8.0
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Level:
    """What was seen in the last seven days, what was expected, and how likely so many or more were without a cause.

    `weeks` made the level, `years` the season (0: none is known). `scatter`: variance over mean, 1 for plain chance.
    """

    observed: int
    expected: float
    p: float
    weeks: int
    years: int
    season: float
    scatter: float


def rise(days: Sequence[int]) -> Level | None:
    """The last seven of these daily counts (oldest first) against those before; None where the past is too short."""
    weeks = _weeks(days)
    level = weeks[1 + _GAP : 1 + _GAP + _LEVEL]
    if len(level) < FEWEST:
        return None
    season, years = _season(weeks)
    mean = (sum(level) + _HALF) / len(level) * season
    scatter = _scatter(level)
    # Two doubts add up: of the level itself, and of the weeks around it.
    doubt = scatter / (sum(level) + _HALF) + max(scatter - 1.0, 0.0) / mean
    return Level(
        observed=weeks[0], expected=mean, p=tail(weeks[0], mean, 1.0 / doubt), weeks=len(level), years=years,
        season=season, scatter=scatter,
    )  # fmt: skip


def _weeks(days: Sequence[int]) -> list[int]:
    """Sums of seven days, the last first; what is left over at the beginning falls away."""
    ends = range(len(days), WEEK - 1, -WEEK)
    return [sum(days[end - WEEK : end]) for end in ends]


def _season(weeks: Sequence[int]) -> tuple[float, int]:
    """How these weeks of earlier years stood to the level before them, and how many years tell it."""
    there, level, years = 0.0, 0.0, 0
    for year in range(1, 1 + len(weeks) // _YEAR):
        middle = year * _YEAR
        around = weeks[max(middle - _AROUND, 0) : middle + _AROUND + 1]
        before = weeks[middle + 1 + _GAP : middle + 1 + _GAP + _LEVEL]
        if len(around) < 2 * _AROUND + 1 or len(before) < _LEVEL:
            break
        there += sum(around)
        level += sum(before) * len(around) / len(before)
        years += 1
    return (_DOUBT + there) / (_DOUBT + level), years


def _scatter(level: Sequence[int]) -> float:
    """Variance over mean of the weeks, drawn towards plain chance."""
    mean = sum(level) / len(level)
    if not mean:
        return 1.0
    seen = sum((one - mean) ** 2 for one in level) / mean
    return max(1.0, (_CALM + seen) / (_CALM + len(level) - 1))


def tail(observed: int, mean: float, size: float) -> float:
    """The chance of so many or more, negative binomial: variance mean + mean² / size."""
    below = sum(exp(_logarithm(count, mean, size)) for count in range(observed))
    return min(max(1.0 - below, 1e-12), 1.0) if observed else 1.0


def _logarithm(count: int, mean: float, size: float) -> float:
    if not mean:
        return 0.0 if not count else -1e9
    return (
        lgamma(count + size) - lgamma(size) - lgamma(count + 1)
        - size * log1p(mean / size) + count * (log(mean) - log(size + mean))
    )  # fmt: skip
