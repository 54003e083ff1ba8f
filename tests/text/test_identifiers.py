"""One phone and one person are written one way, and a slip of the pen is explained."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinqiao.text.clean import (
    WORDS,
    Problem,
    fold_width,
    id_check_digit,
    normal_id_number,
    normal_phone,
)

TO_FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("13800138000", "13800138000"),
        (" 138-0013-8000 ", "13800138000"),
        ("１３８ ００１３ ８０００", "13800138000"),
        ("+86 138 0013 8000", "13800138000"),
        ("008613800138000", "13800138000"),
        ("8613800138000", "13800138000"),
        ("（0556）555-1234", "05565551234"),
        ("+86 556 5551234", "05565551234"),
        ("+86 10 6655 1234", "01066551234"),
        ("+86 400 123 4567", "4001234567"),
        ("5551234", "5551234"),
        ("12345", "12345"),
        ("95555", "95555"),
        ("+852 2345 6789", "+85223456789"),
        ("0085223456789", "+85223456789"),
    ],
)
def test_a_phone_number_has_one_form(written: str, kept: str) -> None:
    assert normal_phone(written) == kept
    assert normal_phone(kept) == kept


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("  ", "phone_empty"),
        ("无", "phone_characters"),
        ("1380013800a", "phone_characters"),
        ("13800138000 13900139000", "phone_length"),
        ("1380013800", "phone_length"),
        ("0556", "phone_length"),
        ("+1", "phone_length"),
        ("+", "phone_characters"),
    ],
)
def test_what_is_no_phone_number_says_why(written: str, code: str) -> None:
    answer = normal_phone(written)
    assert isinstance(answer, Problem)
    assert answer.code == code
    assert "%" not in answer.sentence(WORDS)


def person(region: str, born: date, sequence: int) -> str:
    body = f"{region}{born:%Y%m%d}{sequence:03d}"
    return body + id_check_digit(body)


PEOPLE = st.builds(
    person,
    st.sampled_from(["340803", "110101", "650102", "810000", "990101"]),
    st.dates(date(1900, 1, 1), date(2026, 1, 1)),
    st.integers(0, 999),
)


def test_a_known_example_of_the_standard() -> None:
    assert normal_id_number("11010519491231002x") == "11010519491231002X"


@given(number=PEOPLE)
def test_every_well_formed_number_is_accepted_however_it_is_typed(number: str) -> None:
    assert normal_id_number(number) == number
    typed = f" {number[:6]} {number[6:14]}-{number[14:]} ".lower().translate(TO_FULL_WIDTH)
    assert normal_id_number(typed) == number


@given(number=PEOPLE, place=st.integers(0, 16), shift=st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(number: str, place: int, shift: int) -> None:
    wrong = str((int(number[place]) + shift) % 10)
    answer = normal_id_number(number[:place] + wrong + number[place + 1 :])
    assert isinstance(answer, Problem)


@given(number=PEOPLE.filter(lambda n: n[6:8] == "19"))
def test_an_old_card_finds_the_same_person(number: str) -> None:
    assert normal_id_number(number[:6] + number[8:17]) == number


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "id_empty"),
        ("34080319900101", "id_length"),
        ("护照 E12345678", "id_characters"),
        ("3408031990010X", "id_length"),
        ("34080390010100X", "id_characters"),
        ("99X803199001010018", "id_characters"),
        ("000803199001010018", "id_region"),
        ("340803199002300018", "id_birth_date"),
        ("340803180001010018", "id_birth_date"),
        ("11010519491231002" + "1", "id_check_digit"),
    ],
)
def test_a_slip_is_explained(written: str, code: str) -> None:
    answer = normal_id_number(written)
    assert isinstance(answer, Problem)
    assert answer.code == code
    assert answer.sentence(WORDS) and set(WORDS) >= {code}


def test_nobody_writes_before_being_born() -> None:
    child = person("340803", date(2026, 5, 2), 18)
    assert normal_id_number(child, today=date(2026, 5, 2)) == child
    answer = normal_id_number(child, today=date(2026, 5, 1))
    assert answer == Problem(code="id_birth_date", facts={"birth": "20260502"})


@given(text=st.text(max_size=40))
def test_nothing_a_person_types_breaks_it(text: str) -> None:
    for answer in (normal_phone(text), normal_id_number(text)):
        assert isinstance(answer, Problem) or answer == fold_width(answer)


@given(text=st.text("+0018602345 -", max_size=20))
def test_a_number_in_its_one_form_stays_as_it_is(text: str) -> None:
    once = normal_phone(text)
    assert isinstance(once, Problem) or normal_phone(once) == once
