"""Days on which leaders receive are counted once they are over, and what is entered late is known from then on."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.support.city_database import City
from xinqiao.intake.models import Contact
from xinqiao.reception.models import Day, Hall, Received, Window
from xinqiao.rules.counting import What
from xinqiao.rules.entries import SHANGHAI
from xinqiao.targets.models import FOREVER, Fact
from xinqiao.targets.receptions import count_receptions, follow_receptions

if TYPE_CHECKING:
    from tests.desk.at_work import Desk

DAY, AFTER = date(2026, 3, 10), date(2026, 3, 11)


@pytest.fixture
def desk(city: City) -> "Desk":
    from tests.desk.at_work import Desk  # noqa: PLC0415  settings must load first

    return Desk(city)


@pytest.fixture
def planned(city: City) -> Day:
    """Wu Tao of the city government receives on 10 March."""
    hall = Hall.objects.create(
        code="hall", name="接待大厅", address="某路1号", unit="city-petition", region="340800"
    )
    window = Window.objects.create(hall=hall, label="1", unit="city-petition")
    return Day.objects.create(
        window=window, day=DAY, leader=city.person("wutao").account, unit="city-government", minutes=30,
        published_on=date(2026, 3, 1),
    )  # fmt: skip


def _rows() -> list[tuple[object, ...]]:
    facts = Fact.objects.filter(what=What.LEAD_VISIT).order_by("known_from")
    return list(facts.values_list("source", "unit", "region", "day", "done", "known_to"))


def test_it_counts_when_it_is_over(planned: Day) -> None:
    follow_receptions(DAY - timedelta(days=5), DAY)
    assert _rows() == []
    follow_receptions(DAY - timedelta(days=5), AFTER)
    held = (f"reception_day/{planned.pk}", "city-government", "340800", DAY, DAY, FOREVER)
    assert _rows() == [held]


def test_one_that_was_cancelled_was_planned_and_not_held(planned: Day) -> None:
    Day.objects.filter(pk=planned.pk).update(
        cancelled_at=datetime(2026, 3, 9, 9, tzinfo=SHANGHAI), cancel_reason="另有会议"
    )
    count_receptions(AFTER)
    assert [row[4] for row in _rows()] == [None]


def test_a_visit_that_is_entered_late_counts_from_then_on(desk: "Desk", planned: Day) -> None:
    from xinqiao.reception.models import Booking, Slot  # noqa: PLC0415  settings must load first

    slot = Slot.objects.create(day=planned, starts="09:00")
    Booking.objects.create(
        slot=slot, number="20260301-1", made_at=datetime(2026, 3, 1, 9, tzinfo=SHANGHAI)
    )
    count_receptions(date(2026, 3, 20))
    assert [row[4] for row in _rows()] == [None]
    entered = datetime(2026, 3, 15, 9, tzinfo=SHANGHAI)
    receipt = desk.receives(0)
    Contact.objects.filter(pk=receipt.contact).update(recorded_at=entered)
    Received.objects.create(contact=receipt.contact, day=planned, matter=receipt.matter)
    count_receptions(date(2026, 3, 20))
    assert [(row[4], row[5]) for row in _rows()] == [(None, entered), (DAY, FOREVER)]
    before = list(Fact.objects.order_by("id").values())
    count_receptions(date(2026, 3, 20))
    assert list(Fact.objects.order_by("id").values()) == before
