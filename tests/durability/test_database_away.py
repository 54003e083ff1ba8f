"""The database server goes away and comes back: every door says so, and works again without being started anew."""

import os
from contextlib import closing
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest

from tests.durability.senders import Book, line_to, send
from tests.durability.site import Site

pytestmark = pytest.mark.long

needs_a_server = pytest.mark.skipif(
    os.environ.get("XINQIAO_TEST_DATABASE") != "postgresql",
    reason="an SQLite file is no server that could go away; the run on PostgreSQL does this",
)


def page(place: Site, address: str) -> tuple[int, str]:
    """Status and text of a page, in Chinese, for somebody who has been here before."""
    headers = {"Accept-Language": "zh-CN", "Cookie": "sessionid=abcdefghijklmnopqrstuvwxyz012345"}
    request = Request(place.url + address, headers=headers)
    try:
        with urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as refused:
        return refused.code, refused.read().decode()


@needs_a_server
def test_doors_say_it_and_open_again(own_site: Site) -> None:
    place, book, key = own_site, Book(), uuid4().hex
    assert place.postgres is not None
    place.starts()
    with closing(line_to(place.url)) as connection:
        assert send(connection, uuid4().hex, book) == 201
        place.postgres.stop()
        book.will_send(key)
        assert send(connection, key, book) == 503
        status, words = page(place, "/desk/work/")
        assert (status, "暂时无法保存" in words) == (503, True)
        place.postgres.start()
        assert send(connection, key, book) == 201
    assert page(place, "/desk/work/")[0] == 200
    assert place.contacts() == len(book.acknowledged) == 2


@needs_a_server
def test_the_worker_goes_on(own_site: Site) -> None:
    """Its jobs fail with one line each, not with a page of code; then they run again."""
    place = own_site
    assert place.postgres is not None
    place.postgres.stop()
    refused = place.runs("work", "--once")
    assert refused.returncode == 1
    assert "database cannot be reached" in refused.stderr
    assert "Traceback" not in refused.stderr
    place.postgres.start()
    done = place.runs("work", "--once")
    assert done.returncode == 0, done.stderr
