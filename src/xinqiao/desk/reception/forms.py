"""The forms of a hall and of a desk in it."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from xinqiao.desk.controls import DeskForm, Pick, Words, labelled
from xinqiao.desk.words import Names
from xinqiao.reception import hours
from xinqiao.reception.values import HallValue, WindowValue

WEEKDAYS = range(1, 8)


class HallForm(DeskForm):
    """A hall; its code, which is part of an address, is chosen once."""

    def __init__(
        self, names: Names, offices: list[str], before: HallValue | None, data: Any
    ) -> None:
        initial = vars(before) if before else {}
        super().__init__(data, initial=initial)
        self.before, self.names = before, names
        self.fields["name"] = Words(label=_("Name of the hall"), max_length=60)
        self.fields["name_en"] = Words(label=_("Name in English"), max_length=120, required=False)
        self.fields["address"] = Words(label=_("Address of the hall"), max_length=200)
        self.fields["address_en"] = Words(
            label=_("Address in English"), max_length=200, required=False
        )
        if before is None:
            self.fields["code"] = forms.SlugField(
                label=_("Short name in addresses"), max_length=40,
                help_text=_(
                    "It stands in the address of the screen: small Latin letters, digits and hyphens."
                    " It cannot be changed later."
                ),
            )  # fmt: skip
        self.fields["unit"] = forms.ChoiceField(
            label=_("Kept by"), choices=[(code, names.unit(code)) for code in offices]
        )
        self.fields["closed"] = forms.BooleanField(
            label=_("Closed: it is shown to nobody"), required=False
        )

    def value(self) -> HallValue:
        """The hall as it was entered; its region is that of the office."""
        said = dict(self.cleaned_data)
        said["code"] = self.before.code if self.before else said["code"].lower()
        return HallValue(region=self.names.units[said["unit"]].region, **said)


class HoursField(forms.CharField):
    """From when to when, as one writes it; gives the spans."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(
            attrs={"autocomplete": "off", "placeholder": "8:30-12:00 14:30-17:30"}
        )
        super().__init__(required=False, max_length=100, widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        try:
            return hours.read(super().clean(value))
        except hours.NotHours as fault:
            raise forms.ValidationError(
                _(
                    "Write from when to when, such as 8:30-12:00 14:30-17:30; nothing for a closed day."
                )
            ) from fault

    def prepare_value(self, value: Any) -> Any:
        return hours.written(value) if isinstance(value, list) else value


class WindowForm(DeskForm):
    """A desk with its hours, a line a weekday."""

    def __init__(self, names: Names, now: datetime, before: WindowValue | None, data: Any) -> None:
        initial = vars(before) if before else {}
        super().__init__(data, initial=initial)
        self.before = before
        units = labelled(
            (one.code, names.unit(one.code)) for one in names.units.on(timezone.localdate(now))
        )
        self.fields["label"] = Words(
            label=_("Name of the desk"),
            max_length=20,
            help_text=_("What stands above it, such as 3."),
        )
        self.fields["unit"] = Pick(units, label=_("Who receives there"))
        self.fields["topics"] = Words(label=_("On what"), max_length=200, required=False)
        self.fields["topics_en"] = Words(
            label=_("On what, in English"), max_length=300, required=False
        )
        for weekday, label in zip(WEEKDAYS, _weekdays(), strict=True):
            spans = list(before.hours.get(weekday, ())) if before else []
            self.fields[f"hours_{weekday}"] = HoursField(label=label, initial=spans)
        self.fields["place"] = forms.IntegerField(
            label=_("Place in the list"), initial=0, min_value=0, max_value=999
        )
        self.fields["closed"] = forms.BooleanField(
            label=_("Closed: it is shown to nobody"), required=False
        )

    def value(self) -> WindowValue:
        """The desk as it was entered."""
        said = dict(self.cleaned_data)
        spans = {weekday: said.pop(f"hours_{weekday}") for weekday in WEEKDAYS}
        return WindowValue(
            id=self.before.id if self.before else 0,
            hours={weekday: found for weekday, found in spans.items() if found},
            **said,
        )


def _weekdays() -> list[str]:
    return [
        _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
    ]  # fmt: skip
