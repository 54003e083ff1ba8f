"""A suggestion to a call is a contact with a receipt and a clock; answered, thanked for, shown without a name."""

import pytest
from django.utils import timezone

from tests.public_decisions.stories import ACCOUNTS, Council, days_ago
from xinqiao.intake import queries as intake
from xinqiao.matters import queries as matters
from xinqiao.matters.actions import take
from xinqiao.matters.verify import Fault, verify
from xinqiao.outbox.models import OutgoingMessage
from xinqiao.people.values import PersonInput
from xinqiao.public_decisions import calls as reading
from xinqiao.public_decisions.actions import calls
from xinqiao.public_decisions.models import Call, Suggestion
from xinqiao.rules.persons import petitioner_of
from xinqiao.rules.refusals import Refused
from xinqiao.rules.suggestion_calls import Adoption, CallStage


def registered(council: Council, matter: int, days: float) -> None:
    wang_min = council.city.person("wangmin")
    fields = {"kind": "suggestion", "region": "340800", "category": "housing"}
    take(matter, "register", fields, by=wang_min, now=days_ago(days))


def adopted(council: Council, days: float = 10) -> tuple[str, int]:
    """A suggestion that was registered and adopted by the office that called for it; call and row."""
    number = council.calls_for(days + 20)
    receipt = council.suggests(number, days + 5)
    registered(council, receipt.matter, days + 4)
    row = Suggestion.objects.get(matter_id=receipt.matter)
    calls.decide_suggestion(
        row.pk, Adoption.PARTLY, "先在二十个站点加装。", ACCOUNTS,
        by=council.city.person("wangmin"), now=days_ago(days),
    )  # fmt: skip
    return number, row.pk


def test_it_is_received_as_a_matter_with_its_clock(council: Council) -> None:
    receipt = council.suggests(council.calls_for(), 5)
    assert receipt.query_code and receipt.number == receipt.matter_number
    sheet = matters.sheet(petitioner_of(receipt.matter), receipt.matter, timezone.now())
    assert sheet is not None
    assert (sheet.line.kind, sheet.line.region) == ("suggestion", "340800")
    assert [clock.id for clock in sheet.clocks] == ["register_and_refer"]
    assert len(intake.of_matter(receipt.matter)) == 1
    assert [fault for fault in verify() if isinstance(fault, Fault)] == []


def test_who_suggests_need_not_say_who_they_are_and_sent_twice_it_is_one(council: Council) -> None:
    number = council.calls_for()
    first = council.suggests(number, 5, request_key="k")
    again = council.suggests(number, 5, request_key="k")
    assert (again.matter, again.fresh) == (first.matter, False)
    named = council.suggests(number, 4, who=PersonInput(name="高兰", phone="13800001234"))
    found = reading.suggestions(
        council.city.person("wangmin"), _id(number), "", 0, 50, timezone.now()
    )
    assert [one.matter for one in found] == [first.matter, named.matter]


def test_a_call_that_is_not_open_takes_nothing_and_says_where_else(council: Council) -> None:
    for number, code in (
        (council.calls_for(90, lasting=10), "call_over"),
        (council.calls_for(-3), "call_not_begun"),
    ):
        with pytest.raises(Refused) as refused:
            council.suggests(number, 5)
        assert refused.value.refusal.code == code
    assert not Suggestion.objects.exists()


def test_nothing_said_is_refused_and_nothing_kept(council: Council) -> None:
    with pytest.raises(Refused):
        council.suggests(council.calls_for(), 5, subject="", body="")
    assert not Suggestion.objects.exists()


def test_deciding_answers_the_matter_in_the_same_breath(council: Council) -> None:
    _, row = adopted(council)
    matter = Suggestion.objects.get(pk=row).matter_id
    reply = matters.entries_of([matter], "reply")[matter][0]
    assert (reply.payload["adopted"], reply.texts["answer"]) == (True, "先在二十个站点加装。")
    assert matters.told(matter)[-1].step == "reply"


def test_before_it_is_registered_nothing_is_decided_and_nothing_half_done(council: Council) -> None:
    number = council.calls_for()
    row = Suggestion.objects.get(matter_id=council.suggests(number, 5).matter)
    with pytest.raises(Refused) as refused:
        calls.decide_suggestion(
            row.pk,
            Adoption.NOT,
            "已有。",
            ACCOUNTS,
            by=council.city.person("wangmin"),
            now=days_ago(4),
        )
    assert refused.value.refusal.code == "suggestion_unregistered"
    row.refresh_from_db()
    assert (row.adoption, Call.objects.get(number=number).seq) == ("", 2)


def test_what_another_unit_holds_that_unit_answers_and_here_it_is_noted_after(
    council: Council,
) -> None:
    wang_min, sun_li = council.city.person("wangmin"), council.city.person("sunli")
    receipt = council.suggests(council.calls_for(30), 20)
    registered(council, receipt.matter, 19)
    take(receipt.matter, "transfer", {"to_unit": "city-labour"}, by=wang_min, now=days_ago(18))
    row = Suggestion.objects.get(matter_id=receipt.matter)

    def decide(days: float) -> None:
        calls.decide_suggestion(
            row.pk, Adoption.ADOPTED, "已安排。", ACCOUNTS, by=wang_min, now=days_ago(days)
        )

    with pytest.raises(Refused) as refused:
        decide(17)
    assert refused.value.refusal.facts == {"unit": "city-labour"}
    take(receipt.matter, "take_up", {}, by=sun_li, now=days_ago(16))
    take(
        receipt.matter,
        "reply",
        {"answer": "采纳。", "adopted": True, **ACCOUNTS},
        by=sun_li,
        now=days_ago(15),
    )
    decide(14)
    assert len(matters.entries_of([receipt.matter], "reply")[receipt.matter]) == 1
    row.refresh_from_db()
    assert row.adoption == Adoption.ADOPTED


def test_who_suggested_is_thanked_and_told_what_became_of_it(council: Council) -> None:
    _, row = adopted(council)
    matter = Suggestion.objects.get(pk=row).matter_id
    calls.follow_up(row, "座椅已装好。", by=council.city.person("wangmin"), now=days_ago(2))
    assert OutgoingMessage.objects.filter(template="thanked").count() == 1
    told = matters.entries_of([matter], "follow_up_suggestion")[matter][0]
    assert told.texts["outcome"] == "座椅已装好。"
    assert Suggestion.objects.get(pk=row).outcome == "座椅已装好。"


def test_shown_to_everybody_is_only_what_was_released_and_decided(council: Council) -> None:
    number, row = adopted(council)
    assert reading.shown() == []
    wang_min = council.city.person("wangmin")
    with pytest.raises(Refused):
        calls.release_suggestion(row, "张伟 34080019600101123X", by=wang_min, now=days_ago(2))
    calls.release_suggestion(row, "公交站应当有座椅。", by=wang_min, now=days_ago(2))
    ((call, shown),) = reading.shown()
    assert (call.number, shown.shown, shown.adoption) == (
        number,
        "公交站应当有座椅。",
        Adoption.PARTLY,
    )


def test_the_result_is_told_when_every_suggestion_is_decided(council: Council) -> None:
    number, wang_min = council.calls_for(40, lasting=20), council.city.person("wangmin")
    row = Suggestion.objects.get(matter_id=council.suggests(number, 30).matter)
    registered(council, row.matter_id, 29)
    calls.end_call(number, "", by=wang_min, now=days_ago(15))
    with pytest.raises(Refused) as refused:
        calls.tell_result(number, "收到一条建议。", by=wang_min, now=days_ago(14))
    assert refused.value.refusal.code == "suggestions_left"
    calls.decide_suggestion(
        row.pk, Adoption.NOT, "已有安排。", ACCOUNTS, by=wang_min, now=days_ago(13)
    )
    calls.tell_result(number, "收到一条建议。", by=wang_min, now=days_ago(12))
    call = reading.public_call(number)
    assert call is not None and (call.stage, call.result) == (CallStage.TOLD, "收到一条建议。")


def test_a_call_ends_before_its_day_only_with_a_reason(council: Council) -> None:
    number, wang_min = council.calls_for(10), council.city.person("wangmin")
    with pytest.raises(Refused) as refused:
        calls.end_call(number, "", by=wang_min, now=days_ago(5))
    assert refused.value.refusal.code == "call_still_open"
    with pytest.raises(Refused):
        calls.end_call(number, "够了", by=council.city.person("lina"), now=days_ago(5))
    calls.end_call(number, "建议已经足够。", by=wang_min, now=days_ago(5))


def _id(number: str) -> int:
    return Call.objects.get(number=number).pk
