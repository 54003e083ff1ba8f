"""Numbers and query codes that citizens read over the telephone."""

import secrets
from datetime import date

from xinqiao.text.clean import fold_width

# Without letters and digits that are mistaken for each other on paper.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_number(day: date) -> str:
    """A number for a contact: the day, six random digits, a check digit (20260317-482915-6).

    Random, so that a number tells nothing about how many there are and its neighbours cannot be guessed.
    """
    digits = f"{day:%Y%m%d}{secrets.randbelow(1_000_000):06d}"
    return f"{digits[:8]}-{digits[8:]}-{_check_digit(digits)}"


def normal_number(typed: str) -> str | None:
    """The number as it is stored, from one typed with or without dashes, also in full width as Chinese keyboards do.

    None when the check digit is wrong.
    """
    digits = "".join(char for char in fold_width(typed) if char.isdecimal() and char.isascii())
    if len(digits) != 15 or _check_digit(digits[:14]) != digits[14]:
        return None
    return f"{digits[:8]}-{digits[8:14]}-{digits[14]}"


def _check_digit(digits: str) -> str:
    """Luhn: finds every single wrong digit and almost every swap."""
    total = 0
    for index, char in enumerate(reversed(digits)):
        value = int(char) * (2 if index % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def new_query_code() -> str:
    """Eight characters, about 39 bits: the key to one contact."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(8))


def query_code_from(secret: bytes) -> str:
    """The query code that belongs to secret bytes, 16 or more of them: the same again for the same bytes."""
    rest, code = int.from_bytes(secret, "big"), ""
    for _ in range(8):
        rest, place = divmod(rest, len(_ALPHABET))
        code += _ALPHABET[place]
    return code


def normal_query_code(typed: str) -> str:
    """A query code as it is stored, whatever case and spaces it was typed with."""
    return "".join(typed.split()).replace("-", "").upper()
