"""Dates as people and spreadsheets write them; what is doubtful is kept and flagged."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake_tables.cast import NOW
from xinqiao.intake.tables.dates import SHANGHAI, Moment, parse_datetime
from xinqiao.intake.tables.words import sentence
from xinqiao.text.clean import Problem


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=SHANGHAI)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2019/4/25 9:32:09", at(2019, 4, 25, 9, 32, 9)),
        ("2019/4/25 9:32", at(2019, 4, 25, 9, 32)),
        ("2019-04-25 09:32:09", at(2019, 4, 25, 9, 32, 9)),
        ("2019-04-25T09:32:09.500", at(2019, 4, 25, 9, 32, 9)),
        ("2019-04-25T09:32:09+08:00", at(2019, 4, 25, 9, 32, 9)),
        ("2019-04-25T01:32:09Z", at(2019, 4, 25, 9, 32, 9)),
        ("2019年4月25日 9时", at(2019, 4, 25, 9)),
        ("2019年4月25日9时32分9秒", at(2019, 4, 25, 9, 32, 9)),
        ("2019年04月25号 下午3点半", at(2019, 4, 25, 15, 30)),
        ("2019年4月25日（星期四）上午9：32", at(2019, 4, 25, 9, 32)),
        ("2019.4.25 9:32 PM", at(2019, 4, 25, 21, 32)),
        ("2019.4.25 12:05 AM", at(2019, 4, 25, 0, 5)),
        ("2019-4-25 中午12点", at(2019, 4, 25, 12)),
        ("2019-4-25 中午1点", at(2019, 4, 25, 13)),
        ("２０１９／４／２５　９：３２", at(2019, 4, 25, 9, 32)),
        ("\t 2019/4/25 9:32:09 \n", at(2019, 4, 25, 9, 32, 9)),
        ("20190425093209", at(2019, 4, 25, 9, 32, 9)),
        ("43580.397326388885", at(2019, 4, 25, 9, 32, 9)),
    ],
)
def test_a_moment(written: str, meant: datetime) -> None:
    assert parse_datetime(written, now=NOW) == Moment(at=meant)


@pytest.mark.parametrize(
    "written",
    [
        "2019-04-25",
        "2019/4/25",
        "2019.4.25",
        "2019年4月25日",
        "2019 年 4 月 25 日",
        "20190425",
        "43580",
    ],
)
def test_a_day_without_a_time_says_so(written: str) -> None:
    assert parse_datetime(written, now=NOW) == Moment(at=at(2019, 4, 25), whole_day=True)


def test_what_spreadsheets_hold_as_dates() -> None:
    cell = datetime(2019, 4, 25, 9, 32, 8, 999_997)  # noqa: DTZ001 (a cell has no zone)
    assert parse_datetime(cell, now=NOW) == Moment(at=at(2019, 4, 25, 9, 32, 9))
    abroad = datetime(2019, 4, 25, 1, 32, tzinfo=UTC)
    assert parse_datetime(abroad, now=NOW) == Moment(at=at(2019, 4, 25, 9, 32))
    assert parse_datetime(date(2019, 4, 25), now=NOW) == Moment(at=at(2019, 4, 25), whole_day=True)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (None, "date_empty"),
        (" \t\n", "date_empty"),
        ("上周三", "date_unreadable"),
        ("2019年4月", "date_unreadable"),
        ("2019", "date_unreadable"),
        ("2019-04-25 9", "date_unreadable"),
        ("4/25/2019", "date_order"),
        ("25.4.2019 9:32", "date_order"),
        ("19/4/25 9:32", "date_year_short"),
        ("19年4月25日", "date_year_short"),
        ("2019-02-30", "date_impossible"),
        ("2019-13-01", "date_impossible"),
        ("2019-04-25 24:00", "date_impossible"),
        ("2019-04-25 9:60", "date_impossible"),
        ("2019-04-25 晚上12点", "date_impossible"),
        ("0000-01-01", "date_impossible"),
        ("0001-01-01 00:00 +14:00", "date_impossible"),
    ],
)
def test_what_cannot_be_read_says_how_to_write_it(written: str | None, code: str) -> None:
    answer = parse_datetime(written, now=NOW)
    assert isinstance(answer, Problem)
    assert answer.code == code
    assert (written or "").strip() in sentence(answer)


def test_dates_that_cannot_be_right_are_kept_and_flagged() -> None:
    for written, meant, flag in (
        ("2062-05-06", at(2062, 5, 6), "in_future"),
        ("1900/1/15", at(1900, 1, 15), "too_old"),
        ("0219-4-25", at(219, 4, 25), "too_old"),
    ):
        answer = parse_datetime(written, now=NOW)
        assert isinstance(answer, Moment)
        assert answer.at == meant
        assert [problem.code for problem in answer.flags] == [flag]


def test_this_very_second_is_not_the_future() -> None:
    now = parse_datetime(NOW, now=NOW)
    later = parse_datetime(NOW + timedelta(seconds=1), now=NOW)
    assert isinstance(now, Moment) and isinstance(later, Moment)
    assert (now.flags, len(later.flags)) == ((), 1)
    today = parse_datetime("2026-05-06", now=NOW)
    assert isinstance(today, Moment) and today.flags == ()


@given(
    when=st.datetimes(datetime(1950, 1, 1), datetime(2026, 1, 1)).map(  # noqa: DTZ001
        lambda d: d.replace(microsecond=0, tzinfo=SHANGHAI)
    ),
    form=st.sampled_from(
        ["{0:%Y}/{0.month}/{0.day} {0:%H:%M:%S}", "{0:%Y-%m-%d %H:%M:%S}", "{0:%Y%m%d%H%M%S}"]
    ),
)
def test_every_moment_survives_being_written_down(when: datetime, form: str) -> None:
    assert parse_datetime(form.format(when), now=NOW) == Moment(at=when)


@given(text=st.text(max_size=30) | st.text("0123456789/-.:年月日时 ", max_size=24))
def test_nothing_in_a_date_cell_breaks_it(text: str) -> None:
    assert isinstance(parse_datetime(text, now=NOW), Moment | Problem)
