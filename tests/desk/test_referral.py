"""The referral board: what is to be sent and where to, by suggestion; what came back, and who decides."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.desk.at_work import Desk
from tests.support.city import CAST
from xinqiao.directory import actions as directory
from xinqiao.matters.actions import load

SENDERS = {"wangmin", "zhaogang", "dingxia"}


def board(client: Client) -> str:
    answer = client.get(reverse("desk:referral"))
    assert answer.status_code == 200
    return answer.content.decode()


def rows(html: str) -> dict[str, str]:
    """The value that each row would send, by the number of its matter."""
    values = re.findall(r'type="checkbox" form="bulk" name="row" value="([^"]+)"', html)
    return {value.partition(":")[0]: value for value in values}


def send(client: Client, step: str, *values: str, **more: Any) -> Any:
    return client.post(reverse("desk:referral-send"), {"row": values, "step": step, **more})


def last(matter: int) -> Any:
    return load(matter)[-1]


def objected(desk: Desk, days: float = 5) -> Any:
    receipt = desk.refers(days)
    desk.takes(
        receipt.matter, "object", by="lina", days=days - 1, reason="属于人社部门职责",
        suggested_unit="city-labour",
    )  # fmt: skip
    return receipt


def test_it_says_where_to_and_why(desk: Desk) -> None:
    receipt = desk.registers()
    html = board(desk.log_in("wangmin"))
    assert rows(html)[receipt.matter_number].endswith(":city-housing")
    assert "职责对应这类内容" in html and "登记转办" in html


def test_where_like_matters_were_handled_counts(desk: Desk) -> None:
    for _ in range(3):
        desk.accepts(20)
    desk.registers()
    assert "同类事项 3 件中有 3 件由其办理" in board(desk.log_in("wangmin"))


@pytest.mark.parametrize("username", CAST)
def test_the_board_is_for_working_posts_and_only_offices_send(desk: Desk, username: str) -> None:
    receipt = desk.registers()
    client = desk.log_in(username)
    answer = client.get(reverse("desk:referral"))
    assert answer.status_code == (403 if username == "malin" else 200)
    shown = receipt.matter_number in answer.content.decode()
    assert shown is (username in {"wangmin", "zhaogang"}), "the county's office does not hold it"
    send(client, "transfer", f"{receipt.matter_number}:2:city-housing")
    sent = last(receipt.matter).step == "transfer"
    assert sent is (username in {"wangmin", "zhaogang"})


def test_one_press_transfers_to_the_suggested_unit(desk: Desk) -> None:
    receipt, client = desk.registers(), desk.log_in("wangmin")
    answer = send(client, "transfer", rows(board(client))[receipt.matter_number])
    html = answer.content.decode()
    assert "已转送 1 件" in html and receipt.matter_number in html
    assert last(receipt.matter).payload == {"to_unit": "city-housing"}
    assert rows(html) == {}


def test_an_assignment_has_its_day(desk: Desk) -> None:
    receipt, client = desk.registers(), desk.log_in("wangmin")
    value = rows(board(client))[receipt.matter_number]
    answer = send(client, "assign", value)
    assert answer.status_code == 422 and "请填写反馈期限" in answer.content.decode()
    assert "checked" in answer.content.decode(), "what was marked stays marked"
    wrong = send(client, "assign", value, report_by="2026-02-30")
    assert wrong.status_code == 422 and last(receipt.matter).step == "register"
    day = timezone.localdate() + timedelta(days=20)
    assert send(client, "assign", value, report_by=str(day)).status_code == 200
    assert last(receipt.matter).payload["report_by"] == str(day)


def test_of_many_each_has_its_own_result(desk: Desk) -> None:
    first, second, third = (desk.registers() for _ in range(3))
    client = desk.log_in("wangmin")
    values = rows(board(client))
    desk.takes(second.matter, "notice_urgent", by="wangmin", reason="人数较多")
    html = send(client, "transfer", *values.values()).content.decode()
    assert "已转送 2 件" in html and "其他人刚刚办理过该事项" in html
    assert [last(one.matter).step for one in (first, second, third)] == [
        "transfer", "notice_urgent", "transfer",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "value",
    ["", "x", "20260317-482915-6", "20260317-482915-6:2:city-housing; drop", ":::", "1:2:3"],
)
def test_rows_that_are_none_send_nothing(desk: Desk, value: str) -> None:
    answer = send(desk.log_in("wangmin"), "transfer", value)
    assert answer.status_code == 422
    assert "没有选中任何事项" in answer.content.decode()


def test_a_unit_that_may_not_receive_it_cannot_be_smuggled_in(desk: Desk) -> None:
    receipt = desk.registers()
    row = f"{receipt.matter_number}:2:province-housing"
    assert "不能" in send(desk.log_in("wangmin"), "transfer", row).content.decode()
    assert last(receipt.matter).step == "register"


@pytest.mark.parametrize("step", ["", "conclude", "revoke", "transfer'"])
def test_no_other_step_is_taken_here(desk: Desk, step: str) -> None:
    receipt = desk.registers()
    answer = send(desk.log_in("zhaogang"), step, f"{receipt.matter_number}:2:city-housing")
    assert answer.status_code == 422
    assert last(receipt.matter).step == "register"


def test_an_objection_is_told_with_its_reason_and_who_decides(desk: Desk) -> None:
    receipt = objected(desk)
    html = board(desk.log_in("wangmin"))
    part = html[html.index('id="part-objections"') :]
    assert "属于人社部门职责" in part and "市人力资源和社会保障局" in part
    for step in ("uphold_objection", "reject_objection", "escalate_dispute"):
        assert reverse("desk:step", args=[receipt.matter_number, step]) in part
    assert receipt.matter_number not in board(desk.log_in("lina"))


def test_after_an_objection_another_unit_is_suggested_and_the_way_back_is_counted(
    desk: Desk,
) -> None:
    receipt = objected(desk)
    desk.takes(receipt.matter, "uphold_objection", by="wangmin", days=3, reason="异议成立")
    client = desk.log_in("wangmin")
    html = board(client)
    assert rows(html)[receipt.matter_number].endswith(":city-labour")
    assert "提出异议的单位建议" in html and "曾有一次异议" in html
    send(client, "transfer", rows(html)[receipt.matter_number])
    desk.takes(receipt.matter, "object", by="sunli", reason="也不是我们的")
    assert "已经来回 2 次" in board(client)


def test_a_dispute_waits_on_the_board_of_whoever_decides(desk: Desk) -> None:
    receipt = objected(desk)
    desk.takes(
        receipt.matter,
        "escalate_dispute",
        by="wangmin",
        to_unit="city-government",
        reason="协商不成",
    )
    decider = board(desk.log_in("wutao"))
    assert reverse("desk:step", args=[receipt.matter_number, "decide_competence"]) in decider
    asker = board(desk.log_in("wangmin"))
    assert "由其决定" in asker and "市人民政府" in asker[asker.index('id="part-deciders"') :]


def test_what_a_reported_unit_holds_is_taken_back(desk: Desk) -> None:
    receipt = desk.reports()
    desk.takes(receipt.matter, "name_reported", by="wangmin", reported_units=["city-discipline"])
    html = board(desk.log_in("wangmin"))
    recall = reverse("desk:step", args=[receipt.matter_number, "recall"])
    assert recall in html[html.index('id="part-walled"') :]
    assert receipt.matter_number not in board(desk.log_in("xujing")), "the reported never meet it"
    desk.takes(receipt.matter, "recall", by="wangmin", reason="经办单位被举报")
    again = board(desk.log_in("wangmin"))
    assert "part-walled" not in again and receipt.matter_number in again


def test_a_report_is_on_nobodys_board_but_its_holders(desk: Desk) -> None:
    receipt = desk.registers(kind="report", fields={"reported_units": ["city-housing"]})
    for username in CAST:
        if username != "malin":
            shown = receipt.matter_number in board(desk.log_in(username))
            assert shown is (username in {"wangmin", "zhaogang"}), username


def test_the_successor_of_a_unit_that_is_gone_is_named(desk: Desk) -> None:
    receipt = desk.refers(5)
    yesterday = timezone.localdate() - timedelta(days=1)
    directory.merge_unit("city-housing", "city-labour", yesterday)
    html = board(desk.log_in("wangmin"))
    part = html[html.index('id="part-gone"') :]
    assert receipt.matter_number in part and "市人力资源和社会保障局" in part


def test_an_empty_board_says_so(desk: Desk) -> None:
    assert "没有待转办的事项" in board(desk.log_in("wangmin"))
    assert "没有等待您决定的事项" in board(desk.log_in("wutao"))


def test_many_rows_cost_no_more_queries_than_one(
    desk: Desk, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(12):
        desk.registers()
    client = desk.log_in("wangmin")
    board(client)
    with django_assert_max_num_queries(18):
        board(client)
