"""What somebody does behind the platform's back is found: each kind of tampering, done with raw SQL."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction

from tests.support.city import COUNTY
from tests.support.city_database import City
from xinqiao.audit.append_only import allow, forbid
from xinqiao.intake.actions import receive
from xinqiao.intake.values import ContactInput
from xinqiao.matters import actions
from xinqiao.matters.actions import hash_of
from xinqiao.matters.models import Entry, Matter
from xinqiao.matters.verify import GUARDED, Fault, seal, verify

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def matter(city: City) -> int:
    """A report about the city's housing department, registered and sent to the discipline commission."""
    letter = ContactInput(
        unit="city-petition",
        channel="letter",
        received_at=NOW,
        subject="检举",
        body="收了好处",
        kind="report",
    )
    matter = receive(letter, by=city.person("wangmin"), now=NOW).matter
    fields = {"kind": "report", "region": COUNTY, "reported_units": ["city-housing"]}
    actions.take(matter, "register", fields, by=city.person("wangmin"), now=NOW)
    actions.take(
        matter, "transfer", {"to_unit": "city-discipline"}, by=city.person("wangmin"), now=NOW
    )
    return matter


def codes() -> set[str]:
    return {finding.code for finding in verify() if isinstance(finding, Fault)}


def behind_its_back(*statements: str) -> None:
    """Runs SQL as somebody who can write the database and knows how to silence its guards."""
    connection.check_constraints()  # PostgreSQL alters no table with checks still to come
    for table in GUARDED:
        allow(connection, table)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    connection.check_constraints()
    for table in GUARDED:
        forbid(connection, table)


def test_an_untouched_ledger_is_clean(matter: int) -> None:
    assert codes() == set()


@pytest.mark.parametrize(
    ("done", "found"),
    [
        ("UPDATE matters_entry SET unit = 'city-labour' WHERE seq = 3", "altered"),
        ("UPDATE matters_entry SET at = '2026-01-01 00:00:00+00:00' WHERE seq = 1", "altered"),
        ("UPDATE matters_entry SET step = 'vanish' WHERE seq = 3", "unknown_step"),
        ("UPDATE matters_entry SET previous = hash WHERE seq = 2", "chain"),
        ("DELETE FROM matters_entry WHERE seq = 2", "gap"),
        ("DELETE FROM matters_entry WHERE seq = 3", "head"),
        ("UPDATE matters_text SET body = '没有收好处' WHERE field = 'body'", "text_altered"),
        ("DELETE FROM matters_text WHERE field = 'body'", "text_missing"),
        ("UPDATE matters_text SET seq = 9 WHERE field = 'body'", "text_added"),
        ("UPDATE matters_matter SET state = 'concluded'", "snapshot"),
        ("UPDATE matters_matter SET holder = 'city-housing'", "snapshot"),
        ("UPDATE matters_matter SET head_seal = head_hash", "seal"),
        ("DELETE FROM matters_wall", "wall"),
        ("DELETE FROM matters_involvement WHERE unit = 'city-discipline'", "scope"),
    ],
)
def test_each_kind_of_tampering_is_found(matter: int, done: str, found: str) -> None:
    behind_its_back(done)
    assert found in codes()


def test_a_chain_recomputed_to_the_end_lacks_this_platforms_seal(matter: int) -> None:
    entry = Entry.objects.get(matter_id=matter, seq=3)
    entry.payload = {"to_unit": "city-labour"}
    forged = hash_of(entry.matter.number, entry)
    payload = "UPDATE matters_entry SET payload = '{\"to_unit\": \"city-labour\"}', hash = '%s' WHERE seq = 3"
    behind_its_back(payload % forged, f"UPDATE matters_matter SET head_hash = '{forged}'")
    assert "seal" in codes()


def test_a_whole_matter_that_was_sealed_cannot_vanish(matter: int) -> None:
    assert seal(NOW + timedelta(hours=1)) == 3
    tables = (
        "people_party",
        "intake_contact",
        "matters_wall",
        "matters_involvement",
        "matters_text",
        "matters_entry",
    )
    behind_its_back(*(f"DELETE FROM {table}" for table in tables), "DELETE FROM matters_matter")
    assert codes() == {"sealed_entries"}


def test_a_forged_seal_is_found(matter: int) -> None:
    seal(NOW + timedelta(hours=1))
    behind_its_back("UPDATE matters_seal SET mac = digest")
    assert "seal_forged" in codes()


def test_sealing_again_adds_nothing_and_leaves_young_entries_for_later(matter: int) -> None:
    assert seal(NOW + timedelta(minutes=1)) == 0
    assert [seal(NOW + timedelta(hours=1)), seal(NOW + timedelta(hours=1))] == [3, 0]
    assert codes() == set()


def test_guards_that_were_taken_away_are_missed(matter: int) -> None:
    connection.check_constraints()
    allow(connection, "matters_entry")
    assert "unguarded" in codes()


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: Entry.objects.update(unit="nobody"),
        lambda: Entry.objects.all().delete(),
        lambda: _sql("UPDATE matters_entry SET unit = 'nobody'"),
        lambda: _sql("DELETE FROM matters_seal WHERE 1 = 1"),
        lambda: _sql("INSERT OR REPLACE INTO matters_entry SELECT * FROM matters_entry"),
        lambda: _sql("TRUNCATE matters_entry"),
    ],
)
def test_the_database_itself_refuses_to_change_the_ledger(
    matter: int, attempt: Callable[[], object]
) -> None:
    seal(NOW + timedelta(hours=1))
    connection.check_constraints()
    before = list(Entry.objects.order_by("id").values())
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        attempt()
    assert list(Entry.objects.order_by("id").values()) == before
    assert Matter.objects.count() == 1


def _sql(statement: str) -> None:
    only_on = {"INSERT OR REPLACE": "sqlite", "TRUNCATE": "postgresql"}
    for begin, vendor in only_on.items():
        if statement.startswith(begin) and connection.vendor != vendor:
            pytest.skip(f"{begin} is a statement of {vendor}")
    with connection.cursor() as cursor:
        cursor.execute(statement)
