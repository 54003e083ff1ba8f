"""The queues of units are played: the last year again, with more petitions, with officers elsewhere."""

import heapq
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest

from xinqiao.law.calendar import published
from xinqiao.targets.capacity.asking import ask
from xinqiao.targets.capacity.fitting import Job, fit, peak, works
from xinqiao.targets.capacity.values import Case, Impossible, Move, Question, Year

FIRST, END = date(2025, 1, 1), date(2026, 1, 1)
WORKDAYS = [
    day
    for day in (date(2024, 6, 1) + timedelta(days=one) for one in range(800))
    if published().is_working_day(day)
]


def true_queue(
    unit: str, *, at_once: int, each_day: float, work: float, seed: int = 1
) -> list[Case]:
    """Cases of an office that works on so many at a time, first come first served: what a simulation has to find."""
    dice, busy, cases = Random(seed), list[int](), []
    clock = 0.0
    while (came := int(clock := clock + dice.expovariate(each_day))) < 400:
        begun = came if len(busy) < at_once else max(came, heapq.heappop(busy))
        done = begun + max(1, round(dice.gammavariate(4, work / 4)))
        heapq.heappush(busy, done)
        start = WORKDAYS[came]
        due = start + timedelta(days=60)
        cases.append(Case(unit=unit, category="x", start=start, due=due, done=WORKDAYS[done]))
    return cases


def year(*units: list[Case], officers: int = 4) -> Year:
    cases = [one for unit in units for one in unit]
    return Year(first=FIRST, end=END, cases=cases, officers={one.unit: officers for one in cases})


QUIET = true_queue("quiet", at_once=40, each_day=1.0, work=25, seed=3)
BUSY = true_queue("busy", at_once=20, each_day=0.76, work=25, seed=4)


def rate(cases: list[Case]) -> float:
    counted = [one for one in cases if FIRST <= one.due < END]
    return sum(one.in_time for one in counted) / len(counted)


# -- what the ledger shows ---------------------------------------------------------------------------------------------


def test_work_and_waiting_are_told_apart_by_how_many_are_in_hand() -> None:
    jobs = [
        Job(category="", came=came, allowed=40, done=done, counted=True)
        for came, done in ((0, 10), (0, 20), (5, 30))
    ]
    assert peak(jobs) == 3
    assert works(jobs, 3) == [10, 20, 25], "nobody waits"
    assert works(jobs, 2) == [10, 20, 20], "the third waits until the first is done"
    assert works(jobs, 1) == [10, 10, 10], "one after the other"


def test_an_office_that_was_never_full_shows_no_waiting() -> None:
    played = ask(year(QUIET), Question(), published(), runs=3)
    (unit,) = played.units
    assert not unit.waited
    assert unit.wait < 0.5


def test_how_many_a_full_office_works_on_at_a_time_is_found() -> None:
    days = {day: place for place, day in enumerate(WORKDAYS)}
    jobs = [
        Job(category="x", came=days[one.start], allowed=40, done=days[one.done], counted=True)
        for one in BUSY
        if one.done is not None
    ]
    found = fit(jobs)
    assert found.waited
    assert 16 <= found.at_once <= 24, "it was 20"


# -- the last year again -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cases", [QUIET, BUSY], ids=["quiet", "busy"])
def test_a_replay_comes_within_three_points(cases: list[Case]) -> None:
    played = ask(year(cases), Question(), published())
    assert played.whole.seen == pytest.approx(rate(cases))
    assert abs(played.whole.replayed.mean - rate(cases)) <= 0.03
    assert played.whole.replayed == played.whole.asked


def test_the_same_question_has_the_same_answer() -> None:
    question = Question(growth=0.3)
    assert ask(year(QUIET, BUSY), question, published(), runs=3) == ask(
        year(QUIET, BUSY), question, published(), runs=3
    )


def test_a_case_that_lies_about_counts_against_the_rate_and_keeps_nobody_busy() -> None:
    lying = [
        Case(unit="a", category="", start=FIRST, due=FIRST + timedelta(days=60 + one), done=None)
        for one in range(10)
    ]
    (unit,) = ask(year(lying), Question(), published(), runs=2).units
    assert (unit.seen, unit.replayed.mean, unit.wait) == (0, 0, 0)


# -- what if -----------------------------------------------------------------------------------------------------------


def test_more_petitions_do_to_a_full_office_what_they_really_do() -> None:
    """The answer is held against the same office really given a third more."""
    asked = ask(year(BUSY), Question(growth=0.15), published()).whole.asked
    really = [
        rate(true_queue("busy", at_once=20, each_day=0.76 * 1.15, work=25, seed=seed))
        for seed in range(5, 15)
    ]
    assert asked.mean < rate(BUSY) - 0.05
    assert min(really) - 0.05 <= asked.mean <= max(really) + 0.05


def test_more_petitions_never_help_and_fewer_never_hurt() -> None:
    rates = [
        ask(year(BUSY), Question(growth=growth), published(), runs=4).whole.asked.mean
        for growth in (-0.3, 0.0, 0.3, 1.0)
    ]
    assert all(after <= before + 0.02 for before, after in pairwise(rates))
    assert rates[0] > rates[-1] + 0.2


def test_two_officers_moved_help_where_they_come_and_are_missed_where_they_were() -> None:
    move = Move(giver="quiet", taker="busy", officers=2)
    played = ask(year(QUIET, BUSY), Question(moves=[move]), published(), runs=4)
    units = {one.unit: one for one in played.units}
    assert units["busy"].officers == (4, 6)
    assert units["quiet"].officers == (4, 2)
    assert units["busy"].wait_asked < units["busy"].wait
    assert units["quiet"].at_once[1] == round(units["quiet"].at_once[0] / 2)
    assert units["quiet"].wait_asked > units["quiet"].wait
    assert played.whole.officers == (8, 8)


def test_a_unit_that_nothing_changes_stays_as_it_was() -> None:
    third = [Case(**{**one.__dict__, "unit": "third"}) for one in QUIET]
    move = Move(giver="quiet", taker="busy", officers=1)
    played = ask(year(QUIET, BUSY, third), Question(moves=[move]), published(), runs=2)
    unit = next(one for one in played.units if one.unit == "third")
    assert unit.replayed == unit.asked


@pytest.mark.parametrize(
    ("question", "code"),
    [
        (Question(growth=-1.1), "growth_out_of_range"),
        (Question(growth=9), "growth_out_of_range"),
        (Question(moves=[Move(giver="quiet", taker="nowhere", officers=1)]), "unit_not_here"),
        (Question(moves=[Move(giver="quiet", taker="quiet", officers=1)]), "same_unit"),
        (Question(moves=[Move(giver="quiet", taker="busy", officers=4)]), "too_few_officers"),
        (Question(moves=[Move(giver="quiet", taker="busy", officers=0)]), "too_few_officers"),
    ],
)
def test_what_cannot_be_asked_is_said(question: Question, code: str) -> None:
    with pytest.raises(Impossible) as refused:
        ask(year(QUIET, BUSY), question, published(), runs=1)
    assert refused.value.code == code
