"""Who sees which matters: one place, and every door goes through it.

A unit sees a matter it received, holds or held, handles, reviews or re-examines; a petition office also all in its
territory. The wall takes away what a person must never meet, before anything is counted, listed or found.

`visible` says it of any matter. `in_line` says the same as pieces that an index gives in the order of a list;
`tests/matters/test_lists.py` proves that both mean the same matters.
"""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from xinqiao.matters.models import Involvement, Matter, Wall
from xinqiao.rules.persons import Person, PersonKind
from xinqiao.rules.states import Kind
from xinqiao.rules.units import UnitKind, Units, territory

_CITY, _COUNTY = 4, 6


def visible(person: Person, units: Units, today: date) -> QuerySet[Matter]:
    """The matters that exist for this person; nothing at all for an administrator without a working post."""
    if person.kind is PersonKind.SYSTEM:
        return Matter.objects.all()
    if person.kind is PersonKind.PETITIONER:
        return Matter.objects.filter(id=person.matter)
    own = person.units()
    if not own:
        return Matter.objects.none()
    seen = Q(Exists(Involvement.objects.filter(matter=OuterRef("pk"), unit__in=own)))
    for area in _territories(own, units, today):
        seen |= _lies_in(area)
    return Matter.objects.filter(seen).exclude(
        Exists(_walls(person, units).filter(matter=OuterRef("pk")))
    )


def in_line(person: Person, units: Units, today: date) -> list[QuerySet]:
    """The matters that exist for a member of staff: pieces that may overlap, each given in order by one index.

    Each has `matter_id`, `rank` and the columns of `NARROWED_BY`.
    """
    own = person.units()
    behind = _behind_wall(person, units)
    pieces: list[QuerySet] = [
        Involvement.objects.filter(unit=unit).exclude(matter_id__in=behind) for unit in sorted(own)
    ]
    return pieces + [
        Matter.objects.filter(_lies_in(area)).exclude(id__in=behind).annotate(matter_id=F("id"))
        for area in _territories(own, units, today)
    ]


def waiting(person: Person, units: Units) -> QuerySet[Involvement]:
    """The open matters of which the next step is one of the person's own units'."""
    mine = Involvement.objects.filter(waits=True, unit__in=sorted(person.units()))
    return mine.exclude(matter_id__in=_behind_wall(person, units))


def _territories(own: frozenset[str], units: Units, today: date) -> Iterator[str]:
    """The territories of the person's petition offices: the digits with which their regions begin."""
    for code in sorted(own):
        unit = units.by_code.get(code)
        if unit is not None and unit.kind is UnitKind.PETITION_OFFICE and unit.exists_on(today):
            yield territory(unit.region)


def _lies_in(area: str) -> Q:
    """What a territory's petition office sees for the sake of its place; reports stay with their holders."""
    if len(area) == _CITY:
        place = Q(city=area)
    elif len(area) == _COUNTY:
        place = Q(county=area)
    else:
        place = Q(region__startswith=area)
        place &= Q(county=area[:_COUNTY]) if len(area) > _COUNTY else Q()
    return place & ~Q(kind=Kind.REPORT)


def _walls(person: Person, units: Units) -> QuerySet[Wall]:
    """Reported units wall off all units below them; a reported or recused account is walled off wherever it sits."""
    lines = {above for post in person.posts for above in _line(post.unit, units)}
    return Wall.objects.filter(Q(unit="", account=person.account) | Q(unit__in=sorted(lines)))


def _behind_wall(person: Person, units: Units) -> QuerySet:
    """The rows of the matters that must never meet the person."""
    return _walls(person, units).values("matter_id")


def _line(code: str, units: Units) -> tuple[str, ...]:
    return units.line_up(code) if code in units else (code,)
