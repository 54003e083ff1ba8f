"""Named reads of signs, already filtered by what the asker may see.

A sign is seen by the unit that it is about, and by those who supervise over its region. A sign that rests on a matter
which has become a report (检举控告) since is seen by nobody until it is made anew without it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from xinqiao.directory import queries as directory
from xinqiao.matters import queries as matters
from xinqiao.rules import integrity
from xinqiao.rules.persons import Person
from xinqiao.rules.states import Kind
from xinqiao.rules.units import territory
from xinqiao.supervision import queries as supervision
from xinqiao.targets.integrity.values import AnswerLine, SignLine
from xinqiao.targets.models import Sign, SignAnswer, SignCase
from xinqiao.targets.values import Place, Scale

#: So many leave a list at once.
MOST = 500
_FIELDS = tuple(name for name in SignLine.__dataclass_fields__ if name != "outcome")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a list is narrowed by: a sign, a unit, strong ones, those nobody has answered, those that stand no more."""

    sign: str = ""
    unit: str = ""
    strong: bool = False
    unanswered: bool = False
    past: bool = False


def listed(person: Person, wanted: Wanted, now: datetime) -> list[SignLine]:
    """The signs that this person may see, the newest period first, in it the least likely first."""
    rows = _seen(person, now).filter(stands=not wanted.past)
    if wanted.sign:
        rows = rows.filter(sign=wanted.sign)
    if wanted.unit:
        rows = rows.filter(unit=wanted.unit)
    if wanted.strong:
        rows = rows.filter(strength="strong")
    if wanted.unanswered:
        rows = rows.filter(answers__isnull=True)
    return _lines(rows)


def one(person: Person, sign: int, now: datetime) -> SignLine | None:
    """One sign; None where it does not exist for this person."""
    return next(iter(_lines(_seen(person, now).filter(pk=sign))), None)


def beside(indicator: str, place: Place, person: Person, now: datetime) -> list[SignLine]:
    """The standing signs beside an indicator, of the units of a place, as far as this person sees them."""
    return standing([indicator], place, person, now)[indicator]


def standing(
    indicators: Iterable[str], place: Place, person: Person, now: datetime
) -> dict[str, list[SignLine]]:
    """The same of many indicators, by indicator, with one question."""
    signs_of = {one: set(integrity.beside(one)) for one in indicators}
    wanted = sorted(set().union(*signs_of.values()))
    rows = _seen(person, now).filter(stands=True, sign__in=wanted)
    if place.scale is Scale.UNIT:
        rows = rows.filter(unit__in=sorted(directory.units().subtree(place.code)))
    else:
        rows = rows.filter(region__startswith=territory(place.code))
    found = _lines(rows) if wanted else []
    return {one: [line for line in found if line.sign in signs] for one, signs in signs_of.items()}


def cases(person: Person, sign: int, now: datetime) -> Sequence[matters.Line]:
    """The matters that a sign rests on, within the person's scope, the newest first. The caller has opened the sign."""
    rests = SignCase.objects.filter(sign_id=sign).values("matter_id")
    found = matters.scope(person, now).filter(id__in=rests).order_by("-received_at", "-id")
    return matters.lines(found[:MOST])


def answers(sign: int) -> list[AnswerLine]:
    """What was said to a sign, the oldest first. The caller has opened it."""
    rows = SignAnswer.objects.filter(sign_id=sign).order_by("id")
    return [AnswerLine(**row) for row in rows.values(*AnswerLine.__dataclass_fields__)]


def speaks_for(person: Person, sign: int) -> str:
    """For which of their units somebody speaks to a sign: the one that it is about, else their first."""
    unit = Sign.objects.values_list("unit", flat=True).get(pk=sign)
    own = sorted(person.units())
    return unit if unit in own else own[0]


def _seen(person: Person, now: datetime) -> QuerySet[Sign]:
    sees = Q(unit__in=sorted(person.units()))
    for area in supervision.watches(person, now):
        sees |= Q(region__startswith=area)
    reports = SignCase.objects.filter(sign=OuterRef("pk"), matter__kind=Kind.REPORT)
    return Sign.objects.filter(sees).exclude(Exists(reports))


def _lines(rows: QuerySet[Sign]) -> list[SignLine]:
    last = SignAnswer.objects.filter(sign=OuterRef("pk")).order_by("-id").values("outcome")[:1]
    ordered = (
        rows.annotate(outcome=Subquery(last))
        .order_by("-end", "q", "p", "id")
        .values(*_FIELDS, "outcome")[:MOST]
    )
    return [SignLine(**{**row, "outcome": row["outcome"] or ""}) for row in ordered]
