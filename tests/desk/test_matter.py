"""The page of a matter: how it stands, what was said, what happened, and what each person may do."""

import re

from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.desk.at_work import Desk
from xinqiao.audit import queries as audit
from xinqiao.audit.kinds import AuditAction


def opened(client: Client, number: str, language: str = "zh-hans") -> str:
    answer = client.get(
        reverse("desk:matter", args=[number]), headers={"accept-language": language}
    )
    assert answer.status_code == 200
    return answer.content.decode()


def steps_of(html: str) -> set[str]:
    """The steps that the page offers as links."""
    return set(re.findall(r'/steps/([a-z_]+)/"', html))


def test_it_says_how_it_stands_and_why_each_date(desk: Desk) -> None:
    html = opened(desk.log_in("lina"), desk.accepts().matter_number)
    assert "办理中" in html and "市住房和城乡建设局" in html
    assert "《信访工作条例》第34条" in html
    assert "第34条" in html and "个已经结束的期限" in html


def test_the_same_in_english(desk: Desk) -> None:
    client = desk.log_in("lina")
    client.cookies["django_language"] = "en"
    html = opened(client, desk.accepts().matter_number)
    assert "In handling" in html and "City Housing" in html and "art. 34" in html


def test_people_are_masked_and_their_words_are_there(desk: Desk) -> None:
    html = opened(desk.log_in("lina"), desk.accepts().matter_number)
    assert "张*" in html and "138****1234" in html
    assert "张伟" not in html and "13855501234" not in html
    assert "小区电梯停运半年，请求修复。" in html


def test_the_timeline_tells_who_did_what_for_which_unit(desk: Desk) -> None:
    receipt = desk.refers()
    desk.takes(receipt.matter, "object", by="lina", days=9, reason="属于人社部门职责")
    html = opened(desk.log_in("wangmin"), receipt.matter_number)
    assert re.search(r"已提出异议.*李娜 · 市住房和城乡建设局.*属于人社部门职责", html, re.DOTALL)
    assert re.search(r"已转送.*王敏 · 市信访局.*接收单位.*市住房和城乡建设局", html, re.DOTALL)
    assert html.index("已提出异议") < html.index("已转送"), "the latest stands first"


def test_each_person_is_offered_their_own_steps(desk: Desk) -> None:
    number = desk.submits().matter_number
    head, officer = (opened(desk.log_in(name), number) for name in ("chenbo", "lina"))
    assert {"issue_opinion", "return_opinion"} <= steps_of(head)
    assert not {"issue_opinion", "return_opinion"} & steps_of(officer)
    assert "这一步由当前经办单位负责人办理" in officer


def test_a_step_that_is_not_possible_is_greyed_and_says_why(desk: Desk) -> None:
    html = opened(desk.log_in("lina"), desk.accepts().matter_number)
    greyed = re.search(r'aria-disabled="true" aria-describedby="([^"]+)">答复<', html)
    assert greyed is not None
    reason = re.search(rf'id="{greyed[1]}">([^<]*)', html)
    assert reason is not None and "应当出具处理意见书" in reason[1]


def test_steps_that_make_a_new_contact_or_matter_are_taken_elsewhere(desk: Desk) -> None:
    html = opened(desk.log_in("wangmin"), desk.registers().matter_number)
    assert not {"receive", "add_contact", "reopen"} & steps_of(html)


def test_what_was_revoked_or_corrected_says_so(desk: Desk) -> None:
    receipt = desk.refers(10)
    client = desk.log_in("zhaogang")
    desk.takes(receipt.matter, "revoke", by="zhaogang", entry=3, reason="转错单位")
    html = opened(client, receipt.matter_number)
    assert "已撤销，不再计算" in html and "转错单位" in html


def test_opening_it_is_written_down(desk: Desk) -> None:
    receipt = desk.accepts()
    opened(desk.log_in("lina"), receipt.matter_number)
    (entry,) = audit.entries(action=AuditAction.VIEWED)
    assert (entry.account_id, entry.object_kind, entry.object_id, entry.unit) == (
        desk.city.account("lina"), "matter", receipt.matter, "city-housing",
    )  # fmt: skip


def test_words_of_petitioners_are_never_markup(desk: Desk) -> None:
    body = '<script>alert("x")</script> <b>很急</b>'
    html = opened(
        desk.log_in("wangmin"), desk.registers(subject="<i>急</i>", body=body).matter_number
    )
    assert "<script>alert" not in html and "<b>很急</b>" not in html and "<i>急</i>" not in html
    assert "&lt;b&gt;很急&lt;/b&gt;" in html


def test_a_further_contact_stands_with_the_first(desk: Desk) -> None:
    receipt = desk.accepts()
    further = desk.receives(
        1, matter=receipt.matter, channel="visit", body="又来反映一次。", level="city"
    )
    html = opened(desk.log_in("lina"), receipt.matter_number)
    assert further.number in html and "又来反映一次。" in html and "来访层级" in html


def test_a_long_story_costs_no_more_queries_than_a_short_one(
    desk: Desk, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    receipt = desk.accepts()
    for _ in range(20):
        desk.takes(receipt.matter, "supplement", by="lina", supplement="补充材料。")
    client = desk.log_in("lina")
    opened(client, receipt.matter_number)
    with django_assert_max_num_queries(20):
        opened(client, receipt.matter_number)
