"""Units by date: added, renamed with their history, merged into a successor (art. 24), ended."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.administration.cast import NOW, TODAY, bai_xue, changes, ma_lin
from tests.desk.at_work import Desk
from tests.support.city import COUNTY, PROVINCE, UNITS
from tests.support.city_database import City
from xinqiao.administration.actions import units
from xinqiao.directory import listing
from xinqiao.directory import queries as directory
from xinqiao.directory.jobs import take_up_names
from xinqiao.matters import queries as matters
from xinqiao.matters.jobs import hand_to_successors
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refused

NEW = replace(
    UNITS["county-housing"], code="county-parks", name="宜秀区园林局", name_en="County Parks",
    parent="county-government", guiding=None, categories=(), valid_from=TODAY,
)  # fmt: skip


def refused(code: str, call: object, *args: object, **kwargs: object) -> None:
    before = directory.units(), changes()
    with pytest.raises(Refused) as refusal:
        call(*args, **kwargs)  # type: ignore[operator]
    assert refusal.value.refusal.code == code
    assert (directory.units(), changes()) == before


def rename(city: City, name: str, since: date, by: Person | None = None) -> None:
    units.rename("city-housing", name, "", since=since, by=by or ma_lin(city), now=NOW)


def test_ma_lin_adds_a_unit_and_it_exists_from_its_first_day(city: City) -> None:
    units.add(NEW, by=ma_lin(city), now=NOW)
    added = directory.units()["county-parks"]
    assert added.exists_on(TODAY) and not added.exists_on(TODAY - timedelta(days=1))
    assert changes()[0]["what"] == "add_unit"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"code": "City Parks"}, "unit_code_wrong"),
        ({"code": "x" * 61}, "unit_code_wrong"),
        ({"code": "city-housing"}, "unit_code_taken"),
        ({"parent": "nowhere"}, "unit_not_there"),
        ({"parent": "town"}, "unit_above_is_lower"),
    ],
)
def test_a_unit_that_cannot_be(city: City, change: dict[str, str], code: str) -> None:
    refused(code, units.add, replace(NEW, **change), by=ma_lin(city), now=NOW)  # type: ignore[arg-type]


def test_bai_xue_adds_in_her_county_and_nowhere_else(city: City) -> None:
    bai = bai_xue(city)
    units.add(NEW, by=bai, now=NOW)
    assert directory.units()["county-parks"].region == COUNTY
    elsewhere = replace(
        NEW, code="p", region=PROVINCE, parent="province-government", level="province"
    )  # type: ignore[arg-type]
    refused("not_administered", units.add, elsewhere, by=bai, now=NOW)


def test_a_clerk_administers_nothing(city: City) -> None:
    refused("not_administered", units.add, NEW, by=city.person("wangmin", TODAY), now=NOW)


def test_a_new_name_counts_from_its_day_and_the_old_one_stays(city: City) -> None:
    rename(city, "市住建委", date(2026, 2, 1))
    assert directory.units()["city-housing"].name == "市住建委"
    assert listing.names_on(date(2026, 1, 31))["city-housing"][0] == "市住房和城乡建设局"
    assert [line.name for line in listing.names_of("city-housing")] == [
        "市住建委",
        "市住房和城乡建设局",
    ]
    entry = changes()[0]
    assert (entry["before"], entry["after"]) == ("市住房和城乡建设局", "市住建委")


def test_a_name_of_a_day_to_come_is_taken_up_on_that_day(city: City) -> None:
    rename(city, "市住建委", TODAY + timedelta(days=10))
    assert take_up_names(NOW) == 0
    assert directory.units()["city-housing"].name == "市住房和城乡建设局"
    assert take_up_names(NOW + timedelta(days=10)) == 1
    assert directory.units()["city-housing"].name == "市住建委"
    assert take_up_names(NOW + timedelta(days=11)) == 0


def test_the_same_name_and_the_same_day_twice(city: City) -> None:
    refused("nothing_changed", rename, city, "市住房和城乡建设局", TODAY)
    rename(city, "市住建委", TODAY)
    refused("name_begins_that_day", rename, city, "市建委", TODAY)
    refused("unit_not_there", rename, city, "市建委", date(1999, 1, 1))
    refused("not_administered", rename, city, "市建委", date(2026, 2, 2), bai_xue(city))


def test_a_merged_unit_ends_with_its_posts(desk: Desk) -> None:
    city = desk.city
    ended = units.end(
        "county-housing", successor="county-government", last_day=TODAY, by=ma_lin(city), now=NOW
    )  # fmt: skip
    assert ended == 2
    assert not city.person("heping", TODAY + timedelta(days=1)).posts
    assert (changes()[0]["what"], changes()[0]["successor"]) == ("merge_unit", "county-government")


def test_the_worker_hands_the_open_matters_to_the_successor(desk: Desk) -> None:
    receipt = desk.accepts(3)
    yesterday = timezone.localdate() - timedelta(days=1)
    city = desk.city
    refused(
        "units_below", units.end, "city-housing", successor="city-labour", last_day=yesterday,
        by=ma_lin(city), now=timezone.now(),
    )  # fmt: skip
    units.end(
        "county-housing",
        successor="county-government",
        last_day=yesterday,
        by=ma_lin(city),
        now=timezone.now(),
    )
    units.end(
        "city-housing",
        successor="city-labour",
        last_day=yesterday,
        by=ma_lin(city),
        now=timezone.now(),
    )
    assert hand_to_successors(timezone.now()) == 1
    sheet = matters.sheet(
        city.person("sunli", timezone.localdate()), receipt.matter, timezone.now()
    )
    assert sheet is not None
    assert sheet.line.holder == "city-labour"


def test_a_unit_that_holds_matters_needs_a_successor(desk: Desk) -> None:
    desk.refers(to="city-labour")
    city = desk.city
    refused(
        "matters_need_a_successor", units.end, "city-labour", successor=None, last_day=TODAY,
        by=ma_lin(city), now=NOW,
    )  # fmt: skip
    assert units.may_end("town", None, TODAY, by=ma_lin(city), now=NOW) is None


@pytest.mark.parametrize(
    ("successor", "last_day", "code"),
    [
        ("town", TODAY, "own_successor"),
        ("nowhere", TODAY, "unit_not_there"),
        ("county-government", date(1999, 1, 1), "unit_not_there"),
    ],
)
def test_an_end_that_cannot_be(city: City, successor: str, last_day: date, code: str) -> None:
    refused(
        code, units.end, "town", successor=successor, last_day=last_day, by=ma_lin(city), now=NOW
    )


def test_a_unit_ends_once(city: City) -> None:
    units.end("town", successor=None, last_day=TODAY, by=ma_lin(city), now=NOW)
    assert changes()[0]["what"] == "end_unit"
    refused(
        "unit_ended_already",
        units.end,
        "town",
        successor=None,
        last_day=TODAY,
        by=ma_lin(city),
        now=NOW,
    )
