"""The trees of `rules.conditions` as columns of a table."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import reduce
from typing import Any

from xinqiao.rules.conditions import (
    COLUMNS,
    COMPARES,
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
)  # fmt: skip


def condition(tree: Condition, table: Any, days: Mapping[str, Any]) -> Any:
    """The tree as a column that is never null. `days`: as_of, begins, ends, each a day or a column."""
    import ibis  # noqa: PLC0415  the extra `analytics`

    match tree:
        case Always():
            return ibis.literal(True)
        case Given(column):
            value = table[column]
            return {"day": value.notnull, "text": lambda: value != "", "flag": lambda: value}[
                COLUMNS[column]
            ]()
        case Compare(column, compares, other):
            return _compared(table, column, compares, other, days)
        case Among(column, values):
            return table[column].isin(values)
        case Not(part):
            return ~condition(part, table, days)
        case Both(parts):
            return reduce(lambda a, b: a & b, (condition(part, table, days) for part in parts))
        case Either(parts):
            return reduce(lambda a, b: a | b, (condition(part, table, days) for part in parts))


def _compared(
    table: Any, column: str, compares: str, other: Name | str | int, days: Mapping[str, Any]
) -> Any:
    left, right, later = table[column], other, 0
    may_be_unknown = column in UNKNOWABLE
    if isinstance(other, Name):
        right = days[other.name] if other.name in MOMENTS else table[other.name]
        later, may_be_unknown = other.days, may_be_unknown or other.name in UNKNOWABLE
    if later and isinstance(right, date):
        right, later = right + timedelta(days=later), 0
    if later:  # whole days between, since a day and an interval make a moment on some engines
        left, right = left.delta(right, unit="day"), later
    found: Any = COMPARES[compares](left, right)
    return found.fill_null(False) if may_be_unknown else found
