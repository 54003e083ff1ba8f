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
    if not person.units():
        return Matter.objects.none()
    sees = _of_units(person.in_own_right.units(), units, today)
    for account in sorted(person.away):
        # Who stands in for somebody sees what that one may see: not what that one withdrew from.
        lent = frozenset(post.unit for post in person.posts if post.instead_of == account)
        shut_out = Exists(Wall.objects.filter(account=account, matter=OuterRef("pk")))
        sees |= _of_units(lent, units, today) & ~Q(shut_out)
    return Matter.objects.filter(sees).exclude(_walled(person, units))


def _of_units(own: frozenset[str], units: Units, today: date) -> Q:
    """What these units take part in, and what lies in the territory of the petition offices among them."""
    involved = Exists(Involvement.objects.filter(matter=OuterRef("pk"), unit__in=own))
    return Q(involved) | _territories(own, units, today)


def _territories(own: frozenset[str], units: Units, today: date) -> Q:
    """The regions of the person's petition offices, as ranges an index can serve; reports stay with their holders."""
    found = Q(pk__in=())
    for code in own:
        unit = units.by_code.get(code)
        if unit is not None and unit.kind is UnitKind.PETITION_OFFICE and unit.exists_on(today):
            start = territory(unit.region)
            found |= Q(region__gte=start, region__lt=start + "\x7f") & ~Q(kind=Kind.REPORT)
    return found


def _walled(person: Person, units: Units) -> Q:
    """Reported units wall off all units below them; a reported or recused account is walled off wherever it sits.

    Of a report the wall stands before whoever stands in for somebody shut out by it, too.
    """
    own = {post.unit for post in person.posts} | person.walled_with
    lines = {above for unit in own for above in _line(unit, units)}
    walls = Wall.objects.filter(matter=OuterRef("pk"))
    walled = Q(Exists(walls.filter(Q(account=person.account) | Q(unit__in=lines))))
    if person.away:
        walled |= Q(kind=Kind.REPORT) & Q(Exists(walls.filter(account__in=person.away)))
    return walled


def _line(code: str, units: Units) -> tuple[str, ...]:
    return units.line_up(code) if code in units else (code,)
