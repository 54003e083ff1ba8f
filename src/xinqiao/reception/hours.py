"""Opening hours as people write them: "8:30-12:00 14:30-17:30", also with 至, ～ and full-width signs."""

import re
from collections.abc import Sequence
from datetime import time
from itertools import pairwise

from xinqiao.reception.values import Span
from xinqiao.text.clean import fold_width

_SPAN = re.compile(r"(\d{1,2})[:.](\d{2})\s*(?:-|–|—|~|至|到)+\s*(\d{1,2})[:.](\d{2})")
_BETWEEN = re.compile(r"[\s,;、和及and]*", re.IGNORECASE)
_FOLDED = str.maketrans({"：": ":", "～": "~", "－": "-", "，": ",", "；": ";", "．": "."})


class NotHours(ValueError):
    """What was typed does not say from when to when."""


def read(typed: str) -> list[Span]:
    """The spans in order; none for nothing.

    Raises NotHours for what cannot be read, ends before it begins, or overlaps.
    """
    text = fold_width(typed).translate(_FOLDED).strip()
    spans = sorted(_span(match) for match in _SPAN.finditer(text))
    if not _BETWEEN.fullmatch(_SPAN.sub(" ", text)):
        raise NotHours(typed)
    if any(earlier[1] > later[0] for earlier, later in pairwise(spans)):
        raise NotHours(typed)
    return spans


def written(spans: Sequence[Span]) -> str:
    """The spans as `read` takes them."""
    return " ".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in spans)


def _span(match: re.Match[str]) -> Span:
    first, second, third, fourth = (int(part) for part in match.groups())
    try:
        opens, closes = time(first, second), time(third, fourth)
    except ValueError as fault:
        raise NotHours(match[0]) from fault
    if opens >= closes:
        raise NotHours(match[0])
    return opens, closes
