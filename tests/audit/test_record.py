"""Lin of the city office looks; Chen, who answers for it, finds every look again."""

from datetime import UTC, datetime, timedelta

import pytest

from xinqiao.audit.actions import record, record_each
from xinqiao.audit.kinds import AuditAction
from xinqiao.audit.queries import entries

LIN, CHEN = 7, 8
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_an_entry_says_who_did_what_to_what_when_and_why() -> None:
    record(
        AuditAction.EXPORTED,
        now=NOON,
        by_account=LIN,
        unit="anqing-petition-office",
        object_kind="matter",
        object_id=12,
        reason="年度报告",
        detail={"rows": 40},
    )
    (entry,) = entries()
    assert entry.at == NOON
    assert (entry.account_id, entry.unit) == (LIN, "anqing-petition-office")
    assert (entry.action, entry.object_kind, entry.object_id) == ("exported", "matter", 12)
    assert (entry.reason, entry.detail) == ("年度报告", {"rows": 40})


def test_a_look_at_three_people_is_three_entries() -> None:
    record_each(
        AuditAction.UNMASKED,
        now=NOON,
        by_account=LIN,
        object_kind="petitioner",
        object_ids=[3, 4, 5],
        reason="电话回访",
    )
    assert [entry.object_id for entry in entries()] == [5, 4, 3]
    assert [entry.reason for entry in entries(object_kind="petitioner", object_id=4)] == [
        "电话回访"
    ]


def test_entries_are_found_by_who_what_and_when() -> None:
    record(AuditAction.LOGGED_IN, now=NOON, by_account=LIN)
    record(AuditAction.LOGIN_FAILED, now=NOON + timedelta(hours=1), by_account=None)
    record(AuditAction.LOGGED_IN, now=NOON + timedelta(hours=2), by_account=CHEN, unit="a")
    assert [entry.account_id for entry in entries()] == [CHEN, None, LIN]
    assert [entry.account_id for entry in entries(account_id=LIN)] == [LIN]
    assert [entry.account_id for entry in entries(unit="a")] == [CHEN]
    assert [entry.account_id for entry in entries(action=AuditAction.LOGGED_IN)] == [CHEN, LIN]
    second = NOON + timedelta(hours=1)
    assert [entry.at for entry in entries(since=second, until=second + timedelta(hours=1))] == [
        second
    ]


def test_a_long_audit_is_read_page_by_page() -> None:
    for hour in range(5):
        record(AuditAction.LOGGED_IN, now=NOON + timedelta(hours=hour), by_account=hour)
    first = entries(limit=3)
    second = entries(limit=3, before_id=first[-1].id)
    assert [entry.account_id for entry in first + second] == [4, 3, 2, 1, 0]


def test_nothing_done_leaves_no_entry() -> None:
    record_each(
        AuditAction.UNMASKED, now=NOON, by_account=LIN, object_kind="petitioner", object_ids=[]
    )
    assert entries() == []
