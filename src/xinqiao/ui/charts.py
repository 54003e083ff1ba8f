"""A chart as a value: what is drawn, and the same as a table. `{% chart one %}` puts it on a page.

The page's script `ui/vendor/charts.js` draws it on a canvas, in the colours of the page; the table stands below it, one
click away, and open where there is no script. Pages with charts load the script: `{% chart_script %}` in their head.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

Value = float | int | None
#: The lower and the upper edge of a range; None where there is none.
Range = tuple[float, float] | None


class ChartKind(StrEnum):
    LINE = "line"  # months, with bands and a target
    BARS = "bars"  # the series side by side for each label; `lying` for long names
    HEAT = "heat"  # a row for each series, a column for each label


@dataclass(frozen=True, kw_only=True)
class Series:
    """One line, set of bars, or row of tiles; None where there is no value or it is withheld."""

    name: str
    values: Sequence[Value]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """What is drawn. All sequences are as long as `labels`; values from 0 to 1 where `percent`.

    `says` tells a reader who sees no picture what there is to see, in a sentence. `first` heads the first column of the
    table. `missing` stands in the table where there is no value.
    """

    title: str
    kind: ChartKind
    labels: Sequence[str]
    series: Sequence[Series]
    says: str
    first: str
    band80: Sequence[Range] | None = None
    band95: Sequence[Range] | None = None
    target: float | None = None
    percent: bool = False
    lying: bool = False
    stacked: bool = False
    missing: str = "—"
    #: What is to be said of it, below the drawing.
    note: str = ""
    #: Whether the title stands above the drawing; else the page says it.
    titled: bool = True
    _bands: Sequence[str] = field(default=("band80", "band95"), repr=False)

    @property
    def tall(self) -> str:
        """How tall the drawing has to be, as the end of a class: a row of names needs its room."""
        rows = len(self.labels) if self.lying else len(self.series)
        if not (self.lying or self.kind is ChartKind.HEAT):
            return "middle"
        return "middle" if rows <= 6 else "tall" if rows <= 14 else "taller"

    def data(self) -> dict[str, Any]:
        """What the script draws."""
        return {
            "kind": self.kind.value, "labels": list(self.labels),
            "series": [{"name": one.name, "values": list(one.values)} for one in self.series],
            "band80": _listed(self.band80), "band95": _listed(self.band95),
            "target": self.target, "percent": self.percent, "lying": self.lying, "stacked": self.stacked,
            "words": {"target": _("Target"), "band80": _band("80 %"), "band95": _band("95 %")},
        }  # fmt: skip

    def columns(self) -> list[str]:
        """The headings of the table, after the first."""
        words = self.data()["words"]
        ranges = [words[name] for name in self._bands if getattr(self, name) is not None]
        return [*(one.name for one in self.series), *ranges]

    def rows(self) -> list[tuple[str, list[Any]]]:
        """The lines of the table: its label, then a cell a column; a range as a pair."""
        ranges = [band for name in self._bands if (band := getattr(self, name)) is not None]
        columns = [*(one.values for one in self.series), *ranges]
        return [
            (label, [column[place] for column in columns])
            for place, label in enumerate(self.labels)
        ]


def _listed(band: Sequence[Range] | None) -> list[Sequence[float] | None] | None:
    return None if band is None else [None if one is None else list(one) for one in band]


def spark(values: Sequence[Value], *, width: int = 96, height: int = 24) -> str:
    """The points of a small line without axes, as an SVG polyline wants them; nothing for less than two values."""
    known = [(place, value) for place, value in enumerate(values) if value is not None]
    if len(known) < 2:
        return ""
    low = min(value for _place, value in known)
    span = max(value for _place, value in known) - low
    step = (width - 4) / max(len(values) - 1, 1)
    return " ".join(
        f"{2 + place * step:.1f},{height - 3 - (height - 6) * ((value - low) / span if span else 0.5):.1f}"
        for place, value in known
    )


def _band(share: str) -> str:
    return _("%(share)s range") % {"share": share}
