"""What is looked for, as a form whose values stay in the address."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from xinqiao.desk.access import DeskRequest
from xinqiao.desk.words import Names
from xinqiao.desk.work.filters import LISTS, FilterForm
from xinqiao.desk.work.queues import title
from xinqiao.matters.queries import EVERYTHING
from xinqiao.ui.forms import LongSelect, Ready

#: So many characters are looked for at the most.
LONGEST = 100


class SearchForm(FilterForm):
    """The filters of the lists and the lists themselves, beside the words that are looked for: all are one question."""

    queue = forms.ChoiceField(required=False, widget=LongSelect)
    field_order = ("queue",)

    def __init__(self, names: Names, *args: Any, words: str, **named: Any) -> None:
        super().__init__(names, *args, **named)
        del self.fields["words"]
        listed = [(one, title(one, names)) for one in LISTS if one != EVERYTHING]
        everything = ("", title(EVERYTHING, names))
        self.fields["queue"].choices = Ready([everything, *listed])  # type: ignore[attr-defined]
        self.fields["queue"].label = _("List")
        self.looked_for = words

    def kept(self, queue: str = "") -> QueryDict:
        """The question as an address keeps it."""
        address = super().kept(queue)
        if not address["queue"]:
            del address["queue"]
        address["q"] = self.looked_for
        return address


def asked(request: DeskRequest, query: QueryDict) -> SearchForm:
    """The question that stands in the query part of an address."""
    words = query.get("q", "").strip()
    return SearchForm(request.names, query, words=words, units=request.person.units())
