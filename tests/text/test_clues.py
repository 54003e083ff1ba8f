"""Words in a text that speak for something: named, weighed openly, and the same for everybody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinqiao.demo.catalogue import categories
from xinqiao.text.clues import Likely, category_words, kind_words, likely, path_words
from xinqiao.text.folding import fold

LEXICON = {
    "housing": ["小区"],
    "housing.lifts": ["电梯", "加装电梯"],
    "housing.fees": ["物业费"],
    "labour": ["工资", "拖欠工资"],
    "market": ["物业费"],
}


def codes(heading: str, text: str) -> list[str]:
    return [one.code for one in likely(heading, text, LEXICON)]


def test_each_answer_names_its_words_in_the_order_of_the_text() -> None:
    (first, *_) = likely("电梯坏了", "小区里想加装电梯", {"a": ["加装电梯", "小区", "电梯"]})
    assert first == Likely(code="a", words=("小区", "加装电梯"), weight=6.0)


def test_a_word_inside_a_longer_one_counts_once() -> None:
    (found,) = likely("", "拖欠工资", {"labour": ["工资", "拖欠工资"]})
    assert found.words == ("拖欠工资",)


def test_what_the_subject_says_counts_twice() -> None:
    assert codes("拖欠工资", "小区")[0] == "labour"
    assert likely("工资", "", LEXICON)[0].weight == 2 * likely("", "工资", LEXICON)[0].weight


def test_a_word_that_speaks_for_several_speaks_less_for_each() -> None:
    weights = {one.code: one.weight for one in likely("物业费", "小区电梯", LEXICON)}
    assert weights["market"] == len("物业费")  # twice for the subject, shared by two


def test_what_speaks_for_the_whole_speaks_for_its_part() -> None:
    assert codes("", "小区的电梯")[0] == "housing.lifts"


@pytest.mark.parametrize(
    ("written", "as_if"),
    [("老闆拖欠工資，住宅電梯停運", "老板拖欠工资，住宅电梯停运"), ("ＫＴＶ太吵", "KTV太吵"), ("ktv太吵", "KTV太吵")],
)  # fmt: skip
def test_words_are_known_in_any_characters_and_width(written: str, as_if: str) -> None:
    assert likely(written, "", category_words()) == likely(as_if, "", category_words()) != []
    assert likely("", written, category_words()) == likely("", as_if, category_words()) != []


def test_kind_and_path_are_known_in_any_characters() -> None:
    assert likely("我要舉報貪污", "", kind_words())[0].code == "report"
    assert likely("", "已經申請勞動仲裁", path_words())[0].code == "arbitration"


def test_no_word_no_answer() -> None:
    assert likely("你好", "谢谢", LEXICON) == []


@given(heading=st.text(max_size=80), text=st.text(max_size=300), most=st.integers(1, 5))
def test_answers_are_few_ordered_and_true_to_the_text(heading: str, text: str, most: int) -> None:
    found = likely(heading, text, LEXICON, most=most)
    assert len(found) <= most
    assert [one.weight for one in found] == sorted((one.weight for one in found), reverse=True)
    whole = f"{fold(heading)}\n{fold(text)}"
    assert all(word in whole for one in found for word in one.words)


def test_the_words_of_categories_are_those_of_the_demonstration_city() -> None:
    assert set(category_words()) <= set(categories())
    parts = {code for code in categories() if code.count(".") == 2}
    assert parts - set(category_words()) == set(), "every field has words"


@pytest.mark.parametrize("lexicon", [category_words(), kind_words(), path_words()])
def test_every_word_can_be_found_in_a_folded_text(lexicon: dict[str, tuple[str, ...]]) -> None:
    for code, words in lexicon.items():
        assert [fold(word) for word in words] == [word.casefold() for word in words], code


@pytest.mark.parametrize("lexicon", [category_words(), kind_words()])
def test_no_word_stands_twice_and_none_is_a_single_character(
    lexicon: dict[str, tuple[str, ...]],
) -> None:
    for code, words in lexicon.items():
        assert len(words) == len(set(words)), code
        assert all(len(word) > 1 or word in {"坟"} for word in words), code


def test_the_kinds_are_the_three_of_the_regulation() -> None:
    assert set(kind_words()) == {"report", "suggestion", "claim"}
