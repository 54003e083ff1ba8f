"""What people write, made safe to keep, with nothing of it lost: cleaning of texts, phone and
identity numbers.

Every function here takes what arrived and gives back either a value or a `Problem` that says what
to do about it. Nothing is guessed: what cannot be read with certainty stays as it came and is
named.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

MAX_TEXT = 200_000
"""Characters of one text after cleaning. A longer one is a document and belongs in a file."""


def gettext_noop(message: str) -> str:
    """Marks a sentence for the translators; who shows it translates it."""
    return message


WORDS: Mapping[str, str] = {
    "text_too_long": gettext_noop(
        "The text has %(length)s characters; at most %(limit)s fit."
        " Split it into several, or attach it as a file."
    ),
    "phone_empty": gettext_noop("No phone number was given."),
    "phone_characters": gettext_noop(
        "A phone number has digits only, with an area code or +country code in front if need be."
    ),
    "phone_length": gettext_noop(
        "The phone number has %(digits)s digits: a mobile number has 11,"
        " a landline 7 or 8 after the area code."
    ),
    "id_empty": gettext_noop("No identity number was given."),
    "id_characters": gettext_noop(
        "An identity number has digits only; the last of 18 places may be X."
    ),
    "id_length": gettext_noop(
        "The identity number has %(length)s places: it needs 18 (or 15 on an old card)."
    ),
    "id_region": gettext_noop(
        "The identity number begins with %(region)s, which is no region: compare the first digits."
    ),
    "id_birth_date": gettext_noop(
        "The identity number names %(birth)s as the day of birth, which cannot be:"
        " compare the digits."
    ),
    "id_check_digit": gettext_noop(
        "The last place of the identity number does not fit the others: compare it with the card."
        " In a spreadsheet, set the column to text first; as numbers the last digits are lost."
    ),
    "control_removed": gettext_noop("%(count)s invisible control characters were removed."),
    "invisible_removed": gettext_noop("%(count)s characters without width were removed."),
    "direction_removed": gettext_noop(
        "%(count)s marks that turn the writing direction were removed."
    ),
    "unreadable_replaced": gettext_noop(
        "%(count)s characters could not be read and show as �. Compare them with the original."
    ),
}


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is wrong with a value: a code for programs, facts for the sentence that says it."""

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)

    def sentence(self, words: Mapping[str, str], translate: Callable[[str], str] = str) -> str:
        """What happened and what to do: the sentence of `words`, in the language of `translate`."""
        return translate(words[self.code]) % self.facts


@dataclass(frozen=True, kw_only=True)
class Cleaned:
    """A text that may be kept, and what was taken out of it."""

    text: str
    notes: tuple[Problem, ...] = ()


# What spreadsheets, phones and old systems use for a new line.
_LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# C0 and C1 controls, and the code points that will never be a character (XML cannot carry them).
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f]")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060-\u2064\ufeff]")
# Joiners make one picture of several emoji and shape Mongolian, Uyghur or Kazakh letters: kept
# where they join.
_JOINED = "\u0600-\u10ff\u1200-\u1cff\u2194-\u2195\u2600-\u27bf\u2b1b\ufe0f\U0001f000-\U0001faff"
_LOOSE_JOINER = re.compile(f"(?<![{_JOINED}])[\u200c\u200d]|[\u200c\u200d](?![{_JOINED}])")
_REMOVED = (
    ("control_removed", _CONTROL),
    ("direction_removed", _DIRECTION),
    ("invisible_removed", _INVISIBLE),
)
_LINE_PADDING = re.compile("^[ \t]*\t", re.MULTILINE)
_PARAGRAPH_GAP = re.compile("\n{3,}")


def clean_text(raw: str, *, multiline: bool = True) -> Cleaned | Problem:
    """The text as it may be stored, or `text_too_long` if more than `MAX_TEXT` characters remain.

    Taken out and noted with their number: control characters, marks of writing direction,
    characters without width. Unpaired surrogates become the replacement character. Put in order
    without a note: Unicode form NFC, line breaks, tabs and blanks that pad the lines, more than
    one empty line in a row. With `multiline=False` every run of blanks becomes one space, as a
    subject or a name wants it. Cleaning twice changes nothing.
    """
    text, counts = _whole_characters(raw)
    text = _LINE_BREAK.sub("\n", text)
    for code, pattern in _REMOVED:
        text, counts[code] = pattern.subn("", text)
    text, loose = _composed(text)
    counts["invisible_removed"] += loose
    text = _without_padding(text) if multiline else " ".join(text.split())
    if len(text) > MAX_TEXT:
        facts = {"length": str(len(text)), "limit": str(MAX_TEXT)}
        return Problem(code="text_too_long", facts=facts)
    notes = (Problem(code=code, facts={"count": str(n)}) for code, n in counts.items() if n)
    return Cleaned(text=text, notes=tuple(notes))


def _whole_characters(raw: str) -> tuple[str, dict[str, int]]:
    """Surrogate pairs joined to the character they mean; UTF-8 has no way to store a lone half."""
    if raw.isascii():
        return raw, {}
    joined = raw.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    replaced = joined.count("\N{REPLACEMENT CHARACTER}") - raw.count("\N{REPLACEMENT CHARACTER}")
    return joined, {"unreadable_replaced": replaced}


def _composed(text: str) -> tuple[str, int]:
    """Form NFC without loose joiners. Each can make room for the other: until nothing changes."""
    text, loose = unicodedata.normalize("NFC", text), 0
    while True:
        joined, removed = _LOOSE_JOINER.subn("", text)
        if not removed:
            return text, loose
        text, loose = unicodedata.normalize("NFC", joined), loose + removed


def _without_padding(text: str) -> str:
    lines = (line.rstrip() for line in _LINE_PADDING.sub("", text).split("\n"))
    return _PARAGRAPH_GAP.sub("\n\n", "\n".join(lines)).strip()


_HALF_WIDTH = {
    full: full - 0xFEE0
    for first, last in (("０", "９"), ("Ａ", "Ｚ"), ("ａ", "ｚ"))
    for full in range(ord(first), ord(last) + 1)
}


def fold_width(text: str) -> str:
    """Full-width digits and letters (１２Ａ) as ordinary ones. Chinese punctuation stays."""
    return text.translate(_HALF_WIDTH)


_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015－．.·()（）/]+")


def normal_phone(raw: str) -> str | Problem:
    """A phone number as its digits alone, so that one number is always written one way.

    Mainland numbers lose +86 and keep the 0 of their area code; numbers abroad keep + and the
    country code. Whether a range is assigned is not judged: ranges are assigned every year.
    Problems: `phone_empty`, `phone_characters`, `phone_length`.
    """
    text = _SEPARATORS.sub("", fold_width(raw).replace("＋", "+"))
    if not text:
        return Problem(code="phone_empty")
    if not re.fullmatch(r"\+?[0-9]+", text):
        return Problem(code="phone_characters")
    if home := re.fullmatch(r"(?:\+|00)86(\d*)", text) or re.fullmatch(r"86(1\d{10})", text):
        return _mainland(_with_trunk_zero(home[1]))
    if abroad := re.fullmatch(r"(?:\+|00)(\d*)", text):
        return _abroad(abroad[1])
    return _mainland(text)


def _with_trunk_zero(national: str) -> str:
    """After +86 an area code lacks its 0; mobile numbers, 400 and 800 never had one."""
    if re.fullmatch(r"1\d{10}|[48]00\d{7}|0\d*", national) or not 9 <= len(national) <= 11:
        return national
    return f"0{national}"


def _mainland(digits: str) -> str | Problem:
    match digits[:1]:
        case "1":
            fits = len(digits) == 11 or 3 <= len(digits) <= 6  # a mobile phone, or 110, 12345
        case "0":
            fits = 10 <= len(digits) <= 12 and digits[1] != "0"
        case _:
            fits = 5 <= len(digits) <= 10  # 95xxx, a landline without area code, 400 xxx xxxx
    return digits if fits else Problem(code="phone_length", facts={"digits": str(len(digits))})


def _abroad(digits: str) -> str | Problem:
    if 7 <= len(digits) <= 15:  # ITU-T E.164
        return f"+{digits}"
    return Problem(code="phone_length", facts={"digits": str(len(digits))})


# GB 11643: the weights of the first 17 places, and the check digit for each remainder by 11.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
# Provinces by GB/T 2260; 81 to 83: residence permits of Hong Kong, Macao, Taiwan; 9: foreigners.
_REGION = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9[0-9]")


def id_check_digit(first_seventeen: str) -> str:
    """The 18th place that belongs to the first 17 digits of an identity number (GB 11643)."""
    total = sum(
        weight * int(digit) for weight, digit in zip(_WEIGHTS, first_seventeen, strict=True)
    )
    return _CHECK_DIGITS[total % 11]


def normal_id_number(raw: str, *, today: date | None = None) -> str | Problem:
    """A resident identity number in its one form of 18 places, with X in capitals.

    The 15 places of an old card are completed (born in 19xx, check digit computed), so that a
    person is found by either. With `today`, a day of birth after it is refused too.
    Problems: `id_empty`, `id_characters`, `id_length`, `id_region`, `id_birth_date`,
    `id_check_digit`.
    """
    text = re.sub(r"[\s\-]+", "", fold_width(raw)).upper()
    if not text:
        return Problem(code="id_empty")
    if not re.fullmatch("[0-9]+X?", text):
        return Problem(code="id_characters")
    if len(text) not in (15, 18):
        return Problem(code="id_length", facts={"length": str(len(text))})
    if not _REGION.match(text):
        return Problem(code="id_region", facts={"region": text[:2]})
    return _checked_id(text, today)


def _checked_id(text: str, today: date | None) -> str | Problem:
    body = f"{text[:6]}19{text[6:]}" if len(text) == 15 else text[:17]
    if "X" in body:
        return Problem(code="id_characters")
    birth = body[6:14]
    try:
        born = date(int(birth[:4]), int(birth[4:6]), int(birth[6:]))
    except ValueError:
        return Problem(code="id_birth_date", facts={"birth": birth})
    if born.year < 1850 or (today is not None and born > today):
        return Problem(code="id_birth_date", facts={"birth": birth})
    whole = body + id_check_digit(body)
    return whole if len(text) == 15 or whole == text else Problem(code="id_check_digit")
