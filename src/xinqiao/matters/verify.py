"""Proving the ledger: the chain unbroken, the texts untouched, the snapshots equal to their replay, nothing missing.

Matters are proved independently of each other (`checks.py`), on as many processes as asked for; the seals over all
entries beside them.
"""

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

from django.db import connection, transaction
from django.db.models import Max

from xinqiao.audit.append_only import is_guarded
from xinqiao.matters.checks import Fault, check
from xinqiao.matters.ledger import GENESIS, keyed_seal
from xinqiao.matters.models import Entry, Seal
from xinqiao.matters.processes import side_by_side
from xinqiao.matters.reading import spans

__all__ = ["GUARDED", "Fault", "seal", "verify"]
GUARDED = (
    "matters_entry", "matters_seal", "matters_placed", "audit_auditentry", "texts_textversion", "relief_entry",
    "disputes_history", "disputes_session", "disputes_settlement", "duties_event", "leadership_conferenceevent",
)  # fmt: skip
#: Entries younger than this may still be followed by lower numbers of transactions that commit later.
SETTLING = timedelta(minutes=5)
#: So many matters are read and checked together.
TOGETHER = 400
Part = Callable[[], tuple[list[Fault], int]]


def verify(processes: int = 1) -> Iterator[Fault | int]:
    """Checks the whole database. Gives a Fault for each finding, and now and then the number of entries checked.

    With more than one of `processes` each has a connection of its own and sees what is committed.
    """
    checked = 0
    yield from _unguarded()
    with side_by_side(processes) as run:
        for faults, entries in run(_parts()):
            yield from faults
            checked += entries
            if entries:
                yield checked
    yield checked


def _parts() -> Iterator[Part]:
    """The seals, then all matters: before the first of them, between them and beyond the last nothing is left out."""
    yield _check_seals
    yield from (partial(check, span) for span in spans(TOGETHER))


def _unguarded() -> Iterator[Fault]:
    for table in GUARDED:
        if not is_guarded(connection, table):
            yield Fault(
                code="unguarded", number="-", seq=0,
                detail=f"table {table} can be changed: its triggers are gone; run: xinqiao init",
            )  # fmt: skip


@transaction.atomic
def seal(now: datetime) -> int:
    """Seals all entries recorded more than five minutes ago. Returns how many were added to the seal; may run twice."""
    last = Seal.objects.order_by("-upto").first()
    start = last.upto if last else 0
    settled = Entry.objects.filter(id__gt=start, recorded_at__lte=now - SETTLING)
    upto = settled.aggregate(upto=Max("id"))["upto"]
    if upto is None:
        return 0
    count, digest = _digest(start, upto)
    Seal.objects.create(
        upto=upto, entries=count, digest=digest, made_at=now,
        mac=keyed_seal("seal", upto, count, digest, last.mac if last else GENESIS),
    )  # fmt: skip
    return count


def _digest(after: int, upto: int) -> tuple[int, str]:
    """Number and digest of the entries with these row ids."""
    count, running = 0, hashlib.sha256()
    rows = Entry.objects.filter(id__gt=after, id__lte=upto).order_by("id")
    for row_id, entry in rows.values_list("id", "hash").iterator(chunk_size=5000):
        running.update(f"{row_id}:{entry};".encode())
        count += 1
    return count, running.hexdigest()


def last_seal_fits() -> bool:
    """Whether the newest seal was made with this platform's key; True while there is none."""
    rows = list(Seal.objects.order_by("-upto")[:2])
    if not rows:
        return True
    last, before = rows[0], rows[1].mac if len(rows) > 1 else GENESIS
    return last.mac == keyed_seal("seal", last.upto, last.entries, last.digest, before)


def _check_seals() -> tuple[list[Fault], int]:
    return list(_faults_of_seals()), 0


def _faults_of_seals() -> Iterator[Fault]:
    start, mac = 0, GENESIS
    for row in Seal.objects.order_by("upto"):
        if row.mac != keyed_seal("seal", row.upto, row.entries, row.digest, mac):
            detail = f"seal up to row {row.upto} is not this platform's"
            yield Fault(code="seal_forged", number="-", seq=0, detail=detail)
        if _digest(start, row.upto) != (row.entries, row.digest):
            yield Fault(
                code="sealed_entries", number="-", seq=0,
                detail=f"rows {start + 1} to {row.upto}: sealed entries were removed, added or changed",
            )  # fmt: skip
        start, mac = row.upto, row.mac
