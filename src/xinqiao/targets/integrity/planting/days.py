"""Days: answers and their limits, registration, closing; honest, and with fraud planted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from xinqiao.targets.integrity.planting.units import (
    DAYS,
    YEAR,
    Chance,
    Numbers,
    day,
    happens,
    rate_of,
    some,
    units,
)
from xinqiao.targets.integrity.values import Above, Arrived, Closed, Done

#: Days that an answer may take, and how honest units use them.
_LIMIT = 60
_CHANNELS = ("letter", "letter", "letter", "visit", "visit", "call")
#: Days that a contact is on its way or lies before registration, by channel.
_USUAL_GAP = {"letter": 3.0, "visit": 0.6, "call": 0.4}


def answers(chance: Chance) -> list[Done]:
    """Answers of a year: units are quick or slow, and hurry more or less when the limit comes near."""
    made, numbers = [], Numbers()
    for unit, size in units(chance).sizes.items():
        middle = chance.lognormal(0, 0.2) * 41
        hurries = chance.uniform(0.2, 0.6)
        for _ in range(size):
            took = int(chance.lognormal(0, 0.45) * middle) + 1
            if _LIMIT < took <= _LIMIT + 20 and happens(chance, hurries):
                took = _LIMIT - int(min(chance.exponential(4.0), 20))
            due = day(chance)
            made.append(
                Done(
                    unit=unit,
                    case=numbers.case(),
                    due=due,
                    done=due - timedelta(days=_LIMIT - took),
                )
            )
    return made


def near_limit(one: Done) -> bool:
    """Done in the days around its limit."""
    return abs((one.due - one.done).days) <= 12


def plant_bunching(rows: Sequence[Done], unit: str, strength: float, chance: Chance) -> list[Done]:
    """The unit enters for this share of its late answers a day just before the limit.

    Who does so has something to hide: a third of its answers were late.
    """
    made = []
    for one in rows:
        if one.unit != unit:
            made.append(one)
            continue
        done = one.done
        if done <= one.due and happens(chance, 0.25):
            done = one.due + timedelta(days=int(chance.integers(1, 45)))
        if done > one.due and happens(chance, strength):
            done = one.due - timedelta(days=int(chance.integers(0, 3)))
        made.append(replace(one, done=done))
    return made


def arrivals(chance: Chance) -> list[Arrived]:
    """Contacts of a year with their own dates: letters are on their way for days, some offices open them late."""
    made, numbers = [], Numbers()
    for unit, size in units(chance, 220).sizes.items():
        slow, piles = chance.lognormal(0, 0.25), rate_of(chance, 0.03)
        for _ in range(size):
            channel, own = some(chance, _CHANNELS), day(chance)
            gap = int(chance.exponential(_USUAL_GAP[channel] * slow))
            if happens(chance, piles):  # holidays, a clerk away
                gap += int(chance.integers(3, 20))
            made.append(
                Arrived(
                    unit=unit, case=numbers.case(), channel=channel, own_date=own, registered=own + timedelta(days=gap)
                )
            )  # fmt: skip
    return made


def plant_late(
    rows: Sequence[Arrived], unit: str, strength: float, chance: Chance
) -> list[Arrived]:
    """The unit keeps this share of its contacts back until another month."""
    return [
        replace(one, registered=one.registered + timedelta(days=int(chance.integers(8, 40))))
        if one.unit == unit and happens(chance, strength)
        else one
        for one in rows
    ]


def above(chance: Chance) -> list[Above]:
    """What came above about each unit's place; in honest places, too, some go up at once."""
    numbers = Numbers()
    made = []
    for unit, size in units(chance, 90).sizes.items():
        at_once = rate_of(chance, 0.12)
        made += [
            Above(unit=unit, case=numbers.case(), known=not happens(chance, at_once))
            for _ in range(size)
        ]
    return made


def plant_unknown(rows: Sequence[Above], unit: str, strength: float, chance: Chance) -> list[Above]:
    """The unit does not register this share of what came to it first."""
    return [
        replace(one, known=False) if one.unit == unit and happens(chance, strength) else one
        for one in rows
    ]


def closings(chance: Chance) -> list[Closed]:
    """Closed matters, some of which come back soon, and some later."""
    made, numbers = [], Numbers()
    for unit, size in units(chance).sizes.items():
        back = rate_of(chance, 0.07)
        for _ in range(size):
            closed, again = day(chance), None
            if happens(chance, back):
                again = closed + timedelta(days=int(chance.integers(2, 60)))
            elif happens(chance, 0.05):
                again = closed + timedelta(days=int(chance.integers(61, 300)))
            made.append(Closed(unit=unit, case=numbers.case(), day=closed, again=again))
    return made


def plant_reopening(
    rows: Sequence[Closed], unit: str, strength: float, chance: Chance
) -> list[Closed]:
    """The unit closes this share of its matters without settling them: they come back within weeks."""
    return [
        replace(one, again=one.day + timedelta(days=int(chance.integers(2, 55))))
        if one.unit == unit and happens(chance, strength)
        else one
        for one in rows
    ]


#: A day on which the sixty days of all of them are over.
TODAY = YEAR + timedelta(days=DAYS + 90)
