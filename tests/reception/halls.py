"""A hall of the city petition office with two desks, for stories."""

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from tests.desk.at_work import Desk
from xinqiao.people.values import PersonInput
from xinqiao.reception import actions
from xinqiao.reception.days import actions as days
from xinqiao.reception.days import queries as day_queries
from xinqiao.reception.days.values import DayInput
from xinqiao.reception.values import HallValue, WindowValue
from xinqiao.rules.persons import SYSTEM

MORNING, AFTERNOON = (time(8, 30), time(12)), (time(14, 30), time(17, 30))
EAST = HallValue(
    code="east", name="东院接待大厅", name_en="East hall", address="某某路1号", unit="city-petition", region="340800"
)  # fmt: skip


def beijing(text: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(text))


MONDAY = beijing("2026-03-02 09:00")


def opens_hall(*, days: range = range(1, 6)) -> tuple[int, int]:
    """The hall with desk 1 of the petition office and desk 2 of the housing department; their ids."""
    hours = {day: [MORNING, AFTERNOON] for day in days}
    actions.save_hall(EAST, by=SYSTEM, now=MONDAY)
    one = WindowValue(
        label="1", unit="city-petition", topics="登记", topics_en="Registering", hours=hours
    )
    two = WindowValue(label="2", unit="city-housing", topics="物业", place=1, hours=hours)
    return (
        actions.save_window("east", one, by=SYSTEM, now=MONDAY),
        actions.save_window("east", two, by=SYSTEM, now=MONDAY),
    )


def plans(
    desk: Desk, *, window: int, day: str = "2026-03-09", by: str = "zhaogang", **more: Any
) -> int:
    """A reception day of Wu Tao, head of the city government, at a desk: 9:00 to 10:30 in times of half an hour."""
    value: dict[str, Any] = {
        "leader": desk.city.account("wutao"), "unit": "city-government", "window": window,
        "day": date.fromisoformat(day), "spans": [(time(9), time(10, 30))], "minutes": 30,
        "published_on": MONDAY.date(), "topics": "住房、物业",
    } | more  # fmt: skip
    return days.plan(DayInput(**value), by=desk.city.person(by), now=MONDAY)


def slot_ids(day: int, now: datetime = MONDAY) -> list[int]:
    """The times of a published day, in order."""
    found = day_queries.published(day, now)
    assert found is not None
    return [one.id for one in day_queries.slots(found, now)]


LIU = PersonInput(name="刘芳", phone="13955501234")
