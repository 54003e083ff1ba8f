"""The receipt: what Gao Lan takes home."""

from datetime import timedelta

from django.utils import timezone

from tests.portal.citizen import Citizen, text_of
from xinqiao.matters import queries as matters
from xinqiao.rules.persons import SYSTEM


def test_it_tells_number_code_and_by_when_what_happens_next(gao_lan: Citizen) -> None:
    page = gao_lan.submits()
    receipt, text = page.context["receipt"], text_of(page)
    (line,) = matters.lines(matters.scope(SYSTEM, timezone.now()))
    assert receipt.number == line.number
    assert receipt.number in text
    assert receipt.query_code in text
    (duty,) = page.context["dates"]
    assert duty["clock"].id == "register_and_refer"
    assert line.next_due is not None  # the moment at which the last day is over
    assert duty["clock"].due_day == timezone.localdate(line.next_due - timedelta(seconds=1))
    assert duty["why"]


def test_the_code_is_not_in_the_address_that_the_qr_code_leads_to(gao_lan: Citizen) -> None:
    page = gao_lan.submits()
    receipt = page.context["receipt"]
    assert receipt.number in page.context["address"]
    assert receipt.query_code not in page.context["address"]
    door = gao_lan.client.get(f"/lookup/?number={receipt.number}")
    assert f'value="{receipt.number}"' in text_of(door)


def test_it_can_be_shown_again_to_the_same_browser_alone(gao_lan: Citizen) -> None:
    address = gao_lan.submits().request["PATH_INFO"]
    assert gao_lan.client.get(address).status_code == 200
    stranger = Citizen().client.get(address, follow=True)
    assert stranger.redirect_chain == [("/lookup/", 302)]
    assert "回执只能在提交时用的浏览器里" in text_of(stranger)


def test_the_sender_may_look_at_once_without_typing_the_code(gao_lan: Citizen) -> None:
    page = gao_lan.submits()
    assert gao_lan.client.get(page.context["matter"]).status_code == 200
