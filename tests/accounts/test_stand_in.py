"""Out of office: Li Na stands in for Chen Bo, the head of the housing department, in the database and at the desk."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tests.desk.at_work import Desk, days_ago
from xinqiao.audit import queries as audit
from xinqiao.audit.kinds import AuditAction
from xinqiao.directory import actions, queries
from xinqiao.matters import queries as matters
from xinqiao.matters.actions import load, take
from xinqiao.matters.verify import verify
from xinqiao.rules.persons import Person, Role
from xinqiao.rules.refusals import Refused

if TYPE_CHECKING:
    from tests.support.city_database import City


@pytest.fixture
def desk(city: "City") -> Desk:
    return Desk(city)


def now() -> datetime:
    return days_ago(0)


def today() -> date:
    return matters.today(now())


def stands_in(desk: Desk, stands_in: str, away: str, *, by: str = "", days: int = 5) -> int:
    return actions.name_substitute(
        away=desk.city.account(away), stands_in=desk.city.account(stands_in), first_day=today(),
        last_day=today() + timedelta(days=days), by=desk.city.account(by or away), now=now(),
    )  # fmt: skip


def person(desk: Desk, username: str, day: date | None = None) -> Person:
    return queries.person(desk.city.account(username), day or today())


def test_she_has_his_post_between_the_two_days_and_not_a_day_longer(desk: Desk) -> None:
    stands_in(desk, "lina", "chenbo", days=5)
    heads = frozenset({Role.HEAD})
    assert person(desk, "lina").units(heads) == {"city-housing"}
    assert person(desk, "lina").away == {desk.city.account("chenbo")}
    assert person(desk, "lina", today() + timedelta(days=5)).units(heads)
    assert not person(desk, "lina", today() + timedelta(days=6)).units(heads)
    assert not person(desk, "lina", today() - timedelta(days=1)).units(heads)


def test_what_she_takes_as_head_says_for_whom_and_the_ledger_verifies(desk: Desk) -> None:
    receipt = desk.submits()
    with pytest.raises(Refused):
        take(receipt.matter, "issue_opinion", {}, by=person(desk, "lina"), now=now())
    stands_in(desk, "lina", "chenbo")
    take(receipt.matter, "issue_opinion", {}, by=person(desk, "lina"), now=now())
    entry = load(receipt.matter)[-1]
    assert entry.account == desk.city.account("lina")
    assert entry.payload["instead_of"] == desk.city.account("chenbo")
    take(
        receipt.matter,
        "deliver_opinion",
        {"method": "in_person"},
        by=person(desk, "lina"),
        now=now(),
    )
    assert "instead_of" not in load(receipt.matter)[-1].payload, (
        "delivering is an officer's step: her own"
    )
    assert set(verify()) == {7}, "seven entries and no fault"
    page = desk.log_in("lina").get(reverse("desk:matter", args=[receipt.number])).content.decode()
    assert "李娜（代陈波）" in page


def test_nobody_writes_into_a_step_for_whom_it_is(desk: Desk) -> None:
    receipt = desk.submits()
    with pytest.raises(Refused) as refused:
        fields = {"instead_of": desk.city.account("lina")}
        take(receipt.matter, "issue_opinion", fields, by=person(desk, "chenbo"), now=now())
    assert refused.value.refusal.code == "field_unknown"


def sees(desk: Desk, username: str, matter: int) -> bool:
    """Through every query that a door uses."""
    who = person(desk, username)
    answers = {
        matters.exists_for(who, matter, now()),
        matters.sheet(who, matter, now()) is not None,
        matters.worklist(who, matters.Filters(), now()).filter(id=matter).exists(),
    }
    assert len(answers) == 1
    return answers.pop()


def test_somebody_from_elsewhere_sees_the_units_matters_meanwhile(desk: Desk) -> None:
    receipt = desk.refers()
    assert not sees(desk, "sunli", receipt.matter)
    substitute = stands_in(desk, "sunli", "chenbo")
    assert sees(desk, "sunli", receipt.matter)
    actions.end_substitute(substitute, by=desk.city.account("sunli"), now=now())
    assert not sees(desk, "sunli", receipt.matter)


def test_what_he_withdrew_from_she_does_not_get_through_him(desk: Desk) -> None:
    receipt = desk.refers()
    chenbo = desk.city.account("chenbo")
    desk.takes(receipt.matter, "recuse", by="chenbo", account=chenbo, reason="亲属关系")
    stands_in(desk, "sunli", "chenbo")
    assert not sees(desk, "sunli", receipt.matter)
    stands_in(desk, "lina", "chenbo")
    assert sees(desk, "lina", receipt.matter), "her own work goes on"
    with pytest.raises(Refused):
        take(
            receipt.matter, "accept", {"procedure": "ordinary"}, by=person(desk, "sunli"),
            unit="city-housing", now=now(),
        )  # fmt: skip


def test_a_report_stays_behind_the_wall_of_both(desk: Desk) -> None:
    chenbo = desk.city.account("chenbo")
    on_chenbo = desk.reports(reported_units=["city-housing"], reported_accounts=[chenbo])
    assert sees(desk, "xujing", on_chenbo.matter)
    stands_in(desk, "xujing", "chenbo")
    assert not sees(desk, "xujing", on_chenbo.matter)
    on_labour = desk.reports(reported_units=["city-labour"])
    assert sees(desk, "xujing", on_labour.matter)
    stands_in(desk, "zhoujun", "xujing")
    assert not sees(desk, "zhoujun", on_labour.matter), (
        "of the reported unit, whoever she stands in for"
    )


def test_an_administrators_unit_counts_for_the_wall_and_for_nothing_else(desk: Desk) -> None:
    chenbo = desk.city.account("chenbo")
    actions.appoint(chenbo, "city-labour", Role.ADMIN, date(2020, 1, 1))
    report = desk.reports(reported_units=["city-labour"])
    stands_in(desk, "xujing", "chenbo")
    someone = person(desk, "xujing")
    assert not someone.is_admin and "city-labour" not in someone.units()
    assert not sees(desk, "xujing", report.matter)


def test_a_closed_account_lends_and_borrows_nothing(desk: Desk) -> None:
    stands_in(desk, "lina", "chenbo")
    client = desk.log_in("chenbo")
    user = client.get(reverse("desk:account")).wsgi_request.user
    user.is_active = False
    user.save()
    assert person(desk, "lina").away == frozenset()


def test_both_and_the_audit_know_of_it(desk: Desk) -> None:
    client = desk.log_in("lina")
    answer = client.post(
        reverse("desk:name_substitute"),
        {
            "stands_in": "陈波",
            "first_day": today().isoformat(),
            "last_day": today().isoformat(),
        },
    )
    assert answer.headers["Location"] == reverse("desk:account")
    for name in ("lina", "chenbo"):
        page = desk.log_in(name).get(reverse("desk:account")).content.decode()
        assert "李娜" in page and "陈波" in page and "代办" in page
    (entry,) = audit.entries(action=AuditAction.SUBSTITUTE_NAMED)
    assert entry.account_id == entry.object_id == desk.city.account("lina")
    (line,) = queries.substitutes(today())
    ended = desk.log_in("chenbo").post(reverse("desk:end_substitute", args=[line.id]))
    assert ended.status_code == 302 and queries.substitutes(today()) == []


def test_the_administrator_of_the_unit_sees_it_and_ends_nothing(desk: Desk) -> None:
    substitute = stands_in(desk, "wangmin", "zhaogang")
    client = desk.log_in("malin")
    page = client.get(reverse("desk:account")).content.decode()
    end = reverse("desk:end_substitute", args=[substitute])
    assert "赵刚" in page and "王敏" in page and end not in page
    assert client.post(end).status_code == 403
    head = desk.log_in("zhaogang").get(reverse("desk:account")).content.decode()
    assert end in head
    assert "赵刚" not in desk.log_in("sunli").get(reverse("desk:account")).content.decode()


def test_what_cannot_be_named_is_said_at_the_form_and_nothing_is_lost(desk: Desk) -> None:
    client = desk.log_in("chenbo")
    given = {
        "away": desk.city.account("chenbo"),
        "stands_in": desk.city.account("lina"),
        "first_day": "2026-03-02",
        "last_day": "2026-03-01",
    }
    answer = client.post(reverse("desk:name_substitute"), given)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "结束日期" in page and 'value="2026-03-02"' in page
    stranger = given | {"away": desk.city.account("sunli"), "last_day": "2099-01-01"}
    assert client.post(reverse("desk:name_substitute"), stranger).status_code == 200
    answer = client.post(reverse("desk:name_substitute"), given | {"stands_in": "谁也不是"})
    assert "谁也不是" in answer.content.decode()
    assert queries.substitutes(today()) == []


def test_an_officer_names_nobody_for_another(desk: Desk) -> None:
    """Who is away is the reader, whatever a form may carry."""
    given = {
        "away": desk.city.account("chenbo"),
        "stands_in": "陈波",
        "first_day": today().isoformat(),
        "last_day": today().isoformat(),
    }
    desk.log_in("lina").post(reverse("desk:name_substitute"), given)
    (line,) = queries.substitutes(today())
    assert (line.away_name, line.stands_in_name) == ("李娜", "陈波")


def test_a_stranger_ends_nothing(desk: Desk) -> None:
    substitute = stands_in(desk, "lina", "chenbo")
    answer = desk.log_in("sunli").post(reverse("desk:end_substitute", args=[substitute]))
    assert answer.status_code == 409
    assert desk.log_in("malin").get(reverse("desk:name_substitute")).status_code == 403
    assert len(queries.substitutes(today())) == 1
