"""Percentiles of days, from how often each number of days occurs."""

from typing import Any

from xinqiao.targets.engines.columnar.asking import Copy, Question
from xinqiao.targets.engines.columnar.conditions import condition
from xinqiao.targets.engines.columnar.facts import by_scale, days, known, length, placed
from xinqiao.targets.engines.columnar.measures import Columns, Measure
from xinqiao.targets.engines.columnar.stocks import spread


def measured(question: Question, copy: Copy, measures: Columns, lines: Any) -> Any:
    """The smallest number of days that so many percent do not exceed, by number of place and period.

    All `measures` look at the same days. `lines`: scale, own code, and the number of the place and of those above it,
    for which how often each number of days occurs is summed up before anything is told of it.
    """
    import ibis  # noqa: PLC0415  the extra `analytics`

    facts = _lengths(question, copy, next(iter(measures)))
    own = by_scale(facts, ("begins", "length"), {})
    own = own.left_join(lines, ["scale", "own"])
    own = own.mutate(place=own.place.fill_null(-1))
    often = own.group_by("place", "begins", "length").aggregate(many=own.many.sum())
    place = ("place", "begins")
    up_to = ibis.cumulative_window(group_by=place, order_by="length")
    seen, total = often.many.sum().over(up_to), often.many.sum().over(ibis.window(group_by=place))
    ranked = often.mutate(seen=seen, total=total)
    return ranked.group_by(*place).aggregate(
        **{
            name: ranked.length.min(where=ranked.seen * 100 >= ranked.total * one.percentile)
            for one, name in measures.items()
        }
    )


def _lengths(question: Question, copy: Copy, measure: Measure) -> Any:
    """The facts that are looked at, each with its number of days."""
    if measure.stock:
        facts = spread(question, known(question, copy, measure.what, measure.asked))
        facts = facts.filter(facts.day < facts.ends)
    else:
        facts = placed(question, copy, [measure])
    looked_at = condition(measure.where, facts, days(question, facts))
    facts = facts.filter(looked_at, facts[measure.since].notnull())
    return facts.mutate(length=length(question, facts, measure))
