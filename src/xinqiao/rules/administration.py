"""What an administrator may do: over which units, and never for themselves.

An administrator keeps units, accounts and settings, and reads no matter. An ADMIN post reaches the unit with all
below it; that of a petition office also its territory, up to its own level. The top office, whose territory
holds every unit that has an administrator, reaches everything and keeps what counts for the whole platform.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from xinqiao.rules.persons import WORKING_ROLES, Person, Role
from xinqiao.rules.refusals import Refusal
from xinqiao.rules.units import RANK, Unit, UnitKind, Units, within

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_CODE = 60
_MERGER = "24"


@dataclass(frozen=True, kw_only=True)
class Reach:
    """The units that somebody administers."""

    everything: bool
    units: frozenset[str]

    def __contains__(self, unit: object) -> bool:
        return self.everything or unit in self.units

    def holds(self, other: "Reach") -> bool:
        """Whether the other reaches nothing beyond this."""
        return self.everything or (not other.everything and other.units <= self.units)


def top_office(units: Units, administered: Collection[str], today: date) -> str | None:
    """The petition office with an administrator whose territory holds every unit that has one; None if none does."""
    having = [units[code] for code in administered if code in units]
    for office in having:
        is_office = office.kind is UnitKind.PETITION_OFFICE and office.exists_on(today)
        if is_office and all(_in_charge_of(office, one) for one in having):
            return office.code
    return None


def _in_charge_of(office: Unit, unit: Unit) -> bool:
    return within(unit.region, office.region) and RANK[unit.level] <= RANK[office.level]


def reach(by: Person, units: Units, administered: Collection[str], today: date) -> Reach:
    """What a person administers. `administered` are the units that have an administrator today."""
    posts = by.units(frozenset({Role.ADMIN}))
    return _reach_of(posts, units, administered, today)


def _reach_of(
    posts: Collection[str], units: Units, administered: Collection[str], today: date
) -> Reach:
    top = top_office(units, administered, today)
    found: set[str] = set()
    for code in posts:
        if code == top:
            return Reach(everything=True, units=frozenset(units.by_code))
        if code in units:
            found |= _below(units[code], units)
    return Reach(everything=False, units=frozenset(found))


def _below(unit: Unit, units: Units) -> frozenset[str]:
    if unit.kind is not UnitKind.PETITION_OFFICE:
        return units.subtree(unit.code)
    return frozenset(one.code for one in units.by_code.values() if _in_charge_of(unit, one))


def may_administer(unit: str, within_reach: Reach) -> Refusal | None:
    """Whether the unit is theirs to administer."""
    return None if unit in within_reach else Refusal("not_administered", None, {"unit": unit})


def may_set(within_reach: Reach) -> Refusal | None:
    """Calendar, provisions, categories and texts count for all: they are kept by the top office's administrator."""
    return None if within_reach.everything else Refusal("settings_of_the_top")


# -- units ---------------------------------------------------------------------------------------------------------


def may_add_unit(unit: Unit, units: Units, within_reach: Reach) -> Refusal | None:
    """A new unit: a code of its own, below units that exist, where the administrator is in charge."""
    if not _CODE.fullmatch(unit.code) or len(unit.code) > _LONGEST_CODE:
        return Refusal("unit_code_wrong")
    if unit.code in units:
        return Refusal("unit_code_taken", None, {"unit": unit.code})
    for above in (unit.parent, unit.guiding):
        if above is not None and (
            above not in units or not units[above].exists_on(unit.valid_from)
        ):
            return Refusal("unit_not_there", None, {"unit": above, "day": f"{unit.valid_from}"})
        if above is not None and RANK[units[above].level] < RANK[unit.level]:
            return Refusal("unit_above_is_lower", None, {"unit": above})
    in_charge = unit.parent in within_reach or any(
        _in_charge_of(units[code], unit)
        for code in within_reach.units
        if units[code].kind is UnitKind.PETITION_OFFICE
    )
    if not within_reach.everything and not in_charge:
        return Refusal("not_administered", None, {"unit": unit.parent or unit.code})
    return None


def may_rename(
    unit: Unit, new: str, since: date, known: Mapping[date, str], within_reach: Reach
) -> Refusal | None:
    """A new name from a day on. `known` are the names that begin on a day of their own."""
    if (refusal := may_administer(unit.code, within_reach)) is not None:
        return refusal
    if since < unit.valid_from or (unit.valid_to is not None and since > unit.valid_to):
        return Refusal("unit_not_there", None, {"unit": unit.code, "day": f"{since}"})
    if since in known:
        return Refusal("name_begins_that_day", None, {"day": f"{since}", "name": known[since]})
    before = max((day for day in known if day <= since), default=None)
    if (known[before] if before else unit.name) == new:
        return Refusal("nothing_changed")
    return None


def may_end(
    unit: Unit, successor: str | None, last_day: date, units: Units, within_reach: Reach,
    *, holds_matters: bool, later_posts: bool,
) -> Refusal | None:  # fmt: skip
    """A unit merged into a successor, or ended. Its open matters must pass to somebody (art. 24)."""
    if (refusal := may_administer(unit.code, within_reach)) is not None:
        return refusal
    if unit.valid_to is not None:
        return Refusal(
            "unit_ended_already", _MERGER, {"unit": unit.code, "day": f"{unit.valid_to}"}
        )
    if last_day < unit.valid_from:
        return Refusal("unit_not_there", _MERGER, {"unit": unit.code, "day": f"{last_day}"})
    below = [one for one in units.by_code.values() if unit.code in (one.parent, one.guiding)]
    if any(one.valid_to is None or one.valid_to > last_day for one in below):
        return Refusal("units_below", _MERGER, {"unit": unit.code})
    if later_posts:
        return Refusal("posts_begin_later", None, {"day": f"{last_day}"})
    if successor is None:
        return Refusal("matters_need_a_successor", _MERGER) if holds_matters else None
    return _fits(unit, successor, last_day, units)


def _fits(unit: Unit, successor: str, last_day: date, units: Units) -> Refusal | None:
    """An heir exists when the unit is gone, and is no part of what ends."""
    if successor == unit.code:
        return Refusal("own_successor", _MERGER)
    next_day = date.fromordinal(last_day.toordinal() + 1)
    heir = units.by_code.get(successor)
    if heir is None or not heir.exists_on(next_day) or heir.valid_to is not None:
        return Refusal("unit_not_there", _MERGER, {"unit": successor, "day": f"{next_day}"})
    return None


# -- accounts ------------------------------------------------------------------------------------------------------


def may_change_account(
    account: int, held: Collection[str], by: Person, within_reach: Reach
) -> Refusal | None:
    """Password, second factor, closing: never one's own, and only where every post of the account is in reach."""
    if account == by.account:
        return Refusal("own_account")
    for unit in held:
        if unit not in within_reach:
            return Refusal("not_administered", None, {"unit": unit})
    return None


def may_give_post(
    account: int | None, unit: Unit, role: Role, since: date, until: date | None, by: Person,
    within_reach: Reach, given: Reach,
) -> Refusal | None:  # fmt: skip
    """A post for somebody else, in a unit in reach. `given` is what an ADMIN post there would reach."""
    if account is not None and account == by.account:
        return Refusal("own_account")
    if (refusal := may_administer(unit.code, within_reach)) is not None:
        return refusal
    if role is Role.ADMIN and not within_reach.holds(given):
        return Refusal("beyond_own_reach", None, {"unit": unit.code})
    if until is not None and until < since:
        return Refusal("ends_before_it_begins")
    if not unit.exists_on(since):
        return Refusal("unit_not_there", None, {"unit": unit.code, "day": f"{since}"})
    if unit.valid_to is not None and (until is None or until > unit.valid_to):
        return Refusal("post_outlives_unit", None, {"unit": unit.code, "day": f"{unit.valid_to}"})
    return None


def reach_of_post(unit: str, units: Units, administered: Collection[str], today: date) -> Reach:
    """What an ADMIN post in a unit would reach."""
    return _reach_of([unit], units, administered, today)


def may_end_post(
    account: int, unit: str, role: Role, valid_from: date, valid_to: date | None, last_day: date,
    by: Person, within_reach: Reach, *, other_administrators: bool,
) -> Refusal | None:  # fmt: skip
    """The end of a post. The platform keeps an administrator, so that somebody can give posts again."""
    if account == by.account and role in WORKING_ROLES | {Role.ADMIN}:
        return Refusal("own_account")
    if (refusal := may_administer(unit, within_reach)) is not None:
        return refusal
    if last_day < valid_from:
        return Refusal("ends_before_it_begins")
    if valid_to is not None and valid_to <= last_day:
        return Refusal("post_ends_already", None, {"day": f"{valid_to}"})
    if role is Role.ADMIN and not other_administrators:
        return Refusal("last_administrator")
    return None


# -- categories ----------------------------------------------------------------------------------------------------

_DEEPEST = 3


def may_add_category(
    own: str, parent: str | None, known: Mapping[str, bool], within_reach: Reach
) -> Refusal | None:
    """A new class below a parent in use, at most three deep. `known`: every code, and whether it is in use."""
    if (refusal := may_set(within_reach)) is not None:
        return refusal
    if not _CODE.fullmatch(own):
        return Refusal("category_code_wrong")
    code = f"{parent}.{own}" if parent else own
    if code in known:
        return Refusal("category_code_taken", None, {"code": code})
    if parent is not None and not known.get(parent, False):
        return Refusal("category_parent_gone")
    if code.count(".") >= _DEEPEST:
        return Refusal("category_too_deep")
    return None
