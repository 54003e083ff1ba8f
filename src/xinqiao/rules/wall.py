"""The wall around a report (art. 30, 46): the reported never meet it, through no door."""

from xinqiao.rules.facts import Facts
from xinqiao.rules.persons import Person
from xinqiao.rules.units import Units


def walled_units(facts: Facts, units: Units) -> frozenset[str]:
    """The reported units and every unit below them."""
    walled: set[str] = set()
    for code in facts.reported_units:
        walled |= units.subtree(code) if code in units else {code}
    return frozenset(walled)


def behind_wall(person: Person, facts: Facts, units: Units) -> bool:
    """Whether the matter must not exist for this person: reported themselves, of a walled unit, or recused."""
    if person.account is None:
        return False
    if person.account in facts.reported_accounts or person.account in facts.recused:
        return True
    walled = walled_units(facts, units)
    return any(post.unit in walled for post in person.posts)
