"""Named reads of matters, already filtered by what the asker may see."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from xinqiao.directory import queries as directory
from xinqiao.law.clocks import Clock
from xinqiao.matters.actions import case_of, load
from xinqiao.matters.clockwork import clocks_of
from xinqiao.matters.models import Entry, Matter, Seal, Text
from xinqiao.matters.scope import visible
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.facts import Facts
from xinqiao.rules.matters import offered
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refusal
from xinqiao.rules.states import CLOSED, State
from xinqiao.rules.steps import Case, Step


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a list of matters."""

    id: int
    number: str
    subject: str
    state: str
    kind: str
    category: str
    region: str
    channel: str
    received_at: datetime
    holder: str
    handler: str
    urgent: bool
    contacts: int
    next_due: datetime | None
    next_clock: str


@dataclass(frozen=True, kw_only=True)
class Told:
    """One entry of the ledger for people to read: with its texts, by field name; None where a text was erased."""

    seq: int
    step: str
    at: datetime
    recorded_at: datetime
    account: int | None
    unit: str
    payload: Mapping[str, Any]
    article: str
    texts: Mapping[str, str | None]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A matter opened by somebody: the row, facts, clocks, ledger in words, and what the person may do."""

    line: Line
    law: str
    facts: Facts
    clocks: Sequence[Clock]
    entries: Sequence[Told]
    offered: Sequence[tuple[Step, Refusal | None]]
    case: Case


_LINE_FIELDS = tuple(Line.__dataclass_fields__)


def today(now: datetime) -> date:
    """The date in Shanghai."""
    return now.astimezone(SHANGHAI).date()


def scope(person: Person, now: datetime) -> QuerySet[Matter]:
    """The matters that exist for this person."""
    return visible(person, directory.units(), today(now))


def find(person: Person, number: str, now: datetime) -> int | None:
    """The row id of the matter with this number, if it exists for this person."""
    return scope(person, now).filter(number=number).values_list("id", flat=True).first()


def exists_for(person: Person, matter_id: int, now: datetime) -> bool:
    """Whether the matter exists for this person at all."""
    return scope(person, now).filter(id=matter_id).exists()


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a list may be narrowed by; empty values do not narrow."""

    queue: str = ""
    state: str = ""
    kind: str = ""
    category: str = ""
    region: str = ""
    channel: str = ""
    words: str = ""
    overdue: bool = False


#: The queues of the desk: what waits for whom. Each narrows to matters whose ball lies with the person's units.
QUEUES: dict[str, Q] = {
    "to_register": Q(state=State.RECEIVED),
    "to_refer": Q(state=State.REGISTERED),
    "to_accept": Q(state=State.REFERRED),
    "to_decide": Q(state__in=[State.OBJECTED, State.DISPUTED]),
    "to_handle": Q(state=State.ACCEPTED),
    "to_sign": Q(state=State.OPINION_SUBMITTED),
    "to_deliver": Q(
        state__in=[State.OPINION_ISSUED, State.REVIEW_ISSUED, State.REEXAMINATION_ISSUED]
    ),
    "to_review": Q(state__in=[State.REVIEWING, State.REEXAMINING]),
    "answered": Q(state__in=[State.ANSWERED, State.REVIEWED]),
}


def worklist(person: Person, filters: Filters, now: datetime) -> QuerySet[Matter]:
    """The person's matters, nearest due date first, those without a running clock last."""
    found = scope(person, now)
    if filters.queue in QUEUES:
        found = found.filter(QUEUES[filters.queue], holder__in=person.units())
    elif filters.queue == "mine":
        found = found.filter(officer__in=[person.account, *person.away])
    plain = {
        name: getattr(filters, name)
        for name in ("state", "kind", "channel")
        if getattr(filters, name)
    }
    found = found.filter(**plain)
    if filters.category:
        found = found.filter(
            Q(category=filters.category) | Q(category__startswith=filters.category + ".")
        )
    if filters.region:
        found = found.filter(region__startswith=filters.region)
    if filters.words:
        found = found.filter(Q(subject__icontains=filters.words) | Q(number=filters.words))
    if filters.overdue:
        found = found.filter(next_due__lte=now)
    return found.order_by(F("next_due").asc(nulls_last=True), "-id")


def lines(matters: QuerySet[Matter]) -> list[Line]:
    """The lines of a (sliced) list."""
    return [Line(**row) for row in matters.values(*_LINE_FIELDS)]


def queue_counts(person: Person, now: datetime) -> dict[str, int]:
    """How many matters wait in each queue of this person."""
    mine = scope(person, now).filter(holder__in=person.units())
    counts = mine.aggregate(
        **{name: Count("id", filter=condition) for name, condition in QUEUES.items()}
    )
    overdue = mine.exclude(state__in=CLOSED).filter(next_due__lte=now).count()
    return counts | {"overdue": overdue}


def sheet(person: Person, matter_id: int, now: datetime) -> Sheet | None:
    """The matter opened by this person; None when it does not exist for them."""
    row = scope(person, now).filter(id=matter_id).values(*_LINE_FIELDS, "law").first()
    if row is None:
        return None
    law = row.pop("law")
    case = case_of(load(matter_id), person, now)
    return Sheet(
        line=Line(**row),
        law=law,
        facts=case.facts,
        clocks=case.clocks,
        entries=told(matter_id),
        offered=offered(case),
        case=case,
    )


def clocks(person: Person, matter_id: int, now: datetime) -> Sequence[Clock]:
    """The clocks alone of a matter that exists for this person; none when it does not."""
    if not exists_for(person, matter_id, now):
        return []
    return clocks_of(load(matter_id), today(now))


def told(matter_id: int) -> list[Told]:
    """The ledger of a matter with its texts."""
    texts: dict[int, dict[str, str | None]] = {}
    for text in Text.objects.filter(matter_id=matter_id):
        texts.setdefault(text.seq, {})[text.field] = None if text.erased_at else text.body
    return [
        Told(
            seq=row.seq, step=row.step, at=row.at, recorded_at=row.recorded_at, account=row.account,
            unit=row.unit, payload=row.payload, article=row.article, texts=texts.get(row.seq, {}),
        )
        for row in Entry.objects.filter(matter_id=matter_id).order_by("seq")
    ]  # fmt: skip


def texts_of(matter_ids: Iterable[int], step: str, field: str) -> dict[int, list[str]]:
    """The texts that entries of one step hold in one field, by matter, oldest first."""
    entry = Entry.objects.filter(matter_id=OuterRef("matter_id"), seq=OuterRef("seq"), step=step)
    rows = Text.objects.filter(
        Exists(entry), matter_id__in=list(matter_ids), field=field, erased_at__isnull=True
    )
    found: dict[int, list[str]] = {}
    for matter_id, body in rows.order_by("matter_id", "seq").values_list("matter_id", "body"):
        found.setdefault(matter_id, []).append(body)
    return found


def entries_of(matter_ids: Iterable[int], step: str) -> dict[int, list[Told]]:
    """The entries of one step with their texts, by matter, oldest first; the matters come from a list in scope."""
    rows = list(
        Entry.objects.filter(matter_id__in=list(matter_ids), step=step).order_by("matter_id", "seq")
    )
    texts: dict[tuple[int, int], dict[str, str | None]] = {}
    same_entry = Entry.objects.filter(
        matter_id=OuterRef("matter_id"), seq=OuterRef("seq"), step=step
    )
    for text in Text.objects.filter(
        Exists(same_entry), matter_id__in={row.matter_id for row in rows}
    ):
        body = None if text.erased_at else text.body
        texts.setdefault((text.matter_id, text.seq), {})[text.field] = body
    found: dict[int, list[Told]] = {}
    for row in rows:
        found.setdefault(row.matter_id, []).append(Told(
            seq=row.seq, step=row.step, at=row.at, recorded_at=row.recorded_at, account=row.account, unit=row.unit,
            payload=row.payload, article=row.article, texts=texts.get((row.matter_id, row.seq), {}),
        ))  # fmt: skip
    return found


def held_by(unit: str) -> list[int]:
    """The open matters whose ball lies with a unit."""
    return list(
        Matter.objects.filter(holder=unit).exclude(state__in=CLOSED).values_list("id", flat=True)
    )


def unsealed_since() -> datetime | None:
    """When the oldest entry that no seal covers was recorded; None when all are sealed."""
    upto = Seal.objects.order_by("-upto").values_list("upto", flat=True).first() or 0
    younger = Entry.objects.filter(id__gt=upto).order_by("id")
    return younger.values_list("recorded_at", flat=True).first()


def open_matters() -> list[int]:
    """The row ids of all open matters, oldest first: for counting what a change of rules would move."""
    return list(
        Matter.objects.exclude(state__in=CLOSED).order_by("id").values_list("id", flat=True)
    )


def computed_otherwise(version: str) -> list[int]:
    """The open matters whose dates were not reached with this calendar and these provisions, oldest first."""
    rows = Matter.objects.exclude(state__in=CLOSED).exclude(calendar=version)
    return list(rows.order_by("id").values_list("id", flat=True))


def window_lapsed_before(now: datetime) -> list[int]:
    """Answered matters in which the petitioner's time to ask further may have run out; the rules decide."""
    waiting = Matter.objects.filter(
        state__in=[State.ANSWERED, State.REVIEWED], window_ends__lt=today(now)
    )
    return list(waiting.order_by("id").values_list("id", flat=True))
