"""The wall around a report (art. 30, 46): the reported never meet it, through no door."""

from xinqiao.rules.facts import Facts
from xinqiao.rules.persons import Person
from xinqiao.rules.states import Kind
from xinqiao.rules.units import Units


def walled_units(facts: Facts, units: Units) -> frozenset[str]:
    """The reported units and every unit below them."""
    walled: set[str] = set()
    for code in facts.reported_units:
        walled |= units.subtree(code) if code in units else {code}
    return frozenset(walled)


def behind_wall(person: Person, facts: Facts, units: Units) -> bool:
    """Whether the matter must not exist for this person: reported themselves, of a walled unit, or recused.

    Whoever stands in for somebody meets no report that this one must not meet, and no unit's that this one is of.
    """
    if person.account is None:
        return False
    accounts = {person.account, *(person.away if facts.kind is Kind.REPORT else ())}
    if accounts & (facts.reported_accounts | facts.recused):
        return True
    walled = walled_units(facts, units)
    return not walled.isdisjoint({post.unit for post in person.posts} | person.walled_with)


def at_matter(person: Person, facts: Facts) -> Person:
    """The person as they stand before this matter: for one who withdrew from it nobody stands in (art. 28)."""
    shut_out = facts.reported_accounts | facts.recused
    if person.away.isdisjoint(shut_out):
        return person
    return person.standing_in_for(person.away - shut_out)
