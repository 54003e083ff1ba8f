"""The fund of the city's petition office: Zhao Gang keeps it, Wang Min works there, Li Na asks, Wu Tao governs."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from django.utils import timezone

from tests.desk.at_work import ZHANG_WEI, Desk
from tests.evidence import samples
from tests.support.city_database import City
from xinqiao.evidence import actions as evidence
from xinqiao.evidence.values import MATTER, Owner
from xinqiao.intake.queries import of_matter
from xinqiao.people.queries import petitioners_of
from xinqiao.relief import actions, books
from xinqiao.relief.models import Entry, Fund, Request
from xinqiao.relief.values import Wanted
from xinqiao.rules.persons import Person
from xinqiao.rules.relief import PATHS
from xinqiao.rules.relief_books import Account, Balances

YUAN = 100
BUDGET = 100_000 * YUAN
#: One amount for each level of approvals: one hand, two of the office, with the head of the government.
SMALL, MIDDLE, LARGE = 2_000 * YUAN, 20_000 * YUAN, 50_000 * YUAN
PROOF = "a" * 64
CLOSED_PATHS = dict.fromkeys(PATHS, (False, "已核实，不符合条件。"))


@dataclass(frozen=True)
class Office:
    """The office with its matter and its fund, and verbs for its people. Everything happens now."""

    desk: Desk
    matter: int
    number: str
    fund: int

    @classmethod
    def opened(cls, city: City, budget: int = BUDGET) -> "Office":
        desk = Desk(city)
        receipt = desk.accepts()
        fund = books.open_fund(
            "city-petition", now().year, {Account.FISCAL: budget}, "财政〔2026〕1号",
            by=city.person("zhaogang"), now=now(),
        )  # fmt: skip
        return cls(desk, receipt.matter, receipt.matter_number, fund)

    def person(self, username: str) -> Person:
        return self.desk.city.person(username)

    def another_matter(self, **petitioner: Any) -> int:
        """A further matter that the city's housing department handles."""
        more = {"petitioners": [type(ZHANG_WEI)(**petitioner)]} if petitioner else {}
        receipt = self.desk.registers(**more)
        self.desk.takes(receipt.matter, "transfer", by="wangmin", to_unit="city-housing")
        self.desk.takes(receipt.matter, "accept", by="lina", procedure="ordinary")
        return receipt.matter

    def wanted(self, amount: int = SMALL, matter: int | None = None, **other: Any) -> Wanted:
        contacts = [line.id for line in of_matter(matter or self.matter)]
        given: dict[str, Any] = {
            "office": "city-petition", "petitioner": petitioners_of(contacts)[0], "need": "medical",
            "amount": amount, "hardship": "住院费用无力承担，经村委会核实。", "paths": CLOSED_PATHS,
        } | other  # fmt: skip
        return Wanted(**given)

    def asks(
        self, amount: int = SMALL, *, by: str = "lina", matter: int | None = None, **other: Any
    ) -> int:
        wanted = self.wanted(amount, matter, **other)
        return actions.request(matter or self.matter, wanted, by=self.person(by), now=now())

    def checks(self, request: int, by: str = "wangmin") -> None:
        actions.check(request, by=self.person(by), now=now())

    def approves(self, request: int, by: str = "zhaogang", **how: Any) -> None:
        actions.approve(request, by=self.person(by), now=now(), **how)

    def refuses(self, request: int, by: str = "zhaogang") -> None:
        actions.refuse(request, reason="不符合救助条件。", by=self.person(by), now=now())

    def drops(self, request: int, by: str = "lina") -> None:
        actions.drop(request, reason="已由低保解决。", by=self.person(by), now=now())

    def pays(
        self, request: int, by: str = "wangmin", files: list[str] | None = None, on: date | None = None
    ) -> None:  # fmt: skip
        proof = [PROOF] if files is None else files
        actions.pay(
            request, paid_on=on or today(), files=proof, by=self.person(by), now=now()
        )  # fmt: skip

    def gets_back(self, request: int, amount: int, by: str = "wangmin") -> None:
        actions.give_back(
            request, amount=amount, reason="银行退汇。", files=[], by=self.person(by), now=now()
        )

    def paid(self, amount: int = SMALL, **asked: Any) -> int:
        """A small request that went its whole way."""
        request = self.asks(amount, **asked)
        self.approves(request)
        self.pays(request)
        return request

    def proof(self, matter: int | None = None) -> str:
        """A photograph of a signed receipt, kept with the matter; gives its SHA-256."""
        owner = Owner(kind=MATTER, id=matter or self.matter)
        picture = BytesIO(samples.picture())
        return evidence.keep(
            picture, name="签收单.jpg", owner=owner, by=self.person("wangmin"), now=now()
        ).sha256

    @property
    def balances(self) -> Balances:
        """What stands on the accounts of the fund."""
        return books.balances_of(Entry.objects.filter(fund_id=self.fund).order_by("-seq").first())

    def state(self, request: int) -> str:
        return Request.objects.get(pk=request).state

    def kinds(self) -> list[str]:
        """The entries of the fund, by kind, in their order."""
        rows = Entry.objects.filter(fund_id=self.fund).order_by("seq")
        return list(rows.values_list("kind", flat=True))

    def year(self) -> int:
        return Fund.objects.get(pk=self.fund).year


def now() -> datetime:
    return timezone.now()


def today() -> date:
    return timezone.localdate()


def ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)
