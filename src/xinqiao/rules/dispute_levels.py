"""How likely a dispute is to grow: levels, their criteria and limits, read from `dispute_levels.toml`.

A level is told from answers about the matter and the place, and says on which criteria it rests.
"""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One reason for a level. With a number it is met by the size alone; else it is a question of yes or no."""

    code: str
    households: int = 0
    people: int = 0

    @property
    def asked(self) -> bool:
        """Whether a person has to answer it."""
        return not (self.households or self.people)

    def met(self, households: int, people: int, yes: Collection[str]) -> bool:
        if self.asked:
            return self.code in yes
        by_people = 0 < self.people <= people
        return by_people or 0 < self.households <= households


@dataclass(frozen=True, kw_only=True)
class Level:
    """A level: its criteria, and in how many working days a unit takes a dispute of this level."""

    code: str
    acknowledge_within: int
    criteria: Sequence[Criterion]


@dataclass(frozen=True, kw_only=True)
class Judged:
    """The level that the answers lead to, and the criteria of it that are met."""

    level: str
    because: tuple[str, ...]


@cache
def levels() -> Mapping[str, Level]:
    """All levels by code, the gravest first."""
    file = resources.files("xinqiao.rules") / "dispute_levels.toml"
    rows = tomllib.loads(file.read_text(encoding="utf-8"))["level"]
    return {row["code"]: _level(row) for row in rows}


def _level(row: Mapping[str, Any]) -> Level:
    criteria = tuple(Criterion(**one) for one in row.get("criterion", ()))
    return Level(code=row["code"], acknowledge_within=row["acknowledge_within"], criteria=criteria)


def questions() -> tuple[str, ...]:
    """The criteria that a person answers, in the order of the levels."""
    return tuple(one.code for level in levels().values() for one in level.criteria if one.asked)


def judge(households: int, people: int, yes: Collection[str]) -> Judged:
    """The level of a dispute of this size in which these questions were answered with yes."""
    lowest = ""
    for level in levels().values():
        lowest = level.code
        because = tuple(one.code for one in level.criteria if one.met(households, people, yes))
        if because:
            return Judged(level=level.code, because=because)
    return Judged(level=lowest, because=())


def rank(level: str) -> int:
    """0 for the gravest."""
    return list(levels()).index(level)
