"""Numbers of a day: given in order, called first come first, each to one desk."""

from datetime import timedelta

import pytest

from tests.desk.at_work import Desk
from tests.reception.halls import EAST, MONDAY, opens_hall
from tests.support.city_database import forget_cached_directory, load_city
from tests.support.together import together
from xinqiao.reception import actions, queries
from xinqiao.reception.values import Outcome
from xinqiao.rules.refusals import Refused

WANGMIN, LINA, SUNLI = "wangmin", "lina", "sunli"


def gives(count: int = 1) -> list[int]:
    return [actions.give_number("east", MONDAY).number for _ in range(count)]


def test_numbers_count_from_one_each_day(desk: Desk) -> None:
    opens_hall()
    assert gives(3) == [1, 2, 3]
    assert actions.give_number("east", MONDAY + timedelta(days=1)).number == 1


def test_first_come_first_called_and_no_number_twice(desk: Desk) -> None:
    one, two = opens_hall()
    gives(2)
    first = actions.call_next(one, by=desk.city.person(WANGMIN), now=MONDAY)
    second = actions.call_next(two, by=desk.city.person(LINA), now=MONDAY)
    assert first and second and (first.number, second.number) == (1, 2)
    called = queries.screen("east", MONDAY)
    assert {(one.number, one.label) for one in called.called} == {(1, "1"), (2, "2")}
    assert called.waiting == 0


def test_a_number_for_one_desk_is_not_called_to_another(desk: Desk) -> None:
    one, two = opens_hall()
    actions.give_number("east", MONDAY, window=two)
    assert actions.call_next(one, by=desk.city.person(WANGMIN), now=MONDAY) is None
    called = actions.call_next(two, by=desk.city.person(LINA), now=MONDAY)
    assert called and called.number == 1


def test_the_turn_ends_before_the_next_begins(desk: Desk) -> None:
    one, _ = opens_hall()
    gives(2)
    by = desk.city.person(WANGMIN)
    actions.call_next(one, by=by, now=MONDAY)
    with pytest.raises(Refused) as told:
        actions.call_next(one, by=by, now=MONDAY)
    assert told.value.refusal.code == "turn_not_ended"
    again = actions.call_again(one, by=by, now=MONDAY)
    assert again and (again.number, again.calls) == (1, 2)
    assert actions.end_turn(one, Outcome.ABSENT, by=by, now=MONDAY)
    assert not actions.end_turn(one, Outcome.ABSENT, by=by, now=MONDAY)
    following = actions.call_next(one, by=by, now=MONDAY)
    assert following and following.number == 2


@pytest.mark.parametrize("username", [SUNLI, "malin", "dingxia"])
def test_nobody_calls_to_a_desk_that_is_not_theirs(desk: Desk, username: str) -> None:
    one, _ = opens_hall()
    gives()
    with pytest.raises(Refused):
        actions.call_next(one, by=desk.city.person(username), now=MONDAY)
    assert queries.screen("east", MONDAY).waiting == 1


def test_a_registered_visit_closes_its_number_and_no_other(desk: Desk) -> None:
    one, _ = opens_hall()
    gives(2)
    by = desk.city.person(WANGMIN)
    called = actions.call_next(one, by=by, now=MONDAY)
    assert called
    assert not actions.close_with_contact(called.id, 7, by=desk.city.person(SUNLI), now=MONDAY)
    assert actions.close_with_contact(called.id, 7, by=by, now=MONDAY)
    ended = queries.ticket(called.id)
    assert ended and ended.outcome == Outcome.REGISTERED
    assert not actions.close_with_contact(called.id + 1, 7, by=by, now=MONDAY), "not called yet"


def test_a_closed_hall_gives_no_number(desk: Desk) -> None:
    opens_hall()
    from dataclasses import replace  # noqa: PLC0415

    actions.save_hall(replace(EAST, closed=True), by=desk.city.person("zhaogang"), now=MONDAY)
    with pytest.raises(Refused):
        actions.give_number("east", MONDAY)


@pytest.mark.usefixtures("committed_db")
def test_two_desks_at_once_never_call_the_same_number() -> None:
    forget_cached_directory()
    city = load_city()
    one, two = opens_hall()
    given = together([lambda: actions.give_number("east", MONDAY).number for _ in range(4)])
    assert sorted(given) == [1, 2, 3, 4]  # type: ignore[type-var]
    by = city.person(WANGMIN)
    called = together(
        [lambda desk=desk: actions.call_next(desk, by=by, now=MONDAY) for desk in (one, two)]
    )
    assert {one.number for one in called if one is not None} == {1, 2}  # type: ignore[union-attr]
