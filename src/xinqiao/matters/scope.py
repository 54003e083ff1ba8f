"""Who sees which matters: one place, and every door goes through it.

A unit sees a matter it received, holds or held, handles, reviews or re-examines; a petition office also all in its
territory. The wall takes away what a person must never meet, before anything is counted, listed or found.
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from xinqiao.matters.models import Involvement, Matter, Wall
from xinqiao.rules.persons import Person, PersonKind
from xinqiao.rules.states import Kind
from xinqiao.rules.units import UnitKind, Units, territory


def visible(person: Person, units: Units, today: date) -> QuerySet[Matter]:
    """The matters that exist for this person; nothing at all for an administrator without a working post."""
    if person.kind is PersonKind.SYSTEM:
        return Matter.objects.all()
    if person.kind is PersonKind.PETITIONER:
        return Matter.objects.filter(id=person.matter)
    own = person.units()
    if not own:
        return Matter.objects.none()
    involved = Exists(Involvement.objects.filter(matter=OuterRef("pk"), unit__in=own))
    return Matter.objects.filter(involved | _territories(own, units, today)).exclude(
        _walled(person, units)
    )


def _territories(own: frozenset[str], units: Units, today: date) -> Q:
    """The regions of the person's petition offices, as ranges an index can serve; reports stay with their holders."""
    found = Q(pk__in=())
    for code in own:
        unit = units.by_code.get(code)
        if unit is not None and unit.kind is UnitKind.PETITION_OFFICE and unit.exists_on(today):
            start = territory(unit.region)
            found |= Q(region__gte=start, region__lt=start + "\x7f") & ~Q(kind=Kind.REPORT)
    return found


def _walled(person: Person, units: Units) -> Exists:
    """Reported units wall off all units below them; a reported or recused account is walled off wherever it sits."""
    lines = {above for post in person.posts for above in _line(post.unit, units)}
    return Exists(
        Wall.objects.filter(Q(account=person.account) | Q(unit__in=lines), matter=OuterRef("pk"))
    )


def _line(code: str, units: Units) -> tuple[str, ...]:
    return units.line_up(code) if code in units else (code,)
