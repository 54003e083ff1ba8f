"""What somebody does behind the platform's back is found: each kind of tampering, done with raw SQL."""

import json
import sqlite3
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
from xinqiao.matters.models import Entry, Matter, Text
from xinqiao.matters.verify import GUARDED, Fault, seal, verify

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def matter(city: City) -> int:
    return report_on_housing(city)


def report_on_housing(city: City) -> int:
    """A report about the city's housing department, registered and sent to the discipline commission."""
    wang_min = city.person("wangmin")
    letter = ContactInput(
        unit="city-petition",
        channel="letter",
        received_at=NOW,
        subject="检举",
        body="收了好处",
        kind="report",
    )
    matter = receive(letter, by=wang_min, now=NOW).matter
    fields = {"kind": "report", "region": COUNTY, "reported_units": ["city-housing"]}
    actions.take(matter, "register", fields, by=wang_min, now=NOW)
    actions.take(matter, "transfer", {"to_unit": "city-discipline"}, by=wang_min, now=NOW)
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
        ("UPDATE matters_entry SET payload = '[]' WHERE seq = 3", "altered"),
        (
            "UPDATE matters_entry SET payload = '{\"days\": 99999999999999999999}' WHERE seq = 3",
            "altered",
        ),
        ("UPDATE matters_entry SET step = 'vanish' WHERE seq = 3", "unknown_step"),
        ("UPDATE matters_entry SET previous = hash WHERE seq = 2", "chain"),
        ("DELETE FROM matters_entry WHERE seq = 2", "gap"),
        ("DELETE FROM matters_entry WHERE seq = 3", "head"),
        ("UPDATE matters_text SET body = '没有收好处' WHERE field = 'body'", "text_altered"),
        ("UPDATE matters_text SET salt = 'no salt' WHERE field = 'body'", "text_altered"),
        ("DELETE FROM matters_text WHERE field = 'body'", "text_missing"),
        ("UPDATE matters_text SET seq = 9 WHERE field = 'body'", "text_added"),
        (
            "UPDATE matters_text SET body = '别的', erased_at = '2026-03-02 00:00:00+00:00'",
            "text_altered",
        ),
        ("UPDATE matters_matter SET state = 'concluded'", "snapshot"),
        ("UPDATE matters_matter SET holder = 'city-housing'", "snapshot"),
        ("UPDATE matters_matter SET subject = '表扬'", "snapshot"),
        ("UPDATE matters_matter SET received_at = '2026-02-01 00:00:00+00:00'", "snapshot"),
        ("UPDATE matters_matter SET law = 'R2005'", "snapshot"),
        ("UPDATE matters_matter SET next_due = NULL", "snapshot"),
        ("UPDATE matters_matter SET next_due = '2030-01-01 00:00:00+00:00'", "snapshot"),
        ("UPDATE matters_matter SET next_clock = 'handle'", "snapshot"),
        ("UPDATE matters_matter SET clocks = '[]'", "snapshot"),
        ("UPDATE matters_matter SET facts = '{}'", "snapshot"),
        ("UPDATE matters_matter SET facts = '[]'", "snapshot"),
        ("UPDATE matters_matter SET last_seq = 2", "head"),
        ("UPDATE matters_matter SET head_seal = head_hash", "seal"),
        ("DELETE FROM matters_wall", "wall"),
        (
            "INSERT INTO matters_wall (matter_id, unit) SELECT id, 'city-discipline' FROM matters_matter",
            "wall",
        ),
        (
            "INSERT INTO matters_involvement (matter_id, unit, waits, rank, state, kind, channel, category, region) "
            "SELECT matter_id, 'city-labour', waits, rank, state, kind, channel, category, region "
            "FROM matters_involvement WHERE unit = 'city-discipline'",
            "scope",
        ),
        ("DELETE FROM matters_involvement WHERE unit = 'city-discipline'", "scope"),
        ("UPDATE matters_involvement SET waits = NOT waits", "list"),
        ("UPDATE matters_involvement SET rank = rank + 1 WHERE unit = 'city-petition'", "list"),
        ("UPDATE matters_involvement SET state = 'concluded'", "list"),
        ("UPDATE matters_involvement SET region = '340825'", "list"),
        ("UPDATE matters_matter SET rank = 0", "snapshot"),
        ("UPDATE matters_matter SET city = '3401', county = '340102'", "snapshot"),
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


def test_a_matter_put_back_to_how_it_stood_is_found_once_it_was_sealed(
    city: City, matter: int
) -> None:
    """Whoever kept yesterday's row has yesterday's seal of it too; the seal over all entries remembers today."""
    kept = Matter.objects.values("head_hash", "head_seal", "last_seq").get(pk=matter)
    actions.take(matter, "notify", {"notice_content": "已收到"}, by=city.person("xujing"), now=NOW)
    seal(NOW + timedelta(hours=1))
    behind_its_back(
        "DELETE FROM matters_entry WHERE seq = 4",
        "DELETE FROM matters_text WHERE seq = 4",
        "UPDATE matters_matter SET head_hash = '{head_hash}', head_seal = '{head_seal}', "
        "last_seq = {last_seq}".format(**kept),
    )
    assert "sealed_entries" in codes()


def test_a_fact_that_no_entry_tells_is_found(matter: int) -> None:
    facts = json.dumps(Matter.objects.get(pk=matter).facts | {"grade": "troublesome"})
    behind_its_back(f"UPDATE matters_matter SET facts = '{facts}'")
    assert codes() == {"snapshot"}


def test_dates_reached_with_another_calendar_wait_to_be_recomputed(matter: int) -> None:
    Matter.objects.update(calendar="another/calendar", next_due=NOW)
    assert codes() == set()


def test_a_text_that_retention_erased_is_no_fault(matter: int) -> None:
    Text.objects.filter(field="body").update(body="", salt="", erased_at=NOW)
    assert codes() == set()


@pytest.mark.usefixtures("committed_db")
def test_a_database_file_edited_with_another_program_is_found() -> None:
    """Another program does not ask for recursive triggers: REPLACE slips past the guard, but not past the hash."""
    if connection.vendor != "sqlite":
        pytest.skip("a PostgreSQL database is no file to edit")
    from tests.support import city_database  # noqa: PLC0415  settings must load first

    city_database.forget_cached_directory()
    report_on_housing(city_database.load_city())
    with sqlite3.connect(connection.settings_dict["NAME"]) as other_program:
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            other_program.execute("UPDATE matters_entry SET unit = 'nobody'")
        columns = "id, seq, step, at, recorded_at, account, unit, payload, article, previous, hash, matter_id"
        changed = columns.replace("unit,", "'nobody',")
        other_program.execute(
            f"INSERT OR REPLACE INTO matters_entry ({columns}) SELECT {changed} FROM matters_entry WHERE seq = 2"
        )
    assert codes() == {"altered"}


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
        lambda: _sql("TRUNCATE matters_entry CASCADE"),
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
