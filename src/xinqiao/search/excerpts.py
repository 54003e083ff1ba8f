"""Where it stands: the text around what was looked for, in pieces, so that a page can mark it and escapes the rest."""

from collections.abc import Sequence

from xinqiao.matters.found import Body
from xinqiao.search.values import Excerpt
from xinqiao.text.finding import places, plain

#: So many characters are shown before and after, and so many places at the most.
_BEFORE, _AFTER, _MOST = 30, 90, 2
#: Of so many pieces a place is shown.
_MOST_PIECES = 3
_CUT = "…"
SUBJECT = "subject"


def pieces(text: str, looked_for: Sequence[str]) -> list[tuple[str, bool]]:
    """A text in pieces, each with whether it is what was looked for; none is empty."""
    found, at = list[tuple[str, bool]](), 0
    for begin, end in places(text, looked_for):
        found += [(text[at:begin], False), (text[begin:end], True)]
        at = end
    found.append((text[at:], False))
    return [one for one in found if one[0]]


def excerpts(bodies: Sequence[Body], looked_for: Sequence[str]) -> list[Excerpt]:
    """The first places in these texts, the same words once; without the subject, which is shown anyhow.

    Of one piece two places; of several, one for each that is not seen in those before.
    """
    told, found = [body for body in bodies if body.field != SUBJECT], list[Excerpt]()
    for piece in looked_for[:_MOST_PIECES]:
        if not any(piece in plain(_read(one.pieces)) for one in found):
            found += _first(told, piece, looked_for, _MOST if len(looked_for) == 1 else 1)
    return found


def _first(
    bodies: Sequence[Body], piece: str, looked_for: Sequence[str], most: int
) -> list[Excerpt]:
    """Where one piece stands first, with all that was looked for marked around it."""
    found = list[Excerpt]()
    for body in bodies:
        where = places(body.text, [piece])
        if where:
            around = _around(body.text, where[0], looked_for)
            if all(around != one.pieces for one in found):
                found.append(Excerpt(field=body.field, pieces=around))
        if len(found) == most:
            break
    return found


def _around(text: str, where: tuple[int, int], looked_for: Sequence[str]) -> list[tuple[str, bool]]:
    start, end = max(0, where[0] - _BEFORE), min(len(text), where[1] + _AFTER)
    before, after = _CUT if start else "", _CUT if end < len(text) else ""
    cut = [(before, False), *pieces(text[start:end], looked_for), (after, False)]
    return [one for one in cut if one[0]]


def _read(around: Sequence[tuple[str, bool]]) -> str:
    return "".join(text for text, _ in around)
