"""Opening hours as people write them."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinqiao.reception.hours import NotHours, read, written

MORNING, AFTERNOON = (time(8, 30), time(12)), (time(14, 30), time(17, 30))


@pytest.mark.parametrize(
    "typed",
    [
        "8:30-12:00 14:30-17:30",
        "08:30—12:00，14:30—17:30",
        "８：３０－１２：００、１４：３０－１７：３０",
        "14:30至17:30；8:30至12:00",
        " 8.30 ~ 12.00 和 14.30 ~ 17.30 ",
    ],
)
def test_many_ways_of_writing_mean_the_same(typed: str) -> None:
    assert read(typed) == [MORNING, AFTERNOON]


def test_nothing_is_a_closed_day() -> None:
    assert read("  ") == []


@pytest.mark.parametrize(
    "typed",
    [
        "上午",
        "8:30",
        "12:00-8:30",
        "8:30-8:30",
        "8:30-25:00",
        "8:30-12:00 11:00-13:00",
        "8:30-12:00 x",
    ],
)
def test_what_makes_no_sense_is_no_hours(typed: str) -> None:
    with pytest.raises(NotHours):
        read(typed)


minutes = st.integers(0, 24 * 60 - 1).map(lambda n: time(n // 60, n % 60))


@given(st.lists(minutes, unique=True, max_size=6))
def test_what_is_written_is_read_back(moments: list[time]) -> None:
    ordered = sorted(moments)
    spans = list(zip(ordered[::2], ordered[1::2], strict=False))
    assert read(written(spans)) == spans


@given(st.text(max_size=60))
def test_whatever_is_typed_is_hours_or_none(typed: str) -> None:
    try:
        spans = read(typed)
    except NotHours:
        return
    assert read(written(spans)) == spans
