"""The page of a matter: how it stands, what was said, what happened, and what each person may do."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.desk.at_work import OPINION, Desk, days_ago
from xinqiao.audit import queries as audit
from xinqiao.audit.kinds import AuditAction
from xinqiao.desk.matter.hall import HERE_NOT, PURPOSES
from xinqiao.matters.actions import take
from xinqiao.people.values import PersonInput
from xinqiao.rules.steps import By
from xinqiao.rules.table import TABLE


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
    with django_assert_max_num_queries(26):  # one or two for each panel beside the matter
        opened(client, receipt.matter_number)


def test_every_step_has_one_place_in_the_hall() -> None:
    placed = [step for steps in PURPOSES.values() for step in steps]
    assert len(placed) == len(set(placed))
    taken_here = {step.name for step in TABLE if set(step.by) - {By.SYSTEM, By.PETITIONER}}
    assert taken_here - HERE_NOT <= set(placed) <= {step.name for step in TABLE}


def test_the_likeliest_step_stands_first_and_alone_in_colour(desk: Desk) -> None:
    for receipt, who, step in (
        (desk.registers(), "wangmin", "transfer"),
        (desk.refers(), "lina", "accept"),
        (desk.accepts(), "lina", "submit_opinion"),
        (desk.submits(), "chenbo", "issue_opinion"),
        (desk.issues(), "lina", "deliver_opinion"),
    ):
        html = opened(desk.log_in(who), receipt.matter_number)
        first = re.findall(r'class="btn btn-primary" href="[^"]*/steps/([a-z_]+)/"', html)
        assert first == [step]


def test_a_head_who_is_asked_for_more_time_finds_that_first(desk: Desk) -> None:
    receipt = desk.accepts(5)
    asked = {"days": 15, "reason": "等待检验"}
    take(receipt.matter, "request_extension", asked, by=desk.city.person("lina"), now=days_ago(4))
    html = opened(desk.log_in("chenbo"), receipt.matter_number)
    assert re.findall(r'class="btn btn-primary" href="[^"]*/steps/([a-z_]+)/"', html) == [
        "approve_extension"
    ]


def test_a_revoked_step_is_struck_through_with_the_reason(desk: Desk) -> None:
    receipt = desk.refers(10)
    desk.takes(receipt.matter, "revoke", by="zhaogang", entry=3, reason="转错单位")
    html = opened(desk.log_in("zhaogang"), receipt.matter_number)
    struck = html[html.index("xq-step-revoked") :]
    assert "已转送" in struck[:400] and "转错单位" in struck


def test_other_matters_of_the_same_petitioner_are_told_in_scope(desk: Desk) -> None:
    first, second = desk.accepts(), desk.registers(3, subject="电梯又停运")
    stranger = desk.registers(
        2, subject="路灯不亮", petitioners=[PersonInput(name="李强", phone="13855509999")]
    )
    clerk = opened(desk.log_in("wangmin"), first.matter_number)
    others = clerk[clerk.index("同一信访人的事项") :]
    assert second.matter_number in others and "电梯又停运" in others
    assert stranger.matter_number not in clerk
    officer = opened(desk.log_in("lina"), first.matter_number)
    assert second.matter_number not in officer, "it does not exist for the housing department"


def test_another_person_of_the_same_name_is_another_person(desk: Desk) -> None:
    namesake = PersonInput(name="张伟", phone="13855507777")
    first, other = desk.accepts(), desk.registers(petitioners=[namesake])
    assert other.matter_number not in opened(desk.log_in("wangmin"), first.matter_number)


def test_a_report_never_shows_beside_other_matters_of_who_wrote_it(desk: Desk) -> None:
    """The reported unit handles a claim of the same person: it learns nothing of the report."""
    report = desk.reports(reported_units=["city-housing"])
    claim = desk.accepts()
    assert report.matter_number in opened(desk.log_in("wangmin"), claim.matter_number)
    for username in ("lina", "chenbo", "dingxia"):
        html = opened(desk.log_in(username), claim.matter_number)
        assert report.matter_number not in html and "同一信访人的事项" not in html


def paper(client: Client, number: str, seq: int) -> Any:
    return client.get(reverse("desk:paper", args=[number, seq]))


def test_a_paper_says_what_was_decided_and_nothing_for_the_office(desk: Desk) -> None:
    receipt = desk.issues()
    client = desk.log_in("lina")
    html = paper(client, receipt.matter_number, 6).content.decode()
    assert "信访处理意见书" in html and "责成物业三十日内修复。" in html and "予以支持" in html
    assert "政策账" not in html and "感情账" not in html
    assert paper(client, receipt.matter_number, 5).status_code == 404, "nothing is issued yet"
    assert paper(client, receipt.matter_number, 99).status_code == 404


def test_a_paper_that_was_taken_back_says_so(desk: Desk) -> None:
    receipt = desk.refers()
    desk.takes(receipt.matter, "revoke", by="zhaogang", entry=3, reason="转错单位")
    assert (
        "本文书已经撤销" in paper(desk.log_in("wangmin"), receipt.matter_number, 3).content.decode()
    )


def test_a_paper_is_for_whom_the_matter_is_for(desk: Desk) -> None:
    receipt = desk.reports(reported_units=["city-housing"])
    statuses = {
        name: paper(desk.log_in(name), receipt.matter_number, 3).status_code
        for name in ("wangmin", "xujing", "lina", "chenbo", "malin")
    }
    assert statuses == {"wangmin": 200, "xujing": 200, "lina": 404, "chenbo": 404, "malin": 404}


def test_a_form_asked_for_in_its_place_is_only_that_form(desk: Desk) -> None:
    receipt, client = desk.accepts(), desk.log_in("lina")
    page = reverse("desk:step", args=[receipt.matter_number, "supplement"])
    part = client.get(page, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and 'id="doing-title"' in part and "hx-post" in part
    whole = client.get(page).content.decode()
    assert "<html" in whole and "hx-post" not in whole
    seen = re.search(r'name="seen" value="(\d+)"', part)
    assert seen is not None
    typed = {"seen": seen[1], "supplement": "补充材料"}
    done = client.post(page, typed, headers={"HX-Request": "true"})
    assert done.headers["HX-Redirect"] == reverse("desk:matter", args=[receipt.matter_number])


def test_an_open_account_is_told_at_the_form(desk: Desk) -> None:
    receipt, client = desk.accepts(), desk.log_in("lina")
    page = reverse("desk:step", args=[receipt.matter_number, "submit_opinion"])
    typed = OPINION | {"seen": 4, "care_account": "open"}
    answer = client.post(page, typed)
    assert answer.status_code == 409
    assert "“感情账”尚有欠账" in answer.content.decode()
    assert client.post(page, typed | {"accounts_note": "下周走访。"}).status_code == 302
    html = opened(client, receipt.matter_number)
    assert "尚有欠账" in html and "下周走访。" in html
