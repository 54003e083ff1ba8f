"""Plays the plan of the demonstration city through the real actions, so that every ledger is true."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from xinqiao.config.founding import load_catalogue
from xinqiao.demo import catalogue
from xinqiao.demo.names import Petitioner, official
from xinqiao.demo.values import PlannedContact, PlannedMatter, PlannedStep
from xinqiao.directory import actions as directory
from xinqiao.directory import queries
from xinqiao.insight.classifying.queries import recorded
from xinqiao.intake.actions import receive
from xinqiao.intake.values import ContactInput
from xinqiao.matters import actions as matters
from xinqiao.people.values import PersonInput, PetitionerKind
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.fields import FIELDS, FieldType
from xinqiao.rules.persons import Person, Role, petitioner_of
from xinqiao.rules.refusals import Refused
from xinqiao.rules.units import Unit, UnitKind

SINCE = date(2015, 1, 1)
ADMIN = "admin"
_STAFF = (("clerk", 0), ("officer", 0), ("officer", 1), ("head", 0))


@dataclass(kw_only=True)
class Loaded:
    """What was played: matters, steps, and what the rules refused (step and code), which should be nothing."""

    matters: int = 0
    steps: int = 0
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)


def username(unit: str, role: str, index: int = 0) -> str:
    """The log-in of a member of staff: anqing-housing.officer, anqing-housing.officer2."""
    return f"{unit}.{role}{index + 1 if index else ''}"


@transaction.atomic
def found_city(password: str) -> int:
    """Regions, categories, units and staff; everybody with the same password. Returns the number of units."""
    load_catalogue()
    directory.add_units(catalogue.units().values())
    people = staff_of(catalogue.units().values())
    office = catalogue.petition_office(catalogue.CITY).code
    people.append((ADMIN, "管理员", office, Role.ADMIN))
    directory.open_accounts(people, password=password, since=SINCE)
    return len(catalogue.units())


def staff_of(units: Iterable[Unit]) -> list[tuple[str, str, str, Role]]:
    """Who works there: user name, name, unit, role. Only petition offices have clerks."""
    return [
        (
            username(unit.code, role, index),
            official(unit.code, role, index).name,
            unit.code,
            Role(role),
        )
        for unit in units
        for role, index in _STAFF
        if role != "clerk" or unit.kind is UnitKind.PETITION_OFFICE
    ]


class Player:
    """Plays matters one after another. Times are those of the plan: a step is recorded when it happened."""

    def __init__(self) -> None:
        self.accounts = queries.accounts_by_username()
        self.loaded = Loaded()

    def play(self, matter: PlannedMatter) -> int:
        """One matter from its first contact to where it stands; stops at the first step that the rules refuse.

        Returns its row id.
        """
        with transaction.atomic():
            first = matter.contacts[0]
            row = self._receive(first, None, self._receiver(first), first.received_at)
            for step in matter.steps:
                try:
                    self._take(row, matter, step)
                except Refused as refused:
                    self.loaded.refused[step.step, refused.refusal.code] += 1
                    break
                self.loaded.steps += 1
        self.loaded.matters += 1
        return row

    def _receive(
        self, contact: PlannedContact, matter: int | None, by: Person, now: datetime
    ) -> int:
        receipt = receive(
            ContactInput(
                unit=contact.unit,
                channel=contact.channel,
                received_at=contact.received_at,
                subject=contact.subject,
                body=contact.body,
                petitioners=[person_input(one) for one in contact.petitioners],
                representatives=[person_input(one) for one in contact.representatives],
                head_count=contact.head_count,
                level=contact.level,
                designated_place=contact.designated_place,
                postmark_on=contact.postmark_on,
                matter=matter,
            ),
            by=by,
            now=now,
        )
        return receipt.matter

    def _receiver(self, contact: PlannedContact) -> Person:
        """Online the petitioner submits; everything else somebody at the unit's counter takes down."""
        if contact.channel == "online":
            return petitioner_of(0)
        clerk = username(contact.unit, "clerk")
        account = self.accounts.get(clerk) or self.accounts[username(contact.unit, "officer")]
        return queries.person(account, contact.received_at.astimezone(SHANGHAI).date())

    def _take(self, row: int, matter: PlannedMatter, step: PlannedStep) -> None:
        by = self._person(row, step)
        if step.step == "add_contact":
            self._receive(matter.contacts[step.fields["contact"]], row, by, step.at)
            return
        fields = {name: self._value(name, value) for name, value in step.fields.items()}
        if step.step == "register":
            fields |= suggested(matter.contacts[0].subject, matter.contacts[0].body)
        unit = step.by_unit or None
        matters.take(row, step.step, fields, by=by, now=step.at, unit=unit, tell=False)

    def _person(self, row: int, step: PlannedStep) -> Person:
        if step.by_role == "petitioner":
            return petitioner_of(row)
        account = self.accounts[self._clerk_or(step)]
        return queries.person(account, step.at.astimezone(SHANGHAI).date())

    def _clerk_or(self, step: PlannedStep) -> str:
        """Units without a counter have their officer do what a clerk does."""
        name = username(step.by_unit, step.by_role)
        return name if name in self.accounts else username(step.by_unit, "officer")

    def _value(self, name: str, value: Any) -> Any:
        match FIELDS[name].type:
            case FieldType.DATE:
                return date.fromisoformat(value)
            case FieldType.ACCOUNT if isinstance(value, Mapping):
                return self.accounts[username(value["unit"], value["role"])]
            case _:
                return value


def suggested(subject: str, body: str) -> dict[str, Any]:
    """What the words of the taxonomy suggested when it was registered, as the desk keeps it beside what was chosen."""
    found = recorded(subject, body)
    return {"suggested": found} if found else {}


def person_input(one: Petitioner) -> PersonInput:
    """The invented petitioner as a form would give them."""
    kind = PetitionerKind.ORGANISATION if one.organisation else PetitionerKind.PERSON
    return PersonInput(
        name=one.name, kind=kind, id_number=one.id_number, phone=one.phone, address=one.address
    )


def play_all(plan: Iterable[PlannedMatter], tick: Callable[[int], None] = lambda _: None) -> Loaded:
    """Plays a whole plan; `tick` is told the number of matters done."""
    player = Player()
    for matter in plan:
        player.play(matter)
        tick(player.loaded.matters)
    return player.loaded
