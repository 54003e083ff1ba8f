"""The forms of hot spots: what a list is narrowed by, what somebody found, to whom it is handed over."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xinqiao.desk.controls import Day, DeskForm, Pick, Words, labelled
from xinqiao.desk.disputes.forms import FindingForm
from xinqiao.desk.forms import OutcomeForm
from xinqiao.desk.insight.hotspots.words import name
from xinqiao.desk.words import Names
from xinqiao.insight.spots.gauge import TIERS
from xinqiao.insight.spots.values import Filters, SpotLine
from xinqiao.rules.hotspots import Outcome
from xinqiao.ui.forms import LongSelect, Ready

#: A spot is warm for so long after its last contact.
LATELY = timedelta(days=30)
LISTS = ("lately", "new", "handed", "judged", "all")


class FilterForm(DeskForm):
    """What the list is narrowed by; unknown values are left out one by one."""

    def __init__(self, names: Names, data: QueryDict, units: frozenset[str], today: date) -> None:
        super().__init__(data)
        self.lately = today - LATELY
        places = names.regions_around(units, data.get("region", ""))
        choices = {
            "region": (names.word("field", "region"), places),
            "category": (names.word("field", "category"), list(names.categories.items())),
            "tier": (_("Tier"), [(one, names.word("spot_tier", one)) for one in TIERS]),
        }
        for field, (label, found) in choices.items():
            self.fields[field] = forms.ChoiceField(
                label=label, required=False, widget=LongSelect, choices=Ready([("", _("any")), *found])
            )  # fmt: skip

    def filters(self) -> Filters:
        """The filters that were understood."""
        self.is_valid()
        chosen = self.data.get("list", "")
        given = {field: value for field, value in self.cleaned_data.items() if value}
        return Filters(list=chosen if chosen in LISTS else LISTS[0], lately=self.lately, **given)

    @property
    def narrowed(self) -> bool:
        return any(self.cleaned_data.values())


def judgement_form(names: Names, data: Any = None) -> OutcomeForm:
    """True, known or false, in words."""
    before = pgettext("before a value", ": ")
    outcomes = [
        (one.value, names.word("spot_outcome", one) + before + names.helping("spot_outcome", one))
        for one in Outcome
    ]
    told = _(
        "What was looked at and found. It stays as written, with your name; do not name petitioners."
    )
    return OutcomeForm(names, outcomes, told, data)


class HandOverForm(FindingForm):
    """The dispute that a spot becomes, with its owner and day. What the spot says is filled in, and may be changed."""

    handed: dict[str, Any]

    def __init__(
        self, names: Names, line: SpotLine, units: frozenset[str], owners: Sequence[str], today: date, data: Any = None
    ) -> None:  # fmt: skip
        super().__init__(names, units, data, line.region)
        self.initial = {
            **self.initial,
            "subject": name(line)[:200], "place": line.place, "category": line.category, "people": line.people,
        }  # fmt: skip
        own = {
            "owner": Pick(
                labelled((code, names.unit(code)) for code in owners), label=_("Who is to settle it"),
                help_text=_("Organs of the place and the field; those in charge of the subject come first."),
            ),
            "settle_by": Day(**self.said("settle_by")),
            "note": Words(**self.said("dispute_note"), long=True, rows=3, required=False),
        }  # fmt: skip
        self.fields = {**own, **self.fields}
        self.refused_at = {"to_unit": "owner", "dispute_note": "note"}
        self.fields["settle_by"].widget.attrs["min"] = today.isoformat()

    def clean(self) -> dict[str, Any]:
        """Owner, day and note are no part of what was found: they stand apart, in `handed`."""
        said = super().clean() or self.cleaned_data
        self.handed = {field: said.pop(field, "") for field in ("owner", "settle_by", "note")}
        return said
