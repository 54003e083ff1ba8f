"""What the people of the small city do with a petition, some days ago."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from tests.support.accounts import ACCOUNTS
from tests.support.city_database import City
from xinqiao.intake.actions import receive
from xinqiao.intake.values import ContactInput, Receipt
from xinqiao.matters.actions import take
from xinqiao.people.values import PersonInput
from xinqiao.rules.persons import Person, PersonKind, petitioner_of

SENDER = Person(kind=PersonKind.PETITIONER)
OPINION = {
    "claim": "请求修复电梯",
    "facts_found": "电梯停用属实",
    "opinion": "三十日内完成维修",
    "legal_basis": "物业管理条例",
    "result": "supported",
    "disposition": "settle",
    **ACCOUNTS,
}


def days_ago(days: float) -> datetime:
    return timezone.now() - timedelta(days=days)


@dataclass(frozen=True)
class Offices:
    """The city, with verbs for the stations of a matter."""

    city: City

    def received(self, days: float = 40, **more: Any) -> Receipt:
        contact = {
            "unit": "city-petition", "channel": "online", "received_at": days_ago(days),
            "subject": "电梯停用半年", "body": "四月起停用，请求修复。", "kind": "claim", "region": "340811",
            "petitioners": [PersonInput(name="高兰", phone="13800001234", address="宜秀区某某镇")],
        } | more  # fmt: skip
        return receive(ContactInput(**contact), by=SENDER, now=days_ago(days))

    def takes(self, receipt: Receipt, step: str, by: str, ago: float = 0, **fields: Any) -> None:
        """One step, by a member of the cast or by the petitioner."""
        moment = days_ago(ago)
        person = petitioner_of(receipt.matter) if by == "petitioner" else self.city.person(by)
        take(receipt.matter, step, fields, by=person, now=moment)

    def registered(self, **more: Any) -> Receipt:
        receipt = self.received(**more)
        kind = more.get("kind", "claim")
        self.takes(
            receipt,
            "register",
            "wangmin",
            39,
            kind=kind,
            region="340811",
            category="housing.property",
        )
        return receipt

    def accepted(self, procedure: str = "ordinary") -> Receipt:
        """Accepted by the housing department 36 days ago."""
        receipt = self.registered()
        self.takes(receipt, "transfer", "wangmin", 38, to_unit="city-housing")
        self.takes(receipt, "accept", "lina", 36, procedure=procedure)
        return receipt

    def signed(self) -> Receipt:
        """The opinion is signed and not yet delivered."""
        receipt = self.accepted()
        self.takes(receipt, "submit_opinion", "lina", 6, **OPINION)
        self.takes(receipt, "issue_opinion", "chenbo", 5)
        return receipt

    def answered(self) -> Receipt:
        """The opinion was delivered two days ago."""
        receipt = self.signed()
        self.takes(receipt, "deliver_opinion", "lina", 2, method="electronic")
        return receipt

    def reviewed(self, result: str = "upheld") -> Receipt:
        """The city government's review was delivered today."""
        receipt = self.answered()
        self.takes(
            receipt,
            "request_review",
            "petitioner",
            1.5,
            reason="没有查清",
            to_unit="city-government",
        )
        self.takes(
            receipt, "issue_review_opinion", "wutao", 1, appeal_result=result, opinion="复查认为原意见正确",
            legal_basis="物业管理条例",
        )  # fmt: skip
        self.takes(receipt, "deliver_review_opinion", "wutao", 0.5, method="electronic")
        return receipt

    def concluded(self) -> Receipt:
        """The provincial government's re-examination was delivered; the three levels are over."""
        receipt = self.reviewed()
        self.takes(
            receipt,
            "request_reexamination",
            "petitioner",
            0.4,
            reason="仍不服",
            to_unit="province-government",
        )
        self.takes(
            receipt, "issue_reexamination_opinion", "shenhao", 0.3, appeal_result="upheld",
            opinion="复核维持", legal_basis="物业管理条例",
        )  # fmt: skip
        self.takes(receipt, "deliver_reexamination_opinion", "shenhao", 0.2, method="electronic")
        return receipt

    def replied(self, kind: str = "suggestion") -> Receipt:
        """Answered plainly."""
        receipt = self.registered(kind=kind)
        self.takes(receipt, "reply", "wangmin", 3, answer="建议已经采纳，谢谢。", **ACCOUNTS)
        return receipt
