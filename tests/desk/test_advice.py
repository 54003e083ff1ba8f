"""What a text suggests beside the form that registers it: a person takes it or not, and the ledger keeps both."""

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.desk.at_work import Desk
from tests.desk.test_registering import VISIT, nothing_stored, registers, the_one
from xinqiao.matters.actions import load, take
from xinqiao.rules.refusals import Refused

BODY = "我住在宜秀区，小区电梯停运半年，物业公司收了物业费不修，楼道还漏电，请求解决。"
LETTER = {"subject": "物业不修电梯", "body": BODY}


def advised(client: Client, **typed: Any) -> str:
    """The suggestions for a form as it stands so far."""
    answer = client.post(reverse("desk:advice"), VISIT | {"region": "", "category": ""} | typed)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_place_category_kind_path_haste_and_unit_are_suggested_with_reasons(desk: Desk) -> None:
    html = advised(desk.log_in("wangmin"), **LETTER)
    for field, value in (
        ("region", "宜秀区"), ("category", "城乡建设 / 物业管理"), ("kind", "claim"), ("path", "petition"),
    ):  # fmt: skip
        assert f'data-fill="{field}" data-value="{value}"' in html, field
    assert "危及人身安全" in html and "<q>漏电</q>" in html and "<q>宜秀区</q>" in html
    assert "市住房和城乡建设局" in html and "职责对应这类内容" in html
    assert "人工分类的事项还不够多" in html, "it says what it comes from"


def test_they_are_told_in_english(desk: Desk) -> None:
    client = desk.log_in("wangmin")
    client.cookies["django_language"] = "en"
    html = advised(client, **LETTER)
    assert "Housing and construction / Property management" in html and "Danger to life" in html
    assert "in charge of this subject" in html and "too few matters have been classified" in html


def test_a_text_that_says_nothing_leaves_the_choice_to_the_clerk(desk: Desk) -> None:
    assert "文中没有明显线索" in advised(desk.log_in("wangmin"), subject="你好", body="谢谢。")


@pytest.mark.parametrize("text", ["", " ", "\x00", "<script>alert(1)</script>", "工" * 50_000])
def test_any_text_is_looked_at(desk: Desk, text: str) -> None:
    assert "<script>alert" not in advised(desk.log_in("wangmin"), subject=text[:200], body=text)


def test_nothing_is_filled_in_without_a_person(desk: Desk) -> None:
    answer = registers(desk.log_in("wangmin"), **LETTER, region="", category="")
    assert answer.status_code == 422 and nothing_stored(desk)
    page = unescape(answer.content.decode())
    assert 'id="id_region"' in page and "文中有" in page, "suggestions stand there with the error"


def test_without_a_script_a_chip_is_a_button_that_fills_in_its_field(desk: Desk) -> None:
    client = desk.log_in("wangmin")
    answer = registers(client, **LETTER, region="", category="", fill="category=housing.property")
    page = unescape(answer.content.decode())
    assert answer.status_code == 200 and nothing_stored(desk)
    assert 'value="城乡建设 / 物业管理"' in page and BODY in page, "what was typed stays"
    urgent = registers(
        client, **LETTER, fill="urgent=危及人身安全（文中有：漏电）"
    ).content.decode()
    assert "危及人身安全（文中有：漏电）" in urgent


@pytest.mark.parametrize(
    "pressed", ["request_key=x", "who-name=李四", "category", "=", "unit=city-labour"]
)
def test_a_chip_fills_in_nothing_else(desk: Desk, pressed: str) -> None:
    page = registers(desk.log_in("wangmin"), fill=pressed).content.decode()
    assert nothing_stored(desk)
    assert 'value="key-of-the-form"' in page and "李四" not in page


def test_the_ledger_keeps_what_was_suggested_and_what_was_chosen(desk: Desk) -> None:
    client = desk.log_in("wangmin")
    assert registers(client, **LETTER, category="labour.wages").status_code == 302
    line = the_one(desk)
    entry = next(one for one in load(line.id) if one.step == "register")
    assert entry.payload["category"] == "labour.wages", "the clerk decides"
    assert entry.payload["suggested"] == ["housing.property:0:0"]
    page = unescape(client.get(reverse("desk:matter", args=[line.number])).content.decode())
    assert "机器建议的分类" in page and "城乡建设 / 物业管理" in page


def test_a_matter_that_came_online_is_registered_with_suggestions(desk: Desk) -> None:
    receipt = desk.receives(subject=LETTER["subject"], body=BODY)
    client = desk.log_in("wangmin")
    address = reverse("desk:step", args=[receipt.matter_number, "register"])
    page = unescape(client.get(address).content.decode())
    assert 'data-fill="category" data-value="城乡建设 / 物业管理"' in page
    typed = {"seen": "1", "kind": "claim", "region": "340811", "fill": "category=housing.property"}
    filled = unescape(client.post(address, typed).content.decode())
    assert 'value="城乡建设 / 物业管理"' in filled
    taken = client.post(address, typed | {"category": "housing.property", "fill": ""})
    assert taken.status_code == 302
    assert load(receipt.matter)[-1].payload["suggested"] == ["housing.property:0:0"]


def test_a_correction_keeps_what_was_suggested_only_where_it_classifies(desk: Desk) -> None:
    receipt = desk.registers(subject=LETTER["subject"], body=BODY)
    client = desk.log_in("wangmin")
    address = reverse("desk:step", args=[receipt.matter_number, "reclassify"])
    typed = {"kind": "claim", "path": "petition", "category": "housing.property", "reason": "更正"}
    assert client.post(address, typed | {"seen": "2", "region": "340825"}).status_code == 302
    assert "suggested" not in load(receipt.matter)[-1].payload
    other = typed | {"seen": "3", "region": "340825", "category": "labour.wages"}
    assert client.post(address, other).status_code == 302
    assert load(receipt.matter)[-1].payload["suggested"] == ["housing.property:0:0"]


@pytest.mark.parametrize(
    "suggested",
    [["自由的文字"], ["housing: 1:1"], ["housing:101:1"], "housing:1:1", [1], [{"a": 1}]],
)
def test_the_ledger_takes_codes_and_no_text(desk: Desk, suggested: Any) -> None:
    receipt = desk.receives()
    fields = {"kind": "claim", "region": "340811", "suggested": suggested}
    with pytest.raises(Refused) as refused:
        take(receipt.matter, "register", fields, by=desk.city.person("wangmin"), now=timezone.now())
    assert refused.value.refusal.code == "field_wrong"


def test_the_reported_are_never_suggested_and_reports_are_not_counted(desk: Desk) -> None:
    desk.reports()
    named = {"kind": "report", "reported_units": ["市纪委监委", ""]}
    assert "市纪委监委" in advised(desk.log_in("wangmin"), **LETTER, kind="report")
    assert "市纪委监委" not in advised(desk.log_in("wangmin"), **LETTER, **named)


def test_who_holds_no_working_post_gets_no_suggestions(desk: Desk) -> None:
    assert desk.log_in("malin").post(reverse("desk:advice"), LETTER).status_code == 403
    assert Client().post(reverse("desk:advice"), LETTER).status_code == 302
    assert desk.log_in("wangmin").get(reverse("desk:advice")).status_code == 405


def test_where_like_matters_stayed_is_suggested_before_where_they_were_sent_in_vain(
    desk: Desk,
) -> None:
    for _ in range(3):
        receipt = desk.refers(6)
        desk.takes(receipt.matter, "object", by="lina", days=5, reason="不属于本单位")
        desk.takes(receipt.matter, "uphold_objection", by="wangmin", days=4, reason="同意")
        desk.takes(receipt.matter, "transfer", by="wangmin", days=3, to_unit="city-labour")
        desk.takes(receipt.matter, "accept", by="sunli", days=2, procedure="ordinary")
    html = advised(desk.log_in("wangmin"), **LETTER)
    assert "市人力资源和社会保障局" in html and "3 件中有 3 件由其办理" in html
    desk.registers(1)
    page = desk.log_in("wangmin").get(reverse("desk:referral")).content.decode()
    assert "市人力资源和社会保障局" in page and "3 件中有 3 件由其办理" in page


def test_what_one_may_not_see_is_not_counted(desk: Desk) -> None:
    """Like matters of another county count for the city's office, and are nothing to this county's."""
    for _ in range(4):
        receipt = desk.registers(6, fields={"region": "340825"})
        desk.takes(receipt.matter, "transfer", by="wangmin", days=5, to_unit="city-housing")
        desk.takes(receipt.matter, "accept", by="lina", days=4, procedure="ordinary")
    assert "4 件中有 4 件由其办理" in advised(desk.log_in("wangmin"), **LETTER)
    county = advised(desk.log_in("dingxia"), **LETTER, unit="county-petition")
    assert "宜秀区住房和城乡建设局" in county and "件由其办理" not in county
