"""A clerk sees that a letter says what others said before, and has both handled together with one key, or by itself."""

from typing import Any

import pytest

pytest.importorskip("numpy", reason="the extra `analytics` is not installed")

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.desk.at_work import Desk
from tests.desk.test_registering import registers
from tests.insight.test_reading import PLANT, WAGES, writes
from tests.support.city_database import City
from xinqiao.insight.reading.jobs import read_everything
from xinqiao.intake.values import Receipt
from xinqiao.matters.actions import facts_of
from xinqiao.matters.models import Matter

LIKE = {"subject": PLANT[2][0], "body": PLANT[2][1], "region": "340811"}


@pytest.fixture
def desk(city: City) -> Desk:
    return Desk(city)


@pytest.fixture
def earlier(desk: Desk) -> Receipt:
    """The plant was written about before, and wages were."""
    first = writes(desk, PLANT[0], 5, "张一")
    writes(desk, WAGES, 4, "王三")
    read_everything(timezone.now())
    return first


def look(client: Client, **more: str) -> str:
    """What may be about the same, as it comes with the suggestions for what is typed."""
    page = client.post(reverse("desk:advice"), LIKE | more).content.decode()
    return page.partition('<div id="alike" hx-swap-oob="innerHTML">')[2].removesuffix("</div>\n")


def register(client: Client, **more: str) -> Any:
    return registers(client, **{"who-name": "周六", "who-phone": "13855506666"} | LIKE | more)


def newest() -> Any:
    return Matter.objects.latest("id")


def test_what_may_be_about_the_same_is_shown_with_what_both_say(
    desk: Desk, earlier: Receipt
) -> None:
    page = look(desk.log_in("wangmin"))
    assert earlier.matter_number in page and "搅拌站" in page
    assert page.count('name="together"') == 3, (
        "undecided, the one about the plant, and none of them"
    )
    assert (
        look(
            desk.log_in("wangmin"), subject="图书馆开放时间", body="希望周末延长开放时间。"
        ).strip()
        == ""
    )


def test_the_clerk_has_both_handled_together(desk: Desk, earlier: Receipt) -> None:
    client = desk.log_in("wangmin")
    answer = register(client, together=earlier.matter_number)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    assert facts_of(newest().id).carried_by == earlier.matter
    receipt = client.get(answer["Location"]).content.decode()
    assert "已与下列事项并案办理" in receipt and earlier.matter_number in receipt


def test_the_clerk_leaves_it_by_itself(desk: Desk, earlier: Receipt) -> None:
    register(desk.log_in("wangmin"))
    assert newest().subject == LIKE["subject"] and facts_of(newest().id).carried_by is None


def test_what_cannot_be_joined_yet_is_registered_and_says_why(desk: Desk, earlier: Receipt) -> None:
    desk.takes(earlier.matter, "transfer", by="wangmin", days=3, to_unit="city-housing")
    client = desk.log_in("wangmin")
    answer = register(client, together=earlier.matter_number)
    assert answer.status_code == 302
    assert facts_of(newest().id).carried_by is None and newest().state == "registered"
    receipt = client.get(answer["Location"]).content.decode()
    assert "尚未与下列事项并案" in receipt
    assert "尚未与下列事项并案" not in client.get(answer["Location"]).content.decode(), "told once"


def test_a_number_that_does_not_exist_for_the_clerk_joins_nothing(
    desk: Desk, earlier: Receipt
) -> None:
    answer = register(desk.log_in("wangmin"), together="XF20990101000000")
    assert answer.status_code == 302 and facts_of(newest().id).carried_by is None


def test_the_page_of_a_matter_names_what_may_be_about_the_same(
    desk: Desk, earlier: Receipt
) -> None:
    other = writes(desk, PLANT[1], 2, "赵四")
    read_everything(timezone.now())
    page = desk.log_in("wangmin").get(reverse("desk:matter", args=[other.matter_number]))
    assert (
        "可能反映同一问题" in page.content.decode()
        and earlier.matter_number in page.content.decode()
    )
