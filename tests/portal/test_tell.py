"""What a petitioner is told, and what not: one table, complete, and nothing before it is delivered."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.portal.citizen import Citizen, text_of
from tests.portal.offices import OPINION, Offices, days_ago
from tests.support.city import CAST
from xinqiao.intake.actions import receive
from xinqiao.intake.values import ContactInput
from xinqiao.lookup.meaning import MEANS
from xinqiao.lookup.telling import ANSWERS, INSIDE, TOLD
from xinqiao.rules.fields import FIELDS
from xinqiao.rules.table import STEPS


def test_every_step_is_told_or_named_as_staying_inside() -> None:
    assert set(TOLD) | INSIDE == set(STEPS)
    assert not set(TOLD) & INSIDE
    assert set(ANSWERS) <= set(TOLD)


def test_the_tables_name_fields_of_the_steps_they_tell() -> None:
    for step, telling in TOLD.items():
        names = {*STEPS[telling.source or step].needs, *STEPS[telling.source or step].may_have}
        assert {*telling.texts, *telling.own} <= names
    for step, answer in ANSWERS.items():
        names = {*STEPS[answer.source or step].needs, *STEPS[answer.source or step].may_have}
        assert {*answer.texts, *answer.choices} <= names
        assert set(answer.choices) <= set(FIELDS)


def test_the_opinion_is_read_only_once_it_is_delivered(gao_lan: Citizen, offices: Offices) -> None:
    receipt = offices.signed()
    assert OPINION["opinion"] not in gao_lan.opens(receipt)
    offices.takes(receipt, "deliver_opinion", "lina", 2, method="electronic")
    page = gao_lan.opens(receipt)
    for text in ("claim", "facts_found", "opinion", "legal_basis"):
        assert OPINION[text] in page
    assert "予以支持" in page
    assert "诉求合理，解决到位" not in page  # how the office classes it is its own affair


def test_an_opinion_sent_back_and_written_anew_shows_the_last_one(
    gao_lan: Citizen, offices: Offices
) -> None:
    receipt = offices.accepted()
    offices.takes(receipt, "submit_opinion", "lina", 9, **OPINION | {"opinion": "第一稿"})
    offices.takes(receipt, "return_opinion", "chenbo", 8, reason="再查一次")
    offices.takes(receipt, "submit_opinion", "lina", 7, **OPINION | {"opinion": "第二稿"})
    offices.takes(receipt, "issue_opinion", "chenbo", 6)
    offices.takes(receipt, "deliver_opinion", "lina", 5, method="electronic")
    page = gao_lan.opens(receipt)
    assert "第二稿" in page
    assert "第一稿" not in page
    assert "再查一次" not in page


def test_reviews_are_read_after_delivery(gao_lan: Citizen, offices: Offices) -> None:
    page = gao_lan.opens(offices.reviewed())
    assert "复查认为原意见正确" in page
    assert "没有查清" in page  # her own reason


def test_a_step_taken_in_error_is_told_as_taken_back_without_its_words(
    gao_lan: Citizen, offices: Offices
) -> None:
    receipt = offices.registered()
    offices.takes(receipt, "transfer", "wangmin", 38, to_unit="city-housing")
    reason = "录错的理由"
    offices.takes(
        receipt, "decline", "lina", 37, decline_reason="no_facts_or_request", reason=reason
    )
    assert reason in gao_lan.opens(receipt)
    offices.takes(receipt, "revoke", "chenbo", 36, entry=4, reason="录错了")
    page = gao_lan.opens(receipt)
    assert reason not in page
    assert "这一步后来撤销了" in page


def test_why_more_time_was_granted_is_told(gao_lan: Citizen, offices: Offices) -> None:
    receipt = offices.accepted()
    offices.takes(receipt, "request_extension", "lina", 20, days=15, reason="等待鉴定结论")
    assert "等待鉴定结论" not in gao_lan.opens(receipt)
    offices.takes(receipt, "approve_extension", "chenbo", 19)
    page = gao_lan.opens(receipt)
    assert "等待鉴定结论" in page
    assert "批准延长15天" in page


def test_internal_steps_and_names_of_staff_are_not_told(gao_lan: Citizen, offices: Offices) -> None:
    receipt = offices.accepted()
    offices.takes(receipt, "designate", "chenbo", 10, officer=offices.city.account("lina"))
    offices.takes(receipt, "reclassify", "lina", 9, category="labour.wages", reason="分类改一下")
    page = gao_lan.opens(receipt)
    assert "分类改一下" not in page
    assert not [one.name for one in CAST.values() if one.name in page]


def test_each_next_date_says_why(gao_lan: Citizen, offices: Offices) -> None:
    receipt = offices.accepted()
    gao_lan.opens(receipt)
    (duty,) = gao_lan.client.get(f"/lookup/{receipt.number}/").context["duties"]
    assert duty["clock"].id == "handle"
    assert duty["clock"].due_day >= timezone.localdate(days_ago(36)) + timedelta(days=60)
    assert any("信访工作条例" in sentence for sentence in duty["why"])


def test_of_a_report_only_petition_offices_are_named(gao_lan: Citizen, offices: Offices) -> None:
    receipt = offices.registered(kind="report")
    offices.takes(receipt, "transfer", "wangmin", 38, to_unit="city-discipline")
    offices.takes(receipt, "take_up", "xujing", 37)
    page = gao_lan.opens(receipt)
    assert "市信访局" in page
    assert "市纪委监委" not in page
    assert "有权处理的机关" in page


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_somebody_else_wrote_on_the_matter_is_not_shown(
    gao_lan: Citizen, offices: Offices, language: str
) -> None:
    first = offices.accepted()
    offices.takes(first, "supplement", "petitioner", 20, supplement="高兰的补充")
    second = receive(
        ContactInput(
            unit="city-petition", channel="letter", received_at=days_ago(5), subject="邻居的来信",
            body="邻居写的内容", matter=first.matter,
        ),
        by=offices.city.person("wangmin"),
        now=days_ago(5),
    )  # fmt: skip
    gao_lan.client.cookies["django_language"] = language
    page = gao_lan.opens(second)
    assert "邻居写的内容" in page
    assert "四月起停用" not in page
    assert "高兰的补充" not in page
    assert "邻居写的内容" not in gao_lan.opens(first)


def test_each_meaning_belongs_to_a_step_that_is_told() -> None:
    assert MEANS.keys() <= TOLD.keys()


def test_a_step_says_what_it_means(gao_lan: Citizen, offices: Offices) -> None:
    page = gao_lan.opens(offices.accepted())
    assert "从这一天起计算办理期限" in page


def test_a_date_that_has_passed_is_called_late_and_says_what_one_can_do(
    gao_lan: Citizen, offices: Offices
) -> None:
    receipt = offices.registered(days=90)
    page = gao_lan.opens(receipt)
    assert "最迟应当于" in page
    assert "已经超过期限，责任在机关" in page


def test_an_opinion_is_read_printed_and_kept_by_itself(gao_lan: Citizen, offices: Offices) -> None:
    receipt = offices.answered()
    gao_lan.opens(receipt)
    ((paper, _),) = gao_lan.client.get(f"/lookup/{receipt.number}/").context["papers"]
    page = text_of(gao_lan.client.get(f"/lookup/{receipt.number}/papers/{paper.seq}/"))
    assert "三十日内完成维修" in page
    assert "请求复查" in page


def test_a_step_that_handed_out_no_paper_has_no_page(gao_lan: Citizen, offices: Offices) -> None:
    receipt = offices.signed()
    gao_lan.opens(receipt)
    for seq in (1, 5, 6, 99):
        assert gao_lan.client.get(f"/lookup/{receipt.number}/papers/{seq}/").status_code == 404
    other = offices.answered()
    assert gao_lan.client.get(f"/lookup/{other.number}/papers/7/").status_code == 302


def test_a_long_way_asks_the_database_no_more_than_a_short_one(
    gao_lan: Citizen, offices: Offices
) -> None:
    asked = []
    for receipt in (offices.registered(), offices.concluded()):
        gao_lan.opens(receipt)
        with CaptureQueriesContext(connection) as queries:
            gao_lan.client.get(f"/lookup/{receipt.number}/")
        asked.append(sum("directory_" not in one["sql"] for one in queries.captured_queries))
    assert (
        asked[0] == asked[1] <= 8
    )  # the directory is asked now and then whether it is still the same
