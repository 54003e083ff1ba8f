"""What an administrator reaches, and what nobody does for themselves: for every post in the small city."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.city import UNITS
from xinqiao.rules.administration import (
    may_end_post,
    may_give_post,
    may_set,
    reach,
    reach_of_post,
    top_office,
)
from xinqiao.rules.persons import Person, PersonKind, Post, Role
from xinqiao.rules.units import RANK, UnitKind, within

TODAY = date(2026, 3, 2)
CODES = sorted(UNITS.by_code)
codes = st.sampled_from(CODES)
some = st.sets(codes, min_size=1, max_size=5)
OFFICES = ["province-petition", "city-petition", "county-petition"]


def administrator(*units: str, account: int = 1) -> Person:
    posts = tuple(Post(unit=unit, role=Role.ADMIN) for unit in units)
    return Person(kind=PersonKind.STAFF, account=account, posts=posts)


def reached(units: set[str], administered: set[str]) -> frozenset[str]:
    found = reach(administrator(*units), UNITS, administered | units, TODAY)
    return frozenset(UNITS.by_code) if found.everything else found.units


@pytest.mark.parametrize(
    ("administered", "top"),
    [
        (["city-petition"], "city-petition"),
        (["city-petition", "county-petition", "town"], "city-petition"),
        (["city-petition", "province-petition"], "province-petition"),
        (["city-petition", "province-housing"], None),
        (["city-housing"], None),
        ([], None),
    ],
)
def test_the_top_is_the_office_that_holds_every_unit_with_an_administrator(
    administered: list[str], top: str | None
) -> None:
    assert top_office(UNITS, administered, TODAY) == top


def test_a_petition_office_reaches_its_territory_and_not_the_level_above() -> None:
    found = reached({"county-petition"}, {"city-petition"})
    assert {"county-housing", "county-government", "town"} <= found
    assert not found & {"city-housing", "city-petition", "province-petition"}


def test_a_department_reaches_itself_and_what_stands_below() -> None:
    assert reached({"city-housing"}, {"city-petition"}) == {"city-housing"}
    assert "town" in reached({"county-government"}, {"city-petition"})


@given(units=some, others=some)
def test_more_posts_never_reach_less(units: set[str], others: set[str]) -> None:
    together = reached(units | others, units | others)
    assert reached(units, units | others) | reached(others, units | others) <= together


@given(administered=some, units=some)
def test_whoever_does_not_hold_the_top_reaches_nothing_outside_tree_and_territory(
    administered: set[str], units: set[str]
) -> None:
    having = administered | units
    if top_office(UNITS, having, TODAY) in units:
        return
    for code in reached(units, having):
        one = UNITS[code]
        below = any(held in UNITS.line_up(code) for held in units)
        territory = any(
            UNITS[held].kind is UnitKind.PETITION_OFFICE
            and within(one.region, UNITS[held].region)
            and RANK[one.level] <= RANK[UNITS[held].level]
            for held in units
        )
        assert below or territory


@given(unit=codes, role=st.sampled_from(Role), held=some, administered=some)
def test_nobody_gives_themselves_or_ends_their_own_post(
    unit: str, role: Role, held: set[str], administered: set[str]
) -> None:
    by, having = administrator(*held, account=7), administered | held
    within_reach = reach(by, UNITS, having, TODAY)
    target = reach_of_post(unit, UNITS, having, TODAY)
    refusal = may_give_post(7, UNITS[unit], role, TODAY, None, by, within_reach, target)
    assert refusal is not None and refusal.code == "own_account"
    ended = may_end_post(
        7, unit, role, TODAY, None, TODAY, by, within_reach, other_administrators=True
    )
    assert ended is not None and ended.code == "own_account"


@given(unit=codes, held=some, administered=some)
def test_an_administrator_makes_none_that_reaches_more(
    unit: str, held: set[str], administered: set[str]
) -> None:
    by, having = administrator(*held), administered | held
    within_reach = reach(by, UNITS, having, TODAY)
    target = reach_of_post(unit, UNITS, having, TODAY)
    refusal = may_give_post(9, UNITS[unit], Role.ADMIN, TODAY, None, by, within_reach, target)
    if refusal is None:
        assert within_reach.everything or target.units <= within_reach.units


def test_settings_are_kept_by_the_top_alone() -> None:
    having = {"city-petition", "county-petition"}
    for office in OFFICES[1:]:
        found = reach(administrator(office), UNITS, having, TODAY)
        assert (may_set(found) is None) is (office == "city-petition")


def test_a_post_ends_with_its_unit_at_the_latest() -> None:
    ending = replace(UNITS["town"], valid_to=TODAY + timedelta(days=9))
    by = administrator("city-petition")
    all_of_it = reach(by, UNITS, {"city-petition"}, TODAY)
    for until, code in ((None, "post_outlives_unit"), (TODAY + timedelta(days=9), None)):
        refusal = may_give_post(9, ending, Role.CLERK, TODAY, until, by, all_of_it, all_of_it)
        assert (refusal.code if refusal else None) == code
