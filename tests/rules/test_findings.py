"""What supervision finds on a matter, since when, resting on which entries, and when it is over."""

from datetime import date

from tests.support.story import Story, accepted, answered, moment, received, registered, transferred
from xinqiao.rules.replay import turns
from xinqiao.rules.supervision import Found, look, why_closed


def found(story: Story, day: str) -> dict[str, Found]:
    story.on(day)
    seen = look(turns(story.entries), story.clocks, moment(day))
    return {one.rule: one for one in seen.found}


def again(story: Story, day: str) -> date | None:
    story.on(day)
    moment_again = look(turns(story.entries), story.clocks, moment(day)).again
    return moment_again.astimezone(moment(day).tzinfo).date() if moment_again else None


def test_nothing_is_found_while_all_is_in_time() -> None:
    assert found(transferred(), "2026-03-05") == {}
    assert again(transferred(), "2026-03-05") == date(
        2026, 3, 19
    )  # the day after the last day of the notice


def test_a_letter_that_lies_unreferred() -> None:
    one = found(received(), "2026-03-20")["referral_late"]
    assert (one.unit, one.basis, one.since) == ("city-petition", (1,), date(2026, 3, 18))


def test_a_notice_that_does_not_come_rests_on_the_referral() -> None:
    story = transferred()
    one = found(story, "2026-03-19")["notice_late"]
    assert (one.unit, one.basis) == ("city-housing", (story.seq_of("transfer"),))
    story.by("lina").does("accept")
    assert "notice_late" not in found(story, "2026-03-20")
    assert (
        why_closed("notice_late", one.basis, turns(story.entries), moment("2026-03-20")) == "done"
    )


def test_an_answer_that_is_late_and_then_given() -> None:
    story = accepted()
    one = found(story, "2026-05-07")["answer_late"]
    assert (one.unit, one.basis, one.since) == (
        "city-housing",
        (story.seq_of("accept"),),
        date(2026, 5, 7),
    )
    assert "answer_late" not in found(accepted(), "2026-05-06")


def test_two_objections_and_nobody_who_takes_it() -> None:
    story = transferred()
    for name, unit in (("lina", "city-labour"), ("sunli", "city-housing")):
        story.by(name).later(1).does("object").by("wangmin").does("uphold_objection")
        assert ("ping_pong" in found(story, f"{story.now:%Y-%m-%d %H:%M}")) is (name == "sunli")
        story.does("transfer", to_unit=unit)
    one = found(story, "2026-03-09")["ping_pong"]
    assert len(one.basis) == 2
    story.by("lina").does("accept")
    assert "ping_pong" not in found(story, "2026-03-10")


def test_an_extension_that_nobody_approved() -> None:
    story = accepted().by("lina").on("2026-04-20").does("request_extension")
    assert found(story, "2026-04-21") == {}
    one = found(story, "2026-05-07")["extension_unapproved"]
    assert one.basis == (story.seq_of("accept"), story.seq_of("request_extension"))


def test_an_approved_extension_is_none_of_it() -> None:
    story = accepted().by("lina").on("2026-04-20").does("request_extension").by("chenbo")
    story.does("approve_extension")
    assert found(story, "2026-05-07") == {}


def test_a_supported_opinion_that_nobody_carries_out() -> None:
    story = answered("supported")
    assert found(story, "2026-05-10") == {}
    assert again(story, "2026-05-10") == date(2026, 5, 11)
    one = found(story, "2026-05-11")["not_executed"]
    assert (one.unit, one.basis) == ("city-housing", (story.seq_of("deliver_opinion"),))
    story.by("lina").does("record_execution")
    assert found(story, "2026-05-12") == {}


def test_a_check_that_finds_nothing_done_is_a_finding_at_once() -> None:
    story = (
        answered("supported")
        .by("lina")
        .on("2026-04-12")
        .does("record_execution", executed_on=date(2026, 4, 12))
    )
    story.by("wangmin").does("follow_up_execution", execution_confirmed=False)
    one = found(story, "2026-04-13")["not_executed"]
    assert one.basis == (story.seq_of("deliver_opinion"), story.seq_of("follow_up_execution"))


def test_a_hearing_that_was_promised_and_not_held() -> None:
    story = (
        accepted()
        .by("lina")
        .on("2026-03-10")
        .does("schedule_hearing", hearing_on=date(2026, 3, 20))
    )
    assert found(story, "2026-03-20") == {}
    assert found(story, "2026-03-21")["hearing_not_held"].basis == (
        story.seq_of("schedule_hearing"),
    )
    story.does("open_hearing")
    assert found(story, "2026-03-21") == {}


def test_an_assignment_that_is_not_reported_back() -> None:
    story = (
        registered()
        .on("2026-03-03")
        .does("assign", to_unit="city-housing", report_by=date(2026, 3, 30))
    )
    story.by("lina").on("2026-03-05").does("accept")
    one = found(story, "2026-03-31")["not_reported_back"]
    assert (one.unit, one.basis) == ("city-housing", (story.seq_of("assign"),))


def test_not_settled_stands_until_the_unit_has_answered_an_urging() -> None:
    story = answered().by("petitioner").on("2026-04-12").does("rate", settled=False)
    one = found(story, "2026-04-13")["not_settled"]
    assert one.basis == (story.seq_of("rate"),)
    story.by("wangmin").does("urge")
    assert "not_settled" in found(story, "2026-04-14")
    story.by("lina").does("answer_urging", addressed=story.seq_of("urge"))
    assert found(story, "2026-04-15") == {}
    assert (
        why_closed("not_settled", one.basis, turns(story.entries), moment("2026-04-15"))
        == "answered"
    )


def test_what_cannot_be_undone_lapses() -> None:
    story = answered().by("petitioner").on("2026-04-12").does("rate", settled=False)
    assert "not_settled" in found(story, "2026-10-09")
    assert "not_settled" not in found(story, "2026-10-11")
    assert (
        why_closed(
            "not_settled", (story.seq_of("rate"),), turns(story.entries), moment("2026-10-11")
        )
        == "lapsed"
    )


def test_an_empty_answer_found_by_hand() -> None:
    story = answered().by("wangmin").on("2026-04-15").does("mark_perfunctory")
    assert found(story, "2026-04-16")["perfunctory"].basis == (story.seq_of("mark_perfunctory"),)


def test_an_urgent_matter_that_nobody_reported() -> None:
    story = received("2026-03-02 09:00").does("register").does("notice_urgent")
    assert "urgent_unreported" not in found(story, "2026-03-02 12:00")
    one = found(story, "2026-03-02 13:30")["urgent_unreported"]
    assert (one.unit, one.basis) == ("city-petition", (story.seq_of("notice_urgent"),))


def test_what_rests_on_a_revoked_entry_is_taken_back() -> None:
    story = transferred()
    one = found(story, "2026-03-19")["notice_late"]
    story.by("zhaogang").does("revoke", entry=story.seq_of("transfer"))
    assert "notice_late" not in found(story, "2026-03-19")
    assert (
        why_closed("notice_late", one.basis, turns(story.entries), moment("2026-03-19"))
        == "taken_back"
    )


def test_a_withdrawn_petition_is_urged_no_more() -> None:
    story = accepted().by("petitioner").on("2026-05-20").does("withdraw")
    assert found(story, "2026-05-21") == {}
