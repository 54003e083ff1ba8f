"""Anybody at random on three matters of one estate: what holds however they are joined, parted and brought on."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.support.choices import fields_of
from tests.support.city import CAST
from tests.support.city_database import City
from tests.support.estate import HE_FANG, Estate
from tests.support.walk import inclined, possible
from xinqiao.law.clocks import Clock
from xinqiao.matters import actions
from xinqiao.matters.actions import facts_of, load
from xinqiao.matters.clockwork import clocks_of
from xinqiao.matters.models import Matter
from xinqiao.matters.snapshot import row_of
from xinqiao.matters.verify import Fault, verify
from xinqiao.rules.joint import pressing
from xinqiao.rules.persons import SYSTEM, Person, petitioner_of
from xinqiao.rules.refusals import Refused
from xinqiao.rules.steps import Case
from xinqiao.rules.table import STEPS

#: Steps on the two matters that this is about, so that a walk does not spend its time elsewhere.
_WANTED = (
    "join",
    "join",
    "join",
    "separate",
    "submit_opinion",
    "issue_opinion",
    "accept",
    "object",
)


class Walk(RuleBasedStateMachine):
    """Each walk is rolled back at its end."""

    city: City

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.estate = Estate(self.city)
        self.matters = [self.estate.referred() for _ in range(3)] + [self.estate.accepted(HE_FANG)]
        self.estate.joins(self.matters[1], self.matters[0])
        self.cast = [self.city.person(name) for name in CAST]

    def teardown(self) -> None:
        assert [str(finding) for finding in verify() if isinstance(finding, Fault)] == []
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @rule(data=st.data(), days=st.sampled_from([0, 0, 0, 1, 3, 20]))
    def somebody_acts(self, data: st.DataObject, days: int) -> None:
        self.estate.later(days=days, minutes=1)
        matter = data.draw(st.sampled_from(self.matters), label="matter")
        everybody = [*self.cast, petitioner_of(matter), SYSTEM]
        case = actions.case_of(load(matter), SYSTEM, self.estate.now)
        open_to = possible(everybody, case)
        wanted = [one for name in _WANTED for one in open_to if one[1] == name]
        who, name = data.draw(
            st.sampled_from(wanted * 4 + list(inclined(open_to))), label="who does what"
        )
        fields = data.draw(
            fields_of(STEPS[name], self._asked_by(who, case), careless=False), label=name
        )
        if name == "join":
            others = [one for one in self.matters if one != matter]
            alike = [one for one in others if facts_of(one).state == case.facts.state]
            fields["matter"] = data.draw(st.sampled_from(alike * 3 + others), label="to")
        self._try(matter, name, fields, who)

    @staticmethod
    def _asked_by(who: Person, case: Case) -> Case:
        return Case(**{**vars(case), "person": who})

    def _try(self, matter: int, name: str, fields: dict[str, Any], who: Person) -> None:
        before = {one: self._stored(one) for one in self.matters}
        dates = {one: self._pressing(one) for one in self.matters}
        try:
            actions.take(matter, name, fields, by=who, now=self.estate.now)
        except Refused:
            assert {one: self._stored(one) for one in self.matters} == before
            return
        if name == "join":
            assert self._pressing(matter) == dates[matter], "a joining moved a date"
            assert self._pressing(fields["matter"]) <= dates[matter], "somebody waits longer"

    def _pressing(self, matter: int) -> Any:
        return pressing(self._clocks(matter))

    def _clocks(self, matter: int) -> Any:
        found: list[Clock] = list(clocks_of(load(matter), self.estate.now.date()))
        return found

    @staticmethod
    def _stored(matter: int) -> dict[str, Any]:
        return Matter.objects.values().get(pk=matter)

    @invariant()
    def both_ledgers_say_the_same_and_there_is_no_chain(self) -> None:
        told = {one: facts_of(one) for one in self.matters}
        for one, facts in told.items():
            carrier = facts.carried_by
            assert carrier is None or one in told[carrier].carries
            assert carrier is None or not facts.carries
            assert carrier is None or told[carrier].carried_by is None
            assert carrier is None or (facts.state, facts.holder) == (
                told[carrier].state,
                told[carrier].holder,
            )
            assert all(told[other].carried_by == one for other in facts.carries)

    @invariant()
    def the_rows_are_what_the_ledgers_say(self) -> None:
        for one in self.matters:
            facts, row = row_of(load(one), self.estate.now.date())
            stored = self._stored(one)
            assert {name: stored[name] or None for name in row} == {
                name: value or None for name, value in row.items()
            }
            assert facts.last_seq == stored["last_seq"]


@pytest.mark.long
def test_walk(city: City) -> None:
    class Here(Walk):
        pass

    Here.city = city
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=25, stateful_step_count=25, deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
