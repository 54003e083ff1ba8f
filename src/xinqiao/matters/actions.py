"""Taking a step: load, ask the rules, write entry and snapshot in one transaction. Nothing else changes a matter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from xinqiao.directory import queries as directory
from xinqiao.law.clocks import Clock
from xinqiao.law.errors import LawError
from xinqiao.law.events import Receiver
from xinqiao.matters import clockwork, sight
from xinqiao.matters.ledger import GENESIS, entry_hash, keyed_seal, new_salt, text_hash
from xinqiao.matters.messages import promise
from xinqiao.matters.models import Entry, Matter, Text
from xinqiao.matters.snapshot import SUBJECT_LENGTH, row_of
from xinqiao.rows.writing import Row, replace, write
from xinqiao.rules import entries as values
from xinqiao.rules.clock_events import disorder
from xinqiao.rules.facts import Facts
from xinqiao.rules.fields import FIELDS, FieldType
from xinqiao.rules.matters import (
    acting_for,
    acting_unit,
    correctable_entries,
    may_take,
    revocable_entry,
)
from xinqiao.rules.persons import SYSTEM, Person, PersonKind
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.rules.replay import Turn, facts_after, turns
from xinqiao.rules.steps import Case, Step
from xinqiao.rules.table import STEPS
from xinqiao.rules.wall import at_matter
from xinqiao.text.clean import Problem, clean_text

#: What of a matter's row a step needs: all else is written anew from the ledger.
_KEPT = ("number", "last_seq", "head_hash")
_VALUE_FIELDS = values.Entry._fields


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What a step did: the matter's row id and number, the new entry's number, the facts now."""

    matter: int
    number: str
    seq: int
    facts: Facts


@dataclass(frozen=True, kw_only=True)
class Opening:
    """A new matter as it was judged, not yet written: `rows` make it, `matter` first; its clocks today."""

    matter: Row
    rows: Sequence[Row]
    clocks: Sequence[Clock]


def opening(
    *, number: str, fields: Mapping[str, Any], by: Person, unit: str, at: datetime, now: datetime,
) -> Opening:  # fmt: skip
    """A new matter with its first entry, `receive`: received at `at` by `unit`, recorded `now`.

    `fields` are those of the step, `subject` and `body` among them. Raises Refused. Writing the rows raises
    IntegrityError when another matter has the number: the caller begins anew.
    """
    step = STEPS["receive"]
    fields = _given(fields)
    case = Case(facts=Facts(), person=by, now=now, units=directory.units(), fields=fields)
    _refuse(may_take(step, case))
    _refuse(_stranger(step, by, unit))
    entry = _value(step, case, unit, at, seq=1)
    facts, row = _judge([entry], now)
    recorded = _recorded(number, entry, step, fields, now, previous=GENESIS)
    subject = str(fields["subject"])[:SUBJECT_LENGTH]
    matter = Row(Matter, number=number, subject=subject, **row, **recorded.head)
    rows = [matter, *recorded.rows(matter), *sight.walls(matter, Facts(), facts)]
    rows += sight.first(matter, row, facts.involved)
    receiver = Receiver(fields["received_by"])
    return Opening(
        matter=matter, rows=rows, clocks=clockwork.begun(receiver, entry.day, case.today)
    )


def take(
    matter_id: int, step_name: str, fields: Mapping[str, Any], *, by: Person, now: datetime,
    at: datetime | None = None, unit: str | None = None, seen: int | None = None, tell: bool = True,
) -> Taken:  # fmt: skip
    """Takes one step on a matter, at `at` in law (default now), for `unit` (default: the one that gives the right).

    `seen` is the number of the last entry that the person had before their eyes: if somebody has acted since,
    the step is refused with `acted_meanwhile` and nothing is written. Raises Refused, with the article.
    Not `tell`: what is entered from the past is no news, and its petitioners get no message.
    """
    step = STEPS[step_name]
    with transaction.atomic():
        matter = Matter.objects.only(*_KEPT).get(pk=matter_id)
        _refuse(_stranger(step, by, unit, matter_id))
        if seen is not None and seen != matter.last_seq:
            raise Refused(Refusal("acted_meanwhile"))
        before = load(matter_id)
        case = case_of(before, by, now, fields=_given(fields), guarded=bool(step.guards))
        _refuse(may_take(step, case))
        _refuse(_stranger(step, case.person, unit, matter_id))
        unit = acting_unit(step, case) if unit is None else unit
        entry = _value(step, case, unit, at or now, seq=matter.last_seq + 1)
        facts, row = _judge([*before, entry], now)
        recorded = _recorded(
            matter.number, entry, step, case.fields, now, previous=matter.head_hash
        )
        _replace_snapshot(matter_id, matter.last_seq, row | recorded.head)
        _write([*recorded.rows(matter_id), *sight.walls(matter_id, case.facts, facts)])
        sight.remember(matter_id, row, facts.involved - case.facts.involved)
        if tell:
            matter.clocks = row["clocks"]
            promise(matter, entry, facts, now)
    return Taken(matter=matter_id, number=matter.number, seq=entry.seq, facts=facts)


def load(matter_id: int) -> list[values.Entry]:
    """The ledger of a matter as values, in order."""
    rows = Entry.objects.filter(matter_id=matter_id).order_by("seq")
    return [values.Entry(**row) for row in rows.values(*_VALUE_FIELDS)]


def facts_of(matter_id: int) -> Facts:
    """The facts of a matter as its ledger tells them now: for the platform's own work, without anybody's scope."""
    entries = load(matter_id)
    return facts_after(turns(entries), entries[-1].seq)


def as_value(row: Entry) -> values.Entry:
    """A row of the ledger as the value that the rules read."""
    return values.Entry(
        seq=row.seq,
        step=row.step,
        at=row.at,
        account=row.account,
        unit=row.unit,
        payload=row.payload,
    )


def case_of(
    entries: Sequence[values.Entry],
    person: Person,
    now: datetime,
    fields: Mapping[str, Any] | None = None,
    *,
    guarded: bool = True,
    course: Sequence[Turn] | None = None,
) -> Case:
    """All that the rules may look at when this person asks about the matter with these entries.

    Not `guarded`: for a step without guards, which nobody asks about its clocks; they are left out. `course`: the
    turns of these entries, for who has replayed them already.
    """
    last, course = revocable_entry(entries), turns(entries) if course is None else course
    today = now.astimezone(values.SHANGHAI).date()
    facts = facts_after(course, entries[-1].seq)
    return Case(
        facts=facts,
        person=at_matter(person, facts),
        now=now,
        units=directory.units(),
        clocks=tuple(clockwork.clocks_from(course, today)) if guarded else (),
        fields=fields or {},
        revocable=last.seq if last else None,
        revocable_unit=last.unit if last else "",
        correctable=correctable_entries(entries),
    )


def recompute(matter_id: int, *, now: datetime) -> bool:
    """Writes the dates of a matter anew after a changed calendar or provision, with an entry that says so.

    Returns whether any date changed; when none did, only the name of calendar and provisions is brought up to date.
    """
    matter = Matter.objects.get(pk=matter_id)
    _, row = _judge(load(matter_id), now)
    version = clockwork.version()
    if matter.clocks == row["clocks"]:
        Matter.objects.filter(pk=matter_id, last_seq=matter.last_seq).update(calendar=version)
        return False
    same_calendar = matter.calendar.split("/")[0] == version.split("/")[0]
    fields = {"cause": "provision" if same_calendar else "calendar", "version": version}
    take(matter_id, "recompute", fields, by=SYSTEM, now=now, seen=matter.last_seq)
    return True


def _given(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that say something, texts cleaned. Raises Refused for a text that cannot be kept."""
    given: dict[str, Any] = {}
    for name, value in fields.items():
        spec = FIELDS.get(name)
        if isinstance(value, str) and spec is not None and spec.type is FieldType.TEXT:
            cleaned = clean_text(value, multiline=spec.long)
            if isinstance(cleaned, Problem):
                raise Refused(Refusal(cleaned.code, None, {"field": name, **cleaned.facts}))
            value = cleaned.text  # noqa: PLW2901
        if value not in (None, ""):
            given[name] = value
    return given


def _refuse(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise Refused(refusal)


def _stranger(
    step: Step, by: Person, unit: str | None, matter_id: int | None = None
) -> Refusal | None:
    """A petitioner knows the key of one matter, not of this one; nobody acts for a unit that is not theirs."""
    if by.kind is PersonKind.PETITIONER and matter_id not in (None, by.matter):
        return Refusal("not_found")
    if by.kind is PersonKind.STAFF and unit is not None and unit not in by.units():
        return Refusal("not_yours", step.article, {"by": ",".join(step.by)})
    return None


def _judge(entries: Sequence[values.Entry], now: datetime) -> tuple[Facts, dict[str, Any]]:
    """Facts and row of the ledger with the new entry in it; the law refuses what cannot follow."""
    try:
        judged = row_of(entries, now.astimezone(values.SHANGHAI).date())
    except LawError as error:
        facts = {"zh": error.say("zh"), "en": error.say("en")}
        raise Refused(Refusal("against_the_law", None, facts)) from error
    _refuse(disorder(entries))
    return judged


def _value(step: Step, case: Case, unit: str, at: datetime, seq: int) -> values.Entry:
    """The entry to be written. Texts are not in its payload yet; `_recorded` puts their hashes there.

    It is of whoever took the step; for whom they stood in is part of it, and so of its hash.
    """
    if at > case.now:
        raise Refused(Refusal("date_in_future", step.article))
    payload = {
        name: _plain(value)
        for name, value in case.fields.items()
        if FIELDS[name].type is not FieldType.TEXT
    }
    instead_of = acting_for(step, case, unit)
    if instead_of is not None:
        payload["instead_of"] = instead_of
    return values.Entry(
        seq=seq,
        step=step.name,
        at=at.astimezone(UTC),
        account=case.person.account,
        unit=unit,
        payload=payload,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return sorted(value) if isinstance(value, set | frozenset) else value


@dataclass(frozen=True, kw_only=True)
class _Recorded:
    """An entry with its texts as they are to be written, and the columns of its matter that name it as the last."""

    entry: Mapping[str, Any]
    texts: Sequence[Mapping[str, Any]]
    head: dict[str, Any]

    def rows(self, matter: Row | int) -> list[Row]:
        """The rows of a matter that has a key, or gets it with them."""
        texts = [Row(Text, matter=matter, seq=self.entry["seq"], **text) for text in self.texts]
        return [Row(Entry, matter=matter, **self.entry), *texts]


def _recorded(
    number: str, entry: values.Entry, step: Step, fields: Mapping[str, Any], now: datetime, *, previous: str,
) -> _Recorded:  # fmt: skip
    """The entry in the chain: texts stand beside it, their salted hashes in it."""
    texts = [
        {"field": name, "body": value, "salt": new_salt()}
        for name, value in fields.items()
        if FIELDS[name].type is FieldType.TEXT
    ]
    payload = dict(entry.payload) | {
        text["field"]: {"sha256": text_hash(text["salt"], text["body"])} for text in texts
    }
    columns: dict[str, Any] = {
        "seq": entry.seq, "step": entry.step, "at": entry.at, "recorded_at": now, "account": entry.account,
        "unit": entry.unit, "payload": payload, "article": step.article or "", "previous": previous,
    }  # fmt: skip
    own = entry_hash(number=number, **columns)
    head = {"head_hash": own, "head_seal": keyed_seal(number, entry.seq, own)}
    return _Recorded(entry=columns | {"hash": own}, texts=texts, head=head)


def _write(rows: Sequence[Row]) -> None:
    """Two people at once: the second finds the number of the entry taken.

    The transaction around it ends with the refusal: after it nothing else can be done there.
    """
    try:
        write(rows)
    except IntegrityError as error:
        raise Refused(Refusal("acted_meanwhile")) from error


def _replace_snapshot(matter_id: int, seen: int, columns: Mapping[str, Any]) -> None:
    """Replaces the snapshot only if it is still the one that was read."""
    if not replace(Matter, matter_id, {"last_seq": seen}, columns):
        raise Refused(Refusal("acted_meanwhile"))


def hash_of(number: str, row: Entry) -> str:
    """The hash that this row of the ledger must carry."""
    return entry_hash(
        number=number, seq=row.seq, step=row.step, at=row.at, recorded_at=row.recorded_at,
        account=row.account, unit=row.unit, payload=row.payload, article=row.article, previous=row.previous,
    )  # fmt: skip
