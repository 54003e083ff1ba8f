"""Every page of the desk, for every member of the cast: who gets in, who does not, and who may not even know."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.desk.at_work import Desk
from tests.support.city import CAST

OK, FORBIDDEN, MISSING, METHOD, CONFLICT = 200, 403, 404, 405, 409
HOUSING = {"lina", "chenbo"}
CITY_OFFICE = {"wangmin", "zhaogang"}
#: The county's petition office: the matter lies in its territory.
COUNTY_OFFICE = {"dingxia"}
WHO_SEES = HOUSING | CITY_OFFICE | COUNTY_OFFICE
PLAIN_PAGES = ("work", "visit", "call", "letter", "fax")


def page(name: str, number: str, *more: str) -> str:
    return reverse(f"desk:{name}", args=[number, *more])


@pytest.mark.parametrize("name", PLAIN_PAGES)
@pytest.mark.parametrize("username", CAST)
def test_lists_and_registering_are_for_working_posts(desk: Desk, name: str, username: str) -> None:
    answer = desk.log_in(username).get(reverse(f"desk:{name}"))
    administers = username == "malin"
    assert answer.status_code == (FORBIDDEN if administers and name != "work" else OK)


@pytest.mark.parametrize("username", CAST)
def test_a_matter_is_for_who_has_part_in_it(desk: Desk, username: str) -> None:
    receipt = desk.accepts()
    client = desk.log_in(username)
    expected = OK if username in WHO_SEES else MISSING
    pages = [page("matter", receipt.matter_number), page("people", receipt.matter_number)]
    pages.append(page("receipt", receipt.matter_number, receipt.number))
    assert [client.get(one).status_code for one in pages] == [expected] * 3


@pytest.mark.parametrize("username", CAST)
def test_a_step_is_for_whose_turn_it_is(desk: Desk, username: str) -> None:
    number = desk.submits().matter_number
    client = desk.log_in(username)
    expected = MISSING if username not in WHO_SEES else OK if username == "chenbo" else FORBIDDEN
    assert client.get(page("step", number, "issue_opinion")).status_code == expected
    answer = client.post(page("step", number, "issue_opinion"), {"seen": 99})
    assert answer.status_code == (expected if expected != OK else CONFLICT)


@pytest.mark.parametrize(
    ("username", "seen"),
    [("xujing", OK), ("wangmin", OK), ("dingxia", MISSING), ("lina", MISSING), ("chenbo", MISSING)],
)
def test_a_report_is_hidden_from_the_reported(desk: Desk, username: str, seen: int) -> None:
    """The county office too: where a report lies does not open it."""
    receipt = desk.reports(reported_units=["city-housing"])
    client = desk.log_in(username)
    number = receipt.matter_number
    for one in (
        page("matter", number),
        page("people", number),
        page("receipt", number, receipt.number),
        page("step", number, "give_help"),
    ):
        status = client.get(one).status_code
        assert status == seen or (seen == OK and status == FORBIDDEN), one
    listed = client.get(reverse("desk:work"), {"queue": "all"})
    assert (number in listed.content.decode()) is (seen == OK)


def test_nobody_comes_in_without_logging_in(desk: Desk) -> None:
    receipt = desk.registers()
    number, stranger = receipt.matter_number, Client()
    pages = [reverse(f"desk:{name}") for name in PLAIN_PAGES]
    pages += [page("matter", number), page("people", number), page("step", number, "transfer")]
    pages += [page("receipt", number, receipt.number)]
    for one in pages:
        assert stranger.get(one).headers["Location"].startswith(reverse("desk:login")), one
    sent = stranger.post(page("step", number, "transfer"), {"to_unit": "city-housing"})
    assert sent.headers["Location"].startswith(reverse("desk:login"))


def test_addresses_take_only_the_methods_they_are_for(desk: Desk) -> None:
    receipt = desk.registers()
    number, client = receipt.matter_number, desk.log_in("wangmin")
    for name in ("suggestions", "logout"):
        assert client.get(reverse(f"desk:{name}")).status_code == METHOD
    for one in (reverse("desk:work"), page("matter", number), page("receipt", number, number)):
        assert client.post(one).status_code == METHOD
    assert client.put(page("step", number, "transfer")).status_code == METHOD


@pytest.mark.parametrize("step", ["receive", "recompute", "rate", "add_contact", "nonsense"])
def test_steps_that_no_staff_takes_here_have_no_page(desk: Desk, step: str) -> None:
    number = desk.registers().matter_number
    assert desk.log_in("wangmin").get(page("step", number, step)).status_code == MISSING


def test_a_number_that_nobody_gave_out(desk: Desk) -> None:
    desk.registers()
    client = desk.log_in("wangmin")
    assert client.get(page("matter", "20260317-482915-6")).status_code == MISSING
    assert client.get("/desk/matters/x/").status_code == MISSING


def test_forms_are_taken_only_from_their_own_page(desk: Desk) -> None:
    number = desk.registers().matter_number
    client = Client(enforce_csrf_checks=True)
    client.force_login(desk.log_in("wangmin").get(reverse("desk:work")).wsgi_request.user)
    for one in (page("step", number, "transfer"), reverse("desk:visit"), reverse("desk:logout")):
        assert client.post(one, {"to_unit": "city-housing"}).status_code == FORBIDDEN


def test_titles_and_addresses_name_nobody(desk: Desk) -> None:
    number = desk.registers(subject="张伟反映电梯停运").matter_number
    html = desk.log_in("wangmin").get(page("matter", number)).content.decode()
    title = html[html.index("<title>") : html.index("</title>")]
    assert number in title
    assert "张伟" not in title
