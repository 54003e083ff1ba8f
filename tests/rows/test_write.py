"""Rows that belong together: all are there, or none is, and each knows the key of the one it points to."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xinqiao.intake.models import Contact
from xinqiao.matters.models import Entry, Involvement, Matter, Wall
from xinqiao.people.models import DataKey
from xinqiao.rows.writing import Row, at_once, replace, write

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=timezone(timedelta(hours=8)))


def matter(number: str = "20260302-000001-1", **changes: Any) -> Row:
    given_ = {
        "number": number, "subject": "电梯停用", "state": "received", "channel": "online", "received_at": NOW,
        "receiver": "office", "holder": "office", "law": "R2022", "clocks": [{"id": "handle"}], "calendar": "2026",
        "facts": {"region": "340811", "空": None}, "last_seq": 1, "head_hash": "0" * 64, "head_seal": "0" * 64,
    }  # fmt: skip
    return Row(Matter, **given_ | changes)


def entry(of: Row | int, seq: int = 1) -> Row:
    return Row(
        Entry, matter=of, seq=seq, step="receive", at=NOW, recorded_at=NOW, payload={"channel": "online"},
        previous="0" * 64, hash="1" * 64,
    )  # fmt: skip


def contact(of: Row, **changes: Any) -> Row:
    return Row(
        Contact, number="20260302-000002-9", matter=of, seq=1, channel="letter", received_at=NOW, recorded_at=NOW,
        query_mac="0" * 64, postmark_on=date(2026, 2, 27), **changes,
    )  # fmt: skip


def put(rows: list[Row]) -> None:
    with at_once():
        write(rows)


def test_a_row_takes_the_key_of_the_one_it_points_to() -> None:
    first, second = matter("20260302-000001-1"), matter("20260302-000002-9")
    put([first, second, entry(second), entry(first), Row(Involvement, matter=first, unit="office")])
    assert Entry.objects.get(matter__number="20260302-000002-9").seq == 1
    assert Involvement.objects.get().matter.number == "20260302-000001-1"


def test_the_key_is_known_afterwards() -> None:
    one = matter()
    put([one, entry(one)])
    assert Matter.objects.get().pk == one.pk


def test_a_given_key_stays() -> None:
    put([Row(DataKey, id=2**62, wrapped=b"\x00\xff"), Row(DataKey, id=7, wrapped=b"")])
    assert dict(DataKey.objects.values_list("id", "wrapped")) == {2**62: b"\x00\xff", 7: b""}


def test_what_comes_back_is_what_the_models_would_have_kept() -> None:
    one = matter(next_due=NOW + timedelta(days=15), window_ends=date(2026, 4, 1))
    put([one, contact(one, designated_place=False)])
    row = Matter.objects.get()
    assert (row.received_at, row.received_at.utcoffset()) == (NOW, timedelta())
    assert (row.next_due, row.window_ends) == (NOW + timedelta(days=15), date(2026, 4, 1))
    assert (row.facts, row.clocks) == ({"region": "340811", "空": None}, [{"id": "handle"}])
    assert (row.urgent, row.contacts, row.kind, row.officer) == (False, 1, "", None)
    kept = Contact.objects.get()
    assert (kept.designated_place, kept.repeat, kept.head_count) == (False, None, 1)
    assert kept.postmark_on == date(2026, 2, 27)


def test_none_is_written_when_one_cannot_be() -> None:
    one = matter()
    with pytest.raises(IntegrityError):
        put([one, entry(one), contact(one, head_count=0)])
    assert (Matter.objects.count(), Entry.objects.count(), Contact.objects.count()) == (0, 0, 0)


def test_inside_a_transaction_the_rest_goes_on() -> None:
    with transaction.atomic():
        put([matter("20260302-000001-1")])
        with pytest.raises(IntegrityError):
            put([matter("20260302-000001-1")])
        put([matter("20260302-000002-9")])
    assert Matter.objects.count() == 2


def test_no_row_is_no_statement() -> None:
    with CaptureQueriesContext(connection) as statements:
        write([])
    assert len(statements) == 0


def test_a_row_is_replaced_only_if_it_still_is_as_it_was_seen() -> None:
    one = matter()
    put([one])
    changes = {"next_due": NOW, "facts": {"state": "registered"}, "officer": None, "last_seq": 2}
    assert replace(Matter, one.pk, {"last_seq": 1}, changes)
    assert not replace(Matter, one.pk, {"last_seq": 1}, changes | {"facts": {}})
    assert not replace(Matter, one.pk + 1, {"last_seq": 2}, changes)
    row = Matter.objects.get()
    assert (row.next_due, row.facts, row.officer) == (NOW, {"state": "registered"}, None)
    assert (row.last_seq, row.subject) == (2, "电梯停用")


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    subject=TEXTS,
    facts=st.dictionaries(TEXTS, st.one_of(TEXTS, st.integers(-(2**31), 2**31), st.none())),
    officer=st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1)),
    at=st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    walls=st.lists(st.integers(1, 2**40), unique=True, max_size=4),
)
def test_rows_say_what_the_models_would(
    subject: str, facts: dict[str, Any], officer: int | None, at: datetime, walls: list[int]
) -> None:
    """Whatever stands in them, the two ways of writing leave the same."""
    with transaction.atomic():
        same = {"subject": subject, "facts": facts, "officer": officer, "received_at": at}
        by_rows = matter("20260302-000001-1", **same)
        put([by_rows, *(Row(Wall, matter=by_rows, account=one) for one in walls)])
        Matter.objects.create(**matter("20260302-000002-9", **same).values)
        one, other = Matter.objects.order_by("number").values()
        ignored = {"id", "number"}
        assert {name: one[name] for name in one.keys() - ignored} == {
            name: other[name] for name in other.keys() - ignored
        }
        kept = Wall.objects.filter(matter_id=by_rows.pk).values_list("account", flat=True)
        assert sorted(kept) == sorted(walls)
        transaction.set_rollback(True)
