"""Every form carries a token of this very browser; without it nothing is taken. Programs send JSON and need none."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.desk.at_work import Desk
from tests.safety.table import TABLE, For
from tests.safety.visitors import ADMINISTRATOR, Town

FORBIDDEN, METHOD = 403, 405
#: For programs, which have no cookie that a foreign page could ride on.
PROGRAMS = "api:"
SENT = {"petitioner": {"name": "张伟"}, "subject": "电梯停运", "body": "小区电梯停运半年。"}


@pytest.mark.parametrize("visitor", ["wangmin", ADMINISTRATOR])
def test_no_form_is_taken_without_its_token(desk: Desk, visitor: str) -> None:
    town, taken = Town.of(desk), {}
    known = town.browser(visitor).cookies
    client = Client(enforce_csrf_checks=True)
    client.cookies = known
    for name, row in TABLE.items():
        if name.startswith(PROGRAMS) or row.whose is For.CLOSED:
            continue
        answer: Any = client.post(town.address(name, row.values), {"any": "thing"})
        if answer.status_code not in {FORBIDDEN, METHOD}:
            taken[name] = answer.status_code
    assert taken == {}


def test_a_token_of_another_browser_is_none(desk: Desk) -> None:
    theirs, client = Client(), Client(enforce_csrf_checks=True)
    client.force_login(_user(desk, "lina"))
    theirs.get(reverse("desk:login"))
    client.get(reverse("desk:account"))
    typed = {"csrfmiddlewaretoken": theirs.cookies["csrftoken"].value}
    assert client.post(reverse("desk:logout"), typed).status_code == FORBIDDEN
    assert client.get(reverse("desk:account")).status_code == 200, "still logged in"


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"]
)
def test_the_door_for_programs_takes_json_alone(desk: Desk, kind: str) -> None:
    """What a form of a foreign page could send is refused, so that such a page would have to ask first, in vain."""
    client = Client(enforce_csrf_checks=True)
    sent = json.dumps(SENT)
    answer = client.post(
        reverse("api:submit"), sent, content_type=kind, headers={"Idempotency-Key": "one-of-a-page"}
    )
    assert answer.status_code == 415
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_the_door_for_programs_needs_no_token(desk: Desk) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(
        reverse("api:submit"), json.dumps(SENT), content_type="application/json",
        headers={"Idempotency-Key": "one-of-a-program"},
    )  # fmt: skip
    assert answer.status_code != FORBIDDEN
    assert answer.headers["Content-Type"].startswith(
        ("application/json", "application/problem+json")
    )


def _user(desk: Desk, username: str) -> Any:
    from django.contrib.auth import get_user_model  # noqa: PLC0415

    return get_user_model().objects.get(pk=desk.city.account(username))
