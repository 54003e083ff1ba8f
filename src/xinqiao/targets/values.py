"""Values that targets give to doors: places, periods, figures."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Scale(StrEnum):
    """What a figure is summed up by."""

    UNIT = "unit"
    REGION = "region"


@dataclass(frozen=True, kw_only=True)
class Place:
    """A unit or a region, with all units or regions below it."""

    scale: Scale
    code: str


@dataclass(frozen=True, kw_only=True)
class Period:
    """From `first` until before `end`."""

    first: date
    end: date


@dataclass(frozen=True, kw_only=True)
class Figure:
    """An indicator of a place in a period as of a moment: `counts`, `of` so many in a rate; `persons` beside visits."""

    indicator: str
    place: Place
    period: Period
    as_of: datetime
    counts: int
    of: int | None = None
    persons: int = 0

    @property
    def value(self) -> float | None:
        """The rate from 0 to 1, or the number; None for a rate of nothing."""
        if self.of is None:
            return float(self.counts)
        return self.counts / self.of if self.of else None
