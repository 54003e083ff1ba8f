"""A lost query code: a new one at the counter, for who proves to stand behind the petition; the old one ends."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.desk.at_work import ZHANG_WEI, Desk
from xinqiao.audit import queries as audit
from xinqiao.audit.kinds import AuditAction
from xinqiao.intake import queries as intake
from xinqiao.intake.values import Receipt
from xinqiao.outbox.queries import pending

DOCUMENT = {
    "kind": "person",
    "name": ZHANG_WEI.name,
    "id_number": "11010519491231002X",
    "phone": ZHANG_WEI.phone,
    "seen": "on",
}


def address(receipt: Receipt) -> str:
    return reverse("desk:receipt_again", args=[receipt.matter_number, receipt.number])


def asks(client: Client, receipt: Receipt, **changes: str) -> Any:
    return client.post(address(receipt), DOCUMENT | changes)


def test_the_new_code_stands_once_on_the_receipt_and_only_it_opens(desk: Desk) -> None:
    receipt = desk.registers()
    client = desk.log_in("wangmin")
    assert asks(client, receipt).status_code == 302
    page = client.get(reverse("desk:receipt", args=[receipt.matter_number, receipt.number]))
    code = page.context["code"]
    assert code and code != receipt.query_code
    assert intake.matter_by_code(receipt.number, code) == receipt.matter
    assert intake.matter_by_code(receipt.number, receipt.query_code) is None


def test_it_is_written_down_and_those_behind_the_petition_are_told(desk: Desk) -> None:
    receipt = desk.registers()
    before = len(pending())
    asks(desk.log_in("wangmin"), receipt)
    (entry,) = audit.entries(action=AuditAction.CODE_REISSUED)
    assert (entry.account_id, entry.object_id) == (desk.city.account("wangmin"), receipt.contact)
    assert [one.template for one in pending()][before:] == ["code_reissued"]


@pytest.mark.parametrize(
    "changes",
    [{"name": "李强"}, {"phone": "13855509999"}, {"phone": ""}],
    ids=["another name", "another phone", "nothing to compare"],
)
def test_somebody_else_gets_none_and_the_old_one_stays(desk: Desk, changes: dict[str, str]) -> None:
    receipt = desk.registers()
    refused = asks(desk.log_in("wangmin"), receipt, **changes)
    assert refused.status_code == 409
    assert "没有此人" in refused.content.decode()
    assert intake.matter_by_code(receipt.number, receipt.query_code) == receipt.matter
    assert audit.entries(action=AuditAction.CODE_REISSUED) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"seen": ""}, "seen"), ({"id_number": "3408"}, "id_number"), ({"name": ""}, "name")],
)
def test_what_is_missing_or_mistyped_is_named(
    desk: Desk, changes: dict[str, str], field: str
) -> None:
    refused = asks(desk.log_in("wangmin"), desk.registers(), **changes)
    assert refused.status_code == 422
    assert field in refused.context["form"].errors


@pytest.mark.parametrize(("username", "status"), [("sunli", 404), ("malin", 403)])
def test_it_is_for_those_for_whom_the_matter_exists(desk: Desk, username: str, status: int) -> None:
    receipt = desk.accepts()
    client = desk.log_in(username)
    assert client.get(address(receipt)).status_code == status
    assert asks(client, receipt).status_code == status
    assert intake.matter_by_code(receipt.number, receipt.query_code) == receipt.matter


def test_the_reported_cannot_open_a_report_that_way(desk: Desk) -> None:
    receipt = desk.reports(reported_units=["city-housing"])
    assert asks(desk.log_in("lina"), receipt).status_code == 404


def test_a_contact_of_another_matter_is_not_reached_through_this_one(desk: Desk) -> None:
    receipt, other = desk.registers(), desk.receives()
    url = reverse("desk:receipt_again", args=[receipt.matter_number, other.number])
    assert desk.log_in("wangmin").post(url, DOCUMENT).status_code == 404


def test_nobody_who_is_not_logged_in(desk: Desk) -> None:
    assert asks(Client(), desk.registers()).status_code == 302
    assert audit.entries(action=AuditAction.CODE_REISSUED) == []
