"""The small demonstration city, played once through the real actions, and what its chapters add to it.

The rules refuse nothing, the ledger is true, and every book is right. Each chapter is played on the city as its matters
have left it.
"""

from datetime import date, datetime, time
from random import Random

import pytest
from django.db import transaction

from tests.demo.conftest import END
from tests.demo.test_trace import adds_up
from tests.support.city_database import forget_cached_directory
from tests.support.fixtures import PutIn
from xinqiao.demo import chapters, leadership, relief, targets
from xinqiao.demo.chapter import City
from xinqiao.demo.load import Loaded, Player, found_city
from xinqiao.demo.plan import plan
from xinqiao.directory import queries as directory
from xinqiao.matters import actions, clockwork, queries
from xinqiao.matters.snapshot import columns
from xinqiao.matters.verify import Fault, verify
from xinqiao.relief.models import Fund, Request
from xinqiao.relief.verify import verify as verify_books
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.persons import SYSTEM, Person, PersonKind, Post, Role
from xinqiao.rules.replay import replay, turns
from xinqiao.rules.states import Kind, State
from xinqiao.rules.trace import NOBODYS_WORK, trace
from xinqiao.supervision.models import Finding, Held, Measure
from xinqiao.targets.plans import queries as plans

pytestmark = [
    pytest.mark.long,
    pytest.mark.django_db,
    pytest.mark.same_on_both("it takes the actions alone, and their own tests run on both"),
]

NOW = datetime.combine(END, time(18), tzinfo=SHANGHAI)


@pytest.fixture(scope="module")
def loaded(put_in_once: PutIn) -> Loaded:
    """What was played of the matters, once for all stories here."""
    forget_cached_directory()
    with put_in_once():
        found_city("a password for the city")
        player = Player()
        for matter in plan("small", 1, END):
            player.play(matter)
    return player.loaded


@pytest.fixture
def city(loaded: Loaded, db: None) -> City:
    return City(size="small", today=END, accounts=directory.accounts_by_username())


def ledger_is_true() -> bool:
    return not [finding for finding in verify() if isinstance(finding, Fault)]


@pytest.mark.usefixtures("db")
def test_every_planned_step_is_lawful_and_the_ledger_verifies(loaded: Loaded) -> None:
    assert loaded.refused == {}
    assert loaded.matters > 200
    assert ledger_is_true()
    everything = queries.scope(SYSTEM, NOW)
    stored_clocks_equal_computed_ones([matter.pk for matter in everything])
    every_way_is_walked({matter.state for matter in everything})
    no_reported_unit_sees_its_report()


def test_three_years_of_help_are_played_and_nothing_is_refused(city: City) -> None:
    assert not relief.play(city, Random("relief"))
    assert list(verify_books()) == []
    assert ledger_is_true()
    assert set(Fund.objects.values_list("year", flat=True)) == {2024, 2025, 2026}
    states = set(Request.objects.values_list("state", flat=True))
    assert {"paid", "refused"} <= states
    assert states & {"requested", "checked", "approved"}, "something waits today"


def test_two_years_of_targets_are_played_and_last_year_is_made_again_to_the_same_byte(
    city: City,
) -> None:
    leadership.chapter(city, Random("leadership"))
    with transaction.atomic():
        assert not targets.play(city, Random("targets"))
    head = city.person("anqing-petition-office.head", END)
    assert plans.years() == [2026, 2025]
    (closed,) = plans.closed(head, 2025)
    assert plans.made_again(closed)
    scores = [one for place in plans.scores(head, 2025) for one in place.scores]
    assert sum(one.appeal is not None for one in scores) == 1
    assert any(one.points < one.full for one in scores)
    letters = plans.letters(head, 2026)
    assert len(letters) >= 10
    assert all(one.signed_at for one in letters)


def test_supervision_lives_in_the_city_and_what_it_stores_is_what_the_ledgers_say(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its chapter a later one is played, which it has to follow."""
    played = {name: chapters.CHAPTERS[name] for name in ("supervision", "group_visits")}
    monkeypatch.setattr(chapters, "CHAPTERS", played)
    assert chapters.play(city, 1) == {}
    kinds = set(Measure.objects.values_list("what", flat=True))
    assert {"remind", "message", "written", "yellow_card", "listed", "improve_policy"} <= kinds
    assert Finding.objects.filter(open=True).exists()
    assert Finding.objects.filter(open=False).exists()
    first = Measure.objects.order_by("made_on").values_list("made_on", flat=True)[0]
    assert first < date(END.year - 2, 12, 31)
    for row in queries.scope(SYSTEM, NOW):
        entries = actions.load(row.pk)
        adds_up(entries, NOW)
        kept = [one for one in trace(turns(entries), NOW) if one.holding not in NOBODYS_WORK]
        stored = Held.objects.filter(matter_id=row.pk).order_by("start")
        assert [(one.unit, one.holding) for one in stored] == [
            (one.unit, one.holding) for one in kept
        ]
    assert ledger_is_true()


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
