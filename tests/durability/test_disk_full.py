"""The disk fills up: said clearly at every door, nothing half written, and well again when there is room."""

import http.client
import json
from contextlib import closing
from uuid import uuid4

import pytest

from tests.durability.disk import Disk
from tests.durability.senders import Book, line_to, post, send
from tests.durability.site import Site

pytestmark = pytest.mark.long

_MOST = 3000  # room that a database had set aside is used up by then


def test_a_full_disk_refuses_in_words_and_heals_by_itself(site_on_disk: Site, disk: Disk) -> None:
    place, book = site_on_disk, Book()
    place.starts()
    with closing(line_to(place.url)) as connection:
        assert send(connection, uuid4().hex, book) == 201
        disk.fills()
        said = _sent_until_refused(connection, book)
        assert (said["status"], said["code"]) == (503, "try_again")
        disk.is_cleared()
        _is_received_again(place, book)
    assert place.contacts() == len(book.acknowledged)
    assert len(place.whole_contacts()) == place.contacts()
    assert place.runs("ledger", "verify").returncode == 0


def _sent_until_refused(connection: http.client.HTTPConnection, book: Book) -> dict[str, object]:
    """The answer to the first petition for which there was no room."""
    for _ in range(_MOST):
        key = uuid4().hex
        book.will_send(key)
        status, headers, content = post(connection, key)
        book.was_answered(key, status, content)
        if status != 201:
            assert headers["Retry-After"]
            return dict(json.loads(content))
    raise AssertionError("the disk was full, and everything was received all the same")


def _is_received_again(place: Site, book: Book) -> None:
    """With room on the disk what was refused comes in, without anybody starting anything anew."""
    with closing(line_to(place.url)) as connection:
        for key in book.unanswered:
            assert send(connection, key, book) in (200, 201)
