"""Scope and wall: who sees which matter, asked through every query that a door uses."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.support.accounts import ACCOUNTS
from tests.support.city import COUNTY, TOWN
from tests.support.city_database import City
from xinqiao.directory import actions as directory
from xinqiao.intake import queries as intake
from xinqiao.intake.actions import receive
from xinqiao.intake.values import ContactInput
from xinqiao.matters import actions, queries
from xinqiao.people.values import PersonInput
from xinqiao.rules.persons import Role, petitioner_of

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
LIU_MEI = PersonInput(name="刘梅", phone="13900000011")


class Matter:
    """A matter of Liu Mei, received by the city's petition office and moved on by the cast."""

    def __init__(self, city: City, kind: str = "claim", **register: Any) -> None:
        self.city, self.now = city, NOW
        letter = ContactInput(
            unit="city-petition", channel="letter", received_at=NOW, subject="小区电梯", body="坏了",
            petitioners=[LIU_MEI],
        )  # fmt: skip
        receipt = receive(letter, by=city.person("wangmin"), now=NOW)
        self.id, self.number = receipt.matter, receipt.number
        self.does(
            "wangmin", "register", kind=kind, region=COUNTY, category="housing.property", **register
        )

    def does(self, username: str, step: str, **fields: Any) -> "Matter":
        self.now += timedelta(hours=4)
        actions.take(self.id, step, fields, by=self.city.person(username), now=self.now)
        return self

    def seen_by(self, username: str) -> bool:
        """Whether it is there for this person; every query must give the same answer."""
        person = self.city.person(username)
        answers = {
            queries.exists_for(person, self.id, self.now),
            queries.find(person, self.number, self.now) is not None,
            queries.sheet(person, self.id, self.now) is not None,
            queries.worklist(person, queries.Filters(), self.now).filter(id=self.id).exists(),
            queries.worklist(person, queries.Filters(words="电梯"), self.now).count() == 1,
            len(intake.suggestions(person, [LIU_MEI], "电梯", self.now)) == 1,
        }
        assert len(answers) == 1, f"{username} sees it through one query and not through another"
        return answers.pop()

    def counted_by(self, username: str) -> int:
        return sum(queries.queue_counts(self.city.person(username), self.now).values())


@pytest.fixture
def claim(city: City) -> Matter:
    return Matter(city, path="petition")


def test_who_received_it_and_whose_territory_it_is_see_it(claim: Matter) -> None:
    assert claim.seen_by("wangmin")
    assert claim.seen_by("dingxia"), "the county's petition office sees its territory"


def test_others_do_not(claim: Matter) -> None:
    for username in ("lina", "sunli", "qianyu", "wutao", "fengrui", "xujing"):
        assert not claim.seen_by(username), username
        assert claim.counted_by(username) == 0


def test_an_administrator_sees_no_matter(claim: Matter) -> None:
    assert not claim.seen_by("malin")
    assert claim.counted_by("malin") == 0


def test_who_handles_it_sees_it_and_so_does_who_once_held_it(claim: Matter) -> None:
    claim.does("wangmin", "transfer", to_unit="city-labour")
    assert claim.seen_by("sunli")
    claim.does("sunli", "object", reason="不属于我局").does(
        "zhaogang", "uphold_objection", reason="同意"
    )
    claim.does("wangmin", "transfer", to_unit="city-housing")
    assert claim.seen_by("lina")
    assert claim.seen_by("sunli")
    assert claim.counted_by("sunli") == 0, "but nothing waits for it there"


def test_the_recused_lose_sight_of_it_and_their_colleagues_do_not(claim: Matter) -> None:
    claim.does("wangmin", "transfer", to_unit="city-housing")
    claim.does("lina", "recuse", account=claim.city.account("lina"), reason="亲属关系")
    assert not claim.seen_by("lina")
    assert claim.seen_by("chenbo")


def test_the_petitioner_sees_this_matter_and_no_other(claim: Matter) -> None:
    other = Matter(claim.city)
    liu_mei = petitioner_of(claim.id)
    assert queries.exists_for(liu_mei, claim.id, claim.now)
    assert not queries.exists_for(liu_mei, other.id, claim.now)


def test_a_report_never_meets_the_reported_unit_nor_those_below(city: City) -> None:
    report = Matter(city, kind="report", reported_units=["county-government"])
    report.does("wangmin", "transfer", to_unit="city-discipline")
    assert report.seen_by("xujing")
    assert report.seen_by("wangmin")
    for username in ("yanfei", "heping", "qianyu", "dingxia"):
        assert not report.seen_by(username), username
        assert report.counted_by(username) == 0


def test_a_report_is_not_seen_for_the_sake_of_its_territory(city: City) -> None:
    report = Matter(city, kind="report", reported_units=["city-labour"])
    assert report.seen_by("wangmin")
    assert not report.seen_by("dingxia")


def test_a_reported_person_does_not_find_it_wherever_they_sit(city: City) -> None:
    report = Matter(city, kind="report", reported_accounts=[city.account("zhaogang")])
    assert report.seen_by("wangmin")
    assert not report.seen_by("zhaogang")
    assert report.counted_by("zhaogang") == 0


def test_a_neighbouring_county_does_not_see_it(city: City) -> None:
    """It lies in Taihu County; Ding Xia works for Yixiu District."""
    neighbours = Matter(city).does(
        "wangmin", "reclassify", region="340825", reason="问题发生在太湖县"
    )
    assert not neighbours.seen_by("dingxia")
    assert neighbours.seen_by("wangmin")


def test_a_township_belongs_to_its_county(city: City) -> None:
    village = Matter(city).does("wangmin", "reclassify", region=TOWN, reason="问题发生在镇里")
    assert village.seen_by("dingxia")


def test_before_it_has_a_place_it_is_its_receivers_alone(city: City) -> None:
    letter = ContactInput(
        unit="county-housing", channel="letter", received_at=NOW, subject="小区电梯", body="坏了"
    )
    receipt = receive(letter, by=city.person("qianyu"), now=NOW)
    assert queries.exists_for(city.person("heping"), receipt.matter, NOW)
    for username in ("dingxia", "wangmin", "lina", "yanfei"):
        assert not queries.exists_for(city.person(username), receipt.matter, NOW), username


def test_who_no_longer_holds_a_post_sees_nothing_of_it(claim: Matter) -> None:
    account = claim.city.account("wangmin")
    directory.dismiss(account, "city-petition", NOW.date())
    assert claim.seen_by("wangmin"), "the last day still counts"
    tomorrow = claim.city.person("wangmin", NOW + timedelta(days=1))
    assert not queries.exists_for(tomorrow, claim.id, NOW + timedelta(days=1))


def test_an_administrator_with_a_working_post_sees_what_that_post_sees(claim: Matter) -> None:
    directory.appoint(claim.city.account("malin"), "city-petition", Role.CLERK, NOW.date())
    assert claim.seen_by("malin")


def test_a_reviewing_organ_sees_it_from_the_request_on(claim: Matter) -> None:
    claim.does("wangmin", "transfer", to_unit="city-housing").does(
        "lina", "accept", procedure="ordinary"
    )
    opinion = dict.fromkeys(("claim", "facts_found", "opinion", "legal_basis"), "已查明") | ACCOUNTS
    claim.does("lina", "submit_opinion", **opinion, result="explained", disposition="explain")
    claim.does("chenbo", "issue_opinion").does("lina", "deliver_opinion", method="in_person")
    assert not claim.seen_by("wutao")
    claim.does("wangmin", "request_review", to_unit="city-government", reason="信访人书面请求")
    assert claim.seen_by("wutao")
    assert claim.counted_by("wutao") == 1
