"""Perfunctory answers: nearly the same answer to different matters, and answers that touch nothing of what was asked.

What stands in many texts (greetings, formulas, closing lines) tells nothing and is left out first.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]

from xinqiao.rules.integrity import Sign
from xinqiao.targets.integrity.peers import judge
from xinqiao.targets.integrity.values import Answer, Finding, Seen
from xinqiao.text.likeness import formulas, in_common, pieces

#: So many answers of a unit are compared with each other, the newest; a unit with more repeats itself among these, too.
MOST_COMPARED = 2000
#: A petition with fewer telling pieces is too short to say whether an answer meets it.
_LEAST_PIECES = 8


@dataclass(frozen=True, kw_only=True)
class _Read:
    """An answer with the telling pieces of both texts."""

    of: Answer
    petition: frozenset[str]
    answer: frozenset[str]


def copies(
    sign: Sign, answers: Iterable[Answer], groups: Mapping[str, str] | None = None
) -> list[Finding]:
    """Units that gave nearly the same answer to different matters far more than others."""
    return judge(sign, "copies", _copied(sign, _read(sign, answers)), groups)


def passes_by(
    sign: Sign, answers: Iterable[Answer], groups: Mapping[str, str] | None = None
) -> list[Finding]:
    """Units whose answers pass by what was asked far more than others'."""
    seen = (
        Seen(unit=one.of.unit, case=one.of.case, marked=_meets(one) < sign.limits["meets_from"])
        for one in _read(sign, answers)
        if len(one.petition) >= _LEAST_PIECES
    )
    return judge(sign, "passes_by", seen, groups)


def _read(sign: Sign, answers: Iterable[Answer]) -> list[_Read]:
    """All answers without the formulas of petitions and of answers."""
    kept = list(answers)
    asked = [pieces(one.petition) for one in kept]
    said = [pieces(one.answer) for one in kept]
    share = sign.limits["telling_below"]
    in_asked, in_said = formulas(asked, share), formulas(said, share)
    return [
        _Read(of=one, petition=petition - in_asked, answer=answer - in_said)
        for one, petition, answer in zip(kept, asked, said, strict=True)
    ]


def _meets(one: _Read) -> float:
    """The share of what the petition tells that comes back in the answer."""
    return len(one.petition & one.answer) / len(one.petition)


def _copied(sign: Sign, read: Iterable[_Read]) -> Iterator[Seen]:
    by_unit: defaultdict[str, list[_Read]] = defaultdict(list)
    for one in read:
        by_unit[one.of.unit].append(one)
    for unit in sorted(by_unit):
        own = by_unit[unit][-MOST_COMPARED:]
        copied = _near_copies(sign, own)
        for place, one in enumerate(own):
            yield Seen(unit=unit, case=one.of.case, marked=place in copied)


def _near_copies(sign: Sign, own: Sequence[_Read]) -> set[int]:
    """The places of answers that are nearly another matter's, whose petition was a different one."""
    found: set[int] = set()
    for one, other in _alike(own, sign.limits["copies_from"]):
        first, second = own[one], own[other]
        if first.of.case.matter == second.of.case.matter:
            continue
        if in_common(first.petition, second.petition) < sign.limits["petitions_below"]:
            found |= {one, other}
    return found


def _alike(own: Sequence[_Read], share: float) -> Iterator[tuple[int, int]]:
    """Pairs of answers with this share of telling pieces in common, by one product of sparse matrices.

    Answers of formulas alone are alike, too.
    """
    numbers = {piece: n for n, piece in enumerate(sorted({p for one in own for p in one.answer}))}
    rows = [place for place, one in enumerate(own) for _ in one.answer]
    columns = [numbers[piece] for one in own for piece in sorted(one.answer)]
    table = sparse.csr_matrix(
        (np.ones(len(rows)), (rows, columns)), shape=(len(own), max(len(numbers), 1))
    )
    common = sparse.triu(table @ table.T, 1).tocoo()
    size = np.array([len(one.answer) for one in own], dtype=float)
    near = 2 * common.data >= share * (size[common.row] + size[common.col])
    for one, other in zip(common.row[near], common.col[near], strict=True):
        yield int(one), int(other)
    empty = [place for place, n in enumerate(size) if n == 0]
    yield from pairwise(empty)
