"""What only shows where commits are real: two clerks at once, the entry before the look, the file."""

from pathlib import Path

import pytest
from django.db import connection, transaction

from tests.people.cast import GAO_LAN, LATER, MATTER, NOW, WANG
from tests.support.together import together
from xinqiao.audit.kinds import AuditAction
from xinqiao.audit.queries import entries
from xinqiao.people.actions import forget, remember, unmask
from xinqiao.people.models import DataKey
from xinqiao.people.queries import same_person


def test_two_clerks_at_once_end_with_one_card(committed_db: None) -> None:
    ids = together([lambda: remember(GAO_LAN, now=NOW)] * 4)
    assert len(set(ids)) == 1
    assert same_person(GAO_LAN) == [ids[0]]


def test_no_transaction_around_it_can_take_the_entry_back(committed_db: None) -> None:
    gao = remember(GAO_LAN, now=NOW)
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        unmask([gao], by_account=WANG, reason="电话核实诉求", matter_id=MATTER, now=NOW)
    unmask([gao], by_account=WANG, reason="电话核实诉求", matter_id=MATTER, now=NOW)
    assert [entry.object_id for entry in entries(action=AuditAction.UNMASKED)] == [gao]


def test_the_key_is_gone_from_the_database_file_too(committed_db: None) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL frees its pages by vacuum, in its own time")
    gao = remember(GAO_LAN, now=NOW)
    key = bytes(DataKey.objects.get(id=gao).wrapped)
    assert key in _file_after_checkpoint()
    forget([gao], by_account=WANG, reason="保存期限届满", now=LATER)
    assert key not in _file_after_checkpoint()


def _file_after_checkpoint() -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Path(connection.settings_dict["NAME"]).read_bytes()
