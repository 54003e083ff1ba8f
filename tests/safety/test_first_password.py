"""A password that somebody else knows opens nothing but the page on which its owner chooses another."""

from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.administration.cast import ma_lin
from tests.desk.at_work import Desk
from tests.safety.visitors import Town, came_in
from tests.support.city_database import forget_cached_directory
from xinqiao.administration.actions import accounts
from xinqiao.config.founding import found
from xinqiao.matters import queries as matters
from xinqiao.rules.persons import Role

CHANGE, WORK = reverse("account_change_password"), reverse("desk:work")
OWN = "a-bridge-of-my-own-2026"


def reset(desk: Desk, username: str = "lina") -> str:
    return accounts.reset_password(
        desk.city.account(username), by=ma_lin(desk.city), now=timezone.now()
    )


def changes(client: Client, old: str, new: str = OWN) -> Any:
    return client.post(CHANGE, {"oldpassword": old, "password1": new, "password2": new})


def test_a_new_account_chooses_its_password_before_anything_else(desk: Desk) -> None:
    _, password = accounts.open_account(
        "newone", "新人", unit="city-housing", role=Role.OFFICER, title="",
        since=matters.today(timezone.now()), by=ma_lin(desk.city), now=timezone.now(),
    )  # fmt: skip
    client = came_in("newone", password)
    assert client.get(WORK).headers["Location"] == CHANGE
    assert "只有您自己知道的密码" in client.get(CHANGE).content.decode()
    assert changes(client, password).status_code == 302
    assert client.get(WORK).status_code == 200


def test_a_reset_password_does_not_stay(desk: Desk) -> None:
    password = reset(desk)
    client = came_in("lina", password)
    assert client.get(WORK).headers["Location"] == CHANGE
    same = changes(client, password, password)
    assert same.status_code == 200 and "新密码不能与原密码相同" in same.content.decode()
    assert client.get(WORK).headers["Location"] == CHANGE
    changes(client, password)
    assert client.get(WORK).status_code == 200
    assert authenticate(username="lina", password=password) is None


@pytest.mark.parametrize("page", ["work", "visit", "referral", "hall"])
def test_no_page_of_the_work_opens_before(desk: Desk, page: str) -> None:
    client = came_in("lina", reset(desk))
    for ask in (client.get, client.post):
        answer = ask(reverse(f"desk:{page}"))
        assert answer.status_code in {302, 405}
        assert answer.headers.get("Location", CHANGE) == CHANGE


def test_nor_does_a_matter_a_file_or_the_administration(desk: Desk) -> None:
    town = Town.of(desk)
    client = came_in("lina", reset(desk))
    for name, values in (
        ("matter", ("number",)),
        ("file", ("number", "file")),
        ("admin-units", ()),
    ):
        assert client.get(town.address(f"desk:{name}", values)).headers["Location"] == CHANGE


def test_who_was_never_given_one_is_not_asked(desk: Desk) -> None:
    assert desk.log_in("chenbo").get(WORK).status_code == 200


def test_the_first_log_ins_of_a_platform_choose_theirs(db: None) -> None:
    forget_cached_directory()
    given = {name: f"first-{name}-of-a-platform" for name in ("admin", "office", "unit")}
    assert found(region="340800", office="市信访局", unit="市住建局", passwords=given)
    for username, password in given.items():
        assert came_in(username, password).get(WORK).headers["Location"] == CHANGE
