"""Many comparisons at once: the share of false ones among those that are told of stays below a limit."""

from collections.abc import Sequence


def allowed_for(chances: Sequence[float]) -> list[float]:
    """Chances with all of them allowed for (Benjamini and Hochberg), in the same order.

    Who tells of those up to 0.05 tells in the long run of at most 5 % false ones.
    """
    order = sorted(range(len(chances)), key=lambda one: -chances[one])
    found, least = [1.0] * len(chances), 1.0
    for place, one in enumerate(order):
        least = min(least, chances[one] * len(chances) / (len(chances) - place))
        found[one] = least
    return found
