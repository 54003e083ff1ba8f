"""Targets of a year: parts sum to the whole, a change is a change against last year, distances have the right sign."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.city import UNITS, person
from xinqiao.rules import targets
from xinqiao.rules.targets import WHOLE, Aim, Better, Goal, Measured

_names = st.sampled_from(["340802", "340803", "340811", "340822", "340825", "340881"])
_weights = st.dictionaries(_names, st.integers(0, 100_000), min_size=1)


def absolute(amount: int, better: Better = Better.FEWER, rate: bool = False) -> Goal:
    return Goal(aim=Aim.ABSOLUTE, amount=amount, better=better, rate=rate)


# -- parting --------------------------------------------------------------------------------------------------------


def test_by_last_year_the_largest_remainder_gets_what_is_left() -> None:
    """900 at last year's 500, 300 and 201 are 449.55, 269.73 and 180.72: two go to the largest remainders."""
    assert targets.parted(900, {"a": 500, "b": 300, "c": 201}) == {"a": 449, "b": 270, "c": 181}


def test_nobody_weighs_anything() -> None:
    assert targets.parted(7, {"a": 0, "b": 0, "c": 0}) == {"a": 3, "b": 2, "c": 2}


@given(st.integers(0, 10**9), _weights)
def test_parts_always_sum_to_the_whole(whole: int, weights: dict[str, int]) -> None:
    parts = targets.parted(whole, weights)
    assert sum(parts.values()) == whole
    assert parts.keys() == weights.keys()
    assert targets.sum_wrong(whole, parts) is None


@given(st.integers(0, 10**6), _weights)
def test_nobody_is_more_than_one_away_from_their_share(whole: int, weights: dict[str, int]) -> None:
    total = sum(weights.values())
    for name, part in targets.parted(whole, weights).items():
        share = Fraction(whole * weights[name], total) if total else Fraction(whole, len(weights))
        assert abs(part - share) < 1


@given(st.integers(0, 10**6), _weights, st.integers(-5, 5).filter(bool))
def test_a_part_changed_by_hand_is_refused_with_the_difference(
    whole: int, weights: dict[str, int], change: int
) -> None:
    parts = targets.parted(whole, weights)
    parts[min(parts)] += change
    refusal = targets.parts_wrong(whole, False, parts, weights, Better.FEWER)
    assert refusal is not None
    assert refusal.code == "parts_do_not_sum"
    assert int(refusal.facts["difference"]) == change


def test_what_cannot_be_parted_is_no_number() -> None:
    with pytest.raises(ValueError, match="below zero"):
        targets.parted(-1, {"a": 1})
    assert targets.parted(5, {}) == {}
    refusal = targets.parts_wrong(5, False, {}, {}, Better.FEWER)
    assert refusal is not None
    assert refusal.code == "target_parts_missing"


@given(st.integers(0, WHOLE), _weights, st.sampled_from(Better))
def test_a_rate_is_everybodys(target: int, weights: dict[str, int], better: Better) -> None:
    parts = targets.proposed(target, True, weights)
    assert set(parts.values()) == {target}
    assert targets.parts_wrong(target, True, parts, weights, better) is None


def test_rates_that_together_miss_the_whole_are_refused() -> None:
    """90 % of 300 and 98 % of 100 are 92 %: three points short of 95 %."""
    refusal = targets.parts_wrong(
        9500, True, {"a": 9000, "b": 9800}, {"a": 300, "b": 100}, Better.MORE
    )
    assert refusal is not None
    assert refusal.code == "parts_fall_short"
    assert refusal.facts == {"mean": "92%", "whole": "95%", "difference": "3%"}
    better = targets.parts_wrong(9500, True, {"a": 9000, "b": 9800}, {"a": 1, "b": 9}, Better.MORE)
    assert better is None


# -- what is aimed at -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("goal", "last", "expected"),
    [
        (absolute(120), None, 120),
        (Goal(aim=Aim.CHANGE, amount=-500, better=Better.FEWER), Measured(counts=333), 316),
        (Goal(aim=Aim.CHANGE, amount=-500, better=Better.FEWER), Measured(counts=0), 0),
        (Goal(aim=Aim.CHANGE, amount=200, better=Better.MORE, rate=True), Measured(counts=9, of=10), 9200),
        (Goal(aim=Aim.CHANGE, amount=200, better=Better.MORE, rate=True), Measured(counts=99, of=100), 10_000),
        (Goal(aim=Aim.CHANGE, amount=200, better=Better.MORE, rate=True), Measured(counts=1, of=3), 3534),
        (Goal(aim=Aim.CHANGE, amount=200, better=Better.MORE, rate=True), Measured(counts=0, of=0), None),
        (Goal(aim=Aim.CHANGE, amount=-500, better=Better.FEWER), None, None),
        (Goal(aim=Aim.BAND, amount=5000, better=Better.FEWER), Measured(counts=3), None),
    ],
)  # fmt: skip
def test_a_change_is_against_last_year_and_rounds_to_the_better_side(
    goal: Goal, last: Measured | None, expected: int | None
) -> None:
    assert targets.aimed(goal, last) == expected


@pytest.mark.parametrize("goal", [absolute(-1), absolute(10_001, rate=True), absolute(10**10),
                                  Goal(aim=Aim.CHANGE, amount=-10_001, better=Better.FEWER),
                                  Goal(aim=Aim.BAND, amount=0, better=Better.FEWER)])  # fmt: skip
def test_what_nobody_can_aim_at(goal: Goal) -> None:
    refusal = targets.unsound(goal)
    assert refusal is not None
    assert refusal.code == "target_out_of_range"


def test_distance_is_on_the_wrong_side() -> None:
    assert targets.distance(100, Fraction(112), Better.FEWER) == 12
    assert targets.distance(9500, Fraction(9000), Better.MORE) == 500
    assert targets.distance(9500, Fraction(9900), Better.MORE) < 0


@pytest.mark.parametrize(
    ("amount", "rate", "said"),
    [(1250, False, "1250"), (1250, True, "12.5%"), (9999, True, "99.99%"), (Fraction(200, 3), False, "66.67"),
     (-500, True, "-5%"), (0, True, "0%"), (Fraction(-1, 1000), False, "0")],
)  # fmt: skip
def test_amounts_are_told_as_people_write_them(
    amount: int | Fraction, rate: bool, said: str
) -> None:
    assert targets.told(amount, rate) == said


# -- who ------------------------------------------------------------------------------------------------------------


def test_the_head_of_the_petition_office_sets_in_its_territory() -> None:
    zhao_gang, wang_min = person("zhaogang"), person("wangmin")
    assert targets.offices_headed(zhao_gang, UNITS) == ["city-petition"]
    assert targets.offices_headed(wang_min, UNITS) == []
    assert targets.not_setting(zhao_gang, "city-petition", "340811", "", UNITS) is None
    assert targets.not_setting(zhao_gang, "city-petition", "340800", "city-housing", UNITS) is None


@pytest.mark.parametrize(
    ("username", "region", "unit", "code"),
    [
        ("wangmin", "340811", "", "targets_not_yours"),
        ("chenbo", "340811", "", "targets_not_yours"),
        ("zhaogang", "340000", "", "target_outside_territory"),
        ("zhaogang", "350100", "", "target_outside_territory"),
        ("zhaogang", "340800", "city-petition", "target_outside_territory"),
    ],
)
def test_nobody_else_and_nowhere_else(username: str, region: str, unit: str, code: str) -> None:
    refusal = targets.not_setting(person(username), "city-petition", region, unit, UNITS)
    assert refusal is not None
    assert refusal.code == code


def test_a_government_answers_for_its_region_and_a_unit_for_itself() -> None:
    among = list(UNITS.by_code.values())
    assert targets.answering("region", "340811", UNITS, among) == "county-government"
    assert targets.answering("region", "340811101", UNITS, among) == "town"
    assert targets.answering("region", "340825", UNITS, among) == ""
    assert targets.answering("unit", "city-housing", UNITS, among) == "city-housing"
    assert targets.answering("unit", "nowhere", UNITS, among) == ""


def test_nobody_answers_their_own_appeal() -> None:
    assert targets.offices_answering("city-petition", "city-housing", UNITS) == (
        "city-petition",
        "province-petition",
    )
    assert targets.offices_answering("city-petition", "city-petition", UNITS) == (
        "province-petition",
    )
