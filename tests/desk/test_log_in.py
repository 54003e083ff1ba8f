"""Coming in and going out: who may, what a stranger is told, what is written down."""

from django.test import Client
from django.urls import reverse

from tests.desk.at_work import Desk
from tests.support.city_database import PASSWORD
from xinqiao.audit import queries as audit
from xinqiao.audit.kinds import AuditAction

LOG_IN = reverse("desk:login")


def tries(username: str, password: str, **more: str) -> tuple[Client, int, str]:
    client = Client()
    answer = client.post(LOG_IN, {"username": username, "password": password, **more})
    return client, answer.status_code, answer.content.decode()


def test_wang_min_logs_in_and_finds_her_work(desk: Desk) -> None:
    client, status, _ = tries("wangmin", PASSWORD)
    assert status == 302
    assert "王敏" in client.get(reverse("desk:work")).content.decode()
    (entry,) = audit.entries(action=AuditAction.LOGGED_IN)
    assert entry.account_id == desk.city.account("wangmin")


def test_she_comes_back_to_the_page_she_wanted(desk: Desk) -> None:
    wanted = reverse("desk:visit")
    shown = Client().get(wanted, follow=True).content.decode()
    assert f'value="{wanted}"' in shown
    client = Client()
    data = {"username": "wangmin", "password": PASSWORD, "next": wanted}
    assert client.post(LOG_IN, data).headers["Location"] == wanted
    data["next"] = "//elsewhere.example/"
    assert Client().post(LOG_IN, data).headers["Location"] == reverse("desk:work")


def test_a_failure_does_not_tell_which_names_exist(desk: Desk) -> None:
    _, _, known = tries("wangmin", "not-her-password")
    _, _, unknown = tries("nobody", "not-her-password")
    sentence = "登录名或者密码不正确"
    assert sentence in known and sentence in unknown
    failures = audit.entries(action=AuditAction.LOGIN_FAILED)
    assert [one.object_id for one in failures] == [None, desk.city.account("wangmin")]
    assert all("not-her-password" not in repr(one) for one in failures)


def test_what_cannot_be_a_name_is_a_failure_like_any_other(desk: Desk) -> None:
    for name in ("", "wang\x00min", "王" * 5000):
        _, status, html = tries(name, "x")
        assert status == 200
        assert 'role="alert"' in html


def test_a_closed_account_stays_out(desk: Desk) -> None:
    client = desk.log_in("lina")
    client.get(reverse("desk:work"))
    user = client.get(reverse("desk:work")).wsgi_request.user
    user.is_active = False
    user.save()
    _, status, html = tries("lina", PASSWORD)
    assert status == 200 and "登录名或者密码不正确" in html


def test_logging_out_ends_the_session_and_clears_what_the_browser_kept(desk: Desk) -> None:
    client = desk.log_in("wangmin")
    answer = client.post(reverse("desk:logout"))
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert client.get(reverse("desk:work")).status_code == 302
    (entry,) = audit.entries(action=AuditAction.LOGGED_OUT)
    assert entry.account_id == desk.city.account("wangmin")


def test_whoever_is_in_is_not_asked_again(desk: Desk) -> None:
    assert desk.log_in("lina").get(LOG_IN).headers["Location"] == reverse("desk:work")
