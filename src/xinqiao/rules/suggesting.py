"""Which unit a matter had best be sent to, and why: from duties, place and precedent. A person decides."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from xinqiao.rules.facts import Facts
from xinqiao.rules.routing import in_charge, targets
from xinqiao.rules.states import Kind
from xinqiao.rules.units import Unit, UnitKind, Units, territory, within


class Why(StrEnum):
    """Why a unit is suggested."""

    DISCIPLINE = "discipline"  # a report goes to the discipline line (art. 30)
    NAMED = "named"  # a unit that was not competent said whose it is (art. 23)
    IN_CHARGE = "in_charge"  # its duties cover this class of content (art. 22)
    LIKE_MATTERS = "like_matters"  # where matters of this class from this place were handled
    OF_THE_PLACE = "of_the_place"  # the office of the place itself (art. 22)


@dataclass(frozen=True, kw_only=True)
class Suggested:
    """A unit with the reasons for it. `like` of `of` like matters went there and stayed; `refused` came back."""

    unit: str
    why: tuple[Why, ...]
    like: int = 0
    of: int = 0
    refused: int = 0


class Past(NamedTuple):
    """An earlier matter: what it was about and where, who took it, and who had objected with success before."""

    category: str
    region: str
    unit: str
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Precedent:
    """What is known of before: how many like matters each unit handled, and how many it was sent in vain; who objected
    to this very matter, and whom they named."""

    handled: Mapping[str, int]
    refused: Mapping[str, int] = field(default_factory=dict)
    objected: frozenset[str] = frozenset()
    named: str = ""


NOTHING_BEFORE = Precedent(handled={})
_ENOUGH = 3  # fewer like matters than this are chance
_WEIGHT = {Why.DISCIPLINE: 8.0, Why.NAMED: 5.0, Why.IN_CHARGE: 3.0, Why.OF_THE_PLACE: 1.0}
_PRECEDENT_WEIGHT = 4.0
_REFUSED_WEIGHT = 3.0  # what was sent in vain every time outweighs what the duties say


def suggest(
    facts: Facts, units: Units, today: date, before: Precedent = NOTHING_BEFORE
) -> Suggested | None:
    """The best of the units to which it may be transferred, with the reasons; None when nothing speaks for any.

    Only lawful targets are looked at (`routing.targets`), so nobody behind the wall; none that lies elsewhere, and
    none that has objected to this very matter.
    """
    allowed = [units[code] for code in targets("transfer", facts, units, today)]
    fitting = [unit for unit in allowed if _may_be_competent(unit, facts, before)]
    total = sum(before.handled.values())
    found = [_judged(unit, facts, units, before, total) for unit in fitting]
    best = max(found, key=lambda one: (_score(one), _nearness(one, units)), default=None)
    return best if best is not None and best.why else None


def _may_be_competent(unit: Unit, facts: Facts, before: Precedent) -> bool:
    here = not facts.region or within(facts.region, unit.region)
    return here and unit.code not in before.objected


def _judged(unit: Unit, facts: Facts, units: Units, before: Precedent, total: int) -> Suggested:
    like = _handled_by(unit, units, before.handled) if total >= _ENOUGH else 0
    is_office = unit.kind in (UnitKind.PETITION_OFFICE, UnitKind.TOWNSHIP)
    reasons = {
        Why.DISCIPLINE: facts.kind is Kind.REPORT and unit.kind is UnitKind.DISCIPLINE,
        Why.NAMED: unit.code == before.named,
        Why.IN_CHARGE: bool(facts.category) and in_charge(unit, facts.category),
        Why.LIKE_MATTERS: like > 0,
        Why.OF_THE_PLACE: is_office and bool(facts.region),
    }
    why = tuple(reason for reason, holds in reasons.items() if holds)
    refused = before.refused.get(unit.code, 0)
    return Suggested(unit=unit.code, why=why, like=like, of=total if like else 0, refused=refused)


def _handled_by(unit: Unit, units: Units, handled: Mapping[str, int]) -> int:
    """Like matters that it handled itself, or, for a petition office, that were handled below it."""
    if unit.kind is not UnitKind.PETITION_OFFICE:
        return handled.get(unit.code, 0)
    return sum(
        count for code, count in handled.items() if code in units and _below(units[code], unit)
    )


def _below(unit: Unit, office: Unit) -> bool:
    return within(unit.region, office.region)


def _score(one: Suggested) -> float:
    share = one.like / one.of if one.of else 0.0
    in_vain = one.refused / (one.like + one.refused) if one.refused >= _ENOUGH else 0.0
    for_it = sum(_WEIGHT.get(why, 0.0) for why in one.why) + _PRECEDENT_WEIGHT * share
    return for_it - _REFUSED_WEIGHT * in_vain


def _nearness(one: Suggested, units: Units) -> int:
    """The narrower its territory, the nearer to the matter."""
    return len(territory(units[one.unit].region))


def precedent(
    facts: Facts, past: Iterable[Past], *, objected: frozenset[str] = frozenset(), named: str = ""
) -> Precedent:
    """What earlier matters like this one say: who took them, and to whom they were sent in vain."""
    like = _like(facts, past)
    return Precedent(
        handled=Counter(one.unit for one in like),
        refused=Counter(unit for one in like for unit in one.refused),
        objected=objected,
        named=named,
    )


def _like(facts: Facts, past: Iterable[Past], county_digits: int = 6) -> list[Past]:
    """Those of the same class, and of the same county if there are enough of those."""
    same_class = [one for one in past if one.category == facts.category]
    county = facts.region[:county_digits]
    near = [one for one in same_class if county and one.region.startswith(county)]
    return near if len(near) >= _ENOUGH else same_class
