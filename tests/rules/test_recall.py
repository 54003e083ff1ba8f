"""Recall: a holder that the report turns out to be about neither sees it nor keeps it (art. 30)."""

from tests.support.city import UNITS
from tests.support.story import Story, registered, reported
from xinqiao.rules.routing import targets
from xinqiao.rules.states import State
from xinqiao.rules.wall import walled_units


def walled() -> Story:
    """The discipline commission holds a report; then it turns out that the commission itself is meant."""
    return reported().by("wangmin").does("name_reported", reported_units=["city-discipline"])


def test_the_office_that_sent_it_takes_it_back() -> None:
    story = walled().does("recall")
    assert (story.state, story.facts.holder, story.facts.handler) == (
        State.REGISTERED,
        "city-petition",
        "",
    )
    assert story.button("report_up") is None, "the discipline line above is reached from there"


def test_only_those_on_this_side_of_the_wall_see_it_at_all() -> None:
    assert walled().who_may("recall") == {"wangmin", "zhaogang"}
    refusal = walled().by("xujing").button("recall")
    assert refusal is not None
    assert refusal.code == "not_found"


def test_a_holder_that_nobody_reported_keeps_it() -> None:
    refusal = reported("city-housing").by("wangmin").button("recall")
    assert refusal is not None
    assert (refusal.code, refusal.article, refusal.facts) == (
        "holder_not_walled",
        "30",
        {"unit": "city-discipline"},
    )


def test_a_claim_is_objected_to_and_not_recalled() -> None:
    story = registered().does("transfer", to_unit="city-housing")
    refusal = story.button("recall")
    assert refusal is not None
    assert refusal.code == "wrong_kind"


def test_what_was_taken_up_is_taken_back_as_well_and_its_clocks_run_on() -> None:
    story = reported().by("xujing").does("take_up").by("wangmin")
    story.does("name_reported", reported_units=["city-discipline"])
    before = [(clock.id, clock.due) for clock in story.clocks]
    story.does("recall")
    assert story.state is State.REGISTERED
    assert [(clock.id, clock.due) for clock in story.clocks] == before
    assert "city-discipline" not in targets("transfer", story.facts, UNITS, story.case().today)


def test_an_accepted_claim_that_became_a_report_is_answered_after_all() -> None:
    story = registered().does("transfer", to_unit="city-housing").by("lina").does("accept")
    story.by("wangmin").does("reclassify", kind="report")
    story.does("name_reported", reported_units=["city-housing"])
    assert story.facts.holder in walled_units(story.facts, UNITS)
    story.does("recall").does("transfer", to_unit="city-discipline").by("xujing")
    story.does("take_up").does("reply")
    assert story.state is State.REPLIED
    assert story.clock("handle").state in ("met", "void"), "nothing is owed any more"


def test_what_was_assigned_still_has_to_be_reported_back() -> None:
    story = registered(kind="report").does("assign", to_unit="city-discipline").by("wangmin")
    story.does("name_reported", reported_units=["city-discipline"]).does("recall")
    assert story.facts.assigned
    assert story.clock("report_back").state == "running"
