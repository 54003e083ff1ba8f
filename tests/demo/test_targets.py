"""Targets of the demonstration city: two years, nothing refused, last year closed and made again to the same byte."""

from datetime import date
from random import Random

import pytest
from django.db import transaction

from tests.support.city_database import forget_cached_directory
from xinqiao.demo import leadership, targets
from xinqiao.demo.chapter import City
from xinqiao.demo.load import Player, found_city
from xinqiao.demo.values import PlannedMatter
from xinqiao.directory import queries as directory
from xinqiao.targets.plans import queries

pytestmark = pytest.mark.long

END = date(2026, 9, 1)


@pytest.mark.same_on_both("it takes the actions alone, and their own tests run on both")
@pytest.mark.django_db
def test_two_years_of_targets_are_played_and_nothing_is_refused(small: list[PlannedMatter]) -> None:
    forget_cached_directory()
    found_city("a password for the city")
    player = Player()
    for matter in small:
        player.play(matter)
    city = City(size="small", today=END, accounts=directory.accounts_by_username())
    leadership.chapter(city, Random("leadership"))
    with transaction.atomic():
        assert not targets.play(city, Random("targets"))
    head = city.person("anqing-petition-office.head", END)
    assert queries.years() == [2026, 2025]
    (closed,) = queries.closed(head, 2025)
    assert queries.made_again(closed)
    scores = [one for place in queries.scores(head, 2025) for one in place.scores]
    assert sum(one.appeal is not None for one in scores) == 1
    assert any(one.points < one.full for one in scores)
    letters = queries.letters(head, 2026)
    assert len(letters) >= 10
    assert all(one.signed_at for one in letters)
