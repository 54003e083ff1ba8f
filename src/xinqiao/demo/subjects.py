"""What people petition about: the subjects of `data/subjects/`, checked once and read as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from xinqiao.demo.catalogue import read_toml
from xinqiao.rules.states import Kind, LegalPath


class Setting(StrEnum):
    """Where a subject can happen."""

    TOWN = "town"
    VILLAGE = "village"
    ANY = "any"


class Reported(StrEnum):
    """Whom a report is about."""

    VILLAGE = "village"  # a village committee, which is no unit of the directory
    TOWNSHIP = "township"
    BUREAU = "bureau"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What was found and what was decided, as alternatives of one sentence or more."""

    found: tuple[str, ...]
    decision: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Chances:
    """How often a matter of a subject takes a turn, between 0 and 1."""

    group: float = 0.0
    urgent: float = 0.0
    simple: float = 0.0
    mediation: float = 0.0
    hearing: float = 0.02
    appeal: float = 0.08
    help: float = 0.0
    conduct: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A subject of petitions with its sentences. `weight` is its share, `season` a profile of months.

    `numbers` are slots of its own as (low, high, step), `days` slots that are so many days ago,
    `ages` the ages of those who bring it, `bureaus` the trades that a report can be about;
    `guide` is what a petitioner is told whose claim belongs to another procedure.
    """

    code: str
    category: str
    kind: Kind
    path: LegalPath | None
    weight: int
    setting: Setting
    season: str
    reported: Reported | None
    bureaus: tuple[str, ...]
    organisation: bool
    chances: Chances
    title: tuple[str, ...]
    opening: tuple[str, ...]
    facts: tuple[str, ...]
    demand: tuple[str, ...]
    claim: str
    basis: str
    guide: tuple[str, ...]
    outcomes: Mapping[str, Outcome]
    ages: tuple[int, int]
    numbers: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)
    days: Mapping[str, tuple[int, int]] = field(default_factory=dict)


GROWN_UP = (22, 82)
"""The ages of petitioners where a subject does not narrow them."""

_OUTCOMES = (
    *("supported", "explained", "not_supported"),
    *("adopted", "noted"),
    *("verified", "partly", "unfounded"),
)


@cache
def subjects() -> Mapping[str, Subject]:
    """All subjects by code."""
    folder = files(__package__) / "data" / "subjects"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    rows = [row for name in names for row in read_toml(f"subjects/{name}")["subject"]]
    return {row["code"]: _subject(row) for row in rows}


def _subject(row: dict[str, Any]) -> Subject:
    chances = {name: row[name] for name in Chances.__dataclass_fields__ if name in row}
    return Subject(
        code=row["code"],
        category=row["category"],
        kind=Kind(row["kind"]),
        path=LegalPath(row["path"]) if "path" in row else None,
        weight=row["weight"],
        setting=Setting(row["setting"]),
        season=row.get("season", "even"),
        reported=Reported(row["reported"]) if "reported" in row else None,
        bureaus=tuple(row.get("bureaus", ())),
        organisation=row.get("organisation", False),
        chances=Chances(**chances),
        title=tuple(row["title"]),
        opening=tuple(row["opening"]),
        facts=tuple(row["facts"]),
        demand=tuple(row["demand"]),
        claim=row["claim"],
        basis=row.get("basis", ""),
        guide=tuple(row.get("guide", ())),
        outcomes={name: _outcome(row[name]) for name in _OUTCOMES if name in row},
        ages=tuple(row.get("ages", GROWN_UP)),
        numbers={name: (low, high, step) for name, (low, high, step) in _table(row, "numbers")},
        days={name: (low, high) for name, (low, high) in _table(row, "days")},
    )


def _table(row: dict[str, Any], name: str) -> list[tuple[str, Any]]:
    return list(row.get(name, {}).items())


def _outcome(row: dict[str, list[str]]) -> Outcome:
    return Outcome(found=tuple(row["found"]), decision=tuple(row["decision"]))
