"""A clerk mistyped; the right card takes its place behind this contact, and this is on record."""

from dataclasses import replace

import pytest

from tests.people.cast import GAO_LAN, LATER, NOW, OUYANG_XUE, WANG
from xinqiao.audit.kinds import AuditAction
from xinqiao.audit.queries import entries
from xinqiao.people.actions import attach, correct, remember, remember_many
from xinqiao.people.queries import contact_ids_of, masked_parties
from xinqiao.rules.refusals import Refused

LETTER, EARLIER_LETTER = 5, 4
MISTYPED = replace(GAO_LAN, phone="13800001243")

pytestmark = pytest.mark.django_db


def test_the_right_card_stands_behind_this_contact_and_no_other() -> None:
    wrong = remember(MISTYPED, now=NOW)
    attach(EARLIER_LETTER, petitioners=[wrong])
    attach(LETTER, petitioners=[wrong], representatives=[wrong])
    right = correct(LETTER, wrong, GAO_LAN, by_account=WANG, reason="录入笔误", now=LATER)
    assert [party.who.id for party in masked_parties([LETTER])[LETTER]] == [right, right]
    assert contact_ids_of([wrong]) == [EARLIER_LETTER]
    (entry,) = entries(action=AuditAction.CORRECTED)
    assert (entry.object_id, entry.account_id, entry.reason) == (right, WANG, "录入笔误")
    assert entry.detail == {"contact": LETTER, "before": wrong}


def test_refused_without_reason_or_for_somebody_else() -> None:
    gao, xue = remember_many([GAO_LAN, OUYANG_XUE], now=NOW)
    attach(LETTER, petitioners=[gao])
    for petitioner, person, reason, code in (
        (gao, MISTYPED, "笔误", "reason_too_short"),
        (xue, MISTYPED, "录入笔误", "not_found"),
        (gao, GAO_LAN, "录入笔误", "already_there"),
    ):
        with pytest.raises(Refused) as refused:
            correct(LETTER, petitioner, person, by_account=WANG, reason=reason, now=LATER)
        assert refused.value.refusal.code == code
    assert [party.who.id for party in masked_parties([LETTER])[LETTER]] == [gao]
    assert entries() == []
