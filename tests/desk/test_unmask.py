"""Names and numbers in full: with a reason, for people behind this matter, shown once and written down."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.desk.at_work import ZHANG_WEI, Desk
from xinqiao.audit import queries as audit
from xinqiao.audit.kinds import AuditAction
from xinqiao.intake import queries as intake
from xinqiao.people import queries as people
from xinqiao.people.values import PersonInput

SECRETS = (ZHANG_WEI.name, ZHANG_WEI.phone, ZHANG_WEI.address)


def address(number: str) -> str:
    return reverse("desk:people", args=[number])


def behind(matter: int) -> list[int]:
    contacts = [line.id for line in intake.of_matter(matter)]
    return [party.who.id for listed in people.masked_parties(contacts).values() for party in listed]


def asks(client: Client, number: str, who: Any, reason: str) -> Any:
    return client.post(address(number), {"who": who, "reason": reason})


def test_li_na_asks_with_a_reason_and_sees_once(desk: Desk) -> None:
    receipt = desk.accepts()
    client, number = desk.log_in("lina"), receipt.matter_number
    form = client.get(address(number)).content.decode()
    assert "张*" in form and not any(secret in form for secret in SECRETS)
    answer = asks(client, number, behind(receipt.matter), "上门核实情况")
    html = answer.content.decode()
    assert all(secret in html for secret in SECRETS)
    assert "no-store" in answer.headers["Cache-Control"]
    again = client.get(address(number)).content.decode()
    assert not any(secret in again for secret in SECRETS)


def test_each_look_is_written_down(desk: Desk) -> None:
    receipt = desk.accepts()
    asks(desk.log_in("lina"), receipt.matter_number, behind(receipt.matter), "上门核实情况")
    (entry,) = audit.entries(action=AuditAction.UNMASKED)
    assert entry.account_id == desk.city.account("lina")
    assert (entry.unit, entry.reason) == ("city-housing", "上门核实情况")
    assert [entry.object_id] == behind(receipt.matter)


@pytest.mark.parametrize("reason", ["", "   ", "看看"])
def test_without_a_reason_nothing_is_shown(desk: Desk, reason: str) -> None:
    receipt = desk.accepts()
    answer = asks(desk.log_in("lina"), receipt.matter_number, behind(receipt.matter), reason)
    assert answer.status_code in (409, 422)
    html = answer.content.decode()
    assert 'role="alert"' in html and not any(secret in html for secret in SECRETS)
    assert audit.entries(action=AuditAction.UNMASKED) == []


def test_people_of_another_matter_cannot_be_asked_for(desk: Desk) -> None:
    receipt = desk.accepts()
    other = desk.receives(petitioners=[PersonInput(name="李强", phone="13855502222")])
    answer = asks(desk.log_in("lina"), receipt.matter_number, behind(other.matter), "上门核实情况")
    assert answer.status_code == 422
    assert "李强" not in answer.content.decode()


def test_where_nobody_is_named_there_is_nothing_to_ask(desk: Desk) -> None:
    receipt = desk.receives(petitioners=[])
    html = desk.log_in("wangmin").get(address(receipt.matter_number)).content.decode()
    assert "该事项没有署名" in html
    assert asks(desk.log_in("wangmin"), receipt.matter_number, ["1"], "上门核实").status_code == 422


def test_who_may_not_see_the_matter_does_not_even_learn_of_it(desk: Desk) -> None:
    receipt = desk.accepts()
    for username in ("sunli", "malin"):
        client = desk.log_in(username)
        assert client.get(address(receipt.matter_number)).status_code == 404
        answer = asks(client, receipt.matter_number, behind(receipt.matter), "想看一看")
        assert answer.status_code == 404
    assert audit.entries(action=AuditAction.UNMASKED) == []


def test_only_who_really_looked_is_written_down_as_having_looked(desk: Desk) -> None:
    receipt = desk.accepts()
    desk.log_in("sunli").get(reverse("desk:matter", args=[receipt.matter_number]))
    desk.log_in("lina").get(reverse("desk:step", args=[receipt.matter_number, "supplement"]))
    looks = audit.entries(action=AuditAction.VIEWED)
    assert [one.account_id for one in looks] == [desk.city.account("lina")]
