"""Sessions: where one is logged in, ending them, how they end by themselves; the log that their owner sees."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from tests.accounts.at_the_door import LOG_IN, WORK, logs_in
from tests.support.city_database import PASSWORD, City
from xinqiao.accounts import actions
from xinqiao.accounts.addresses import UNKNOWN, browser_words, client_address, neighbourhood
from xinqiao.audit import queries as audit
from xinqiao.audit.kinds import AuditAction

ACCOUNT = reverse("desk:account")
END = reverse("desk:end_sessions")
CHANGE = reverse("account_change_password")
NEW = "another-long-bridge-of-letters"


def inside(client: Client) -> bool:
    return client.get(WORK).status_code == 200


def test_she_sees_where_she_is_logged_in_and_ends_the_others(city: City) -> None:
    here, elsewhere, third = (logs_in("lina")[0] for _ in range(3))
    his = logs_in("chenbo")[0]
    page = here.get(ACCOUNT).content.decode()
    assert page.count("Edge, Windows") >= 3 and "127.0.0.1" in page and "本机" in page
    one = next(one for one in here.get(ACCOUNT).context["sessions"] if not one.here)
    here.post(END, {"session": one.id})
    assert inside(here) and [inside(elsewhere), inside(third)].count(True) == 1
    here.post(END)
    assert inside(here) and not inside(elsewhere) and not inside(third) and inside(his)


def test_nobody_ends_the_session_of_another(city: City) -> None:
    lina, chenbo = logs_in("lina")[0], logs_in("chenbo")[0]
    (hers,) = lina.get(ACCOUNT).context["sessions"]
    chenbo.post(END, {"session": hers.id})
    assert inside(lina)


def test_a_session_without_use_ends_and_says_so(city: City, settings: Any) -> None:
    client, _ = logs_in("lina")
    assert inside(client)
    settings.XINQIAO_SESSION_IDLE = timedelta(0)
    page = client.get(WORK, follow=True).content.decode()
    assert "您已退出登录" in page and 'name="password"' in page
    (entry,) = audit.entries(action=AuditAction.SESSION_ENDED)
    assert entry.detail["why"] == "idle"
    assert audit.entries(action=AuditAction.LOGGED_OUT) == [], "she did not log out"


def test_no_session_lasts_longer_than_a_working_day(city: City, settings: Any) -> None:
    client, _ = logs_in("lina")
    assert inside(client)
    settings.XINQIAO_SESSION_LASTS = timedelta(0)
    assert not inside(client)
    assert audit.entries(action=AuditAction.SESSION_ENDED)[0].detail["why"] == "lasted"


def test_a_changed_password_ends_all_other_sessions(city: City) -> None:
    here, elsewhere = logs_in("lina")[0], logs_in("lina")[0]
    given = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert here.post(CHANGE, given).headers["Location"] == ACCOUNT
    assert inside(here) and not inside(elsewhere)
    assert logs_in("lina")[1].status_code == 200, "the old password opens nothing"
    assert logs_in("lina", NEW)[1].headers["Location"] == WORK


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("short", "12"),
        ("1qaz2wsx3edc", "常见"),
        ("202603021530", "数字"),
        ("wangmin12345", "相似"),
    ],
    ids=["short", "common", "only digits", "like the log-in name"],
)
def test_a_weak_password_is_refused_in_words(password: str, says: str, city: City) -> None:
    client, _ = logs_in("wangmin")
    given = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    answer = client.post(CHANGE, given)
    assert answer.status_code == 200
    assert says in str(answer.context["form"].errors["password1"])
    with pytest.raises(ValidationError):
        actions.set_password(
            city.account("wangmin"), password, by=city.account("malin"), now=timezone.now()
        )


def test_an_administrator_gives_a_new_password(city: City) -> None:
    client, _ = logs_in("lina")
    actions.set_password(city.account("lina"), NEW, by=city.account("malin"), now=timezone.now())
    assert not inside(client)
    assert logs_in("lina", NEW)[1].headers["Location"] == WORK


def test_the_log_tells_its_owner_and_nobody_else(city: City) -> None:
    logs_in("lina", "wrong-password-of-lina")
    client, _ = logs_in("lina", REMOTE_ADDR="10.20.30.40")
    page = client.get(ACCOUNT).content.decode()
    assert "登录失败" in page and "10.20.30.40" in page and "Edge, Windows" in page
    his = logs_in("chenbo")[0].get(ACCOUNT).content.decode()
    assert "登录失败" not in his and "10.20.30.40" not in his


def test_wrong_passwords_shut_the_door_of_one_name_only(city: City) -> None:
    for _ in range(8):
        logs_in("lina", "wrong-password-of-lina")
    answer = logs_in("lina")[1]
    assert answer.status_code == 200 and "请五分钟后再试" in answer.content.decode()
    assert logs_in("chenbo")[1].headers["Location"] == WORK


def test_so_many_tries_of_one_address_get_a_page_that_says_when_again(
    city: City, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    for _ in range(2):
        logs_in("lina")
    answer = logs_in("lina")[1]
    assert answer.status_code == 429 and answer.headers["Retry-After"] == "60"
    assert "请 1 分钟后再试" in answer.content.decode()
    english = Client(HTTP_ACCEPT_LANGUAGE="en").post(LOG_IN, {"username": "x", "password": "y"})
    assert "Wait one minute" in english.content.decode()


def request(address: str, forwarded: str = "") -> Any:
    more = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return RequestFactory().get("/", REMOTE_ADDR=address, **more)


def test_a_forwarded_address_counts_only_as_far_as_proxies_wrote_it(settings: Any) -> None:
    settings.XINQIAO_PROXIES = 0
    assert client_address(request("10.0.0.1", "1.2.3.4")) == "10.0.0.1"
    settings.XINQIAO_PROXIES = 1
    assert client_address(request("10.0.0.1", "6.6.6.6, 1.2.3.4")) == "1.2.3.4"
    assert client_address(request("10.0.0.1")) == "10.0.0.1"
    settings.XINQIAO_PROXIES = 2
    assert client_address(request("10.0.0.1", "1.2.3.4")) == "10.0.0.1"
    assert client_address(request("10.0.0.1", "<script>, 9.9.9.9")) == UNKNOWN
    assert client_address(request("")) == UNKNOWN


def test_one_persons_ipv6_addresses_count_as_one() -> None:
    assert neighbourhood("2001:db8:1:2:aaaa::1") == neighbourhood("2001:db8:1:2:bbbb::2")
    assert neighbourhood("2001:db8:1:2::1") != neighbourhood("2001:db8:1:3::1")
    assert neighbourhood("10.0.0.1") == "10.0.0.1"


def test_a_browser_is_told_in_plain_words() -> None:
    wechat = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) AppleWebKit MicroMessenger/8.0"
    assert browser_words(wechat) == "WeChat, iOS"
    assert browser_words("curl/8") == ""
