"""Fixtures that need the database. pytest loads this file before Django has its settings, so it imports none of it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

    from tests.support.city_database import City

PutIn = Callable[[], AbstractContextManager[None]]


@pytest.fixture(autouse=True)
def fresh_directory(request: pytest.FixtureRequest) -> None:
    """What was remembered of another test's directory is forgotten before a test reads its own."""
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        from tests.support import city_database  # noqa: PLC0415  settings must load first

        city_database.forget_cached_directory()


@pytest.fixture
def city(db: None) -> "City":
    """The city, in a transaction that is rolled back. With `committed_db`, call `load_city` instead."""
    from tests.support import city_database  # noqa: PLC0415  settings must load first

    return city_database.load_city()


@pytest.fixture(scope="module")
def put_in_once(django_db_setup: None, django_db_blocker: "DjangoDbBlocker") -> Iterator[PutIn]:
    """What a fixture of the file puts into the database within `with put_in_once():` is there for each of its tests.

    Each of them finds it as it was put in: the transaction of a test is one within the transaction of the file. A
    fixture that gives it to tests asks for `db`; a file in which some find it has none that want the database empty, or
    one of their own.
    """
    from django.db import transaction  # noqa: PLC0415  settings must load first

    around = transaction.atomic()
    around._from_testcase = True  # so that what must begin a transaction may, as in any test
    with django_db_blocker.unblock():
        around.__enter__()
    yield django_db_blocker.unblock
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)
