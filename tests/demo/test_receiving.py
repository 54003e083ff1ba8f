"""Reception days and group visits of the demonstration: three years, nothing refused, ledgers that verify."""

from datetime import date
from random import Random

import pytest

from tests.support.city_database import forget_cached_directory
from xinqiao.demo import group_visits, reception_days
from xinqiao.demo.chapter import City, at
from xinqiao.demo.halls import open_halls
from xinqiao.demo.load import found_city
from xinqiao.directory import queries as directory
from xinqiao.group_visits.models import GroupVisit
from xinqiao.matters.verify import Fault, verify
from xinqiao.reception.models import Booking, Day, Received
from xinqiao.rules.group_visits import Stage

END = date(2026, 9, 1)


@pytest.mark.same_on_both("it takes the actions alone, and their own tests run on both")
@pytest.mark.django_db
def test_three_years_are_played_and_nothing_is_refused() -> None:
    forget_cached_directory()
    found_city("a password for the city")
    open_halls(at(END))
    city = City(size="small", today=END, accounts=directory.accounts_by_username())
    assert not reception_days.play(city, Random("days"))
    assert not group_visits.play(city, Random("visits"))
    assert not [one for one in verify() if isinstance(one, Fault)]
    days = set(Day.objects.values_list("day__year", flat=True))
    assert days == {2023, 2024, 2025, 2026}
    assert Day.objects.filter(day__gt=END).count() >= 5, "people can book in the next weeks"
    assert Booking.objects.filter(slot__day__day__gt=END).exists()
    assert Received.objects.filter(day__isnull=False, matter__isnull=False).count() > 20
    stages = set(GroupVisit.objects.values_list("stage", flat=True))
    assert {Stage.CALLED, Stage.REVIEWED} <= stages
    assert not GroupVisit.objects.filter(help_given=True).exclude(help_consented=True).exists()
