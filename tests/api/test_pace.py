"""A sender who is too fast waits a little and loses nothing; a partner who was named never waits."""

from ipaddress import ip_network
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django import Settings

from tests.api.hotline import KEY, Hotline, lift, problem_of, receipt_of, received
from xinqiao.accounts import pace as minutes
from xinqiao.api import pace
from xinqiao.config.settings import _networks


@pytest.fixture(autouse=True)
def three_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "MOST_A_MINUTE", 3)
    monkeypatch.setattr(minutes, "time", lambda: 1_772_413_230.0)  # half past a minute


def send(hotline: Hotline, times: int) -> list[Any]:
    return [hotline.sends(key=f"{KEY}-{number}") for number in range(times)]


def test_the_fourth_request_of_a_minute_waits_and_is_not_stored(hotline: Hotline) -> None:
    *first, fourth = send(hotline, 4)
    for answer in first:
        receipt_of(answer)
    told = problem_of(fourth, 429)
    assert (told["code"], fourth["Retry-After"]) == ("too_many_requests", "30")
    assert "30秒" in told["detail"]
    assert received() == 3


def test_in_the_next_minute_the_same_request_is_received(
    hotline: Hotline, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem_of(send(hotline, 4)[-1], 429)
    monkeypatch.setattr(minutes, "time", lambda: 1_772_413_260.0)
    receipt_of(hotline.sends(key=f"{KEY}-3"))
    assert received() == 4


def test_looking_up_counts_as_well_and_so_does_nonsense(hotline: Hotline) -> None:
    hotline.looks_up("20260302-000001-1", "AAAAAAAA")
    hotline.sends(b"{")
    hotline.client.get("/api/v1/nothing")
    problem_of(hotline.looks_up("20260302-000001-1", "AAAAAAAA"), 429)


def test_another_address_does_not_wait(hotline: Hotline) -> None:
    send(hotline, 4)
    other = Hotline(client=Client(REMOTE_ADDR="203.0.113.9"))
    receipt_of(other.sends(key=f"{KEY}-other"))


def test_an_address_that_anybody_can_write_into_a_header_counts_for_nothing(
    hotline: Hotline,
) -> None:
    send(hotline, 3)
    problem_of(hotline.sends(key=f"{KEY}-4", **{"X-Forwarded-For": "203.0.113.9"}), 429)


def test_behind_a_proxy_each_sender_is_counted_alone(hotline: Hotline, settings: Settings) -> None:
    settings.XINQIAO_PROXIES = 1
    for number in range(4):
        address = {"X-Forwarded-For": f"203.0.113.{number}"}
        receipt_of(hotline.sends(key=f"{KEY}-{number}", **address))


def test_a_partner_who_was_named_sends_as_much_as_it_has(
    hotline: Hotline, settings: Settings
) -> None:
    settings.XINQIAO_TRUSTED_SENDERS = (ip_network("127.0.0.0/8"),)
    for answer in send(hotline, 5):
        receipt_of(answer)


def test_a_partner_is_named_by_address_or_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINQIAO_TRUSTED_SENDERS", "10.1.2.3, 10.2.0.0/16 ,::1")
    assert [str(one) for one in _networks("XINQIAO_TRUSTED_SENDERS")] == [
        "10.1.2.3/32", "10.2.0.0/16", "::1/128",
    ]  # fmt: skip


def test_a_partner_who_is_no_address_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINQIAO_TRUSTED_SENDERS", "the hotline")
    with pytest.raises(ImproperlyConfigured, match="comma separated"):
        _networks("XINQIAO_TRUSTED_SENDERS")


def test_the_page_of_refusals_counts_no_petition_twice(hotline: Hotline) -> None:
    """What was refused for its pace is sent again under the same key: one contact, one receipt."""
    send(hotline, 3)
    assert hotline.sends(lift(), key=f"{KEY}-0").status_code == 429
    assert received() == 3
