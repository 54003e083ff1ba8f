"""What else goes on in the demonstration city when its matters have been played: a chapter for each capability."""

from collections import Counter
from collections.abc import Callable
from random import Random

from django.db import transaction

from xinqiao.demo import (
    disputes,
    group_visits,
    hotspots,
    leadership,
    public_decisions,
    reception_days,
    relief,
    supervision,
    targets,
)
from xinqiao.demo.chapter import Chapter, City, Refused, at

__all__ = ["CHAPTERS", "Chapter", "City", "Refused", "at", "play"]
CHAPTERS: dict[str, Chapter] = {
    "relief": relief.play,
    "disputes": disputes.play,
    "public_decisions": public_decisions.chapter,
    "leadership": leadership.chapter,
    "supervision": supervision.play,
    "reception_days": reception_days.play,
    "group_visits": group_visits.play,
    "hotspots": hotspots.play,
    "targets": targets.play,
}


def play(city: City, seed: int, tick: Callable[[str], None] = lambda _: None) -> Refused:
    """All chapters in their order; `tick` is told the name of each when it is done."""
    refused: Refused = Counter()
    for name, chapter in CHAPTERS.items():
        with transaction.atomic():  # one commit a chapter: thousands would wait for the disk
            refused += chapter(city, Random(f"{seed} {name}"))  # noqa: S311  dice of a demonstration
        tick(name)
    with transaction.atomic():
        supervision.reads_on(city)
    return refused
