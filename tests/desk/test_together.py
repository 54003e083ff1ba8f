"""One step on many matters: each through the real step, each with its own answer, nothing half done in silence."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.desk.at_work import Desk
from xinqiao.matters.actions import load, take
from xinqiao.rules.replay import replay

WORK, TOGETHER = reverse("desk:work"), reverse("desk:together")
DONE = reverse("desk:together_done")


def asks(client: Client, step: str, *numbers: str, **more: Any) -> Any:
    return client.post(TOGETHER, {"step": step, "matter": numbers, "back": "queue=to_refer"} | more)


def confirms(client: Client, step: str, *numbers: str, **fields: Any) -> Any:
    """Opens the form, then sends it with what it carries, as the browser does."""
    html = asks(client, step, *numbers).content.decode()
    return sends(client, html, step, **fields)


def sends(client: Client, html: str, step: str, **fields: Any) -> Any:
    carried = dict(re.findall(r'name="(seen-[0-9-]+)" value="([0-9]+)"', html))
    numbers = re.findall(r'name="matter" value="([0-9-]+)"', html)
    return asks(client, step, *numbers, confirmed="yes", **carried, **fields)


def steps_of(matter: int) -> list[str]:
    return [entry.step for entry in load(matter)]


def test_many_are_transferred_with_one_form(desk: Desk) -> None:
    receipts = [desk.registers(days) for days in (3, 2, 1)]
    client = desk.log_in("wangmin")
    answer = confirms(
        client, "transfer", *[one.matter_number for one in receipts], to_unit="city-housing"
    )
    assert answer.headers["Location"] == DONE
    for one in receipts:
        assert steps_of(one.matter) == ["receive", "register", "transfer"]
        assert replay(load(one.matter)).holder == "city-housing"
    html = client.get(DONE).content.decode()
    assert all(one.matter_number in html for one in receipts)
    assert "已办理 3 件" in html and 'href="/desk/work/?queue=to_refer"' in html


def test_looking_at_the_form_changes_nothing(desk: Desk) -> None:
    receipt = desk.registers()
    assert asks(desk.log_in("wangmin"), "transfer", receipt.matter_number).status_code == 200
    assert steps_of(receipt.matter) == ["receive", "register"]


def test_what_is_not_possible_is_left_out_with_the_reason(desk: Desk) -> None:
    good, raw = desk.registers(), desk.receives()
    html = asks(desk.log_in("wangmin"), "transfer", good.matter_number, raw.matter_number)
    html = html.content.decode()
    possible, _, refused = html.partition("以下事项不能一并办理")
    assert good.matter_number in possible and raw.matter_number in refused
    assert f'value="{raw.matter_number}"' not in html


def test_whoever_was_quicker_wins_and_the_others_are_still_done(desk: Desk) -> None:
    first, second = desk.registers(3), desk.registers(2)
    client = desk.log_in("wangmin")
    html = asks(client, "transfer", first.matter_number, second.matter_number).content.decode()
    desk.takes(first.matter, "notify", by="zhaogang", notice_content="已收到，正在研究。")
    sends(client, html, "transfer", to_unit="city-housing")
    assert steps_of(first.matter)[-1] == "notify"
    assert steps_of(second.matter)[-1] == "transfer"
    told = client.get(DONE).content.decode()
    refused = told.partition("1 件没有办理")[2].partition("</section>")[0]
    assert first.matter_number in refused and second.matter_number not in refused


def test_sending_twice_takes_nothing_twice(desk: Desk) -> None:
    receipt = desk.registers()
    client = desk.log_in("wangmin")
    html = asks(client, "transfer", receipt.matter_number).content.decode()
    sends(client, html, "transfer", to_unit="city-housing")
    sends(client, html, "transfer", to_unit="city-housing")
    assert steps_of(receipt.matter) == ["receive", "register", "transfer"]


def test_a_form_that_is_not_filled_in_says_so_and_keeps_what_was_seen(desk: Desk) -> None:
    receipt = desk.registers()
    client = desk.log_in("wangmin")
    html = asks(client, "assign", receipt.matter_number).content.decode()
    answer = sends(client, html, "assign", to_unit="city-housing")
    assert answer.status_code == 422 and 'role="alert"' in answer.content.decode()
    desk.takes(receipt.matter, "notify", by="zhaogang", notice_content="已收到。")
    sends(client, answer.content.decode(), "assign", to_unit="city-housing", report_by="2099-01-01")
    assert steps_of(receipt.matter)[-1] == "notify"


def test_only_units_that_fit_all_may_be_chosen(desk: Desk) -> None:
    """A claim goes to a department, a report to the discipline line alone (art. 30): they have no unit in common."""
    claim, report = desk.registers(), desk.registers(kind="report")
    client = desk.log_in("wangmin")
    html = asks(client, "transfer", claim.matter_number, report.matter_number).content.decode()
    assert "没有共同的选项" in html and "confirmed" in html
    assert 'value="city-housing"' not in html and 'value="city-discipline"' not in html
    sends(client, html, "transfer", to_unit="city-housing")
    assert steps_of(report.matter)[-1] == "register" == steps_of(claim.matter)[-1]


def test_an_officer_takes_matters_on_and_the_head_designates(desk: Desk) -> None:
    receipts = [desk.accepts(), desk.accepts()]
    numbers = [one.matter_number for one in receipts]
    confirms(desk.log_in("lina"), "take_on", *numbers)
    lina, chenbo = desk.city.account("lina"), desk.city.account("chenbo")
    assert {replay(load(one.matter)).officer for one in receipts} == {lina}
    confirms(desk.log_in("chenbo"), "designate", numbers[0], officer=str(chenbo))
    assert replay(load(receipts[0].matter)).officer == chenbo
    assert replay(load(receipts[1].matter)).officer == lina


def test_many_are_notified_and_leave_that_queue(desk: Desk) -> None:
    receipts = [desk.refers(3), desk.refers(2)]
    client = desk.log_in("lina")
    listed = client.get(WORK, {"queue": "to_notify"}).content.decode()
    assert all(one.matter_number in listed for one in receipts)
    numbers = [one.matter_number for one in receipts]
    confirms(client, "notify", *numbers, notice_content="您的信访事项已收到，正在审核。")
    assert all(replay(load(one.matter)).notified for one in receipts)
    left = client.get(WORK, {"queue": "to_notify"}).content.decode()
    assert not any(one.matter_number in left for one in receipts)


def test_extensions_that_were_asked_for_stand_in_a_queue(desk: Desk) -> None:
    receipt = desk.accepts()
    client = desk.log_in("chenbo")
    queue = {"queue": "to_extend"}
    assert "<tbody" not in client.get(WORK, queue).content.decode()
    take(
        receipt.matter,
        "request_extension",
        {"days": 10, "reason": "需要鉴定。"},
        by=desk.city.person("lina"),
        now=timezone.now(),
    )
    html = client.get(WORK, queue).content.decode()
    assert receipt.matter_number in html and "延期待批" in html


@pytest.mark.parametrize(
    ("username", "step"),
    [
        ("lina", "transfer"),
        ("lina", "designate"),
        ("wangmin", "designate"),
        ("wangmin", "issue_opinion"),
        ("wangmin", "nonsense"),
    ],
)
def test_a_step_that_is_not_theirs_does_not_exist(desk: Desk, username: str, step: str) -> None:
    number = desk.registers().matter_number
    assert asks(desk.log_in(username), step, number).status_code == 404


def test_a_walled_matter_is_told_like_one_that_does_not_exist(desk: Desk) -> None:
    walled = desk.reports(reported_units=["city-housing"])
    answers = []
    for number in (walled.matter_number, "20200101-000000-0", "nonsense"):
        html = asks(desk.log_in("chenbo"), "notify", number).content.decode()
        answers.append(html.partition("<main")[2].replace(number, "N"))
    assert answers[0] == answers[1] == answers[2]
    assert walled.subject not in answers[0]


def test_an_administrator_and_a_stranger_do_nothing(desk: Desk) -> None:
    number = desk.registers().matter_number
    assert asks(desk.log_in("malin"), "notify", number).status_code == 403
    assert asks(Client(), "notify", number).headers["Location"].startswith(reverse("desk:login"))


def test_no_row_and_too_many_rows_are_told(desk: Desk) -> None:
    client = desk.log_in("wangmin")
    assert asks(client, "notify").headers["Location"] == f"{WORK}?queue=to_refer"
    assert asks(client, "").headers["Location"] == f"{WORK}?queue=to_refer"
    assert "请先勾选事项" in client.get(WORK, {"queue": "waiting"}).content.decode()
    many = [f"20260101-{n:06}-0" for n in range(51)]
    assert asks(client, "notify", *many).status_code == 302
    assert "一次最多办理 50 件" in client.get(WORK, {"queue": "waiting"}).content.decode()
