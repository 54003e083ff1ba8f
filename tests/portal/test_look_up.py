"""Looking up: number and code open one matter, in one browser, for half an hour."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.portal.citizen import Citizen, text_of
from tests.portal.offices import Offices
from xinqiao.matters.numbers import new_number
from xinqiao.ui import sealed

WRONG = "编号和查询码对不上"


def time_runs_out(citizen: Citizen) -> None:
    """Half an hour passes without a click."""
    session = citizen.client.session
    right = sealed.get(session, "portal_right")
    right["until"] = (timezone.now() - timedelta(seconds=1)).isoformat()
    sealed.put(session, "portal_right", right)
    session.save()


def test_typed_as_people_type_them_both_are_understood(gao_lan: Citizen, offices: Offices) -> None:
    receipt = offices.received()
    full_width = receipt.number.translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789"})
    code = f" {receipt.query_code[:4].lower()} {receipt.query_code[4:]} "
    answer = gao_lan.looks_up(full_width.replace("-", " "), code)
    assert answer["Location"] == f"/lookup/{receipt.number}/"


def test_whichever_was_wrong_the_answer_is_the_same(gao_lan: Citizen, offices: Offices) -> None:
    receipt, other = offices.received(), offices.received()
    tries = [
        (receipt.number, other.query_code),
        ("20260101-000000-0", receipt.query_code),
        ("x", "y"),
    ]
    said = [gao_lan.looks_up(*one).context["form"].non_field_errors() for one in tries]
    assert said[0] == said[1] == said[2]
    assert WRONG in said[0][0]


def test_a_wrong_number_costs_the_platform_what_a_wrong_code_costs(
    gao_lan: Citizen, offices: Offices
) -> None:
    """Else the time of the answer would tell which numbers exist."""
    receipt = offices.received()
    gao_lan.looks_up(receipt.number, "AAAA2222")  # the session is there
    asked = []
    for number in (receipt.number, new_number(timezone.localdate())):
        with CaptureQueriesContext(connection) as queries:
            assert WRONG in text_of(gao_lan.looks_up(number, "AAAA2222"))
        # Whether the directory has changed is asked once a second, whoever comes.
        told = [one["sql"] for one in queries.captured_queries]
        asked.append([sql.split()[0] for sql in told if "directoryversion" not in sql])
    assert asked[0] == asked[1]


def test_after_ten_wrong_tries_even_the_right_code_waits(
    gao_lan: Citizen, offices: Offices
) -> None:
    receipt = offices.received()
    for _ in range(10):
        assert WRONG in text_of(gao_lan.looks_up(receipt.number, "AAAA2222"))
    answer = gao_lan.looks_up(receipt.number, receipt.query_code)
    assert answer.status_code == 429
    assert "15分钟" in answer.content.decode()
    neighbour = Citizen()
    assert neighbour.looks_up(receipt.number, receipt.query_code).status_code == 302


def test_who_throws_the_session_away_is_counted_by_address(
    gao_lan: Citizen, offices: Offices
) -> None:
    receipt = offices.received()
    for _ in range(100):
        Citizen().looks_up(receipt.number, "AAAA2222")
    assert Citizen().looks_up(receipt.number, receipt.query_code).status_code == 429


def test_without_the_code_an_address_opens_nothing(gao_lan: Citizen, offices: Offices) -> None:
    mine, other = offices.received(), offices.received()
    gao_lan.opens(mine)
    for page in ("", "supplement/", "withdraw/"):
        answer = gao_lan.client.get(f"/lookup/{other.number}/{page}")
        assert answer["Location"] == f"/lookup/?number={other.number}"
    for door in ("rate", "appeals"):
        assert gao_lan.client.get(f"/{door}/{other.number}/").status_code == 302


def test_it_closes_after_half_an_hour_without_use(gao_lan: Citizen, offices: Offices) -> None:
    receipt = offices.received()
    gao_lan.opens(receipt)
    time_runs_out(gao_lan)
    answer = gao_lan.client.get(f"/lookup/{receipt.number}/", follow=True)
    assert answer.redirect_chain[0][0] == f"/lookup/?number={receipt.number}"
    assert "30分钟没有操作" in text_of(answer)


def test_words_typed_while_the_time_ran_out_come_back(gao_lan: Citizen, offices: Offices) -> None:
    receipt = offices.accepted()
    gao_lan.opens(receipt)
    time_runs_out(gao_lan)
    page = f"/lookup/{receipt.number}/supplement/"
    sent = gao_lan.client.post(page, {"supplement": "写了很久的一段话"}, follow=True)
    assert "您写的内容还在" in text_of(sent)
    assert gao_lan.looks_up(receipt.number, receipt.query_code)["Location"] == page
    assert "写了很久的一段话" in text_of(gao_lan.client.get(page))


def test_words_kept_for_one_matter_do_not_show_in_another(
    gao_lan: Citizen, offices: Offices
) -> None:
    receipt, other = offices.accepted(), offices.accepted()
    gao_lan.opens(receipt)
    time_runs_out(gao_lan)
    gao_lan.client.post(f"/lookup/{receipt.number}/supplement/", {"supplement": "写了很久的一段话"})
    gao_lan.opens(other)
    page = text_of(gao_lan.client.get(f"/lookup/{other.number}/supplement/"))
    assert "写了很久的一段话" not in page


def test_closing_leaves_nothing_in_the_browser(gao_lan: Citizen, offices: Offices) -> None:
    receipt = offices.received()
    gao_lan.opens(receipt)
    gao_lan.client.post("/lookup/end/")
    assert gao_lan.client.get(f"/lookup/{receipt.number}/").status_code == 302
    assert gao_lan.client.get("/lookup/end/").status_code == 405


@pytest.mark.parametrize(("door", "goal"), [("/rate/", "rate"), ("/appeals/", "appeals")])
def test_each_door_leads_to_its_own_page(
    gao_lan: Citizen, offices: Offices, door: str, goal: str
) -> None:
    receipt = offices.answered()
    asked = gao_lan.client.get(door)
    go = asked.context["form"]["go"].value()
    answer = gao_lan.looks_up(receipt.number, receipt.query_code, door=door, go=go)
    assert answer["Location"] == f"/{goal}/{receipt.number}/"


def test_closing_takes_the_receipt_away_too(gao_lan: Citizen) -> None:
    page = gao_lan.submits()
    address = page.request["PATH_INFO"]
    gao_lan.client.post("/lookup/end/")
    assert gao_lan.client.get(address)["Location"] == "/lookup/"


def test_pages_of_a_matter_are_kept_by_no_cache_between(gao_lan: Citizen, offices: Offices) -> None:
    receipt = offices.received()
    gao_lan.opens(receipt)
    assert "private" in gao_lan.client.get(f"/lookup/{receipt.number}/")["Cache-Control"]
