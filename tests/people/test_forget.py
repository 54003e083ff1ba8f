"""Erasing a petitioner destroys their key: the row stays, and nobody can read it again."""

import pytest

from tests.people.cast import GAO_LAN, LATER, MATTER, NOW, OUYANG_XUE, WANG
from xinqiao.audit.kinds import AuditAction
from xinqiao.audit.queries import entries
from xinqiao.people import crypto
from xinqiao.people.actions import attach, forget, remember, remember_many, unmask
from xinqiao.people.models import DataKey, Petitioner
from xinqiao.people.queries import contact_ids_of, masked, masked_parties, same_person
from xinqiao.people.values import Masked, PetitionerKind
from xinqiao.rules.refusals import Refused

LETTER = 5
REASON = "保存期限届满"

pytestmark = pytest.mark.django_db


def test_the_erased_leave_an_empty_card_behind_their_contact() -> None:
    gao, xue = remember_many([GAO_LAN, OUYANG_XUE], now=NOW)
    attach(LETTER, petitioners=[gao, xue])
    assert forget([gao], by_account=WANG, reason=REASON, now=LATER) == 1
    empty = Masked(
        id=gao, kind=PetitionerKind.PERSON, name="", id_number="", phone="", address="",
        forgotten=True,
    )  # fmt: skip
    assert masked([gao, xue])[gao] == empty
    assert masked([gao, xue])[xue].name == "欧阳*"
    assert [party.who.forgotten for party in masked_parties([LETTER])[LETTER]] == [True, False]
    assert contact_ids_of([gao]) == [LETTER]


def test_nobody_can_read_or_find_the_erased() -> None:
    gao = remember(GAO_LAN, now=NOW)
    forget([gao], by_account=WANG, reason=REASON, now=LATER)
    (card,) = unmask([gao], by_account=WANG, reason=REASON, matter_id=MATTER, now=LATER)
    assert (card.name, card.id_number, card.phone, card.address) == ("", "", "", "")
    assert same_person(GAO_LAN) == []
    assert remember(GAO_LAN, now=LATER) != gao


def test_a_copy_of_the_row_kept_elsewhere_is_worthless_without_its_key() -> None:
    gao = remember(GAO_LAN, now=NOW)
    copied = bytes(Petitioner.objects.get(id=gao).name_sealed or b"")
    key = crypto.unwrap(bytes(DataKey.objects.get(id=gao).wrapped))
    assert crypto.unseal(key, copied, row=gao, field="name") == "高兰"
    forget([gao], by_account=WANG, reason=REASON, now=LATER)
    assert not DataKey.objects.filter(id=gao).exists()
    xue = remember(OUYANG_XUE, now=LATER)
    other_key = crypto.unwrap(bytes(DataKey.objects.get(id=xue).wrapped))
    with pytest.raises(crypto.Unreadable):
        crypto.unseal(other_key, copied, row=gao, field="name")


def test_each_erasure_is_on_record_once() -> None:
    gao, xue = remember_many([GAO_LAN, OUYANG_XUE], now=NOW)
    forget([gao], by_account=WANG, reason=REASON, now=LATER)
    assert forget([gao, xue], by_account=None, reason=REASON, now=LATER) == 1
    written = entries(action=AuditAction.FORGOTTEN)
    assert [(entry.object_id, entry.account_id) for entry in written] == [(xue, None), (gao, WANG)]


def test_refused_without_a_reason() -> None:
    gao = remember(GAO_LAN, now=NOW)
    with pytest.raises(Refused) as refused:
        forget([gao], by_account=WANG, reason="", now=LATER)
    assert refused.value.refusal.code == "reason_too_short"
    assert same_person(GAO_LAN) == [gao]
