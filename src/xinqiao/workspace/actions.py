"""Laying out one's own work: saving a list under a name, ordering, dropping it. Always one's own."""

from django.db import transaction

from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.text.clean import Problem, clean_text
from xinqiao.workspace import queries
from xinqiao.workspace.models import LastList, SavedView
from xinqiao.workspace.values import LONGEST_ADDRESS, LONGEST_NAME, MOST_VIEWS


@transaction.atomic
def save_view(account: int, name: str, address: str, *, opens_first: bool = False) -> int:
    """Keeps a list under a name; the same name again replaces what it stood for. Returns its id.

    Raises Refused `field_wrong`, `text_too_long` (field `name`) or `too_many_views`; nothing is then changed.
    """
    named = _name(name)
    own = SavedView.objects.filter(account=account)
    row = own.filter(name=named).first()
    if row is None:
        if own.count() >= MOST_VIEWS:
            raise Refused(Refusal("too_many_views", None, {"most": str(MOST_VIEWS)}))
        last = own.order_by("-place").values_list("place", flat=True).first()
        row = SavedView(account=account, name=named, place=(last or 0) + 1)
    row.address = address[:LONGEST_ADDRESS]
    if opens_first:
        own.update(opens_first=False)
        row.opens_first = True
    row.save()
    return row.pk


@transaction.atomic
def open_first(account: int, view: int | None) -> None:
    """From now on the desk opens with this list; with None, with what waits."""
    own = SavedView.objects.filter(account=account)
    own.update(opens_first=False)
    if view is not None:
        own.filter(pk=view).update(opens_first=True)


@transaction.atomic
def move_up(account: int, view: int) -> None:
    """Puts a list one place further to the front; an unknown one, or the first, changes nothing."""
    order = [one.id for one in queries.views(account)]
    at = order.index(view) if view in order else 0
    if at == 0:
        return
    order[at - 1], order[at] = order[at], order[at - 1]
    for place, one in enumerate(order, start=1):
        SavedView.objects.filter(account=account, pk=one).update(place=place)


def drop_view(account: int, view: int) -> bool:
    """Forgets a saved list. Returns whether there was one."""
    return bool(SavedView.objects.filter(account=account, pk=view).delete()[0])


def remember_list(account: int, address: str) -> None:
    """Keeps the list that is open now; writes only when it is another one than before."""
    kept = address[:LONGEST_ADDRESS]
    if queries.last_list(account) != kept:
        LastList.objects.update_or_create(account=account, defaults={"address": kept})


def _name(name: str) -> str:
    cleaned = clean_text(name, multiline=False)
    if isinstance(cleaned, Problem):
        raise Refused(Refusal(cleaned.code, None, {"field": "name", **cleaned.facts}))
    if not cleaned.text:
        raise Refused(Refusal("field_wrong", None, {"field": "name"}))
    if len(cleaned.text) > LONGEST_NAME:
        size = {"length": str(len(cleaned.text)), "limit": str(LONGEST_NAME)}
        raise Refused(Refusal("text_too_long", None, {"field": "name", **size}))
    return cleaned.text
