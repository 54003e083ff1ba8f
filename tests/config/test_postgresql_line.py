"""A kept connection that died in between is found out before anything is sent over it, and nobody notices."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection
from django.db.backends.postgresql import base

from tests.api.hotline import Hotline, problem_of, receipt_of, received
from tests.support.city_database import forget_cached_directory, load_city


@pytest.fixture
def kept_connection(committed_db: None) -> Iterator[None]:
    """As in a server: the connection is looked at before the first statement of each request."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no line to a server")
    forget_cached_directory()
    load_city()
    connection.health_check_enabled = True
    yield
    connection.close()


def _a_request_begins() -> None:
    """What Django does then, and leaves out for the client of tests."""
    connection.close_if_unusable_or_obsolete()


def _the_server_hangs_up() -> None:
    """It ends the connection of the platform, as when it is started anew."""
    connection.ensure_connection()
    line = connection.connection.info
    with psycopg.connect(line.dsn, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [line.backend_pid])


def test_a_quiet_line_is_not_asked(kept_connection: None, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(base.DatabaseWrapper, "is_usable", lambda _: asked.append(1) or True)
    connection.ensure_connection()
    assert connection.is_usable()
    assert asked == []
    connection.errors_occurred = True
    assert connection.is_usable()
    assert asked == [1]


def test_when_the_server_hung_up_the_next_request_gets_a_new_line(kept_connection: None) -> None:
    _the_server_hangs_up()
    assert not connection.is_usable()
    _a_request_begins()
    receipt_of(Hotline().sends())
    assert received() == 1


def test_when_it_hangs_up_in_the_middle_the_sender_is_told_to_try_again(
    kept_connection: None,
) -> None:
    hotline = Hotline()
    _the_server_hangs_up()
    connection.health_check_done = True  # the look was before it
    answer = hotline.sends()
    assert (problem_of(answer, 503)["code"], answer["Retry-After"]) == ("try_again", "1")
    _a_request_begins()
    receipt_of(hotline.sends())
    assert received() == 1
