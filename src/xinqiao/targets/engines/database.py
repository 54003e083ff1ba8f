"""Indicators from the platform's own database: for the pages of a city, and for what is kept by month.

The trees of `rules.conditions` become conditions of Django's. What is summed up is grouped by unit and region; sums of
places above are made of those, so that each fact is counted once for each place above it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, DateField, F, Func, IntegerField, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from xinqiao.rules.conditions import (
    COLUMNS,
    MOMENTS,
    UNKNOWABLE,
    Always,
    Among,
    Both,
    Compare,
    Condition,
    Either,
    Given,
    Name,
    Not,
    When,
)  # fmt: skip
from xinqiao.rules.counting import What
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.indicators import Days, Indicator, Tally, percentile
from xinqiao.targets.models import Fact
from xinqiao.targets.values import Period, Scale

#: Sums of a unit and a region: what an indicator tells of the facts that are theirs alone.
Leaf = tuple[str, str]
#: Of each scale, each code with its own and those of all above it.
Above = Mapping[Scale, Mapping[str, tuple[str, ...]]]
_LOOKUPS = {"<": "lt", "<=": "lte", ">": "gt", ">=": "gte", "==": "exact"}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which facts are looked at: as of a moment, in a period; of a category with those below it, of a channel."""

    period: Period
    as_of: datetime
    category: str = ""
    channel: str = ""

    @property
    def when(self) -> When:
        day = self.as_of.astimezone(SHANGHAI).date()
        return When(as_of=day, begins=self.period.first, ends=self.period.end)

    def facts(self) -> QuerySet[Fact]:
        """What was known at that moment."""
        rows = Fact.objects.filter(known_from__lte=self.as_of, known_to__gt=self.as_of)
        if self.category:
            below = Q(category=self.category) | Q(category__startswith=f"{self.category}.")
            rows = rows.filter(below)
        return rows.filter(channel=self.channel) if self.channel else rows


def condition(tree: Condition, when: When) -> Q:
    """The tree as a condition of a query; never unknown, so that its `not` is what `rules.conditions` says."""
    match tree:
        case Always():
            return Q(pk__gt=0)
        case Given(column):
            return {
                "day": Q(**{f"{column}__isnull": False}),
                "text": ~Q(**{column: ""}),
                "flag": Q(**{column: True}),
            }[COLUMNS[column]]
        case Compare(column, compares, other):
            return _compared(column, compares, other, when)
        case Among(column, values):
            return Q(**{f"{column}__in": values})
        case Not(part):
            return ~condition(part, when)
        case Both(parts):
            return _joined((condition(part, when) for part in parts), Q.AND)
        case Either(parts):
            return _joined((condition(part, when) for part in parts), Q.OR)


def _joined(parts: Iterable[Q], how: str) -> Q:
    found, *rest = parts
    for part in rest:
        found = found._combine(part, how)  # type: ignore[attr-defined]
    return found


def _compared(column: str, compares: str, other: Name | str | int, when: When) -> Q:
    """A comparison that is false where a side is unknown."""
    value: Any = other
    known = [column] if column in UNKNOWABLE else []
    if isinstance(other, Name) and other.name in MOMENTS:
        value = getattr(when, other.name) + timedelta(days=other.days)
    elif isinstance(other, Name):
        value = Later(F(other.name), Value(other.days)) if other.days else F(other.name)
        known += [other.name] if other.name in UNKNOWABLE else []
    same = Q(**{f"{column}__{_LOOKUPS.get(compares, 'exact')}": value})
    found = ~same if compares == "!=" else same
    return _joined((*(Q(**{f"{one}__isnull": False}) for one in known), found), Q.AND)


# -- sums ------------------------------------------------------------------------------------------------------------


def tallies(
    asked: Asked,
    indicators: Iterable[Indicator],
    above: Above,
    only: Q | None = None,
) -> Mapping[tuple[Scale, str, str], Tally]:
    """What each indicator is of each unit and region that has any of it: by scale, code and indicator.

    `above`: the scales that are wanted, each code with those above it; `only`: facts that can matter, all if None.
    """
    found: dict[tuple[Scale, str, str], Tally] = {}
    wanted = tuple(indicators)
    facts = asked.facts() if only is None else asked.facts().filter(only)
    for (unit, region), ids in _leaves(facts, wanted, asked.when).items():
        for scale, code in _counting_for(unit, region, above):
            for name, add in ids.items():
                before = found.get((scale, code, name))
                found[scale, code, name] = add if before is None else _sum(before, add)
    for one in wanted:
        if one.days is not None:
            found.update(_days(facts, one, one.days, asked.when, above))
    return found


def _counting_for(unit: str, region: str, above: Above) -> Iterator[tuple[Scale, str]]:
    """Every place for which facts of this unit and region count, once each."""
    for scale, lines in above.items():
        own = unit if scale is Scale.UNIT else region
        for code in lines.get(own, (own,)):
            yield scale, code


def _sum(one: Tally, other: Tally) -> Tally:
    return Tally(
        counts=one.counts + other.counts,
        of=None if one.of is None or other.of is None else one.of + other.of,
        persons=one.persons + other.persons,
    )


def _leaves(
    facts: QuerySet[Fact], indicators: tuple[Indicator, ...], when: When
) -> Mapping[Leaf, Mapping[str, Tally]]:
    """Sums of each unit and region: one question for each kind of fact, and one more for stocks."""
    found: dict[Leaf, dict[str, Tally]] = {}
    for what, stock, columns in _columns(indicators, when):
        rows = _placed(facts, what, stock, when).values_list("unit", "region")
        for unit, region, *sums in rows.annotate(**columns):
            for name, value in zip(columns, sums, strict=True):
                _add(found.setdefault((unit, region), {}), name, value or 0)
    return found


def _columns(
    indicators: tuple[Indicator, ...], when: When
) -> Iterator[tuple[What, bool, Mapping[str, Any]]]:
    """The sums to be asked of facts of each kind, named by indicator and what they are of it."""
    wanted: dict[tuple[What, bool], dict[str, Any]] = {}
    for one in indicators:
        for part in one.parts:
            columns = wanted.setdefault((part.what, one.stock), {})
            counts = condition(part.counts, when)
            columns[f"{one.id}__counts"] = Count("pk", filter=counts)
            columns[f"{one.id}__persons"] = Sum("persons", filter=counts)
            if part.of is not None:
                columns[f"{one.id}__of"] = Count("pk", filter=condition(part.of, when))
    for (what, stock), columns in wanted.items():
        yield what, stock, columns


def _add(sums: dict[str, Tally], name: str, value: int) -> None:
    one, what = name.split("__")
    before = sums.get(one, Tally())
    if what == "of":
        sums[one] = replace(before, of=(before.of or 0) + value)
    elif what == "counts":
        sums[one] = replace(before, counts=before.counts + value)
    else:
        sums[one] = replace(before, persons=before.persons + value)


def _placed(facts: QuerySet[Fact], what: What, stock: bool, when: When) -> QuerySet[Fact]:
    """Facts of the period; of a stock those of any day before its end."""
    rows = facts.filter(what=what, day__lt=when.ends)
    return rows if stock else rows.filter(day__gte=when.begins)


def _days(
    facts: QuerySet[Fact],
    indicator: Indicator,
    days: Days,
    when: When,
    above: Above,
) -> Mapping[tuple[Scale, str, str], Tally]:
    """How often each number of days occurs, for each place with those below it, and the percentile of that."""
    until = Value(getattr(when, days.until)) if days.until in MOMENTS else _known(days.until, when)
    rows = _placed(facts, days.what, indicator.stock, when).filter(condition(days.where, when))
    rows = rows.filter(**{f"{days.since}__isnull": False})
    lengths: dict[tuple[Scale, str], dict[int, int]] = {}
    asked = rows.annotate(length=Between(F(days.since), until)).values_list(
        "unit", "region", "length"
    )
    for unit, region, length, many in asked.annotate(many=Count("pk")):
        for place in _counting_for(unit, region, above):
            mine = lengths.setdefault(place, {})
            mine[length] = mine.get(length, 0) + many
    return {
        (scale, code, indicator.id): percentile(mine, days.percentile)
        for (scale, code), mine in lengths.items()
    }


def _known(column: str, when: When) -> Coalesce:
    return Coalesce(F(column), Value(when.as_of), output_field=DateField())


# -- days on both databases ------------------------------------------------------------------------------------------


class Later(Func):
    """A day so many days later; a day on both databases, where Django's own addition gives a moment on one."""

    output_field = DateField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "date(%(expressions)s || ' days')"
        return self.as_sql(compiler, connection, template=template, arg_joiner=", ", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(
            compiler, connection, template="(%(expressions)s)", arg_joiner=" + ", **extra
        )


class Between(Func):
    """Whole days from the first day to the second."""

    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        since, until = self.get_source_expressions()
        sides = [
            Func(one, function="julianday", output_field=IntegerField()) for one in (until, since)
        ]
        return Func(
            *sides, template="CAST(%(expressions)s AS INTEGER)", arg_joiner=" - "
        ).as_sql(compiler, connection)  # fmt: skip

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        since, until = self.get_source_expressions()
        return Func(until, since, template="(%(expressions)s)", arg_joiner=" - ").as_sql(
            compiler, connection
        )
