"""Joining at the desk: typed or picked, told at the head of both pages; splitting a contact off."""

from typing import Any

import pytest
from django.utils import timezone

from tests.desk.at_work import ZHANG_WEI, Desk, days_ago
from tests.desk.test_steps import address, last, send
from xinqiao.insight.reading.jobs import read_everything
from xinqiao.intake.actions import receive
from xinqiao.intake.values import ContactInput, Receipt
from xinqiao.matters.actions import facts_of
from xinqiao.matters.numbers import new_number
from xinqiao.people.values import PersonInput


def page(client: Any, receipt: Receipt) -> str:
    answer = client.get(f"/desk/matters/{receipt.matter_number}/")
    assert answer.status_code == 200
    html: str = answer.content.decode()
    return html


def visit(desk: Desk, matter: int, days: float = 3) -> Receipt:
    contact = ContactInput(
        unit="city-petition", channel="visit", received_at=days_ago(days), subject="路灯不亮", body="路灯坏了。",
        petitioners=[PersonInput(name="何芳", phone="13900000022")], matter=matter,
    )  # fmt: skip
    return receive(contact, by=desk.city.person("wangmin"), now=days_ago(days))


def test_li_na_picks_the_matter_of_the_same_petitioner(desk: Desk) -> None:
    first, second = desk.accepts(12), desk.accepts(10)
    client = desk.log_in("lina")
    form = client.get(address(second.matter_number, "join")).content.decode()
    assert f"{first.matter_number} 电梯停运半年" in form
    assert "重复信访" not in form, "who came again is found out, not asked"
    answer = send(
        client, second.matter_number, "join",
        matter=f"{first.matter_number} 电梯停运半年", reason="同一部电梯",
    )  # fmt: skip
    assert answer.status_code == 302
    assert facts_of(second.matter).carried_by == first.matter
    assert last(second.matter).payload["repeat"] is True
    assert f'/desk/matters/{first.matter_number}/"' in page(client, second)
    assert "并入另一件事项" in page(client, second)
    assert f'/desk/matters/{second.matter_number}/"' in page(client, first)
    assert "另有1件事项并入本事项" in page(client, first)
    everything = client.get("/desk/work/?queue=all").content.decode()
    assert everything.count("已并案") == 1


def test_a_number_may_be_typed_loosely_and_a_wrong_one_keeps_the_words(desk: Desk) -> None:
    first, second = desk.accepts(12), desk.accepts(10)
    client = desk.log_in("lina")
    for typed, status in (("20260302-000000-0", 422), ("路灯", 422), ("", 422)):
        answer = send(client, second.matter_number, "join", matter=typed, reason="同一部电梯不修")
        assert answer.status_code in {status, 409}, typed
        assert "同一部电梯不修" in answer.content.decode()
    loose = first.matter_number.replace("-", " ")
    assert send(client, second.matter_number, "join", matter=loose, reason="同").status_code == 302


def test_one_that_li_na_may_not_see_is_as_one_that_is_not_there(desk: Desk) -> None:
    mine, hidden = desk.accepts(10), desk.refers(12, to="city-labour")
    client = desk.log_in("lina")
    said = []
    for number in (hidden.matter_number, new_number(days_ago(20).date())):
        answer = send(client, mine.matter_number, "join", matter=number, reason="同一件")
        assert answer.status_code == 409
        said.append("没有找到要并入的事项" in answer.content.decode())
    assert said == [True, True]
    assert facts_of(mine.matter).carried_by is None


def test_the_wrong_way_round_is_told_with_what_to_do(desk: Desk) -> None:
    first, second = desk.accepts(12), desk.accepts(5)
    answer = send(
        desk.log_in("lina"),
        first.matter_number,
        "join",
        matter=second.matter_number,
        reason="同一件",
    )
    assert answer.status_code == 409
    assert "请反过来" in answer.content.decode()


def test_a_matter_that_waits_is_accepted_and_joined_by_one_key(desk: Desk) -> None:
    first, second = desk.accepts(12), desk.refers(10)
    answer = send(
        desk.log_in("lina"),
        second.matter_number,
        "join",
        matter=first.matter_number,
        reason="同一件",
    )
    assert answer.status_code == 302
    assert facts_of(second.matter).carried_by == first.matter


def test_a_carried_matter_offers_to_be_separated_and_says_why_the_rest_is_shut(desk: Desk) -> None:
    first, second = desk.accepts(12), desk.accepts(10)
    client = desk.log_in("lina")
    send(client, second.matter_number, "join", matter=first.matter_number, reason="同一件")
    html = page(client, second)
    assert address(second.matter_number, "separate") in html
    assert address(second.matter_number, "submit_opinion") not in html
    assert "这一步在并入的事项上办理" in html
    assert (
        send(client, second.matter_number, "separate", reason="不是同一部电梯").status_code == 302
    )
    html = page(client, second)
    assert "并入另一件事项" not in html
    assert "不是同一部电梯" in html
    assert address(second.matter_number, "submit_opinion") in html


def test_wang_min_splits_a_visit_off_after_a_second_look(desk: Desk) -> None:
    lift = desk.registers(10)
    lamp = visit(desk, lift.matter)
    client = desk.log_in("wangmin")
    form = client.get(address(lift.matter_number, "split_off")).content.decode()
    assert lamp.number in form and "路灯不亮" in form
    assert f'value="{lift.number}"' not in form, "the first contact stays"
    look = send(client, lift.matter_number, "split_off", contact=lamp.number, reason="说的是路灯")
    assert (look.status_code, last(lift.matter).step) == (200, "add_contact")
    sent = send(
        client,
        lift.matter_number,
        "split_off",
        contact=lamp.number,
        reason="说的是路灯",
        confirmed="1",
    )
    assert sent.status_code == 302
    html = page(client, lamp_matter(lamp))
    assert "路灯坏了。" in html
    assert lift.matter_number in html
    assert "路灯坏了。" not in page(client, lift)


def lamp_matter(lamp: Receipt) -> Receipt:
    """The receipt of the contact as that of the matter it became."""
    return Receipt(
        contact=lamp.contact, number=lamp.number, query_code="", received_at=lamp.received_at,
        matter=0, matter_number=lamp.number, subject=lamp.subject,
    )  # fmt: skip


def test_others_may_do_neither(desk: Desk) -> None:
    lift = desk.accepts(10)
    lamp = visit(desk, lift.matter)
    for who in ("sunli", "malin"):
        for step in ("join", "split_off", "separate", "take_in", "let_go", "go_alone"):
            answer = desk.log_in(who).post(
                address(lift.matter_number, step),
                {"seen": "5", "matter": lamp.number, "contact": lamp.number, "reason": "x"},
            )
            assert answer.status_code in {302, 403, 404}, (who, step)
    assert facts_of(lift.matter).contacts == 2
    assert ZHANG_WEI


def test_what_reads_alike_is_proposed_whoever_wrote_it(desk: Desk) -> None:
    pytest.importorskip("numpy", reason="the extra `analytics` is not installed")
    words = "丽景花园旁边的混凝土搅拌站每天夜里作业，噪音很大，粉尘也重。"
    made = []
    for days, name in ((9, "张一"), (8, "李二"), (7, "王三")):
        one = desk.registers(
            days, subject="丽景花园混凝土搅拌站夜间噪音", body=words,
            petitioners=[PersonInput(name=name, phone=f"1385550{days}234")],
        )  # fmt: skip
        made.append(one)
    desk.takes(made[2].matter, "transfer", by="wangmin", days=6, to_unit="city-labour")
    read_everything(timezone.now())
    form = desk.log_in("wangmin").get(address(made[1].matter_number, "join")).content.decode()
    assert f"{made[0].matter_number} 丽景花园" in form
    assert made[2].matter_number not in form, "it lies elsewhere and cannot carry this one"
