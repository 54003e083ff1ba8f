"""The long lists of the form: a page brings none of them, each is fetched when its box is first entered.

In a province they name ten thousand people and weigh a megabyte, and hardly a contact needs them. Without scripts a
part of the name is typed, and what fits is told.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.controls import labelled
from xinqiao.desk.matter.fields import staff_labels
from xinqiao.desk.words import Names
from xinqiao.matters.queries import today
from xinqiao.rules.persons import Role
from xinqiao.ui.jinja import draw

Labels = Mapping[str, str]


def _regions(names: Names, _day: date) -> Labels:
    return labelled(names.regions.items())


def _units(names: Names, day: date) -> Labels:
    return labelled((unit.code, names.unit(unit.code)) for unit in names.units.on(day))


def _heads(names: Names, day: date) -> Labels:
    return staff_labels(names, day, {Role.HEAD})


LISTS: Mapping[str, Callable[[Names, date], Labels]] = {
    "regions": _regions,
    "units": _units,
    "heads": _heads,
    "staff": staff_labels,
}


def long_list(name: str, names: Names, day: date) -> dict[str, Any]:
    """What a field that picks from this list is given: its choices, read when they are needed, and where they are."""
    choices = SimpleLazyObject(partial(LISTS[name], names, day))
    return {"choices": choices, "source": reverse("desk:long_list", args=[name])}


@require_safe
@for_working_posts
def options(request: DeskRequest, name: str) -> HttpResponse:
    """The names of one list, as options of its box. Raises Http404 for a list that is none of them."""
    if name not in LISTS:
        raise Http404
    labels = LISTS[name](request.names, today(request.now)).values()
    return HttpResponse(draw("desk/forms/options.html", request, labels=labels))
