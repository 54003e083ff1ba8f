"""Hits in the order of relevance; searches that are saved, and what is new in them, counted within scope alone."""

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.matters.test_lists import everybody, full  # noqa: F401  the desk with some of everything
from xinqiao.matters.queries import Filters
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refused
from xinqiao.search import queries as search
from xinqiao.search import saved as kept
from xinqiao.search.jobs import file_everything
from xinqiao.search.values import All, Order, Saved

if TYPE_CHECKING:
    from tests.desk.at_work import Desk
    from tests.support.city_database import City


@pytest.fixture
def desk(city: "City") -> "Desk":
    from tests.desk.at_work import Desk  # noqa: PLC0415  settings must load first

    return Desk(city)


def ranked(person: Person, words: str, order: Order = Order.RELEVANCE) -> list[int]:
    found = search.find(person, words, Filters(), timezone.now(), order=order)
    return [hit.line.id for hit in found.hits]


def everything(person: Person, words: str = "电梯") -> All:
    return search.find_all(person, words, Filters(), timezone.now())


def test_the_subject_comes_first_then_how_often_then_the_latest(desk: "Desk") -> None:
    def comes(days: float, subject: str, body: str) -> int:
        return desk.receives(days, subject=subject, body=body, petitioners=[]).matter

    once = comes(1, "噪音扰民", "楼上装修，电梯也占用。")
    often = comes(2, "物业问题", "电梯停运。电梯无人修，電梯年检过期。")
    old, about = comes(9, "電梯停运", "一直没人修。"), comes(4, "电梯坏了", "一直没人修。")
    file_everything(timezone.now())
    wang_min = desk.city.person("wangmin")
    assert ranked(wang_min, "电梯") == [about, old, often, once]
    assert ranked(wang_min, "电梯", Order.NEWEST) == [once, often, about, old]
    second = search.find(
        wang_min, "电梯", Filters(), timezone.now(), number=2, size=3, order=Order.RELEVANCE
    )
    assert [hit.line.id for hit in second.hits] == [once]


def test_of_several_words_the_subject_that_has_most_comes_first(desk: "Desk") -> None:
    def comes(days: float, subject: str, body: str) -> int:
        return desk.receives(days, subject=subject, body=body, petitioners=[]).matter

    neither = comes(1, "来信", "电梯、物业，电梯、物业，电梯、物业。")
    one, both = comes(2, "电梯", "物业不管。"), comes(9, "物业不修电梯", "请处理。")
    file_everything(timezone.now())
    assert ranked(desk.city.person("wangmin"), "电梯 物业") == [both, one, neither]


def test_the_order_changes_neither_hits_nor_counts_for_anybody(full: "City") -> None:  # noqa: F811
    file_everything(timezone.now())
    for name, person in everybody(full):
        now = timezone.now()
        newest = search.find(person, "电梯", Filters(), now, size=500)
        relevant = search.find(person, "电梯", Filters(), now, size=500, order=Order.RELEVANCE)
        assert {hit.line.id for hit in newest.hits} == {hit.line.id for hit in relevant.hits}, name
        assert newest.number == relevant.number == len(newest.all.ids), name


def the_only(desk: "Desk", username: str) -> Saved:
    (one,) = kept.saved(desk.city.account(username))
    return one


def save(desk: "Desk", username: str) -> None:
    found = everything(desk.city.person(username))
    kept.save(desk.city.account(username), "q=电梯", found, timezone.now())


def test_what_is_new_is_told_until_it_is_looked_at(desk: "Desk") -> None:
    desk.registers(10)
    file_everything(timezone.now())
    save(desk, "wangmin")
    wang_min, account = desk.city.person("wangmin"), desk.city.account("wangmin")
    assert the_only(desk, "wangmin").new_among(everything(wang_min)) == 0
    desk.registers(5)
    quiet = desk.receives(20, subject="噪音", body="噪音扰民", petitioners=[])
    file_everything(timezone.now())
    assert the_only(desk, "wangmin").new_among(everything(wang_min)) == 1
    desk.receives(1, matter=quiet.matter, subject="又来信", body="电梯也停了", petitioners=[])
    file_everything(timezone.now())
    assert the_only(desk, "wangmin").new_among(everything(wang_min)) == 2, (
        "an old matter, new words"
    )
    assert kept.look_at(account, "q=电梯", everything(wang_min), timezone.now())
    assert the_only(desk, "wangmin").new_among(everything(wang_min)) == 0
    assert not kept.look_at(account, "q=另外", everything(wang_min), timezone.now())


def test_what_is_new_is_counted_within_scope_and_wall(desk: "Desk") -> None:
    desk.accepts(10)
    file_everything(timezone.now())
    save(desk, "lina")
    desk.registers(5), desk.reports(4)
    file_everything(timezone.now())
    li_na = desk.city.person("lina")
    assert the_only(desk, "lina").new_among(everything(li_na)) == 0, "none of it exists for her"
    mine = desk.accepts(3)
    file_everything(timezone.now())
    assert the_only(desk, "lina").new_among(everything(li_na)) == 1
    desk.takes(mine.matter, "recuse", by="lina", account=desk.city.account("lina"), reason="亲属")
    assert the_only(desk, "lina").new_among(everything(li_na)) == 0, "the wall closes at once"


def test_searches_are_ones_own_and_a_dozen_is_enough(desk: "Desk") -> None:
    now, none = timezone.now(), All([], False, True)
    for number in range(kept.MOST):
        kept.save(1, f"q=检索{number}", none, now)
    with pytest.raises(Refused) as refused:
        kept.save(1, "q=再一个", none, now)
    assert refused.value.refusal.code == "too_many_searches"
    kept.save(1, "q=检索3", All([5], False, True), now)
    kept.save(2, "q=再一个", none, now)
    first = kept.saved(1)[0]
    assert not kept.drop(2, first.id)
    assert kept.drop(1, first.id) and not kept.drop(1, first.id)
    assert len(kept.saved(1)) == kept.MOST - 1 and kept.has_any(2) and not kept.has_any(3)


@given(seen=st.frozensets(st.integers(1, 50)), found=st.frozensets(st.integers(1, 50)))
def test_new_is_what_was_not_seen(seen: frozenset[int], found: frozenset[int]) -> None:
    at = datetime(2026, 5, 1)  # noqa: DTZ001  any moment
    whole = Saved(id=1, address="", seen=seen, whole=True, looked_at=at)
    assert whole.new_among(All(sorted(found), False, True)) == len(found - seen)
    part = Saved(id=1, address="", seen=seen, whole=False, looked_at=at)
    oldest = min(seen, default=0)
    assert part.new_among(All(sorted(found), True, True)) == sum(
        one > oldest for one in found - seen
    )
