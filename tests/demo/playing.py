"""Plays a planned matter through the rules and the clocks, as the platform would, without a database."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from xinqiao.demo.catalogue import tree, units
from xinqiao.demo.values import PlannedMatter, PlannedStep
from xinqiao.law.calendar import published
from xinqiao.law.clocks import Clock, clocks
from xinqiao.rules.clock_events import law_events
from xinqiao.rules.entries import SHANGHAI, Entry
from xinqiao.rules.facts import Facts
from xinqiao.rules.fields import FIELDS, FieldType
from xinqiao.rules.matters import may
from xinqiao.rules.persons import Person, PersonKind, Post, Role, petitioner_of
from xinqiao.rules.replay import apply
from xinqiao.rules.steps import Case
from xinqiao.rules.table import STEPS
from xinqiao.rules.units import UnitKind

MATTER = 1


@cache
def account(unit: str, role: str) -> int:
    """One account for each post: a number that no other post has."""
    return list(units()).index(unit) * len(Role) + list(Role).index(Role(role)) + 1


def actor(step: PlannedStep) -> Person:
    if step.by_role == "petitioner":
        return petitioner_of(MATTER)
    post = Post(unit=step.by_unit, role=Role(step.by_role))
    number = account(step.by_unit, step.by_role)
    return Person(kind=PersonKind.STAFF, account=number, posts=(post,))


def typed(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as a form would give them to the rules."""
    return {name: _typed(name, value) for name, value in fields.items()}


def _typed(name: str, value: Any) -> Any:
    match FIELDS[name].type:
        case FieldType.DATE:
            return date.fromisoformat(value)
        case FieldType.ACCOUNT:
            return account(value["unit"], value["role"])
        case _:
            return value


class Ledger:
    """The ledger of one matter while it is played."""

    def __init__(self, matter: PlannedMatter) -> None:
        self.matter = matter
        self.entries: list[Entry] = []
        self.facts = Facts()
        contact = matter.contacts[0]
        office = units()[contact.unit].kind is UnitKind.PETITION_OFFICE
        received_by = "petition_office" if office else "organ"
        payload = {"contact": "1", "channel": contact.channel, "received_by": received_by}
        self._write("receive", contact.received_at, contact.unit, None, payload)

    def clocks(self, now: datetime) -> list[Clock]:
        events = law_events(self.entries)
        return list(clocks(events, now.astimezone(SHANGHAI).date(), calendar=published()))

    def written(self) -> list[Entry]:
        """The whole ledger as it was planned, without asking the rules: for looking at all of a city."""
        for step in self.matter.steps:
            self._write_step(step)
        return self.entries

    def play(self) -> Iterator[tuple[PlannedStep, str]]:
        """Each step with "" or the code of the refusal; a refused step ends the play."""
        for step in self.matter.steps:
            refused = self._refusal(step)
            yield step, refused
            if refused:
                return
            self._write_step(step)

    def _write_step(self, step: PlannedStep) -> None:
        payload = {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in self._fields(step).items()
            if FIELDS[name].type is not FieldType.TEXT
        }
        number = None if step.by_role == "petitioner" else account(step.by_unit, step.by_role)
        self._write(step.step, step.at, step.by_unit, number, payload)

    def _refusal(self, step: PlannedStep) -> str:
        case = Case(
            facts=self.facts,
            person=actor(step),
            now=step.at,
            units=tree(),
            clocks=tuple(self.clocks(step.at)),
            fields=self._fields(step),
        )
        refusal = may(STEPS[step.step], case)
        return "" if refusal is None else f"{refusal.code} {dict(refusal.facts)}"

    def _fields(self, step: PlannedStep) -> dict[str, Any]:
        if step.step != "add_contact":
            return typed(step.fields)
        contact = self.matter.contacts[step.fields["contact"]]
        return {**step.fields, "subject": contact.subject, "body": contact.body}

    def _write(
        self, step: str, at: datetime, unit: str, by: int | None, payload: Mapping[str, Any]
    ) -> None:
        entry = Entry(
            seq=len(self.entries) + 1, step=step, at=at, account=by, unit=unit, payload=payload
        )
        self.entries.append(entry)
        self.facts = apply(self.facts, entry)
