"""Ranks within bands of similar size; key management as a rule over indicators, with the distance to each limit."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinqiao.rules import key_management, ranking
from xinqiao.rules.key_management import Span, UnusableRules, default_rules
from xinqiao.rules.ranking import BandCode, Ranked, Size, UnusableBands, default_bands
from xinqiao.rules.targets import Measured

BANDS = default_bands()[Size.TOTAL]


def ranked(points: Mapping[str, Decimal], sizes: Mapping[str, int]) -> list[Ranked]:
    return ranking.ranked(
        points, {name: ranking.band_of(size, BANDS) for name, size in sizes.items()}
    )


def test_a_small_county_is_ranked_among_small_ones() -> None:
    points = {
        "a": Decimal(90),
        "b": Decimal(80),
        "c": Decimal(80),
        "d": Decimal(70),
        "e": Decimal(60),
    }
    sizes = {"a": 50, "b": 60, "c": 70, "d": 299, "e": 5000}
    found = {one.place: (one.band, one.rank, one.of) for one in ranked(points, sizes)}
    assert found == {
        "a": (BandCode.SMALL, 1, 4), "b": (BandCode.SMALL, 2, 4), "c": (BandCode.SMALL, 2, 4),
        "d": (BandCode.SMALL, 4, 4), "e": (BandCode.LARGE, 1, 1),
    }  # fmt: skip


@given(
    st.dictionaries(
        st.text(min_size=1), st.tuples(st.decimals(0, 100, places=2), st.integers(0, 3000))
    )
)
def test_everybody_is_ranked_once_and_points_decide(places: dict[str, tuple[Decimal, int]]) -> None:
    points = {name: got for name, (got, _) in places.items()}
    found = ranked(points, {name: size for name, (_, size) in places.items()})
    assert sorted(one.place for one in found) == sorted(places)
    for one in found:
        assert 1 <= one.rank <= one.of
        for other in found:
            if one.band == other.band:
                assert (one.rank < other.rank) == (one.points > other.points)


def test_half_of_a_band() -> None:
    assert [ranking.allowed(5000, of) for of in (1, 2, 3, 10)] == [1, 1, 2, 5]


@pytest.mark.parametrize("text", ["", "total = 1", "[[total]]\ncode='small'\nbelow=3\n[[population]]\ncode='small'",
                                  "[[total]]\ncode='tiny'\n[[population]]\ncode='small'"])  # fmt: skip
def test_bands_that_cannot_be_used(text: str) -> None:
    with pytest.raises(UnusableBands):
        ranking.read_bands(text)


# -- key management -------------------------------------------------------------------------------------------------


def stands(
    population: int | None = 500_000, **figures: Measured
) -> dict[str, key_management.Stand]:
    known = {("total", Span.QUARTER): figures.get("total", Measured(counts=0))}
    known |= {("on_time_answer", Span.QUARTER): figures["on_time"]} if "on_time" in figures else {}
    known |= {("repeat_rate", Span.QUARTER): figures["repeat"]} if "repeat" in figures else {}
    known |= {("provincial_group_visits", Span.YEAR): figures.get("groups", Measured(counts=0))}
    found = key_management.stands(default_rules().rules, known, population)
    return {one.rule.code: one for one in found}


def test_so_many_per_ten_thousand_people() -> None:
    """550 among 500,000 are 11 per 10,000: one below the limit of 12; 650 are 13, one above."""
    below = stands(total=Measured(counts=550))["many_for_its_size"]
    assert not below.listed
    assert below.far[0].value == 11
    assert below.far[0].left == 1
    above = stands(total=Measured(counts=650))["many_for_its_size"]
    assert above.listed
    assert above.far[0].left == -1


def test_the_limit_itself_is_not_beyond_it() -> None:
    assert not stands(groups=Measured(counts=8))["groups_to_the_province"].listed
    assert stands(groups=Measured(counts=9))["groups_to_the_province"].listed


def test_all_conditions_of_a_rule_must_hold() -> None:
    late = Measured(counts=80, of=100)
    assert stands(on_time=late, repeat=Measured(counts=31, of=100))["late_and_repeated"].listed
    one = stands(on_time=late, repeat=Measured(counts=30, of=100))["late_and_repeated"]
    assert not one.listed
    assert [far.holds for far in one.far] == [True, False]
    assert one.far[0].left == -5


def test_without_a_figure_or_a_population_nobody_is_listed() -> None:
    unknown = stands(None, total=Measured(counts=9999))["many_for_its_size"]
    assert unknown.far[0].value is None
    assert not unknown.listed
    assert not stands(on_time=Measured(counts=0, of=0))["late_and_repeated"].listed


@given(st.integers(0, 9000), st.integers(1, 500), st.integers(1, 3_000_000))
def test_more_never_takes_a_place_off_the_list(counts: int, more: int, population: int) -> None:
    before = stands(population, total=Measured(counts=counts))["many_for_its_size"]
    after = stands(population, total=Measured(counts=counts + more))["many_for_its_size"]
    assert after.listed or not before.listed
    assert (after.far[0].left or Fraction(0)) < (
        before.far[0].left or Fraction(0)
    ) or not before.far[0].left


@pytest.mark.parametrize(
    ("day", "period", "first", "end"),
    [(date(2026, 3, 31), Span.QUARTER, date(2026, 1, 1), date(2026, 4, 1)),
     (date(2026, 12, 1), Span.QUARTER, date(2026, 10, 1), date(2027, 1, 1)),
     (date(2026, 12, 31), Span.MONTH, date(2026, 12, 1), date(2027, 1, 1)),
     (date(2026, 2, 28), Span.YEAR, date(2026, 1, 1), date(2027, 1, 1))],
)  # fmt: skip
def test_the_running_period(day: date, period: Span, first: date, end: date) -> None:
    assert key_management.span(period, day) == (first, end)


_HEAD = "source_zh=''\nsource_en=''\n[[rule]]\ncode='a'\nzh='a'\nen='a'\n"
_BOTH = "[[rule.condition]]\nindicator='total'\nperiod='year'\nabove='1'\nbelow='2'"

_ONE = "[[rule.condition]]\nindicator='{}'\nperiod='year'\nabove='1'"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "rule = 3",
        f"{_HEAD}condition=[]",
        _HEAD + _BOTH,
        _HEAD + _ONE.format("stops"),
        _HEAD + _ONE.format("answer_days_median"),
    ],
)
def test_rules_that_cannot_be_used(text: str) -> None:
    with pytest.raises(UnusableRules):
        key_management.read_rules(text)
