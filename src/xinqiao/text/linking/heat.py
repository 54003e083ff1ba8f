"""How hot a cluster is: how many different people within its best thirty days; likes count as a logarithm."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log1p

WINDOW = 30.0
_LIKES = 0.3


@dataclass(frozen=True, slots=True)
class Voice:
    """One message of a cluster as heat sees it: its day, who wrote (only to tell two apart), likes, its text."""

    day: float
    writer: str
    likes: int
    text: str


@dataclass(frozen=True, slots=True)
class Heat:
    """`users` of all its time, `best` of its best thirty days; `apart` where one person or one text is behind it."""

    heat: float
    users: int
    best: int
    copies: int
    apart: bool


def heat(voices: Sequence[Voice]) -> Heat:
    """The heat of one cluster. A text that was sent again as it was counts once, whoever sent it."""
    first: dict[str, Voice] = {}
    for voice in sorted(voices, key=lambda one: one.day):
        first.setdefault(voice.text, voice)
    own = list(first.values())
    best = max(len({b.writer for b in own if a.day <= b.day <= a.day + WINDOW}) for a in own)
    users = len({one.writer for one in voices})
    likes = sum(max(one.likes, 0) for one in voices)
    value = best + _LIKES * log1p(likes)
    return Heat(round(value, 3), users, best, len(voices) - len(own), users < 2 or len(own) < 2)
