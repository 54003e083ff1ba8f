"""Proving the ledger: the chain unbroken, the texts untouched, the snapshots equal to their replay, nothing missing."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from xinqiao.audit.append_only import is_guarded
from xinqiao.matters.actions import as_value, hash_of
from xinqiao.matters.ledger import GENESIS, keyed_seal, text_hash
from xinqiao.matters.models import Entry, Involvement, Matter, Seal, Text, Wall
from xinqiao.matters.snapshot import SUBJECT_LENGTH, row_of
from xinqiao.rules.replay import replay
from xinqiao.rules.table import STEPS

GUARDED = ("matters_entry", "matters_seal", "audit_auditentry", "texts_textversion")
#: The columns that depend on the calendar and the local provisions in use.
DATED = frozenset({"calendar", "clocks", "next_due", "next_clock", "window_ends"})
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
    yield from _chain(matter, entries)
    yield from _texts(matter, entries)
    if any(entry.step not in STEPS for entry in entries):
        return
    values = [as_value(entry) for entry in entries]
    try:
        _, row = row_of(values, max(entry.day for entry in values))
        involved = replay([entry for entry in values if entry.step != "revoke"]).involved
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        yield Fault(
            code="unreadable", number=matter.number, seq=0, detail=f"cannot be replayed: {error!r}"
        )
        return
    yield from _head(matter, entries[-1])
    yield from _snapshot(matter, entries[-1], row)
    yield from _sight(matter, row["facts"], involved)


def _chain(matter: Matter, entries: list[Entry]) -> Iterator[Fault]:
    previous = GENESIS
    for place, entry in enumerate(entries, start=1):
        fault = partial(Fault, number=matter.number, seq=entry.seq)
        if entry.seq != place:
            yield fault(code="gap", detail=f"entry {place} is missing")
            return
        if entry.previous != previous:
            yield fault(code="chain", detail="does not follow the entry before it")
        if hash_of(matter.number, entry) != entry.hash:
            yield fault(code="altered", detail="its content was changed")
        if entry.step not in STEPS:
            yield fault(code="unknown_step", detail=f"no such step: {entry.step}")
        previous = entry.hash


def _texts(matter: Matter, entries: list[Entry]) -> Iterator[Fault]:
    stored = {(text.seq, text.field): text for text in Text.objects.filter(matter=matter)}
    for entry in entries:
        for field, value in entry.payload.items():
            if not isinstance(value, dict) or "sha256" not in value:
                continue
            text = stored.pop((entry.seq, field), None)
            fault = partial(Fault, number=matter.number, seq=entry.seq)
            if text is None:
                yield fault(code="text_missing", detail=f"the text {field} is gone")
            elif not _as_written(text, value["sha256"]):
                yield fault(code="text_altered", detail=f"the text {field} was changed")
            elif _is_subject(text) and matter.subject != text.body[:SUBJECT_LENGTH]:
                yield fault(code="snapshot", detail="differs from the replay in subject")
    for seq, field in stored:
        yield Fault(
            code="text_added",
            number=matter.number,
            seq=seq,
            detail=f"the text {field} belongs to no entry",
        )


def _as_written(text: Text, sha256: str) -> bool:
    """Whether the text is the one that was hashed, or erased to nothing."""
    if text.erased_at:
        return text.body == ""
    return text_hash(text.salt, text.body) == sha256


def _is_subject(text: Text) -> bool:
    return text.seq == 1 and text.field == "subject" and not text.erased_at


def _head(matter: Matter, last: Entry) -> Iterator[Fault]:
    fault = partial(Fault, number=matter.number, seq=last.seq)
    if (matter.last_seq, matter.head_hash) != (last.seq, last.hash):
        detail = "the row points to another last entry: entries were cut off or added"
        yield fault(code="head", detail=detail)
    if matter.head_seal != keyed_seal(matter.number, matter.last_seq, matter.head_hash):
        yield fault(code="seal", detail="the row is not sealed with this platform's key")


def _snapshot(matter: Matter, last: Entry, row: Mapping[str, Any]) -> Iterator[Fault]:
    """The stored row, column by column; dates reached with another calendar wait to be recomputed."""
    waiting = DATED if matter.calendar != row["calendar"] else frozenset({"calendar"})
    differing = {
        name
        for name, value in row.items()
        if name not in waiting and _differs(getattr(matter, name), value)
    } - {"facts"}
    names = matter.facts.keys() | row["facts"].keys()
    differing |= {name for name in names if matter.facts.get(name) != row["facts"].get(name)}
    if differing:
        yield Fault(
            code="snapshot",
            number=matter.number,
            seq=last.seq,
            detail=f"differs from the replay in {', '.join(sorted(differing))}",
        )


def _differs(stored: object, expected: object) -> bool:
    return (stored or None) != (expected or None)


def _sight(matter: Matter, facts: Mapping[str, Any], involved: frozenset[str]) -> Iterator[Fault]:
    """Scope and wall rows are those that the ledger asks for, none missing and none beside them."""
    units = set(Involvement.objects.filter(matter=matter).values_list("unit", flat=True))
    walls = set(Wall.objects.filter(matter=matter).values_list("unit", "account"))
    needed = {(unit, None) for unit in facts["reported_units"]}
    needed |= {("", account) for account in (*facts["reported_accounts"], *facts["recused"])}
    for code, wrong, detail in (
        ("scope", set(facts["involved"]) - units, "a unit lost sight of its matter"),
        ("scope", units - involved, "a unit sees the matter that never had to do with it"),
        ("wall", needed - walls, "the wall around a report has a gap"),
        (
            "wall",
            walls - needed,
            "the matter is hidden from somebody whom the ledger does not name",
        ),
    ):
        if wrong:
            yield Fault(code=code, number=matter.number, seq=0, detail=detail)


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
