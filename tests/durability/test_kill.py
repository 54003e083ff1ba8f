"""The power fails twenty times under load: whatever was acknowledged is there, whole, once."""

import random
import time
from contextlib import closing

import pytest

from tests.durability.senders import Book, line_to, send, under_load
from tests.durability.site import Site

pytestmark = pytest.mark.long

TIMES = 20
SHORTEST_SECONDS, LONGEST_SECONDS = 0.2, 0.8


def test_what_was_acknowledged_survives_a_power_cut(own_site: Site) -> None:
    book, chance = Book(), random.Random(20260302)
    own_site.starts()
    for _ in range(TIMES):
        with under_load(own_site.url, book):
            time.sleep(chance.uniform(SHORTEST_SECONDS, LONGEST_SECONDS))
            own_site.power_fails()
        own_site.power_returns()
    assert len(book.acknowledged) > TIMES, "the senders got nothing through: nothing was tried"
    _is_there(own_site, book)
    _can_be_looked_up(own_site, book, chance)
    _is_received_once_when_sent_again(own_site, book)
    proof = own_site.runs("ledger", "verify")
    assert proof.returncode == 0, proof.stdout


def _is_there(place: Site, book: Book) -> None:
    """Every acknowledged contact with all its parts; and no contact in parts at all."""
    numbers = [number for _, number in place.whole_contacts()]
    assert len(numbers) == len(set(numbers)) == place.contacts()
    assert {number for number, _ in book.acknowledged.values()} <= set(numbers)


def _can_be_looked_up(place: Site, book: Book, chance: random.Random) -> None:
    """Through the door, with the query code of the receipt: the words of that petition."""
    some = chance.sample(sorted(book.acknowledged), min(50, len(book.acknowledged)))
    with closing(line_to(place.url)) as connection:
        for key in some:
            number, code = book.acknowledged[key]
            headers = {"X-Query-Code": code}
            connection.request("GET", f"/api/v1/contacts/{number}", headers=headers)
            answer = connection.getresponse()
            assert (answer.status, key in answer.read().decode()) == (200, True)


def _is_received_once_when_sent_again(place: Site, book: Book) -> None:
    """Who got no answer sends again, and so does one who had got it: each petition is one contact."""
    with closing(line_to(place.url)) as connection:
        for key in book.unanswered:
            assert send(connection, key, book) in (200, 201)
        repeated = random.Random(1).choice(book.sent)
        before = book.acknowledged[repeated]
        assert send(connection, repeated, book) == 200
        assert book.acknowledged[repeated] == before
    assert book.refused == []
    assert place.contacts() == len(set(book.sent)) == len(book.acknowledged)
