"""What was chosen for a petition that was never sent is not kept."""

from datetime import datetime, timedelta

from django.db.models import Q

from xinqiao.evidence import store
from xinqiao.evidence.models import StoredFile
from xinqiao.evidence.values import DISCARDED, DRAFT

DRAFTS_LAST = timedelta(days=10)
"""Longer than any draft of a door lives: a draft that can still be sent has its files."""
_SETTLED = timedelta(days=1)  # bytes this young may belong to a row that is being written


def discard_drafts(now: datetime) -> int:
    """Removes files of drafts older than `DRAFTS_LAST` and those taken out of one: how many.

    Their bytes go, too, unless somebody else sent the same.
    """
    drafts = StoredFile.objects.filter(owner_kind=DRAFT)
    taken_out = Q(owner_id=DISCARDED.id, received_at__lt=now - _SETTLED)
    gone = drafts.filter(taken_out | Q(received_at__lt=now - DRAFTS_LAST))
    hashes = set(gone.values_list("sha256", flat=True))
    removed, _ = gone.delete()
    owned = set(StoredFile.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))
    for sha256 in hashes - owned:
        store.remove(sha256, older_than=(now - _SETTLED).timestamp())
    return removed
