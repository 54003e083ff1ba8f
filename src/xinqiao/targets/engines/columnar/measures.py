"""Of which columns an indicator is added up: what several indicators ask of the same facts is counted once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from xinqiao.rules.conditions import NEVER, Condition, names
from xinqiao.rules.counting import What
from xinqiao.rules.indicators import Indicator


class How(StrEnum):
    """What a measure tells of its facts."""

    MANY = "many"  # how many they are
    PERSONS = "persons"  # how many persons
    GREATEST = "greatest"  # the greatest number of days from `since` to `until`
    PERCENTILE = "percentile"  # the smallest number of days that so many percent do not exceed

    @property
    def together(self) -> str:
        """How two of them are put together: "sum", or the greatest ("max")."""
        return "max" if self is How.GREATEST else "sum"


class Measure(NamedTuple):
    """A column: one number of each place and period, of the facts of a kind of which a condition holds."""

    how: How
    what: What
    stock: bool
    where: Condition
    since: str = ""
    until: str = ""
    percentile: int = 0

    @property
    def asked(self) -> frozenset[str]:
        """The columns of facts and the moments that it looks at."""
        return names(self.where) | ({self.since, self.until} - {""})


#: The name of the column of each measure.
Columns = Mapping[Measure, str]


@dataclass(frozen=True)
class Told:
    """What an indicator tells: measures that are added up, or one of days (`of` 1 where there are any).

    `of` None: a number.
    """

    counts: tuple[Measure, ...] = ()
    of: tuple[Measure, ...] | None = None
    persons: tuple[Measure, ...] = ()
    days: Measure | None = None

    @property
    def is_number(self) -> bool:
        """Whether it is told of nothing: no rate, no days."""
        return self.of is None and self.days is None

    def __iter__(self) -> Iterator[Measure]:
        yield from (*self.counts, *(self.of or ()), *self.persons)
        if self.days is not None:
            yield self.days


def told(indicator: Indicator) -> Told:
    """The measures of an indicator."""
    stock = indicator.stock
    if (days := indicator.days) is not None:
        how = How.GREATEST if days.percentile == 100 else How.PERCENTILE
        span = (days.since, days.until, days.percentile)
        return Told(days=Measure(how, days.what, stock, days.where, *span))
    counted = [(part.what, stock, part.counts) for part in indicator.parts if part.counts != NEVER]
    of = [(part.what, stock, part.of) for part in indicator.parts if part.of is not None]
    return Told(
        counts=tuple(Measure(How.MANY, *facts) for facts in counted),
        of=tuple(Measure(How.MANY, *facts) for facts in of) if of else None,
        persons=tuple(Measure(How.PERSONS, *facts) for facts in counted),
    )


def columns(every: Iterable[Told]) -> Columns:
    """Each measure once, with the name of its column."""
    measures = dict.fromkeys(measure for one in every for measure in one)
    return {measure: f"m{number}" for number, measure in enumerate(measures)}
