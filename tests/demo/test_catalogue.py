"""The lists of the demonstration city hang together: every code that is named exists."""

import re
from datetime import date, timedelta

import pytest

from xinqiao.demo.catalogue import (
    CITY,
    PROVINCE,
    Region,
    acting,
    categories,
    counties,
    covers,
    discipline,
    government,
    petition_office,
    regions,
    responsible,
    townships,
    units,
)
from xinqiao.demo.rhythm import hot_spots, rhythm
from xinqiao.demo.subjects import Reported, subjects
from xinqiao.rules.units import RANK, Level, UnitKind, within

MERGED_ON = date(2025, 6, 30)  # the last day of the bureau that is merged away


def test_regions_form_one_tree_of_four_levels() -> None:
    tops = [region for region in regions().values() if not region.parent]
    assert [top.code for top in tops] == [PROVINCE]
    for region in regions().values():
        if region.parent:
            parent = regions()[region.parent]
            assert RANK[parent.level] == RANK[region.level] + 1
            assert within(region.code, parent.code)


def test_the_city_has_three_districts_two_cities_and_five_counties() -> None:
    ends = sorted(county.name[-1] for county in counties())
    assert ends == sorted("区区区市市县县县县县")
    assert all(len(townships(county.code)) >= 6 for county in counties())


def test_statistical_units_are_no_regions() -> None:
    for region in regions().values():
        if region.level is Level.COUNTY:
            assert not 71 <= int(region.code[4:]) <= 80
        if region.level is Level.TOWNSHIP:
            assert len(region.code) == 9
            assert int(region.code[6:]) < 400


def test_units_name_units_regions_and_categories_that_exist() -> None:
    for unit in units().values():
        assert unit.region in regions()
        assert regions()[unit.region].level == unit.level
        assert unit.parent is None or unit.parent in units()
        assert unit.guiding is None or unit.guiding in units()
        assert set(unit.categories) <= set(categories())
        assert unit.name
        assert unit.name_en


def test_whoever_reviews_stands_higher() -> None:
    for unit in units().values():
        if unit.parent:
            above = units()[unit.parent]
            assert within(unit.region, above.region)
            assert RANK[above.level] >= RANK[unit.level]
        if unit.guiding:
            assert RANK[units()[unit.guiding].level] == RANK[unit.level] + 1


@pytest.mark.parametrize("county", counties(), ids=lambda county: county.name)
def test_every_county_has_its_three_offices(county: Region) -> None:
    offices = (government(county.code), petition_office(county.code), discipline(county.code))
    assert [office.region for office in offices] == [county.code] * 3
    assert all(office.parent for office in offices)


def test_one_bureau_is_merged_and_its_heir_takes_its_duties() -> None:
    ended = [unit for unit in units().values() if unit.valid_to]
    assert [unit.code for unit in ended] == ["huaining-urban-management"]
    duty = ended[0].categories[0]
    before = responsible(duty, ended[0].region, MERGED_ON)[0]
    after = responsible(duty, ended[0].region, MERGED_ON + timedelta(days=1))[0]
    assert (before.code, after.code) == ("huaining-urban-management", "huaining-housing")
    assert acting(before.code, MERGED_ON + timedelta(days=400)) == after


def test_categories_have_three_levels_and_two_names() -> None:
    depths = [code.count(".") for code in categories()]
    assert (depths.count(0) >= 12, depths.count(1) >= 60, depths.count(2) >= 150) == (True,) * 3
    assert max(depths) == 2
    for category in categories().values():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*)*", category.code)
        assert re.search(r"[\u4e00-\u9fff]", category.zh)
        assert category.en[0].isupper()
        assert not category.parent or category.parent in categories()


def test_somebody_in_the_city_is_in_charge_of_every_category() -> None:
    city = [unit for unit in units().values() if unit.region == CITY]
    third = [code for code in categories() if code.count(".") == 2]
    assert [code for code in third if not any(covers(unit, code) for unit in city)] == []


def test_nearer_units_are_asked_first() -> None:
    levels = [RANK[u.level] for u in responsible("rural.living.roads", "340822100", MERGED_ON)]
    assert levels == sorted(levels)
    assert levels[0] == RANK[Level.TOWNSHIP]


def test_a_government_stands_in_where_a_county_has_no_bureau() -> None:
    trade = "environment.water.discharge"
    county, district = (responsible(trade, code, MERGED_ON) for code in ("340828", "340802"))
    assert county[0].kind is UnitKind.GOVERNMENT
    assert district[0].code == "anqing-ecology"


def test_subjects_and_hot_spots_name_what_exists() -> None:
    for subject in subjects().values():
        assert subject.category in categories()
        assert subject.category.count(".") == 2
        assert subject.season in rhythm()["seasons"]
        if subject.reported is Reported.BUREAU:
            trades = {code.removeprefix("anqing-") for code in units()}
            assert set(subject.bureaus) <= trades
    for spot in hot_spots():
        assert spot.subject in subjects()
        assert regions()[spot.region].level is Level.TOWNSHIP


def test_units_with_a_pace_of_their_own_exist() -> None:
    assert set(rhythm()["pace"]) - {"usual"} <= set(units())
    assert set(rhythm()["counties"]) == {county.code for county in counties()}
