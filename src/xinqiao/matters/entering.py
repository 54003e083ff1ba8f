"""Writing one entry of a ledger: judged, hashed, with its texts beside it and the snapshot of its matter replaced.

`actions` asks the rules first; `joint` enters what a step on another matter brings with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import IntegrityError

from xinqiao.law.errors import LawError
from xinqiao.matters import sight
from xinqiao.matters.ledger import entry_hash, keyed_seal, new_salt, text_hash
from xinqiao.matters.messages import promise
from xinqiao.matters.models import Entry, Matter, Text
from xinqiao.matters.snapshot import row_of
from xinqiao.rows.writing import Row, replace, write
from xinqiao.rules import entries as values
from xinqiao.rules.clock_events import disorder
from xinqiao.rules.facts import Facts
from xinqiao.rules.fields import FIELDS, FieldType
from xinqiao.rules.matters import acting_for
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.rules.steps import Case, Step
from xinqiao.rules.table import STEPS

#: What of a matter's row a step needs: all else is written anew from the ledger.
KEPT = ("number", "last_seq", "head_hash")
_VALUE_FIELDS = values.Entry._fields


def row_to_act_on(matter_id: int) -> Matter:
    """The row of a matter with what an entry needs of it. Raises Matter.DoesNotExist."""
    return Matter.objects.only(*KEPT).get(pk=matter_id)


def load(matter_id: int) -> list[values.Entry]:
    """The ledger of a matter as values, in order."""
    rows = Entry.objects.filter(matter_id=matter_id).order_by("seq")
    return [values.Entry(**row) for row in rows.values(*_VALUE_FIELDS)]


def enter(
    matter: Matter, before: Sequence[values.Entry], entry: values.Entry, fields: Mapping[str, Any], *, known: Facts,
    now: datetime, tell: bool,
) -> Facts:  # fmt: skip
    """Writes one more entry on a matter as it was read (`before`, with the facts `known`); the facts after it.

    `fields` are those of the step, their texts among them. `tell`: its petitioners get the message that follows. Raises
    Refused, `acted_meanwhile` when somebody was quicker.
    """
    facts, row = judge([*before, entry], now)
    step = STEPS[entry.step]
    recorded = record(matter.number, entry, step, fields, now, previous=matter.head_hash)
    _replace_snapshot(matter.pk, matter.last_seq, row | recorded.head)
    _write([*recorded.rows(matter.pk), *sight.walls(matter.pk, known, facts)])
    sight.remember(matter.pk, row, facts.involved - known.involved)
    if tell:
        matter.clocks = row["clocks"]
        promise(matter, entry, facts, now)
    return facts


def judge(entries: Sequence[values.Entry], now: datetime) -> tuple[Facts, dict[str, Any]]:
    """Facts and row of the ledger with the new entry in it; the law refuses what cannot follow."""
    try:
        judged = row_of(entries, now.astimezone(values.SHANGHAI).date())
    except LawError as error:
        facts = {"zh": error.say("zh"), "en": error.say("en")}
        raise Refused(Refusal("against_the_law", None, facts)) from error
    refuse(disorder(entries))
    return judged


def value_of(step: Step, case: Case, unit: str, at: datetime, seq: int) -> values.Entry:
    """The entry to be written. Texts are not in its payload yet; `_recorded` puts their hashes there.

    It is of whoever took the step; for whom they stood in is part of it, and so of its hash.
    """
    if at > case.now:
        raise Refused(Refusal("date_in_future", step.article))
    payload = {
        name: plain(value)
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


def plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return sorted(value) if isinstance(value, set | frozenset) else value


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """An entry with its texts as they are to be written, and the columns of its matter that name it as the last."""

    entry: Mapping[str, Any]
    texts: Sequence[Mapping[str, Any]]
    head: dict[str, Any]

    def rows(self, matter: Row | int) -> list[Row]:
        """The rows of a matter that has a key, or gets it with them."""
        texts = [Row(Text, matter=matter, seq=self.entry["seq"], **text) for text in self.texts]
        return [Row(Entry, matter=matter, **self.entry), *texts]


def record(
    number: str, entry: values.Entry, step: Step, fields: Mapping[str, Any], now: datetime, *, previous: str,
) -> Recorded:  # fmt: skip
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
    return Recorded(entry=columns | {"hash": own}, texts=texts, head=head)


def refuse(refusal: Refusal | None) -> None:
    """Raises the refusal, if there is one."""
    if refusal is not None:
        raise Refused(refusal)


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
