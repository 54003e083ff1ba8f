"""The forms of the fund. There is no field that asks for anything in return: help is never a condition to stop."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from xinqiao.desk.controls import DeskForm, Money, Words
from xinqiao.desk.matter.attached import FIELD as FILES
from xinqiao.desk.matter.fields import Setting, form_field
from xinqiao.desk.matter.forms import HoldingForm
from xinqiao.desk.words import Names
from xinqiao.people.values import Masked
from xinqiao.relief.values import Wanted
from xinqiao.rules.fields import FIELDS
from xinqiao.rules.relief import PATHS, STEPS, Hand, State
from xinqiao.rules.relief_books import SOURCES, Account, Kind
from xinqiao.rules.table import STEPS as TABLE

_SET_BY_THE_PLATFORM = {"relief", "relief_government", "relief_office"}
_LONGEST_DOCUMENT = 120


class AskForm(HoldingForm):
    """Help for one petitioner of a matter: from which fund, for which need, why, and why the law gives nothing else."""

    def __init__(
        self, setting: Setting, offices: Sequence[str], behind: Mapping[int, Masked],
        data: Any = None, files: Any = None,
    ) -> None:  # fmt: skip
        initial = {"petitioner": next(iter(behind)) if len(behind) == 1 else None}
        super().__init__(setting.names, data, files, initial=initial)
        self.fields["petitioner"] = forms.TypedChoiceField(
            label=_("Who needs help"), coerce=int, widget=forms.RadioSelect,
            choices=[(one, " ".join(filter(None, (who.name, who.phone)))) for one, who in behind.items()],
        )  # fmt: skip
        self.fields["relief_office"] = forms.ChoiceField(
            label=self.names.word("field", "relief_office"),
            help_text=self.names.helping("field", "relief_office"),
            choices=[(code, self.names.unit(code)) for code in offices],
        )
        step = setting.step
        for name in (*step.needs, *step.may_have):
            if name not in _SET_BY_THE_PLATFORM:
                self.fields[name] = form_field(name, setting)
        self.fields["hardship"].widget.attrs["rows"] = 4
        self.fields["again_why"].widget.attrs["rows"] = 2

    def paths(self) -> list[tuple[Any, Any]]:
        """For the page: each path of the law with the field for what was found."""
        return [(self[path], self[f"{path}_why"]) for path in PATHS]

    def wanted(self) -> Wanted:
        """What is asked for; the files are those kept so far."""
        said = self.cleaned_data
        return Wanted(
            office=said["relief_office"], petitioner=said["petitioner"], need=said["relief_need"],
            amount=said["amount_fen"], hardship=said["hardship"], again_why=said["again_why"],
            paths={path: (said[path], said[f"{path}_why"]) for path in PATHS}, files=self.held.hashes,
        )  # fmt: skip


class MoveForm(HoldingForm):
    """What one move of a request asks for: a reason, an amount, a day, its proof."""

    def __init__(
        self, setting: Setting, initial: Mapping[str, Any], data: Any = None, files: Any = None
    ) -> None:
        super().__init__(setting.names, data, files, initial=initial)
        step = setting.step
        for name in (*step.needs, *step.may_have):
            fixed = name == "amount_fen" and step.name == "pay_relief"
            if name != "relief" and not fixed:
                self.fields[name] = form_field(name, setting)
        if step.name == "pay_relief":  # kept already, it need not be chosen again
            self.fields[FILES].required = False
        if "reason" in self.fields:
            self.fields["reason"].widget.attrs["rows"] = 3

    def given(self) -> dict[str, Any]:
        """The fields by the names of the actions."""
        said = {name: value for name, value in self.cleaned_data.items() if name != FILES}
        if "amount_fen" in said:
            said["amount"] = said.pop("amount_fen")
        return said | ({FILES: self.held.hashes} if self.takes_files else {})


class FilterForm(DeskForm):
    """What the list of requests is narrowed by."""

    use_required_attribute = False

    def __init__(
        self, names: Names, offices: Sequence[str], years: Sequence[int], data: Any
    ) -> None:
        super().__init__(data)
        everything = [("", _("any"))]
        states = [(one.value, names.word("relief_state", one)) for one in State]
        needs = [(one, names.word("relief_need", one)) for one in _needs()]
        of_fund = [(one, names.unit(one)) for one in offices]
        self.fields |= {
            "state": forms.ChoiceField(label=_("State"), choices=everything + states, required=False),
            "need": forms.ChoiceField(
                label=names.word("field", "relief_need"), choices=everything + needs, required=False
            ),
            "office": forms.ChoiceField(
                label=names.word("field", "relief_office"), choices=everything + of_fund, required=False
            ),
            "year": forms.TypedChoiceField(
                label=_("Year"), coerce=int, empty_value=None, required=False,
                choices=everything + [(str(one), str(one)) for one in years],
            ),
        }  # fmt: skip


class FundForm(DeskForm):
    """The fund of an office for a year, with its budget by source."""

    def __init__(
        self, names: Names, offices: Sequence[str], this_year: int, data: Any = None
    ) -> None:
        super().__init__(data, initial={"year": this_year})
        self.fields["office"] = forms.ChoiceField(
            label=names.word("field", "relief_office"), choices=[(one, names.unit(one)) for one in offices]
        )  # fmt: skip
        self.fields["year"] = forms.TypedChoiceField(
            label=_("Year"), coerce=int,
            choices=[(str(one), str(one)) for one in range(this_year - 1, this_year + 2)],
        )  # fmt: skip
        for source in SOURCES:
            self.fields[source] = Money(
                label=_("%(source)s (yuan)") % {"source": names.word("relief_account", source)},
                low=0, required=False,
            )  # fmt: skip
        self.fields["document"] = _document()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and not any(said.get(source) for source in SOURCES):
            self.add_error(SOURCES[0], _("Enter the budget of at least one source."))
        return said

    def budget(self) -> dict[Account, int]:
        return {source: self.cleaned_data[source] or 0 for source in SOURCES}


class BudgetForm(DeskForm):
    """A supplement to the budget, or a reduction of it."""

    def __init__(self, names: Names, data: Any = None) -> None:
        super().__init__(data, initial={"kind": Kind.SUPPLEMENT, "source": Account.FISCAL})
        kinds = [
            (one.value, names.word("relief_entry", one)) for one in (Kind.SUPPLEMENT, Kind.REDUCE)
        ]
        sources = [(one.value, names.word("relief_account", one)) for one in SOURCES]
        self.fields["kind"] = forms.ChoiceField(
            label=_("What changes"), choices=kinds, widget=forms.RadioSelect
        )
        self.fields["source"] = forms.ChoiceField(
            label=_("Source"), choices=sources, widget=forms.RadioSelect
        )
        self.fields["amount"] = Money(label=names.word("field", "amount_fen"))
        self.fields["document"] = _document()


def _document() -> Words:
    return Words(
        label=_("Number of the paper"), max_length=_LONGEST_DOCUMENT,
        help_text=_("The paper that grants the money, or the record of the donation. No names."),
    )  # fmt: skip


def _needs() -> tuple[str, ...]:
    return FIELDS["relief_need"].choices


def hands_said(hands: Sequence[Hand], names: Names) -> list[str]:
    """Who has to approve, in words and in their order."""
    return [names.word("relief_hand", one) for one in hands]


def step_of(move: str) -> Any:
    """The step of the table that a move is. Raises KeyError for what is none of the fund's."""
    if move not in STEPS:
        raise KeyError(move)
    return TABLE[move]
