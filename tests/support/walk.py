"""What the two walks share, the one on values and the one on a database: who acts, and what they like to do."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tests.support.city import CAST, UNITS
from xinqiao.rules.matters import may
from xinqiao.rules.persons import Person, PersonKind, Post, Role
from xinqiao.rules.states import OPEN
from xinqiao.rules.steps import Case
from xinqiao.rules.table import TABLE

#: Steps that bring a matter on without closing it early: left to chance alone, no walk would reach a third level.
ONWARD = frozenset({
    step.name for step in TABLE if step.end in OPEN or step.name.startswith("deliver") or step.name == "conclude"
} - {"record_answer", "return_opinion", "report_up"}) | {"approve_extension", "close_hearing"}  # fmt: skip


def heads_beside_the_cast(first_account: int) -> tuple[Person, ...]:
    """A head for every unit where the cast has none, so that nothing is stuck for want of people."""
    headed = {one.unit for one in CAST.values() if one.role is Role.HEAD}
    return tuple(
        Person(
            kind=PersonKind.STAFF,
            account=first_account + n,
            posts=(Post(unit=unit, role=Role.HEAD),),
        )
        for n, unit in enumerate(sorted(UNITS.by_code.keys() - headed))
    )


def possible(people: Iterable[Person], case: Case) -> list[tuple[Person, str]]:
    """Who of them may take which step on the matter of the case, as far as is known before any field is filled in.

    Steps that do not begin where the matter stands are not asked about: nobody may take them.
    """
    here = [step for step in TABLE if case.facts.state in step.start]
    return [
        (who, step.name)
        for who in people
        for own in [replace(case, person=who)]
        for step in here
        if may(step, own) is None
    ]


def inclined(these: Iterable[tuple[Person, str]]) -> Sequence[tuple[Person, str]]:
    """The possible steps, with those that bring the matter on making up most of them."""
    listed = list(these)
    onward = [one for one in listed if one[1] in ONWARD]
    return onward * (4 * len(listed) // max(len(onward), 1)) + listed
