"""Named reads of rises. A rise is seen by whom every matter behind its number exists for, and by nobody else."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from xinqiao.insight.models import Reading, Rise
from xinqiao.insight.spots.queries import looks
from xinqiao.insight.spots.surveying import first_readings
from xinqiao.matters import queries as matters
from xinqiao.matters.queries import Line
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.persons import Person
from xinqiao.rules.states import Kind
from xinqiao.rules.units import territory

#: So many are shown.
MOST = 30


@dataclass(frozen=True, kw_only=True)
class RiseLine:
    """A rise: `observed` matters where `expected` were, between two days; `q`: its chance, all others allowed for."""

    id: int
    by: str
    category: str
    regions: list[str]
    first_on: date
    last_on: date
    observed: int
    expected: float
    p: float
    q: float
    history_days: int
    found_at: datetime


def standing(person: Person, region: str, now: datetime) -> list[RiseLine]:
    """The rises that stand, within a region ("" for everywhere), the least likely first."""
    if not looks(person, now):
        return []
    rows = (
        Rise.objects.filter(stands=True)
        .order_by("q", "p", "id")
        .values(*RiseLine.__dataclass_fields__)
    )
    found = [RiseLine(**row) for row in rows]
    inside = [
        one for one in found if all(place.startswith(territory(region)) for place in one.regions)
    ]
    return [one for one in inside if _seen(one, person, now) >= one.observed][:MOST]


def one(person: Person, rise: int, now: datetime) -> RiseLine | None:
    """A rise that stands; None where there is none for the person."""
    row = Rise.objects.filter(pk=rise, stands=True).values(*RiseLine.__dataclass_fields__).first()
    line = RiseLine(**row) if row is not None and looks(person, now) else None
    return line if line is not None and _seen(line, person, now) >= line.observed else None


def behind(rise: RiseLine, person: Person, now: datetime) -> list[Line]:
    """The matters that were counted, the latest first; the caller has asked for the rise in scope."""
    counted = _counted(rise, person, now).values("matter")
    own = matters.scope(person, now).filter(pk__in=counted)
    return matters.lines(own.order_by("-received_at", "-id"))


def _seen(rise: RiseLine, person: Person, now: datetime) -> int:
    """How many of the matters behind it exist for the person."""
    return _counted(rise, person, now).count()


def _counted(rise: RiseLine, person: Person, now: datetime) -> QuerySet[Reading]:
    """The first readings of the matters behind it, as far as they exist for the person."""
    lies = Q(pk__in=())
    for place in rise.regions:
        lies |= Q(region__startswith=territory(place))
    own = matters.scope(person, now).exclude(kind=Kind.REPORT).filter(lies, category=rise.category)
    came = first_readings(Reading.objects.filter(Exists(own.filter(pk=OuterRef("matter")))))
    return came.filter(
        received_at__gte=datetime.combine(rise.first_on, time.min, SHANGHAI),
        received_at__lt=datetime.combine(rise.last_on + timedelta(days=1), time.min, SHANGHAI),
    )
