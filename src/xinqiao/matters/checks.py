"""The proof of some matters at a time: read with a few statements, then checked one by one, each replayed once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from operator import attrgetter
from typing import Any

import orjson
from django.db.models import Model, TextField
from django.db.models.functions import Cast

from xinqiao.matters import clockwork
from xinqiao.matters.ledger import GENESIS, entry_hash, keyed_seal, text_hash
from xinqiao.matters.models import Entry, Involvement, Matter, Text, Wall
from xinqiao.matters.reading import Span, instant_of, object_of
from xinqiao.matters.sight import listed, waits_for
from xinqiao.matters.snapshot import LISTED, SUBJECT_LENGTH, facts_json, row_of
from xinqiao.rules import entries as values
from xinqiao.rules.facts import Facts
from xinqiao.rules.replay import replay
from xinqiao.rules.table import STEPS

Row = dict[str, Any]
#: The columns that depend on the calendar and the local provisions in use.
DATED = frozenset({"calendar", "clocks", "rank", "next_due", "next_clock", "window_ends"})
#: The facts of a matter of which nothing is known yet.
_AT_FIRST = facts_json(Facts())
_AS_STORED = ("seq", "step", "account", "unit", "article", "previous")
_READ = (*_AS_STORED, "at", "recorded_at", "payload", "hash")


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One finding: a code, the number of the matter (or "-"), the entry, and what is wrong in words."""

    code: str
    number: str
    seq: int
    detail: str

    def __str__(self) -> str:
        return f"{self.code}\t{self.number}\t{self.seq}\t{self.detail}"


def check(span: Span) -> tuple[list[Fault], int]:
    """What is wrong with these matters, and how many entries they have.

    A matter with a fault is read again by itself: somebody may have acted on it between two of the statements.
    """
    ledgers = _ledgers(span)
    with clockwork.held():
        faulty = [row for row, faults in _check_each(span, ledgers) if faults]
    again = [fault for row in faulty for fault in _check_alone(row)]
    return again, sum(map(len, ledgers.values()))


def _check_alone(row: int) -> list[Fault]:
    span = Span(row - 1, row)
    ledgers = _ledgers(span)
    return [fault for _, faults in _check_each(span, ledgers) for fault in faults]


def _check_each(span: Span, ledgers: Mapping[int, list[Row]]) -> Iterator[tuple[int, list[Fault]]]:
    matters = {row["id"]: row for row in _matters(span)}
    texts = _rows(Text, span, "seq", "field", "salt", "body", "erased_at")
    seen = _rows(Involvement, span, "unit", "waits", *LISTED)
    walls = _rows(Wall, span, "unit", "account")
    for row in sorted(matters.keys() | ledgers.keys()):
        matter, entries = matters.get(row), ledgers.get(row, [])
        if matter is None:
            detail = f"entries of row {row} have no matter"
            yield row, [Fault(code="no_matter", number="-", seq=0, detail=detail)]
        elif not entries:
            detail = "the matter has no ledger"
            yield row, [Fault(code="no_entries", number=matter["number"], seq=0, detail=detail)]
        else:
            found = _check_matter(matter, entries, texts[row], seen[row], walls[row])
            yield row, list(found)


def _ledgers(span: Span) -> defaultdict[int, list[Row]]:
    """The entries of each matter in their order: what is hashed, and the hash.

    They are most of what a proof reads, so they come as text and are understood here.
    """
    texts = {f"{name}_text": Cast(name, TextField()) for name in ("at", "recorded_at", "payload")}
    rows = Entry.objects.filter(span.of("matter_id")).order_by("matter_id", "seq")
    asked = rows.annotate(**texts).values_list("matter_id", *_AS_STORED, *texts, "hash")
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for matter, *row in asked:
        entry = dict(zip(_READ, row, strict=True))
        at, recorded_at = entry["at"], entry["recorded_at"]
        entry["at"] = instant_of(at)
        entry["recorded_at"] = entry["at"] if recorded_at == at else instant_of(recorded_at)
        entry["payload"] = object_of(entry["payload"])
        found[matter].append(entry)
    return found


def _matters(span: Span) -> Iterator[Row]:
    """The rows of the matters, their facts and clocks read as text, too."""
    names = [field.attname for field in Matter._meta.concrete_fields]
    texts = {f"{name}_text": Cast(name, TextField()) for name in ("facts", "clocks")}
    rows = Matter.objects.filter(span.of("id")).annotate(**texts)
    for row in rows.values(*(name for name in names if f"{name}_text" not in texts), *texts):
        yield row | {name: orjson.loads(row.pop(f"{name}_text")) for name in ("facts", "clocks")}


def _rows(model: type[Model], span: Span, *columns: str) -> defaultdict[int, list[Row]]:
    """These columns of the rows of a table, by the matter they belong to."""
    found: defaultdict[int, list[Row]] = defaultdict(list)
    rows = model._default_manager.filter(span.of("matter_id"))
    for matter, *row in rows.values_list("matter_id", *columns):
        found[matter].append(dict(zip(columns, row, strict=True)))
    return found


def _check_matter(
    matter: Row,
    entries: Sequence[Row],
    texts: Sequence[Row],
    seen: Sequence[Row],
    walls: Sequence[Row],
) -> Iterator[Fault]:
    yield from _chain(matter["number"], entries)
    yield from _texts(matter, entries, texts)
    if any(entry["step"] not in STEPS for entry in entries):
        return
    try:
        told = [_told(entry) for entry in entries]
        facts, row = row_of(told, max(told, key=attrgetter("at")).day)
        involved = facts.involved
        if any(entry.step == "revoke" for entry in told):
            involved = replay([entry for entry in told if entry.step != "revoke"]).involved
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        detail = f"cannot be replayed: {error!r}"
        yield Fault(code="unreadable", number=matter["number"], seq=0, detail=detail)
        return
    yield from _head(matter, entries[-1])
    yield from _snapshot(matter, row)
    yield from _sight(matter, row["facts"], involved, seen)
    yield from _walls(matter, row["facts"], walls)


def _told(entry: Row) -> values.Entry:
    """The entry as the rules read it. Raises ValueError for a moment that is none."""
    return values.Entry(
        seq=entry["seq"], step=entry["step"], at=datetime.fromisoformat(entry["at"]),
        account=entry["account"], unit=entry["unit"], payload=entry["payload"],
    )  # fmt: skip


def _chain(number: str, entries: Sequence[Row]) -> Iterator[Fault]:
    previous = GENESIS
    for place, entry in enumerate(entries, start=1):
        fault = partial(Fault, number=number, seq=entry["seq"])
        if entry["seq"] != place:
            yield fault(code="gap", detail=f"entry {place} is missing")
            return
        if entry["previous"] != previous:
            yield fault(code="chain", detail="does not follow the entry before it")
        if _hash_of(number, entry) != entry["hash"]:
            yield fault(code="altered", detail="its content was changed")
        if entry["step"] not in STEPS:
            yield fault(code="unknown_step", detail=f"no such step: {entry['step']}")
        previous = entry["hash"]


def _hash_of(number: str, entry: Row) -> str | None:
    """The hash of what stands there; None where something stands there that never was an entry."""
    columns = entry.copy()
    del columns["hash"]
    try:
        return entry_hash(number=number, **columns)
    except TypeError:
        return None


def _texts(matter: Row, entries: Sequence[Row], texts: Sequence[Row]) -> Iterator[Fault]:
    stored = {(text["seq"], text["field"]): text for text in texts}
    for entry in entries:
        for field, value in entry["payload"].items():
            if not isinstance(value, dict) or "sha256" not in value:
                continue
            text = stored.pop((entry["seq"], field), None)
            fault = partial(Fault, number=matter["number"], seq=entry["seq"])
            if text is None:
                yield fault(code="text_missing", detail=f"the text {field} is gone")
            elif not _as_written(text, value["sha256"]):
                yield fault(code="text_altered", detail=f"the text {field} was changed")
            elif _is_subject(text) and matter["subject"] != text["body"][:SUBJECT_LENGTH]:
                yield fault(code="snapshot", detail="differs from the replay in subject")
    for seq, field in stored:
        detail = f"the text {field} belongs to no entry"
        yield Fault(code="text_added", number=matter["number"], seq=seq, detail=detail)


def _as_written(text: Row, sha256: str) -> bool:
    """Whether the text is the one that was hashed, or erased to nothing."""
    if text["erased_at"]:
        return not text["body"]
    return text_hash(str(text["salt"]), str(text["body"])) == sha256


def _is_subject(text: Row) -> bool:
    return text["seq"] == 1 and text["field"] == "subject" and not text["erased_at"]


def _head(matter: Row, last: Row) -> Iterator[Fault]:
    fault = partial(Fault, number=matter["number"], seq=last["seq"])
    if (matter["last_seq"], matter["head_hash"]) != (last["seq"], last["hash"]):
        detail = "the row points to another last entry: entries were cut off or added"
        yield fault(code="head", detail=detail)
    seal = keyed_seal(matter["number"], matter["last_seq"], matter["head_hash"])
    if matter["head_seal"] != seal:
        yield fault(code="seal", detail="the row is not sealed with this platform's key")


def _snapshot(matter: Row, row: Mapping[str, Any]) -> Iterator[Fault]:
    """The stored row, column by column; dates reached with another calendar wait to be recomputed."""
    if row.items() <= matter.items():  # nearly always
        return
    waiting = DATED if matter["calendar"] != row["calendar"] else frozenset({"calendar"})
    differing = {
        name for name, value in row.items() if name not in waiting and _differs(matter[name], value)
    } - {"facts"}
    if matter["facts"] != row["facts"]:
        names = matter["facts"].keys() | row["facts"].keys()
        # What a matter knew nothing of when it was last written stands at its beginning.
        stored = _AT_FIRST | matter["facts"]
        differing |= {name for name in names if stored.get(name) != row["facts"].get(name)}
    if differing:
        detail = f"differs from the replay in {', '.join(sorted(differing))}"
        yield Fault(code="snapshot", number=matter["number"], seq=matter["last_seq"], detail=detail)


def _differs(stored: object, expected: object) -> bool:
    return (stored or None) != (expected or None)


def _sight(
    matter: Row, facts: Mapping[str, Any], involved: frozenset[str], seen: Sequence[Row]
) -> Iterator[Fault]:
    """The units that see it are those that the ledger asks for, and their rows say of it what its own row says."""
    units = {row["unit"] for row in seen}
    fault = partial(Fault, number=matter["number"], seq=0)
    if set(facts["involved"]) - units:
        yield fault(code="scope", detail="a unit lost sight of its matter")
    if units - involved:
        yield fault(code="scope", detail="a unit sees the matter that never had to do with it")
    said = listed(matter)
    for row in seen:
        if row["waits"] != waits_for(row["unit"], matter) or listed(row) != said:
            detail = f"the list of {row['unit']} says something else of it than its row"
            yield fault(code="list", detail=detail)


def _walls(matter: Row, facts: Mapping[str, Any], walls: Sequence[Row]) -> Iterator[Fault]:
    """The rows of the wall are those that the ledger asks for, none missing and none beside them."""
    stored = {(row["unit"], row["account"]) for row in walls}
    needed = {(unit, None) for unit in facts["reported_units"]}
    needed |= {("", account) for account in (*facts["reported_accounts"], *facts["recused"])}
    fault = partial(Fault, code="wall", number=matter["number"], seq=0)
    if needed - stored:
        yield fault(detail="the wall around a report has a gap")
    if stored - needed:
        yield fault(detail="the matter is hidden from somebody whom the ledger does not name")
