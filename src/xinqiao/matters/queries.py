"""Named reads of matters, already filtered by what the asker may see."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet

from xinqiao.directory import queries as directory
from xinqiao.law.clocks import Clock
from xinqiao.matters import lists
from xinqiao.matters.actions import case_of, load
from xinqiao.matters.clockwork import clocks_of
from xinqiao.matters.lists import (
    ACROSS,
    EVERYTHING,
    MINE,
    MOST_COUNTED,
    MOST_READ,
    OVERDUE,
    QUEUES,
    WAITING,
    Filters,
)
from xinqiao.matters.models import Entry, Involvement, Matter, Seal, Text
from xinqiao.matters.scope import visible
from xinqiao.rules import entries as values
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.facts import Facts
from xinqiao.rules.matters import offered
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refusal
from xinqiao.rules.replay import Turn, turns
from xinqiao.rules.states import Kind, State
from xinqiao.rules.steps import Case, Step


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a list of matters; `carried_by` is the matter in which it is carried on."""

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
    carried_by: int | None = None


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

    @property
    def entry(self) -> values.Entry:
        """The entry as the rules read it."""
        return values.Entry(
            seq=self.seq, step=self.step, at=self.at, account=self.account, unit=self.unit,
            payload=self.payload,
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A matter opened by somebody: the row, facts, clocks, ledger in words and as it was replayed (`course`), and what
    the person may do."""

    line: Line
    law: str
    facts: Facts
    clocks: Sequence[Clock]
    entries: Sequence[Told]
    course: Sequence[Turn]
    offered: Sequence[tuple[Step, Refusal | None]]
    case: Case

    def took(self, *steps: str) -> bool:
        """Whether one of these steps was ever taken on it: what its ledger tells, no table need be asked."""
        return any(entry.step in steps for entry in self.entries)


__all__ = [
    "ACROSS",
    "EVERYTHING",
    "MINE",
    "MOST_COUNTED",
    "MOST_READ",
    "OVERDUE",
    "QUEUES",
    "WAITING",
    "Filters",
]
#: So many matters are asked for in one statement.
_AT_ONCE = 500
_LINE_FIELDS = tuple(name for name in Line.__dataclass_fields__ if name != "carried_by")
_CARRIED_BY = {"carried_by": F("facts__carried_by")}
_TOLD_FIELDS = tuple(name for name in Told.__dataclass_fields__ if name != "texts")


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


def page(person: Person, filters: Filters, number: int, size: int, now: datetime) -> list[Line]:
    """One page of a list, and one more line if another page follows: nearest date first, those without one last."""
    ids = lists.page(person, filters, number, size, now)  # within the scope of the person already
    known = {line.id: line for line in lines(Matter.objects.filter(id__in=ids))}
    return [known[one] for one in ids if one in known]


def words_reach_its_end(person: Person, filters: Filters, now: datetime) -> bool:
    """Whether the words of a list are looked for in all of it, and not among its first `MOST_READ` alone."""
    return lists.words_reach_its_end(person, filters, now)


def worklist(person: Person, filters: Filters, now: datetime) -> QuerySet[Matter]:
    """The same list as one query in the same order, for further questions; words are looked for in all of it.

    For showing a page, `page` is the fast way.
    """
    found = Q(pk__in=())
    for piece in lists.pieces(person, filters, now):
        found |= Q(pk__in=piece.values("matter_id"))
    if filters.words:
        found &= Q(subject__icontains=filters.words) | Q(number=filters.words)
    return Matter.objects.filter(found).order_by("rank", "id")


def lines(matters: QuerySet[Matter]) -> list[Line]:
    """The lines of a (sliced) list."""
    return [Line(**row) for row in matters.values(*_LINE_FIELDS, **_CARRIED_BY)]


def queue_counts(person: Person, now: datetime) -> dict[str, int]:
    """How many matters wait in each queue, are late, are the person's own; none counted beyond `MOST_COUNTED`."""
    return lists.counts(person, now)


def next_waiting(person: Person, now: datetime) -> Line | None:
    """The matter waiting for the person's units whose date comes next; None when no date runs."""
    ids = lists.next_ahead(person, now)
    found = lines(scope(person, now).filter(id__in=ids))
    return found[0] if found else None


def sheet(person: Person, matter_id: int, now: datetime) -> Sheet | None:
    """The matter opened by this person; None when it does not exist for them."""
    return _opened(person, scope(person, now).filter(id=matter_id), now)


def sheet_numbered(person: Person, number: str, now: datetime) -> Sheet | None:
    """The same by its number."""
    return _opened(person, scope(person, now).filter(number=number), now)


def _opened(person: Person, found: QuerySet[Matter], now: datetime) -> Sheet | None:
    row = found.values(*_LINE_FIELDS, "law", **_CARRIED_BY).first()
    if row is None:
        return None
    law, ledger = row.pop("law"), told(row["id"])
    entries = [one.entry for one in ledger]
    course = turns(entries)
    case = case_of(entries, person, now, course=course)
    return Sheet(
        line=Line(**row),
        law=law,
        facts=case.facts,
        clocks=case.clocks,
        entries=ledger,
        course=course,
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
    stored = Text.objects.filter(matter_id=matter_id)
    for seq, field, body, erased_at in stored.values_list("seq", "field", "body", "erased_at"):
        texts.setdefault(seq, {})[field] = None if erased_at else body
    rows = Entry.objects.filter(matter_id=matter_id).order_by("seq").values(*_TOLD_FIELDS)
    return [Told(**row, texts=texts.get(row["seq"], {})) for row in rows]


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
    rows = Involvement.objects.filter(unit=unit, waits=True)
    return list(rows.order_by("matter_id").values_list("matter_id", flat=True))


def entered_after(position: int, most: int, settled: datetime) -> tuple[dict[int, int], int]:
    """What was entered after this row of the ledger, at most so many rows: the last entry of each matter, by row id.

    With it the position up to which no lower row can still come: those recorded until `settled` are all there.
    """
    rows = Entry.objects.filter(id__gt=position).order_by("id")
    last: dict[int, int] = {}
    upto, waits = position, False
    for row_id, matter_id, seq, recorded_at in rows.values_list(
        "id", "matter_id", "seq", "recorded_at"
    )[:most]:
        last[matter_id] = max(seq, last.get(matter_id, 0))
        waits = waits or recorded_at > settled
        upto = upto if waits else row_id
    return last, upto


def settled_upto(settled: datetime) -> int:
    """The row of the ledger up to which all was recorded until this moment, and no lower row can still come."""
    younger = Entry.objects.filter(recorded_at__gt=settled).aggregate(first=Min("id"))["first"]
    below = Entry.objects.all() if younger is None else Entry.objects.filter(id__lt=younger)
    return below.aggregate(last=Max("id"))["last"] or 0


def with_step(step: str, since: datetime, until: datetime, **payload: str) -> Q:
    """Matters on which this step was taken from `since` until before `until`, with these codes in its payload."""
    codes = {f"payload__{name}": code for name, code in payload.items()}
    taken = Entry.objects.filter(
        matter_id=OuterRef("pk"), step=step, at__gte=since, at__lt=until, **codes
    )
    return Q(Exists(taken))


def steps_taken(
    person: Person, steps: Iterable[str], since: datetime, until: datetime, now: datetime
) -> dict[str, int]:
    """On how many matters that exist for this person each step was taken from `since` until before `until`."""
    seen = scope(person, now).filter(pk=OuterRef("matter_id"))
    taken = Entry.objects.filter(Exists(seen), step__in=list(steps), at__gte=since, at__lt=until)
    counted = taken.values("step").annotate(matters=Count("matter_id", distinct=True))
    return {row["step"]: row["matters"] for row in counted}


def unsealed_since() -> datetime | None:
    """When the oldest entry that no seal covers was recorded; None when all are sealed."""
    upto = Seal.objects.order_by("-upto").values_list("upto", flat=True).first() or 0
    younger = Entry.objects.filter(id__gt=upto).order_by("id")
    return younger.values_list("recorded_at", flat=True).first()


def how_many() -> int:
    """How many matters there are, for the platform's own work."""
    return Matter.objects.count()


def open_matters() -> list[int]:
    """The row ids of all open matters, oldest first: for counting what a change of rules would move."""
    return list(Matter.objects.filter(open=True).order_by("id").values_list("id", flat=True))


def computed_otherwise(version: str) -> list[int]:
    """The open matters whose dates were not reached with this calendar and these provisions, oldest first."""
    rows = Matter.objects.filter(open=True).exclude(calendar=version)
    return list(rows.order_by("id").values_list("id", flat=True))


def window_lapsed_before(now: datetime) -> list[int]:
    """Answered matters in which the petitioner's time to ask further may have run out; the rules decide."""
    waiting = Matter.objects.filter(
        state__in=[State.ANSWERED, State.REVIEWED], open=True, window_ends__lt=today(now)
    )
    return list(waiting.order_by("id").values_list("id", flat=True))


class Taken(NamedTuple):
    """A step that was taken on a matter, with what of the matter says where it belongs."""

    matter: int
    seq: int
    step: str
    unit: str
    at: datetime
    recorded_at: datetime
    payload: Mapping[str, Any]
    handler: str
    region: str
    category: str


def taken_between(steps: Iterable[str], since: datetime, until: datetime) -> Iterator[Taken]:
    """These steps from `since` until before `until`, in the order in which they happened; none on a report.

    Only for the platform's own work: nobody's scope is asked.
    """
    rows = Entry.objects.filter(step__in=list(steps), at__gte=since, at__lt=until)
    rows = rows.exclude(matter__kind=Kind.REPORT).order_by("at", "id")
    columns = (
        "matter_id", "seq", "step", "unit", "at", "recorded_at", "payload", "matter__handler", "matter__region",
        "matter__category",
    )  # fmt: skip
    for row in rows.values_list(*columns).iterator(chunk_size=5000):
        yield Taken(*row)


def words_of(matter_ids: Iterable[int], fields: Iterable[str]) -> dict[tuple[int, int], str]:
    """What stands in these fields, by matter and entry, joined. Only for the platform's own work."""
    wanted = sorted(set(matter_ids))
    found: dict[tuple[int, int], str] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        rows = Text.objects.filter(
            matter_id__in=wanted[start : start + _AT_ONCE],
            field__in=list(fields),
            erased_at__isnull=True,
        )
        for matter, seq, body in rows.order_by("id").values_list("matter_id", "seq", "body"):
            found[matter, seq] = f"{found[matter, seq]}\n{body}" if (matter, seq) in found else body
    return found


def last_of(matter_id: int, step: str) -> int | None:
    """The number of the last entry of this step on a matter; None where it was never taken."""
    rows = Entry.objects.filter(matter_id=matter_id, step=step).order_by("-seq")
    return rows.values_list("seq", flat=True).first()
