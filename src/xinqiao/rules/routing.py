"""Where a matter may go: territorial management, level by level; whoever is in charge is responsible (art. 22)."""

from datetime import date

from xinqiao.rules.facts import Facts
from xinqiao.rules.states import Kind
from xinqiao.rules.units import RANK, Unit, UnitKind, Units, within
from xinqiao.rules.wall import walled_units


def targets(step: str, facts: Facts, units: Units, today: date) -> tuple[str, ...]:
    """The units that `to_unit` of this step may name, in the order in which a person would look for them.

    Units behind the wall of a report are never among them. Steps without a choice of unit give an empty tuple.
    """
    choose = _CHOICES.get(step)
    if choose is None or facts.holder not in units:
        return ()
    walled = walled_units(facts, units)
    chosen = (unit for unit in choose(facts, units, today) if unit.code not in walled)
    return tuple(dict.fromkeys(unit.code for unit in chosen))


def _referral(facts: Facts, units: Units, today: date) -> list[Unit]:
    """Own level and region; petition offices one level down. A report goes to the discipline line alone (art. 30)."""
    here = units[facts.holder]
    reported = facts.kind is Kind.REPORT
    found = []
    for unit in units.inside(here.region, today):
        if unit.code == here.code:
            continue
        below = RANK[here.level] - RANK[unit.level]
        if unit.kind is UnitKind.DISCIPLINE:
            fits = reported and below in (0, 1)
        elif unit.kind is UnitKind.PETITION_OFFICE:
            fits = below == 1 and not reported
        else:
            fits = not reported and (below == 0 or _no_office_between(unit, units, here))
        if fits and unit.kind is not UnitKind.JOINT_CONFERENCE:
            found.append(unit)
    category = facts.category
    return sorted(found, key=lambda unit: not in_charge(unit, category))


def _no_office_between(unit: Unit, units: Units, here: Unit) -> bool:
    """Townships have no petition office of their own: the county's sends to them."""
    return unit.kind is UnitKind.TOWNSHIP and RANK[here.level] - RANK[unit.level] == 1


def in_charge(unit: Unit, category: str) -> bool:
    """Whether the unit's duties (`categories`) cover this class of content."""
    return any(category == own or category.startswith(f"{own}.") for own in unit.categories)


def _upward(facts: Facts, units: Units, today: date) -> list[Unit]:
    """The petition offices above; for an organ that is none, also the office of its own region."""
    here = units[facts.holder]
    own_office = here.kind is UnitKind.PETITION_OFFICE
    offices = [
        unit
        for unit in units.on(today)
        if unit.kind is UnitKind.PETITION_OFFICE
        and unit.code != here.code
        and within(here.region, unit.region)
        and (not own_office or RANK[unit.level] > RANK[here.level])
    ]
    return sorted(offices, key=lambda unit: RANK[unit.level])


def _deciders(facts: Facts, units: Units, today: date) -> list[Unit]:
    """The common superior of the units in dispute, then the joint conference of the region (art. 24)."""
    lines = [units.line_up(code) for code in (facts.referrer, facts.handler) if code in units]
    common = [code for code in lines[0] if all(code in line for line in lines)] if lines else []
    involved = {facts.referrer, facts.handler}
    deciders = [units[code] for code in common if code not in involved]
    region = units[facts.referrer].region if facts.referrer in units else ""
    conferences = [
        unit
        for unit in units.on(today)
        if unit.kind is UnitKind.JOINT_CONFERENCE and within(region, unit.region)
    ]
    return [unit for unit in (*deciders, *conferences) if unit.exists_on(today)]


def _decided(facts: Facts, units: Units, today: date) -> list[Unit]:
    """Any organ of the referring office's territory may be told that the matter is its own."""
    region = units[facts.referrer].region if facts.referrer in units else ""
    wanted = (
        {UnitKind.DISCIPLINE}
        if facts.kind is Kind.REPORT
        else {UnitKind.DEPARTMENT, UnitKind.GOVERNMENT, UnitKind.TOWNSHIP}
    )
    return [unit for unit in units.inside(region, today) if unit.kind in wanted]


def _above(facts: Facts, units: Units, today: date) -> list[Unit]:
    """The next level up of whoever decided last, and no organ that decided below (art. 35, 36)."""
    decided = facts.reviewer or facts.handler
    below = {facts.handler, facts.reviewer}
    return [
        units[code]
        for code in (units.superiors(decided) if decided in units else ())
        if code not in below and units[code].exists_on(today)
    ]


def _heir(facts: Facts, units: Units, today: date) -> list[Unit]:
    heir = units.successor_of(facts.holder, today)
    return [units[heir]] if heir is not None and heir != facts.holder else []


_CHOICES = {
    "transfer": _referral,
    "assign": _referral,
    "report_up": _upward,
    "escalate_dispute": _deciders,
    "decide_competence": _decided,
    "request_review": _above,
    "request_reexamination": _above,
    "succeed": _heir,
}
