"""Taking a step: load, ask the rules, write entry and snapshot in one transaction. Nothing else changes a matter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import fields as fields_of
from datetime import UTC, date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from xinqiao.directory import queries as directory
from xinqiao.law.errors import LawError
from xinqiao.matters import clockwork, sight
from xinqiao.matters.ledger import GENESIS, entry_hash, keyed_seal, new_salt, text_hash
from xinqiao.matters.messages import promise
from xinqiao.matters.models import Entry, Matter, Text
from xinqiao.matters.snapshot import SUBJECT_LENGTH, row_of
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
from xinqiao.rules.replay import facts_after, turns
from xinqiao.rules.steps import Case, Step
from xinqiao.rules.table import STEPS
from xinqiao.rules.wall import at_matter
from xinqiao.text.clean import Problem, clean_text

#: What of a matter's row a step needs: all else is written anew from the ledger.
_KEPT = ("number", "last_seq", "head_hash")
_VALUE_FIELDS = tuple(field.name for field in fields_of(values.Entry))


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What a step did: the matter's row id and number, the new entry's number, the facts now."""

    matter: int
    number: str
    seq: int
    facts: Facts


def open_matter(
    *, number: str, fields: Mapping[str, Any], by: Person, unit: str, at: datetime, now: datetime,
) -> Taken:  # fmt: skip
    """A new matter with its first entry, `receive`: received at `at` by `unit`, recorded `now`.

    `fields` are those of the step, `subject` and `body` among them. Raises Refused.
    """
    step = STEPS["receive"]
    fields = _given(fields)
    case = Case(facts=Facts(), person=by, now=now, units=directory.units(), fields=fields)
    _refuse(may_take(step, case))
    _refuse(_stranger(step, by, unit))
    entry = _value(step, case, unit, at, seq=1)
    facts, row = _judge([entry], now)
    with transaction.atomic(savepoint=False):
        matter = Matter(number=number, subject=str(fields["subject"])[:SUBJECT_LENGTH], **row)
        _record(matter, entry, step, fields, now, previous=GENESIS)
        sight.remember(matter, Facts(), facts)
    return Taken(matter=matter.pk, number=number, seq=1, facts=facts)


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
        previous = matter.head_hash
        for name, value in row.items():
            setattr(matter, name, value)
        _record(matter, entry, step, case.fields, now, previous=previous)
        sight.remember(matter, case.facts, facts)
        if tell:
            promise(matter, entry, facts, now)
    return Taken(matter=matter_id, number=matter.number, seq=entry.seq, facts=facts)


def load(matter_id: int) -> list[values.Entry]:
    """The ledger of a matter as values, in order."""
    rows = Entry.objects.filter(matter_id=matter_id).order_by("seq")
    return [values.Entry(**row) for row in rows.values(*_VALUE_FIELDS)]


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
) -> Case:
    """All that the rules may look at when this person asks about the matter with these entries.

    Not `guarded`: for a step without guards, which nobody asks about its clocks; they are left out.
    """
    last, course = revocable_entry(entries), turns(entries)
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
    """The entry to be written. Texts are not in its payload yet; `_record` puts their hashes there.

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


def _record(
    matter: Matter, entry: values.Entry, step: Step, fields: Mapping[str, Any], now: datetime, previous: str,
) -> None:  # fmt: skip
    """Writes texts, entry and snapshot. Two people at once: the second finds the sequence number taken.

    The transaction around it ends with the refusal: after it nothing else can be done there.
    """
    texts = [
        Text(seq=entry.seq, field=name, body=value, salt=new_salt())
        for name, value in fields.items()
        if FIELDS[name].type is FieldType.TEXT
    ]
    payload = dict(entry.payload) | {
        text.field: {"sha256": text_hash(text.salt, text.body)} for text in texts
    }
    row = Entry(
        seq=entry.seq, step=entry.step, at=entry.at, recorded_at=now, account=entry.account,
        unit=entry.unit, payload=payload, article=step.article or "", previous=previous,
    )  # fmt: skip
    row.hash = matter.head_hash = hash_of(matter.number, row)
    matter.head_seal = keyed_seal(matter.number, entry.seq, row.hash)
    try:
        _save_snapshot(matter, entry.seq)
        row.matter = matter
        row.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(Refusal("acted_meanwhile")) from error
    for text in texts:
        text.matter = matter
    Text.objects.bulk_create(texts)


def _save_snapshot(matter: Matter, seq: int) -> None:
    """Inserts the first snapshot; replaces a later one only if it is still the one that was read."""
    if seq == 1:
        matter.save(force_insert=True)
        return
    changed = {
        field.attname: getattr(matter, field.attname)
        for field in matter._meta.concrete_fields
        if field.attname not in {"id", "number", "subject"}
    }
    if not Matter.objects.filter(pk=matter.pk, last_seq=seq - 1).update(**changed):
        raise Refused(Refusal("acted_meanwhile"))


def hash_of(number: str, row: Entry) -> str:
    """The hash that this row of the ledger must carry."""
    return entry_hash(
        number=number, seq=row.seq, step=row.step, at=row.at, recorded_at=row.recorded_at,
        account=row.account, unit=row.unit, payload=row.payload, article=row.article, previous=row.previous,
    )  # fmt: skip
