"""Conclusion: when the petitioner's time to ask further has run out unused, and not a day before."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.support.accounts import ACCOUNTS
from tests.support.city import COUNTY
from tests.support.city_database import City
from xinqiao.appeals.actions import conclude_lapsed
from xinqiao.intake.actions import receive
from xinqiao.intake.values import ContactInput
from xinqiao.matters import actions as matters
from xinqiao.matters import queries
from xinqiao.rules.persons import petitioner_of
from xinqiao.rules.refusals import Refused
from xinqiao.rules.states import State

START = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def answered(city: City) -> int:
    """Li Na's department has delivered its opinion on 5 March; the window for a review ends on 4 April (rolled)."""
    letter = ContactInput(
        unit="city-petition",
        channel="letter",
        received_at=START,
        subject="电梯",
        body="电梯坏了",
        region=COUNTY,
    )
    matter = receive(letter, by=city.person("wangmin"), now=START).matter
    opinion = {
        "claim": "修电梯", "facts_found": "属实", "opinion": "一个月内修好", "legal_basis": "物业管理条例",
        "result": "supported", "disposition": "settle", **ACCOUNTS,
    }  # fmt: skip
    steps = [
        ("wangmin", "register", {"kind": "claim", "region": COUNTY, "path": "petition"}),
        ("wangmin", "transfer", {"to_unit": "city-housing"}),
        ("lina", "accept", {"procedure": "ordinary"}),
        ("lina", "submit_opinion", opinion),
        ("chenbo", "issue_opinion", {}),
        ("lina", "deliver_opinion", {"method": "in_person"}),
    ]
    for hours, (who, step, fields) in enumerate(steps, start=1):
        matters.take(
            matter, step, fields, by=city.person(who), now=START + timedelta(hours=hours * 12)
        )
    return matter


def state(city: City, matter: int, now: datetime) -> State | None:
    sheet = queries.sheet(city.person("wangmin"), matter, now)
    assert sheet is not None
    return sheet.facts.state


def test_the_last_day_still_belongs_to_the_petitioner(city: City, answered: int) -> None:
    sheet = queries.sheet(city.person("wangmin"), answered, START + timedelta(days=10))
    assert sheet is not None
    (window,) = [clock for clock in sheet.clocks if clock.id == "request_review"]
    assert window.due is not None
    last_day = datetime(
        window.due.year, window.due.month, window.due.day, 23, 0, tzinfo=START.tzinfo
    )
    assert conclude_lapsed(last_day) == 0
    assert conclude_lapsed(last_day + timedelta(hours=1)) == 1
    assert state(city, answered, last_day + timedelta(hours=2)) is State.CONCLUDED


def test_running_twice_concludes_once(city: City, answered: int) -> None:
    late = START + timedelta(days=90)
    assert [conclude_lapsed(late), conclude_lapsed(late)] == [1, 0]


def test_a_review_in_work_is_not_concluded(city: City, answered: int) -> None:
    fields = {"reason": "不同意", "to_unit": "province-housing"}
    matters.take(
        answered,
        "request_review",
        fields,
        by=petitioner_of(answered),
        now=START + timedelta(days=10),
    )
    assert conclude_lapsed(START + timedelta(days=300)) == 0


def test_a_concluded_matter_takes_no_request_for_review(city: City, answered: int) -> None:
    late = START + timedelta(days=90)
    conclude_lapsed(late)
    fields = {"reason": "不同意", "to_unit": "province-housing"}
    with pytest.raises(Refused) as refused:
        matters.take(answered, "request_review", fields, by=petitioner_of(answered), now=late)
    assert (refused.value.refusal.code, refused.value.refusal.article) == ("matter_closed", "35")
