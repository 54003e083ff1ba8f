"""Petitioners stand behind a contact; a group speaks through five people at most (art. 20)."""

import pytest
from django.db import IntegrityError, transaction

from tests.people.cast import COMPANY, GAO_LAN, NOW, OUYANG_XUE, neighbour
from xinqiao.people.actions import attach, remember, remember_many
from xinqiao.people.models import Party
from xinqiao.people.queries import contact_ids_of, masked_parties
from xinqiao.people.values import PartyRole
from xinqiao.rules.refusals import Refused

LETTER, VISIT, CALL = 1, 2, 3

pytestmark = pytest.mark.django_db


def roles(contact: int) -> list[tuple[PartyRole, int]]:
    return [(party.role, party.who.id) for party in masked_parties([contact])[contact]]


def test_a_letter_of_two_is_found_from_either() -> None:
    gao, company = remember_many([GAO_LAN, COMPANY], now=NOW)
    attach(LETTER, petitioners=[gao, company])
    attach(CALL, petitioners=[company])
    assert roles(LETTER) == [(PartyRole.PETITIONER, gao), (PartyRole.PETITIONER, company)]
    assert contact_ids_of([gao]) == [LETTER]
    assert contact_ids_of([gao, company]) == [LETTER, CALL]
    assert contact_ids_of([]) == []


def test_a_contact_nobody_is_known_behind_has_an_empty_list() -> None:
    assert masked_parties([LETTER, VISIT]) == {LETTER: [], VISIT: []}


def test_attaching_again_changes_nothing() -> None:
    gao, xue = remember_many([GAO_LAN, OUYANG_XUE], now=NOW)
    for _ in range(2):
        attach(VISIT, petitioners=[gao, gao], representatives=[gao, xue])
    assert roles(VISIT) == [
        (PartyRole.PETITIONER, gao),
        (PartyRole.REPRESENTATIVE, gao),
        (PartyRole.REPRESENTATIVE, xue),
    ]


def test_five_may_speak_for_a_group() -> None:
    five = remember_many((neighbour(number) for number in range(5)), now=NOW)
    attach(VISIT, petitioners=[], representatives=five)
    assert [who for _, who in roles(VISIT)] == five


def test_a_sixth_representative_is_refused_and_nobody_attached() -> None:
    six = remember_many((neighbour(number) for number in range(6)), now=NOW)
    with pytest.raises(Refused) as refused:
        attach(VISIT, petitioners=six, representatives=six)
    assert refused.value.refusal.code == "too_many_representatives"
    assert refused.value.refusal.article == "20"
    assert refused.value.refusal.facts == {"most": "5", "given": "6"}
    assert roles(VISIT) == []


def test_those_who_speak_already_are_counted() -> None:
    six = remember_many((neighbour(number) for number in range(6)), now=NOW)
    attach(VISIT, petitioners=[], representatives=six[:4])
    with pytest.raises(Refused):
        attach(VISIT, petitioners=[], representatives=six[4:])
    attach(VISIT, petitioners=[], representatives=six[3:5])
    assert [who for _, who in roles(VISIT)] == six[:5]


@pytest.mark.parametrize(
    ("role", "seat"),
    [("representative", 6), ("representative", 0), ("representative", None), ("petitioner", 1)],
)
def test_the_database_itself_has_five_seats(role: str, seat: int | None) -> None:
    gao = remember(GAO_LAN, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Party.objects.create(contact_id=VISIT, petitioner_id=gao, role=role, seat=seat)
