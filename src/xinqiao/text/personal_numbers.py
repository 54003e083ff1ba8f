"""Identity and phone numbers that stand in a text where they are not needed, or where everybody would read them."""

import re

from xinqiao.text.clean import fold_width

_IDENTITY = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}(?:18|19|20)\d{9}[0-9Xx](?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
_SHOWN = 3


def seen_in(text: str) -> list[str]:
    """The numbers found, each once, in the order of the text and shortened so that the page does not repeat them."""
    plain = fold_width(text)
    found = {match.start(): match[0] for match in _MOBILE.finditer(plain)}
    found |= {match.start(): match[0] for match in _IDENTITY.finditer(plain)}
    return list(dict.fromkeys(_shortened(found[at]) for at in sorted(found)))


def without_numbers(text: str) -> str:
    """The text with a sign in place of each such number; everything else stays as it was written."""
    plain = fold_width(text)
    spans = [match.span() for one in (_IDENTITY, _MOBILE) for match in one.finditer(plain)]
    found, at = list[str](), 0
    for begin, end in sorted(spans):
        if begin >= at:
            found += [text[at:begin], "…"]
            at = end
    return "".join([*found, text[at:]])


def _shortened(number: str) -> str:
    return f"{number[:_SHOWN]}…{number[-2:]}"
