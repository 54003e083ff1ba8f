"""The proof of some matters at a time: read with a few statements, then checked one by one, each replayed once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple

import orjson
from django.db.models import Model, TextField
from django.db.models.functions import Cast

from xinqiao.matters import clockwork
from xinqiao.matters.ledger import GENESIS, content_hash, keyed_seal, text_hash
from xinqiao.matters.models import Entry, Involvement, Matter, Text, Wall
from xinqiao.matters.reading import Span, instant_of, object_of
from xinqiao.matters.sight import waits_for
from xinqiao.matters.snapshot import LISTED, SUBJECT_LENGTH, facts_json, row_of
from xinqiao.rules import entries as values
from xinqiao.rules.facts import Facts
from xinqiao.rules.replay import replay
from xinqiao.rules.table import STEPS

Row = dict[str, Any]
#: A text as it stands beside the ledger: entry, field, salt, words, when they were erased.
Written = tuple[int, str, str, str, datetime | None]
_SUBJECT = (1, "subject")
#: Steps that take others back; who saw the matter through those still sees it.
_UNDO = frozenset({"revoke", "separate"})
#: The columns that depend on the calendar and the local provisions in use.
DATED = frozenset({"calendar", "clocks", "rank", "next_due", "next_clock", "window_ends"})
#: The facts of a matter of which nothing is known yet.
_AT_FIRST = facts_json(Facts())
#: What of the ledger is read as the database keeps it, and what as text.
_AS_STORED = ("matter_id", "seq", "step", "account", "unit", "article", "previous", "hash")
_AS_TEXT = ("at", "recorded_at", "payload")


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One finding: a code, the number of the matter (or "-"), the entry, and what is wrong in words."""

    code: str
    number: str
    seq: int
    detail: str

    def __str__(self) -> str:
        return f"{self.code}\t{self.number}\t{self.seq}\t{self.detail}"


class Read(NamedTuple):
    """An entry as it was read: all of it that is hashed but the number of its matter, and the hash beside it."""

    columns: Row
    hash: str


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


def _check_each(span: Span, ledgers: Mapping[int, list[Read]]) -> Iterator[tuple[int, list[Fault]]]:
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


def _ledgers(span: Span) -> defaultdict[int, list[Read]]:
    """The entries of each matter in their order.

    They are most of what a proof reads, so they come as text and are understood here.
    """
    texts = {f"{name}_text": Cast(name, TextField()) for name in _AS_TEXT}
    rows = Entry.objects.filter(span.of("matter_id")).order_by("matter_id", "seq").annotate(**texts)
    found: defaultdict[int, list[Read]] = defaultdict(list)
    for matter, seq, step, account, unit, article, previous, own, at, recorded_at, payload in (
        rows.values_list(*_AS_STORED, *texts)
    ):  # fmt: skip
        happened = instant_of(at)
        recorded = happened if recorded_at == at else instant_of(recorded_at)
        columns = {
            "seq": seq, "step": step, "at": happened, "recorded_at": recorded, "account": account, "unit": unit,
            "payload": object_of(payload), "article": article, "previous": previous,
        }  # fmt: skip
        found[matter].append(Read(columns, own))
    return found


def _matters(span: Span) -> Iterator[Row]:
    """The rows of the matters, their facts and clocks read as text, too.

    What a matter knew nothing of when it was last written stands at its beginning.
    """
    names = [field.attname for field in Matter._meta.concrete_fields]
    texts = {f"{name}_text": Cast(name, TextField()) for name in ("facts", "clocks")}
    rows = Matter.objects.filter(span.of("id")).annotate(**texts)
    for row in rows.values(*(name for name in names if f"{name}_text" not in texts), *texts):
        row["facts"] = _AT_FIRST | object_of(row.pop("facts_text"))
        row["clocks"] = orjson.loads(row.pop("clocks_text"))
        yield row


def _rows(model: type[Model], span: Span, *columns: str) -> defaultdict[int, list[Any]]:
    """These columns of the rows of a table, by the matter they belong to."""
    found: defaultdict[int, list[Any]] = defaultdict(list)
    rows = model._default_manager.filter(span.of("matter_id"))
    for matter, *row in rows.values_list("matter_id", *columns):
        found[matter].append(tuple(row))
    return found


def _check_matter(
    matter: Row,
    entries: Sequence[Read],
    texts: Iterable[Written],
    seen: Iterable[tuple[Any, ...]],
    walls: Iterable[tuple[str, int | None]],
) -> Iterator[Fault]:
    yield from _chain(matter["number"], entries)
    yield from _texts(matter, entries, texts)
    if any(entry.columns["step"] not in STEPS for entry in entries):
        return
    try:
        told = [_told(entry.columns) for entry in entries]
        facts, row = row_of(told, max(told, key=attrgetter("at")).day)
        involved = facts.involved
        if any(entry.step in _UNDO for entry in told):
            involved = replay([entry for entry in told if entry.step not in _UNDO]).involved
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        detail = f"cannot be replayed: {error!r}"
        yield Fault(code="unreadable", number=matter["number"], seq=0, detail=detail)
        return
    yield from _head(matter, entries[-1])
    yield from _snapshot(matter, row)
    yield from _sight(matter, row["facts"], involved, seen)
    yield from _walls(matter, row["facts"], walls)


def _told(columns: Row) -> values.Entry:
    """The entry as the rules read it. Raises ValueError for a moment that is none."""
    return values.Entry(
        columns["seq"], columns["step"], datetime.fromisoformat(columns["at"]),
        columns["account"], columns["unit"], columns["payload"],
    )  # fmt: skip


def _chain(number: str, entries: Sequence[Read]) -> Iterator[Fault]:
    previous, fault = GENESIS, partial(Fault, number=number)
    for place, (columns, own) in enumerate(entries, start=1):
        seq = columns["seq"]
        if seq != place:
            yield fault(code="gap", seq=seq, detail=f"entry {place} is missing")
            return
        if columns["previous"] != previous:
            yield fault(code="chain", seq=seq, detail="does not follow the entry before it")
        if _hash_of({"number": number, **columns}) != own:
            yield fault(code="altered", seq=seq, detail="its content was changed")
        if columns["step"] not in STEPS:
            yield fault(code="unknown_step", seq=seq, detail=f"no such step: {columns['step']}")
        previous = own


def _hash_of(content: Row) -> str | None:
    """The hash of what stands there; None where something stands there that never was an entry."""
    try:
        return content_hash(content)
    except TypeError:
        return None


def _texts(matter: Row, entries: Sequence[Read], texts: Iterable[Written]) -> Iterator[Fault]:
    fault = partial(Fault, number=matter["number"])
    stored = {(seq, field): (salt, body, gone) for seq, field, salt, body, gone in texts}
    for columns, _ in entries:
        seq = columns["seq"]
        for field, value in columns["payload"].items():
            if not isinstance(value, dict) or "sha256" not in value:
                continue
            text = stored.pop((seq, field), None)
            if text is None:
                yield fault(code="text_missing", seq=seq, detail=f"the text {field} is gone")
            elif not _as_written(*text, value["sha256"]):
                yield fault(code="text_altered", seq=seq, detail=f"the text {field} was changed")
            elif (seq, field) == _SUBJECT and not _is_its_subject(matter, *text):
                yield fault(code="snapshot", seq=seq, detail="differs from the replay in subject")
    for seq, field in stored:
        yield fault(code="text_added", seq=seq, detail=f"the text {field} belongs to no entry")


def _as_written(salt: str, body: str, erased_at: datetime | None, sha256: str) -> bool:
    """Whether a text is the one that was hashed, or erased to nothing."""
    if erased_at:
        return not body
    try:
        return text_hash(str(salt), str(body)) == sha256
    except ValueError:  # no salt that was ever given
        return False


def _is_its_subject(matter: Row, _: str, body: str, erased_at: datetime | None) -> bool:
    return bool(erased_at) or matter["subject"] == body[:SUBJECT_LENGTH]


def _head(matter: Row, last: Read) -> Iterator[Fault]:
    seq = last.columns["seq"]
    fault = partial(Fault, number=matter["number"], seq=seq)
    if (matter["last_seq"], matter["head_hash"]) != (seq, last.hash):
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
        stored, told = matter["facts"], row["facts"]
        differing |= {n for n in stored.keys() | told.keys() if stored.get(n) != told.get(n)}
    if differing:
        detail = f"differs from the replay in {', '.join(sorted(differing))}"
        yield Fault(code="snapshot", number=matter["number"], seq=matter["last_seq"], detail=detail)


def _differs(stored: object, expected: object) -> bool:
    return (stored or None) != (expected or None)


def _sight(
    matter: Row, facts: Mapping[str, Any], involved: frozenset[str], seen: Iterable[tuple[Any, ...]]
) -> Iterator[Fault]:
    """The units that see it are those that the ledger asks for, and their rows say of it what its own row says."""
    said = {unit: says for unit, *says in seen}
    units = said.keys()
    fault = partial(Fault, number=matter["number"], seq=0)
    if not units >= set(facts["involved"]):
        yield fault(code="scope", detail="a unit lost sight of its matter")
    if units - involved:
        yield fault(code="scope", detail="a unit sees the matter that never had to do with it")
    own = [matter[name] for name in LISTED]
    for unit, says in said.items():
        if says != [waits_for(unit, matter), *own]:
            detail = f"the list of {unit} says something else of it than its row"
            yield fault(code="list", detail=detail)


def _walls(
    matter: Row, facts: Mapping[str, Any], walls: Iterable[tuple[str, int | None]]
) -> Iterator[Fault]:
    """The rows of the wall are those that the ledger asks for, none missing and none beside them."""
    stored = set(walls)
    needed = {(unit, None) for unit in facts["reported_units"]}
    needed |= {("", account) for account in (*facts["reported_accounts"], *facts["recused"])}
    fault = partial(Fault, code="wall", number=matter["number"], seq=0)
    if needed - stored:
        yield fault(detail="the wall around a report has a gap")
    if stored - needed:
        yield fault(detail="the matter is hidden from somebody whom the ledger does not name")
