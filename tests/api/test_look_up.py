"""The hotline looks up what it handed over, and tells the citizen on the telephone."""

from typing import Any

import pytest

from tests.api.hotline import Hotline, problem_of, receipt_of
from tests.portal.offices import Offices
from xinqiao.intake.values import Receipt
from xinqiao.lookup.throttle import MOST_OF_ADDRESS


def matter(hotline: Hotline, receipt: Receipt) -> Any:
    answer = hotline.looks_up(receipt.number, receipt.query_code)
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def test_right_after_sending_it_says_who_has_it_and_what_comes_next(hotline: Hotline) -> None:
    receipt = receipt_of(hotline.sends())
    found = hotline.looks_up(receipt["number"], receipt["query_code"]).json()
    assert found["state"]["code"] == "received"
    assert found["state"]["label"] == "待登记"
    assert found["holder"] == "宜秀区信访局"
    assert found["body"] == "四月起停用。\n请督促物业修复。"
    assert found["duties"] == receipt["duties"]
    assert [one["title"] for one in found["way"]] == ["宜秀区信访局收到您的信访"]


def test_an_answer_comes_with_its_texts_and_the_time_to_ask_further(
    hotline: Hotline, offices: Offices
) -> None:
    found = matter(hotline, offices.answered())
    (paper,) = found["papers"]
    assert paper["title"] == "信访处理意见书"
    assert {"label": "处理意见", "text": "三十日内完成维修"} in paper["texts"]
    assert [one["clock"] for one in found["windows"]] == ["request_review"]
    assert found["windows"][0]["why"]


def test_what_is_signed_and_not_delivered_is_not_told(hotline: Hotline, offices: Offices) -> None:
    found = hotline.looks_up(*_key(offices.signed()))
    assert "三十日内完成维修" not in found.content.decode()


def test_of_a_report_only_petition_offices_are_named(hotline: Hotline, offices: Offices) -> None:
    receipt = offices.registered(kind="report")
    offices.takes(receipt, "transfer", "wangmin", 38, to_unit="city-discipline")
    answer = hotline.looks_up(*_key(receipt))
    assert answer.json()["holder"] == "有权处理的机关"
    assert "纪委" not in answer.content.decode()


def test_staff_are_never_named(hotline: Hotline, offices: Offices) -> None:
    text = hotline.looks_up(*_key(offices.answered())).content.decode()
    for name in ("王敏", "李娜", "陈波", "wangmin", "lina", "chenbo"):
        assert name not in text


def test_in_english_the_way_is_told_in_english(hotline: Hotline, offices: Offices) -> None:
    hotline.language = "en"
    found = matter(hotline, offices.answered())
    assert found["way"][-1]["title"] == "The handling opinion was delivered to you"


def test_the_number_may_come_without_dashes_and_the_code_in_small_letters(
    hotline: Hotline, offices: Offices
) -> None:
    number, code = _key(offices.received())
    assert hotline.looks_up(number.replace("-", ""), code.lower()).status_code == 200


@pytest.mark.parametrize(
    "number", ["20260317-482915-6", "20260317-482915-7", "x", "%00", "１２", "9" * 500]
)
def test_a_wrong_number_and_a_wrong_code_get_the_very_same_answer(
    hotline: Hotline, offices: Offices, number: str
) -> None:
    receipt = offices.received()
    wrong_code = hotline.looks_up(receipt.number, "AAAAAAAA")
    wrong_number = hotline.looks_up(number, receipt.query_code)
    assert problem_of(wrong_code, 404)["code"] == "wrong_number_or_code"
    assert wrong_number.content == wrong_code.content
    assert wrong_number.headers == wrong_code.headers


def test_the_code_is_asked_for_in_its_header(hotline: Hotline, offices: Offices) -> None:
    number, code = _key(offices.received())
    assert problem_of(hotline.looks_up(number, None), 422)["code"] == "query_code_missing"
    in_the_address = hotline.client.get(f"/api/v1/contacts/{number}?X-Query-Code={code}")
    assert problem_of(in_the_address, 422)["field"] == "X-Query-Code"


def test_who_tries_too_often_waits_even_with_the_right_code(
    hotline: Hotline, offices: Offices
) -> None:
    number, code = _key(offices.received())
    for _ in range(MOST_OF_ADDRESS):
        hotline.looks_up(number, "AAAAAAAA")
    answer = hotline.looks_up(number, code)
    assert problem_of(answer, 429)["code"] == "too_many_tries"
    assert answer["Retry-After"] == "900"


def test_a_wrong_try_leaves_no_session_behind(hotline: Hotline) -> None:
    assert not hotline.looks_up("20260317-482915-6", "AAAAAAAA").cookies


def _key(receipt: Receipt) -> tuple[str, str]:
    return receipt.number, receipt.query_code
