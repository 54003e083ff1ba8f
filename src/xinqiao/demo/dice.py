"""Chance that repeats: the same key always throws the same dice."""

from random import Random


def dice(*key: object) -> Random:
    """A source of chance for this key alone, so that what one matter draws never moves another."""
    return Random("/".join(map(str, key)))  # noqa: S311 - a plan to be repeated, nothing secret


def happens(rng: Random, chance: float) -> bool:
    """Whether something of that chance (0 to 1) happens this time."""
    return rng.random() < chance
