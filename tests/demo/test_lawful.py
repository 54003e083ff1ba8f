"""Played by the real rules and clocks, the plan is lawful to the last step, and still true to life."""

from collections import Counter
from datetime import date, datetime, time

import pytest

from tests.demo.conftest import END
from tests.demo.playing import Ledger
from xinqiao.demo.plan import plan
from xinqiao.demo.values import PlannedMatter
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.states import CLOSED, State

STOP = datetime.combine(END, time(), tzinfo=SHANGHAI)


def refusals(matters: list[PlannedMatter]) -> list[str]:
    return [
        f"{matter.key} {step.step}: {refused}"
        for matter in matters
        for step, refused in Ledger(matter).play()
        if refused
    ]


def played(matter: PlannedMatter) -> Ledger:
    ledger = Ledger(matter)
    assert all(not refused for _, refused in ledger.play())
    return ledger


def test_no_step_is_refused(small: list[PlannedMatter]) -> None:
    assert refusals(small) == []


@pytest.mark.parametrize(
    ("seed", "end"), [(11, date(2025, 5, 2)), (12, date(2026, 2, 24)), (13, date(2028, 2, 29))]
)
def test_no_step_is_refused_with_another_seed_and_end(seed: int, end: date) -> None:
    assert refusals(list(plan("small", seed, end))) == []


def test_a_stretch_of_the_city_is_lawful(city: list[PlannedMatter]) -> None:
    assert refusals(city[::9]) == []


@pytest.fixture(scope="module")
def ledgers(city: list[PlannedMatter]) -> list[Ledger]:
    return [played(matter) for matter in city[-700:]]


def test_most_keep_their_dates_and_some_do_not(ledgers: list[Ledger]) -> None:
    states: Counter[str] = Counter()
    for ledger in ledgers:
        for clock in ledger.clocks(STOP):
            if clock.id in {"register_and_refer", "notify_referred", "handle", "report_back"}:
                states[str(clock.state)] += 1
    assert states["met"] > 10 * states["late"] > 0
    assert states["overdue"]
    assert states["running"]


def test_matters_stand_in_many_places_at_the_end(ledgers: list[Ledger]) -> None:
    stand = Counter(ledger.facts.state for ledger in ledgers)
    assert set(stand) & CLOSED
    assert {
        State.RECEIVED,
        State.REGISTERED,
        State.REFERRED,
        State.ACCEPTED,
        State.ANSWERED,
    } <= set(stand)


def test_the_ledger_ends_where_the_plan_says(small: list[PlannedMatter]) -> None:
    for matter in small:
        facts = played(matter).facts
        registered = [step.fields for step in matter.steps if step.step == "register"]
        if registered:
            wrong = registered[0]["category"] != matter.category
            put_right = any(step.step == "reclassify" for step in matter.steps)
            assert facts.kind == matter.kind
            assert (facts.category == matter.category) == (put_right or not wrong)
            assert facts.contacts == len(matter.contacts)
            assert facts.urgent == matter.urgent
