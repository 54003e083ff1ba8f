"""A series is carried on to the end of its year: what must hold of every forecast, and examples to check by hand."""

from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xinqiao.targets.forecast.ahead import look_ahead
from xinqiao.targets.forecast.backtest import backtest
from xinqiao.targets.forecast.values import Ahead, Method, Range, Series, month_after

JANUARY = date(2023, 1, 1)
COUNTS = st.lists(st.integers(0, 400), min_size=1, max_size=40)
FEW = st.lists(st.sampled_from([0, 0, 0, 1, 2]), min_size=1, max_size=40)
GAPPY = st.lists(st.none() | st.integers(0, 90), min_size=1, max_size=40)
PAIRS = st.lists(
    st.none() | st.integers(0, 60).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))),
    min_size=1, max_size=40,
)  # fmt: skip
few_examples = settings(max_examples=25, deadline=None)


def number(*counts: float | None) -> Series:
    return Series(first=JANUARY, counts=counts)


def rate(*pairs: tuple[float, float] | None) -> Series:
    return Series(
        first=JANUARY,
        counts=tuple(one[0] if one else None for one in pairs),
        of=tuple(one[1] if one else None for one in pairs),
    )


def _all(ahead: Ahead) -> list[Range]:
    return [*ahead.months, ahead.total]


def _nest(one: Range) -> None:
    inside = (one.lo95, one.lo80, one.mean, one.hi80, one.hi95)
    assert all(a <= b for a, b in pairwise(inside))


# -- what must hold of every forecast ----------------------------------------------------------------------------------


@few_examples
@given(COUNTS | FEW | GAPPY)
def test_a_number_is_never_negative_its_ranges_nest_and_the_year_adds_up(counts: list[int | None]) -> None:  # fmt: skip
    ahead = look_ahead(number(*counts))
    for one in _all(ahead):
        _nest(one)
        assert one.lo95 >= 0
        assert np.isfinite(one.hi95)
    assert ahead.total.mean == pytest.approx(ahead.seen + sum(one.mean for one in ahead.months))
    assert ahead.total.lo95 >= ahead.seen - 1e-9


@few_examples
@given(PAIRS)
def test_a_rate_stays_within_nothing_and_all(pairs: list[tuple[int, int] | None]) -> None:
    ahead = look_ahead(rate(*pairs))
    for one in _all(ahead):
        _nest(one)
        assert 0 <= one.lo95 <= one.hi95 <= 1 + 1e-9
    assert ahead.of is not None
    whole = (ahead.seen_of or 0) + sum(ahead.of)
    expected = ahead.seen + sum(one.mean * of for one, of in zip(ahead.months, ahead.of, strict=True))  # fmt: skip
    assert ahead.total.mean == pytest.approx(expected / whole)


@few_examples
@given(COUNTS | FEW)
def test_a_series_twice_as_large_has_twice_the_forecast(counts: list[int]) -> None:
    once, twice = look_ahead(number(*counts)), look_ahead(number(*(2 * one for one in counts)))
    assert twice.method is once.method
    assert [one.mean for one in twice.months] == pytest.approx([2 * one.mean for one in once.months])  # fmt: skip
    assert twice.total.mean == pytest.approx(2 * once.total.mean)


@few_examples
@given(COUNTS | GAPPY)
def test_the_same_series_has_the_same_forecast(counts: list[int | None]) -> None:
    assert look_ahead(number(*counts)) == look_ahead(number(*counts))


@few_examples
@given(COUNTS, st.integers(0, 3))
def test_a_forecast_reaches_to_december(counts: list[int], more: int) -> None:
    series = number(*counts, *[5] * more)
    ahead = look_ahead(series)
    assert ahead.first == series.end
    assert month_after(ahead.first, len(ahead.months) - 1) == date(series.end.year, 12, 1)


# -- examples ----------------------------------------------------------------------------------------------------------


def test_three_months_are_carried_on_by_their_mean() -> None:
    ahead = look_ahead(number(4, 5, 6))
    assert [one.mean for one in ahead.months] == [5.0] * 9
    assert (ahead.seen, ahead.total.mean) == (15, 60)
    assert ahead.method is Method.LEVEL
    assert ahead.errors.naive is None, "nothing before to be tested with"
    assert ahead.total.lo80 < 60 < ahead.total.hi80


def test_a_series_of_nothing_expects_nothing_and_does_not_swear_to_it() -> None:
    ahead = look_ahead(number(*[0] * 30))
    assert ahead.total.mean == 0
    assert 0 < ahead.total.hi95 < 6


def test_a_series_that_never_changes_goes_on_so() -> None:
    ahead = look_ahead(number(*[20] * 32))
    assert [one.mean for one in ahead.months] == pytest.approx([20.0] * 4)
    assert all(one.lo95 > 15 and one.hi95 < 25 for one in ahead.months)


def test_a_series_that_repeats_its_year_is_naive_and_exact() -> None:
    year = [10, 12, 15, 40, 42, 45, 20, 22, 25, 60, 62, 65]
    ahead = look_ahead(number(*year, *year, *year[:6]))
    assert ahead.method is Method.NAIVE
    assert ahead.replaced, "what else was tried did worse"
    assert ahead.errors.naive == pytest.approx(0)
    assert ahead.errors.method is not None
    assert ahead.errors.method > 0
    assert [one.mean for one in ahead.months] == pytest.approx(year[6:])


def test_without_any_season_the_level_beats_the_naive_forecast() -> None:
    dice = np.random.default_rng(4)
    ahead = look_ahead(number(*dice.poisson(30, 40).astype(float)))
    assert ahead.method is not Method.NAIVE
    assert ahead.errors.scaled is not None
    assert ahead.errors.scaled < 1
    assert ahead.total.mean == pytest.approx(ahead.seen + 30 * len(ahead.months), rel=0.15)


def test_a_month_not_known_is_no_month_of_nothing() -> None:
    whole = [30.0 + month % 12 for month in range(30)]
    gappy: list[float | None] = [*whole]
    gappy[7] = gappy[16] = None
    with_gaps, without = look_ahead(number(*gappy)), look_ahead(number(*whole))
    assert with_gaps.total.mean == pytest.approx(without.total.mean, rel=0.05)


def test_the_month_under_way_will_not_have_less_than_it_has() -> None:
    ahead = look_ahead(number(4, 5, 6), under_way=30)
    assert ahead.months[0].lo95 == 30
    assert ahead.total.mean == 15 + 30 + 8 * 5


def test_a_rate_of_a_year_weighs_each_month_by_its_cases() -> None:
    ahead = look_ahead(rate((9, 10), (45, 90)))
    assert (ahead.seen, ahead.seen_of) == (54, 100)
    assert ahead.of == pytest.approx([50.0] * 10)
    assert ahead.months[0].mean == pytest.approx(0.7)
    assert ahead.total.mean == pytest.approx((54 + 10 * 50 * 0.7) / 600)


def test_no_series_is_refused() -> None:
    with pytest.raises(ValueError, match="no month"):
        look_ahead(number())


# -- the back-test -----------------------------------------------------------------------------------------------------


def _simulated(dice: np.random.Generator, months: int, usual: float, season: float) -> Series:
    level = np.exp(np.cumsum(dice.normal(0, 0.02, months)))
    expected = usual * level * (1 + season * np.sin(2 * np.pi * np.arange(months) / 12))
    return number(*dice.poisson(expected * dice.gamma(50, 1 / 50, months)).astype(float))


def test_ranges_hold_about_as_often_as_they_say() -> None:
    dice = np.random.default_rng(11)
    score = backtest(_simulated(dice, 36, 60, 0.3) for _ in range(12))
    assert (score.series, score.forecasts) == (12, 48)
    cover80, cover95 = score.cover("80"), score.cover("95")
    assert cover80 is not None
    assert cover95 is not None
    assert 0.7 <= cover80 <= 0.93
    assert 0.9 <= cover95 <= 1.0
    assert score.scaled is not None
    assert score.scaled < 1.1


def test_a_back_test_sees_nothing_of_what_came_later() -> None:
    dice = np.random.default_rng(2)
    series = _simulated(dice, 36, 60, 0.3)
    broken = Series(first=series.first, counts=(*series.counts[:30], *[9999.0] * 6))
    assert look_ahead(series.before(30)) == look_ahead(broken.before(30))
    assert backtest([broken], step=6).error > backtest([series], step=6).error


def test_a_short_series_has_no_score() -> None:
    assert backtest([number(*[5] * 24)]).as_dict()["months"] == 0
