"""A small province, loaded in bulk: its ledgers verify, and each matter is the one that the real actions make."""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q

from tests.support.city_database import forget_cached_directory
from xinqiao.demo.bulk.founding import chosen_stories, found_province
from xinqiao.demo.bulk.load import Order, load, order_of
from xinqiao.demo.bulk.places import HOME, Place, places
from xinqiao.demo.load import Player
from xinqiao.directory import queries as directory
from xinqiao.intake.models import Contact
from xinqiao.matters.models import Entry, Involvement, Matter, Text, Wall
from xinqiao.matters.verify import Fault, seal, verify
from xinqiao.people import queries as people
from xinqiao.people.models import Petitioner
from xinqiao.rules.entries import SHANGHAI

END = date(2026, 9, 30)
NOW = datetime.combine(END, time(18), tzinfo=SHANGHAI)
ORDER = Order(cities=2, stories=14, times=2, seed=1, end=END)
COPIES = ORDER.cities * ORDER.times
#: What is a matter's own in every pouring, or a name for it.
OWN = {"id", "number", "head_hash", "head_seal", "matter_id", "contact_id", "petitioner_id"}
OWN |= {"salt", "hash", "previous", "query_mac"}


@pytest.mark.usefixtures("committed_db")
def test_a_province_in_bulk_is_what_the_real_actions_make() -> None:
    forget_cached_directory()
    found_province(ORDER.cities, "a password for the province")
    ticks: list[int] = []
    written = load(ORDER, processes=2, tick=ticks.append)
    assert written == sum(ticks) == Contact.objects.count()
    assert Matter.objects.count() == ORDER.stories * COPIES
    the_ledger_verifies()
    numbers_and_people_are_each_its_own()
    each_matter_is_as_if_it_had_been_played()
    the_platform_goes_on_from_here()


def the_ledger_verifies() -> None:
    assert seal(NOW) == Entry.objects.count()
    assert [finding for finding in verify(processes=2) if isinstance(finding, Fault)] == []


def numbers_and_people_are_each_its_own() -> None:
    numbers = Counter(Contact.objects.values_list("number", flat=True))
    assert max(numbers.values()) == 1
    contact = Contact.objects.earliest("id")
    (party, *_) = people.masked_parties([contact.pk])[contact.pk]
    assert party.who.name.endswith("*") or "*" in party.who.name
    cards = Petitioner.objects.exclude(id_number_index="").values_list("id_number_index", flat=True)
    assert len(set(cards)) > len(cards) / 2, "they are not the same person over and over"


def each_matter_is_as_if_it_had_been_played() -> None:
    """Played here once more, every story gives the rows that were poured, in both cities."""
    player = Player()
    stories = [player.play(story) for story in chosen_stories(ORDER.stories, ORDER.seed, END)]
    assert player.loaded.refused == {}
    poured = Matter.objects.exclude(pk__in=stories)
    seen = Counter(_signature(row, HOME) for row in poured.filter(_in(HOME)))
    invented = places(2)[1]
    seen_there = Counter(_signature(row, invented) for row in poured.exclude(_in(HOME)))
    played = [_signature(row, HOME) for row in Matter.objects.filter(pk__in=stories)]
    assert seen == seen_there == Counter(dict.fromkeys(played, ORDER.times))


def the_platform_goes_on_from_here() -> None:
    """Row ids go on beyond those that were given; guards and indexes are there again."""
    assert [finding for finding in verify() if isinstance(finding, Fault)] == []
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, Entry._meta.db_table)
        indexes = connection.introspection.get_constraints(cursor, Matter._meta.db_table)
    assert "matter_in_line" in indexes
    assert any(one["foreign_key"] for one in constraints.values())


@pytest.mark.parametrize(
    ("contacts", "cities", "times"), [(1, 1, 1), (1000, 1, 1), (10_000, 1, 6), (1_000_000, 16, 36)]
)
def test_what_is_loaded_is_about_what_was_asked_for(contacts: int, cities: int, times: int) -> None:
    order = order_of(contacts, 1, END)
    assert (order.cities, order.times) == (cities, times)
    about = order.cities * order.stories * order.times * 1.16
    assert contacts <= about <= contacts * 1.02 + 2


def _in(place: Place) -> Q:
    return Q(city=place.digits)


def _signature(matter: Matter, place: Place) -> str:
    """Everything that is stored of a matter but what is its own, told as if it lay in the demonstration city."""
    names = {number: name for name, number in directory.accounts_by_username().items()}
    rows = {
        "matter": Matter.objects.filter(pk=matter.pk),
        **{
            model.__name__: model.objects.filter(matter=matter)
            for model in (Entry, Text, Involvement, Wall, Contact)
        },
    }
    told = {
        name: [_told(row, place, names) for row in found.values()] for name, found in rows.items()
    }
    told["party"] = [
        (one.role, one.who.kind)
        for contact in Contact.objects.filter(matter=matter).order_by("seq")
        for one in people.masked_parties([contact.pk])[contact.pk]
    ]
    in_order = {name: sorted(map(str, found)) for name, found in told.items()}
    return json.dumps(in_order, ensure_ascii=False)


def _told(value: Any, place: Place, names: Mapping[int, str], field: str = "") -> Any:
    """A stored value without what is a matter's own; accounts by name, places by those of the demonstration city."""
    if isinstance(value, dict):
        kept = {
            name: one
            for name, one in value.items()
            if name not in OWN | {"sha256", "contact", "added"}
        }
        return {name: _told(one, place, names, name) for name, one in sorted(kept.items())}
    if isinstance(value, list):
        return sorted((_told(one, place, names, field) for one in value), key=str)
    if field in {"account", "officer", "recorded_by", "handled_by"} and isinstance(value, int):
        value = names[value].replace(f"{place.suffix}.", ".")
    if isinstance(value, str) and place is not HOME:
        if value.startswith(place.digits) and value.isdecimal():
            return HOME.digits + value[len(place.digits) :]
        return value.removesuffix(place.suffix)
    return value
