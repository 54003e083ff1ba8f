"""The calendar: what is off, what is worked, and counting that a child could check by hand."""

from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinqiao.law.calendar import Calendar, DayKind, load_calendar, published
from xinqiao.law.errors import BadCalendar

DATA = Path(__file__).parent / "data"
PUBLISHED_DAYS = st.dates(min_value=date(2005, 1, 1), max_value=date(2026, 11, 30))


def count_by_hand(day: date, count: int) -> date:
    """The plainest way there is: one day after the other, asking the source package itself."""
    while count:
        day += timedelta(days=1)
        if chinese_calendar.is_workday(day):
            count -= 1
    return day


@given(PUBLISHED_DAYS, st.integers(min_value=0, max_value=15))
def test_working_days_are_counted_one_by_one(day, count):
    assert published().add_working_days(day, count) == count_by_hand(day, count)


@given(PUBLISHED_DAYS)
def test_a_roll_goes_to_the_nearest_working_day_and_not_back(day):
    rolled = published().roll(day)
    assert rolled == count_by_hand(day - timedelta(days=1), 1)
    assert published().roll(rolled) == rolled


@given(
    PUBLISHED_DAYS, st.integers(min_value=0, max_value=15), st.integers(min_value=0, max_value=15)
)
def test_counting_in_two_steps_is_counting_in_one(day, first, second):
    calendar = published()
    in_two = calendar.add_working_days(calendar.add_working_days(day, first), second)
    assert in_two == calendar.add_working_days(day, first + second)


@given(PUBLISHED_DAYS, st.integers(min_value=1, max_value=15))
def test_the_skipped_days_and_the_counted_ones_are_all_days_between(day, count):
    calendar = published()
    end = calendar.add_working_days(day, count)
    skipped = list(calendar.days_off_after(day, end))
    assert len(skipped) + count == (end - day).days


def test_all_years_of_the_regulations_up_to_the_last_notice_are_published():
    assert published().years == set(range(2005, 2027))


@pytest.mark.parametrize(
    ("day", "kind", "said"),
    [
        (date(2026, 2, 14), DayKind.MAKE_UP, "2026-02-14（周六，春节调休上班）"),
        (date(2026, 2, 17), DayKind.HOLIDAY, "2026-02-17（周二，春节放假）"),
        (date(2026, 3, 7), DayKind.WEEKEND, "2026-03-07（周六，双休日）"),
        (date(2026, 3, 9), DayKind.WORKING, "2026-03-09（周一，工作日）"),
    ],
)
def test_a_day_says_what_it_is(day, kind, said):
    entry = published().entry(day)
    assert entry.kind is kind
    assert entry.spoken("zh") == said
    assert str(day) in entry.spoken("en")


def test_a_year_without_notice_counts_plain_weekends_and_says_so():
    calendar = published()
    assert calendar.is_provisional(date(2027, 1, 1))
    assert calendar.is_working_day(date(2027, 1, 1))
    assert calendar.is_day_off(date(2027, 1, 2))
    assert not calendar.is_provisional(date(2026, 12, 31))


def test_a_file_adds_a_year_and_leaves_the_others_alone():
    calendar = load_calendar(DATA / "notice_2027.toml", published())
    assert calendar.roll(date(2027, 1, 1)) == date(2027, 1, 2)
    assert calendar.add_working_days(date(2026, 12, 31), 2) == date(2027, 1, 5)
    assert not calendar.is_provisional(date(2027, 1, 1))
    assert calendar.entry(date(2026, 2, 17)) == published().entry(date(2026, 2, 17))
    assert "2027年放假通知" in calendar.entry(date(2027, 1, 4)).spoken("zh")


def test_a_file_replaces_the_whole_of_its_year(tmp_path):
    path = notice(tmp_path, year=2026, days_off="[2026-01-01]")
    calendar = load_calendar(path, published())
    assert calendar.is_working_day(date(2026, 2, 17))
    assert calendar.is_day_off(date(2026, 2, 14))


def test_the_version_tells_calendars_apart_and_only_those(tmp_path):
    once = load_calendar(DATA / "notice_2027.toml", published())
    twice = load_calendar(DATA / "notice_2027.toml", once)
    assert once.version == twice.version != published().version
    assert len(once.version) == 16


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"year": 1999}, "file_bad_value"),
        ({"year": '"2027"'}, "file_bad_value"),
        ({"source": '""'}, "file_bad_value"),
        ({"days_off": '["2027-01-01"]'}, "file_bad_value"),
        ({"days_off": "[2027-01-01, 2027-01-01]"}, "file_bad_value"),
        ({"days_off": "[2027-01-01T08:00:00]"}, "file_bad_value"),
        ({"days_off": "2027-01-01"}, "file_bad_value"),
        ({"days_off": "[]"}, "calendar_empty"),
        ({"days_off": "[2026-01-01]"}, "calendar_other_year"),
        ({"make_up_workdays": "[2027-01-04]"}, "calendar_not_weekend"),
        ({"days_off": "[2027-01-02]", "make_up_workdays": "[2027-01-02]"}, "calendar_both"),
        ({"days_of": "[]"}, "file_unknown_key"),
        ({"year": "= ="}, "file_not_toml"),
    ],
)
def test_a_file_that_says_something_impossible_is_refused(tmp_path, changes, code):
    path = notice(tmp_path, **changes)
    with pytest.raises(BadCalendar) as refusal:
        load_calendar(path, published())
    assert refusal.value.code == code
    assert "notice.toml" in refusal.value.say("zh")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BadCalendar) as refusal:
        load_calendar(tmp_path / "none.toml", published())
    assert refusal.value.code == "file_unreadable"


def test_a_calendar_cannot_be_changed():
    calendar: Calendar = published()
    with pytest.raises(TypeError):
        calendar.days_off[date(2026, 3, 9)] = None  # type: ignore[index]
    with pytest.raises(AttributeError):
        calendar.years = frozenset()  # type: ignore[misc]


def notice(folder: Path, **changes: object) -> Path:
    """A notice file with some lines written otherwise."""
    lines = {"year": 2027, "source": '"test"', "days_off": "[2027-01-01]", "make_up_workdays": "[]"}
    path = folder / "notice.toml"
    path.write_text("\n".join(f"{key} = {value}" for key, value in {**lines, **changes}.items()))
    return path
