"""What is asked of a copy, and its tables."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.indicators import Indicator
from xinqiao.targets.values import Period


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


@dataclass(frozen=True, kw_only=True)
class Copy:
    """The tables of a copy on an engine: `facts`, and `above` with every code and those above it."""

    facts: Any
    above: Any
