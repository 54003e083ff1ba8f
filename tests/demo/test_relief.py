"""The hardship fund of the demonstration city: three years of it, nothing refused, books that are right."""

from datetime import date
from random import Random

import pytest

from tests.support.city_database import forget_cached_directory
from xinqiao.demo import relief
from xinqiao.demo.chapter import City
from xinqiao.demo.load import Player, found_city
from xinqiao.demo.values import PlannedMatter
from xinqiao.directory import queries as directory
from xinqiao.matters.verify import Fault
from xinqiao.matters.verify import verify as verify_ledger
from xinqiao.relief.models import Fund, Request
from xinqiao.relief.verify import verify

pytestmark = pytest.mark.long

END = date(2026, 9, 1)


@pytest.mark.same_on_both("it takes the actions alone, and their own tests run on both")
@pytest.mark.django_db
def test_three_years_of_help_are_played_and_nothing_is_refused(small: list[PlannedMatter]) -> None:
    forget_cached_directory()
    found_city("a password for the city")
    player = Player()
    for matter in small:
        player.play(matter)
    city = City(size="small", today=END, accounts=directory.accounts_by_username())
    assert not relief.play(city, Random("relief"))
    assert list(verify()) == []
    assert not [one for one in verify_ledger() if isinstance(one, Fault)]
    assert set(Fund.objects.values_list("year", flat=True)) == {2024, 2025, 2026}
    states = set(Request.objects.values_list("state", flat=True))
    assert {"paid", "refused"} <= states
    assert states & {"requested", "checked", "approved"}, "something waits today"
