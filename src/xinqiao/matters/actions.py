"""Taking a step: load, ask the rules, write entry and snapshot in one transaction. Nothing else changes a matter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from xinqiao.directory import queries as directory
from xinqiao.law.clocks import Clock
from xinqiao.law.events import Receiver
from xinqiao.matters import clockwork, joint, sight
from xinqiao.matters.entering import (
    enter,
    judge,
    load,
    record,
    refuse,
    row_to_act_on,
    value_of,
)
from xinqiao.matters.ledger import GENESIS, entry_hash
from xinqiao.matters.models import Entry, Matter
from xinqiao.matters.scope import visible
from xinqiao.matters.snapshot import SUBJECT_LENGTH
from xinqiao.rows.writing import Row
from xinqiao.rules import entries as values
from xinqiao.rules.facts import Facts
from xinqiao.rules.fields import FIELDS, FieldType
from xinqiao.rules.matters import (
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

__all__ = [
    "Opening", "Taken", "as_value", "case_of", "facts_of", "hash_of", "load", "opening", "recompute", "take",
]  # fmt: skip


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
    refuse(may_take(step, case))
    refuse(_stranger(step, by, unit))
    entry = value_of(step, case, unit, at, seq=1)
    facts, row = judge([entry], now)
    recorded = record(number, entry, step, fields, now, previous=GENESIS)
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
        matter = row_to_act_on(matter_id)
        refuse(_stranger(step, by, unit, matter_id))
        if seen is not None and seen != matter.last_seq:
            raise Refused(Refusal("acted_meanwhile"))
        before = load(matter_id)
        if before and before[-1].seq > matter.last_seq:  # committed between the two readings
            raise Refused(Refusal("acted_meanwhile"))
        case = case_of(before, by, now, fields=_given(fields), guarded=bool(step.guards))
        case = _with_others(matter_id, step_name, before, case)
        refuse(may_take(step, case))
        refuse(_stranger(step, case.person, unit, matter_id))
        unit = acting_unit(step, case) if unit is None else unit
        entry = value_of(step, case, unit, at or now, seq=matter.last_seq + 1)
        facts = enter(matter, before, entry, case.fields, known=case.facts, now=now, tell=tell)
        done = joint.Happened(matter=matter_id, before=before, entry=entry, case=case, facts=facts)
        joint.follow(done, now=now, tell=tell)
    return Taken(matter=matter_id, number=matter.number, seq=entry.seq, facts=facts)


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
    _, row = judge(load(matter_id), now)
    version = clockwork.version()
    if matter.clocks == row["clocks"]:
        Matter.objects.filter(pk=matter_id, last_seq=matter.last_seq).update(calendar=version)
        return False
    same_calendar = matter.calendar.split("/")[0] == version.split("/")[0]
    fields = {"cause": "provision" if same_calendar else "calendar", "version": version}
    take(matter_id, "recompute", fields, by=SYSTEM, now=now, seen=matter.last_seq)
    return True


def _with_others(matter_id: int, step: str, before: Sequence[values.Entry], case: Case) -> Case:
    """The case, once nobody else can act on the matters that the step is also entered on; with the one it names.

    Raises Refused `joined_to_itself`. What does not exist for the person is no target, as what is not there at all.
    """
    others, named = joint.others(step, before, case), joint.named(step, case)
    if matter_id in others | named:
        raise Refused(Refusal("joined_to_itself"))
    if others:
        joint.lock({matter_id, *others})
    if not named:
        return case
    seen = visible(case.person, case.units, case.today).filter(pk__in=named)
    target = seen.values_list("pk", flat=True).first()
    if target is None:
        return case
    return replace(case, target=case_of(load(target), case.person, case.now))


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


def _stranger(
    step: Step, by: Person, unit: str | None, matter_id: int | None = None
) -> Refusal | None:
    """A petitioner knows the key of one matter, not of this one; nobody acts for a unit that is not theirs."""
    if by.kind is PersonKind.PETITIONER and matter_id not in (None, by.matter):
        return Refusal("not_found")
    if by.kind is PersonKind.STAFF and unit is not None and unit not in by.units():
        return Refusal("not_yours", step.article, {"by": ",".join(step.by)})
    return None


def hash_of(number: str, row: Entry) -> str:
    """The hash that this row of the ledger must carry."""
    return entry_hash(
        number=number, seq=row.seq, step=row.step, at=row.at, recorded_at=row.recorded_at,
        account=row.account, unit=row.unit, payload=row.payload, article=row.article, previous=row.previous,
    )  # fmt: skip
