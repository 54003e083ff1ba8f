"""A person refuses a suggestion: two matters are not about the same. It may be taken back."""

from datetime import datetime

from django.db import transaction

from xinqiao.insight.same import judged
from xinqiao.insight.same.queries import refused
from xinqiao.matters import actions as matters
from xinqiao.matters import queries
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refusal, Refused


@transaction.atomic
def tell_apart(matter: int, number: str, *, by: Person, now: datetime) -> bool:
    """The other matter, with this number, is about something else: neither is suggested for the other any more.

    Entered on this matter; nothing changes on the other. False where somebody has said so before, and then nothing is
    written. Raises Refused for a matter that does not exist for them or that they may not join.
    """
    return _say("tell_apart", matter, number, by=by, now=now)


@transaction.atomic
def tell_alike(matter: int, number: str, *, by: Person, now: datetime) -> bool:
    """That was wrong: the two may be about the same after all, on whichever of them it was said. As `tell_apart`."""
    return _say("tell_alike", matter, number, by=by, now=now)


def note(matter: int) -> None:
    """What its registration said of other matters counts from now on, before the follower comes by."""
    judged.note([matter])


def _say(step: str, matter: int, number: str, *, by: Person, now: datetime) -> bool:
    other = queries.find(by, number, now)
    if other is None:
        raise Refused(Refusal("joined_to_unknown", None, {"field": "matter"}))
    if (other in refused(matter)) == (step == "tell_apart"):
        return False
    matters.take(matter, step, {"matter": other}, by=by, now=now)
    note(matter)
    return True
