"""Reporting up: what belongs above, or should not stay where it is, goes to the petition office (art. 22)."""

from tests.support.city import UNITS
from tests.support.story import received, registered, transferred
from xinqiao.rules.routing import targets
from xinqiao.rules.states import State


def test_a_county_housing_bureau_hands_its_letter_to_the_offices_above() -> None:
    story = received(by="qianyu", received_by="organ").does("register", region="340811")
    allowed = targets("report_up", story.facts, UNITS, story.case().today)
    assert allowed == ("county-petition", "city-petition", "province-petition")
    story.does("report_up", to_unit="county-petition")
    assert (story.state, story.facts.holder) == (State.REFERRED, "county-petition")


def test_the_city_office_reports_up_to_the_province_alone() -> None:
    story = registered()
    assert targets("report_up", story.facts, UNITS, story.case().today) == ("province-petition",)
    assert story.says_no("report_up", to_unit="county-petition") == ("unit_not_allowed", "22")


def test_a_reason_is_given() -> None:
    refusal = registered().refusal("report_up", to_unit="province-petition", reason=None)
    assert refusal is not None
    assert refusal.facts == {"field": "reason"}


def test_only_who_holds_it_reports_it_up() -> None:
    assert transferred().who_may("report_up") == {"lina", "chenbo"}
