"""Named reads of supervision, already filtered by what the asker may see.

Rows about a matter are read through the scope of that matter, and among those only what is one's own unit's, or lies in
the territory of one's own petition office, joint conference or government. `_reach` says it in one place.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from heapq import merge
from itertools import groupby, islice
from typing import Any

from django.db.models import BigIntegerField, Count, Exists, F, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, Greatest, Least

from xinqiao.directory import queries as directory
from xinqiao.matters import queries as matters
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.persons import Person
from xinqiao.rules.trace import totals, trace, whole
from xinqiao.rules.units import UnitKind, territory
from xinqiao.rules.urging import LISTED, RECOMMENDATIONS
from xinqiao.supervision.following import minutes
from xinqiao.supervision.models import Finding, Held, Measure, Watched
from xinqiao.supervision.values import (
    FindingLine,
    HeldLine,
    MeasureLine,
    MeasureSheet,
    Traced,
    UnitTime,
)

OFFICES = frozenset({UnitKind.PETITION_OFFICE, UnitKind.JOINT_CONFERENCE, UnitKind.GOVERNMENT})
#: So many rows are counted in one list; a count that reaches it means "at least so many".
MOST_COUNTED = 1000
#: So many rows leave a list at once as a file.
MOST_EXPORTED = 20_000


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a list of findings is narrowed by: open or closed, one rule, one unit, one matter."""

    closed: bool = False
    rule: str = ""
    unit: str = ""

    def as_q(self) -> Q:
        found = Q(open=not self.closed)
        if self.rule:
            found &= Q(rule=self.rule)
        return found & (Q(unit=self.unit) if self.unit else Q())


# -- who sees which rows -----------------------------------------------------------------------------------------------


def watches(person: Person, now: datetime) -> list[str]:
    """The digits of the territories over which the person's units supervise, the widest alone."""
    units, today = directory.units(), matters.today(now)
    areas = {
        territory(units[code].region)
        for code in person.units()
        if code in units and units[code].kind in OFFICES and units[code].exists_on(today)
    }
    return sorted(one for one in areas if not any(one != a and one.startswith(a) for a in areas))


def _reach(person: Person, now: datetime, columns: Sequence[str]) -> Iterator[Q]:
    """Pieces of the rows that this person may see, beside the scope of their matters; they may overlap."""
    for area in watches(person, now):
        yield Q(region__startswith=area)
    for unit in sorted(person.units()):
        for column in columns:
            yield Q(**{column: unit})


def _in_scope(person: Person, now: datetime) -> Q:
    return Q(Exists(matters.scope(person, now).filter(pk=OuterRef("matter_id"))))


# -- what the rules found ----------------------------------------------------------------------------------------------


def findings(
    person: Person, wanted: Wanted, now: datetime, *, after: tuple[str, int] | None, size: int
) -> list[FindingLine]:
    """One page of findings, the longest standing first, and one more line if another page follows.

    `after` is the day and the number of the last line of the page before.
    """
    beyond = Q(since__gt=after[0]) | Q(since=after[0], id__gt=after[1]) if after else Q()
    keys = _in_line(person, wanted.as_q() & beyond, now, size + 1)
    return _finding_lines(person, Finding.objects.filter(id__in=keys), now)


def finding_counts(person: Person, now: datetime) -> dict[str, int]:
    """How many open findings each rule has, and "" for all; none counted beyond `MOST_COUNTED`."""
    seen = Finding.objects.filter(Q(open=True) & _in_scope(person, now)).order_by()
    rules: dict[int, str] = {}
    for one in _reach(person, now, ("unit",)):
        rules.update(seen.filter(one).values_list("id", "rule")[:MOST_COUNTED])
        if len(rules) >= MOST_COUNTED:
            return {"": MOST_COUNTED}
    return {"": len(rules), **Counter(rules.values())}


def findings_on(line: matters.Line) -> list[FindingLine]:
    """What stands on one matter, which the caller has opened in scope, the longest standing first."""
    rows = Finding.objects.filter(matter_id=line.id, open=True).order_by("since", "id")
    return [_finding_line(row, line) for row in rows]


def chosen_findings(person: Person, ids: Iterable[int], now: datetime) -> list[FindingLine]:
    """Those of these findings that exist for this person, and still stand."""
    keys = _in_line(person, Q(open=True, id__in=list(ids)), now, 500)
    return _finding_lines(person, Finding.objects.filter(id__in=keys), now)


def _in_line(person: Person, narrowed: Q, now: datetime, size: int) -> list[int]:
    """The numbers of the first rows, each piece given in order by an index and put together."""
    seen = Finding.objects.filter(narrowed & _in_scope(person, now)).order_by("since", "id")
    pieces = [
        seen.filter(one).values_list("since", "id")[:size] for one in _reach(person, now, ("unit",))
    ]
    once = (key for (_, key), _ in groupby(merge(*pieces)))
    return list(islice(once, size))


def _finding_lines(person: Person, rows: QuerySet[Finding], now: datetime) -> list[FindingLine]:
    found = list(rows.order_by("since", "id"))
    known = _lines_of(person, {row.matter_id for row in found}, now)
    return [_finding_line(row, known[row.matter_id]) for row in found if row.matter_id in known]


def _finding_line(row: Finding, line: matters.Line) -> FindingLine:
    return FindingLine(
        id=row.pk, line=line, rule=row.rule, unit=row.unit, since=row.since, open=row.open,
        basis=tuple(int(seq) for seq in row.basis.split(",")), closed_at=row.closed_at,
        closed_why=row.closed_why, urged=row.urged,
    )  # fmt: skip


def _lines_of(person: Person, ids: Iterable[int], now: datetime) -> dict[int, matters.Line]:
    wanted = [one for one in ids if one is not None]
    if not wanted:
        return {}
    return {
        line.id: line
        for line in matters.lines(matters.scope(person, now).filter(id__in=wanted))
    }  # fmt: skip


# -- what was asked of units -------------------------------------------------------------------------------------------


def answers_due(
    person: Person,
    now: datetime,
    *,
    owed: bool,
    after: tuple[str, int] | None = None,
    size: int = 50,
) -> list[MeasureLine]:
    """Answers that are still open, the nearest date first: those the person's units owe, or those owed to them."""
    columns = ("unit",) if owed else ("by_unit",)
    own = [Q(**{column: unit}) for unit in sorted(person.units()) for column in columns]
    pieces = own if owed else [*own, *(Q(region__startswith=area) for area in watches(person, now))]
    standing = Q(open=True) & ~Q(what=LISTED)
    if not owed:
        standing &= ~Q(unit__in=sorted(person.units()))
    return _measures(person, standing, pieces, now, after=after, size=size, by="due")


def listed(
    person: Person, now: datetime, *, ended: bool, after: tuple[str, int] | None = None, size: int = 50
) -> list[MeasureLine]:  # fmt: skip
    """Matters under listed supervision, the nearest end first; or those taken off the list."""
    pieces = list(_reach(person, now, ("unit", "by_unit")))
    return _measures(
        person, Q(what=LISTED, open=not ended), pieces, now, after=after, size=size, by="due"
    )


def recommendations(
    person: Person, now: datetime, *, year: int | None = None, kind: str = "", adoption: str = "",
    after: tuple[str, int] | None = None, size: int = 50,
) -> list[MeasureLine]:  # fmt: skip
    """Recommendations that the person's units made, got, or supervise, oldest first."""
    wanted = Q(what=kind) if kind else Q(what__in=RECOMMENDATIONS)
    if year is not None:
        wanted &= Q(made_on__year=year)
    if adoption:
        wanted &= Q(open=True) if adoption == "open" else Q(adoption=adoption)
    pieces = list(_reach(person, now, ("unit", "by_unit")))
    return _measures(person, wanted, pieces, now, after=after, size=size, by="made_on")


def adoption(person: Person, year: int, now: datetime) -> dict[tuple[str, str], int]:
    """How many recommendations of a year there are, by kind and by what became of them ("open": not answered yet)."""
    counted: dict[tuple[str, str], int] = {}
    for line in recommendations(person, now, year=year, size=MOST_EXPORTED):
        key = (line.what, "open" if line.open else line.adoption)
        counted[key] = counted.get(key, 0) + 1
    return counted


def recommendation(person: Person, measure: int, now: datetime) -> MeasureSheet | None:
    """One recommendation with its words; None where it does not exist for this person."""
    pieces = list(_reach(person, now, ("unit", "by_unit")))
    wanted = Q(id=measure, what__in=RECOMMENDATIONS)
    found = _measures(person, wanted, pieces, now, after=None, size=1, by="made_on")
    if not found:
        return None
    row = Measure.objects.get(pk=measure)
    if row.matter_id is None:
        names = ("facts_found", "legal_basis", "advice", "answer")
        return MeasureSheet(row=found[0], **{name: getattr(row, name) for name in names})
    texts = {told.seq: told.texts for told in matters.told(row.matter_id)}
    said = texts.get(row.seq or 0, {})
    answer = texts.get(row.answer_seq or 0, {}).get("answer")
    return MeasureSheet(
        row=found[0], facts_found=said.get("facts_found") or "", legal_basis=said.get("legal_basis") or "",
        advice=said.get("advice") or "", answer=answer or "",
    )  # fmt: skip


def measures_on(line: matters.Line) -> list[MeasureLine]:
    """What was asked of units on one matter, which the caller has opened in scope, oldest first."""
    rows = Measure.objects.filter(matter_id=line.id).order_by("seq")
    return [_measure_line(row, line) for row in rows]


def _measures(
    person: Person, wanted: Q, pieces: Sequence[Q], now: datetime, *, after: tuple[str, int] | None, size: int, by: str,
) -> list[MeasureLine]:  # fmt: skip
    """One page, and one more line if another follows; the rows of a matter through its scope."""
    if after:
        wanted &= Q(**{f"{by}__gt": after[0]}) | Q(**{by: after[0]}, id__gt=after[1])
    seen = Measure.objects.filter(wanted & (Q(matter__isnull=True) | _in_scope(person, now)))
    lists = [
        seen.filter(one).exclude(**{f"{by}__isnull": True}).order_by(by, "id").values_list(by, "id")[: size + 1]
        for one in pieces
    ]  # fmt: skip
    keys = list(islice((key for (_, key), _ in groupby(merge(*lists))), size + 1))
    rows = list(Measure.objects.filter(id__in=keys).order_by(by, "id"))
    known = _lines_of(person, {row.matter_id for row in rows if row.matter_id}, now)
    return [
        _measure_line(row, known.get(row.matter_id or 0))
        for row in rows
        if row.matter_id is None or row.matter_id in known
    ]


def _measure_line(row: Measure, line: matters.Line | None) -> MeasureLine:
    return MeasureLine(
        id=row.pk, line=line, seq=row.seq, what=row.what, unit=row.unit, by_unit=row.by_unit,
        decided_by=row.decided_by, made_on=row.made_on, due=row.due, open=row.open, ended_on=row.ended_on,
        adoption=row.adoption, subject=row.subject,
    )  # fmt: skip


# -- who held it -------------------------------------------------------------------------------------------------------


def traced(sheet: matters.Sheet, now: datetime) -> Traced:
    """Who held a matter for how long, from its ledger to now."""
    spans = trace(sheet.course, now)
    summed = sorted(totals(spans).items(), key=lambda item: -item[1])
    return Traced(
        spans=spans, totals=[(unit, holding, n) for (unit, holding), n in summed], whole=whole(spans), until=now,
    )  # fmt: skip


def units_between(person: Person, first: date, last: date, now: datetime) -> list[UnitTime]:
    """The minutes that units held matters of this person's scope from `first` to `last`, by kind.

    Who supervises sees all units; everybody else their own.
    """
    held = _held(person, first, last, now)
    if not watches(person, now):
        held = held.filter(unit__in=sorted(person.units()))
    rows = held.values("unit", "holding").annotate(
        spent=Sum("part"), matters=Count("matter_id", distinct=True)
    )
    return [
        UnitTime(unit=row["unit"], holding=row["holding"], minutes=row["spent"], matters=row["matters"])
        for row in rows.order_by("unit", "holding")
    ]  # fmt: skip


def matters_held(
    person: Person,
    unit: str,
    first: date,
    last: date,
    now: datetime,
    *,
    start: int = 0,
    size: int = 50,
) -> list[HeldLine]:
    """The matters behind the figures of one unit, the longest held first, and one more if others follow."""
    held = _held(person, first, last, now).filter(unit=unit)
    if not watches(person, now):
        held = held.filter(unit__in=sorted(person.units()))
    summed = held.values("matter_id").annotate(spent=Sum("part")).order_by("-spent", "matter_id")
    page = list(summed[start : start + size + 1])
    ids = [row["matter_id"] for row in page]
    kinds: dict[int, list[tuple[str, int]]] = {}
    parts = (
        held.filter(matter_id__in=ids).values("matter_id", "holding").annotate(spent=Sum("part"))
    )
    for row in parts.order_by("matter_id", "-spent"):
        kinds.setdefault(row["matter_id"], []).append((row["holding"], row["spent"]))
    known = _lines_of(person, ids, now)
    return [
        HeldLine(line=known[row["matter_id"]], minutes=row["spent"], holdings=kinds[row["matter_id"]])
        for row in page
        if row["matter_id"] in known
    ]  # fmt: skip


def _held(person: Person, first: date, last: date, now: datetime) -> Any:
    """Spans of matters in scope that touch the period, each with the minutes (`part`) that lie in it."""
    begin = minutes(datetime.combine(first, time(), SHANGHAI))
    end = min(minutes(datetime.combine(last, time.max, SHANGHAI)) + 1, minutes(now))
    number = BigIntegerField()
    rows = Held.objects.filter(_in_scope(person, now), Q(end__gt=begin) | Q(end__isnull=True))
    stop = Least(Coalesce(F("end"), Value(end)), Value(end), output_field=number)
    start = Greatest(F("start"), Value(begin), output_field=number)
    return rows.filter(start__lt=end).annotate(part=stop - start)


# -- how far the ledgers were read -------------------------------------------------------------------------------------


def read_so_far(ids: Iterable[int]) -> dict[int, int]:
    """Up to which entry each of these matters was read."""
    rows = Watched.objects.filter(matter_id__in=list(ids))
    return dict(rows.values_list("matter_id", "seq"))


def to_look_at_again(now: datetime, most: int) -> list[int]:
    """Matters on which time alone may show something by now, the longest waiting first."""
    rows = Watched.objects.filter(look_again__lte=now).order_by("look_again")
    return list(rows.values_list("matter_id", flat=True)[:most])
