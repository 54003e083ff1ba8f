"""Queues that a state alone does not tell: notices still to give, extensions that wait for the head of the unit."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Count, Q

from xinqiao.matters import queries as matters
from xinqiao.matters.queries import QUEUES
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


def across_counts(person: Person, now: datetime) -> Mapping[str, int]:
    """How many matters stand in each of them."""
    mine = matters.scope(person, now).filter(holder__in=person.units())
    found: dict[str, int] = mine.aggregate(
        **{name: Count("id", filter=condition) for name, condition in ACROSS.items()}
    )
    return found
