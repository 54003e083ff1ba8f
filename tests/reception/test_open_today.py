"""Which desks receive on a day: by weekday, by the calendar of days off, in a region."""

import pytest

from tests.desk.at_work import Desk
from tests.reception.halls import AFTERNOON, MORNING, beijing, opens_hall
from xinqiao.reception import queries


@pytest.mark.parametrize(
    ("moment", "desks", "open_now"),
    [
        ("2026-03-02 09:00", 2, True),
        ("2026-03-02 12:00", 2, False),
        ("2026-03-02 14:30", 2, True),
        ("2026-03-01 09:00", 0, False),  # a Sunday
        ("2026-10-01 09:00", 0, False),  # National Day, a Thursday
        ("2026-02-28 09:00", 2, True),  # a Saturday worked in place of a day of the Spring Festival
    ],
)
def test_days_off_are_closed_and_days_worked_instead_are_not(
    desk: Desk, moment: str, desks: int, open_now: bool
) -> None:
    opens_hall()
    found = queries.open_today("", beijing(moment))
    assert len(found) == desks
    assert all(one.open_now is open_now for one in found)
    assert all(list(one.spans) == [MORNING, AFTERNOON] for one in found)


def test_only_on_its_weekdays(desk: Desk) -> None:
    opens_hall(days=range(2, 3))
    assert queries.open_today("", beijing("2026-03-02 09:00")) == []
    assert len(queries.open_today("", beijing("2026-03-03 09:00"))) == 2


@pytest.mark.parametrize(
    ("region", "found"), [("340800", 2), ("340000", 2), ("340811", 0), ("", 2)]
)
def test_in_a_region_and_what_lies_in_it(desk: Desk, region: str, found: int) -> None:
    opens_hall()
    assert len(queries.open_today(region, beijing("2026-03-02 09:00"))) == found
