"""What is looked for, as a form whose values stay in the address."""

from typing import Any

from django.http import QueryDict

from xinqiao.desk.access import DeskRequest
from xinqiao.desk.work.filters import FilterForm

#: So many characters are looked for at the most.
LONGEST = 100


class SearchForm(FilterForm):
    """The filters of the lists beside the words that are looked for, which are one question with them."""

    def __init__(self, *args: Any, words: str, **named: Any) -> None:
        super().__init__(*args, **named)
        del self.fields["words"]
        self.looked_for = words

    def kept(self, queue: str = "") -> QueryDict:
        """The question as an address keeps it."""
        address = super().kept(queue)
        del address["queue"]
        address["q"] = self.looked_for
        return address


def asked(request: DeskRequest, query: QueryDict) -> SearchForm:
    """The question that stands in the query part of an address."""
    words = query.get("q", "").strip()
    return SearchForm(request.names, query, words=words, units=request.person.units())
