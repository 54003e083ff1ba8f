"""Reports (检举控告): they go to the discipline line alone, and never meet the reported (art. 30, 46)."""

import pytest

from tests.support.city import CAST, UNITS
from tests.support.story import Story, received, registered, reported
from xinqiao.rules.routing import targets
from xinqiao.rules.states import State
from xinqiao.rules.wall import walled_units


def routes(story: Story, step: str = "transfer") -> tuple[str, ...]:
    return targets(step, story.facts, UNITS, story.case().today)


def test_a_report_goes_to_the_discipline_line_alone() -> None:
    assert routes(registered(kind="report")) == ("city-discipline",)


def test_an_ordinary_claim_never_goes_there() -> None:
    assert "city-discipline" not in routes(registered())


def test_a_report_is_taken_up_and_answered_and_never_accepted_as_a_claim() -> None:
    story = reported("city-housing").by("xujing")
    refusal = story.button("accept")
    assert refusal is not None
    assert (refusal.code, refusal.facts) == ("wrong_kind", {"kind": "report"})
    assert story.does("take_up").does("reply").state is State.REPLIED


@pytest.mark.parametrize("name", ["lina", "chenbo"])
def test_for_the_reported_unit_it_does_not_exist(name: str) -> None:
    story = reported("city-housing").by(name)
    for step in ("add_contact", "reclassify", "transfer", "give_help"):
        refusal = story.button(step)
        assert refusal is not None
        assert refusal.code == "not_found"


def test_the_wall_stands_around_all_units_below() -> None:
    story = reported("county-government")
    assert walled_units(story.facts, UNITS) == {
        "county-government", "county-petition", "county-housing", "town",
    }  # fmt: skip


def test_other_units_of_the_line_are_not_walled_off() -> None:
    story = registered(kind="report", reported_units=["city-housing"])
    assert story.by("wangmin").button("transfer") is None


def test_the_county_office_has_no_part_in_a_report_that_it_never_held() -> None:
    story = registered(kind="report", region="340811")
    assert all(refusal is not None for refusal in story.by("dingxia").offered().values())


@pytest.mark.parametrize("unit", ["city-petition", "city-government"])
def test_a_report_on_its_only_holder_is_not_walled_off_from_everybody(unit: str) -> None:
    refusal = received().refusal("register", kind="report", reported_units=[unit])
    assert refusal is not None
    assert (refusal.code, refusal.article) == ("reported_holds_it", "30")


def test_it_goes_up_first_and_is_walled_there() -> None:
    story = registered(kind="report").does("report_up", to_unit="province-petition")
    clerk = story.by("wangmin")
    assert clerk.refusal("name_reported", reported_units=["city-government"]) is None
    story.does("name_reported", reported_units=["city-government"])
    assert story.facts.holder == "province-petition"
    for name, one in CAST.items():
        refusal = story.by(name).button("take_up")
        below = "city-government" in UNITS.line_up(one.unit)
        assert refusal is not None
        assert (refusal.code == "not_found") is below, name


def test_naming_adds_to_the_wall_and_takes_nothing_away() -> None:
    story = reported("city-housing").by("wangmin")
    story.does("name_reported", reported_units=["city-labour"], reported_accounts=[9])
    assert story.facts.reported_units == {"city-housing", "city-labour"}
    assert story.facts.reported_accounts == {9}


def test_a_reported_person_does_not_meet_it_wherever_they_sit() -> None:
    story = registered(kind="report").by("zhaogang")
    account = story.person.account
    story.by("wangmin").does("name_reported", reported_accounts=[account])
    refusal = story.by("zhaogang").button("reclassify")
    assert refusal is not None
    assert refusal.code == "not_found"


def test_a_claim_that_turns_out_to_be_a_report_is_closed_by_an_answer() -> None:
    story = registered().does("transfer", to_unit="city-housing").by("lina").does("accept")
    story.does("reclassify", kind="report")
    assert story.button("submit_opinion") is not None
    assert story.does("reply").state is State.REPLIED
    assert story.clock("handle").state == "met", "nothing is owed any more"
