"""Targets cannot be met by joining: what is handled together is counted as what was handled one by one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.support.city_database import City
from tests.support.estate import HE_FANG, LIU_MEI, OPINION, Estate
from xinqiao.directory import queries as directory
from xinqiao.matters.actions import load
from xinqiao.matters.clockwork import clocks_from
from xinqiao.matters.models import Entry
from xinqiao.rules.counting import Counted, What
from xinqiao.rules.counting_history import Recorded, history
from xinqiao.rules.counting_matter import count
from xinqiao.rules.replay import turns


@pytest.fixture
def estate(city: City) -> Estate:
    return Estate(city)


def counted(matter: int, estate: Estate) -> list[Counted]:
    course = turns(load(matter))
    clocks = clocks_from(course, estate.now.date())
    return count(course, clocks, {}, directory.units())


def figures(matter: int, estate: Estate) -> set[Counted]:
    """What is counted of it, whatever the numbers of its entries."""
    return {replace(one, seq=0) for one in counted(matter, estate)}


def the_same_two(estate: Estate) -> tuple[int, int]:
    """Two matters that came in alike at the same minutes."""
    morning = estate.now
    first = estate.accepted(LIU_MEI)
    evening, estate.now = estate.now, morning
    second = estate.accepted(HE_FANG)
    estate.now = evening
    return first, second


def test_an_overdue_matter_stays_overdue_however_it_is_joined(estate: Estate) -> None:
    carries, (joined, alone) = estate.accepted(), the_same_two(estate)
    estate.joins(joined, carries)
    estate.later(days=200)
    assert figures(joined, estate) == figures(alone, estate)
    (owed,) = [one for one in counted(joined, estate) if one.what is What.ANSWER]
    assert (owed.unit, owed.done) == ("city-housing", None)
    assert owed.due is not None
    assert owed.due < estate.now.date()


def test_answered_together_counts_as_answered_one_by_one(estate: Estate) -> None:
    carries, (joined, alone) = estate.accepted(), the_same_two(estate)
    estate.joins(joined, carries)
    for step, who, fields in (("submit_opinion", "lina", OPINION), ("issue_opinion", "chenbo", {})):
        estate.later(days=20)
        estate.does(carries, who, step, **fields)
        estate.now -= timedelta(minutes=15)
        estate.does(alone, who, step, **fields)
    for matter in (joined, alone):
        estate.does(matter, "lina", "deliver_opinion", method="in_person")
        estate.now -= timedelta(minutes=15)
    assert figures(joined, estate) == figures(alone, estate)
    told = {one.what for one in counted(carries, estate)}
    assert What.DELIVERED not in told, "what nobody handed out is handed out to nobody"


def test_each_is_a_contact_and_a_matter_and_nobody_comes_again_who_did_not(estate: Estate) -> None:
    carries, (joined, _) = estate.accepted(), the_same_two(estate)
    before = figures(joined, estate)
    estate.does(joined, "lina", "join", matter=carries, reason="同一", repeat=True)
    came = [one for one in counted(joined, estate) if one.what is What.CONTACT]
    assert [one.first for one in came] == [False]
    assert {one.what for one in before} == {one.what for one in figures(joined, estate)}
    estate.does(joined, "lina", "separate", reason="不是同一人")
    assert figures(joined, estate) == before


def test_figures_of_the_past_stay_when_a_joining_is_undone(estate: Estate) -> None:
    carries, (joined, _) = estate.accepted(), the_same_two(estate)
    estate.does(joined, "lina", "join", matter=carries, reason="同一", repeat=True)
    estate.does(joined, "lina", "separate", reason="不是")
    rows = Entry.objects.filter(matter_id=joined).order_by("seq")
    entries = dict(zip(rows.values_list("seq", "recorded_at"), load(joined), strict=True))
    ledger = [Recorded(entry=entry, recorded_at=at) for (_, at), entry in entries.items()]
    told = list(history(ledger, {}, directory.units(), lambda c: clocks_from(c, estate.now.date())))
    firsts = [next(f.first for f in seen.facts if f.what is What.CONTACT) for seen in told]
    assert firsts[-3:] == [True, False, True]
