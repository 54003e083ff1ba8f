"""Who looks at hot spots (热点), and what may be said of one: about matters and places, nothing about a person."""

from datetime import date
from enum import StrEnum

from xinqiao.rules.persons import Person, Role
from xinqiao.rules.units import UnitKind, Units

#: Who coordinates a territory and so has to see what rises in it (R2022 art. 10, 22).
_OFFICES = frozenset({UnitKind.PETITION_OFFICE, UnitKind.JOINT_CONFERENCE, UnitKind.GOVERNMENT})
_HEADS = frozenset({Role.HEAD})


class Outcome(StrEnum):
    """What a spot turned out to be for whoever looked."""

    TRUE = "true"  # one thing, and news
    KNOWN = "known"  # one thing, and in hand already
    FALSE = "false"  # not one thing: contacts that only look alike


def may_look(person: Person, units: Units, today: date) -> bool:
    """Petition offices, joint conferences and governments, and whoever heads a unit; each within their own scope."""
    if person.units(_HEADS):
        return True
    return any(
        units[code].kind in _OFFICES and units[code].exists_on(today)
        for code in person.units()
        if code in units
    )
