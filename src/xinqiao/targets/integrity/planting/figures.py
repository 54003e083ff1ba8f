"""How much of what was planted the signs find, and how often they speak where nothing was planted."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from xinqiao.rules.integrity import signs
from xinqiao.targets.integrity.planting.kinds import KINDS, Kind
from xinqiao.targets.integrity.planting.units import Chance

#: The seeds of which figures are given begin here; the thresholds were chosen looking at lower ones only.
FIRST_SEED = 400_000
#: The fraud that has to be found: so much of what could be tampered with.
STANDARD = 0.5
STRENGTHS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.7)
#: Fraud is planted into units with so many things a year that could show it, and beside, into the smaller ones.
ENOUGH = 50


@dataclass(kw_only=True)
class Share:
    """So many of so many."""

    hits: int = 0
    of: int = 0

    def add(self, hit: bool) -> None:
        self.hits, self.of = self.hits + hit, self.of + 1

    @property
    def value(self) -> float | None:
        return self.hits / self.of if self.of else None


@dataclass(kw_only=True)
class Figures:
    """Of one kind: found by strength, found in small units, and false alarms.

    `clean_places` are places without any fraud for which the sign spoke at all, `clean_units` the units of which it
    did; `beside` honest units of places in which another one is fraudulent.
    """

    found: dict[float, Share] = field(default_factory=dict)
    small: Share = field(default_factory=Share)
    clean_places: Share = field(default_factory=Share)
    clean_units: Share = field(default_factory=Share)
    beside: Share = field(default_factory=Share)


def measure(
    seeds: Iterable[int], kinds: Sequence[str] = (), strengths: Sequence[float] = STRENGTHS
) -> dict[str, Figures]:
    """The figures of these kinds (all), each over these seeds."""
    rows = list(seeds)
    return {name: _measured(KINDS[name], rows, strengths) for name in kinds or KINDS}


def _measured(kind: Kind, seeds: Sequence[int], strengths: Sequence[float]) -> Figures:
    figures = Figures(found={one: Share() for one in strengths})
    for seed in seeds:
        chance = np.random.default_rng([seed, *kind.part.encode()])
        rows = kind.clean(chance)
        sizes = Counter(one.unit for one in rows if kind.could(one))
        flagged = {one.unit for one in kind.findings(rows)}
        figures.clean_places.add(bool(flagged))
        for unit in sizes:
            figures.clean_units.add(unit in flagged)
        _plant(kind, rows, sizes, figures, chance)
    return figures


def _plant(
    kind: Kind, rows: Sequence[Any], sizes: Mapping[str, int], figures: Figures, chance: Chance
) -> None:
    """Each strength into a unit with enough things; the standard one into a small unit, too."""
    large = sorted(unit for unit, size in sizes.items() if size >= ENOUGH)
    least = signs()[kind.sign].limits["least"]
    small = sorted(unit for unit, size in sizes.items() if least <= size < ENOUGH)
    for strength, share in figures.found.items():
        unit = large[int(chance.integers(len(large)))]
        flagged = {one.unit for one in kind.findings(kind.plant(rows, unit, strength, chance))}
        share.add(unit in flagged)
        if strength == STANDARD:
            for other in sizes.keys() - {unit}:
                figures.beside.add(other in flagged)
    if small:
        unit = small[int(chance.integers(len(small)))]
        found = kind.findings(kind.plant(rows, unit, STANDARD, chance))
        figures.small.add(any(one.unit == unit for one in found))
