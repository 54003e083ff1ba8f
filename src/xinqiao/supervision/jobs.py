"""Supervision follows the ledgers in the background. Each job may run twice and may run late."""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from xinqiao.law.errors import LawError
from xinqiao.matters import queries as matters
from xinqiao.supervision import queries
from xinqiao.supervision.following import follow, set_aside
from xinqiao.supervision.models import Position

log = logging.getLogger(__name__)
#: Entries younger than this may still be followed by lower numbers of transactions that commit later.
SETTLING = timedelta(minutes=5)
#: So many entries are read, and so many matters looked at again, in one run.
ENTRIES, AGAIN = 5000, 2000


def follow_ledgers(now: datetime) -> int:
    """Reads what was entered since the last run, then looks again where a date has passed. Returns how many matters.

    What supervision does itself it has followed at once: only what came by other doors is left for this.
    """
    begun = queries.position()
    last, upto = matters.entered_after(begun, ENTRIES, now - SETTLING)
    known = queries.read_so_far(last)
    new = [matter for matter, seq in last.items() if known.get(matter, 0) < seq]
    again = [one for one in queries.to_look_at_again(now, AGAIN) if one not in set(new)]
    for matter in (*new, *again):
        _follow_one(matter, now)
    if upto > begun:
        _advance(begun, upto)
    return len(new) + len(again)


def _follow_one(matter: int, now: datetime) -> None:
    """A matter whose clocks cannot be told keeps nobody else waiting; it is looked at again when it is acted on."""
    try:
        follow(matter, now)
    except LawError as error:
        log.error("matter row %d not followed: %s", matter, error.say("en"))
        set_aside(matter)


def follow_everything(now: datetime) -> int:
    """Runs until nothing is left: for a platform that begins, and for stories."""
    total = 0
    while True:
        before = queries.position()
        done = follow_ledgers(now)
        total += done
        if not done and queries.position() == before:
            return total


@transaction.atomic
def _advance(begun: int, upto: int) -> None:
    """Moves the position on, unless another worker did."""
    row, _ = Position.objects.get_or_create(pk=1)
    Position.objects.filter(pk=row.pk, upto=begun).update(upto=upto)
