"""What is counted follows the ledgers in the background. Each job may run twice and may run late."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from xinqiao.law.errors import LawError
from xinqiao.matters import queries as matters
from xinqiao.targets.following import follow
from xinqiao.targets.models import Followed, Position
from xinqiao.targets.receptions import LATE, follow_receptions

log = logging.getLogger(__name__)
#: Entries younger than this may still be followed by lower numbers of transactions that commit later, and by others
#: of the same moment: what is counted of a moment is written when nothing more can be said of it.
SETTLING = timedelta(minutes=5)
#: So many entries are read in one run.
ENTRIES = 5000


def count_ledgers(now: datetime) -> int:
    """Reads what was entered since the last run and has settled. Returns how many matters were read."""
    settled = now - SETTLING
    begun = position().upto
    last, upto = matters.entered_after(begun, ENTRIES, settled)
    known = dict(Followed.objects.filter(pk__in=last).values_list("matter_id", "seq"))
    new = [matter for matter, seq in last.items() if known.get(matter, 0) < seq]
    for matter in new:
        _follow_one(matter, settled)
    whole = matters.entered_after(upto, 1, settled)[1] == upto
    _advance(begun, upto, settled if whole else None)
    return len(new)


def count_reception_days(now: datetime) -> int:
    """Counts the days on which leaders received, as they were entered until now. Returns how many were looked at."""
    day = matters.today(now)
    return follow_receptions(day - LATE, day)


def position() -> Position:
    """How far the ledgers are read."""
    return Position.objects.filter(pk=1).first() or Position(pk=1)


def _follow_one(matter: int, until: datetime) -> None:
    """A matter whose clocks cannot be told keeps nobody else waiting; it is read again when somebody acts on it."""
    try:
        follow(matter, until)
    except LawError as error:
        log.error("matter row %d not counted: %s", matter, error.say("en"))


@transaction.atomic
def _advance(begun: int, upto: int, settled_until: datetime | None) -> None:
    """Moves the position on, unless another worker did."""
    row, _ = Position.objects.get_or_create(pk=1)
    moved = {"upto": upto} | ({"settled_until": settled_until} if settled_until else {})
    Position.objects.filter(pk=row.pk, upto=begun).update(**moved)


def begin_anew(now: datetime) -> Callable[[], None]:
    """Before all is counted anew: gives what to call when that is done.

    From the place that was settled when it began, the follower reads on.
    """
    upto = matters.settled_upto(now - SETTLING)

    def done() -> None:
        Position.objects.update_or_create(
            pk=1, defaults={"upto": upto, "settled_until": now - SETTLING}
        )

    return done


def count_everything(now: datetime) -> int:
    """Runs until nothing is left, the last minutes included: for a platform that begins, and for stories."""
    total, before = 0, -1
    while before != position().upto:
        before = position().upto
        total += count_ledgers(now + SETTLING)
    return total
