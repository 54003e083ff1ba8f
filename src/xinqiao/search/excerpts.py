"""Where it stands: the text around what was looked for, in pieces, so that a page can mark it and escapes the rest."""

from collections.abc import Sequence

from xinqiao.matters.found import Body
from xinqiao.search.values import Excerpt
from xinqiao.text.finding import places

#: So many characters are shown before and after, and so many places at the most.
_BEFORE, _AFTER, _MOST = 30, 90, 2
_CUT = "…"
SUBJECT = "subject"


def pieces(text: str, piece: str) -> list[tuple[str, bool]]:
    """A text in pieces, each with whether it is what was looked for; none is empty."""
    found, at = list[tuple[str, bool]](), 0
    for begin, end in places(text, piece):
        found += [(text[at:begin], False), (text[begin:end], True)]
        at = end
    found.append((text[at:], False))
    return [one for one in found if one[0]]


def excerpts(bodies: Sequence[Body], piece: str) -> list[Excerpt]:
    """The first places in these texts, the same words once; without the subject, which is shown anyhow."""
    found = list[Excerpt]()
    for body in bodies:
        where = places(body.text, piece) if body.field != SUBJECT else []
        if where:
            around = _around(body.text, where[0], piece)
            if all(around != one.pieces for one in found):
                found.append(Excerpt(field=body.field, pieces=around))
        if len(found) == _MOST:
            break
    return found


def _around(text: str, where: tuple[int, int], piece: str) -> list[tuple[str, bool]]:
    start, end = max(0, where[0] - _BEFORE), min(len(text), where[1] + _AFTER)
    before, after = _CUT if start else "", _CUT if end < len(text) else ""
    return [
        one for one in [(before, False), *pieces(text[start:end], piece), (after, False)] if one[0]
    ]
