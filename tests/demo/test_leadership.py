"""Three years of leaders in charge in a city of the demonstration: nothing is refused, and the ledger is true."""

from datetime import date
from random import Random

from tests.support.city_database import forget_cached_directory
from xinqiao.demo import leadership
from xinqiao.demo.chapter import City
from xinqiao.demo.load import Player, found_city
from xinqiao.demo.plan import plan
from xinqiao.directory import queries as directory
from xinqiao.duties.models import Duty
from xinqiao.leadership.models import Conference, FieldVisit, Lead, Responsibility
from xinqiao.matters.verify import Fault, verify

END = date(2026, 9, 30)
ENOUGH = 80


def test_it_is_lived_through_and_verifies(db: None) -> None:
    forget_cached_directory()
    found_city("a password for the city")
    player = Player()
    for number, matter in enumerate(plan("small", 1, END)):
        if number < ENOUGH:
            player.play(matter)
    city = City(size="small", today=END, accounts=directory.accounts_by_username())
    assert leadership.chapter(city, Random(7)) == {}
    assert Lead.objects.filter(ended_on__isnull=True).exists()
    assert FieldVisit.objects.exists()
    assert Conference.objects.filter(state="held").count() == 12
    assert Duty.objects.filter(state="confirmed").exists()
    assert Responsibility.objects.exists()
    assert [fault for fault in verify() if isinstance(fault, Fault)] == []
