"""What is asked of a copy, and its tables."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.indicators import Indicator
from xinqiao.targets.values import Period

if TYPE_CHECKING:
    import pyarrow as pa

#: Runs expressions, and gives their tables in their order.
Reads = Callable[[Iterable[Any]], Iterator["pa.Table"]]


class Unanswered(Exception):
    """The copy cannot be read, or the engine cannot be started; the message says what to do."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """Which indicators, in which periods (in order, none over another), as of which moment."""

    indicators: tuple[Indicator, ...]
    periods: tuple[Period, ...]
    as_of: datetime

    @property
    def day(self) -> date:
        return self.as_of.astimezone(SHANGHAI).date()

    @property
    def moment(self) -> int:
        """Microseconds since 1970, as the copy keeps moments: alike on all engines, whatever zone they run in."""
        return (self.as_of.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(
            microseconds=1
        )


def in_turn(expressions: Iterable[Any]) -> "Iterator[pa.Table]":
    """One after another, each on as much of the engine as it takes."""
    return (one.to_pyarrow() for one in expressions)


@dataclass(frozen=True, kw_only=True)
class Copy:
    """The tables of a copy on an engine: `facts`, and `above` with every code and those above it; how they are read."""

    facts: Any
    above: Any
    read: Reads = in_turn
