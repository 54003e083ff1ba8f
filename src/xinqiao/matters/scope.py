"""Who sees which matters: one place, and every door goes through it.

A unit sees a matter it received, holds or held, handles, reviews or re-examines; a petition office also all in its
territory. The wall takes away what a person must never meet, before anything is counted, listed or found.

`visible` says it of any matter. `in_line` says the same as pieces that an index gives in the order of a list;
`tests/matters/test_lists.py` proves that both mean the same matters.

A question is kept, never its answer: it says the same for the same person, units and day, and to put it together
costs more than to ask it.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from xinqiao.matters.models import Involvement, Matter, Wall
from xinqiao.rules.persons import Person, PersonKind
from xinqiao.rules.states import Kind
from xinqiao.rules.units import UnitKind, Units, territory

_CITY, _COUNTY = 4, 6
#: So many people's questions are kept, of each kind.
_KEPT = 512


def visible(person: Person, units: Units, today: date) -> QuerySet[Matter]:
    """The matters that exist for this person; nothing at all for an administrator without a working post."""
    return _visible(person, units, today, few=False).all()


def visible_among(
    person: Person, units: Units, today: date, ids: Sequence[int]
) -> QuerySet[Matter]:
    """Those of a few hundred matters that exist for this person, each asked by itself."""
    return _visible(person, units, today, few=True).filter(id__in=ids)


@lru_cache(maxsize=_KEPT)
def _visible(person: Person, units: Units, today: date, *, few: bool) -> QuerySet[Matter]:
    if person.kind is PersonKind.SYSTEM:
        return Matter.objects.all()
    if person.kind is PersonKind.PETITIONER:
        return Matter.objects.filter(id__in=[person.matter])
    if not person.units():
        return Matter.objects.none()
    sees = Q(pk__in=())
    for hat in _hats(person):
        sees |= _of_units(hat.units, units, today, few=few) & hat.open(_of_row)
    return Matter.objects.filter(sees, ~_walled(person, units, _of_row))


def in_line(person: Person, units: Units, today: date) -> list[QuerySet[Any]]:
    """The matters that exist for a member of staff: pieces that may overlap, each given in order by one index.

    Each has `matter_id`, `rank` and the columns of `NARROWED_BY`.
    """
    return [piece.all() for piece in _in_line(person, units, today)]


@lru_cache(maxsize=_KEPT)
def _in_line(person: Person, units: Units, today: date) -> list[QuerySet[Any]]:
    walled = _walled(person, units, _among)
    pieces: list[QuerySet[Any]] = []
    for hat in _hats(person):
        met = ~walled & hat.open(_among)
        for unit in sorted(hat.units):
            pieces.append(Involvement.objects.filter(met, unit=unit))
        for area in _territories(hat.units, units, today):
            lying = Matter.objects.annotate(matter_id=F("id")).filter(_lies_in(area))
            pieces.append(lying.filter(met))
    return pieces


def waiting(person: Person, units: Units) -> QuerySet[Involvement]:
    """The open matters of which the next step is one of the person's units', each once.

    Where somebody withdrew from a matter, nobody stands in for them (art. 28).
    """
    return _waiting(person, units).all()


@lru_cache(maxsize=_KEPT)
def _waiting(person: Person, units: Units) -> QuerySet[Involvement]:
    turn = Q(pk__in=())
    for hat in _hats(person):
        turn |= Q(unit__in=sorted(hat.units)) & hat.open(_among)
    return Involvement.objects.filter(turn, ~_walled(person, units, _among), waits=True)


def marks_of(person: Person, units: Units, today: date) -> frozenset[str] | None:
    """The marks of an index of words (`found`): each matter that exists for this person has one of them; None: any.

    The wall is not in them: `visible` has the last word on whatever is found under them.
    """
    if person.kind is not PersonKind.STAFF:
        return None
    areas = {area for hat in _hats(person) for area in _territories(hat.units, units, today)}
    return frozenset(
        {f"u:{unit}" for hat in _hats(person) for unit in hat.units}
        | {f"t:{area}" for area in areas}
    )


def _of_row(walls: QuerySet[Wall]) -> Q:
    """Whether one of the walls stands around the row: for few matters, asked one by one."""
    return Q(Exists(walls.filter(matter=OuterRef("pk"))))


def _among(walls: QuerySet[Wall]) -> Q:
    """The same for many, asked of all these walls at once."""
    return Q(matter_id__in=walls.values("matter_id"))


class _Hat(NamedTuple):
    """Units through which a person sees, and the accounts whose withdrawing closes that view."""

    units: frozenset[str]
    accounts: frozenset[int]

    def open(self, asked: Callable[[QuerySet[Wall]], Q]) -> Q:
        """What no wall around one of these accounts shuts; everything in one's own right."""
        if not self.accounts:
            return Q()
        return ~asked(Wall.objects.filter(unit="", account__in=sorted(self.accounts)))


def _hats(person: Person) -> Iterator[_Hat]:
    """The person's own posts, and those of each whom they stand in for.

    Who stands in for somebody sees what that one may see: not what that one withdrew from.
    """
    yield _Hat(person.in_own_right.units(), frozenset())
    for account in sorted(person.away):
        lent = frozenset(post.unit for post in person.posts if post.instead_of == account)
        yield _Hat(lent, frozenset({account}))


def _of_units(own: frozenset[str], units: Units, today: date, *, few: bool) -> Q:
    """What these units take part in, and what lies in the territory of the petition offices among them.

    `few`: PostgreSQL would read all that a unit takes part in, to look a few hundred up in it. Of a row that is not
    only equal to the one outside it cannot do so, and asks an index for each.
    """
    takes_part = Involvement.objects.filter(matter=OuterRef("pk"), unit__in=sorted(own))
    seen = Q(Exists(takes_part.filter(matter__gte=OuterRef("pk")) if few else takes_part))
    for area in _territories(own, units, today):
        seen |= _lies_in(area)
    return seen


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


def _walled(person: Person, units: Units, asked: Callable[[QuerySet[Wall]], Q]) -> Q:
    """Reported units wall off all units below them; a reported or recused account is walled off wherever it sits.

    Of a report the wall stands before whoever stands in for somebody shut out by it, too.
    """
    own = {post.unit for post in person.posts} | person.walled_with
    lines = {above for unit in own for above in _line(unit, units)}
    walls = Wall.objects
    walled = asked(walls.filter(Q(unit="", account=person.account) | Q(unit__in=sorted(lines))))
    if person.away:
        theirs = walls.filter(unit="", account__in=sorted(person.away))
        walled |= Q(kind=Kind.REPORT) & asked(theirs)
    return walled


def _line(code: str, units: Units) -> tuple[str, ...]:
    return units.line_up(code) if code in units else (code,)
