"""The forms of duties: giving one on a matter, and saying how it stands."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from xinqiao.desk.controls import Day, DeskForm, Pick, Words, labelled
from xinqiao.desk.forms import RuledForm
from xinqiao.desk.words import Names
from xinqiao.directory import queries as directory
from xinqiao.duties.queries import LISTS
from xinqiao.duties.values import NewDuty
from xinqiao.matters.queries import Sheet
from xinqiao.rules.duties import SourceKind, Verb
from xinqiao.rules.facts import Facts
from xinqiao.rules.persons import WORKING_ROLES
from xinqiao.rules.states import Kind
from xinqiao.rules.wall import walled_units


def units_with_part(facts: Facts | None, names: Names, today: date) -> Mapping[str, str]:
    """The units of today that may be given a part: none behind the wall; of a report, those that have one."""
    units = [one.code for one in names.units.on(today)]
    if facts is not None:
        walled = walled_units(facts, names.units)
        stays = facts.kind is Kind.REPORT
        units = [one for one in units if one not in walled and (not stays or one in facts.involved)]
    return labelled((code, names.unit(code)) for code in units)


def staff_of(units: Sequence[str], names: Names, today: date) -> Mapping[str, str]:
    """Who works in these units, by account number: name and unit."""
    lines = directory.staff(units, today, WORKING_ROLES)
    return labelled((str(one.account), f"{one.name}（{names.unit(one.unit)}）") for one in lines)


class DutyForm(RuledForm):
    """What, by which unit, by which day; on a matter or on none."""

    refused_at: Mapping[str, str] = {
        "due_in_past": "due_on", "not_of_that_unit": "duty_account", "shut_out": "duty_account",
        "unit_not_allowed": "duty_unit", "report_stays": "duty_unit",
    }  # fmt: skip

    def __init__(self, names: Names, today: date, sheet: Sheet | None, data: Any = None) -> None:
        super().__init__(names, data)
        units = units_with_part(sheet.facts if sheet else None, names, today)
        self.fields |= {
            "duty_words": Words(long=True, rows=3, **self.said("duty_words")),
            "duty_unit": Pick(units, **self.said("duty_unit")),
            "duty_account": Pick(
                staff_of(list(units), names, today), required=False, **self.said("duty_account")
            ),
            "due_on": Day(**self.said("due_on")),
        }

    def value(self, matter: int | None) -> NewDuty:
        """The duty as it was entered."""
        said = self.cleaned_data
        account = said["duty_account"]
        return NewDuty(
            words=said["duty_words"], unit=said["duty_unit"], due=said["due_on"],
            account=int(account) if account else None, matter=matter,
        )  # fmt: skip


class MoveForm(DeskForm):
    """How it stands, in words: what was done, what is missing, why not any more."""

    def __init__(self, verbs: Sequence[Verb], data: Any = None) -> None:
        super().__init__(data)
        self.fields["words"] = Words(long=True, rows=3, label=_("In words"), required=False)
        self.fields["verb"] = forms.ChoiceField(
            choices=[(one, one) for one in verbs], widget=forms.HiddenInput
        )


class FilterForm(DeskForm):
    """What a list of duties is narrowed by."""

    def __init__(self, names: Names, today: date, data: Any) -> None:
        super().__init__(data)
        sources = [("", _("any")), *((one, names.word("duty_source", one)) for one in SourceKind)]
        units = labelled((one.code, names.unit(one.code)) for one in names.units.on(today))
        self.fields |= {
            "unit": Pick(units, label=names.word("field", "duty_unit"), required=False),
            "source": forms.ChoiceField(
                choices=sources, label=names.word("field", "duty_source"), required=False
            ),
        }

    def given(self) -> dict[str, str]:
        """What was chosen; nothing for what cannot be read."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def known(queue: str) -> str:
    """The list of this name; the first one when there is none."""
    return queue if queue in LISTS else LISTS[0]
