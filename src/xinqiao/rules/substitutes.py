"""Who may stand in for whom while they are away, and who may say so."""

from datetime import date

from xinqiao.rules.persons import Person, Role
from xinqiao.rules.refusals import Refusal

_HEADS = frozenset({Role.HEAD})


def may_name(
    by: Person, away: Person, stands_in: Person, first_day: date, last_day: date, today: date
) -> Refusal | None:
    """None, or why `by` may not name `stands_in` for `away` between these days.

    One names a colleague who has a post in each of one's own units; whoever heads a unit chooses for it freely.
    Posts that are only lent are lent to nobody else, and administrators' posts to nobody at all.
    """
    if stands_in.account == away.account:
        return Refusal("substitute_oneself")
    if not away.in_own_right.units():
        return Refusal("substitute_no_posts")
    if not stands_in.in_own_right.units():
        return Refusal("substitute_without_post")
    if last_day < first_day or last_day < today:
        return Refusal("substitute_days", None, {"day": max(first_day, today).isoformat()})
    return _units_agree(by, away, stands_in)


def _units_agree(by: Person, away: Person, stands_in: Person) -> Refusal | None:
    left = away.in_own_right.units() - by.in_own_right.units(_HEADS)
    if not left:
        return None
    if by.account != away.account:
        return Refusal("substitute_not_yours", None, {"unit": min(left)})
    left -= stands_in.in_own_right.units()
    return Refusal("substitute_other_unit", None, {"unit": min(left)}) if left else None


def may_end(by: Person, away: int, stands_in: int, heads_of_away: bool) -> Refusal | None:
    """None, or why `by` may not end it: both who are part of it may, and the head."""
    if by.account in {away, stands_in} or heads_of_away:
        return None
    return Refusal("substitute_not_yours_to_end")
