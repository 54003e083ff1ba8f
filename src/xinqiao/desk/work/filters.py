"""What a list may be narrowed by, as a form whose values stay in the address."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from xinqiao.desk.words import Names
from xinqiao.intake import queries as intake
from xinqiao.matters.queries import EVERYTHING, MINE, OVERDUE, QUEUES, WAITING, Filters
from xinqiao.rules.fields import FIELDS
from xinqiao.rules.states import State
from xinqiao.rules.units import territory
from xinqiao.ui.forms import Renderer

#: Every list of the desk: what waits for the person's units, its parts, and all that the person may see.
LISTS = (WAITING, OVERDUE, MINE, *QUEUES, EVERYTHING)


class FilterForm(forms.Form):
    """Unknown values are left out one by one: an old link still shows a list."""

    default_renderer = Renderer

    words = forms.CharField(required=False, max_length=100)
    state = forms.ChoiceField(required=False)
    kind = forms.ChoiceField(required=False)
    channel = forms.ChoiceField(required=False)
    category = forms.ChoiceField(required=False)
    region = forms.ChoiceField(required=False)
    overdue = forms.BooleanField(required=False)

    def __init__(self, names: Names, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, list[tuple[str, str]]] = {
            "state": [(code, names.word("state", code)) for code in State],
            "kind": _coded(names, "kind"),
            "channel": _coded(names, "channel"),
            "category": list(names.categories.items()),
            "region": list(names.regions.items()),
        }
        for name, found in choices.items():
            self.fields[name].choices = [("", _("any")), *found]  # type: ignore[attr-defined]
            self.fields[name].label = _("State") if name == "state" else names.word("field", name)
        self.fields["words"].label = _("Number or words of the subject")
        self.fields["overdue"].label = _("Overdue only")

    def filters(self, queue: str) -> Filters:
        """The filters that were understood."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        if "region" in given:
            given["region"] = territory(given["region"])
        if "words" in given:
            given["words"] = intake.matter_number(given["words"]) or given["words"]
        return Filters(queue=queue, **given)

    @property
    def narrowed(self) -> bool:
        """Whether any filter is set."""
        return any(self.cleaned_data.values())


def _coded(names: Names, field: str) -> list[tuple[str, str]]:
    return [(code, names.word(field, code)) for code in FIELDS[field].choices]
