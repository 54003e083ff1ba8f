"""Questions to a forecast: on which day a limit is crossed, and what if something were otherwise."""

from datetime import date

import pytest

from xinqiao.rules.what_if import Change, shifts, shifts_of
from xinqiao.targets.forecast.ahead import look_ahead
from xinqiao.targets.forecast.playing import beyond, crossing, what_if
from xinqiao.targets.forecast.values import Ahead, Series

JANUARY = date(2026, 1, 1)


def _ahead(*counts: float, of: tuple[float, ...] | None = None) -> Ahead:
    return look_ahead(Series(first=JANUARY, counts=counts, of=of))


def test_the_day_is_where_the_expected_course_passes_the_limit() -> None:
    ahead = _ahead(31, 28, 31, 30, 31, 30)  # 181 in half a year: 30.17 a month to come
    found = crossing(ahead, 196, seen=181, within=slice(0, 6))
    assert found.day == date(2026, 7, 16), "15 of July's 30.17 come by the 16th of its 31 days"
    assert found.probability > 0.99
    assert not found.already


def test_a_limit_far_above_is_not_crossed() -> None:
    found = crossing(_ahead(30, 30, 30, 30, 30, 30), 900, seen=180, within=slice(0, 6))
    assert (found.day, found.already) == (None, False)
    assert found.probability < 0.01


def test_what_was_crossed_is_told_as_crossed() -> None:
    found = crossing(_ahead(30, 30, 30, 30, 30, 30), 100, seen=180, within=slice(0, 6))
    assert (found.already, found.day, found.probability) == (True, None, 1.0)


def test_a_quarter_to_come_begins_at_nothing() -> None:
    found = crossing(_ahead(30, 30, 30, 30, 30, 30), 45, seen=0, within=slice(3, 6))
    assert found.day is not None
    assert date(2026, 11, 14) <= found.day <= date(2026, 11, 17)


def test_a_limit_in_the_middle_is_an_even_chance() -> None:
    ahead = _ahead(30, 30, 30, 30, 30, 30)
    assert 0.35 < beyond(ahead, ahead.total.mean) < 0.65


def test_a_rate_crosses_no_limit_on_a_day() -> None:
    with pytest.raises(ValueError, match="adds up to nothing"):
        crossing(_ahead(9, 9, of=(10, 10)), 1, seen=0, within=slice(0, 10))


def test_answers_on_time_rise_to_95_per_cent() -> None:
    ahead = _ahead(80, 80, 80, 80, 80, 80, of=(100, 100, 100, 100, 100, 100))
    found = what_if(ahead, shifts()["on_time_answers"], 0.95)
    assert [one.mean for one in found.months] == [0.95] * 6
    assert found.total.mean == pytest.approx((480 + 0.95 * 600) / 1200)
    assert found.total.hi95 <= 1


def test_one_large_group_visit_a_month_is_six_more_by_december() -> None:
    ahead = _ahead(2, 3, 2, 3, 2, 3)
    found = what_if(ahead, shifts()["large_group_visit"], 1)
    assert found.total.mean == pytest.approx(ahead.total.mean + 6)
    assert found.total.lo95 == pytest.approx(ahead.total.lo95 + 6, abs=0.5)


def test_numbers_a_third_larger_leave_what_was_seen() -> None:
    ahead = _ahead(20, 20, 20, 20, 20, 20)
    found = what_if(ahead, shifts()["more_petitions"], 1.3)
    assert found.total.mean == pytest.approx(120 + 1.3 * 120)
    assert found.seen == ahead.seen


@pytest.mark.parametrize("shift", shifts().values(), ids=list(shifts()))
def test_every_question_has_words_and_proposes_what_it_allows(shift) -> None:  # type: ignore[no-untyped-def]
    assert shift.label("zh-hans")
    assert shift.label("en")
    assert shift.least <= shift.amount <= shift.most
    assert shift in shifts_of(shift.indicators[0])
    with pytest.raises(ValueError, match="not between"):
        shift.changed([1.0], shift.most + 1)
    if shift.change is Change.TO:
        assert shift.most <= 1
