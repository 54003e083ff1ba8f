"""What a list may be narrowed by, as a form whose values stay in the address."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from xinqiao.desk.words import Names
from xinqiao.desk.work.queues import EVERY
from xinqiao.intake import queries as intake
from xinqiao.matters.queries import EVERYTHING, MINE, OVERDUE, WAITING, Filters
from xinqiao.rules.fields import FIELDS
from xinqiao.rules.states import State
from xinqiao.rules.units import territory
from xinqiao.ui.forms import RENDERER, LongSelect, Ready

#: Every list of the desk: what waits for the person's units, its parts, and all that the person may see.
LISTS = (WAITING, OVERDUE, MINE, *EVERY, EVERYTHING)


@dataclass(frozen=True, kw_only=True)
class Chip:
    """One filter that is set, in words, and the address of the list without it."""

    label: str
    value: str
    without: str


class FilterForm(forms.Form):
    """Unknown values are left out one by one: an old link still shows a list."""

    default_renderer = RENDERER

    words = forms.CharField(required=False, max_length=100)
    state = forms.ChoiceField(required=False, widget=LongSelect)
    kind = forms.ChoiceField(required=False, widget=LongSelect)
    channel = forms.ChoiceField(required=False, widget=LongSelect)
    category = forms.ChoiceField(required=False, widget=LongSelect)
    region = forms.ChoiceField(required=False, widget=LongSelect)
    overdue = forms.BooleanField(required=False)

    def __init__(self, names: Names, data: QueryDict, *, units: Iterable[str]) -> None:
        """`units` are those of the person: the regions offered are theirs, with the one that was asked for."""
        super().__init__(data)
        choices: dict[str, list[tuple[str, str]]] = {
            "state": [(code, names.word("state", code)) for code in State],
            "kind": _coded(names, "kind"),
            "channel": _coded(names, "channel"),
            "category": list(names.categories.items()),
            "region": names.regions_around(units, data.get("region", "")),
        }
        for name, found in choices.items():
            self.fields[name].choices = Ready([("", _("any")), *found])  # type: ignore[attr-defined]
            self.fields[name].label = _("State") if name == "state" else names.word("field", name)
        self.fields["words"].label = _("Number or words of the subject")
        self.fields["overdue"].label = _("Overdue only")

    def filters(self, queue: str) -> Filters:
        """The filters that were understood."""
        self.is_valid()
        given = {"queue": queue} | dict(self._set())
        if "region" in given:
            given["region"] = territory(given["region"])
        if "words" in given:
            given["words"] = intake.matter_number(given["words"]) or given["words"]
        return Filters(**given)

    @property
    def narrowed(self) -> bool:
        """Whether any filter is set."""
        return any(self._set())

    def kept(self, queue: str) -> QueryDict:
        """The list as an address keeps it: the queue and the filters that were understood, nothing else."""
        address = QueryDict(mutable=True)
        address["queue"] = queue
        for name, value in self._set():
            address[name] = "on" if value is True else value
        return address

    def chips(self, queue: str) -> list[Chip]:
        """The filters that are set, each with a way to take it off."""
        return [
            Chip(
                label=str(self.fields[name].label),
                value=self._said(name, value),
                without=f"?{_without(self.kept(queue), name).urlencode()}",
            )
            for name, value in self._set()
        ]

    def _set(self) -> Iterator[tuple[str, Any]]:
        """The filters that are set, by name."""
        return ((name, value) for name, value in self.cleaned_data.items() if value)

    def _said(self, name: str, value: Any) -> str:
        if value is True:
            return ""
        choices = getattr(self.fields[name], "choices", ())
        return str(dict(choices).get(value, value))


def _without(address: QueryDict, name: str) -> QueryDict:
    del address[name]
    return address


def _coded(names: Names, field: str) -> list[tuple[str, str]]:
    return [(code, names.word(field, code)) for code in FIELDS[field].choices]
