"""All ledgers in one order: every entry has a position, each once, without gaps, whoever writes meanwhile."""

import random
import time
from collections.abc import Callable
from itertools import pairwise
from threading import Event
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tests.rows.test_write import entry, matter, put
from tests.support.together import together
from xinqiao.matters import followers, sequencer
from xinqiao.matters.models import Entry, Placed, Sequencer
from xinqiao.matters.sequencer import place_new

WRITERS, EACH = 8, 25
PATIENCE_SECONDS = 120


class Backed(Exception):
    """A writer thinks better of it."""


def writer(number: int, done: list[int]) -> None:
    """Writes entries, now and then in one transaction with a pause, and takes every third of them back."""
    chance = random.Random(number)
    for nth in range(EACH):
        try:
            with transaction.atomic():
                one = matter(f"20260302-{number:02}{nth:04}-1")
                put([one, entry(one), *(entry(one, seq) for seq in range(2, chance.randint(2, 4)))])
                time.sleep(chance.random() / 100)
                if chance.random() < 1 / 3:
                    raise Backed
        except Backed:
            pass
    done.append(number)


def until(all_done: Callable[[], bool], do: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not all_done():
        assert time.monotonic() < deadline
        do()
    do()


def dense() -> bool:
    """Positions are 1, 2, 3 and so on, one for each entry that is there."""
    positions = list(Placed.objects.order_by("position").values_list("position", flat=True))
    placed = set(Placed.objects.values_list("entry_id", flat=True))
    return positions == list(range(1, len(positions) + 1)) and placed == set(
        Entry.objects.values_list("id", flat=True)
    )


def under_fire(read: list[followers.Read]) -> None:
    """Eight writers, two sequencers and a follower at once."""
    done: list[int] = []

    def all_done() -> bool:
        return len(done) == WRITERS

    def follows() -> None:
        until(all_done, lambda: followers.follow("stories", read.extend, 7))

    writers = [lambda number=number: writer(number, done) for number in range(WRITERS)]
    answers = together([*writers, lambda: until(all_done, place_new), follows])
    assert answers == [None] * len(answers), answers
    while followers.follow("stories", read.extend, 50):
        pass


def test_eight_writers_who_change_their_minds_and_everything_has_its_place(
    committed_db: None,
) -> None:
    read: list[followers.Read] = []
    under_fire(read)
    assert dense()
    assert [one.position for one in read] == list(range(1, Entry.objects.count() + 1))
    assert {(one.matter, one.seq) for one in read} == set(
        Entry.objects.values_list("matter_id", "seq")
    )


def test_of_one_matter_the_entries_come_in_their_order(
    committed_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where there are more than are placed in one transaction."""
    monkeypatch.setattr(sequencer, "TOGETHER", 3)
    read: list[followers.Read] = []
    under_fire(read)
    assert dense()
    last: dict[int, int] = {}
    for one in read:
        assert one.seq == last.get(one.matter, 0) + 1
        last[one.matter] = one.seq


def test_a_lower_row_that_comes_later_is_placed_later(committed_db: None) -> None:
    """The case for which there is a sequencer: PostgreSQL gives the row id long before the transaction ends."""
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite one writes after another")
    written, go_on = Event(), Event()

    def slowly() -> None:
        with transaction.atomic():
            one = matter("20260302-000001-1")
            put([one, entry(one)])
            written.set()
            assert go_on.wait(PATIENCE_SECONDS)

    def meanwhile() -> list[int]:
        assert written.wait(PATIENCE_SECONDS)
        try:
            for nth in range(2, 5):
                one = matter(f"20260302-00000{nth}-1")
                put([one, entry(one)])
                place_new()
            assert Sequencer.objects.get().floor < min(Entry.objects.values_list("id", flat=True))
            return list(Placed.objects.order_by("position").values_list("entry_id", flat=True))
        finally:
            go_on.set()

    slow, early = together([slowly, meanwhile])
    assert slow is None and isinstance(early, list), (slow, early)
    assert place_new() == 1
    order = list(Placed.objects.order_by("position").values_list("entry_id", flat=True))
    assert order == [*early, min(order)]
    assert dense()


def test_a_lower_row_that_comes_between_two_batches_is_placed_with_them(
    committed_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite one writes after another")
    monkeypatch.setattr(sequencer, "TOGETHER", 2)
    written, go_on, over = Event(), Event(), Event()

    def slowly() -> None:
        with transaction.atomic():
            one = matter("20260302-000001-1")
            put([one, entry(one)])
            written.set()
            assert go_on.wait(PATIENCE_SECONDS)
        over.set()

    def some(
        after: int | None, place: Callable[..., tuple[int, int | None]] = sequencer._place_some
    ) -> Any:
        placed = place(after)
        go_on.set()
        assert over.wait(PATIENCE_SECONDS)
        return placed

    def places() -> int:
        assert written.wait(PATIENCE_SECONDS)
        for nth in range(2, 7):
            one = matter(f"20260302-00000{nth}-1")
            put([one, entry(one)])
        monkeypatch.setattr(sequencer, "_place_some", some)
        return place_new()

    assert together([slowly, places]) == [None, 6]
    assert dense()


def test_the_floor_rises_when_nobody_is_at_work_below_it(committed_db: None) -> None:
    for nth in range(1, 4):
        one = matter(f"20260302-00000{nth}-1")
        put([one, entry(one)])
        place_new()
    place_new()
    assert Sequencer.objects.get().floor > min(Entry.objects.values_list("id", flat=True))


def test_without_the_floor_a_late_row_would_be_lost(
    committed_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The looking itself: a sequencer that takes PostgreSQL for SQLite passes over what commits late."""
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite one writes after another")
    monkeypatch.setattr(sequencer, "_at_work", lambda: None)
    with pytest.raises(AssertionError):
        test_a_lower_row_that_comes_later_is_placed_later(None)


@pytest.mark.django_db
def test_a_place_is_given_once_and_never_changed() -> None:
    one = matter()
    put([one, entry(one), entry(one, 2)])
    assert place_new() == 2
    assert place_new() == 0
    for spoil in (
        lambda: Placed.objects.filter(position=2).update(position=3),
        lambda: Placed.objects.filter(position=2)._raw_delete("default"),
        lambda: Placed.objects.create(position=3, entry_id=Placed.objects.get(position=1).entry_id),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            spoil()
    assert [a.position + 1 == b.position for a, b in pairwise(Placed.objects.order_by("pk"))]
    assert dense()
