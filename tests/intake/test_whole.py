"""A contact is there whole, or nothing of it is: nothing acknowledged can lack a part, nothing refused leaves one."""

from dataclasses import replace

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.intake.test_receive import LETTER, NOW
from tests.support.city_database import City
from tests.support.together import together
from xinqiao.intake import actions
from xinqiao.intake.values import Receipt
from xinqiao.matters.verify import Fault, verify
from xinqiao.people.values import PersonInput
from xinqiao.rules.persons import petitioner_of
from xinqiao.rules.refusals import Refused

ONLINE = replace(
    LETTER, channel="online", petitioners=[PersonInput(name="高兰", phone="13800001234")]
)
TABLES = (
    "intake.Contact", "matters.Matter", "matters.Entry", "matters.Text", "matters.Involvement", "people.DataKey",
    "people.Petitioner", "people.Party",
)  # fmt: skip
#: One contact by one person: subject and body are two texts, one unit is involved.
ONE = (1, 1, 1, 2, 1, 1, 1, 1)


def receive(**changes: object) -> Receipt:
    return actions.receive(replace(ONLINE, **changes), by=petitioner_of(0), now=NOW)


def counted() -> tuple[int, ...]:
    return tuple(apps.get_model(name).objects.count() for name in TABLES)


def test_every_part_is_there(city: City) -> None:
    receive()
    assert counted() == ONE


def test_a_number_that_is_taken_is_drawn_again_and_nothing_is_left_of_the_first_try(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = receive().number
    drawn = iter([taken, taken, "20260302-000002-9"])
    monkeypatch.setattr(actions, "new_number", lambda _: next(drawn))
    again = receive(petitioners=[PersonInput(name="方明", phone="13900001234")])
    assert again.number == "20260302-000002-9"
    assert counted() == tuple(2 * count for count in ONE)
    assert [one for one in verify() if isinstance(one, Fault)] == []


def test_when_no_number_can_be_had_nothing_is_there_and_it_may_be_tried_again(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = receive().number
    monkeypatch.setattr(actions, "new_number", lambda _: taken)
    with pytest.raises(Refused, match="try_again"):
        receive(petitioners=[PersonInput(name="方明", phone="13900001234")])
    assert counted() == ONE


def test_what_cannot_be_read_of_a_person_leaves_nothing(city: City) -> None:
    with pytest.raises(Refused, match="phone_length"):
        receive(petitioners=[PersonInput(name="方明", phone="1390000")])
    assert counted() == (0,) * len(TABLES)


def test_who_wrote_before_keeps_the_card(city: City) -> None:
    receive()
    receive(subject="又一件事")
    assert counted() == (2, 2, 2, 4, 2, 1, 1, 2)


def test_receiving_costs_a_bounded_number_of_statements(city: City) -> None:
    receive()
    with CaptureQueriesContext(connection) as statements:
        receive(petitioners=[PersonInput(name="方明", phone="13900001234")])
    # On PostgreSQL: the look for the card and the writing, in a savepoint of this test. On SQLite a table has its own.
    most = 4 if connection.vendor == "postgresql" else 11
    assert len(statements) <= most


def test_of_one_new_person_who_writes_eight_times_at_once_there_is_one_card(
    committed_db: None,
) -> None:
    from tests.support import city_database  # noqa: PLC0415  settings must load first

    city_database.forget_cached_directory()
    city_database.load_city()
    receipts = together([receive] * 8)
    assert len({receipt.number for receipt in receipts}) == 8
    assert counted() == (8, 8, 8, 16, 8, 1, 1, 8)
