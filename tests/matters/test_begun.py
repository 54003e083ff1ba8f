"""The clocks that begin with a contact are worked out once a day, and are those that the law gives to each."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from xinqiao.law.clocks import clocks
from xinqiao.law.errors import NoLawInForce
from xinqiao.law.events import SHANGHAI, Event, EventType, Receiver
from xinqiao.matters import clockwork
from xinqiao.rules.entries import Entry

STRICTER = """base = "R2022"
title_zh = "某市信访工作实施细则"
title_en = "Rules of a city"
from = 2026-01-01
[[limit]]
id = "register_and_refer"
amount = 7
unit = "days"
article = "8"
"""
INSTANTS = st.datetimes(
    datetime(2005, 5, 2), datetime(2028, 12, 30), timezones=st.just(UTC)  # noqa: DTZ001
)  # fmt: skip


def received(at: datetime, by: Receiver) -> Entry:
    payload = {"received_by": str(by), "channel": "letter"}
    return Entry(seq=1, step="receive", at=at, unit="office", payload=payload)


@given(at=INSTANTS, by=st.sampled_from(Receiver), later=st.integers(-5, 400))
def test_they_are_those_of_the_law_at_whatever_time_of_day(
    at: datetime, by: Receiver, later: int
) -> None:
    day = at.astimezone(SHANGHAI).date()
    as_of = day + timedelta(days=later)
    event = Event(type=EventType.RECEIVED, at=at, by=by)
    expected = clocks([event], as_of, calendar=clockwork.calendar(), law=clockwork.law_on(day))
    assert clockwork.clocks_of([received(at, by)], as_of) == expected
    assert clockwork.begun(by, day, as_of) == expected


def test_who_changes_what_was_given_changes_it_for_nobody_else() -> None:
    day = date(2026, 3, 2)
    first = clockwork.begun(Receiver.PETITION_OFFICE, day, day)
    list.clear(first)  # type: ignore[arg-type]
    assert clockwork.begun(Receiver.PETITION_OFFICE, day, day)


def test_a_local_provision_counts_from_the_moment_its_file_is_there(
    settings: Settings, tmp_path: Path
) -> None:
    settings.XINQIAO_HOME = tmp_path
    day = date(2026, 3, 2)
    (before,) = clockwork.begun(Receiver.PETITION_OFFICE, day, day)
    (tmp_path / "provisions").mkdir()
    (tmp_path / "provisions" / "city.toml").write_text(STRICTER)
    (after,) = clockwork.begun(Receiver.PETITION_OFFICE, day, day)
    assert (before.due, after.due) == (date(2026, 3, 17), date(2026, 3, 9))


def test_no_law_was_in_force_before_the_first() -> None:

    with pytest.raises(NoLawInForce):
        clockwork.begun(Receiver.ORGAN, date(2005, 4, 30), date(2005, 5, 2))
