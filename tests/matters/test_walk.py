"""The same walk on a database: what is stored is what the ledger says, and nobody sees what they must not."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.support.choices import REGION_CODES, fields_of
from tests.support.city import CAST
from tests.support.city_database import City
from tests.support.opening import open_matter
from tests.support.walk import inclined, possible
from xinqiao.directory import queries as directory
from xinqiao.matters import actions, queries
from xinqiao.matters.models import Entry, Matter, Text
from xinqiao.matters.snapshot import row_of
from xinqiao.matters.verify import Fault, seal, verify
from xinqiao.rules.persons import SYSTEM, Person, petitioner_of
from xinqiao.rules.refusals import Refused
from xinqiao.rules.states import Kind
from xinqiao.rules.steps import Case
from xinqiao.rules.table import STEPS
from xinqiao.rules.wall import behind_wall

pytestmark = pytest.mark.long

START = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


class Walk(RuleBasedStateMachine):
    """One matter in the database; each walk is rolled back at its end."""

    city: City

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.now, self.matter = START, 0
        self.cast = [self.city.person(name) for name in CAST]

    def teardown(self) -> None:
        assert [str(finding) for finding in verify() if isinstance(finding, Fault)] == []
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize(
        kind=st.sampled_from([None, *Kind, Kind.CLAIM, Kind.CLAIM]),
        region=st.one_of(st.none(), REGION_CODES),
    )
    def somebody_writes(self, kind: Kind | None, region: str | None) -> None:
        letter = {
            "contact": "20260302-482915-6", "received_by": "petition_office", "channel": "letter",
            "subject": "供水", "body": "停水三天。", "kind": kind, "region": region,
        }  # fmt: skip
        wang_min = self.city.person("wangmin")
        self.matter = open_matter(
            number=letter["contact"],
            fields=letter,
            by=wang_min,
            unit="city-petition",
            at=START,
            now=START,
        )

    @rule(data=st.data(), days=st.sampled_from([0, 0, 0, 1, 2, 5, 12, 31]))
    def somebody_acts(self, data: st.DataObject, days: int) -> None:
        self.now += timedelta(days=days, minutes=1)
        case = self._case(SYSTEM)
        pool = inclined(possible(self._everybody(), case))
        who, name = data.draw(st.sampled_from(pool), label="who does what")
        fields = data.draw(fields_of(STEPS[name], self._asked_by(who, case)), label=name)
        self._try(who, name, fields)
        if days > 1:
            seal(self.now)

    def _everybody(self) -> list[Person]:
        return [*self.cast, petitioner_of(self.matter), petitioner_of(self.matter + 1), SYSTEM]

    def _case(self, who: Person) -> Case:
        return actions.case_of(actions.load(self.matter), who, self.now)

    @staticmethod
    def _asked_by(who: Person, case: Case) -> Case:
        return Case(**{**vars(case), "person": who})

    def _try(self, who: Person, name: str, fields: dict[str, Any]) -> None:
        before = self._stored()
        visible = queries.exists_for(who, self.matter, self.now)
        try:
            taken = actions.take(self.matter, name, fields, by=who, now=self.now)
        except Refused:
            assert self._stored() == before
            return
        assert visible, "somebody acted on what does not exist for them"
        assert taken.seq == before[0] + 1

    def _stored(self) -> tuple[int, int, dict[str, Any]]:
        row = Matter.objects.values().get(pk=self.matter)
        entries = Entry.objects.filter(matter_id=self.matter).count()
        return entries, Text.objects.filter(matter_id=self.matter).count(), row

    @precondition(lambda self: self.matter)
    @invariant()
    def the_row_is_what_the_ledger_says(self) -> None:
        stored = Matter.objects.get(pk=self.matter)
        facts, row = row_of(actions.load(self.matter), self.now.date())
        assert {name: getattr(stored, name) or None for name in row} == {
            name: value or None for name, value in row.items()
        }
        assert (
            stored.last_seq == facts.last_seq == Entry.objects.filter(matter_id=self.matter).count()
        )

    @precondition(lambda self: self.matter)
    @invariant()
    def who_is_walled_off_finds_nothing(self) -> None:
        facts, units = self._case(SYSTEM).facts, directory.units()
        for who in self.cast:
            if behind_wall(who, facts, units):
                assert queries.sheet(who, self.matter, self.now) is None
                assert queries.find(who, "20260302-482915-6", self.now) is None
                assert not queries.worklist(who, queries.Filters(), self.now).exists()
                assert not any(queries.queue_counts(who, self.now).values())


@pytest.mark.django_db
def test_walk(city: City) -> None:
    class CityWalk(Walk):
        pass

    CityWalk.city = city
    run_state_machine_as_test(
        CityWalk,
        settings=settings(
            max_examples=20,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
