"""Names are found by whole syllables, their beginnings, or first letters; from any syllable on, skipping none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinqiao.text.pinyin import place, syllables, typed

OFFICE = "市住房和城乡建设局"


@pytest.mark.parametrize(
    ("words", "name", "at"),
    [
        ("ajw", "安居委", 0),
        ("anju", "安居委", 0),
        ("anjw", "安居委", 0),
        ("AN JU", "安居委", 0),
        ("an'ju", "安居委", 0),
        ("zf", OFFICE, 1),
        ("zhufang", OFFICE, 1),
        ("jsj", OFFICE, 6),
        ("lvzhou", "绿洲社区", 0),
        ("lüzhou", "绿洲社区", 0),
        ("cq", "重庆市", 0),
        ("zf", "安居委", None),
        ("zhufan gx", OFFICE, None),
        ("abc", "ABC小区", None),
    ],
)
def test_spelled(words: str, name: str, at: int | None) -> None:
    assert place(typed(words), syllables(name)) == at


@pytest.mark.parametrize("words", ["", "a", "安居", "a1", "aj。", "x" * 41, "  ", "ａｎ"])
def test_what_is_no_pinyin(words: str) -> None:
    assert typed(words) == ""


@given(
    st.lists(st.sampled_from(["an", "ju", "zhu", "fang", "shi"]), min_size=2, max_size=8), st.data()
)
def test_any_run_of_beginnings_is_found(read: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(read) - 2))
    last = data.draw(st.integers(first + 2, len(read)))
    letters = "".join(one[: data.draw(st.integers(1, len(one)))] for one in read[first:last])
    at = place(letters, tuple(read))
    assert at is not None and at <= first
