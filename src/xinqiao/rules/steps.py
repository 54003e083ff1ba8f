"""What a step is. The table of all steps stands in `table.py`; this module only says how to read a line of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from xinqiao.law.clocks import Clock
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.facts import Facts
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refusal
from xinqiao.rules.states import Kind, State
from xinqiao.rules.units import Units


class By(StrEnum):
    """Who may take a step, told by the person's post in a unit that stands in this relation to the matter."""

    PETITIONER = "petitioner"
    RECEIVER = "receiver"  # staff of the unit that received it
    REFERRER = "referrer"  # staff of the petition office that sent it
    HOLDER = "holder"  # staff of the unit where the ball lies
    HOLDER_HEAD = "holder_head"
    HANDLER = "handler"  # staff of the unit that handles it, wherever the ball lies
    HANDLER_HEAD = "handler_head"
    OFFICE = "office"  # a petition office in whose territory it lies
    OFFICE_HEAD = "office_head"
    GOVERNMENT_HEAD = "government_head"  # the head of a government that was asked to decide
    LEAD = "lead"  # staff of the unit from which a leader took charge of the matter
    INVOLVED = "involved"  # staff of a unit that has, or had, part in the matter
    CONFERENCE = "conference"  # the joint conference over the place or the head of its government, once it came to them
    ADDRESSEE = (
        "addressee"  # staff of a unit of which supervision asked an answer that is still owed
    )
    SYSTEM = "system"


@dataclass(frozen=True, kw_only=True)
class Case:
    """Everything a rule may look at. `fields` is empty while only the button is asked about.

    `revocable` is the entry that may be revoked, `revocable_unit` the unit that made it; `correctable` are the
    entries whose date may be corrected, each with the unit that made it. `target` is the other matter of a step that
    names one (`matter`); None when there is none for this person.
    """

    facts: Facts
    person: Person
    now: datetime
    units: Units
    clocks: Sequence[Clock] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)
    revocable: int | None = None
    revocable_unit: str = ""
    target: "Case | None" = None
    correctable: Mapping[int, str] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.now.astimezone(SHANGHAI).date()


Guard = Callable[[Case], Refusal | None]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One line of the table: what may happen, from where to where, by whom, with what, under which article.

    `end` None leaves the state as it is; `ends_if` names a fact whose value leads elsewhere.
    `law` are the events of the clock contract that the step gives; `paper` the official paper it issues.
    `revocable`: taken in error, it can be revoked as long as nothing followed it.
    """

    name: str
    start: frozenset[State]
    end: State | None = None
    ends_if: tuple[str, Mapping[str, State]] | None = None
    by: tuple[By, ...]
    needs: tuple[str, ...] = ()
    may_have: tuple[str, ...] = ()
    kinds: frozenset[Kind] = frozenset(Kind)
    guards: tuple[Guard, ...] = ()
    law: tuple[str, ...] = ()
    article: str | None = None
    paper: str | None = None
    revocable: bool = False

    def end_state(self, facts: Facts) -> State | None:
        """The state after the step, told from the facts as the step has changed them."""
        if self.ends_if is not None:
            name, ends = self.ends_if
            if getattr(facts, name) in ends:
                return ends[getattr(facts, name)]
        return self.end or facts.state


def states(*names: State | Iterable[State]) -> frozenset[State]:
    """A set of states from single ones and groups, for the table."""
    found: set[State] = set()
    for name in names:
        found |= {name} if isinstance(name, State) else set(name)
    return frozenset(found)
