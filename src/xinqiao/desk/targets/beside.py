"""What stands beside a figure: its target, what is expected of the year, and signs that it may not tell the truth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from xinqiao.desk.targets.asking import Asked
from xinqiao.ui.charts import Range


@dataclass(frozen=True, kw_only=True)
class Ahead:
    """The rest of the year as it is expected, month by month, and the whole year."""

    band80: Mapping[date, Range] = field(default_factory=dict)
    band95: Mapping[date, Range] = field(default_factory=dict)
    mean: float
    low: float
    high: float
    naive: bool = False


@dataclass(frozen=True, kw_only=True)
class Aim:
    """A target of the year; `value` as figures are (a rate from 0 to 1)."""

    value: float | None
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Sign:
    """A sign of integrity in words, with where its cases are."""

    words: str
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class Beside:
    """All of it, by indicator."""

    aims: Mapping[str, Aim] = field(default_factory=dict)
    ahead: Mapping[str, Ahead] = field(default_factory=dict)
    signs: Mapping[str, Sequence[Sign]] = field(default_factory=dict)


def beside(asked: Asked, ids: Sequence[str]) -> Beside:
    """What is known of these indicators for the place and the year."""
    del asked, ids
    return Beside()
