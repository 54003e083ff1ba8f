"""What only shows beside other answers: copies of one another, and whether an answer is about its own question."""

import math
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from xinqiao.text.folding import fold
from xinqiao.text.likeness import in_common, pieces, sketch

COPY = 0.8  # of two answers' pieces in common
SHORTEST = 30  # pieces; shorter answers are alike without being copied
_SKETCH = 48
_CANDIDATES = 8
_READ_EACH = 256  # of the answers that share a mark, and of the questions that share a piece, so many are looked at
_TELLING = 24  # the rarest pieces of a question, which stand for it
_COMMON = 0.05  # a piece in a larger share of the questions finds no candidate


def copies(answers: Sequence[str]) -> list[int | None]:
    """For each answer the place of the earlier one that it is a near-copy of, the likest; None where there is none."""
    found: list[int | None] = []
    known: list[frozenset[str]] = []
    where: defaultdict[int, list[int]] = defaultdict(list)
    for place, answer in enumerate(answers):
        own = _pieces(answer)
        known.append(own)
        marks = sketch(own, _SKETCH)
        shared = Counter(other for mark in marks for other in where[mark][-_READ_EACH:])
        likest = max(
            (
                (in_common(own, known[other]), -other)
                for other, _ in shared.most_common(_CANDIDATES)
            ),
            default=(0.0, 0),
        )
        found.append(-likest[1] if len(own) >= SHORTEST and likest[0] >= COPY else None)
        for mark in marks if len(own) >= SHORTEST else ():
            where[mark].append(place)
    return found


def own_and_other(questions: Sequence[str], answers: Sequence[str]) -> list[tuple[float, float]]:
    """How like each answer is to its own question, and how like it is to it the answer to the likest other question.

    Both from 0 to 1. Where the second is larger, the answer may be about something else.
    """
    asked = [_pieces(one) for one in questions]
    said = [_pieces(one) for one in answers]
    rates = _rates(asked)
    nearest = _nearest(asked, rates)
    return [
        (
            _covered(own, said[place], rates),
            _covered(own, said[nearest[place]], rates) if nearest[place] is not None else 0.0,  # type: ignore[index]
        )
        for place, own in enumerate(asked)
    ]


def _pieces(text: str) -> frozenset[str]:
    """The pieces of a text; one that stands in many texts is held in memory once."""
    return frozenset(map(sys.intern, pieces(fold(text))))


def _rates(asked: Sequence[frozenset[str]]) -> Mapping[str, float]:
    seen = Counter(piece for one in asked for piece in one)
    return {piece: math.log((1 + len(asked)) / n) for piece, n in seen.items()}


def _nearest(asked: Sequence[frozenset[str]], rates: Mapping[str, float]) -> list[int | None]:
    """The likest other question by the rarest pieces that both have; copies of a question are no other."""
    commonest = math.log((1 + len(asked)) / max(_COMMON * len(asked), 2))
    marks = [
        sorted((piece for piece in one if rates[piece] >= commonest), key=lambda p: (-rates[p], p))
        for one in asked
    ]
    marks = [[p for p in one if rates[p] < math.log(1 + len(asked))][:_TELLING] for one in marks]
    where: defaultdict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(marks):
        for piece in one:
            where[piece].append(place)
    found: list[int | None] = []
    for place, one in enumerate(marks):
        score: defaultdict[int, float] = defaultdict(float)
        for piece in one:
            for other in where[piece][:_READ_EACH]:
                score[other] += rates[piece]
        best = sorted((o for o in score if o != place), key=lambda o: (-score[o], o))[:_CANDIDATES]
        found.append(next((o for o in best if in_common(asked[place], asked[o]) < COPY), None))
    return found


def _covered(question: frozenset[str], answer: frozenset[str], rates: Mapping[str, float]) -> float:
    """The share of a question's telling pieces, by how telling they are, over the length of the answer's own."""
    whole = math.fsum(rates[piece] for piece in question)  # in any order the same to the last digit
    shared = math.fsum(rates[piece] for piece in question & answer)
    length = 1 + math.fsum(rates.get(piece, 0.0) for piece in answer)
    return shared / math.sqrt(whole * length) if whole else 0.0
