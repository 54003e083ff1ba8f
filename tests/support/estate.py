"""Letters from one estate about one lift, in a database: matters that may turn out to be one."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.support.city import CITY
from tests.support.city_database import City
from xinqiao.intake.actions import receive
from xinqiao.intake.values import ContactInput
from xinqiao.matters import actions
from xinqiao.matters.actions import load
from xinqiao.matters.clockwork import clocks_of
from xinqiao.people.values import PersonInput
from xinqiao.rules.persons import petitioner_of

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
LIU_MEI = PersonInput(name="刘梅", phone="13900000011")
HE_FANG = PersonInput(name="何芳", phone="13900000022")
OPINION = {
    "claim": "修好电梯", "facts_found": "电梯停用两个月", "opinion": "督促物业月底前修复",
    "legal_basis": "物业管理条例",
    "result": "supported", "disposition": "settle", "policy_account": "clear", "procedure_account": "clear",
    "care_account": "none",
}  # fmt: skip
ANSWER = {
    "answer": "感谢建议，已采纳。",
    "policy_account": "clear",
    "procedure_account": "clear",
    "care_account": "none",
}


class Estate:
    """Letters from one estate about one lift; a quarter of an hour passes with each step."""

    def __init__(self, city: City) -> None:
        self.city, self.now = city, MORNING

    def letter(self, who: PersonInput = LIU_MEI, **fields: Any) -> int:
        """A letter, registered at the city petition office."""
        self.now += timedelta(minutes=15)
        letter = ContactInput(
            unit="city-petition", channel="letter", received_at=self.now, subject="电梯停用", body="电梯坏了两个月。",
            petitioners=[who],
        )  # fmt: skip
        receipt = receive(letter, by=self.city.person("wangmin"), now=self.now)
        fields = {"kind": "claim", "region": CITY, "category": "housing.property"} | fields
        self.does(receipt.matter, "wangmin", "register", **fields)
        return receipt.matter

    def referred(self, who: PersonInput = LIU_MEI, **fields: Any) -> int:
        matter = self.letter(who, **fields)
        self.does(matter, "wangmin", "transfer", to_unit="city-housing")
        return matter

    def accepted(self, who: PersonInput = LIU_MEI, **fields: Any) -> int:
        matter = self.referred(who, **fields)
        self.does(matter, "lina", "accept", procedure="ordinary")
        return matter

    def does(self, matter: int, username: str, step: str, /, **fields: Any) -> actions.Taken:
        self.now += timedelta(minutes=15)
        who = petitioner_of(matter) if username == "petitioner" else self.city.person(username)
        return actions.take(matter, step, fields, by=who, now=self.now)

    def joins(self, matter: int, target: int, username: str = "lina") -> actions.Taken:
        return self.does(matter, username, "join", matter=target, reason="同一部电梯")

    def later(self, **period: int) -> None:
        self.now += timedelta(**period)

    def due(self, matter: int, clock: str) -> Any:
        return [one for one in clocks_of(load(matter), self.now.date()) if one.id == clock][-1].due
