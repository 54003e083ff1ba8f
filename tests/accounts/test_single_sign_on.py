"""Single sign-on: an identity opens the account that an administrator linked to it, and nothing else."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.accounts.at_the_door import LOG_IN, WORK, app_shows, logs_in, sets_up_an_app
from tests.accounts.identity_provider import CLIENT, SECRET, Provider, running
from tests.support.city_database import City
from xinqiao.accounts import actions, queries
from xinqiao.audit import queries as audit
from xinqiao.audit.kinds import AuditAction
from xinqiao.config.log_in import SingleSignOn

START = reverse("openid_connect_login", args=["place"])
LI_NA = {"sub": "7001", "preferred_username": "li.na"}


@pytest.fixture
def provider(settings: Any, city: City) -> Iterator[Provider]:
    with running() as found:
        place = SingleSignOn(
            name="市统一身份认证", issuer=found.issuer, client_id=CLIENT, client_secret=SECRET,
            claim="preferred_username",
        )  # fmt: skip
        settings.XINQIAO_SINGLE_SIGN_ON = place
        settings.SOCIALACCOUNT_PROVIDERS = place.provider()
        yield found


def link(city: City, username: str, name: str) -> None:
    by = city.account("malin")
    actions.link_single_sign_on(city.account(username), name, by=by, now=timezone.now())


def comes(
    provider: Provider, who: dict[str, str], client: Client | None = None
) -> tuple[Client, Any]:
    """Somebody presses the button, proves to the provider who they are, and is sent back."""
    provider.who, client = who, client or Client()
    there = client.post(START).headers["Location"]
    back = requests.get(there, allow_redirects=False, timeout=10).headers["Location"]
    return client, client.get(back.removeprefix("http://testserver"))


def test_a_linked_identity_opens_its_account(city: City, provider: Provider) -> None:
    link(city, "lina", "li.na")
    assert "市统一身份认证" in Client().get(LOG_IN).content.decode()
    client, answer = comes(provider, LI_NA)
    assert answer.headers["Location"] == WORK
    page = client.get(WORK).content.decode()
    assert "李娜" in page
    (entry,) = audit.entries(action=AuditAction.LOGGED_IN)
    assert (entry.account_id, entry.detail["way"]) == (city.account("lina"), "single_sign_on")
    assert "li.na" in client.get(reverse("desk:account")).content.decode()


def test_an_identity_that_nobody_linked_opens_nothing_and_makes_nothing(
    city: City, provider: Provider
) -> None:
    before = get_user_model().objects.count()
    client, answer = comes(provider, {"sub": "7002", "preferred_username": "lina"})
    page = client.get(answer.headers["Location"]).content.decode()
    assert "还没有绑定本平台的账号" in page
    assert client.get(WORK).status_code == 302
    assert get_user_model().objects.count() == before
    assert len(audit.entries(action=AuditAction.SIGN_ON_REFUSED)) == 1


@pytest.mark.parametrize("who", [{"sub": "1"}, {"sub": "1", "preferred_username": ""}])
def test_an_identity_without_the_name_opens_nothing(
    who: dict[str, str], city: City, provider: Provider
) -> None:
    link(city, "lina", "li.na")
    client, _ = comes(provider, who)
    assert client.get(WORK).status_code == 302


def test_who_got_the_name_later_is_not_its_owner(city: City, provider: Provider) -> None:
    """A name can be given to somebody else at the provider; the identity behind it cannot."""
    link(city, "lina", "li.na")
    comes(provider, LI_NA)
    client, _ = comes(provider, {"sub": "9999", "preferred_username": "li.na"})
    assert client.get(WORK).status_code == 302
    client, _ = comes(provider, {"sub": "7001", "preferred_username": "li.na.2"})
    assert client.get(WORK).status_code == 200, "renamed at the provider, she is still herself"
    link(city, "lina", "li.na")
    client, _ = comes(provider, {"sub": "9999", "preferred_username": "li.na"})
    assert client.get(WORK).status_code == 200, "linked anew by an administrator"


def test_an_unlinked_account_and_a_closed_one_stay_shut(city: City, provider: Provider) -> None:
    link(city, "lina", "li.na")
    comes(provider, LI_NA)
    link(city, "lina", "")
    assert queries.sign_on_name(city.account("lina")) == "" and not SocialAccount.objects.exists()
    assert comes(provider, LI_NA)[0].get(WORK).status_code == 302
    link(city, "lina", "li.na")
    get_user_model().objects.filter(pk=city.account("lina")).update(is_active=False)
    assert comes(provider, LI_NA)[0].get(WORK).status_code == 302


def test_nobody_links_an_identity_to_their_own_account(city: City, provider: Provider) -> None:
    client, _ = logs_in("lina")
    provider.who = {"sub": "5", "preferred_username": "stranger"}
    there = client.post(f"{START}?process=connect").headers["Location"]
    back = requests.get(there, allow_redirects=False, timeout=10).headers["Location"]
    client.get(back.removeprefix("http://testserver"))
    assert not SocialAccount.objects.exists()


def test_the_place_has_its_own_second_factor(city: City, provider: Provider, settings: Any) -> None:
    settings.XINQIAO_SECOND_FACTOR = "required"
    link(city, "lina", "li.na")
    client, _ = comes(provider, LI_NA)
    assert client.get(WORK).status_code == 200


def test_who_set_one_up_here_is_asked_here_too(city: City, provider: Provider) -> None:
    link(city, "lina", "li.na")
    secret = sets_up_an_app(logs_in("lina")[0])
    client, answer = comes(provider, LI_NA)
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    client.post(answer.headers["Location"], {"code": app_shows(secret, steps=1)})
    assert client.get(WORK).status_code == 200


def test_an_answer_that_nobody_asked_for_opens_nothing(city: City, provider: Provider) -> None:
    link(city, "lina", "li.na")
    provider.who, asking = LI_NA, Client()
    there = asking.post(START).headers["Location"]
    back = requests.get(there, allow_redirects=False, timeout=10).headers["Location"]
    stranger = Client()
    answer = stranger.get(back.removeprefix("http://testserver"))
    assert "统一身份认证没有成功" in answer.content.decode()
    assert stranger.get(WORK).status_code == 302


def test_a_token_for_somebody_else_opens_nothing(city: City, provider: Provider) -> None:
    link(city, "lina", "li.na")
    provider.audience = "another-system"
    client, answer = comes(provider, LI_NA)
    assert "统一身份认证没有成功" in answer.content.decode()
    assert client.get(WORK).status_code == 302


def test_a_provider_that_does_not_answer_is_said(city: City, settings: Any) -> None:
    place = SingleSignOn(
        name="x", issuer="http://127.0.0.1:9", client_id=CLIENT, client_secret=SECRET, claim="sub"
    )
    settings.SOCIALACCOUNT_PROVIDERS = place.provider()
    assert "统一身份认证没有成功" in Client().post(START).content.decode()


def test_where_there_is_none_there_is_no_button_and_no_door(city: City) -> None:
    assert "统一身份认证" not in Client().get(LOG_IN).content.decode()
    assert Client().post(START).status_code == 404
    assert Client().get(START).status_code == 405
