"""Named reads of rises. A rise is seen by whom every matter behind its number exists for, and by nobody else."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q

from xinqiao.insight.models import Reading, Rise
from xinqiao.insight.spots.queries import looks
from xinqiao.insight.spots.surveying import first_readings
from xinqiao.matters import queries as matters
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


def _seen(one: RiseLine, person: Person, now: datetime) -> int:
    """How many of the matters behind it exist for the person."""
    lies = Q(pk__in=())
    for place in one.regions:
        lies |= Q(region__startswith=territory(place))
    own = matters.scope(person, now).exclude(kind=Kind.REPORT).filter(lies, category=one.category)
    came = first_readings(Reading.objects.filter(Exists(own.filter(pk=OuterRef("matter")))))
    return came.filter(
        received_at__gte=datetime.combine(one.first_on, time.min, SHANGHAI),
        received_at__lt=datetime.combine(one.last_on + timedelta(days=1), time.min, SHANGHAI),
    ).count()
