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
    answer = gao_lan.client.post(f"/appeals/{receipt.number}/", form, follow=True)
    assert answer.context["state"] == "复查中"
    assert answer.context["holder"] == "市人民政府"
    assert [one["clock"].id for one in answer.context["duties"]] == ["review"]


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
    answer = gao_lan.client.post(f"/appeals/{receipt.number}/", form, follow=True)
    assert answer.context["state"] == "复核中"


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
