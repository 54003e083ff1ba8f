"""The rows that scope, wall and lists are asked from, kept in step with the facts in the transaction of each step."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, Value

from xinqiao.matters.models import Involvement, Wall
from xinqiao.matters.snapshot import LISTED
from xinqiao.rows.writing import Row
from xinqiao.rules.facts import Facts


def first(matter: Row, row: Mapping[str, Any], units: Iterable[str]) -> list[Row]:
    """The rows of the units that see a new matter, whose own columns are `row`, each as it stands in their lists."""
    return [
        Row(Involvement, matter=matter, unit=unit, waits=waits_for(unit, row), **listed(row))
        for unit in sorted(units)
    ]


def remember(matter_id: int, row: Mapping[str, Any], joined: Iterable[str]) -> None:
    """Brings what stands in the lists of units up to the matter's new columns; `joined` are units that see it only now.

    One that was involved by a step revoked since, and is again, has its row already.
    """
    turn = Q(unit=row["holder"])
    waits = ExpressionWrapper(turn, BooleanField()) if _waits(row) else Value(value=False)
    Involvement.objects.filter(matter_id=matter_id).update(**listed(row), waits=waits)
    Involvement.objects.bulk_create(
        (
            Involvement(matter_id=matter_id, unit=unit, waits=waits_for(unit, row), **listed(row))
            for unit in sorted(joined)
        ),
        ignore_conflicts=True,
    )


def walls(matter: Row | int, before: Facts, after: Facts) -> list[Row]:
    """The rows that keep the wall in step with the facts."""
    accounts = (after.reported_accounts | after.recused) - (
        before.reported_accounts | before.recused
    )
    units = after.reported_units - before.reported_units
    return [Row(Wall, matter=matter, account=account) for account in sorted(accounts)] + [
        Row(Wall, matter=matter, unit=unit) for unit in sorted(units)
    ]


def waits_for(unit: str, row: Mapping[str, Any]) -> bool:
    """Whether the next step on the matter with these columns is this unit's."""
    return _waits(row) and row["holder"] == unit


def _waits(row: Mapping[str, Any]) -> bool:
    """Whether a next step is owed on it at all; of one that is carried on in another it is owed there."""
    return bool(row["open"]) and row["facts"]["carried_by"] is None


def listed(row: Mapping[str, Any]) -> dict[str, Any]:
    """What a unit's own row repeats of these columns of the matter."""
    return {name: row[name] for name in LISTED}
