"""Transferring: territory and level by level, to whoever is in charge (art. 22)."""

from dataclasses import replace
from datetime import date

import pytest

from tests.support.city import UNITS
from tests.support.story import Story, accepted, received, registered, transferred
from xinqiao.rules.routing import targets
from xinqiao.rules.states import State
from xinqiao.rules.units import Units


def routes(story: Story) -> tuple[str, ...]:
    return targets("transfer", story.facts, UNITS, story.case().today)


def test_wang_min_sends_it_to_the_housing_department() -> None:
    facts = transferred().facts
    assert (facts.state, facts.holder, facts.handler) == (
        State.REFERRED,
        "city-housing",
        "city-housing",
    )
    assert facts.referrer == "city-petition"
    assert facts.involved == {"city-petition", "city-housing"}


def test_the_duty_to_refer_is_met_and_the_units_time_begins() -> None:
    story = transferred()
    assert story.clock("register_and_refer").state == "met"
    assert (story.clock("notify_referred").state, story.clock("object").state) == (
        "running",
        "open",
    )


def test_who_is_in_charge_of_the_subject_comes_first() -> None:
    assert routes(registered(category="housing.property"))[0] == "city-housing"
    assert routes(registered(category="labour.wages"))[0] == "city-labour"


def test_the_choice_is_the_own_level_and_the_offices_one_level_down() -> None:
    assert set(routes(registered())) == {
        "city-government",
        "city-housing",
        "city-labour",
        "county-petition",
    }


def test_a_county_office_also_sends_to_its_townships() -> None:
    story = registered(region="340811").does("transfer", to_unit="county-petition")
    assert set(routes(story)) == {"county-government", "county-housing", "town"}


@pytest.mark.parametrize(
    "unit", ["county-housing", "province-housing", "city-discipline", "city-petition", "moon"]
)
def test_no_other_unit_can_be_named(unit: str) -> None:
    code = "field_wrong" if unit == "moon" else "unit_not_allowed"
    assert registered().says_no("transfer", to_unit=unit) == (code, "22")


def test_only_the_office_that_holds_it_transfers() -> None:
    assert registered().who_may("transfer") == {"wangmin", "zhaogang"}


def test_a_department_does_not_send_on_what_it_got() -> None:
    assert transferred().by("lina").says_no("transfer", to_unit="city-labour") == (
        "not_a_petition_office",
        "22",
    )


def test_nothing_is_transferred_before_it_is_registered_or_after_it_is_accepted() -> None:
    assert received().says_no("transfer", to_unit="city-housing") == ("wrong_state", "22")
    assert accepted().who_may("transfer") == set()


def test_a_unit_that_has_ended_is_no_longer_on_the_list() -> None:
    story = registered().on("2026-03-03")
    assert "city-labour" in routes(story)
    ended = replace(UNITS["city-labour"], valid_to=date(2026, 3, 2))
    units = Units({**UNITS.by_code, "city-labour": ended})
    assert "city-labour" not in targets("transfer", story.facts, units, story.case().today)
