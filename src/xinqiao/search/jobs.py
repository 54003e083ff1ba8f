"""The index follows the ledgers in the background. Each job may run twice and may run late."""

import logging
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction

from xinqiao.matters import queries as matters
from xinqiao.search.filing import take
from xinqiao.search.models import Filing, Progress

log = logging.getLogger(__name__)
#: Entries younger than this may still be followed by lower numbers of transactions that commit later.
SETTLING = timedelta(minutes=5)
#: So many entries are read in one run, and so many matters filed in one transaction.
ENTRIES, TOGETHER = 5000, 200


def file_ledgers(now: datetime) -> int:
    """Files what was entered or erased since the last run. Returns how many matters; 0 where the index is broken."""
    try:
        return file_stale() + _file_entered(now)
    except DatabaseError:
        log.exception("the index of words cannot be written; run: xinqiao index rebuild")
        return 0


def file_stale() -> int:
    """Files anew the matters of which a text was erased."""
    stale = list(Filing.objects.filter(stale=True).values_list("matter", flat=True)[:ENTRIES])
    _take_all(stale)
    return len(stale)


def _file_entered(now: datetime) -> int:
    begun = progress().upto
    last, upto = matters.entered_after(begun, ENTRIES, now - SETTLING)
    known = dict(Filing.objects.filter(matter__in=list(last)).values_list("matter", "last_seq"))
    new = sorted(matter for matter, seq in last.items() if known.get(matter, 0) < seq)
    _take_all(new)
    with transaction.atomic():
        row, _ = Progress.objects.get_or_create(pk=1)
        moved = {"upto": upto} | ({} if len(last) and upto > begun else {"whole": True})
        Progress.objects.filter(pk=row.pk, upto=begun).update(**moved)
    return len(new)


def _take_all(found: list[int]) -> None:
    for start in range(0, len(found), TOGETHER):
        take(found[start : start + TOGETHER])


def progress() -> Progress:
    """How far the ledgers are filed."""
    return Progress.objects.filter(pk=1).first() or Progress(pk=1)


def file_everything(now: datetime) -> int:
    """Runs until nothing is left, the last minutes included: for a platform that begins, and for stories."""
    total, before = file_stale(), -1
    while before != progress().upto:
        before = progress().upto
        total += _file_entered(now + SETTLING)
    return total
