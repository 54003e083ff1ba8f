"""Every page of the administration: who gets in, and that nothing of a matter can be read on any of them."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.desk.at_work import ZHANG_WEI, Desk
from tests.support.city import CAST
from tests.support.city_database import City
from xinqiao.audit import actions as audit
from xinqiao.audit.kinds import AuditAction
from xinqiao.desk.admin.urls import urlpatterns
from xinqiao.directory import listing
from xinqiao.intake import queries as intake
from xinqiao.people import queries as people
from xinqiao.people.actions import unmask

OK, FORBIDDEN, FOUND = 200, 403, 302
SUBJECT, REASON = "电梯停运半年", "上门核实张伟反映的情况"


def pages(city: City) -> dict[str, str]:
    """The address of every page, by name; each takes what a real link would give it."""
    someone = city.account("chenbo")
    line = listing.account(someone)
    assert line is not None
    given = {
        "admin-unit": ["city-housing"], "admin-unit-rename": ["city-housing"],
        "admin-unit-end": ["city-housing"], "admin-account": [someone],
        "admin-post-give": [someone], "admin-post-end": [someone, line.posts[0].id],
        "admin-account-reset": [str(someone), "second-factor"], "admin-year": [2026],
        "admin-category-rename": ["housing"], "admin-category-retire": ["housing.property"],
        "admin-text": ["home_notice"],
    }  # fmt: skip
    names = [pattern.name for pattern in urlpatterns if pattern.name != "admin-audit-export"]
    return {str(name): reverse(f"desk:{name}", args=given.get(str(name), [])) for name in names}


@pytest.mark.parametrize("username", [name for name in CAST if name != "malin"])
def test_nobody_else_gets_in(desk: Desk, username: str) -> None:
    client = desk.log_in(username)
    for name, address in pages(desk.city).items():
        answer = client.get(address, follow=True)
        assert answer.status_code == FORBIDDEN, name
    assert client.post(reverse("desk:admin-audit-export")).status_code == FORBIDDEN


def test_without_logging_in_there_is_nothing(desk: Desk) -> None:
    for address in pages(desk.city).values():
        answer = Client().get(address, follow=True)
        assert answer.redirect_chain[-1][0].startswith(reverse("desk:login")), address


def test_an_administrator_opens_every_page(desk: Desk) -> None:
    client = desk.log_in("malin")
    for name, address in pages(desk.city).items():
        assert client.get(address, follow=True).status_code == OK, name


def test_no_page_tells_anything_of_a_matter(desk: Desk) -> None:
    """Matters, people and looks at both are there; subject, name, phone, number and reason are on no page."""
    receipt = desk.accepts()
    report = desk.reports(reported_units=["city-housing"])
    client = desk.log_in("lina")
    client.get(reverse("desk:matter", args=[receipt.matter_number]))
    behind = _people_of(receipt.matter)
    unmask(
        behind, by_account=desk.city.account("lina"), reason=REASON, matter_id=receipt.matter,
        now=timezone.now(), unit="city-housing",
    )  # fmt: skip
    audit.record(AuditAction.EXPORTED, now=timezone.now(), by_account=desk.city.account("lina"))
    secrets = [SUBJECT, ZHANG_WEI.name, str(ZHANG_WEI.phone), str(ZHANG_WEI.address), REASON]
    secrets += [receipt.number, receipt.matter_number, report.number, report.matter_number]
    admin = desk.log_in("malin")
    for name, address in pages(desk.city).items():
        html = admin.get(address, follow=True).content.decode()
        assert [one for one in secrets if one in html] == [], name
    taken = b"".join(admin.post(reverse("desk:admin-audit-export")).streaming_content).decode()
    assert "查看完整信息" in taken and "李娜" in taken
    assert [one for one in secrets if one in taken] == []


def test_no_page_of_the_work_opens_for_an_administrator(desk: Desk) -> None:
    number = desk.accepts().matter_number
    client = desk.log_in("malin")
    for name in ("matter", "people"):
        assert client.get(reverse(f"desk:{name}", args=[number])).status_code == 404
    for name in ("visit", "call", "letter", "fax"):
        assert client.get(reverse(f"desk:{name}")).status_code == FORBIDDEN


def test_the_side_of_the_desk_shows_the_way_to_administrators_only(desk: Desk) -> None:
    address = f'href="{reverse("desk:admin")}"'
    assert address in desk.log_in("malin").get(reverse("desk:work")).content.decode()
    assert address not in desk.log_in("zhaogang").get(reverse("desk:work")).content.decode()


def _people_of(matter: int) -> list[int]:

    contacts = [line.id for line in intake.of_matter(matter)]
    return [one.who.id for listed in people.masked_parties(contacts).values() for one in listed]
