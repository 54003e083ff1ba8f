"""Office hours as a line of minutes: every position is a working moment, and none is lost."""

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from xinqiao.demo.workclock import DAY, WorkClock
from xinqiao.law.calendar import published
from xinqiao.rules.entries import SHANGHAI

FIRST, LAST = date(2025, 9, 1), date(2026, 3, 31)
CLOCK = WorkClock(published(), FIRST, LAST)
positions = st.integers(0, 100 * DAY)
moments = st.datetimes(datetime(2025, 9, 1), datetime(2026, 1, 31)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=SHANGHAI)
)


@given(positions)
def test_every_position_is_in_office_hours(position: int) -> None:
    moment = CLOCK.moment(position)
    assert published().is_working_day(moment.date())
    assert time(8) <= moment.time() < time(12) or time(14, 30) <= moment.time() < time(17, 30)


@given(positions)
def test_a_position_and_its_moment_name_each_other(position: int) -> None:
    assert CLOCK.at_or_after(CLOCK.moment(position)) == position


@given(moments)
def test_the_position_of_a_moment_is_the_first_one_not_before_it(moment: datetime) -> None:
    position = CLOCK.at_or_after(moment)
    assert CLOCK.moment(position) >= moment
    assert position == 0 or CLOCK.moment(position - 1) < moment


@given(positions, st.integers(1, 3 * DAY))
def test_later_positions_are_later_moments(position: int, more: int) -> None:
    assert CLOCK.moment(position) < CLOCK.moment(position + more)


def test_the_national_holiday_has_no_positions() -> None:
    before, after = date(2025, 9, 30), date(2025, 10, 9)
    assert CLOCK.on(after) - CLOCK.on(before) == DAY
    assert CLOCK.on(before + timedelta(days=1)) == CLOCK.on(after)
