"""The rows that scope, wall and lists are asked from, kept in step with the facts in the transaction of each step."""

from collections.abc import Mapping
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, Value

from xinqiao.matters.models import Involvement, Matter, Wall
from xinqiao.matters.snapshot import LISTED
from xinqiao.rules.facts import Facts


def remember(matter: Matter, before: Facts, after: Facts) -> None:
    """Who sees the matter, and as what it stands in their lists, now that its row was written.

    A unit that was involved by a step revoked since, and is again, has its row already.
    """
    listed = {name: getattr(matter, name) for name in LISTED}
    if before.last_seq:
        turn = Q(unit=matter.holder) if matter.open else None
        waits = ExpressionWrapper(turn, BooleanField()) if turn else Value(value=False)
        Involvement.objects.filter(matter=matter).update(**listed, waits=waits)
    Involvement.objects.bulk_create(
        (
            Involvement(matter=matter, unit=unit, waits=waits_for(unit, matter), **listed)
            for unit in sorted(after.involved - before.involved)
        ),
        ignore_conflicts=True,
    )
    accounts = (after.reported_accounts | after.recused) - (
        before.reported_accounts | before.recused
    )
    units = after.reported_units - before.reported_units
    Wall.objects.bulk_create(
        [Wall(matter=matter, account=account) for account in sorted(accounts)]
        + [Wall(matter=matter, unit=unit) for unit in sorted(units)]
    )


def waits_for(unit: str, matter: Matter) -> bool:
    """Whether the next step on the matter is this unit's."""
    return matter.open and matter.holder == unit


def listed(row: Mapping[str, Any]) -> dict[str, Any]:
    """What a unit's own row repeats of these columns of the matter."""
    return {name: row[name] for name in LISTED}
