"""Merged units: the platform hands their open matters to the successor, and one that it cannot hand stops no other."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.support.city import COUNTY
from tests.support.city_database import City
from xinqiao.directory.actions import merge_unit
from xinqiao.intake.actions import receive
from xinqiao.intake.values import ContactInput
from xinqiao.matters import actions
from xinqiao.matters.jobs import hand_to_successors
from xinqiao.matters.models import Matter
from xinqiao.matters.verify import Fault, verify

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
AFTER = NOW + timedelta(days=40)


def sent(city: City, to_unit: str, kind: str = "claim", **register: object) -> int:
    """Wang Min has registered a letter and sent it to a unit."""
    letter = ContactInput(
        unit="city-petition", channel="letter", received_at=NOW, subject="供水", body="停水"
    )
    wang_min = city.person("wangmin")
    matter = receive(letter, by=wang_min, now=NOW).matter
    actions.take(
        matter, "register", {"kind": kind, "region": COUNTY, **register}, by=wang_min, now=NOW
    )
    actions.take(matter, "transfer", {"to_unit": to_unit}, by=wang_min, now=NOW)
    return matter


@pytest.fixture
def merged(city: City) -> City:
    merge_unit("city-housing", into="city-labour", last_day=date(2026, 3, 31))
    return city


def holder(matter: int) -> str:
    return Matter.objects.get(pk=matter).holder


def test_before_its_last_day_a_unit_keeps_its_matters(merged: City) -> None:
    matter = sent(merged, "city-housing")
    assert hand_to_successors(NOW + timedelta(days=29)) == 0
    assert holder(matter) == "city-housing"


def test_afterwards_they_are_the_successors(merged: City) -> None:
    matter = sent(merged, "city-housing")
    assert [hand_to_successors(AFTER), hand_to_successors(AFTER)] == [1, 0]
    assert holder(matter) == "city-labour"
    zhou_jun = merged.person("zhoujun", AFTER)
    assert actions.take(
        matter, "designate", {"officer": merged.account("sunli")}, by=zhou_jun, now=AFTER
    )


def test_a_report_is_not_handed_to_a_successor_whom_it_is_about(city: City) -> None:
    merge_unit("city-discipline", into="city-labour", last_day=date(2026, 3, 31))
    report = sent(city, "city-discipline", kind="report", reported_units=["city-labour"])
    other = sent(city, "city-discipline", kind="report", reported_units=["city-housing"])
    assert hand_to_successors(AFTER) == 1
    assert (holder(report), holder(other)) == ("city-discipline", "city-labour")
    assert not [finding for finding in verify() if isinstance(finding, Fault)]
