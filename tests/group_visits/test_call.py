"""Which visit calls whom: groups and visits at a higher level, the unit in charge, never one that a report names."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.desk.at_work import Desk, days_ago
from tests.group_visits.visits import called, visits
from tests.support.city import UNITS
from tests.support.city_database import forget_cached_directory, load_city
from tests.support.together import together
from xinqiao.group_visits import actions, jobs, queries
from xinqiao.group_visits.models import GroupVisit
from xinqiao.intake import queries as intake
from xinqiao.matters.queries import exists_for, told
from xinqiao.rules.facts import Facts
from xinqiao.rules.group_visits import (
    Reason,
    due,
    government_of,
    group_from,
    limit,
    reason_of,
    responsible,
)
from xinqiao.rules.states import Kind

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("people", "level", "unit", "reason"),
    [
        (5, "county", "county-housing", Reason.GROUP),
        (4, "county", "county-housing", None),
        (1, "city", "county-housing", Reason.HIGHER_LEVEL),
        (1, "city", "city-housing", None),
        (1, "province", "city-housing", Reason.HIGHER_LEVEL),
        (1, "county", "town", None),
        (1, "", "town", None),
        (60, "", "town", Reason.GROUP),
    ],
)
def test_five_or_more_or_above_the_county_and_above_the_unit(
    people: int, level: str, unit: str, reason: Reason | None
) -> None:
    assert reason_of(people, level, unit, UNITS, DAY) == reason


def test_each_figure_says_where_it_comes_from() -> None:
    assert group_from(DAY) == 5
    for name, hours in (("acknowledge", 1), ("go", 4), ("review", 360)):
        one = limit(name, DAY)
        assert one.hours == hours and one.article
        assert "地方规定" in one.source("zh-hans") and "local rule" in one.source("en")
    with pytest.raises(KeyError):
        limit("return", DAY)
    begun = timezone.now()
    assert due("go", begun, DAY) == begun + timedelta(hours=4)


@pytest.mark.parametrize(
    ("region", "unit"),
    [
        ("340811101", "town"), ("340811", "county-government"), ("340800", "city-government"),
        ("340825", "city-government"), ("340000", "province-government"), ("990000", None),
    ],
)  # fmt: skip
def test_the_government_of_a_place_is_the_nearest(region: str, unit: str | None) -> None:
    assert government_of(region, UNITS, DAY) == unit


@pytest.mark.parametrize(
    ("facts", "unit"),
    [
        ({"kind": None}, None),
        ({"handler": "city-housing"}, "city-housing"),
        ({"handler": "city-petition"}, "county-government"),
        ({}, "county-government"),
        ({"region": "990000"}, "city-petition"),
        ({"kind": Kind.REPORT}, "city-petition"),
        ({"kind": Kind.REPORT, "handler": "city-discipline"}, "city-discipline"),
        ({"kind": Kind.REPORT, "reported_units": frozenset({"city-petition"})}, None),
    ],
)
def test_who_is_in_charge(facts: dict[str, Any], unit: str | None) -> None:
    known = {"kind": Kind.CLAIM, "holder": "city-petition", "region": "340811"} | facts
    assert responsible(Facts(**known), UNITS, DAY) == unit


def test_the_head_is_told_and_sees_the_matter_from_then_on(desk: Desk) -> None:
    contact = visits(desk, referred=False)
    visit = intake.visit(contact)
    assert visit
    yanfei = desk.city.person("yanfei")  # heads the government of the county where the matter lies
    assert not exists_for(yanfei, visit.matter, timezone.now())
    row = actions.call(visit, now=timezone.now())
    assert row and actions.call(visit, now=timezone.now()) is None
    assert exists_for(yanfei, visit.matter, timezone.now())
    (mine,) = queries.waiting_for(yanfei, timezone.now())
    assert (mine.id, mine.unit, mine.reason) == (row, "county-government", Reason.GROUP)
    last = told(visit.matter)[-1]
    assert (
        last.step == "call_first_in_charge" and last.payload["called_unit"] == "county-government"
    )
    assert queries.waiting_for(desk.city.person("qianyu"), timezone.now()) == []


def test_a_small_visit_in_its_own_place_calls_nobody(desk: Desk) -> None:
    visit = intake.visit(visits(desk, people=2))
    assert visit and actions.call(visit, now=timezone.now()) is None
    letter = desk.registers(0.01, head_count=80)
    assert intake.visit(letter.contact) is None
    assert jobs.call_for_visits(timezone.now()) == 0 and not GroupVisit.objects.exists()


def test_before_it_is_registered_nobody_is_called_and_the_job_comes_back(desk: Desk) -> None:
    """Until then nobody knows whether it is a report, and on whom."""
    receipt = desk.receives(0.02, channel="visit", head_count=9, level="city")
    assert jobs.call_for_visits(timezone.now()) == 0
    fields = {"kind": "claim", "region": "340811", "path": "petition"}
    desk.takes(receipt.matter, "register", by="wangmin", days=0.01, **fields)
    assert jobs.call_for_visits(timezone.now()) == 1
    assert jobs.call_for_visits(timezone.now()) == 0


def test_what_is_entered_from_the_past_calls_nobody(desk: Desk) -> None:
    desk.registers(5, channel="visit", head_count=9, level="city")
    assert jobs.call_for_visits(timezone.now()) == 0
    assert jobs.call_for_visits(days_ago(4)) == 1


def test_a_report_calls_nobody_whom_it_names_and_nobody_new(desk: Desk) -> None:
    receipt = desk.registers(
        0.02, kind="report", channel="visit", head_count=12, level="city",
        fields={"reported_units": ["county-government"]},
    )  # fmt: skip
    assert jobs.call_for_visits(timezone.now()) == 1
    (row,) = GroupVisit.objects.all()
    assert row.unit == "city-petition"
    for name in ("yanfei", "heping", "wutao", "chenbo"):
        person = desk.city.person(name)
        assert not exists_for(person, receipt.matter, timezone.now())
        assert queries.find(person, row.pk, timezone.now()) is None
        assert queries.waiting_count(person, timezone.now()) == 0


def test_the_visit_of_another_unit_does_not_exist(desk: Desk) -> None:
    row = called(desk)
    seen = {
        name: queries.find(desk.city.person(name), row.id, timezone.now()) is not None
        for name in ("chenbo", "lina", "zhaogang", "dingxia", "sunli", "heping", "fengrui", "malin")
    }
    parts = ("chenbo", "lina", "zhaogang", "dingxia")
    assert seen == {name: name in parts for name in seen}


@pytest.mark.usefixtures("committed_db")
def test_the_door_and_the_job_at_once_call_once() -> None:
    forget_cached_directory()
    desk = Desk(load_city())
    visit = intake.visit(visits(desk))
    assert visit is not None
    now = timezone.now()
    answers = together([lambda: actions.call(visit, now=now) for _ in range(6)])
    assert len([one for one in answers if isinstance(one, int)]) == 1, answers
    assert all(one is None or isinstance(one, int) for one in answers), answers
    assert GroupVisit.objects.count() == 1
    steps = [one.step for one in told(visit.matter)]
    assert steps.count("call_first_in_charge") == 1
