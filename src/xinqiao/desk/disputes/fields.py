"""Forms of steps, made from the tables of `rules.disputes` and `rules.mediations`: one list serves rules and page."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from xinqiao.desk.controls import Day, Words, YesNo
from xinqiao.desk.forms import RuledForm
from xinqiao.desk.words import Names
from xinqiao.directory import queries as directory
from xinqiao.rules.fields import FieldSpec, FieldType
from xinqiao.rules.persons import WORKING_ROLES

#: Fields whose words stand in the group of another name.
GROUPS = {"side_a": "dispute_role", "side_b": "dispute_role"}
_RADIOS = 4
_LINE = 200


class StepForm(RuledForm):
    """The fields of one step. `units` are those that may be named, `accounts` who may be chosen."""

    def __init__(
        self, names: Names, specs: Mapping[str, FieldSpec], needs: Iterable[str], may_have: Iterable[str],
        data: Any = None, *, units: Iterable[str] = (), accounts: Iterable[tuple[int, str]] = (),
        initial: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(names, data, initial=dict(initial or {}))
        self.units, self.accounts = list(units), list(accounts)
        for name in needs:
            self.fields[name] = self._field(name, specs[name], required=True)
        for name in may_have:
            self.fields[name] = self._field(name, specs[name], required=False)

    def _field(self, name: str, spec: FieldSpec, *, required: bool) -> forms.Field:
        common: dict[str, Any] = {
            "label": self.names.word("field", name), "help_text": self.names.helping("field", name),
            "required": required,
        }  # fmt: skip
        match spec.type:
            case FieldType.TEXT:
                longest = {} if spec.long else {"max_length": _LINE}
                return Words(long=spec.long, rows=4, **longest, **common)
            case FieldType.DATE:
                return Day(**common)
            case FieldType.YES_NO:
                yes, no = self.names.yes_no(True), self.names.yes_no(False)
                return YesNo(yes=yes, no=no, **common)
            case FieldType.UNIT:
                return _list([(code, self.names.unit(code)) for code in self.units], **common)
            case FieldType.ACCOUNT:
                return forms.TypedChoiceField(
                    choices=[("", _("choose")), *self.accounts], coerce=int, empty_value=None, **common
                )  # fmt: skip
            case _:
                return self._choice(name, spec, **common)

    def _choice(self, name: str, spec: FieldSpec, **common: Any) -> forms.Field:
        group = GROUPS.get(name, name)
        choices = [(code, self.names.word(group, code)) for code in spec.choices]
        if len(choices) <= _RADIOS and common["required"]:
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
        return _list(choices, **common)

    def given(self) -> dict[str, Any]:
        """The fields that say something."""
        said = self.cleaned_data.items()
        return {name: value for name, value in said if value not in (None, "", [])}


def _list(choices: list[tuple[str, str]], **common: Any) -> forms.Field:
    return forms.ChoiceField(choices=[("", _("choose")), *choices], **common)


def staff_of(units: Iterable[str], names: Names, today: date) -> list[tuple[int, str]]:
    """Who works in these units today: account, name with post."""
    lines = directory.staff(units, today, WORKING_ROLES)
    found = {
        one.account: f"{one.name} · {names.unit(one.unit)} {one.title or names.word('role', one.role)}"
        for one in lines
    }
    return list(found.items())


def own_units(codes: Iterable[str], names: Names) -> list[tuple[str, str]]:
    """Units of the person as choices, in the order of their code."""
    return [(code, names.unit(code)) for code in sorted(codes)]
