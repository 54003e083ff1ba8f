"""Several matters at once: one form, then each through the real step, with its own answer.

At most a page of rows. Each row carries the last entry that was seen: nobody acts on what others changed meanwhile.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms

from xinqiao.desk.controls import DeskForm
from xinqiao.desk.matter.fields import Setting, field_names, form_field
from xinqiao.desk.words import Names
from xinqiao.desk.work.lists import PAGE
from xinqiao.matters import actions
from xinqiao.matters import queries as matters
from xinqiao.rules.matters import may
from xinqiao.rules.persons import Person, Role
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.rules.steps import By, Step
from xinqiao.rules.table import STEPS
from xinqiao.rules.units import UnitKind, Units

#: Steps that say the same of many matters. Opinions, decisions and dates are weighed one by one.
BULK = ("transfer", "assign", "designate", "take_on", "notify")
_OFFICE_ONLY = frozenset({"transfer", "assign"})
_NOT_FOUND = Refusal("not_found")


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """One row that was chosen: the matter, if it exists for the person, and why the step is not possible on it."""

    number: str
    setting: Setting | None
    refusal: Refusal | None

    @property
    def seen(self) -> int:
        """The number of the last entry that the page shows."""
        return self.setting.sheet.facts.last_seq if self.setting else 0


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one row: done, or refused with the reason."""

    number: str
    refusal: Refusal | None


def steps_for(person: Person, units: Units) -> list[Step]:
    """The steps that somebody with these posts takes on many matters."""
    own = [units[code] for code in person.units() if code in units]
    office = any(unit.kind is UnitKind.PETITION_OFFICE for unit in own)
    head = bool(person.units(frozenset({Role.HEAD})))
    return [
        STEPS[name]
        for name in BULK
        if (office or name not in _OFFICE_ONLY) and (head or By.HOLDER_HEAD not in STEPS[name].by)
    ]


def chosen(
    numbers: Sequence[str], step: Step, person: Person, names: Names, now: datetime
) -> list[Chosen]:
    """The rows, each once, at most a page of them, with what the rules say to the step."""
    found = []
    for number in list(dict.fromkeys(numbers))[:PAGE]:
        matter = matters.find(person, number, now)
        sheet = matters.sheet(person, matter, now) if matter is not None else None
        if sheet is None:
            found.append(Chosen(number=number, setting=None, refusal=_NOT_FOUND))
            continue
        setting = Setting(sheet=sheet, step=step, names=names, today=matters.today(now))
        found.append(Chosen(number=number, setting=setting, refusal=may(step, sheet.case)))
    return found


class BulkForm(DeskForm):
    """The fields of the step, with the choices that are open for every one of the matters."""

    def __init__(self, settings: Sequence[Setting], data: Any = None) -> None:
        super().__init__(data)
        for name in field_names(settings[0].step):
            each = [form_field(name, setting) for setting in settings]
            self.fields[name] = _narrowed(each)

    def given(self) -> dict[str, Any]:
        """The fields that say something."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}

    @property
    def stuck(self) -> bool:
        """Whether some field has nothing to choose from: the matters have no unit, or no officer, in common."""
        return any(
            field.required and not _codes(field)
            for field in self.fields.values()
            if isinstance(field, forms.ChoiceField)
        )


def take_each(
    rows: Sequence[tuple[str, int]],
    step: Step,
    given: dict[str, Any],
    person: Person,
    now: datetime,
) -> list[Outcome]:
    """Takes the step on each matter by itself; `rows` are numbers with the last entry that was seen."""
    return [
        Outcome(number=number, refusal=_taken(number, seen, step, given, person, now))
        for number, seen in rows[:PAGE]
    ]


def _taken(
    number: str, seen: int, step: Step, given: dict[str, Any], person: Person, now: datetime
) -> Refusal | None:
    matter = matters.find(person, number, now)
    if matter is None:
        return _NOT_FOUND
    try:
        actions.take(matter, step.name, given, by=person, now=now, seen=seen)
    except Refused as refused:
        return refused.refusal
    return None


def _narrowed(each: Sequence[forms.Field]) -> forms.Field:
    """The first of the fields; of a list, what all of them offer, in its order and groups."""
    first = each[0]
    if not isinstance(first, forms.ChoiceField) or len(each) == 1:
        return first
    common = set.intersection(*(_codes(field) for field in each))  # type: ignore[arg-type]
    first.choices = _only(first.choices, common)
    return first


def _codes(field: forms.ChoiceField) -> set[Any]:
    return {code for code, _ in _flat(field.choices) if code not in ("", None)}


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    for code, label in choices:
        found += _flat(label) if isinstance(label, list | tuple) else [(code, label)]
    return found


def _only(choices: Any, common: set[Any]) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    for code, label in choices:
        if isinstance(label, list | tuple):
            inner = _only(label, common)
            found += [(code, inner)] if inner else []
        elif code in common or code == "":
            found.append((code, label))
    return found
