"""A test may have a database where commits are real, and the next test finds nothing of it."""

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, connections, transaction
from django.db.models import F
from django.utils import timezone

from tests.support.together import together


def _note(key: str) -> None:
    Session.objects.create(session_key=key, session_data="0", expire_date=timezone.now())


def _keys() -> set[str]:
    return set(Session.objects.values_list("session_key", flat=True))


@pytest.mark.parametrize("key", ["wang", "zhao"])
@pytest.mark.usefixtures("committed_db")
def test_every_test_begins_with_an_empty_database(key: str) -> None:
    assert _keys() == set()
    _note(key)


@pytest.mark.usefixtures("committed_db")
def test_other_threads_see_what_was_committed() -> None:
    _note("wang")
    assert together([_keys, _keys]) == [{"wang"}, {"wang"}]


@pytest.mark.usefixtures("committed_db")
def test_of_two_who_write_the_same_key_one_wins_and_the_other_is_told() -> None:
    outcomes = together([lambda: _note("wang"), lambda: _note("wang")])
    assert sorted(isinstance(outcome, IntegrityError) for outcome in outcomes) == [False, True]
    assert _keys() == {"wang"}


@pytest.mark.usefixtures("committed_db")
def test_writers_wait_for_each_other_and_lose_nothing() -> None:
    _note("wang")

    def lengthen() -> None:
        for _ in range(5):
            with transaction.atomic():
                Session.objects.update(expire_date=F("expire_date"))
                session = Session.objects.get()
                session.session_data += "1"
                session.save()

    assert together([lengthen] * 3) == [None] * 3
    assert Session.objects.get().session_data == "0" + "1" * 15


@pytest.mark.usefixtures("committed_db")
def test_what_is_to_happen_after_the_commit_happens() -> None:
    happened: list[str] = []
    with transaction.atomic():
        transaction.on_commit(lambda: happened.append("sent"))
        assert happened == []
    assert happened == ["sent"]


@pytest.mark.usefixtures("committed_db")
def test_the_database_is_migrated_and_guarded() -> None:
    tables = connection.introspection.table_names()
    assert "django_migrations" in tables
    assert connection.settings_dict["NAME"] == connections.settings["default"]["NAME"]


@pytest.mark.django_db
def test_nothing_is_left_for_the_ordinary_tests() -> None:
    assert _keys() == set()
