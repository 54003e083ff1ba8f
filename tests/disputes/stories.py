"""Disputes in the small city, for stories: the county's office screens, its housing bureau and the town settle."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from tests.support.city import COUNTY, TOWN
from tests.support.city_database import City
from xinqiao.disputes import queries
from xinqiao.disputes.actions import mediations, register, rounds
from xinqiao.disputes.values import Finding, MediationSheet, RoundInput, Sheet
from xinqiao.rules.entries import SHANGHAI

NOW = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
FREE = {"is_side": False, "has_stake": False, "acted_before": False, "is_kin": False}
REQUEST = {
    "mediation_kind": "peoples", "side_a": "owners", "side_b": "property_manager", "asked_by": "side_a",
    "mediation_about": "电梯维修费用由谁承担",
}  # fmt: skip
PATH = {
    "reason": "费用分担谈不拢",
    "path": "litigation",
    "organ_and_limit": "区人民法院，三年内提出",
}


@dataclass
class Story:
    """The city with verbs about disputes. `now` goes on with `days`."""

    city: City
    now: datetime = NOW

    def days(self, count: int) -> "Story":
        self.now += timedelta(days=count)
        return self

    @property
    def today(self) -> date:
        return self.now.date()

    def in_days(self, count: int) -> date:
        return self.today + timedelta(days=count)

    def calls(self, by: str = "dingxia", **more: Any) -> int:
        """The county's office has its housing bureau look in the county."""
        said = {
            "title": "春季物业纠纷排查", "unit": "county-petition", "region": COUNTY, "first_day": self.today,
            "last_day": self.in_days(20), "categories": ["housing"], "parts": [("county-housing", COUNTY)],
        } | more  # fmt: skip
        return rounds.call(RoundInput(**said), by=self.city.person(by, self.now), now=self.now)

    def finds(self, by: str = "qianyu", **more: Any) -> int:
        said = {
            "unit": "county-housing", "region": TOWN, "place": "某某小区3号楼", "subject": "电梯停运，维修费用有争议",
            "category": "housing.property", "roles": ["owners", "property_manager"], "households": 12,
            "people": 30, "remedy": "明确维修资金的使用",
        } | more  # fmt: skip
        return register.find(Finding(**said), by=self.city.person(by, self.now), now=self.now)

    def moves(self, dispute: int, step: str, by: str = "qianyu", **fields: Any) -> None:
        register.move(dispute, step, fields, by=self.city.person(by, self.now), now=self.now)

    def takes_on(self, **more: Any) -> int:
        """A dispute that the housing bureau settles itself."""
        dispute = self.finds(**more)
        self.moves(dispute, "take_on", settle_by=self.in_days(30))
        return dispute

    def asks(self, dispute: int, by: str = "qianyu", **more: Any) -> int:
        person = self.city.person(by, self.now)
        return mediations.request_for_dispute(dispute, REQUEST | more, by=person, now=self.now)

    def mediates(self, mediation: int, step: str, by: str = "qianyu", **fields: Any) -> None:
        person = self.city.person(by, self.now)
        mediations.move(mediation, step, fields, by=person, now=self.now)

    def both_agree(self, mediation: int, by: str = "qianyu") -> None:
        for side in ("side_a", "side_b"):
            self.mediates(mediation, "consent", by, side=side, consents=True, consent_on=self.today)

    def begins(self, dispute: int) -> int:
        """A mediation by the people's committee of the town, under way."""
        mediation = self.asks(dispute)
        self.both_agree(mediation)
        self.mediates(
            mediation, "name_mediator", outside_office="peoples_committee", office_name="某某镇调委会", **FREE
        )  # fmt: skip
        self.mediates(mediation, "begin")
        return mediation

    def opens(self, dispute: int, by: str = "qianyu") -> Sheet:
        found = queries.sheet(self.city.person(by, self.now), dispute, self.now)
        assert found is not None
        return found

    def mediation(self, row: int, by: str = "qianyu") -> MediationSheet:
        found = queries.mediation(self.city.person(by, self.now), row, self.now)
        assert found is not None
        return found
