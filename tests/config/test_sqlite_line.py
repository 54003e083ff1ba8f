"""Writers on SQLite stand in line: nobody is passed over, and nobody waits for ever."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler, OperationalError
from pytest_django.plugin import DjangoDbBlocker

TIMEOUT = 0.2


@pytest.fixture
def two_offices(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[ConnectionHandler]:
    """Two connections to one file, with the options of the platform and little patience."""
    file = {
        "ENGINE": "xinqiao.config.sqlite",
        "NAME": str(tmp_path / "line.sqlite3"),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": TIMEOUT},
    }
    handler = ConnectionHandler({"default": file, "one": file, "other": dict(file)})
    with django_db_blocker.unblock():  # not the database of the tests
        yield handler
        handler.close_all()


def _begin(office: BaseDatabaseWrapper) -> None:
    office.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def _end(office: BaseDatabaseWrapper) -> None:
    office.commit()
    office.set_autocommit(True)


def test_who_waits_too_long_is_told_and_may_try_again(two_offices: ConnectionHandler) -> None:
    one, other = two_offices["one"], two_offices["other"]
    _begin(one)
    with pytest.raises(OperationalError, match="locked"):
        _begin(other)
    _end(one)
    _begin(other)
    _end(other)


def test_the_patience_of_other_statements_stays_as_it_was(two_offices: ConnectionHandler) -> None:
    one = two_offices["one"]
    _begin(one)
    _end(one)
    assert one.connection.execute("PRAGMA busy_timeout").fetchone() == (int(TIMEOUT * 1000),)
