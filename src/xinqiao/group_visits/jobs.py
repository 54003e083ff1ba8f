"""What the worker does for group visits: it calls where no door did, and ends the follow-up of what is settled."""

from datetime import datetime, timedelta

from xinqiao.group_visits import actions, queries
from xinqiao.intake import queries as intake
from xinqiao.matters.queries import today
from xinqiao.rules.group_visits import group_from

#: So old a visit calls nobody any more: it was entered from the past.
LOOKS_BACK = timedelta(days=3)


def call_for_visits(now: datetime) -> int:
    """Calls the first-in-charge for visits of the last days, whichever door they came through. Returns how many.

    A visit whose matter is not registered yet is found again the next time. May run twice, late, and beside itself.
    """
    visits = intake.visits_since(now - LOOKS_BACK, people=group_from(today(now)))
    done = queries.called_for(one.id for one in visits)
    called = [actions.call(one, now=now) for one in visits if one.id not in done]
    return sum(one is not None for one in called)


def end_follow_ups(now: datetime) -> int:
    """Where the matter itself is settled or closed, the follow-up ends and the review is due. Returns how many."""
    return sum(actions.end_follow_up(one, now=now) for one in queries.followed())
