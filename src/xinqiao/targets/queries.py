"""What is behind a figure, and whose figures a person may see. Every matter named here is in the person's scope."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When

from xinqiao.directory import queries as directory
from xinqiao.matters import queries as matters
from xinqiao.rules.conditions import Always
from xinqiao.rules.indicators import Indicator, Part, chosen
from xinqiao.rules.persons import Person
from xinqiao.rules.units import Unit, UnitKind, Units, within
from xinqiao.targets import trees
from xinqiao.targets.engines.database import Asked, condition
from xinqiao.targets.models import Fact, Position
from xinqiao.targets.values import Period, Place, Scale

#: Who sees the figures of a whole territory, with all units in it.
_TERRITORIAL = frozenset({UnitKind.PETITION_OFFICE, UnitKind.GOVERNMENT, UnitKind.JOINT_CONFERENCE})
#: How many facts outside of somebody's scope are counted at most.
MOST_HIDDEN = 10_000
_LINE = ("id", "what", "matter_id", "seq", "unit", "region", "day", "due", "done", "mark", "counts")


@dataclass(frozen=True, kw_only=True)
class BehindRow:
    """A fact behind a figure. `number` and `subject` of its matter; "" of a leader's day of reception, which has none.

    `counts`: whether it counts in a rate, or only stands among those that could.
    """

    number: str
    subject: str
    what: str
    seq: int
    unit: str
    region: str
    day: date
    due: date | None
    done: date | None
    mark: str
    counts: bool


@dataclass(frozen=True, kw_only=True)
class Behind:
    """One page of facts, newest first, and one more where another page follows.

    `hidden`: how many lie outside what the person may see, none counted beyond `MOST_HIDDEN`.
    """

    rows: list[BehindRow]
    hidden: int


def settled_until() -> datetime | None:
    """The moment up to which all ledgers are counted: no figure as of it or before will ever change."""
    return Position.objects.filter(pk=1).values_list("settled_until", flat=True).first()


# -- behind a figure -------------------------------------------------------------------------------------------------


def behind(
    person: Person, indicator: str, place: Place, period: Period, as_of: datetime, *,
    now: datetime, missed: bool = False, page: int = 1, size: int = 50,
) -> Behind:  # fmt: skip
    """The facts behind an indicator of a place in a period, as known at a moment, within the person's scope.

    Of a rate all that it is of, or with `missed` those alone that do not count. The caller has asked whether the
    person may see figures of the place (`places`). Raises KeyError for an unknown indicator.
    """
    (one,) = chosen([indicator])
    asked = Asked(period=period, as_of=as_of)
    facts = _of_indicator(asked.facts().filter(_lies_in(place)), one, asked)
    return behind_facts(
        person,
        facts.filter(Q(**{"counts": False})) if missed else facts,
        now=now,
        page=page,
        size=size,
    )


def behind_facts(
    person: Person, facts: QuerySet[Fact], *, now: datetime, page: int = 1, size: int = 50
) -> Behind:
    """The same of any facts that say of themselves whether they count (`counts`): in the person's scope, or hidden."""
    scope = matters.scope(person, now)
    outside = ~Exists(scope.filter(pk=OuterRef("matter_id"))) & Q(matter__isnull=False)
    start = (page - 1) * size
    seen = facts.exclude(outside).order_by("-day", "-id")
    found = list(seen.values(*_LINE)[start : start + size + 1])
    named = {
        line.id: line
        for line in matters.lines(scope.filter(pk__in={row["matter_id"] for row in found}))
    }
    hidden = facts.filter(outside).order_by()[:MOST_HIDDEN].count()
    return Behind(rows=[_row(row, named) for row in found], hidden=hidden)


def _row(row: Mapping[str, Any], named: Mapping[int, matters.Line]) -> BehindRow:
    line = named.get(row["matter_id"])
    kept = {name: row[name] for name in _LINE if name not in ("id", "matter_id")}
    return BehindRow(
        number=line.number if line else "", subject=line.subject if line else "", **kept
    )


def _of_indicator(facts: QuerySet[Fact], one: Indicator, asked: Asked) -> QuerySet[Fact]:
    """Those that the indicator looks at, each saying whether it counts."""
    if one.days is not None:
        parts: Iterable[Part] = (Part(what=one.days.what, counts=one.days.where),)
    else:
        parts = one.parts
    among, counting = Q(pk__in=()), []
    for part in parts:
        mine = Q(what=part.what) & _placed(asked, stock=one.stock)
        among |= mine & condition(part.counts if part.of is None else part.of, asked.when)
        if not isinstance(part.counts, Always):
            counting.append(
                When(Q(what=part.what) & ~condition(part.counts, asked.when), then=Value(False))
            )
    # Whatever no part says is left out counts.
    counts = Case(*counting, default=Value(True), output_field=BooleanField())
    return facts.filter(among).annotate(counts=counts)


def _placed(asked: Asked, *, stock: bool) -> Q:
    before_end = Q(day__lt=asked.period.end)
    return before_end if stock else before_end & Q(day__gte=asked.period.first)


def _lies_in(place: Place) -> Q:
    """Facts of a place and of all below it."""
    lines = trees.above(place.scale)
    below = {code for code, line in lines.items() if place.code in line} | {place.code}
    return Q(**{f"{place.scale.value}__in": sorted(below)})


# -- whose figures ---------------------------------------------------------------------------------------------------


def places(person: Person, now: datetime) -> list[Place]:
    """The regions and units whose figures a person may see: their own first, then those below, in their order.

    A unit sees its own figures and those of the units below it; a petition office, a government and a joint conference
    those of their territory and of every unit in it. Nobody without a working post sees any.
    """
    units, own = directory.units(), _own(person)
    found: list[Place] = []
    for unit in own:
        if unit.kind in _TERRITORIAL:
            found += _regions(unit.region)
    for unit in own:
        found += [Place(scale=Scale.UNIT, code=code) for code in _units(unit, units, now)]
    return list(dict.fromkeys(found))


def _own(person: Person) -> list[Unit]:
    units = directory.units()
    return [units[code] for code in sorted(person.units()) if code in units]


def _regions(outer: str) -> list[Place]:
    """A region and all in it; its own code first."""
    inside = [code for code in directory.regions_above() if code != outer and within(code, outer)]
    return [Place(scale=Scale.REGION, code=code) for code in (outer, *inside)]


def _units(unit: Unit, units: Units, now: datetime) -> list[str]:
    """The unit, then those whose figures it sees."""
    if unit.kind in _TERRITORIAL:
        below = [one.code for one in units.inside(unit.region, matters.today(now))]
    else:
        below = sorted(units.subtree(unit.code))
    return [unit.code, *(code for code in below if code != unit.code)]
