"""The counter: what a card says by itself, where a visit was received, and the number of the hall that it ends."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.desk.at_work import Desk
from tests.desk.test_registering import nothing_stored, registers, suggested, the_one
from tests.reception.halls import opens_hall
from xinqiao.intake import queries as intake
from xinqiao.reception import actions, queries


def contact_id(desk: Desk) -> int:
    (contact,) = intake.of_matter(the_one(desk).id)
    return contact.id


@pytest.mark.parametrize(
    ("typed", "kind", "said"),
    [
        ("11010519491231002X", "person", "1949-12-31"),
        ("11010519491231002x", "person", "1949-12-31"),
        ("110105491231002", "person", "1949-12-31"),
        ("91340800MA2MXXXX1A", "organisation", "统一社会信用代码"),
    ],
)
def test_a_number_says_whose_it_is_and_when_they_were_born(
    desk: Desk, typed: str, kind: str, said: str
) -> None:
    html = suggested(desk.log_in("wangmin"), **{"who-id_number": typed})
    assert f'data-fills="who-who" data-value="{kind}"' in html and said in html


@pytest.mark.parametrize("typed", ["", "1101051949", "110105194912310021", "x" * 500, "3408\x00"])
def test_a_wrong_or_half_typed_number_says_nothing(desk: Desk, typed: str) -> None:
    assert "data-fills" not in suggested(desk.log_in("wangmin"), **{"who-id_number": typed})


def test_room_and_leader_are_kept_and_stand_on_the_receipt(desk: Desk) -> None:
    client = desk.log_in("wangmin")
    leader = desk.city.account("wutao")
    answer = registers(client, room="接谈室二", leader=str(leader))
    kept = queries.where_received([contact_id(desk)])[contact_id(desk)]
    assert (kept.room, kept.leader) == ("接谈室二", leader)
    receipt = client.get(answer.headers["Location"]).content.decode()
    assert "接谈室二" in receipt and "吴涛" in receipt
    page = client.get(reverse("desk:matter", args=[the_one(desk).number])).content.decode()
    assert "接谈室二" in page and "吴涛" in page
    assert 'value="接谈室二"' in client.get(reverse("desk:visit")).content.decode(), (
        "the clerk sits there still"
    )


def test_a_visit_without_them_keeps_nothing(desk: Desk) -> None:
    registers(desk.log_in("wangmin"))
    assert queries.where_received([contact_id(desk)]) == {}


def test_only_a_head_receives_as_a_leader(desk: Desk) -> None:
    answer = registers(desk.log_in("wangmin"), leader=str(desk.city.account("lina")))
    assert answer.status_code == 422
    assert nothing_stored(desk)


def called(desk: Desk) -> int:
    one, _ = opens_hall()
    actions.give_number("east", timezone.now())
    ticket = actions.call_next(one, by=desk.city.person("wangmin"), now=timezone.now())
    assert ticket
    return ticket.id


def test_the_number_ends_with_the_registered_visit(desk: Desk) -> None:
    ticket = called(desk)
    client = desk.log_in("wangmin")
    page = client.get(reverse("desk:visit"), {"ticket": ticket}).content.decode()
    assert f'name="ticket" value="{ticket}"' in page
    assert registers(client, ticket=str(ticket)).status_code == 302
    ended = queries.ticket(ticket)
    assert ended and ended.outcome == "registered"


def test_an_error_leaves_the_number_where_it_is(desk: Desk) -> None:
    ticket = called(desk)
    registers(desk.log_in("wangmin"), ticket=str(ticket), subject="", **{"who-name": ""})
    waiting = queries.ticket(ticket)
    assert waiting and waiting.ended_at is None


def test_the_number_of_a_desk_of_others_is_not_ended(desk: Desk) -> None:
    ticket = called(desk)
    assert (
        registers(desk.log_in("sunli"), unit="city-labour", ticket=str(ticket)).status_code == 302
    )
    waiting = queries.ticket(ticket)
    assert waiting and waiting.ended_at is None


@pytest.mark.parametrize("typed", ["x", "-1", "99999999999999999999999"])
def test_a_number_that_is_none_is_told(desk: Desk, typed: str) -> None:
    assert registers(desk.log_in("wangmin"), ticket=typed).status_code == 422
    assert nothing_stored(desk)


@pytest.mark.parametrize(
    ("typed", "status"), [("某某镇", 302), ("太湖", 302), ("区", 302), ("县区", 422)]
)
def test_a_part_of_a_place_is_enough_where_only_one_has_it(
    desk: Desk, typed: str, status: int
) -> None:
    at = f"{timezone.localtime() - timedelta(minutes=1):%Y-%m-%dT%H:%M}"
    answer = registers(desk.log_in("wangmin"), region=typed, received_at=at)
    if typed == "区":  # 宜秀区 and 宜秀区 某某镇
        assert answer.status_code == 422 and "对应多个选项" in answer.content.decode()
    else:
        assert answer.status_code == status
