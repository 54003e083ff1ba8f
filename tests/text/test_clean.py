"""A citizen's words are kept whole; only what no eye can see is taken out, and then it is said."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinqiao.text.clean import MAX_TEXT, WORDS, Cleaned, Problem, clean_text, fold_width

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=80)
MESSY = st.text(
    st.one_of(
        st.characters(exclude_categories=()),
        st.sampled_from("\u200b\u200c\u200d\ufeff\u202e\x00\t\n\r \u3000↔\u0338♥️가가é😀ᠠب"),
    ),
    max_size=60,
)


def cleaned(raw: str, *, multiline: bool = True) -> Cleaned:
    answer = clean_text(raw, multiline=multiline)
    assert isinstance(answer, Cleaned)
    return answer


def notes(answer: Cleaned) -> dict[str, str]:
    return {note.code: note.facts["count"] for note in answer.notes}


def test_padding_goes_and_paragraphs_stay() -> None:
    raw = "\r\n\t\t\t\t尊敬的领导：\r\n\t\t\t\t　　路灯坏了。 \t\r\n\r\n\r\n\r\n\t谢谢！\n\t\t\t"
    assert cleaned(raw) == Cleaned(text="尊敬的领导：\n　　路灯坏了。\n\n谢谢！")


def test_a_table_typed_with_tabs_keeps_its_columns() -> None:
    assert cleaned("月份\t水费\n一月\t32.50").text == "月份\t水费\n一月\t32.50"


def test_a_subject_is_one_line() -> None:
    assert cleaned(" 关于\t小区\r\n停水　的问题 ", multiline=False).text == "关于 小区 停水 的问题"


@pytest.mark.parametrize("line_break", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_kind_of_line_break_is_one_line_break(line_break: str) -> None:
    assert cleaned(f"一{line_break}二") == Cleaned(text="一\n二")


def test_what_cannot_be_seen_is_removed_and_counted() -> None:
    answer = cleaned("路\x00灯\x07坏\u200b了\ufeff，\u202e请\u2066修")
    assert answer.text == "路灯坏了，请修"
    assert notes(answer) == {
        "control_removed": "2",
        "invisible_removed": "2",
        "direction_removed": "2",
    }


def test_half_a_character_is_shown_as_unreadable() -> None:
    answer = cleaned("李\ud842村")
    assert answer.text == "李\N{REPLACEMENT CHARACTER}村"
    assert notes(answer) == {"unreadable_replaced": "1"}


def test_two_halves_in_order_are_the_character_they_mean() -> None:
    assert cleaned("\ud842\udfb7家村") == Cleaned(text="𠮷家村")


@pytest.mark.parametrize(
    "kept",
    ["👨‍👩‍👧‍👦", "👍🏽", "🇨🇳", "1️⃣", "❤️‍🔥", "🙂‍↔️", "𠮷", "ᠮᠣᠩ\u180eᠭᠣᠯ", "می‌خواهم", "“引号”……——"],
)
def test_emoji_rare_characters_and_other_scripts_are_kept(kept: str) -> None:
    assert cleaned(f"看{kept}看") == Cleaned(text=f"看{kept}看")


def test_a_joiner_between_chinese_characters_hides_nothing() -> None:
    assert notes(cleaned("法\u200d轮\u200c车")) == {"invisible_removed": "2"}


def test_exactly_the_limit_is_accepted_and_padding_does_not_count() -> None:
    assert len(cleaned("字" * MAX_TEXT).text) == MAX_TEXT == 200_000
    assert len(cleaned("\n\t" + "字" * MAX_TEXT + "\n" * 1000).text) == MAX_TEXT


def test_one_more_than_the_limit_is_told_what_to_do() -> None:
    answer = clean_text("字" * (MAX_TEXT + 1))
    assert answer == Problem(code="text_too_long", facts={"length": "200001", "limit": "200000"})
    assert isinstance(answer, Problem)
    assert "attach it as a file" in answer.sentence(WORDS)


def test_a_sentence_is_translated_before_its_facts_are_filled_in() -> None:
    problem = Problem(code="control_removed", facts={"count": "3"})
    assert problem.sentence(WORDS, lambda _: "去掉了 %(count)s 个字符") == "去掉了 3 个字符"


@given(raw=MESSY, multiline=st.booleans())
def test_cleaning_twice_changes_nothing(raw: str, multiline: bool) -> None:
    once = cleaned(raw, multiline=multiline)
    assert cleaned(once.text, multiline=multiline) == Cleaned(text=once.text)


@given(raw=ANYTHING)
def test_the_result_can_always_be_stored(raw: str) -> None:
    text = cleaned(raw).text
    assert text.encode("utf-8").decode("utf-8") == text
    assert unicodedata.is_normalized("NFC", text)
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} and c not in "\t\n" for c in text)


@given(raw=st.text(st.characters(categories=("L", "N", "P", "S")), max_size=200))
def test_letters_digits_marks_of_punctuation_and_symbols_are_never_lost(raw: str) -> None:
    assert cleaned(raw) == Cleaned(text=unicodedata.normalize("NFC", raw))


@given(raw=ANYTHING)
def test_one_line_is_one_line(raw: str) -> None:
    assert "\n" not in cleaned(raw, multiline=False).text


def test_full_width_digits_and_letters_are_folded_and_punctuation_is_not() -> None:
    assert fold_width("Ａ３区，１２号（ａ座）") == "A3区，12号（a座）"
