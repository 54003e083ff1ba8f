"""A hall of the city petition office with two desks, for stories."""

from datetime import datetime, time

from django.utils import timezone

from xinqiao.reception import actions
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
