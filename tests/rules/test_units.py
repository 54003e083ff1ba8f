"""Units, territories and posts: who is above whom, whose place it is, on which day."""

from dataclasses import replace
from datetime import date

import pytest

from tests.support.city import CITY, COUNTY, PROVINCE, TOWN, UNITS, person
from tests.support.story import received, registered
from xinqiao.rules.persons import Person, PersonKind, Post, Role
from xinqiao.rules.units import UnitKind, Units, territory, within


@pytest.mark.parametrize(
    ("region", "digits"),
    [(PROVINCE, "34"), (CITY, "3408"), (COUNTY, "340811"), (TOWN, "340811101"), ("341000", "3410")],
)
def test_a_territory_is_what_its_codes_begin_with(region: str, digits: str) -> None:
    assert territory(region) == digits


def test_what_lies_within_what() -> None:
    assert within(TOWN, COUNTY)
    assert within(COUNTY, CITY)
    assert within(CITY, PROVINCE)
    assert within(CITY, CITY)
    assert not within(CITY, COUNTY)
    assert not within("340825", COUNTY)
    assert not within("341000", "340800")


def test_superiors_are_the_administrative_one_and_the_line_above() -> None:
    assert UNITS.superiors("city-housing") == ("city-government", "province-housing")
    assert UNITS.superiors("city-labour") == ("city-government",)
    assert UNITS.superiors("province-government") == ()


def test_the_tree_below_a_unit() -> None:
    assert UNITS.subtree("county-government") == {
        "county-government",
        "county-petition",
        "county-housing",
        "town",
    }
    assert UNITS.line_up("town") == (
        "town",
        "county-government",
        "city-government",
        "province-government",
    )


def test_a_ring_of_superiors_ends() -> None:
    ring = {**UNITS.by_code, "city-government": replace(UNITS["city-government"], parent="town")}
    assert Units(ring).line_up("town")[-1] == "city-government"
    assert "town" in Units(ring).subtree("city-government")


@pytest.mark.parametrize("region", [*sorted({unit.region for unit in UNITS.by_code.values()}), ""])
@pytest.mark.parametrize("day", [date(2000, 1, 1), date(2026, 3, 2)])
def test_the_units_inside_a_region_are_those_within_it_in_their_order(
    region: str, day: date
) -> None:
    assert UNITS.inside(region, day) == [
        unit for unit in UNITS.on(day) if within(unit.region, region)
    ]


@pytest.mark.parametrize("code", [*UNITS.by_code, "nowhere"])
def test_below_a_unit_are_those_whose_line_leads_to_it(code: str) -> None:
    assert UNITS.subtree(code) == {one for one in UNITS.by_code if code in UNITS.line_up(one)}


@pytest.mark.parametrize(
    ("region", "office"),
    [
        (TOWN, "county-petition"),
        ("340825", "city-petition"),
        ("341000", "province-petition"),
        ("110000", None),
    ],
)
def test_the_nearest_petition_office_of_a_place(region: str, office: str | None) -> None:
    assert UNITS.petition_office_of(region, date(2026, 3, 2)) == office


def test_a_post_is_held_from_its_first_to_its_last_day() -> None:
    post = Post(
        unit="town", role=Role.CLERK, valid_from=date(2026, 1, 1), valid_to=date(2026, 1, 31)
    )
    assert [post.held_on(date(2026, 1, day)) for day in (1, 31)] == [True, True]
    assert not post.held_on(date(2026, 2, 1))
    assert not post.held_on(date(2025, 12, 31))


def test_an_administrator_may_nothing_by_that_post() -> None:
    story = registered().by("malin")
    assert story.offered() == {}
    assert story.button("transfer") is not None
    assert person("malin").is_admin


def test_who_works_in_two_units_acts_for_the_one_that_gives_the_right() -> None:
    posts = (
        Post(unit="city-labour", role=Role.OFFICER),
        Post(unit="city-petition", role=Role.CLERK),
    )
    both = Person(kind=PersonKind.STAFF, account=50, posts=posts)
    story = received().by(both).does("register")
    assert story.entries[-1].unit == "city-petition"


def test_the_city_of_the_stories_has_an_office_on_every_level() -> None:
    offices = [
        unit.level for unit in UNITS.by_code.values() if unit.kind is UnitKind.PETITION_OFFICE
    ]
    assert sorted(offices) == ["city", "county", "province"]
