"""Anybody at random, any step, any fields: what must hold on every way that a matter can take."""

from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.support.choices import REGION_CODES, fields_of
from tests.support.city import CAST, UNITS, person
from tests.support.story import PETITIONER, Story
from tests.support.walk import heads_beside_the_cast, inclined
from xinqiao.law.clocks import ClockState
from xinqiao.rules.entries import Entry
from xinqiao.rules.facts import Facts
from xinqiao.rules.matters import may
from xinqiao.rules.persons import SYSTEM, Person
from xinqiao.rules.refusals import Refusal
from xinqiao.rules.replay import apply, replay
from xinqiao.rules.routing import _CHOICES, targets
from xinqiao.rules.states import CLOSED, Kind, State
from xinqiao.rules.table import STEPS, TABLE
from xinqiao.rules.wall import behind_wall, walled_units

EVERYBODY: tuple[Person, ...] = (
    PETITIONER,
    SYSTEM,
    *(person(name) for name in CAST),
    *heads_beside_the_cast(first_account=100),
)
EVERYTHING = [(who, step.name) for who in EVERYBODY for step in TABLE]
#: Steps that read the ledger anew instead of adding to it.
CORRECTIONS = {"revoke", "correct_date", "separate", "split_off"}
#: What an opinion waits for until somebody has done it (`guards.nothing_pending`).
CLEARS_THE_WAY = {"close_hearing", "approve_extension", "refuse_extension"}
#: Steps that bring a matter into another state, or clear the way to one that does.
LEADS_ON = {step.name for step in TABLE if step.end and step.name != "withdraw"} | CLEARS_THE_WAY


class Walk(RuleBasedStateMachine):
    """One matter, and everybody who may do something with it."""

    def __init__(self) -> None:
        super().__init__()
        self.story = Story()
        self.facts = Facts()
        self.ends: list[State | None] = []
        self.seen_at: object = None
        self.seen: dict[object, dict[str, Refusal | None]] = {}

    @initialize(
        receiver=st.sampled_from(["wangmin", "dingxia", "qianyu", "petitioner"]),
        kind=st.sampled_from([None, *Kind, Kind.CLAIM, Kind.CLAIM]),
        region=st.one_of(st.none(), REGION_CODES),
    )
    def somebody_writes(self, receiver: str, kind: Kind | None, region: str | None) -> None:
        office = "organ" if receiver == "qianyu" else "petition_office"
        self.story.by(receiver).does("receive", received_by=office, kind=kind, region=region)
        self._remember(self.story.entries[-1])

    @rule(data=st.data(), days=st.sampled_from([0, 0, 0, 1, 2, 5, 12, 31]))
    def somebody_acts(self, data: st.DataObject, days: int) -> None:
        """Mostly what is possible, and now and then anything at all."""
        self.story.later(days)
        pool = inclined(self._possible()) if data.draw(st.integers(0, 5)) else EVERYTHING
        who, name = data.draw(st.sampled_from(pool), label="who does what")
        self.story.by(who)
        self._try(name, data.draw(fields_of(STEPS[name], self.story.case()), label=name))

    def _possible(self) -> list[tuple[Person, str]]:
        """Who may press which button now."""
        return [
            (who, name)
            for who in EVERYBODY
            for name, refusal in self._buttons(who).items()
            if refusal is None and STEPS[name].start
        ]

    def _buttons(self, who: Person) -> dict[str, Refusal | None]:
        """What every button answers this person; told anew when something has happened or a day has passed."""
        moment = (len(self.story.entries), self.story.now)
        if self.seen_at != moment:
            case = self.story.case()
            self.seen_at, self.seen = moment, {}
            for one in EVERYBODY:
                asking = replace(case, person=one)
                self.seen[one.kind, one.account] = {step.name: may(step, asking) for step in TABLE}
        return self.seen[who.kind, who.account]

    def _try(self, name: str, fields: dict[str, Any]) -> None:
        before, entries = self.story.facts, list(self.story.entries)
        given = {field: fields.get(field) for field in {*fields, *STEPS[name].needs}}
        refusal = self.story.refusal(name, **given)
        if refusal is not None:
            assert self.story.entries == entries
            assert self.story.facts == before
            return
        walled = walled_units(before, UNITS)
        assert not behind_wall(self.story.person, before, UNITS)
        assert given.get("to_unit") not in walled
        self.story.does(name, **given)
        self._remember(self.story.entries[-1])

    def _remember(self, entry: Entry) -> None:
        again = entry.step in CORRECTIONS
        self.facts = replay(self.story.entries) if again else apply(self.facts, entry)
        self.ends.append(self.facts.state)

    @invariant()
    def replaying_gives_the_same_facts(self) -> None:
        assert replay(self.story.entries) == self.facts

    @precondition(lambda self: self.ends)
    @invariant()
    def the_last_step_led_where_the_table_says(self) -> None:
        entry = self.story.entries[-1]
        step = STEPS[entry.step]
        assert self.facts.state in State
        if entry.step not in CORRECTIONS:
            ends = {step.end} if step.end else {replay(self.story.entries[:-1]).state}
            ends |= set(step.ends_if[1].values()) if step.ends_if else set()
            assert self.facts.state in ends

    @invariant()
    def a_concluded_matter_stays_concluded(self) -> None:
        if State.CONCLUDED in self.ends:
            assert self.facts.state is State.CONCLUDED

    @invariant()
    def the_clocks_can_be_told(self) -> None:
        for clock in self.story.clocks:
            assert clock.why
            assert clock.state in ClockState

    @invariant()
    def no_route_leads_to_the_reported(self) -> None:
        walled = walled_units(self.facts, UNITS)
        for step in _CHOICES if walled else ():
            assert walled.isdisjoint(targets(step, self.facts, UNITS, self.story.case().today))

    @invariant()
    def nobody_behind_the_wall_may_do_anything(self) -> None:
        walled = walled_units(self.facts, UNITS)
        shut_out = self.facts.recused | self.facts.reported_accounts
        for who in EVERYBODY if walled or shut_out else ():
            if who.units() & walled or who.account in shut_out:
                answers = self._buttons(who).values()
                assert {refusal and refusal.code for refusal in answers} == {"not_found"}

    @invariant()
    def every_level_has_an_organ_and_deciders_of_its_own(self) -> None:
        facts = self.facts
        if facts.reviewer:
            assert facts.reviewer != facts.handler
        if facts.reexaminer:
            assert facts.reexaminer not in {facts.handler, facts.reviewer}
        levels: dict[str, set[int]] = {"handling": set(), "review": set(), "reexamination": set()}
        for done in facts.handled_by:
            levels[done.level].add(done.account)
        assert not levels["handling"] & levels["review"]
        assert not (levels["handling"] | levels["review"]) & levels["reexamination"]

    @invariant()
    def what_was_assigned_is_what_has_a_day_to_be_reported(self) -> None:
        if self.facts.state is State.WITHDRAWN or not self.ends:
            return
        standing = [c for c in self.story.clocks if c.id == "report_back" and c.state != "void"]
        assert self.facts.assigned == bool(standing)
        assert self.facts.assignments == len(standing)

    @invariant()
    def a_closed_matter_owes_the_petitioner_no_answer(self) -> None:
        """What may still run is owed to other offices: the report of a result, of an urgent matter."""
        if self.facts.state in CLOSED:
            running = {
                clock.id for clock in self.story.clocks if clock.state in {"running", "overdue"}
            }
            assert running <= {"report_back", "urgent_report", "recommendation_feedback"}

    @invariant()
    def no_matter_is_stuck(self) -> None:
        """Somebody can always bring an open matter on, unless those who could were shut out of it."""
        facts = self.facts
        if facts.state in CLOSED or facts.recused or facts.reported_accounts or not self.ends:
            return
        if facts.holder in walled_units(facts, UNITS) and facts.kind is not Kind.REPORT:
            return  # a report is recalled; what is none any more is made one again first
        possible = {name for _, name in self._possible()}
        assert possible & LEADS_ON, facts


Walk.TestCase.settings = settings(
    max_examples=20,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestWalk = Walk.TestCase
