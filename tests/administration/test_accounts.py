"""Accounts and posts: opened, closed, given, ended; nobody raises themselves, and an administrator stays."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.contrib.auth import authenticate
from django.test import Client
from django.urls import reverse

from tests.accounts.at_the_door import logs_in
from tests.administration.cast import NOW, TODAY, bai_xue, changes, ma_lin
from tests.desk.at_work import Desk
from tests.support.city import UNITS
from tests.support.city_database import City
from xinqiao.administration.actions import accounts
from xinqiao.audit import queries as audit
from xinqiao.audit.kinds import AuditAction
from xinqiao.directory import actions as directory
from xinqiao.directory import listing
from xinqiao.directory.queries import accounts_by_username
from xinqiao.rules.persons import Person, Role
from xinqiao.rules.refusals import Refused

TOMORROW = TODAY + timedelta(days=1)


def refused(code: str, call: object, *args: object, **kwargs: object) -> None:
    before = len(changes())
    with pytest.raises(Refused) as refusal:
        call(*args, **kwargs)  # type: ignore[operator]
    assert refusal.value.refusal.code == code
    assert len(changes()) == before


def opens(
    by: Person, username: str = "newone", unit: str = "county-housing", role: Role = Role.OFFICER
) -> int:
    account, _ = accounts.open_account(
        username, "新人", unit=unit, role=role, title="", since=TODAY, by=by, now=NOW
    )  # fmt: skip
    return account


def gives(
    by: Person, account: int, unit: str, role: Role = Role.OFFICER, until: date | None = None
) -> None:
    accounts.give_post(
        account, unit=unit, role=role, title="", since=TODAY, until=until, by=by, now=NOW
    )  # fmt: skip


def post_of(city: City, username: str) -> int:
    line = listing.account(city.account(username))
    assert line is not None
    return line.posts[0].id


def test_the_first_password_opens_the_account_and_is_kept_nowhere(city: City) -> None:
    account, password = accounts.open_account(
        "newone", "新人", unit="county-housing", role=Role.OFFICER, title="科员", since=TODAY,
        by=ma_lin(city), now=NOW,
    )  # fmt: skip
    assert authenticate(username="newone", password=password) is not None
    assert password not in str(changes())
    assert changes()[0]["what"] == "open_account"
    line = listing.account(account)
    assert line is not None
    assert [(post.unit, post.role, post.title) for post in line.posts] == [
        ("county-housing", "officer", "科员")
    ]


@pytest.mark.parametrize(
    ("username", "code"),
    [("LINA", "username_wrong"), ("lina", "username_taken"), ("x", "username_wrong"), ("a b", "username_wrong")],
)  # fmt: skip
def test_a_log_in_name_that_cannot_be(city: City, username: str, code: str) -> None:
    refused(code, opens, ma_lin(city), username)


def test_bai_xue_opens_accounts_in_her_county_and_nowhere_else(city: City) -> None:
    bai = bai_xue(city)
    opens(bai)
    refused("not_administered", opens, bai, "other", "city-housing")
    refused("not_administered", opens, bai, "other", "province-petition", Role.ADMIN)


def test_nobody_gives_themselves_a_post_or_ends_their_own(city: City) -> None:
    """Not as a head, not as a clerk, not as an administrator of more."""
    malin = city.account("malin")
    for role in Role:
        refused("own_account", gives, ma_lin(city), malin, "city-petition", role)
    refused(
        "own_account",
        accounts.end_post,
        post_of(city, "malin"),
        last_day=TODAY,
        by=ma_lin(city),
        now=NOW,
    )
    for call in (accounts.close, accounts.reset_password):
        refused("own_account", call, malin, by=ma_lin(city), now=NOW)


def test_another_administrator_may_and_then_both_posts_count(city: City) -> None:
    second = opens(ma_lin(city), "second", "city-petition", Role.ADMIN)
    city.accounts["second"] = second
    gives(city.person("second", TODAY), city.account("malin"), "city-petition", Role.CLERK)
    assert city.person("malin", TODAY).units() == {"city-petition"}


def test_an_administrator_gives_no_reach_beyond_their_own(city: City) -> None:
    """The county government's administrator reaches the county office, but an administrator there would reach more."""
    account = directory.open_account(
        username="gov", name="高远", password=None, posts={"county-government": Role.ADMIN}, since=TODAY
    )  # fmt: skip
    city.accounts["gov"] = account
    by = city.person("gov", TODAY)
    directory.add_unit(
        replace(UNITS["county-housing"], code="county-court", parent="province-government")
    )
    refused("beyond_own_reach", gives, by, city.account("dingxia"), "county-petition", Role.ADMIN)


def test_a_post_ends_and_stays_in_the_history(city: City) -> None:
    accounts.end_post(post_of(city, "lina"), last_day=TODAY, by=ma_lin(city), now=NOW)
    assert city.person("lina", TODAY).units() == {"city-housing"}
    assert city.person("lina", TOMORROW).units() == frozenset()
    refused(
        "post_ends_already",
        accounts.end_post,
        post_of(city, "lina"),
        last_day=TOMORROW,
        by=ma_lin(city),
        now=NOW,
    )
    line = listing.account(city.account("lina"))
    assert line is not None
    assert len(line.posts) == 1


def test_posts_that_cannot_be(city: City) -> None:
    lina, by = city.account("lina"), ma_lin(city)
    refused(
        "ends_before_it_begins", gives, by, lina, "city-labour", until=TODAY - timedelta(days=1)
    )
    refused("not_found", gives, by, lina, "nowhere")
    gives(by, lina, "city-labour")
    refused("post_held_already", gives, by, lina, "city-labour")


def test_the_last_administrator_stays(city: City) -> None:
    """Who administers until tomorrow only, or a county only, is nobody to give all the posts again."""
    bai_xue(city)
    city.accounts["second"] = opens(ma_lin(city), "second", "city-petition", Role.ADMIN)
    accounts.end_post(post_of(city, "second"), last_day=TOMORROW, by=ma_lin(city), now=NOW)
    by = city.person("second", TODAY)
    refused("last_administrator", accounts.close, city.account("malin"), by=by, now=NOW)
    refused(
        "last_administrator",
        accounts.end_post,
        post_of(city, "malin"),
        last_day=TODAY,
        by=by,
        now=NOW,
    )
    opens(by, "third", "city-petition", Role.ADMIN)
    accounts.close(city.account("malin"), by=by, now=NOW)
    assert city.person("malin", TODAY).posts == ()


def test_a_closed_account_is_out_at_once_and_comes_back(desk: Desk) -> None:
    city, client = desk.city, desk.log_in("lina")
    assert client.get(reverse("desk:work")).status_code == 200
    accounts.close(city.account("lina"), by=ma_lin(city), now=NOW)
    assert client.get(reverse("desk:work")).status_code == 302
    assert city.person("lina", TODAY).posts == ()
    refused("nothing_changed", accounts.close, city.account("lina"), by=ma_lin(city), now=NOW)
    accounts.reopen(city.account("lina"), by=ma_lin(city), now=NOW)
    assert city.person("lina", TODAY).units() == {"city-housing"}


def test_a_new_password_ends_the_sessions(desk: Desk) -> None:
    city, client = desk.city, desk.log_in("lina")
    password = accounts.reset_password(city.account("lina"), by=ma_lin(city), now=NOW)
    assert client.get(reverse("desk:work")).status_code == 302
    assert authenticate(username="lina", password=password) is not None
    (entry,) = audit.entries(action=AuditAction.PASSWORD_CHANGED)
    assert (entry.account_id, entry.object_id) == (city.account("malin"), city.account("lina"))


def test_an_administrator_logs_somebody_out_everywhere(desk: Desk) -> None:
    client, administrator = logs_in("lina")[0], desk.log_in("malin")
    assert client.get(reverse("desk:work")).status_code == 200
    address = reverse("desk:admin-account-reset", args=[desk.city.account("lina"), "sessions"])
    answer = administrator.post(address, follow=True)
    assert "的登录已全部结束" in answer.content.decode()
    assert client.get(reverse("desk:work")).status_code == 302
    assert administrator.get(reverse("desk:admin-units")).status_code == 200
    assert changes()[0]["what"] == "end_sessions"


def test_nobody_alone_gets_hold_of_an_account(city: City) -> None:
    """Who resets the password does not reset the second factor within a day; another administrator may."""
    lina, by = city.account("lina"), ma_lin(city)
    accounts.reset_password(lina, by=by, now=NOW)
    refused(
        "reset_needs_another", accounts.reset_second_factor, lina, reason="手机丢失", by=by, now=NOW
    )
    city.accounts["second"] = opens(by, "second", "city-petition", Role.ADMIN)
    other = city.person("second", TODAY)
    accounts.reset_second_factor(lina, reason="手机丢失", by=other, now=NOW)
    refused("reset_needs_another", accounts.reset_password, lina, by=other, now=NOW)
    accounts.reset_second_factor(lina, reason="手机丢失", by=by, now=NOW + timedelta(hours=25))


def test_bai_xue_does_not_see_the_accounts_of_the_city(desk: Desk) -> None:
    city = desk.city
    bai_xue(city)
    client = desk.log_in("baixue")
    listed = client.get(reverse("desk:admin-accounts")).content.decode()
    assert "何平" in listed and "李娜" not in listed
    address = reverse("desk:admin-account", args=[city.account("lina")])
    assert client.get(address).status_code == 404
    given = {"unit": "county-housing", "role": "officer", "since": "2026-03-02"}
    post = reverse("desk:admin-post-give", args=[city.account("lina")])
    assert client.post(post, given).status_code == 404


# -- by the pages ----------------------------------------------------------------------------------------------------


def form(**more: str) -> dict[str, str]:
    return {
        "name": "新人",
        "username": "newone",
        "unit": "县",
        "role": "officer",
        "since": "2026-03-02",
    } | more


def test_the_page_shows_the_first_password_once(desk: Desk) -> None:
    client = desk.log_in("malin")
    answer = client.post(reverse("desk:admin-account-add"), form(unit="county-housing"))
    html = answer.content.decode()
    password = html.split("<code")[2].split(">")[1].split("<")[0]
    assert Client().login(username="newone", password=password)
    assert "no-store" in answer.headers["Cache-Control"]
    account = accounts_by_username()["newone"]
    assert (
        password not in client.get(reverse("desk:admin-account", args=[account])).content.decode()
    )


def test_what_is_wrong_is_said_and_what_was_typed_stays(desk: Desk) -> None:
    client, address = desk.log_in("malin"), reverse("desk:admin-account-add")
    unknown = client.post(address, form())
    assert unknown.status_code == 422 and "新人" in unknown.content.decode()
    taken = client.post(address, form(unit="county-housing", username="lina"))
    assert taken.status_code == 409
    assert "这个登录名已有人使用" in taken.content.decode() and "新人" in taken.content.decode()


def test_the_list_is_searched_and_turned_page_by_page(desk: Desk) -> None:
    client, address = desk.log_in("malin"), reverse("desk:admin-accounts")
    found = client.get(address, {"words": "李娜"}).content.decode()
    assert "lina" in found and "chenbo" not in found
    heads = client.get(address, {"role": "head", "unit": "city-housing"}).content.decode()
    assert "chenbo" in heads and "lina" not in heads
    rest = client.get(address, {"after": "wangmin"}).content.decode()
    assert "wutao" in rest and "chenbo" not in rest
    assert "没有符合条件的账号" in client.get(address, {"words": "没有这个人"}).content.decode()
