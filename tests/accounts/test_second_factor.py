"""The second step of log-in: set up at first, asked for each time, lost and reset, never in the clear."""

from typing import TYPE_CHECKING, Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.accounts.at_the_door import (
    FACTOR,
    LOG_IN,
    SECOND,
    WORK,
    app_shows,
    logs_in,
    sets_up_an_app,
)
from tests.support.city_database import PASSWORD, City
from xinqiao.accounts import actions, queries
from xinqiao.audit import queries as audit
from xinqiao.audit.kinds import AuditAction

if TYPE_CHECKING:
    pass


@pytest.fixture
def required(settings: Any, city: City) -> City:
    settings.XINQIAO_SECOND_FACTOR = "required"
    return city


def test_who_has_none_is_led_to_set_one_up_and_gets_nowhere_else(required: City) -> None:
    client, _ = logs_in("lina")
    for name in ("desk:work", "desk:visit", "desk:name_substitute"):
        assert client.get(reverse(name)).headers["Location"] == FACTOR
    sets_up_an_app(client)
    assert client.get(WORK).status_code == 200


def test_where_it_is_offered_nobody_is_led_there(city: City) -> None:
    client, answer = logs_in("lina")
    assert answer.headers["Location"] == WORK
    assert client.get(WORK).status_code == 200


def test_the_password_alone_no_longer_opens(required: City) -> None:
    secret = sets_up_an_app(logs_in("lina")[0])
    client, answer = logs_in("lina")
    assert answer.headers["Location"] == SECOND
    assert client.get(WORK).headers["Location"].startswith(LOG_IN)
    wrong = client.post(SECOND, {"code": "000000"})
    assert wrong.status_code == 200 and "验证码不正确" in wrong.content.decode()
    assert client.post(SECOND, {"code": app_shows(secret, steps=1)}).headers["Location"] == WORK
    assert client.get(WORK).status_code == 200
    (failed,) = audit.entries(action=AuditAction.SECOND_FACTOR_FAILED)
    assert failed.object_id == required.account("lina")


def test_the_same_digits_do_not_open_twice(required: City) -> None:
    secret = sets_up_an_app(logs_in("lina")[0])
    digits = app_shows(secret, steps=1)
    first, second = logs_in("lina")[0], logs_in("lina")[0]
    assert first.post(SECOND, {"code": digits}).status_code == 302
    assert second.post(SECOND, {"code": digits}).status_code == 200


def test_a_recovery_code_opens_once(required: City) -> None:
    client, _ = logs_in("lina")
    sets_up_an_app(client)
    codes = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert len(codes) == 10
    assert logs_in("lina")[0].post(SECOND, {"code": codes[0]}).headers["Location"] == WORK
    assert logs_in("lina")[0].post(SECOND, {"code": codes[0]}).status_code == 200


def test_secrets_lie_encrypted(required: City) -> None:
    secret = sets_up_an_app(logs_in("lina")[0])
    stored = repr(list(Authenticator.objects.values_list("data", flat=True)))
    assert "secret" in stored and secret not in stored


def test_where_it_is_required_the_last_one_stays(required: City) -> None:
    client, _ = logs_in("lina")
    sets_up_an_app(client)
    page = client.post(reverse("mfa_deactivate_totp"))
    assert page.status_code == 200 and "要求所有账号启用第二步验证" in page.content.decode()
    assert queries.has_second_factor(required.account("lina"))


def test_a_lost_one_is_reset_by_an_administrator_and_all_sessions_end(required: City) -> None:
    client, _ = logs_in("lina")
    sets_up_an_app(client)
    lina, malin = required.account("lina"), required.account("malin")
    assert queries.second_factors([lina, malin]) == {lina}
    actions.reset_second_factor(lina, by=malin, now=timezone.now(), reason="手机遗失")
    assert client.get(WORK).headers["Location"].startswith(LOG_IN)
    anew, answer = logs_in("lina")
    assert answer.headers["Location"] == WORK
    assert anew.get(WORK).headers["Location"] == FACTOR
    (entry,) = audit.entries(action=AuditAction.SECOND_FACTOR_RESET)
    assert (entry.account_id, entry.object_id, entry.reason) == (malin, lina, "手机遗失")
    assert "由管理员操作" in anew.get(reverse("desk:account")).content.decode()


def test_changing_it_asks_who_it_is_first(required: City) -> None:
    client, _ = logs_in("lina")
    sets_up_an_app(client)
    fresh, _ = logs_in("chenbo")
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"):
        where = fresh.get(reverse(name)).headers["Location"]
        assert where.startswith(reverse("account_reauthenticate")), name
    wrong = fresh.post(reverse("account_reauthenticate"), {"password": "not-hers-at-all"})
    assert "密码不正确" in wrong.content.decode()


def test_too_many_wrong_codes_shut_the_door_for_a_while(required: City) -> None:
    secret = sets_up_an_app(logs_in("lina")[0])
    client, _ = logs_in("lina")
    for _ in range(8):
        client.post(SECOND, {"code": "000000"})
    answer = client.post(SECOND, {"code": app_shows(secret, steps=1)})
    assert answer.status_code == 200 and "输错次数过多" in answer.content.decode()


def test_nobody_registers_and_strangers_reach_no_page(required: City) -> None:
    for path in ("/desk/sign-up/", "/accounts/signup/", "/desk/account/email/"):
        assert Client().get(path).status_code == 404
    for name in ("desk:account", "mfa_index", "account_change_password", "mfa_view_recovery_codes"):
        assert Client().get(reverse(name)).headers["Location"].startswith(LOG_IN), name
    assert Client().get(SECOND).headers["Location"] == LOG_IN
    assert PASSWORD
