"""What is told of answers beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from xinqiao.matters.queries import Line


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """An earlier answer that this one nearly repeats: on which matter, of which unit, when."""

    line: Line
    unit: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Repeated:
    """Answers that repeat each other nearly word for word: how many matters have them, their words, the latest."""

    group: int
    number: int
    words: str
    latest: Sequence[Earlier]
