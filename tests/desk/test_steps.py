"""Taking a step: the form asks what the table needs, keeps what was typed, and never writes over somebody else."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape

from tests.desk.at_work import OPINION, Desk, days_ago
from xinqiao.desk.matter.fields import Setting, field_names
from xinqiao.desk.matter.forms import StepForm, is_final
from xinqiao.desk.matter.hall import HERE_NOT
from xinqiao.desk.words import Names
from xinqiao.matters import queries as matters
from xinqiao.matters.actions import load
from xinqiao.rules.table import TABLE


def address(number: str, step: str) -> str:
    return reverse("desk:step", args=[number, step])


def seen_by(client: Client, number: str, step: str) -> str:
    """The mark of the form as it was opened."""
    html = client.get(address(number, step)).content.decode()
    found = re.search(r'name="seen" value="(\d+)"', html)
    assert found is not None, html
    return found[1]


def send(client: Client, number: str, step: str, **typed: Any) -> Any:
    typed.setdefault("seen", seen_by(client, number, step))
    return client.post(address(number, step), typed)


def last(matter: int) -> Any:
    return load(matter)[-1]


def test_wang_min_refers_to_the_unit_in_charge(desk: Desk) -> None:
    receipt = desk.registers()
    client = desk.log_in("wangmin")
    form = client.get(address(receipt.matter_number, "transfer")).content.decode()
    in_charge, others = form.index("职责对应的单位"), form.index("其他单位")
    assert in_charge < form.index("市住房和城乡建设局", in_charge) < others
    answer = send(
        client, receipt.matter_number, "transfer", to_unit="city-housing", reason="住建职责"
    )
    assert answer.status_code == 302
    assert (last(receipt.matter).step, last(receipt.matter).payload["to_unit"]) == (
        "transfer",
        "city-housing",
    )
    assert "已转送" in client.get(answer.headers["Location"]).content.decode()


def test_what_is_missing_is_told_at_its_field_and_the_rest_is_kept(desk: Desk) -> None:
    receipt = desk.registers()
    answer = send(
        desk.log_in("wangmin"), receipt.matter_number, "transfer", reason="写了很久的理由"
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "写了很久的理由" in html and 'href="#id_to_unit"' in html
    assert last(receipt.matter).step == "register"


def test_what_the_rules_refuse_is_said_at_the_form_and_nothing_is_lost(desk: Desk) -> None:
    receipt = desk.accepts(10)
    client = desk.log_in("lina")
    typed = {"mediation_kind": "peoples", "both_agree": "no"}
    answer = send(client, receipt.matter_number, "open_mediation", **typed)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "必须双方自愿" in html and re.search(r'value="no"[^>]*checked', html)
    assert last(receipt.matter).step == "accept"


def test_a_unit_that_may_not_receive_it_cannot_be_smuggled_in(desk: Desk) -> None:
    receipt = desk.registers()
    answer = send(
        desk.log_in("wangmin"), receipt.matter_number, "transfer", to_unit="province-housing"
    )
    assert answer.status_code == 422
    assert last(receipt.matter).step == "register"


def test_two_at_once_the_second_is_told_and_keeps_her_words(desk: Desk) -> None:
    receipt = desk.accepts()
    number, client = receipt.matter_number, desk.log_in("lina")
    seen = seen_by(client, number, "ask_petitioner")
    desk.takes(receipt.matter, "designate", by="chenbo", officer=desk.city.account("lina"))
    answer = send(client, number, "ask_petitioner", seen=seen, question="请问电梯编号是多少？")
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "其他人刚刚办理过该事项" in html and "已指定承办人" in html
    assert "请问电梯编号是多少？" in html
    assert last(receipt.matter).step == "designate"
    again = re.search(r'name="seen" value="(\d+)"', html)
    assert again is not None
    sent = send(client, number, "ask_petitioner", seen=again[1], question="请问电梯编号是多少？")
    assert sent.status_code == 302
    assert last(receipt.matter).step == "ask_petitioner"


def test_a_step_that_has_become_impossible_keeps_the_words_in_sight(desk: Desk) -> None:
    receipt = desk.accepts()
    number, client = receipt.matter_number, desk.log_in("lina")
    seen = seen_by(client, number, "submit_opinion")
    desk.takes(receipt.matter, "submit_opinion", by="lina", **OPINION)
    typed = OPINION | {"opinion": "写了一下午的意见"}
    answer = client.post(address(number, "submit_opinion"), {"seen": seen, **typed})
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "写了一下午的意见" in html and "其他人刚刚办理过该事项" in html


def test_without_a_mark_nothing_is_taken(desk: Desk) -> None:
    receipt = desk.registers()
    client = desk.log_in("wangmin")
    for seen in ("", "x", "-1", "99999999999999"):
        answer = client.post(
            address(receipt.matter_number, "transfer"), {"to_unit": "city-housing", "seen": seen}
        )
        assert answer.status_code == 409
    assert last(receipt.matter).step == "register"


def test_what_cannot_be_taken_back_is_looked_at_twice(desk: Desk) -> None:
    receipt = desk.refers(2)
    number, client = receipt.matter_number, desk.log_in("lina")
    first = send(
        client, number, "object", reason="属于人社部门职责", suggested_unit="市人力资源和社会保障局"
    )
    html = first.content.decode()
    assert first.status_code == 200 and "请再核对一遍" in html
    assert "市人力资源和社会保障局" in html and "属于人社部门职责" in html
    assert "修改</button>" in html
    assert last(receipt.matter).step == "transfer", "nothing is written before the second look"
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', html))
    changed = client.post(address(number, "object"), hidden | {"change": "yes"})
    assert "属于人社部门职责" in changed.content.decode()
    assert last(receipt.matter).step == "transfer"
    done = client.post(address(number, "object"), hidden | {"confirmed": "yes"})
    assert done.status_code == 302
    assert last(receipt.matter).payload["suggested_unit"] == "city-labour"


def test_a_delivery_of_yesterday_counts_from_yesterday(desk: Desk) -> None:
    receipt = desk.issues(10)
    number, client = receipt.matter_number, desk.log_in("lina")
    yesterday = timezone.localtime(days_ago(1)).replace(second=0, microsecond=0)
    typed = {
        "method": "in_person",
        "happened_at": f"{yesterday:%Y-%m-%dT%H:%M}",
        "confirmed": "yes",
    }
    assert send(client, number, "deliver_opinion", **typed).status_code == 302
    assert last(receipt.matter).at == yesterday


def test_a_delivery_of_tomorrow_is_refused(desk: Desk) -> None:
    receipt = desk.issues(10)
    tomorrow = f"{timezone.localtime() + timedelta(days=1):%Y-%m-%dT%H:%M}"
    typed = {"method": "in_person", "happened_at": tomorrow, "confirmed": "yes"}
    answer = send(desk.log_in("lina"), receipt.matter_number, "deliver_opinion", **typed)
    assert answer.status_code == 409
    assert "日期不能晚于现在" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [("明天", "请填写日期"), ("2026-02-30", "请填写日期"), ("99999-01-01", "请填写日期")],
)
def test_a_date_that_is_none_is_told(desk: Desk, typed: str, said: str) -> None:
    number = desk.registers().matter_number
    answer = send(desk.log_in("wangmin"), number, "assign", to_unit="city-housing", report_by=typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_long_and_odd_texts_are_taken_or_told(desk: Desk) -> None:
    receipt = desk.accepts()
    number, client = receipt.matter_number, desk.log_in("lina")
    assert send(client, number, "supplement", supplement="字" * 200_001).status_code == 422
    odd = "第一行\x00\r\n😀 \u202e反向\ufeff"
    assert send(client, number, "supplement", supplement=odd).status_code == 302
    assert send(client, number, "supplement", supplement="字" * 200_000).status_code == 302
    sheet = matters.sheet(desk.city.person("lina"), receipt.matter, timezone.now())
    assert sheet is not None
    texts = [one.texts["supplement"] for one in sheet.entries if one.step == "supplement"]
    assert texts == ["第一行\n😀 反向", "字" * 200_000]


def test_a_text_of_nothing_but_what_is_taken_out_is_missing(desk: Desk) -> None:
    receipt = desk.accepts()
    answer = send(desk.log_in("lina"), receipt.matter_number, "supplement", supplement="\u200b\x00")
    assert answer.status_code == 409
    assert "还没有填写" in answer.content.decode()


def test_reclassifying_writes_down_only_what_changed(desk: Desk) -> None:
    receipt = desk.registers()
    client = desk.log_in("wangmin")
    typed = {
        "kind": "claim",
        "category": "labour.wages",
        "region": "340811",
        "path": "petition",
        "reason": "分类有误",
    }
    assert send(client, receipt.matter_number, "reclassify", **typed).status_code == 302
    payload = last(receipt.matter).payload
    assert {name for name in payload if name not in ("reason", "suggested")} == {"category"}
    assert all(one.endswith(":0:0") for one in payload["suggested"]), "words alone spoke"


def test_a_category_is_found_by_its_name_and_nothing_else(desk: Desk) -> None:
    number, client = desk.registers().matter_number, desk.log_in("wangmin")
    wrong = send(client, number, "reclassify", category="没有的分类", reason="分类有误")
    assert wrong.status_code == 422 and "列表中没有“没有的分类”" in wrong.content.decode()
    right = send(client, number, "reclassify", category="劳动社保 / 拖欠工资", reason="分类有误")
    assert right.status_code == 302


def test_who_heads_a_reported_unit_takes_it_behind_the_wall(desk: Desk) -> None:
    receipt = desk.receives()
    client, head = desk.log_in("wangmin"), desk.city.account("chenbo")
    typed = {"kind": "report", "region": "340800", "reported_accounts": [str(head), ""]}
    assert send(client, receipt.matter_number, "register", **typed).status_code == 302
    payload = last(receipt.matter).payload
    assert payload["reported_accounts"] == [head] and payload["reported_units"] == ["city-housing"]
    form = client.get(address(receipt.matter_number, "transfer")).context["form"]
    assert "city-housing" not in str(form.fields["to_unit"].choices)


def test_a_claim_names_nobody_even_if_the_fields_were_filled_in(desk: Desk) -> None:
    receipt = desk.receives()
    typed = {"kind": "claim", "region": "340800", "reported_units": ["city-housing"]}
    assert (
        send(desk.log_in("wangmin"), receipt.matter_number, "register", **typed).status_code == 302
    )
    assert "reported_units" not in last(receipt.matter).payload


def test_whoever_withdraws_comes_back_to_the_list(desk: Desk) -> None:
    receipt = desk.accepts()
    number, client = receipt.matter_number, desk.log_in("lina")
    me = str(desk.city.account("lina"))
    sent = send(client, number, "recuse", account=me, reason="当事人是我的亲属", confirmed="yes")
    assert sent.headers["Location"] == reverse("desk:work")
    assert client.get(reverse("desk:matter", args=[number])).status_code == 404


def test_an_officer_can_withdraw_only_herself(desk: Desk) -> None:
    receipt = desk.accepts()
    somebody = str(desk.city.account("chenbo"))
    answer = send(
        desk.log_in("lina"), receipt.matter_number, "recuse", account=somebody, reason="应当回避"
    )
    assert answer.status_code == 422
    assert last(receipt.matter).step == "accept"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    "step", [one for one in TABLE if one.name not in HERE_NOT], ids=lambda one: one.name
)
def test_every_step_has_a_form_in_words(desk: Desk, step: Any, language: str) -> None:
    """No code without a word, no field that cannot be drawn, in both languages."""
    receipt = desk.issues()
    sheet = matters.sheet(desk.city.person("chenbo"), receipt.matter, timezone.now())
    assert sheet is not None
    with translation.override(language):
        setting = Setting(sheet=sheet, step=step, names=Names.here(), today=timezone.localdate())
        form = StepForm(setting)
        drawn = str(form)
    said = re.sub(r"<[^>]*>", " ", drawn)
    assert all(escape(form.fields[name].label) in said for name in field_names(step))
    assert "_" not in said
    if language == "zh-hans":
        assert re.findall(r"[A-Za-z]{2,}", said) == []


def test_what_moves_a_clock_for_good_asks_twice() -> None:
    twice = {step.name for step in TABLE if is_final(step)}
    assert {
        "object",
        "deliver_opinion",
        "conclude",
        "withdraw",
        "approve_extension",
        "recuse",
    } <= twice
    assert (
        not {"transfer", "accept", "issue_opinion", "designate", "supplement", "submit_opinion"}
        & twice
    )
