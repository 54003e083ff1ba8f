"""Wang sees a petitioner in clear for a reason, and the look is on record before anything is shown."""

import pytest

from tests.people.cast import GAO_LAN, LATER, MATTER, NOW, OUYANG_XUE, WANG
from xinqiao.audit.kinds import AuditAction
from xinqiao.audit.queries import entries
from xinqiao.people import vault
from xinqiao.people.actions import Use, remember, remember_many, unmask, use
from xinqiao.people.crypto import Unreadable
from xinqiao.people.models import DataKey
from xinqiao.rules.refusals import Refused

OFFICE = "city-petition"

pytestmark = pytest.mark.django_db


def test_each_petitioner_seen_is_an_entry_with_who_why_and_for_what() -> None:
    gao, xue = remember_many([GAO_LAN, OUYANG_XUE], now=NOW)
    seen = unmask(
        [xue, gao], by_account=WANG, unit=OFFICE, reason="电话核实诉求", matter_id=MATTER, now=LATER
    )
    assert [(one.id, one.name, one.address) for one in seen] == [
        (xue, "欧阳雪", "太湖县某某乡"),
        (gao, "高兰", GAO_LAN.address),
    ]
    written = entries(action=AuditAction.UNMASKED)
    assert {entry.object_id for entry in written} == {gao, xue}
    for entry in written:
        assert (entry.at, entry.account_id, entry.unit) == (LATER, WANG, OFFICE)
        assert (entry.object_kind, entry.reason) == ("petitioner", "电话核实诉求")
        assert entry.detail == {"matter": MATTER}


@pytest.mark.parametrize("reason", ["", "   ", "核实", " abc \n"])
def test_without_a_reason_nothing_is_shown_or_written(reason: str) -> None:
    gao = remember(GAO_LAN, now=NOW)
    with pytest.raises(Refused) as refused:
        unmask([gao], by_account=WANG, reason=reason, matter_id=MATTER, now=NOW)
    assert refused.value.refusal.code == "reason_too_short"
    assert refused.value.refusal.facts == {"least": "4"}
    assert entries() == []


def test_when_it_cannot_be_written_down_nothing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    gao = remember(GAO_LAN, now=NOW)
    monkeypatch.setattr(vault, "read", lambda _: pytest.fail("read before it was written down"))
    monkeypatch.setattr("xinqiao.audit.actions.AuditEntry", None)
    with pytest.raises(AttributeError):
        unmask([gao], by_account=WANG, reason="电话核实诉求", matter_id=MATTER, now=NOW)


def test_an_unknown_petitioner_is_not_found() -> None:
    gao = remember(GAO_LAN, now=NOW)
    with pytest.raises(Refused) as refused:
        unmask([gao, gao + 1], by_account=WANG, reason="电话核实诉求", matter_id=MATTER, now=NOW)
    assert refused.value.refusal.code == "not_found"


def test_the_platforms_own_use_is_on_record_too() -> None:
    gao = remember(GAO_LAN, now=NOW)
    (card,) = use([gao], Use.MESSAGE, matter_id=MATTER, now=LATER)
    assert card.phone == GAO_LAN.phone
    (entry,) = entries(action=AuditAction.USED)
    assert (entry.account_id, entry.object_id, entry.reason) == (None, gao, "message")


def test_clear_data_is_not_printed_by_accident() -> None:
    gao = remember(GAO_LAN, now=NOW)
    (card,) = use([gao], Use.PAPER, matter_id=MATTER, now=NOW)
    for secret in (GAO_LAN.name, GAO_LAN.id_number, GAO_LAN.phone, GAO_LAN.address):
        assert secret not in f"{card!r} {GAO_LAN!r}"


def test_a_lost_key_is_told_and_not_passed_over() -> None:
    gao = remember(GAO_LAN, now=NOW)
    DataKey.objects.filter(id=gao).delete()
    with pytest.raises(Unreadable, match=str(gao)):
        unmask([gao], by_account=WANG, reason="电话核实诉求", matter_id=MATTER, now=NOW)
