"""Measures of a stock: each fact is looked at in every period after its day.

Facts that no condition tells apart are put together first: of a day that is only asked to be before limits of periods,
all that matters is between which of them it lies. So millions become a few thousand rows before they meet the periods.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from xinqiao.rules.conditions import COLUMNS, MOMENTS, Both, Compare, Given, Name, names, parts
from xinqiao.targets.engines.columnar.asking import Copy, Question
from xinqiao.targets.engines.columnar.conditions import condition
from xinqiao.targets.engines.columnar.facts import by_scale, days, known, length
from xinqiao.targets.engines.columnar.measures import Columns, How, Measure

#: Of a period only facts of days before its end are looked at.
_THERE = Compare("day", "<", Name("ends"))


def measured(question: Question, copy: Copy, measures: Columns) -> Any:
    """Measures of a stock by scale, own code and period."""
    wanted = {one._replace(where=Both((one.where, _THERE))): name for one, name in measures.items()}
    rows = spread(question, _alike(question, copy, wanted))
    told = {name: _of(question, rows, one) for one, name in wanted.items()}
    return rows.group_by("scale", "own", "begins").aggregate(**told)


def spread(question: Question, table: Any) -> Any:
    """Each row with every period."""
    import ibis  # noqa: PLC0415  the extra `analytics`

    periods = [
        ibis.struct({"begins": ibis.date(one.first), "ends": ibis.date(one.end)})
        for one in question.periods
    ]
    return table.mutate(period=ibis.array(periods).unnest()).unpack("period")


def _of(question: Question, rows: Any, measure: Measure) -> Any:
    holds = condition(measure.where, rows, days(question, rows))
    match measure.how:
        case How.MANY:
            return rows.many.sum(where=holds)
        case How.PERSONS:
            return rows.persons_of_many.sum(where=holds)
    first = measure._replace(since=_first(measure.since))
    return length(question, rows, first).max(where=holds)


def _first(since: str) -> str:
    return f"{since}__first"


def _alike(question: Question, copy: Copy, measures: Columns) -> Any:
    """How many facts of each unit and region nothing tells apart, with their persons and the first of each `since`."""
    (what,) = {one.what for one in measures}
    facts = known(question, copy, what, frozenset().union(*(one.asked for one in measures)))
    apart = {name for one in measures for name in (*names(one.where), one.until)} - {"", *MOMENTS}
    keys = {name: _coarse(question, facts[name], measures) for name in sorted(apart)}
    firsts = {_first(one.since): one.since for one in measures if one.how is How.GREATEST}
    leaves = facts.group_by("unit", "region", **keys).aggregate(
        many=facts.count(),
        persons_of_many=facts.persons.sum(),
        **{name: facts[since].min() for name, since in firsts.items()},
    )
    together = {"many": "sum", "persons_of_many": "sum"} | dict.fromkeys(firsts, "min")
    return by_scale(leaves, tuple(keys), together)


def _coarse(question: Question, column: Any, measures: Iterable[Measure]) -> Any:
    """A column as exact as any condition asks for it."""
    import ibis  # noqa: PLC0415  the extra `analytics`

    limits = _limits(question, column.get_name(), measures)
    if not limits:
        return column
    since = [limits[0] - timedelta(days=1), *limits]
    before = [(column < limit, ibis.date(day)) for limit, day in zip(limits, since, strict=False)]
    unknown = (column.isnull(), ibis.null("date"))
    return ibis.cases(unknown, *before, else_=ibis.date(limits[-1]))


def _limits(question: Question, column: str, measures: Iterable[Measure]) -> list[date]:
    """The days before which a column is asked to be, in order; none where anything else is asked of it."""
    found: set[date] = set()
    for measure in measures:
        if column == measure.until:
            return []
        for part in parts(measure.where):
            match part:
                case Compare(name, "<" | ">=", Name(moment, later)) if (
                    name == column and moment in MOMENTS
                ):
                    found |= {day + timedelta(days=later) for day in _moments(question, moment)}
                case Given(name) if name == column and COLUMNS[name] == "day":
                    pass
                case _ if column in names(part):
                    return []
    return sorted(found)


def _moments(question: Question, name: str) -> Iterable[date]:
    if name == "as_of":
        return [question.day]
    return [one.first if name == "begins" else one.end for one in question.periods]
