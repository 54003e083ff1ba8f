"""Queues that a state alone does not tell: notices still to give, extensions that wait for the head of the unit."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from xinqiao.matters import queries as matters
from xinqiao.matters.queries import QUEUES, Filters
from xinqiao.rules.persons import Person
from xinqiao.rules.states import UNDECIDED, State

#: What each narrows to, among the matters that lie with the person's units. They lie across the queues by state.
ACROSS: dict[str, Q] = {
    "to_notify": Q(
        state__in=UNDECIDED, facts__notified=False
    ),  # art. 23: told whether, or sent where
    "to_extend": Q(
        state=State.ACCEPTED, facts__extension_asked__gt=0
    ),  # art. 34: the head approves
}
EVERY = (*QUEUES, *ACROSS)


#: So many are counted; a count that reaches it means "at least so many".
MOST_COUNTED = 1000
_WAITING = "waiting"


def across(person: Person, filters: Filters, now: datetime) -> QuerySet[Any]:
    """The matters of one of these queues in the order of every list, narrowed by the other filters."""
    waiting = matters.worklist(person, replace(filters, queue=_WAITING), now)
    return waiting.filter(ACROSS[filters.queue], holder__in=person.units())


def across_counts(person: Person, now: datetime) -> Mapping[str, int]:
    """How many matters stand in each of them, none counted beyond `MOST_COUNTED`."""
    return {
        name: across(person, Filters(queue=name), now).order_by()[:MOST_COUNTED].count()
        for name in ACROSS
    }
