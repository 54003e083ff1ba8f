"""A petitioner is remembered as a card of exactly what was said, and found by any spelling."""

from dataclasses import replace
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.people.cast import (
    COMPANY,
    GAO_LAN,
    GAO_LAN_SPELLED_OTHERWISE,
    LATER,
    MATTER,
    NOW,
    OUYANG_XUE,
    id_number,
    neighbour,
)
from xinqiao.people import vault
from xinqiao.people.actions import Use, remember, remember_many, use
from xinqiao.people.queries import same_person
from xinqiao.people.values import Fact, PersonInput, problems
from xinqiao.rules.glossary import say
from xinqiao.rules.refusals import Refused

pytestmark = pytest.mark.django_db


def test_what_was_said_comes_back_in_one_form() -> None:
    (gao,) = use(
        [remember(GAO_LAN_SPELLED_OTHERWISE, now=NOW)], Use.PAPER, matter_id=MATTER, now=NOW
    )
    assert (gao.name, gao.id_number, gao.phone) == ("高 兰", GAO_LAN.id_number, "13800001234")
    assert (gao.address, gao.forgotten) == (GAO_LAN.address, False)


def test_the_same_facts_find_the_same_card_in_any_spelling() -> None:
    first = remember(GAO_LAN, now=NOW)
    assert remember(GAO_LAN, now=LATER) == first
    assert remember(GAO_LAN_SPELLED_OTHERWISE, now=LATER) == first


def test_new_facts_make_a_new_card_and_leave_the_first_alone() -> None:
    first = remember(GAO_LAN, now=NOW)
    moved = remember(replace(GAO_LAN, phone="13900000000"), now=LATER)
    assert moved != first
    cards = use([first, moved], Use.MESSAGE, matter_id=MATTER, now=LATER)
    assert [card.phone for card in cards] == ["13800001234", "13900000000"]


def test_a_person_is_found_by_identity_number_whatever_else_was_said() -> None:
    first = remember(GAO_LAN, now=NOW)
    moved = remember(replace(GAO_LAN, phone="13900000000", address=""), now=NOW)
    remember(OUYANG_XUE, now=NOW)
    unknown_phone = PersonInput(name="高兰", id_number=GAO_LAN.id_number.lower())
    assert same_person(unknown_phone) == [first, moved]


def test_a_person_is_found_by_phone_and_name_together() -> None:
    xue = remember(OUYANG_XUE, now=NOW)
    assert same_person(PersonInput(name="欧阳　雪", phone="(0556)5550101")) == [xue]
    assert same_person(PersonInput(name="欧阳雪")) == []
    assert same_person(PersonInput(name="欧阳霜", phone="05565550101")) == []


def test_a_card_without_identity_number_is_found_by_who_gives_one_later() -> None:
    before = remember(replace(GAO_LAN, id_number=""), now=NOW)
    assert same_person(GAO_LAN) == [before]


def test_father_and_son_of_one_name_and_phone_are_two_people() -> None:
    father = remember(GAO_LAN, now=NOW)
    son = replace(GAO_LAN, id_number=id_number("34089920050101123"))
    assert same_person(son) == []
    assert remember(son, now=NOW) != father


def test_two_people_of_one_name_and_nothing_else_are_not_taken_for_one() -> None:
    only_a_name = PersonInput(name="高兰")
    assert remember(only_a_name, now=NOW) != remember(only_a_name, now=NOW)
    with_address = PersonInput(name="高兰", address="太湖县")
    first, second = remember_many([with_address, with_address], now=NOW)
    assert first != second


def test_looking_somebody_up_while_they_type_leaves_the_unreadable_aside() -> None:
    gao = remember(GAO_LAN, now=NOW)
    assert same_person(replace(GAO_LAN, phone="138000")) == [gao]
    assert same_person(replace(GAO_LAN, id_number="3408", name="")) == []


def test_an_organisation_and_a_person_never_share_a_card() -> None:
    company = remember(COMPANY, now=NOW)
    assert same_person(replace(COMPANY, id_number="91340899ma2n00000x")) == [company]


@pytest.mark.parametrize(
    ("person", "field", "code"),
    [
        (replace(GAO_LAN, name="  "), "name", "field_missing"),
        (replace(GAO_LAN, name="高" * 121), "name", "text_too_long"),
        (replace(GAO_LAN, address="村" * 501), "address", "text_too_long"),
        (replace(GAO_LAN, phone="1380000"), "phone", "phone_length"),
        (replace(GAO_LAN, phone="unknown"), "phone", "phone_characters"),
        (replace(GAO_LAN, id_number="340899198001011230"), "id_number", "id_check_digit"),
        (replace(COMPANY, id_number="91340899MA2N"), "id_number", "credit_code_format"),
    ],
)
def test_what_cannot_be_read_is_refused_by_field(
    person: PersonInput, field: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        remember(person, now=NOW)
    refusal = refused.value.refusal
    assert (refusal.code, refusal.article, refusal.facts["field"]) == (code, "19", field)
    assert say(refusal, "zh-hans") != say(refusal, "en")
    assert problems(person)[Fact(field)].code == code
    assert problems(GAO_LAN) == {}


def test_many_are_remembered_in_their_order_with_few_statements() -> None:
    people = [neighbour(number) for number in range(300)]
    known = remember(people[7], now=NOW)
    with CaptureQueriesContext(
        connection,
    ) as statements:
        ids = remember_many([*people, people[3], GAO_LAN], now=NOW)
    assert len(statements) <= 10
    assert ids[7] == known
    assert ids[300] == ids[3]
    assert len(set(ids)) == 301
    cards = use(ids[:300], Use.EXCHANGE, matter_id=None, now=NOW)
    assert [card.name for card in cards] == [person.name for person in people]


def test_one_unreadable_row_leaves_nothing_of_the_others() -> None:
    with pytest.raises(Refused):
        remember_many([GAO_LAN, replace(OUYANG_XUE, phone="x")], now=NOW)
    assert same_person(GAO_LAN) == []


def test_nobody_to_remember_is_no_mistake() -> None:
    assert remember_many([], now=NOW) == []


def test_a_card_made_by_another_process_a_moment_earlier_is_found() -> None:
    first = remember(GAO_LAN, now=NOW)
    ids_of, asked = vault._ids_of, []

    def blind_at_first(indexes: set[str]) -> object:
        asked.append(indexes)
        return ids_of(indexes) if len(asked) > 1 else iter(())

    with patch.object(vault, "_ids_of", blind_at_first):
        assert remember(GAO_LAN, now=NOW) == first
    assert same_person(GAO_LAN) == [first]
