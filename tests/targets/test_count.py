"""What a matter is counted as: examples that a clerk checks with a calendar, and what holds on every way.

2026: the letter of 2 March is referred on 3 March, accepted on 5 March; fifteen days from 2 March end on 17 March, from
3 March on 18 March, sixty days from 5 March on 4 May (a day off: 6 May, the first working day after the holiday).
"""

from typing import Any

from hypothesis import HealthCheck, given, settings

from tests.support.city import COUNTY, TOWN, UNITS
from tests.support.story import (
    Story,
    accepted,
    answered,
    concluded,
    received,
    registered,
    reported,
    reviewed,
    reviewing,
    transferred,
)
from tests.targets.counted import counted, day, facts, stories, the
from xinqiao.rules.counting import Arrived, Counted, What
from xinqiao.rules.counting_history import SILENT
from xinqiao.rules.counting_leaders import ReceptionDay, reception_day
from xinqiao.rules.table import STEPS

ANY_WAY = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


# -- contacts --------------------------------------------------------------------------------------------------------


def test_a_letter_is_its_receivers_until_a_unit_handles_it() -> None:
    one = the(received(), What.CONTACT)
    assert (one.seq, one.unit, one.channel, one.day, one.first) == (
        1, "city-petition", "letter", day("03-02"), True,
    )  # fmt: skip
    assert (one.region, one.category, one.due, one.done) == ("", "", None, None)
    one = the(accepted(), What.CONTACT)
    assert (one.unit, one.region) == ("city-housing", "340800")
    assert (one.due, one.done) == (day("05-06"), None)
    assert the(answered(), What.CONTACT).done == day("04-10")


def test_a_further_contact_is_a_repeat_and_ends_the_quiet_after_the_first() -> None:
    story = answered().by("wangmin").on("2026-05-20")
    story.does("add_contact", channel="visit", at="2026-05-19")
    first, again = facts(
        story, What.CONTACT, add_contact=Arrived(persons=7, level="city", repeat=True)
    )
    assert (first.first, first.again) == (True, day("05-19"))
    assert (again.first, again.again, again.day, again.persons) == (
        False, None, day("05-19"), 7,
    )  # fmt: skip
    assert (again.channel, again.level, again.skipped) == ("visit", "city", False)


def test_a_neighbour_who_comes_about_the_same_comes_for_the_first_time() -> None:
    story = answered().by("wangmin").on("2026-05-20").does("add_contact", repeat=False)
    first, neighbour = facts(story, What.CONTACT)
    assert (first.first, first.again) == (True, None)
    assert (neighbour.first, neighbour.day) == (True, day("05-20"))


def test_registering_it_as_a_repeat_makes_it_one_and_reclassifying_corrects_that() -> None:
    story = received().does("register", repeat=True)
    assert the(story, What.CONTACT).first is False
    assert the(story.does("reclassify", repeat=False), What.CONTACT).first is True


def test_a_matter_that_goes_on_with_a_closed_one_is_no_first_contact() -> None:
    assert the(received(predecessor=7), What.CONTACT).first is False


def test_a_visit_two_levels_above_the_competent_one_skips_a_level() -> None:
    def skipped(level: str, region: str = COUNTY) -> bool:
        story = received(channel="visit").does("register", region=region)
        return the(story, What.CONTACT, receive=Arrived(level=level)).skipped

    assert not skipped("city")
    assert skipped("province")
    assert not skipped("county", TOWN)
    assert skipped("city", TOWN)
    assert skipped("nation", "340800")
    assert not skipped("nation", "340000")


def test_the_handler_s_level_counts_as_soon_as_there_is_one() -> None:
    story = received(channel="visit").does("register", region="340800")
    visit = Arrived(level="province")
    assert not the(story, What.CONTACT, receive=visit).skipped
    assert the(
        story.does("transfer", to_unit="county-petition"), What.CONTACT, receive=visit
    ).skipped


def test_a_visit_of_unknown_level_went_to_who_received_it() -> None:
    assert the(received(channel="visit"), What.CONTACT).level == "city"
    assert the(received(), What.CONTACT).level == ""


def test_a_declined_letter_was_answered_by_that() -> None:
    story = transferred().by("lina").on("2026-03-10").does("decline")
    one = the(story, What.CONTACT)
    assert (one.due, one.done) == (day("03-18"), day("03-10"))


# -- accepting and answering -----------------------------------------------------------------------------------------


def test_each_unit_at_which_it_arrives_has_fifteen_days() -> None:
    office, unit = facts(transferred(), What.ACCEPTANCE)
    assert (office.unit, office.start, office.due, office.done) == (
        "city-petition", day("03-02"), day("03-17"), day("03-03"),
    )  # fmt: skip
    assert (unit.unit, unit.day, unit.due, unit.done) == (
        "city-housing", day("03-18"), day("03-18"), None,
    )  # fmt: skip
    assert facts(accepted(), What.ACCEPTANCE)[1].done == day("03-05")


def test_an_office_that_sends_it_on_has_done_its_part() -> None:
    story = transferred("county-petition").by("dingxia").on("2026-03-09")
    story.does("transfer", to_unit="county-housing")
    _, office, unit = facts(story, What.ACCEPTANCE)
    assert (office.unit, office.due, office.done) == (
        "county-petition", day("03-18"), day("03-09"),
    )  # fmt: skip
    assert (unit.unit, unit.due, unit.done) == ("county-housing", day("03-24"), None)


def test_a_referral_that_was_rightly_objected_to_falls() -> None:
    story = transferred().by("lina").on("2026-03-04").does("object")
    assert len(facts(story, What.ACCEPTANCE)) == 2
    story.by("wangmin").does("uphold_objection")
    assert [one.unit for one in facts(story, What.ACCEPTANCE)] == ["city-petition"]
    story.on("2026-03-06").does("transfer", to_unit="city-labour")
    assert [(one.unit, one.due) for one in facts(story, What.ACCEPTANCE)[1:]] == [
        ("city-labour", day("03-23"))
    ]


def test_an_answer_is_owed_in_sixty_days_and_an_extension_moves_the_day() -> None:
    one = the(accepted(), What.ANSWER)
    assert (one.unit, one.start, one.due, one.done, one.mark, one.extended) == (
        "city-housing", day("03-05"), day("05-06"), None, "handle", False,
    )  # fmt: skip
    story = accepted().on("2026-04-20").does("request_extension", days=30)
    story.by("chenbo").does("approve_extension")
    one = the(story, What.ANSWER)
    assert (one.day, one.due, one.extended) == (day("06-03"), day("06-03"), True)


def test_review_and_reexamination_are_owed_by_their_organs() -> None:
    _, review = facts(reviewing(), What.ANSWER)
    assert (review.unit, review.due, review.mark) == ("city-government", day("05-20"), "review")
    *_, last = facts(concluded(), What.ANSWER)
    assert (last.unit, last.done, last.mark) == ("province-government", day("06-11"), "reexamine")


def test_who_withdraws_after_the_last_day_does_not_undo_that_it_was_missed() -> None:
    early = accepted().by("petitioner").on("2026-04-01").does("withdraw")
    assert facts(early, What.ANSWER) == []
    late = accepted().by("petitioner").on("2026-05-20").does("withdraw")
    one = the(late, What.ANSWER)
    assert (one.due, one.done) == (day("05-06"), None)


def test_a_suggestion_that_was_taken_up_and_replied_to() -> None:
    story = transferred(kind="suggestion").by("lina").on("2026-03-12").does("take_up")
    story.on("2026-05-30").does("reply")
    assert facts(story, What.ACCEPTANCE)[1].done == day("03-12")
    assert facts(story, What.ANSWER) == []
    assert the(story, What.CONTACT).done == day("05-30")


# -- corrections -----------------------------------------------------------------------------------------------------


def test_a_corrected_date_is_counted_as_corrected() -> None:
    story = answered().by("chenbo").on("2026-04-12")
    story.does("correct_date", entry=story.seq_of("deliver_opinion"), corrected_date=day("04-09"))
    assert the(story, What.ANSWER).done == day("04-09")
    assert the(story, What.DELIVERED).day == day("04-09")


def test_a_revoked_acceptance_was_none() -> None:
    story = accepted().by("chenbo").on("2026-03-06")
    story.does("revoke", entry=story.seq_of("accept"))
    assert facts(story, What.ANSWER) == []
    assert facts(story, What.ACCEPTANCE)[1].done is None


def test_a_reclassified_matter_is_counted_where_it_belongs() -> None:
    story = accepted().does("reclassify", region=COUNTY, category="labour.wages")
    assert {(one.region, one.category) for one in counted(story)} == {(COUNTY, "labour.wages")}


# -- what came of it -------------------------------------------------------------------------------------------------


def test_a_rating_stands_with_the_answer_that_was_rated() -> None:
    assert the(answered(), What.DELIVERED).mark == ""
    story = answered().by("petitioner").on("2026-04-15")
    story.does("rate", unit_rating="satisfied", settled=False)
    one = the(story, What.DELIVERED)
    assert (one.unit, one.day, one.mark, one.done, one.settled) == (
        "city-housing", day("04-10"), "satisfied", day("04-15"), None,
    )  # fmt: skip


def _concluded_quietly(result: str = "not_supported") -> Story:
    """Nobody asked for a review until 10 May."""
    return answered(result).by("wangmin").on("2026-05-20").does("conclude")


def test_closed_is_not_settled_before_the_petitioner_says_so() -> None:
    story = _concluded_quietly()
    one = the(story, What.CLOSED)
    assert (one.day, one.mark, one.settled, one.done) == (day("05-20"), "concluded", None, None)
    assert the(story, What.MATTER).settled is None
    story.by("petitioner").on("2026-05-25").does("rate", settled=True)
    assert the(story, What.CLOSED).settled == day("05-25")
    assert the(story, What.MATTER).settled == day("05-25")


def test_an_executed_opinion_says_on_which_day_and_a_return_is_told_beside_it() -> None:
    story = answered("supported").by("lina").on("2026-04-25")
    story.does("record_execution", executed_on=day("04-22"))
    story.by("wangmin").on("2026-05-20").does("conclude")
    story.on("2026-07-01").does("add_contact", channel="online")
    closed, execution = the(story, What.CLOSED), the(story, What.EXECUTION)
    assert (closed.settled, closed.done, closed.again) == (None, day("04-22"), day("07-01"))
    assert (execution.start, execution.due, execution.done) == (
        day("04-10"), day("05-10"), day("04-22"),
    )  # fmt: skip


def test_a_check_that_finds_nothing_done_takes_the_execution_back() -> None:
    story = answered("supported").by("lina").on("2026-04-25")
    story.does("record_execution", executed_on=day("04-22"))
    story.by("wangmin").on("2026-04-30").does("follow_up_execution", execution_confirmed=False)
    assert the(story, What.EXECUTION).done is None


def test_an_opinion_sent_back_by_a_review_counts_against_the_one_below() -> None:
    one = the(reviewed("remanded"), What.APPEAL)
    assert (one.unit, one.mark, one.day) == ("city-housing", "remanded", day("05-12"))
    first, _, anew = facts(reviewed("remanded"), What.ANSWER)
    assert (first.done, anew.done, anew.unit) == (day("04-10"), None, "city-housing")
    upheld, again = facts(concluded(), What.APPEAL)
    assert (upheld.unit, again.unit) == ("city-housing", "city-government")


def test_the_end_of_the_procedure_and_what_came_after_it() -> None:
    story = concluded().by("wangmin").on("2026-07-01").does("give_help")
    story.on("2026-08-03").does("add_contact", channel="call")
    one = the(story, What.CONCLUDED)
    assert (one.day, one.done, one.again) == (day("06-11"), day("07-01"), day("08-03"))


def test_reopening_is_a_return_and_the_matter_goes_on_as_another() -> None:
    story = _concluded_quietly().on("2026-06-01").does("reopen", new_matter=9)
    assert the(story, What.CLOSED).again == day("06-01")
    assert the(story, What.MATTER).mark == "reopened"


# -- what is asked of a unit -----------------------------------------------------------------------------------------


def test_an_assignment_is_reported_back_by_its_day() -> None:
    story = registered().on("2026-03-03")
    story.does("assign", to_unit="city-housing", report_by=day("04-15"))
    one = the(story, What.REPORT_BACK)
    assert (one.unit, one.due, one.done) == ("city-housing", day("04-15"), None)
    story.by("lina").on("2026-03-10").does("decline").on("2026-03-12").does("report_result")
    assert the(story, What.REPORT_BACK).done == day("03-12")


def test_an_urging_and_a_recommendation_and_their_answers() -> None:
    story = accepted().by("wangmin").on("2026-05-08").does("urge", answer_by=day("05-15"))
    one = the(story, What.URGING)
    assert (one.unit, one.due, one.done, one.mark) == (
        "city-housing", day("05-15"), None, "message",
    )  # fmt: skip
    story.by("lina").on("2026-05-13").does("answer_urging", addressed=one.seq)
    assert the(story, What.URGING).done == day("05-13")
    story.by("zhaogang").on("2026-05-18").does("recommend", answer_within=30)
    one = the(story, What.RECOMMENDATION)
    assert (one.unit, one.due, one.done, one.mark) == ("city-government", day("06-17"), None, "")
    story.by("wutao").on("2026-06-10").does(
        "answer_recommendation", addressed=one.seq, adoption="partly"
    )
    one = the(story, What.RECOMMENDATION)
    assert (one.done, one.mark) == (day("06-10"), "partly")


def _in_charge() -> Story:
    story = accepted().by("wangmin").on("2026-03-10")
    return story.does(
        "assign_lead", lead_official=10, lead_unit="city-government", settle_by=day("04-30")
    )


def test_a_leader_in_charge_is_to_go_and_see() -> None:
    story = _in_charge()
    one = the(story, What.LEAD_VISIT)
    assert (one.unit, one.due, one.done, one.mark) == (
        "city-government",
        day("04-30"),
        None,
        "charge",
    )
    story.by("wutao").on("2026-03-20").does("field_visit", visit=1)
    story.on("2026-04-02").does("field_visit", visit=2)
    charge, further = facts(story, What.LEAD_VISIT)
    assert (charge.done, further.done, further.mark) == (day("03-20"), day("04-02"), "field_visit")


def test_a_charge_that_ended_settled_needed_no_visit() -> None:
    for outcome, done in (("settled", day("03-25")), ("ended", None)):
        story = _in_charge().by("wutao").on("2026-03-25").does("end_lead", lead_outcome=outcome)
        assert the(story, What.LEAD_VISIT).done == done


def test_a_day_of_reception_counts_as_held_when_somebody_was_received_or_nobody_had_asked() -> None:
    def held(**said: Any) -> bool:
        one = ReceptionDay(**{
            "id": 1, "day": day("03-10"), "unit": "city-government", "region": "340800", "cancelled": False,
            "booked": True, "received": 0, **said,
        })  # fmt: skip
        return reception_day(one).done is not None

    assert held(received=2)
    assert held(booked=False)
    assert not held()
    assert not held(cancelled=True, booked=False)


# -- reports, and what holds on every way ----------------------------------------------------------------------------


def test_a_report_is_counted_nowhere() -> None:
    assert counted(reported("city-housing")) == []
    assert counted(received(kind="report")) == []


@ANY_WAY
@given(story=stories())
def test_each_fact_stands_once_and_says_nothing_impossible(story: Story) -> None:
    found = counted(story)
    assert len({(one.what, one.seq) for one in found}) == len(found)
    assert bool(found) is (story.facts.kind != "report")
    for one in found:
        assert one.unit in UNITS
        assert one.seq <= len(story.entries)
        assert one.again is None or one.what is What.MATTER or one.again >= one.day
        assert one.due is None or one.start is None or one.start <= one.due


@ANY_WAY
@given(story=stories())
def test_time_alone_changes_nothing_that_was_counted(story: Story) -> None:
    before = counted(story)
    story.later(400)
    assert counted(story) == before


def test_silent_steps_are_steps() -> None:
    assert STEPS.keys() >= SILENT


@ANY_WAY
@given(story=stories())
def test_a_silent_step_changes_nothing_that_is_counted(story: Story) -> None:
    for place, entry in enumerate(story.entries):
        if entry.step in SILENT:
            before, after = (_first(story, place), _first(story, place + 1))
            assert before == after, entry.step


def _first(story: Story, entries: int) -> list[Counted]:
    """What the first so many entries are counted as."""
    shorter = Story()
    shorter.entries, shorter.now = story.entries[:entries], story.now
    return counted(shorter)
