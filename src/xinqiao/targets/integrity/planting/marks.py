"""Ratings and decisions: honest, and with fraud planted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from xinqiao.targets.integrity.planting.units import (
    CATEGORIES,
    Chance,
    Numbers,
    happens,
    moment,
    rate_of,
    some,
    units,
)
from xinqiao.targets.integrity.values import Decided, Rated

_MARKS = (
    "satisfied satisfied yes",
    "satisfied basically yes",
    "basically basically no",
    "not not no",
)
_BEST = _MARKS[0]
#: How much of each field honest units refuse: labour matters mostly belong to arbitration.
_REFUSED = dict(zip(CATEGORIES, (0.35, 0.15, 0.25, 0.04, 0.06, 0.05, 0.05, 0.1), strict=True))


def ratings(chance: Chance) -> list[Rated]:
    """Ratings from many networks; some come from a terminal in the hall, some from phones behind one address."""
    made, numbers = [], Numbers()
    for unit, size in units(chance, 110).sizes.items():
        hall, crowd, good = rate_of(chance, 0.03), rate_of(chance, 0.02), rate_of(chance, 0.7)
        for _ in range(size):
            marks = _BEST if happens(chance, good) else some(chance, _MARKS[1:])
            own = happens(chance, hall)
            network = f"{unit} office" if own else f"net{chance.integers(5000)}"
            made.append(
                Rated(
                    unit=unit, case=numbers.case(), at=moment(chance), marks=marks, network=network, own=own
                )
            )  # fmt: skip
            if happens(chance, crowd):  # neighbours who rate together on somebody's phone
                at, shared = made[-1].at, f"village{chance.integers(900)}"
                made += [
                    Rated(
                        unit=unit, case=numbers.case(), at=at + timedelta(minutes=7 * n), marks=marks, network=shared
                    )
                    for n in range(int(chance.integers(2, 5)))
                ]  # fmt: skip
    return made


def plant_own_network(
    rows: Sequence[Rated], unit: str, strength: float, chance: Chance
) -> list[Rated]:
    """Staff of the unit enter this share of its ratings in the office."""
    return [
        replace(one, own=True, network=f"{unit} office", marks=_BEST)
        if one.unit == unit and happens(chance, strength)
        else one
        for one in rows
    ]


def plant_bursts(rows: Sequence[Rated], unit: str, strength: float, chance: Chance) -> list[Rated]:
    """Somebody enters this share of the unit's ratings from one telephone, some at a time."""
    made: list[Rated] = []
    at, left = moment(chance), 0
    for one in rows:
        if one.unit == unit and happens(chance, strength):
            if left == 0:
                at, left = moment(chance), int(chance.integers(3, 9))
            at, left = at + timedelta(minutes=int(chance.integers(1, 12))), left - 1
            made.append(replace(one, at=at, network="telephone", own=False, marks=_BEST))
        else:
            made.append(one)
    return made


def decisions(chance: Chance) -> list[Decided]:
    """What was taken and what was refused; each unit has a mixture of fields of its own."""
    made, numbers = [], Numbers()
    for unit, size in units(chance).sizes.items():
        mixture = chance.dirichlet([0.7] * len(CATEGORIES))
        strict, wrong = chance.normal(0, 0.35), rate_of(chance, 0.06)
        for _ in range(size):
            category = CATEGORIES[int(chance.choice(len(CATEGORIES), p=mixture))]
            usual = _REFUSED[category]
            odds = usual / (1 - usual) * 2.718 ** float(strict)
            refused = happens(chance, odds / (1 + odds))
            made.append(
                Decided(
                    unit=unit, case=numbers.case(), category=category, refused=refused,
                    overturned=refused and happens(chance, wrong),
                )
            )  # fmt: skip
    return made


def plant_refused(
    rows: Sequence[Decided], unit: str, strength: float, chance: Chance
) -> list[Decided]:
    """The unit refuses this share of what it would have taken."""
    return [
        replace(one, refused=True)
        if one.unit == unit and not one.refused and happens(chance, strength)
        else one
        for one in rows
    ]


def refusals(chance: Chance) -> list[Decided]:
    """The same with more refusals, so that there is something to put right."""
    numbers, made = Numbers(), []
    for unit, size in units(chance, 90).sizes.items():
        wrong = rate_of(chance, 0.06)
        made += [
            Decided(
                unit=unit, case=numbers.case(), category=some(chance, CATEGORIES), refused=True,
                overturned=happens(chance, wrong),
            )
            for _ in range(size)
        ]  # fmt: skip
    return made


def plant_overturned(
    rows: Sequence[Decided], unit: str, strength: float, chance: Chance
) -> list[Decided]:
    """This share of the unit's refusals does not stand."""
    return [
        replace(one, overturned=True) if one.unit == unit and happens(chance, strength) else one
        for one in rows
    ]
