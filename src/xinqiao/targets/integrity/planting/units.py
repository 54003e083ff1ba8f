"""Units of a place as they are: large and small, quick and slow, careful and less so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np

from xinqiao.targets.integrity.values import Case

Chance = np.random.Generator
YEAR = date(2025, 1, 1)
DAYS = 365
UNITS = 24
#: Units differ in the logarithm of their odds by so much (standard deviation): 8 in a hundred here are 5 or 13 there.
APART = 0.4
CATEGORIES = ("labour", "housing", "land", "traffic", "environment", "education", "health", "other")


@dataclass(frozen=True, kw_only=True)
class Makers:
    """The units of a place with their sizes (things a year)."""

    sizes: dict[str, int]


def units(chance: Chance, typical: int = 150) -> Makers:
    """24 units, most of which have some `typical` things a year; the smallest a handful, the largest many."""
    sizes = np.clip(chance.lognormal(np.log(typical), 0.7, UNITS), 6, typical * 6).astype(int)
    return Makers(sizes={f"unit{n:02}": int(size) for n, size in enumerate(sizes)})


def rate_of(chance: Chance, usual: float, apart: float = APART) -> float:
    """The rate of one honest unit, where `usual` is that of most."""
    odds = np.log(usual / (1 - usual)) + chance.normal(0, apart)
    return float(1 / (1 + np.exp(-odds)))


def happens(chance: Chance, rate: float) -> bool:
    return bool(chance.random() < rate)


def day(chance: Chance) -> date:
    """Some day of the year."""
    return YEAR + timedelta(days=int(chance.integers(DAYS)))


def moment(chance: Chance) -> datetime:
    """Some minute of a day on which people are awake."""
    some = day(chance)
    return datetime(some.year, some.month, some.day, tzinfo=UTC) + timedelta(
        minutes=int(chance.integers(14 * 60))
    )


class Numbers:
    """Matters one after another."""

    def __init__(self) -> None:
        self._last = 0

    def case(self) -> Case:
        self._last += 1
        return Case(matter=self._last, seq=1)


def some(chance: Chance, of: Sequence[Any]) -> Any:
    """One of these."""
    return of[int(chance.integers(len(of)))]
