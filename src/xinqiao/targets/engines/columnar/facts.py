"""Facts as they were known, and the measures of a kind that are told of each period's own facts."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from xinqiao.rules.conditions import MOMENTS
from xinqiao.rules.counting import What
from xinqiao.targets.engines.columnar.asking import Copy, Question
from xinqiao.targets.engines.columnar.conditions import condition
from xinqiao.targets.engines.columnar.measures import Columns, How, Measure

#: What facts are grouped by first.
LEAF = ("unit", "region", "begins")


def measured(question: Question, copy: Copy, measures: Columns) -> Any:
    """Measures of a kind by scale, own code and period: one pass over the facts, with conditional sums."""
    facts = placed(question, copy, measures)
    held = {one.where: condition(one.where, facts, days(question, facts)) for one in measures}
    told = {name: _of(question, facts, one, held[one.where]) for one, name in measures.items()}
    leaves = facts.group_by(*LEAF).aggregate(**told)
    return by_scale(leaves, ("begins",), {n: one.how.together for one, n in measures.items()})


def _of(question: Question, facts: Any, measure: Measure, holds: Any) -> Any:
    """A measure of the facts of a group."""
    match measure.how:
        case How.MANY:
            return facts.count(where=holds)
        case How.PERSONS:
            return facts.persons.sum(where=holds)
    return length(question, facts, measure).max(where=holds)


def by_scale(table: Any, by: Sequence[str], together: Mapping[str, str]) -> Any:
    """By scale, own code and `by`, from a table that names a unit and a region.

    `together`: how each column is put together: "sum", the greatest ("max"), the least ("min"). With none of them:
    how many rows there are, as `many`.
    """
    import ibis  # noqa: PLC0415  the extra `analytics`

    told = {name: getattr(table[name], how)() for name, how in together.items()}
    units, regions = (
        table.group_by(own=table[scale], **{name: table[name] for name in by})
        .aggregate(**(told or {"many": table.count()}))
        .mutate(scale=ibis.literal(scale))
        for scale in ("unit", "region")
    )
    return units.union(regions)


def known(question: Question, copy: Copy, what: What, asked: Iterable[str]) -> Any:
    """Facts of a kind before the end of what is asked, as known at the moment; only the columns that are looked at."""
    facts, moment = copy.facts, question.moment
    rows = facts.filter(
        facts.what == what.value,
        facts.known_from <= moment,
        facts.known_to > moment,
        facts.day < question.periods[-1].end,
    )
    return rows.select(*sorted({*asked, "unit", "region", "day", "persons"} - set(MOMENTS)))


def placed(question: Question, copy: Copy, measures: Iterable[Measure]) -> Any:
    """Facts of a kind, as known, with the first day of the period in which their day lies."""
    import ibis  # noqa: PLC0415

    (what,) = {one.what for one in measures}
    asked = frozenset[str]().union(*(one.asked for one in measures))
    periods, facts = question.periods, known(question, copy, what, asked)
    facts = facts.filter(facts.day >= periods[0].first)
    begins = ibis.cases(*((facts.day < one.end, ibis.date(one.first)) for one in periods))
    found = facts.mutate(begins=begins)
    if "ends" in asked or any(one.end != two.first for one, two in pairwise(periods)):
        ends = ibis.cases(*((facts.day < one.end, ibis.date(one.end)) for one in periods))
        found = facts.mutate(begins=begins, ends=ends)
        found = found.filter(found.day >= found.begins)
    return found


def days(question: Question, table: Any) -> Mapping[str, Any]:
    """What a condition's moments are: the day of the figure, and columns of the period."""
    period = {name: table[name] for name in ("begins", "ends") if name in table.columns}
    return {"as_of": question.day, **period}


def length(question: Question, facts: Any, measure: Measure) -> Any:
    """Days from `since` to `until`, to the day of the figure while that is unknown; null where `since` is."""
    if measure.until in MOMENTS:
        until = days(question, facts)[measure.until]
    else:
        until = facts[measure.until].fill_null(question.day)
    return until.delta(facts[measure.since], unit="day")
