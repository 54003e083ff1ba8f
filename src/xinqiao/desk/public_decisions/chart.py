"""The petitions of each month before and after a decision as bars: numbers for a drawing, and the same as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from xinqiao.public_decisions.values import MonthCount

WIDTH, HEIGHT = 640, 200
_FOOT, _TOP, _LEFT, _GAP = 28, 20, 34, 0.28
#: So many labels stand beside each other without touching.
_LABELS = 14


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One month: the corner and size of its bar, and what it says."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    month: date
    offset: int
    matters: int
    by_hand: int

    @property
    def quarter(self) -> bool:
        """Whether its label stays where there is little room."""
        return self.offset % 3 == 0

    @property
    def after(self) -> bool:
        return self.offset >= 0


@dataclass(frozen=True, kw_only=True)
class Chart:
    """Bars in a box of WIDTH x HEIGHT, the line where the decision took effect, and the marks of the scale."""

    bars: Sequence[Bar]
    foot: float
    effective: float
    marks: Sequence[tuple[int, float]]
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def roomy(self) -> bool:
        """Whether every month has room for its label; else those of each quarter stand for all."""
        return len(self.bars) <= _LABELS


def chart(counts: Sequence[MonthCount]) -> Chart:
    """The drawing of these months."""
    step = (WIDTH - _LEFT) / max(len(counts), 1)
    top = _rounded(max((one.matters for one in counts), default=0))
    foot = float(HEIGHT - _FOOT)
    bars = [_bar(place, one, step, top, foot) for place, one in enumerate(counts)]
    before = sum(one.offset < 0 for one in counts)
    marks = [
        (value, round(foot - (foot - _TOP) * value / top, 1))
        for value in sorted({0, top // 2, top})
    ]
    return Chart(bars=bars, foot=foot, effective=round(_LEFT + before * step, 1), marks=marks)


def _bar(place: int, one: MonthCount, step: float, top: int, foot: float) -> Bar:
    height = (foot - _TOP) * one.matters / top
    return Bar(
        x=round(_LEFT + step * (place + _GAP / 2), 1), y=round(foot - height, 1), width=round(step * (1 - _GAP), 1),
        height=round(height, 1), middle=round(_LEFT + step * (place + 0.5), 1), month=one.month, offset=one.offset,
        matters=one.matters, by_hand=one.by_hand,
    )  # fmt: skip


def _rounded(most: int) -> int:
    """The top of the scale: an even number, no smaller than the largest."""
    return max(2, most + most % 2)
