"""The small demonstration city, played through the real actions: the rules refuse nothing and the ledger is true."""

from datetime import date, datetime, time

import pytest
from django.db import connection

from tests.support.city_database import forget_cached_directory
from xinqiao.demo.load import Loaded, Player, found_city
from xinqiao.demo.plan import plan
from xinqiao.directory import queries as directory
from xinqiao.matters import actions, clockwork, queries
from xinqiao.matters.snapshot import columns
from xinqiao.matters.verify import Fault, verify
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.persons import SYSTEM, Person, PersonKind, Post, Role
from xinqiao.rules.replay import replay
from xinqiao.rules.states import Kind, State

pytestmark = pytest.mark.long

END = date(2026, 9, 30)
NOW = datetime.combine(END, time(18), tzinfo=SHANGHAI)


@pytest.fixture
def loaded(db: None) -> Loaded:
    forget_cached_directory()
    found_city("a password for the city")
    player = Player()
    for number, matter in enumerate(plan("small", 1, END)):
        player.play(matter)
        if number in {
            10,
            100,
        }:  # within one transaction nobody else tells the planner how large the tables are
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
    return player.loaded


@pytest.mark.same_on_both("it takes the actions alone, and their own tests run on both")
def test_every_planned_step_is_lawful_and_the_ledger_verifies(loaded: Loaded) -> None:
    assert loaded.refused == {}
    assert loaded.matters > 200
    assert [finding for finding in verify() if isinstance(finding, Fault)] == []
    everything = queries.scope(SYSTEM, NOW)
    stored_clocks_equal_computed_ones([matter.pk for matter in everything])
    every_way_is_walked({matter.state for matter in everything})
    no_reported_unit_sees_its_report()


def stored_clocks_equal_computed_ones(matter_ids: list[int]) -> None:
    """The dates on the row are those that the ledger gives when it is read anew."""
    for matter_id in matter_ids:
        entries = actions.load(matter_id)
        computed = columns(replay(entries), clockwork.clocks_of(entries, END))
        row = (
            queries.scope(SYSTEM, NOW)
            .values("clocks", "next_due", "next_clock", "facts")
            .get(pk=matter_id)
        )
        assert row == {name: computed[name] for name in row}


def every_way_is_walked(states: set[str]) -> None:
    """A demonstration shows the whole procedure."""
    expected = {
        State.ANSWERED,
        State.CONCLUDED,
        State.REPLIED,
        State.GUIDED,
        State.ACCEPTED,
        State.REFERRED,
    }
    assert expected <= states


def no_reported_unit_sees_its_report() -> None:
    """For every report: nobody in the reported unit, or below it, finds it anywhere."""
    units = directory.units()
    reports = queries.scope(SYSTEM, NOW).filter(kind=Kind.REPORT)
    walled = 0
    for report in reports:
        for unit in report.facts["reported_units"]:
            for below in units.subtree(unit):
                head = Person(
                    kind=PersonKind.STAFF, account=10**9, posts=(Post(unit=below, role=Role.HEAD),)
                )
                assert not queries.exists_for(head, report.pk, NOW)
                walled += 1
    assert walled > 0
