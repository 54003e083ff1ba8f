"""Urging in rising forms, what follows it, and recommendations: who may, when, and why not."""

from datetime import date

import pytest

from tests.support.story import (
    accepted,
    answered,
    concluded,
    registered,
    reported,
    transferred,
)
from xinqiao.law.clocks import ClockState
from xinqiao.rules.supervision import rules
from xinqiao.rules.urging import FORMS, answerable, next_form

WRITTEN = {"urging_form": "written"}
YELLOW = {"urging_form": "yellow_card"}


def test_the_office_urges_the_unit_where_it_lies_and_the_unit_answers() -> None:
    story = accepted().by("wangmin").on("2026-03-20").does("urge", urging_form="remind")
    (asked,) = story.facts.asked
    assert (asked.unit, asked.what, asked.open) == ("city-housing", "remind", True)
    story.by("lina").does("answer_urging", addressed=asked.seq)
    (asked,) = story.facts.asked
    assert not asked.open


def test_who_may_urge() -> None:
    assert accepted().who_may("urge") == {"wangmin", "zhaogang"}


def test_a_county_office_urges_what_lies_in_its_county() -> None:
    assert "dingxia" in registered(region="340811").does(
        "transfer", to_unit="city-housing"
    ).who_may("urge")


def test_nobody_urges_their_own_unit() -> None:
    assert registered().by("wangmin").says_no("urge") == ("urges_itself", "40")


def test_a_unit_that_the_report_names_hears_nothing_of_it() -> None:
    story = reported("city-labour").by("xujing")
    assert story.by("wangmin").says_no("recommend", addressee="city-labour")[0] == "not_yours"
    assert story.by("zhaogang").says_no("recommend", addressee="city-labour") == (
        "urged_is_reported",
        "30",
    )


def test_a_card_needs_a_milder_form_first_and_a_head() -> None:
    story = accepted().by("zhaogang").on("2026-03-20")
    assert story.says_no("urge", **YELLOW) == ("form_too_early", "40")
    assert story.says_no("urge", urging_form="red_card") == ("form_too_early", "40")
    story.does("urge", **WRITTEN)
    assert story.by("wangmin").says_no("urge", **YELLOW) == ("card_by_head", "40")
    story.by("zhaogang").does("urge", **YELLOW)
    assert story.says_no("urge", **YELLOW) == ("card_unanswered", "40")
    story.does("urge", urging_form="red_card")


def test_a_milder_form_at_another_unit_does_not_count() -> None:
    story = transferred().by("zhaogang").on("2026-03-04").does("urge", **WRITTEN)
    story.by("lina").does("object").by("wangmin").does("uphold_objection")
    story.does("transfer", to_unit="city-labour")
    assert story.by("zhaogang").says_no("urge", **YELLOW) == ("form_too_early", "40")


def test_a_reminder_comes_before_the_date() -> None:
    story = accepted().by("wangmin").on("2026-06-20")
    assert story.says_no("urge", urging_form="remind") == ("too_late_to_remind", "40")
    assert story.refusal("urge", urging_form="message") is None


def test_a_day_to_answer_by_lies_ahead() -> None:
    story = accepted().by("wangmin").on("2026-03-20")
    assert story.says_no("urge", answer_by=date(2026, 3, 19)) == ("day_gone", "40")


def test_each_form_leads_to_the_next_heavier_one() -> None:
    story = accepted().by("zhaogang").on("2026-03-20")
    seen = []
    for _ in range(5):
        form = next_form(story.facts, overdue=False)
        seen.append(form)
        story.does("urge", urging_form=form)
        story.by("lina").does("answer_urging", addressed=story.seq_of("urge")).by("zhaogang")
    assert seen == ["remind", "message", "written", "yellow_card", "red_card"]
    assert next_form(accepted().facts, overdue=True) == "message"


def test_an_answer_is_given_once_and_by_the_unit_asked() -> None:
    story = accepted().by("wangmin").on("2026-03-20").does("urge", **WRITTEN)
    named = story.seq_of("urge")
    assert story.by("sunli").says_no("answer_urging", addressed=named)[0] == "not_yours"
    story.by("chenbo").does("answer_urging", addressed=named)
    assert story.by("lina").says_no("answer_urging", addressed=named)[0] == "not_yours"


@pytest.mark.parametrize("step", ["hold_talk", "give_public_notice", "order_correction"])
def test_further_measures_come_after_a_card(step: str) -> None:
    story = accepted().by("zhaogang").on("2026-03-20")
    assert story.says_no(step) == ("measure_too_early", "39")
    story.does("urge", **WRITTEN).does("urge", **YELLOW)
    story.does(step)


def test_an_ordered_correction_is_answered_like_an_urging() -> None:
    story = accepted().by("zhaogang").on("2026-03-20")
    story.does("urge", **WRITTEN).does("urge", **YELLOW).does("order_correction")
    story.by("chenbo").does("answer_urging", addressed=story.seq_of("order_correction"))
    assert {one.what for one in story.facts.asked if one.open} == {"written", "yellow_card"}


def test_the_office_lists_what_the_joint_conference_decided_and_takes_it_off() -> None:
    story = accepted().by("wutao").on("2026-03-20")
    never_came_to_it = ("not_yours", "39")
    assert story.says_no("list_supervision", decided_by="city-conference") == never_came_to_it
    story.by("zhaogang")
    assert story.says_no("list_supervision", decided_by="city-housing") == (
        "conference_decides",
        "39",
    )
    story.does("list_supervision", decided_by="city-conference", until=date(2026, 5, 1))
    assert story.facts.listed_until == date(2026, 5, 1)
    assert story.by("zhaogang").says_no("list_supervision") == ("already_listed", "39")
    story.does("end_listing")
    assert story.facts.listed_until is None
    assert story.says_no("end_listing") == ("not_listed", "39")


def test_a_recommendation_runs_the_laws_own_clock_until_it_is_answered() -> None:
    story = accepted().by("zhaogang").on("2026-03-20").does("recommend", answer_within=30)
    clock = story.clock("recommendation_feedback")
    assert (clock.state, clock.due) == (
        ClockState.RUNNING,
        date(2026, 4, 20),
    )  # the 19th is a Sunday
    assert "city-government" in story.facts.involved
    story.by("wutao").on("2026-04-02").does(
        "answer_recommendation", addressed=story.seq_of("recommend")
    )
    assert story.clock("recommendation_feedback").state is ClockState.MET


def test_two_recommendations_are_answered_each_by_its_own() -> None:
    story = (
        accepted()
        .by("zhaogang")
        .on("2026-03-20")
        .does("recommend")
        .does("recommend", addressee="city-housing")
    )
    story.by("chenbo").on("2026-03-25").does(
        "answer_recommendation", addressed=story.seq_of("recommend")
    )
    states = [clock.state for clock in story.clocks if clock.id == "recommendation_feedback"]
    assert states == [ClockState.RUNNING, ClockState.MET]


def test_after_the_end_the_handling_unit_is_the_one_to_urge() -> None:
    assert answerable(concluded().facts) == "city-housing"
    assert concluded().by("wangmin").refusal("urge") is None


def test_a_perfunctory_answer_is_found_once() -> None:
    story = answered().by("wangmin").on("2026-04-15").does("mark_perfunctory")
    assert story.says_no("mark_perfunctory") == ("already_marked", "40")


def test_the_forms_and_rules_have_articles_and_words() -> None:
    assert len(FORMS) == 6
    assert set(rules()) >= {
        "notice_late", "answer_late", "ping_pong", "extension_unapproved", "not_executed", "hearing_not_held",
        "perfunctory", "not_reported_back", "not_settled", "urgent_unreported",
    }  # fmt: skip
    for rule in rules().values():
        assert rule.article.isdecimal()
        assert rule.zh and rule.en and rule.help_zh and rule.help_en
