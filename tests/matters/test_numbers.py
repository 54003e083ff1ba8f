"""Numbers and query codes are read over the telephone: a slip is noticed, and nothing in them is guessed."""

from datetime import date

from hypothesis import assume, given
from hypothesis import strategies as st

from xinqiao.matters.numbers import (
    new_number,
    new_query_code,
    normal_number,
    normal_query_code,
    query_code_from,
)

DAYS = st.dates(min_value=date(2005, 5, 1), max_value=date(2099, 12, 31))
NUMBERS = DAYS.map(new_number)
MISTAKEN = set("01ILO")


@given(NUMBERS)
def test_a_number_is_itself_however_it_is_typed(number: str) -> None:
    for typed in (number, number.replace("-", ""), number.replace("-", " "), f" {number}\n"):
        assert normal_number(typed) == number


@given(NUMBERS, st.integers(0, 14), st.integers(1, 9))
def test_every_single_wrong_digit_is_noticed(number: str, place: int, shift: int) -> None:
    digits = list(number.replace("-", ""))
    digits[place] = str((int(digits[place]) + shift) % 10)
    assert normal_number("".join(digits)) is None


@given(NUMBERS, st.integers(0, 13))
def test_two_digits_changed_about_are_noticed_but_for_nought_and_nine(
    number: str, place: int
) -> None:
    digits = list(number.replace("-", ""))
    pair = {digits[place], digits[place + 1]}
    assume(len(pair) == 2 and pair != {"0", "9"})
    digits[place], digits[place + 1] = digits[place + 1], digits[place]
    assert normal_number("".join(digits)) is None


@given(st.text(max_size=40))
def test_anything_else_is_no_number(typed: str) -> None:
    found = normal_number(typed)
    assert found is None or normal_number(found) == found


def test_a_number_tells_the_day_and_not_how_many_there_were() -> None:
    numbers = {new_number(date(2026, 3, 17)) for _ in range(50)}
    assert len(numbers) > 45
    assert {number[:8] for number in numbers} == {"20260317"}


def test_query_codes_have_no_letters_that_are_mistaken_for_each_other() -> None:
    codes = {new_query_code() for _ in range(200)}
    assert len(codes) == 200
    assert not MISTAKEN & set("".join(codes))
    assert {len(code) for code in codes} == {8}


@given(st.binary(min_size=16, max_size=32))
def test_the_same_secret_gives_the_same_code(secret: bytes) -> None:
    code = query_code_from(secret)
    assert code == query_code_from(secret) == normal_query_code(f" {code[:4].lower()} {code[4:]} ")
