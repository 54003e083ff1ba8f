"""People joining at the same second: one wins, the other is told; no circle, no chain, nothing doubled."""

from collections.abc import Callable

import pytest

from tests.support.estate import HE_FANG, OPINION, Estate
from tests.support.together import together
from xinqiao.matters import actions
from xinqiao.matters.actions import Taken, facts_of
from xinqiao.matters.models import Entry
from xinqiao.matters.verify import Fault, verify
from xinqiao.rules.refusals import Refused


@pytest.fixture
def estate(committed_db: None) -> Estate:
    from tests.support import city_database  # noqa: PLC0415  settings must load first

    city_database.forget_cached_directory()
    return Estate(city_database.load_city())


def _join(estate: Estate, username: str, matter: int, target: int) -> Callable[[], Taken]:
    fields = {"matter": target, "reason": "同一部电梯"}
    who, now = estate.city.person(username), estate.now
    return lambda: actions.take(matter, "join", fields, by=who, now=now)


def _told(outcomes: list[Taken | Exception]) -> list[Taken]:
    """What came of it: nobody fell out of the platform, each was refused in words or succeeded."""
    assert all(isinstance(one, Taken | Refused) for one in outcomes), outcomes
    return [one for one in outcomes if isinstance(one, Taken)]


def test_two_that_are_joined_to_each_other_make_no_circle(estate: Estate) -> None:
    now = estate.now
    first = estate.referred()
    estate.now = now  # to the minute alike, so that either may carry the other
    second = estate.referred(HE_FANG)
    outcomes = together(
        [_join(estate, "lina", second, first), _join(estate, "chenbo", first, second)]
    )
    assert len(_told(outcomes)) == 1
    carried = {one: facts_of(one).carried_by for one in (first, second)}
    assert sorted(carried.values(), key=bool)[0] is None
    (joined,) = [one for one, by in carried.items() if by is not None]
    assert facts_of(carried[joined] or 0).carries == {joined}
    assert (
        Entry.objects.filter(step="join").count()
        == Entry.objects.filter(step="take_in").count()
        == 1
    )
    assert [finding for finding in verify() if isinstance(finding, Fault)] == []


def test_no_chain_comes_of_two_joinings_at_once(estate: Estate) -> None:
    first, second, third = (estate.referred() for _ in range(3))
    outcomes = together(
        [_join(estate, "lina", second, first), _join(estate, "chenbo", third, second)]
    )
    assert _told(outcomes)
    for matter in (first, second, third):
        facts = facts_of(matter)
        assert not (facts.carries and facts.carried_by)
    assert [finding for finding in verify() if isinstance(finding, Fault)] == []


def test_who_acts_while_others_join_meets_all_of_them_or_none(estate: Estate) -> None:
    first = estate.accepted()
    others = [estate.accepted(HE_FANG) for _ in range(4)]
    for one in others[:2]:
        estate.joins(one, first)
    chen_bo, now = estate.city.person("chenbo"), estate.now
    outcomes = together([
        lambda: actions.take(first, "submit_opinion", OPINION, by=chen_bo, now=now),
        lambda: actions.take(others[0], "separate", {"reason": "不是一件"}, by=chen_bo, now=now),
        _join(estate, "lina", others[2], first),
        _join(estate, "lina", others[3], first),
    ])  # fmt: skip
    assert _told(outcomes)
    carries = facts_of(first).carries
    for one in others:
        facts = facts_of(one)
        assert (facts.carried_by == first) is (one in carries)
        assert not facts.carried_by or facts.state == facts_of(first).state
    assert [finding for finding in verify() if isinstance(finding, Fault)] == []
