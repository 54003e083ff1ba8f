"""Proving the ledger: the chain unbroken, the texts untouched, the snapshots equal to their replay, nothing missing."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.db import connection, transaction
from django.db.models import Max

from xinqiao.audit.append_only import is_guarded
from xinqiao.matters.actions import as_value, hash_of
from xinqiao.matters.ledger import GENESIS, keyed_seal, text_hash
from xinqiao.matters.models import Entry, Involvement, Matter, Seal, Text, Wall
from xinqiao.matters.snapshot import FACT_COLUMNS, facts_json
from xinqiao.rules.facts import Facts
from xinqiao.rules.replay import replay
from xinqiao.rules.table import STEPS

GUARDED = ("matters_entry", "matters_seal", "audit_auditentry")
#: Entries younger than this may still be followed by lower numbers of transactions that commit later.
SETTLING = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One finding: a code, the number of the matter (or "-"), the entry, and what is wrong in words."""

    code: str
    number: str
    seq: int
    detail: str

    def __str__(self) -> str:
        return f"{self.code}\t{self.number}\t{self.seq}\t{self.detail}"


def verify() -> Iterator[Fault | int]:
    """Checks the whole database. Gives a Fault for each finding, and now and then the number of entries checked."""
    yield from _unguarded()
    checked = 0
    rows = Entry.objects.order_by("matter_id", "seq").iterator(chunk_size=2000)
    seen: set[int] = set()
    for matter_id, group in groupby(rows, key=lambda row: row.matter_id):
        entries = list(group)
        seen.add(matter_id)
        yield from _verify_matter(matter_id, entries)
        checked += len(entries)
        if len(seen) % 200 == 0:
            yield checked
    for number in Matter.objects.exclude(pk__in=seen).values_list("number", flat=True):
        yield Fault(code="no_entries", number=number, seq=0, detail="the matter has no ledger")
    yield from _verify_seals()
    yield checked


def _unguarded() -> Iterator[Fault]:
    for table in GUARDED:
        if not is_guarded(connection, table):
            yield Fault(
                code="unguarded", number="-", seq=0,
                detail=f"table {table} can be changed: its triggers are gone; run: xinqiao init",
            )  # fmt: skip


def _verify_matter(matter_id: int, entries: list[Entry]) -> Iterator[Fault]:
    matter = Matter.objects.filter(pk=matter_id).first()
    if matter is None:
        yield Fault(
            code="no_matter", number="-", seq=0, detail=f"entries of row {matter_id} have no matter"
        )
        return
    broken = list(_chain(matter, entries))
    yield from broken
    yield from _texts(matter, entries)
    if any(entry.step not in STEPS for entry in entries):
        return
    try:
        facts = replay([as_value(entry) for entry in entries])
    except (KeyError, TypeError, ValueError) as error:
        yield Fault(
            code="unreadable", number=matter.number, seq=0, detail=f"cannot be replayed: {error!r}"
        )
        return
    yield from _snapshot(matter, entries[-1], facts)


def _chain(matter: Matter, entries: list[Entry]) -> Iterator[Fault]:
    previous = GENESIS
    for place, entry in enumerate(entries, start=1):
        where = {"number": matter.number, "seq": entry.seq}
        if entry.seq != place:
            yield Fault(code="gap", **where, detail=f"entry {place} is missing")
            return
        if entry.previous != previous:
            yield Fault(code="chain", **where, detail="does not follow the entry before it")
        if hash_of(matter.number, entry) != entry.hash:
            yield Fault(code="altered", **where, detail="its content was changed")
        if entry.step not in STEPS:
            yield Fault(code="unknown_step", **where, detail=f"no such step: {entry.step}")
        previous = entry.hash


def _texts(matter: Matter, entries: list[Entry]) -> Iterator[Fault]:
    stored = {(text.seq, text.field): text for text in Text.objects.filter(matter=matter)}
    for entry in entries:
        for field, value in entry.payload.items():
            if not isinstance(value, dict) or "sha256" not in value:
                continue
            text = stored.pop((entry.seq, field), None)
            where = {"number": matter.number, "seq": entry.seq}
            if text is None:
                yield Fault(code="text_missing", **where, detail=f"the text {field} is gone")
            elif not text.erased_at and text_hash(text.salt, text.body) != value["sha256"]:
                yield Fault(code="text_altered", **where, detail=f"the text {field} was changed")
    for seq, field in stored:
        yield Fault(
            code="text_added",
            number=matter.number,
            seq=seq,
            detail=f"the text {field} belongs to no entry",
        )


def _snapshot(matter: Matter, last: Entry, facts: Facts) -> Iterator[Fault]:
    where = {"number": matter.number, "seq": last.seq}
    if (matter.last_seq, matter.head_hash) != (last.seq, last.hash):
        yield Fault(
            code="head",
            **where,
            detail="the row points to another last entry: entries were cut off or added",
        )
    if matter.head_seal != keyed_seal(matter.number, matter.last_seq, matter.head_hash):
        yield Fault(code="seal", **where, detail="the row is not sealed with this platform's key")
    expected = facts_json(facts)
    differing = [name for name, value in expected.items() if matter.facts.get(name) != value]
    differing += [
        name for name in FACT_COLUMNS
        if (getattr(matter, name) or None) != (expected[name] or None)
    ]  # fmt: skip
    if matter.state != expected["state"]:
        differing.append("state")
    if differing:
        yield Fault(
            code="snapshot",
            **where,
            detail=f"differs from the replay in {', '.join(sorted(set(differing)))}",
        )
    yield from _sight(matter, facts)


def _sight(matter: Matter, facts: Facts) -> Iterator[Fault]:
    """Scope and wall rows: none that the ledger asks for may be missing."""
    units = set(Involvement.objects.filter(matter=matter).values_list("unit", flat=True))
    walls = set(Wall.objects.filter(matter=matter).values_list("unit", "account"))
    needed = {(unit, None) for unit in facts.reported_units}
    needed |= {("", account) for account in facts.reported_accounts | facts.recused}
    if facts.involved - units:
        yield Fault(
            code="scope", number=matter.number, seq=0, detail="a unit lost sight of its matter"
        )
    if needed - walls:
        yield Fault(
            code="wall", number=matter.number, seq=0, detail="the wall around a report has a gap"
        )


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


def _verify_seals() -> Iterator[Fault]:
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
