"""The index from nothing says what the one says that followed; what it misses is found out and told."""

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from django.db import connection
from django.utils import timezone

from xinqiao.cli.index import command
from xinqiao.matters import followers
from xinqiao.matters.queries import Filters
from xinqiao.rules.persons import SYSTEM
from xinqiao.search import queries, rebuilding
from xinqiao.search.engines import engine
from xinqiao.search.jobs import NAME, file_everything, file_ledgers, set_whole
from xinqiao.search.models import Filing
from xinqiao.search.values import Asked, Page, Unusable

if TYPE_CHECKING:
    from tests.desk.at_work import Desk
    from tests.support.city_database import City


@pytest.fixture
def desk(city: "City") -> "Desk":
    from tests.desk.at_work import Desk  # noqa: PLC0415  settings must load first

    return Desk(city)


def number(words: str) -> int:
    return queries.find(SYSTEM, words, Filters(), timezone.now()).number


def lose_the_index() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TABLE search_pairs")
        else:
            cursor.execute("ALTER TABLE search_filing DROP COLUMN keys")


def test_a_rebuild_gives_what_following_gave(desk: "Desk") -> None:
    for _ in range(3):
        desk.submits(20)
    desk.reports(8)
    file_everything(timezone.now())
    followed = list(Filing.objects.order_by("matter").values())
    assert list(rebuilding.rebuild())[-1] == 4
    assert list(Filing.objects.order_by("matter").values()) == followed
    assert number("电梯停运") == 4
    assert queries.is_whole()


def test_from_nothing_on_a_platform_without_matters(city: "City") -> None:
    assert list(rebuilding.rebuild()) == []
    assert queries.is_whole()
    assert rebuilding.check(10, seed=1).pieces == 0


def test_what_comes_while_it_is_rebuilt_is_left_to_the_follower(desk: "Desk") -> None:
    desk.receives(3)
    rebuilt = rebuilding.rebuild()
    next(rebuilt)
    late = desk.receives(2, subject="暖气不热", body="暖气不热")
    file_ledgers(timezone.now())
    assert list(rebuilt)[-1] == 2
    assert number("暖气") == 1
    desk.takes(late.matter, "register", by="wangmin", kind="claim", region="340811")
    file_ledgers(timezone.now())
    assert Filing.objects.get(matter=late.matter).last_seq > 1


def test_broken_off_the_follower_begins_again(desk: "Desk") -> None:
    for _ in range(3):
        desk.receives(3)
    file_everything(timezone.now())
    engine().begin_anew()
    followers.begin_anew(NAME)
    set_whole(whole=False)
    assert number("电梯") == 0
    assert not queries.is_whole()
    file_everything(timezone.now())
    assert number("电梯") == 3
    assert queries.is_whole()


def test_a_check_finds_everything_and_names_what_is_missed(desk: "Desk") -> None:
    for _ in range(3):
        desk.submits(20)
    file_everything(timezone.now())
    assert rebuilding.check(100, seed=4) == rebuilding.Checked(pieces=_texts(), missed=())
    _forget_one()
    missed = rebuilding.check(100, seed=4).missed
    assert missed
    assert len({matter for matter, _ in missed}) == 1


def _texts() -> int:
    return sum(words.count("\n") + 1 for words in Filing.objects.values_list("words", flat=True))


def _forget_one() -> None:
    """One matter is no longer in the index, but its filing says that it was."""
    row = Filing.objects.order_by("matter").first()
    assert row is not None
    kept = {name: getattr(row, name) for name in ("last_seq", "marks", "words")}
    engine().write([Page(row.matter, row.last_seq, "", "")])
    Filing.objects.filter(pk=row.pk).update(**kept)


def test_a_check_finds_out_what_was_never_filed(desk: "Desk") -> None:
    passed_over, _ = desk.submits(20).matter, desk.submits(20)
    file_everything(timezone.now())
    engine().write([Page(passed_over, 99, "", "")])
    Filing.objects.filter(matter=passed_over).delete()
    desk.submits(20)
    checked = rebuilding.check(100, seed=4)
    assert {matter for matter, _ in checked.missed} == {passed_over}
    assert checked.waiting == 1, "what the worker has not read yet is no fault"


def test_a_lost_index_is_said_and_made_anew(desk: "Desk") -> None:
    desk.receives(3)
    file_everything(timezone.now())
    lose_the_index()
    with pytest.raises(Unusable):
        number("电梯")
    with pytest.raises(Unusable):
        rebuilding.check(10, seed=1)
    desk.receives(2)
    assert file_ledgers(timezone.now()) == 0, "the worker works on"
    assert list(rebuilding.rebuild())[-1] == 2
    assert number("电梯") == 2
    assert engine().newest(Asked(["电梯"], None, frozenset()), 2**62, 5)


def test_the_commands(desk: "Desk", monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "xinqiao.cli.index.require_migrated", lambda: None
    )  # it leaves the database of the test
    desk.submits(20)
    run = CliRunner()
    rebuilt = run.invoke(command, ["rebuild"])
    assert rebuilt.exit_code == 0
    assert "1 matters filed" in rebuilt.output
    checked = run.invoke(command, ["check", "--texts", "50"])
    assert checked.exit_code == 0
    assert "recall 1.0000" in checked.output
    engine().begin_anew()
    followers.begin_anew(NAME)
    set_whole(whole=False)
    empty = run.invoke(command, ["check"])
    assert empty.exit_code == 1
    assert "1 of the matters chosen wait" in empty.output and "recall" not in empty.output
    file_everything(timezone.now())
    _forget_one()
    missed = run.invoke(command, ["check"])
    assert missed.exit_code == 1
    assert "xinqiao index rebuild" in missed.output
    lose_the_index()
    lost = run.invoke(command, ["check"])
    assert lost.exit_code == 1
    assert "xinqiao index rebuild" in lost.output
