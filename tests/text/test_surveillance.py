"""Counts that rise: clean counts give false alarms at the nominal rate and no more; a planted rise is found."""

import math
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinqiao.text.surveillance.counts import rise, tail
from xinqiao.text.surveillance.scan import scan
from xinqiao.text.surveillance.several import allowed_for

np = pytest.importorskip("numpy")
WEEK = (1.4, 1.2, 1.1, 1.1, 1.2, 0.5, 0.5)  # a counter on weekdays, little on weekends


def days(
    dice: object, level: float, count: int, *, season: float = 0.0, lumpy: float = 0.0
) -> list[int]:
    """Daily counts with days of the week, a season of a year, and weeks that scatter more than chance."""
    found = []
    for day in range(count):
        mean = level / 7 * WEEK[day % 7] * (1 + season * math.sin(2 * math.pi * day / 364))
        if lumpy and day % 7 == 0:
            week = dice.gamma(1 / lumpy, lumpy)  # type: ignore[attr-defined]
        found.append(int(dice.poisson(mean * (week if lumpy else 1.0))))  # type: ignore[attr-defined]
    return found


def alarms(series: Sequence[list[int]], limit: float) -> float:
    told = [rise(one) for one in series]
    assert all(told)
    return float(np.mean([one.p <= limit for one in told if one]))


@pytest.mark.parametrize("level", [0.5, 3.0, 20.0])
def test_clean_counts_give_false_alarms_at_the_nominal_rate_and_no_more(level: float) -> None:
    dice = np.random.default_rng(7)
    series = [days(dice, level, 7 * 40) for _ in range(600)]
    for limit in (0.05, 0.01):
        bound = limit + 3 * math.sqrt(limit * (1 - limit) / len(series))
        assert alarms(series, limit) <= bound, (level, limit)


def test_it_is_not_so_careful_that_it_never_speaks() -> None:
    dice = np.random.default_rng(8)
    assert alarms([days(dice, 20.0, 7 * 40) for _ in range(600)], 0.05) >= 0.02


def test_weeks_that_scatter_more_than_chance_are_no_alarm() -> None:
    dice = np.random.default_rng(9)
    series = [days(dice, 12.0, 7 * 40, lumpy=0.15) for _ in range(400)]
    assert alarms(series, 0.05) <= 0.09


def test_a_season_is_no_alarm_once_a_year_has_shown_it() -> None:
    """Three years with a season; asked every four weeks of the last year."""
    dice = np.random.default_rng(10)
    ends = range(7 * 104, 7 * 156, 28)
    series = [days(dice, 15.0, 7 * 156, season=0.5) for _ in range(25)]
    known = alarms([one[:end] for one in series for end in ends], 0.05)
    unknown = alarms([one[max(end - 7 * 30, 0) : end] for one in series for end in ends], 0.05)
    assert known <= 0.08
    assert known < unknown


@pytest.mark.parametrize(("level", "more"), [(2.0, 8), (10.0, 16)])
def test_a_planted_rise_is_found(level: float, more: int) -> None:
    dice = np.random.default_rng(11)
    found = 0
    for _ in range(200):
        counts = days(dice, level, 7 * 60)
        counts[-3] += more
        told = rise(counts)
        assert told is not None
        found += told.p <= 0.01
    assert found >= 170


def test_a_rise_that_goes_on_does_not_hide_itself() -> None:
    counts = [1, 0, 1, 0, 1, 0, 0] * 40
    for day in range(1, 15):
        counts[-day] += 2
    told = rise(counts)
    assert told is not None
    assert told.p < 1e-4


def test_with_little_history_it_says_so() -> None:
    assert rise([1] * 7 * 10) is None
    told = rise([1] * 7 * 20)
    assert told is not None
    assert (told.weeks, told.years) == (17, 0)
    told = rise([1] * 7 * 160)
    assert told is not None
    assert (told.weeks, told.years) == (26, 2)


@given(st.lists(st.integers(0, 30), min_size=0, max_size=500))
def test_any_counts_are_borne(counts: list[int]) -> None:
    told = rise(counts)
    assert told is None or (0 < told.p <= 1 and told.expected > 0)


@given(st.integers(0, 60), st.floats(0.1, 40), st.floats(0.5, 500))
def test_more_is_never_likelier(observed: int, mean: float, size: float) -> None:
    assert tail(observed + 1, mean, size) <= tail(observed, mean, size)


# -- several at once ----------------------------------------------------------------------------------------------


@given(st.lists(st.floats(1e-9, 1), max_size=40))
def test_what_is_allowed_for_is_never_less_and_keeps_the_order(chances: list[float]) -> None:
    found = allowed_for(chances)
    assert all(q >= p or math.isclose(q, p) for p, q in zip(chances, found, strict=True))
    pairs = sorted(zip(chances, found, strict=True))
    assert all(a[1] <= b[1] for a, b in pairwise(pairs))


def test_of_a_thousand_clean_comparisons_next_to_none_is_told() -> None:
    dice = np.random.default_rng(12)
    told = [sum(q <= 0.05 for q in allowed_for(list(dice.uniform(size=1000)))) for _ in range(100)]
    assert sum(one > 0 for one in told) <= 12
    assert allowed_for([0.001, *[0.5] * 9])[0] == pytest.approx(0.01)


# -- the scan -----------------------------------------------------------------------------------------------------

PLACES = [f"3408{n:02d}" for n in range(10)]


def area(dice: object, level: float = 20.0) -> tuple[dict[str, int], dict[str, list[int]]]:
    """Ten places, the larger the earlier; 26 weeks of past, four of late."""
    sizes = [level / (1 + n) for n in range(len(PLACES))]
    past = {p: int(dice.poisson(26 * s)) for p, s in zip(PLACES, sizes, strict=True)}  # type: ignore[attr-defined]
    late = {p: [int(dice.poisson(s)) for _ in range(4)] for p, s in zip(PLACES, sizes, strict=True)}  # type: ignore[attr-defined]
    return past, late


@pytest.mark.parametrize("level", [0.8, 10.0])
def test_clean_areas_give_false_alarms_at_the_nominal_rate_and_no_more(level: float) -> None:
    dice = np.random.default_rng(13)
    told = [scan(*area(dice, level)) for _ in range(150)]
    chances = [one.p for one in told if one]
    assert len(chances) > 100
    for limit in (0.05, 0.01):
        bound = limit + 3 * math.sqrt(limit * (1 - limit) / len(chances))
        assert sum(p <= limit for p in chances) / len(chances) <= bound


def test_two_places_that_rise_together_are_found_with_their_weeks() -> None:
    dice = np.random.default_rng(14)
    past, late = area(dice)
    for place in (PLACES[4], PLACES[7]):
        late[place][0] += 12
        late[place][1] += 12
    told = scan(past, late)
    assert told is not None
    assert (told.places, told.weeks) == ((PLACES[4], PLACES[7]), 2)
    assert told.p < 1e-4
    assert told.observed > 2 * told.expected


def test_what_rises_everywhere_is_no_gathering() -> None:
    dice = np.random.default_rng(15)
    past, late = area(dice)
    told = scan(past, {place: [3 * one for one in weeks] for place, weeks in late.items()})
    assert told is None or told.p > 0.001


def test_the_same_numbers_give_the_same_answer() -> None:
    past, late = area(np.random.default_rng(16))
    assert scan(past, late) == scan(dict(reversed(past.items())), late)


def test_one_place_or_next_to_nothing_is_not_scanned() -> None:
    assert scan({"a": 9}, {"a": [9, 9]}) is None
    assert scan({"a": 9, "b": 1}, {"a": [1, 0], "b": [1, 0]}) is None
