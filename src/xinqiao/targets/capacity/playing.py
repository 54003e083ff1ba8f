"""The queue of a unit, played event by event. Needs the extra `analytics`. The same seed gives the same play."""

from collections import defaultdict
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import simpy

from xinqiao.targets.capacity.fitting import Fitted, Job, Worked

#: A case takes what one of its category took where so many are known, else what any took.
_ENOUGH = 8
#: More petitions come within so many working days of those that came.
_NEAR = 3


@dataclass(kw_only=True)
class Tally:
    """Of the cases that count: how many, how many in time, and the working days they lay before somebody began."""

    cases: int = 0
    in_time: int = 0
    waited: int = 0


def play(unit: Fitted, at_once: int, growth: float, seed: str) -> Tally:
    """One year of a unit with so many cases worked on at a time, whoever came first first."""
    tally = Tally()
    if not unit.worked:
        return tally
    by_category = _by_category(unit.worked)
    office = simpy.Environment()
    desks = simpy.Resource(office, capacity=at_once)
    for place, job in enumerate(unit.jobs):
        # Dice of its own: whatever else is asked, this case takes what it took.
        dice = Random(f"{seed}-{place}")  # noqa: S311  a simulation, no secret
        for came in _comings(job, growth, dice):
            taken = _like(job, by_category, unit.worked, dice)
            office.process(_case(office, desks, came, taken, tally if job.counted else Tally()))
    office.run()
    return tally


def _comings(job: Job, growth: float, dice: Random) -> list[int]:
    """The days on which this case comes: once, more often where petitions grow, perhaps never where they fall.

    The dice are thrown alike whatever the growth, so that two questions differ by their answers alone.
    """
    chance, near = dice.random(), [dice.randint(-_NEAR, _NEAR) for _ in range(_NEAR)]
    if growth < 0:
        return [job.came] if chance >= -growth else []
    more = int(growth) + (chance < growth % 1)
    return [job.came, *(max(0, job.came + near[one % _NEAR]) for one in range(more))]


def _like(
    job: Job, by_category: Mapping[str, Sequence[Worked]], worked: Sequence[Worked], dice: Random
) -> Worked:
    same = by_category.get(job.category, ())
    return dice.choice(same if len(same) >= _ENOUGH else worked)


def _by_category(worked: Sequence[Worked]) -> Mapping[str, Sequence[Worked]]:
    found: defaultdict[str, list[Worked]] = defaultdict(list)
    for one in worked:
        found[one.category].append(one)
    return found


def _case(
    office: simpy.Environment, desks: simpy.Resource, came: int, taken: Worked, tally: Tally
) -> Generator[Any, Any, None]:
    """A case comes, waits for somebody, is worked on and answered; one that lies about keeps nobody busy."""
    yield office.timeout(came)
    tally.cases += 1
    if taken.work is None:
        return
    with desks.request() as turn:
        yield turn
        waited = int(office.now) - came
        tally.waited += waited
        yield office.timeout(taken.work)
        tally.in_time += waited + taken.work <= taken.allowed
