"""What two texts have in common, in words that a person can check: the longest runs of characters of both."""

import re
from difflib import SequenceMatcher

from xinqiao.text.folding import fold

#: Of a run so many characters at least; shorter ones are in every text.
_SHORTEST, _LONGEST = 3, 16
#: So much of each text is looked at, and so many runs are told.
_READ, _MOST = 400, 4
_BETWEEN = re.compile(r"[\s\W_]+")


def shared(one: str, other: str) -> tuple[str, ...]:
    """The longest pieces that stand in both texts, in the order of the first; at most four."""
    # What is told of the second text of a matcher is kept from one first text to the next.
    matcher = SequenceMatcher(None, "", fold(other[:_READ]), autojunk=False)
    runs = {
        run: place
        for here in _BETWEEN.split(fold(one[:_READ]))
        if len(here) >= _SHORTEST
        for run, place in _runs(here, matcher)
    }
    longest = sorted(runs, key=lambda run: (-len(run), runs[run]))
    kept: list[str] = []
    for run in longest:
        if not any(run in more for more in kept):
            kept.append(run)
    return tuple(kept[:_MOST])


def _runs(here: str, matcher: SequenceMatcher[str]) -> list[tuple[str, int]]:
    matcher.set_seq1(here)
    return [
        (here[block.a : block.a + min(block.size, _LONGEST)], block.a)
        for block in matcher.get_matching_blocks()
        if block.size >= _SHORTEST
    ]
