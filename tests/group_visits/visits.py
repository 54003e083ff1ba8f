"""Group visits for stories: eight people come to the city's office about a matter of the housing department."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from tests.desk.at_work import ZHANG_WEI, Desk
from xinqiao.group_visits import actions, queries
from xinqiao.group_visits.values import VisitLine
from xinqiao.intake import queries as intake
from xinqiao.intake.actions import receive
from xinqiao.intake.values import ContactInput
from xinqiao.rules.persons import SYSTEM

COMMITMENT = "十日内公布维修资金账目。"


def visits(
    desk: Desk, *, people: int = 8, level: str = "city", referred: bool = True, **more: Any
) -> int:
    """The visit comes in and is registered; with `referred` the housing department handles it. The contact's id."""
    given: dict[str, Any] = {"channel": "visit", "head_count": people, "level": level} | more
    receipt = desk.registers(0.02, **given)
    if referred:
        desk.takes(receipt.matter, "transfer", by="wangmin", days=0.01, to_unit="city-housing")
    return receipt.contact


def called(desk: Desk, now: datetime | None = None, **more: Any) -> VisitLine:
    """The same, and the first-in-charge is called."""
    now = now or timezone.now()
    visit = intake.visit(visits(desk, **more))
    assert visit is not None
    row = actions.call(visit, now=now)
    assert row is not None
    return line(row)


def calls(desk: Desk, matter: int) -> int:
    """A group comes on this matter, and the first-in-charge is called. The row id."""
    now = timezone.now()
    contact = ContactInput(
        unit="city-petition", channel="visit", received_at=now, subject="集体来访", body="要求修复电梯。", head_count=9,
        level="city", petitioners=[ZHANG_WEI], matter=matter,
    )  # fmt: skip
    receipt = receive(contact, by=desk.city.person("wangmin"), now=now)
    visit = intake.visit(receipt.contact)
    row = actions.call(visit, now=now) if visit else None
    assert row is not None
    return row


def line(row: int) -> VisitLine:
    """The visit as it stands, without anybody's scope."""
    found = queries.find(SYSTEM, row, timezone.now())
    assert found is not None
    return found
