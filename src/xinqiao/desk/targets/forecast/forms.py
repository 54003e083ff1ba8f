"""What is asked of a forecast and of the simulation; addresses carry it, so that an answer can be sent on."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from xinqiao.desk.controls import DeskForm, Pick
from xinqiao.desk.targets.asking import Asked, code_of, place_choices
from xinqiao.rules.what_if import Change, Shift
from xinqiao.targets.capacity.values import Move, Question
from xinqiao.ui.punctuation import in_turn

MOST_OFFICERS = 999


class PlaceForm(DeskForm):
    """Whose forecasts."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(initial={"place": code_of(asked.place)})
        self.fields["place"] = forms.ChoiceField(
            label=_("Unit or region"), choices=place_choices(asked), required=False
        )


class WhatIfForm(DeskForm):
    """What if something were otherwise, by how much; and a limit whose crossing is asked for. Rates are in per cent."""

    def __init__(
        self, asked: Asked, shifts: Sequence[Shift], language: str, *, rate: bool, data: Mapping[str, Any]
    ) -> None:  # fmt: skip
        super().__init__(data if {"shift", "limit"} & set(data) else None)
        self.shifts = {one.id: one for one in shifts}
        self.rate = rate
        self.fields["place"] = forms.CharField(
            widget=forms.HiddenInput, initial=code_of(asked.place), required=False
        )
        if shifts:
            choices = [("", _("as it is")), *((one.id, one.label(language)) for one in shifts)]
            self.fields["shift"] = forms.ChoiceField(
                label=_("What if, from the next month on"), choices=choices, required=False
            )
            self.fields["amount"] = forms.FloatField(
                label=_("By how much"), required=False,
                help_text=_("Leave it empty for the usual: %(usual)s.") % {"usual": _usual(shifts, language)},
            )  # fmt: skip
        label = _("A limit of the year, in per cent") if rate else _("A limit of the year")
        self.fields["limit"] = forms.FloatField(
            label=label, required=False, min_value=0, max_value=100 if rate else 1e9,
            help_text=_("A target, or the threshold of the key-management list: how likely the year ends above it."),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        shift = self.shifts.get(said.get("shift") or "")
        typed = said.get("amount")
        if shift is not None and "amount" not in self.errors:
            amount = shift.amount if typed is None else typed / _hundred(shift)
            if not shift.least <= amount <= shift.most:
                low, high = (f"{one * _hundred(shift):g}" for one in (shift.least, shift.most))
                refused = _("Between %(low)s and %(high)s.") % {"low": low, "high": high}
                self.add_error("amount", ValidationError(refused))
            said["amount"] = amount
        return said

    def asked(self) -> tuple[Shift, float] | None:
        """The shift and its amount, in the unit of the rules."""
        shift = self.shifts.get(self.cleaned_data.get("shift") or "")
        return (shift, self.cleaned_data["amount"]) if shift else None

    def limit(self) -> float | None:
        typed: float | None = self.cleaned_data.get("limit")
        return typed / 100 if typed is not None and self.rate else typed


def _hundred(shift: Shift) -> float:
    """A rate is typed in per cent."""
    return 100.0 if shift.change is Change.TO else 1.0


def _usual(shifts: Sequence[Shift], language: str) -> str:
    parts = (f"{one.label(language)} {one.amount * _hundred(one):g}" for one in shifts)
    return in_turn(parts) if len(shifts) > 1 else f"{shifts[0].amount * _hundred(shifts[0]):g}"


class CapacityForm(DeskForm):
    """By how much petitions rise, and who moves where."""

    def __init__(self, asked: Asked, units: Mapping[str, str], data: Mapping[str, Any]) -> None:
        super().__init__(
            data if "growth" in data else None,
            initial={"place": code_of(asked.place), "growth": 30},
        )
        self.fields |= {
            "place": forms.ChoiceField(label=_("Unit or region"), choices=place_choices(asked), required=False),
            "growth": forms.IntegerField(
                label=_("Petitions rise by, in per cent"), min_value=-100, max_value=500, required=False,
                help_text=_("A number below zero: they fall."),
            ),
            "giver": Pick(units, label=_("Officers move from"), required=False),
            "taker": Pick(units, label=_("to"), required=False),
            "officers": forms.IntegerField(
                label=_("How many officers"), min_value=0, max_value=MOST_OFFICERS, required=False
            ),
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        parts = [said.get(name) for name in ("giver", "taker", "officers")]
        if any(parts) and not all(parts) and not self.errors:
            missing = next(name for name in ("giver", "taker", "officers") if not said.get(name))
            self.add_error(missing, ValidationError(_("Say from where, to where, and how many.")))
        return said

    def question(self) -> Question:
        said = self.cleaned_data
        moves: tuple[Move, ...] = ()
        if said.get("giver"):
            moves = (Move(giver=said["giver"], taker=said["taker"], officers=said["officers"]),)
        return Question(growth=(said.get("growth") or 0) / 100, moves=moves)
