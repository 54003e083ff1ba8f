"""Gao Lan's own account: her phone proves itself, and her petitions open without their codes."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.desk.at_work import Desk
from tests.portal.citizen import Citizen as GaoLan
from xinqiao.accounts import actions, jobs, queries, throttle
from xinqiao.accounts.models import Citizen as CitizenRow
from xinqiao.accounts.models import PhoneCode
from xinqiao.accounts.senders import CodeNotSent

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from tests.support.city_database import City

ACCOUNT = reverse("portal:account")
CODE = reverse("portal:account_code")
PHONE = "13800001234"


@dataclass
class Phones:
    """What lies outside the machine: the messages that arrive at phones."""

    arrived: list[tuple[str, str]] = field(default_factory=list)
    broken: bool = False

    def __call__(self, phone: str, code: str) -> None:
        if self.broken:
            raise CodeNotSent
        self.arrived.append((phone, code))

    def newest(self) -> str:
        return self.arrived[-1][1]


PHONES = Phones()


@pytest.fixture
def phones(settings: Any) -> Phones:
    settings.XINQIAO_CODE_SENDER = f"{__name__}.PHONES"
    PHONES.arrived.clear()
    PHONES.broken = False
    return PHONES


@pytest.fixture
def desk(city: "City", phones: Phones) -> Desk:
    return Desk(city)


def asks(phone: str = PHONE, client: Client | None = None, **more: str) -> tuple[Client, Any]:
    client = client or Client()
    return client, client.post(ACCOUNT, {"phone": phone}, **more)


def signed_in(phones: Phones, phone: str = PHONE) -> Client:
    client, _ = asks(phone)
    answer = client.post(CODE, {"code": phones.newest()})
    assert answer.status_code == 302, answer.content.decode()
    return client


def text(client: Client, path: str = ACCOUNT) -> str:
    return client.get(path).content.decode()


def test_a_code_arrives_and_opens_her_account(desk: Desk, phones: Phones) -> None:
    client, answer = asks("138 0000 1234")
    assert answer.headers["Location"] == CODE
    assert re.fullmatch(r"\d{6}", phones.newest()) and phones.arrived[-1][0] == PHONE
    typed = f"{phones.newest()[:3]} {phones.newest()[3:]}"
    assert client.post(CODE, {"code": typed}).headers["Location"] == ACCOUNT
    page = text(client)
    assert "138****1234" in page and PHONE not in page


def test_neither_phone_nor_code_lies_in_the_clear(desk: Desk, phones: Phones) -> None:
    signed_in(phones)
    asks("13911112222")
    with connection.cursor() as cursor:
        for table in ("accounts_citizen", "accounts_phonecode", "xinqiao_cache", "django_session"):
            cursor.execute(f"SELECT * FROM {table}")
            stored = repr(
                [
                    tuple(bytes(one) if isinstance(one, memoryview) else one for one in row)
                    for row in cursor.fetchall()
                ]
            )
            assert stored != "[]", table
            for secret in (PHONE, "13911112222", phones.newest()):
                assert secret not in stored, table


def test_a_known_and_an_unknown_phone_get_the_same_answer(desk: Desk, phones: Phones) -> None:
    signed_in(phones)
    known, unknown = asks(PHONE), asks("13911112222")
    assert [one[1].headers["Location"] for one in (known, unknown)] == [CODE, CODE]

    def plain(client: Client) -> str:
        return re.sub(r'value="[\w-]{20,}"|-\d+"', "", text(client, CODE))

    assert plain(known[0]) == plain(unknown[0])


def test_a_code_opens_once_for_its_phone_and_for_five_minutes(desk: Desk, phones: Phones) -> None:
    now = timezone.now()
    actions.send_code(PHONE, address="::1", now=now)
    code = phones.newest()
    assert actions.enter_code("13911112222", code, address="::1", now=now) is None
    late = now + actions.CODE_LASTS
    assert actions.enter_code(PHONE, code, address="::1", now=late) is None
    citizen = actions.enter_code(PHONE, code, address="::1", now=now)
    assert citizen is not None
    assert actions.enter_code(PHONE, code, address="::1", now=now) is None
    actions.send_code(PHONE, address="::1", now=now)
    assert actions.enter_code(PHONE, phones.newest(), address="::1", now=now) == citizen


def test_a_newer_code_ends_the_one_before(desk: Desk, phones: Phones) -> None:
    now = timezone.now()
    for _ in range(2):
        actions.send_code(PHONE, address="::1", now=now)
    first, second = (code for _, code in phones.arrived)
    if first != second:
        assert actions.enter_code(PHONE, first, address="::1", now=now) is None
    assert actions.enter_code(PHONE, second, address="::1", now=now) is not None


def test_after_five_wrong_tries_the_right_code_opens_nothing(desk: Desk, phones: Phones) -> None:
    client, _ = asks()
    right = phones.newest()
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    for _ in range(actions.MOST_TRIES):
        assert "验证码不正确或者已经失效" in client.post(CODE, {"code": wrong}).content.decode()
    assert client.post(CODE, {"code": right}).status_code == 200
    assert CitizenRow.objects.count() == 0


def test_a_phone_gets_three_codes_in_a_while_and_the_page_says_when_again(
    desk: Desk, phones: Phones
) -> None:
    for _ in range(3):
        asks()
    _, answer = asks()
    assert answer.status_code == 429 and "请 15 分钟后再试" in answer.content.decode()
    assert len(phones.arrived) == 3
    assert asks("13911112222")[1].status_code == 302, "another phone is not concerned"


def test_an_address_asks_for_so_many_codes_only(desk: Desk, phones: Phones) -> None:
    for number in range(30):
        assert asks(f"139{number:08}", REMOTE_ADDR="10.1.1.1")[1].status_code == 302
    assert asks("13700000000", REMOTE_ADDR="10.1.1.1")[1].status_code == 429
    assert asks("13700000000", REMOTE_ADDR="10.1.1.2")[1].status_code == 302
    forged = asks("13700000001", REMOTE_ADDR="10.1.1.1", HTTP_X_FORWARDED_FOR="10.9.9.9")
    assert forged[1].status_code == 429, "a header that anybody can write changes nothing"


@pytest.mark.parametrize(
    "typed", ["", "12345", "0556-1234567", "call me", "1380000123x", "9" * 500]
)
def test_what_is_no_mobile_phone_is_said_at_the_field(
    typed: str, desk: Desk, phones: Phones
) -> None:
    _, answer = asks(typed)
    assert answer.status_code == 200 and 'role="alert"' in answer.content.decode()
    assert phones.arrived == []


def test_a_code_that_did_not_get_away_is_said(desk: Desk, phones: Phones) -> None:
    phones.broken = True
    _, answer = asks()
    assert answer.status_code == 200 and "短信暂时没有发出" in answer.content.decode()


def test_she_adds_a_petition_with_its_code_and_opens_it_without(desk: Desk, phones: Phones) -> None:
    receipt = desk.registers()
    client = signed_in(phones)
    opens = reverse("portal:account_open", args=[receipt.number])
    assert client.get(opens).status_code == 404
    add = reverse("portal:account_add")
    wrong = client.post(add, {"number": receipt.number, "code": "WRONG234"})
    assert "编号与查询码不符" in wrong.content.decode()
    client.post(add, {"number": receipt.number, "code": receipt.query_code})
    assert receipt.number in text(client) and "电梯停运半年" in text(client)
    assert client.get(opens).headers["Location"] == reverse("portal:matter", args=[receipt.number])
    assert "电梯停运半年" in text(client, reverse("portal:matter", args=[receipt.number]))


def test_nobody_elses_account_opens_it(desk: Desk, phones: Phones) -> None:
    receipt = desk.registers()
    hers, his = signed_in(phones), signed_in(phones, "13911112222")
    given = {"number": receipt.number, "code": receipt.query_code}
    hers.post(reverse("portal:account_add"), given)
    opens = reverse("portal:account_open", args=[receipt.number])
    assert his.get(opens).status_code == 404
    assert Client().get(opens).headers["Location"] == ACCOUNT
    hers.post(reverse("portal:account_take_out", args=[receipt.number]))
    assert hers.get(opens).status_code == 404


def test_wrong_codes_shut_the_door_here_as_at_the_look_up(desk: Desk, phones: Phones) -> None:
    receipt = desk.registers()
    client = signed_in(phones)
    add = reverse("portal:account_add")
    for _ in range(10):
        client.post(add, {"number": receipt.number, "code": "WRONG234"})
    right = {"number": receipt.number, "code": receipt.query_code}
    assert "分钟后再试" in client.post(add, right).content.decode()
    assert queries.matters_of(CitizenRow.objects.get().pk) == []


def test_a_citizen_opens_no_page_of_the_staff(desk: Desk, phones: Phones) -> None:
    client = signed_in(phones)
    for name in ("desk:work", "desk:account", "mfa_index", "desk:visit"):
        assert reverse("desk:login") in client.get(reverse(name)).headers["Location"]


def test_one_browser_is_never_both(desk: Desk, phones: Phones) -> None:
    client = desk.log_in("lina")
    asks(client=client)
    client.post(CODE, {"code": phones.newest()})
    assert client.get(reverse("desk:work")).status_code == 302, (
        "signing in ended her day at the desk"
    )
    client.post(reverse("desk:login"), {"username": "lina", "password": "bridge-of-letters-2026"})
    assert client.get(reverse("desk:work")).status_code == 200
    assert "获取验证码" in text(client), "at the desk she is no citizen"


def test_signing_out_leaves_nothing(desk: Desk, phones: Phones) -> None:
    receipt = desk.registers()
    client = signed_in(phones)
    given = {"number": receipt.number, "code": receipt.query_code}
    client.post(reverse("portal:account_add"), given)
    client.get(reverse("portal:account_open", args=[receipt.number]))
    answer = client.post(reverse("portal:account_leave"))
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert client.get(reverse("portal:matter", args=[receipt.number])).status_code == 302
    assert "获取验证码" in text(client)


def test_the_session_ends_by_itself(desk: Desk, phones: Phones, settings: Any) -> None:
    client = signed_in(phones)
    settings.XINQIAO_SESSION_IDLE = timedelta(0)
    assert "获取验证码" in text(client)
    client = signed_in(phones, "13911112222")
    settings.XINQIAO_SESSION_IDLE = timedelta(hours=1)
    settings.XINQIAO_SESSION_LASTS = timedelta(0)
    assert "获取验证码" in text(client)


def test_a_closed_account_is_gone_and_the_petition_is_not(desk: Desk, phones: Phones) -> None:
    receipt = desk.registers()
    client = signed_in(phones)
    given = {"number": receipt.number, "code": receipt.query_code}
    client.post(reverse("portal:account_add"), given)
    assert "确定注销账号吗" in text(client, reverse("portal:account_close"))
    client.post(reverse("portal:account_close"))
    assert CitizenRow.objects.count() == 0
    found = Client().post(reverse("portal:lookup"), given)
    assert found.headers["Location"] == reverse("portal:matter", args=[receipt.number])


def test_ended_codes_and_sessions_are_cleared_away(desk: Desk, phones: Phones) -> None:
    asks()
    now = timezone.now()
    assert jobs.clear_ended(now) == 0
    assert jobs.clear_ended(now + timedelta(days=1)) == 2
    assert (PhoneCode.objects.count(), Session.objects.count()) == (0, 0)
    assert jobs.clear_ended(now + timedelta(days=1)) == 0


def test_asking_whether_to_wait_reads_one_row_set_and_writes_nothing(
    desk: Desk, django_assert_num_queries: "DjangoAssertNumQueries"
) -> None:
    limit = throttle.Limit(name="story", most=3, within=timedelta(minutes=15))
    counted, now = [(limit, "someone")], timezone.now()
    for _ in range(3):
        with django_assert_num_queries(1):
            assert throttle.waits_until(counted) is None
        throttle.count(counted, now)
    assert throttle.waits_until(counted) == now + limit.within
    assert throttle.waits_until([(limit, "another")]) is None
    throttle.forget(counted)
    assert throttle.waits_until(counted) is None


def test_what_she_submits_while_signed_in_is_in_her_list(desk: Desk, phones: Phones) -> None:
    gao_lan = GaoLan(signed_in(phones))
    receipt = gao_lan.submits().context["receipt"]
    page = text(gao_lan.client)
    assert receipt.number in page and receipt.subject in page
    citizen = CitizenRow.objects.get().pk
    assert [one.matter for one in queries.matters_of(citizen)] == [receipt.matter]


def test_what_she_submits_without_signing_in_is_in_nobodys(desk: Desk, phones: Phones) -> None:
    signed_in(phones)
    GaoLan().submits()
    assert queries.matters_of(CitizenRow.objects.get().pk) == []


def test_a_report_is_kept_by_her_own_choice_alone(desk: Desk, phones: Phones) -> None:
    gao_lan = GaoLan(signed_in(phones))
    receipt = gao_lan.submits(kind={"kind": "report"}).context["receipt"]
    citizen = CitizenRow.objects.get().pk
    assert queries.matters_of(citizen) == []
    matter = reverse("portal:matter", args=[receipt.number])
    assert "加入我的信访" in text(gao_lan.client, matter)
    keep = reverse("portal:account_keep", args=[receipt.number])
    assert gao_lan.client.post(keep).headers["Location"] == ACCOUNT
    assert [one.number for one in queries.matters_of(citizen)] == [receipt.number]
    assert "加入我的信访" not in text(gao_lan.client, matter)


def test_nobody_keeps_what_they_have_not_opened(desk: Desk, phones: Phones) -> None:
    receipt = desk.registers()
    client = signed_in(phones)
    assert client.post(reverse("portal:account_keep", args=[receipt.number])).status_code == 404
    assert Client().post(reverse("portal:account_keep", args=[receipt.number])).status_code == 302


def test_on_another_device_she_is_told_that_she_sent_the_same_before(
    desk: Desk, phones: Phones
) -> None:
    receipt = GaoLan(signed_in(phones)).submits().context["receipt"]
    elsewhere = GaoLan(signed_in(phones))
    elsewhere.fills_in()
    page = text(elsewhere.client, "/submit/check/")
    assert "要不要补充到那件信访" in page
    address = reverse("portal:account_open", args=[receipt.number])
    assert f'href="{address}"' in page
    assert elsewhere.client.get(address).status_code == 302
    stranger = GaoLan(signed_in(phones, "13900004321"))
    stranger.fills_in()
    assert receipt.number not in text(stranger.client, "/submit/check/")
