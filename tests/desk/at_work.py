"""The desk in front of the small city: log in as one of the cast, have matters that stand where a story needs them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from tests.support.accounts import ACCOUNTS
from tests.support.city_database import City
from xinqiao.intake.actions import receive
from xinqiao.intake.values import ContactInput, Receipt
from xinqiao.matters.actions import take
from xinqiao.people.values import PersonInput

ZHANG_WEI = PersonInput(name="张伟", phone="13855501234", address="安徽省安庆市宜秀区某某路8号")
OPINION = {
    "claim": "请求修复电梯。",
    "facts_found": "电梯停运属实。",
    "opinion": "责成物业三十日内修复。",
    "legal_basis": "《物业管理条例》第三十五条。",
    "result": "supported",
    "disposition": "settle",
    **ACCOUNTS,
}


def days_ago(days: float) -> datetime:
    return timezone.now() - timedelta(days=days)


@dataclass(frozen=True)
class Desk:
    """The city, with verbs for its people."""

    city: City

    def log_in(self, username: str) -> Client:
        """A browser in which one of the cast is logged in."""
        client = Client()
        client.force_login(_account(self.city, username))
        return client

    def receives(self, days: float = 10, *, by: str = "wangmin", **more: Any) -> Receipt:
        """A petition comes in so many days ago, at the unit of whoever receives it."""
        contact = {
            "unit": "city-petition",
            "channel": "letter",
            "received_at": days_ago(days),
            "subject": "电梯停运半年",
            "body": "小区电梯停运半年，请求修复。",
            "petitioners": [ZHANG_WEI],
        } | more
        return receive(ContactInput(**contact), by=self.city.person(by), now=days_ago(days))

    def registers(self, days: float = 10, *, kind: str = "claim", **more: Any) -> Receipt:
        """The same, registered at once: a claim about housing in the county, unless said otherwise."""
        fields = more.pop("fields", {})
        receipt = self.receives(days, **more)
        path = {"path": "petition"} if kind == "claim" else {}
        given = {"kind": kind, "region": "340811", "category": "housing.property"} | path | fields
        self.takes(receipt.matter, "register", by=more.get("by", "wangmin"), days=days, **given)
        return receipt

    def refers(self, days: float = 10, *, to: str = "city-housing", **more: Any) -> Receipt:
        receipt = self.registers(days, **more)
        self.takes(receipt.matter, "transfer", by="wangmin", days=days, to_unit=to)
        return receipt

    def accepts(self, days: float = 10, procedure: str = "ordinary", **more: Any) -> Receipt:
        receipt = self.refers(days, **more)
        self.takes(receipt.matter, "accept", by="lina", days=days, procedure=procedure)
        return receipt

    def submits(self, days: float = 10) -> Receipt:
        receipt = self.accepts(days)
        self.takes(receipt.matter, "submit_opinion", by="lina", days=days, **OPINION)
        return receipt

    def issues(self, days: float = 10) -> Receipt:
        receipt = self.submits(days)
        self.takes(receipt.matter, "issue_opinion", by="chenbo", days=days)
        return receipt

    def reports(self, days: float = 10, **reported: Any) -> Receipt:
        """A report (art. 30) that lies with the city discipline commission."""
        receipt = self.registers(days, kind="report", fields=reported)
        self.takes(receipt.matter, "transfer", by="wangmin", days=days, to_unit="city-discipline")
        return receipt

    def takes(self, matter: int, step: str, *, by: str, days: float = 0, **fields: Any) -> None:
        take(matter, step, fields, by=self.city.person(by), now=days_ago(days))


def _account(city: City, username: str) -> Any:
    return get_user_model().objects.get(pk=city.account(username))
