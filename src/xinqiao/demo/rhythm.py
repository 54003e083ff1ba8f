"""How much comes in and when: the arrivals of three years, with their seasons and hot spots."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any, Literal

from xinqiao.demo.catalogue import read_toml
from xinqiao.demo.dice import dice, happens
from xinqiao.demo.subjects import Subject, subjects
from xinqiao.demo.workclock import DAY, WorkClock
from xinqiao.rules.entries import SHANGHAI

Size = Literal["small", "city"]
YEARS = 3
_GROUP_CHANNEL = "visit"
_ECHO_CHANCE = 0.012
_LEAST_AT_SPOT = 7
_ONLINE_HOURS = (6.5, 23.5)


@dataclass(frozen=True, kw_only=True)
class HotSpot:
    """One trouble at one place that many people bring; see `rhythm.toml`."""

    subject: str
    region: str
    begins: int
    ends: int
    share: float
    rising: bool
    words: Mapping[str, str]
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Pace:
    """How a unit works; see `rhythm.toml`."""

    speed: float
    late: float
    bunches: bool
    perfunctory: float
    objects: float


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A first contact that comes in. `cast` names the dice of its people and place.

    An echo is a matter that has been here before: same `cast` as an earlier one, registered as new.
    """

    cast: str
    subject: Subject
    received_at: datetime
    channel: str
    group: bool
    spot: HotSpot | None = None
    echo: bool = False


@cache
def rhythm() -> dict[str, Any]:
    """The figures of `rhythm.toml`."""
    return read_toml("rhythm.toml")


@cache
def pace_of(unit: str) -> Pace:
    """How a unit works: its own figures, or the usual ones with a little variation of its own."""
    own = rhythm()["pace"].get(unit)
    if own is not None:
        return Pace(**own)
    usual = Pace(**rhythm()["pace"]["usual"])
    return replace(usual, speed=usual.speed * dice("pace", unit).uniform(0.75, 1.2))


def hot_spots() -> tuple[HotSpot, ...]:
    """The hot spots of the city."""
    return tuple(HotSpot(**row) for row in rhythm()["hot_spots"])


def arrivals(size: Size, seed: int, end: date, clock: WorkClock) -> list[Arrival]:
    """All first contacts of the three years before `end`, in the order in which they came."""
    total = rhythm()["sizes"][size]
    spots = [spot for spot in _spots_within(end) for _ in range(_people_at(spot, total))]
    found = [
        _at_spot(dice(seed, "spot", n), f"{seed}/spot/{n}", spot, end, clock)
        for n, spot in enumerate(spots)
    ]
    months = _draw_months(dice(seed, "months"), total - len(found), end)
    for n, (first, last, subject) in enumerate(months):
        rng = dice(seed, "arrival", n)
        day = first + timedelta(days=rng.randrange((last - first).days))
        found.append(_arrival(rng, f"{seed}/{n}", subject, day, clock))
    found += list(_echoes(dice(seed, "echo"), found, end, clock))
    return sorted(found, key=lambda arrival: (arrival.received_at, arrival.cast))


def _spots_within(end: date) -> Iterator[HotSpot]:
    """The spots that fall into the plan: one with a date of its own may not."""
    for spot in hot_spots():
        if (
            spot.until is None
            or years_before(end) + timedelta(days=spot.begins) < spot.until <= end
        ):
            yield spot


def _people_at(spot: HotSpot, total: int) -> int:
    return max(_LEAST_AT_SPOT, round(spot.share * total))


def _draw_months(rng: Random, count: int, end: date) -> list[tuple[date, date, Subject]]:
    """So many times a month (first day, day after the last) and a subject, by season and growth."""
    drawn, weights = [], []
    for first, last, year in _months(end):
        share = (last - first).days / 30 * rhythm()["growth"]["years"][year]
        for subject in subjects().values():
            season = rhythm()["seasons"][subject.season][first.month - 1]
            drawn.append((first, last, subject))
            weights.append(subject.weight * season * share)
    return rng.choices(drawn, weights, k=count)


def _months(end: date) -> Iterator[tuple[date, date, int]]:
    """The months of the plan, the first and the last cut to it, with the number of their year."""
    start = day = years_before(end)
    while day < end:
        following = min((day.replace(day=1) + timedelta(days=32)).replace(day=1), end)
        yield day, following, min(YEARS - 1, (day - start).days // 365)
        day = following


def years_before(end: date) -> date:
    """The first day of a plan."""
    try:
        return end.replace(year=end.year - YEARS)
    except ValueError:  # 29 February
        return end.replace(year=end.year - YEARS, day=28)


def _arrival(rng: Random, cast: str, subject: Subject, day: date, clock: WorkClock) -> Arrival:
    group = happens(rng, subject.chances.group)
    channel = _GROUP_CHANNEL if group else _channel(rng, subject)
    return Arrival(
        cast=cast,
        subject=subject,
        received_at=moment_of(rng, channel, day, clock),
        channel=channel,
        group=group,
    )


def _at_spot(rng: Random, cast: str, spot: HotSpot, end: date, clock: WorkClock) -> Arrival:
    """A rising spot grows to its end; another one swells and ebbs away."""
    span = spot.begins - spot.ends
    passed = rng.random() ** 0.4 if spot.rising else (rng.random() + rng.random()) / 2
    last = spot.until or end
    day = min(last - timedelta(days=spot.begins - int(span * passed)), last - timedelta(days=1))
    arrival = _arrival(rng, cast, subjects()[spot.subject], day, clock)
    return replace(arrival, spot=spot)


def _echoes(
    rng: Random, found: Sequence[Arrival], end: date, clock: WorkClock
) -> Iterator[Arrival]:
    """A few matters come again months later and are registered as new ones."""
    for arrival in found:
        day = arrival.received_at.date() + timedelta(days=rng.randrange(60, 200))
        if arrival.spot is None and happens(rng, _ECHO_CHANCE) and day < end:
            channel = _channel(rng, arrival.subject)
            moment = moment_of(rng, channel, day, clock)
            yield replace(arrival, received_at=moment, channel=channel, group=False, echo=True)


def _channel(rng: Random, subject: Subject) -> str:
    shares: dict[str, float] = rhythm()["channels"][subject.kind]
    return rng.choices(list(shares), list(shares.values()))[0]


def moment_of(rng: Random, channel: str, day: date, clock: WorkClock) -> datetime:
    """When a contact of that channel comes in on that day.

    The platform takes online ones at any hour. The others need an open office: on a day off they
    come on the last working day before it.
    """
    if channel == "online":
        hours = rng.uniform(*_ONLINE_HOURS)
        return datetime.combine(day, time(), tzinfo=SHANGHAI) + timedelta(minutes=int(hours * 60))
    position = clock.on(day + timedelta(days=1)) - DAY
    return clock.moment(position + rng.randrange(DAY))
