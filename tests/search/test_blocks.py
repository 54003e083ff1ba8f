"""An index gives the highest row numbers first, however they lie, and passes over none on its way down."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinqiao.search.engines import engine
from xinqiao.search.engines.postgresql import Walk, walked
from xinqiao.search.values import Asked, Page
from xinqiao.text.finding import pair_numbers, pairs, pairs_apart

if TYPE_CHECKING:
    from tests.support.city_database import City

#: On both sides of where blocks of each size begin and end.
ROWS = [
    1, 2, 4095, 4096, 4097, 32_767, 32_768, 40_000, 262_143, 262_144, 262_145, 300_000, 2_097_151, 2_097_152, 9_000_000,
]  # fmt: skip
ALPHABET = "电梯停运ab1,𠮷𰻞"


def asked(piece: str, *any_of: str) -> Asked:
    return Asked([piece], frozenset(any_of) or None, frozenset())


@pytest.fixture
def rows(city: "City") -> list[int]:
    """Every second one is marked."""
    pages = [Page(row, 1, f"第{row}部电梯停运\n请处理", f"u:{n % 2}") for n, row in enumerate(ROWS)]
    engine().write(pages)
    return ROWS


@pytest.mark.parametrize("most", [1, 2, 5, 100])
def test_the_highest_come_first_wherever_one_begins(rows: list[int], most: int) -> None:
    for before in [*rows, 2**62]:
        below = [row for row in reversed(rows) if row < before]
        assert engine().newest(asked("电梯停运"), before, most) == below[:most]
        marked = [row for row in below if rows.index(row) % 2]
        assert engine().newest(asked("电梯停运", "u:1"), before, most) == marked[:most]
        assert engine().newest(asked("电梯停运", "u:7"), before, most) == []


def test_what_stands_once_is_found_far_down(rows: list[int]) -> None:
    for row in rows:
        assert engine().newest(asked(f"第{row}部"), 2**62, 600) == [row]
    assert engine().newest(asked("停运请"), 2**62, 600) == []


BITS = {0: 12, 1: 15, 2: 18}


@given(begin=st.integers(1, 10**8), data=st.data())
def test_a_walk_meets_every_row_once_and_ends(begin: int, data: st.DataObject) -> None:
    walk, above, steps = Walk(begin), begin, 0
    while walk.above > 0:
        numbers = walk.next_blocks(data.draw(st.integers(1, 600)))
        bits = BITS[numbers[0] & 3]
        blocks = [number >> 2 for number in numbers]
        assert walk.asked_above == above
        assert blocks[-1] << bits < above <= (blocks[-1] + 1) << bits
        assert blocks == list(range(blocks[0], blocks[-1] + 1))
        assert len(blocks) <= 8
        above, steps = blocks[0] << bits, steps + 1
        assert walk.above == above
        walk.come_to(data.draw(st.sampled_from([0, 0, 1, 10])))
        if steps > 200:  # much was met, so it goes in small steps: long enough
            break


@st.composite
def lying(draw: st.DrawFn) -> list[int]:
    """Row numbers of hits, the highest first: some alone, some in stretches that are dense or thin, or full."""
    found = set(draw(st.lists(st.integers(1, 3_000_000), max_size=20)))
    stretches = st.tuples(
        st.integers(1, 2_500_000), st.integers(1, 5000), st.sampled_from([1, 3, 20, 500])
    )
    for first, many, step in draw(st.lists(stretches, max_size=3)):
        found.update(range(first, first + many * step, step))
    return sorted(found, reverse=True)


@given(hits=lying(), above=st.integers(1, 3_000_000), most=st.integers(1, 700))
def test_a_walk_finds_the_highest_however_they_lie(hits: list[int], above: int, most: int) -> None:
    asked_for = 0

    def ask(numbers: Sequence[int], below: int, bound: int, wanted: int) -> list[tuple[int, int]]:
        nonlocal asked_for
        asked_for += 1
        blocks, bits = [number >> 2 for number in numbers], BITS[numbers[0] & 3]
        assert blocks == list(range(blocks[0], blocks[-1] + 1)) and len(blocks) <= 8
        met = [row for row in hits if blocks[0] << bits <= row < min(below, blocks[-1] + 1 << bits)]
        return [(row, min(bound, len(met))) for row in met[: min(bound, wanted)]]

    assert walked(ask, above, most) == [row for row in hits if row < above][:most]
    assert asked_for < 120


@given(text=st.text(ALPHABET, max_size=12), data=st.data())
def test_pairs_of_a_piece_are_pairs_of_the_text(text: str, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(text)))
    piece = text[begin : data.draw(st.integers(begin, len(text)))]
    assert pair_numbers(piece) <= pair_numbers(text)


@given(
    text=st.text("电梯停运ab1,", max_size=6), pair=st.text("电梯停运ab1,", min_size=2, max_size=2)
)
def test_two_pairs_have_two_numbers(text: str, pair: str) -> None:
    assert (pair_numbers(pair) <= pair_numbers(text)) == (pair in text)


@given(texts=st.lists(st.text(ALPHABET, max_size=8), max_size=5))
def test_a_run_of_pairs_ends_where_a_text_ends(texts: list[str]) -> None:
    words = pairs_apart("\n".join(texts)).split()
    runs = [list(run) for whole, run in groupby(words, lambda word: len(word) == 2) if whole]
    assert runs == [pairs(text) for text in texts if len(text) > 1]
