"""Asking for review and re-examination (art. 35, 36): while the window is open, from the right organ."""

from typing import Any

import pytest

from tests.portal.citizen import Citizen, text_of
from tests.portal.offices import OPINION, Offices
from xinqiao.intake.values import Receipt


def page_of(citizen: Citizen, receipt: Receipt) -> Any:
    citizen.opens(receipt)
    return citizen.client.get(f"/appeals/{receipt.number}/")


def test_a_review_goes_to_the_organ_that_was_chosen(gao_lan: Citizen, offices: Offices) -> None:
    receipt = offices.answered()
    page = page_of(gao_lan, receipt)
    assert [code for code, *_ in page.context["organs"]] == ["city-government", "province-housing"]
    form = {
        "reason": "没有查清停用原因",
        "to_unit": "city-government",
        "seen": page.context["form"]["seen"].value(),
    }
    proof = gao_lan.client.post(f"/appeals/{receipt.number}/", form, follow=True)
    assert "请求已收到" in text_of(proof)
    assert (proof.context["organ"], proof.context["reason"]) == ("市人民政府", "没有查清停用原因")
    assert [one["clock"].id for one in proof.context["duties"]] == ["review"]
    matter = gao_lan.client.get(f"/lookup/{receipt.number}/")
    assert (matter.context["state"], matter.context["holder"]) == ("复查中", "市人民政府")
    assert [one["clock"].id for one in matter.context["duties"]] == ["review"]


def test_after_the_review_comes_the_re_examination_by_yet_another_organ(
    gao_lan: Citizen, offices: Offices
) -> None:
    receipt = offices.reviewed()
    page = page_of(gao_lan, receipt)
    assert page.context["step"] == "request_reexamination"
    assert [code for code, *_ in page.context["organs"]] == ["province-government"]
    form = {
        "reason": "仍不服",
        "to_unit": "province-government",
        "seen": page.context["form"]["seen"].value(),
    }
    proof = gao_lan.client.post(f"/appeals/{receipt.number}/", form, follow=True)
    assert "请求复核" in text_of(proof)
    assert gao_lan.client.get(f"/lookup/{receipt.number}/").context["state"] == "复核中"


@pytest.mark.parametrize(
    ("station", "words"),
    [
        ("accepted", "处理意见书送达您之后"),
        ("concluded", "已经办结"),
        ("replied", "不适用于建议意见"),
    ],
)
def test_otherwise_it_says_why_not_and_what_else(
    gao_lan: Citizen, offices: Offices, station: str, words: str
) -> None:
    receipt = getattr(offices, station)()
    page = page_of(gao_lan, receipt)
    assert words in text_of(page)
    assert "/submit/" in text_of(page)
    forced = {"reason": "不服", "to_unit": "city-government"}
    refused = gao_lan.client.post(f"/appeals/{receipt.number}/", forced)
    assert refused.status_code == 200
    assert refused.context["form"].errors


def test_when_the_window_has_lapsed_it_says_until_when_it_was_open(
    gao_lan: Citizen, offices: Offices
) -> None:
    receipt = offices.received(days=120)
    offices.takes(
        receipt,
        "register",
        "wangmin",
        119,
        kind="claim",
        region="340811",
        category="housing.property",
    )
    offices.takes(receipt, "transfer", "wangmin", 118, to_unit="city-housing")
    offices.takes(receipt, "accept", "lina", 116, procedure="ordinary")
    offices.takes(receipt, "submit_opinion", "lina", 90, **OPINION)
    offices.takes(receipt, "issue_opinion", "chenbo", 89)
    offices.takes(receipt, "deliver_opinion", "lina", 88, method="electronic")
    page = page_of(gao_lan, receipt)
    assert "已经届满" in text_of(page)
    forced = {
        "reason": "不服",
        "to_unit": "city-government",
        "seen": page.context["form"]["seen"].value(),
    }
    refused = gao_lan.client.post(f"/appeals/{receipt.number}/", forced)
    assert "已经届满" in str(refused.context["form"].non_field_errors())
    assert "不服" in text_of(refused)


def test_an_organ_that_may_not_decide_cannot_be_named(gao_lan: Citizen, offices: Offices) -> None:
    receipt = offices.answered()
    page = page_of(gao_lan, receipt)
    form = {
        "reason": "不服",
        "to_unit": "county-housing",
        "seen": page.context["form"]["seen"].value(),
    }
    refused = gao_lan.client.post(f"/appeals/{receipt.number}/", form)
    assert refused.context["form"].errors["to_unit"] == ["没有这个选项。请从下面选择一项。"]
    assert "不服" in text_of(refused)


def test_without_a_reason_nothing_is_sent(gao_lan: Citizen, offices: Offices) -> None:
    receipt = offices.answered()
    page_of(gao_lan, receipt)
    refused = gao_lan.client.post(f"/appeals/{receipt.number}/", {"to_unit": "city-government"})
    assert refused.context["form"].errors["reason"] == ["请填写这一项。"]


def test_the_receipt_can_be_opened_again_and_before_a_request_there_is_none(
    gao_lan: Citizen, offices: Offices
) -> None:
    before = offices.answered()
    gao_lan.opens(before)
    proof = f"/appeals/{before.number}/receipt/"
    assert gao_lan.client.get(proof)["Location"] == f"/appeals/{before.number}/"
    after = offices.reviewed()
    gao_lan.opens(after)
    assert "市人民政府" in text_of(gao_lan.client.get(f"/appeals/{after.number}/receipt/"))


@pytest.mark.parametrize(
    ("station", "article", "words"),
    [("accepted", "第35条", "目前还在办理，最迟"), ("concluded", "第36条", "最后一日是")],
)
def test_why_not_comes_with_article_and_date(
    gao_lan: Citizen, offices: Offices, station: str, article: str, words: str
) -> None:
    page = text_of(page_of(gao_lan, getattr(offices, station)()))
    assert article in page
    assert words in page
    assert "条例第三十七条" in page


def test_words_that_are_kept_come_back_until_they_are_sent(
    gao_lan: Citizen, offices: Offices
) -> None:
    receipt = offices.answered()
    page = page_of(gao_lan, receipt)
    address = f"/appeals/{receipt.number}/"
    typed = {"reason": "没有查清停用原因", "to_unit": "city-government"}
    kept = gao_lan.client.post(address, typed | {"keep": "1"}, follow=True)
    assert "还没有提交" in text_of(kept)
    assert kept.context["form"]["reason"].value() == "没有查清停用原因"
    assert kept.context["form"]["to_unit"].value() == "city-government"
    assert gao_lan.client.get(f"/lookup/{receipt.number}/").context["state"] == "处理意见已送达"
    gao_lan.client.post(address, typed | {"seen": page.context["form"]["seen"].value()})
    assert gao_lan.client.get(address).context["form"]["reason"].value() in (None, "")


def test_the_script_keeps_silently_and_closing_takes_the_draft_away(
    gao_lan: Citizen, offices: Offices
) -> None:
    receipt = offices.answered()
    page_of(gao_lan, receipt)
    address = f"/appeals/{receipt.number}/"
    kept = gao_lan.client.post(address, {"reason": "没有查清", "keep": "silently"})
    assert (kept.status_code, kept.content) == (204, b"")
    session = gao_lan.client.session
    assert "没有查清" not in str(dict(session))
    gao_lan.client.post("/lookup/end/")
    gao_lan.opens(receipt)
    assert gao_lan.client.get(address).context["form"]["reason"].value() is None
