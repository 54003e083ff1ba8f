"""Every kind of fraud that can be planted, with the part of a sign that is to find it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xinqiao.rules.integrity import Sign, signs
from xinqiao.targets.integrity import (
    bunching,
    perfunctory,
    rating_origin,
    refused,
    registration,
    relabelling,
    reopening,
)
from xinqiao.targets.integrity.planting import days, marks, words
from xinqiao.targets.integrity.planting.units import Chance
from xinqiao.targets.integrity.values import Finding


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`clean` makes the records of a year, `plant` puts the fraud into one unit, `find` is the part of the sign."""

    sign: str
    part: str
    clean: Callable[[Chance], Sequence[Any]]
    plant: Callable[[Sequence[Any], str, float, Chance], Sequence[Any]]
    find: Callable[[Sign, Sequence[Any]], list[Finding]]
    could: Callable[[Any], bool] = lambda _one: True  # whether a record could show the fraud

    def findings(self, rows: Sequence[Any]) -> list[Finding]:
        """What the sign says of these records."""
        return self.find(signs()[self.sign], rows)


def _again(sign: Sign, rows: Sequence[Any]) -> list[Finding]:
    return reopening.again(sign, rows, days.TODAY)


KINDS: Mapping[str, Kind] = {
    f"{one.sign}.{one.part}": one
    for one in (
        Kind(sign="bunching", part="limit", clean=days.answers, plant=days.plant_bunching, find=bunching.limit,
             could=days.near_limit),
        Kind(sign="registration", part="late", clean=days.arrivals, plant=days.plant_late, find=registration.late),
        Kind(sign="registration", part="unknown", clean=days.above, plant=days.plant_unknown,
             find=registration.unknown),
        Kind(sign="relabelling", part="first", clean=words.repeats, plant=words.plant_relabelling,
             find=relabelling.first),
        Kind(sign="reopening", part="again", clean=days.closings, plant=days.plant_reopening, find=_again),
        Kind(sign="perfunctory", part="copies", clean=words.answers, plant=words.plant_copies,
             find=perfunctory.copies),
        Kind(sign="perfunctory", part="passes_by", clean=words.answers, plant=words.plant_passing_by,
             find=perfunctory.passes_by),
        Kind(sign="rating_origin", part="own_network", clean=marks.ratings, plant=marks.plant_own_network,
             find=rating_origin.own_network),
        Kind(sign="rating_origin", part="bursts", clean=marks.ratings, plant=marks.plant_bursts,
             find=rating_origin.bursts),
        Kind(sign="refused", part="rate", clean=marks.decisions, plant=marks.plant_refused, find=refused.rate),
        Kind(sign="refused", part="overturned", clean=marks.refusals, plant=marks.plant_overturned,
             find=refused.overturned),
    )
}  # fmt: skip
