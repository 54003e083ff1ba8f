"""What the two walks share, the one on values and the one on a database: who acts, and what they like to do."""

from collections.abc import Iterable, Sequence

from tests.support.city import CAST, UNITS
from xinqiao.rules.persons import Person, PersonKind, Post, Role
from xinqiao.rules.states import OPEN
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


def inclined(possible: Iterable[tuple[Person, str]]) -> Sequence[tuple[Person, str]]:
    """The possible steps, with those that bring the matter on making up most of them."""
    listed = list(possible)
    onward = [one for one in listed if one[1] in ONWARD]
    return onward * (4 * len(listed) // max(len(onward), 1)) + listed
