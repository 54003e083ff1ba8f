"""Paths refused: how much was declined or guided elsewhere, field for field, and how much of it was put right."""

from collections.abc import Iterable, Mapping

from xinqiao.rules.integrity import Sign
from xinqiao.targets.integrity.peers import judge
from xinqiao.targets.integrity.values import Decided, Finding, Seen


def rate(
    sign: Sign, decided: Iterable[Decided], groups: Mapping[str, str] | None = None
) -> list[Finding]:
    """Units that refused far more than others would have of the same fields."""
    seen = (
        Seen(unit=one.unit, case=one.case, marked=one.refused, kind=one.category) for one in decided
    )
    return judge(sign, "rate", seen, groups)


def overturned(
    sign: Sign, decided: Iterable[Decided], groups: Mapping[str, str] | None = None
) -> list[Finding]:
    """Units whose refusals were put right far more often than others'."""
    seen = (
        Seen(unit=one.unit, case=one.case, marked=one.overturned) for one in decided if one.refused
    )
    return judge(sign, "overturned", seen, groups)
