"""Reading lead assignments and field visits: always through the scope of the matter they are about."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from xinqiao.leadership.models import FieldVisit, Lead
from xinqiao.leadership.values import LeadLine, VisitLine
from xinqiao.matters import queries as matters
from xinqiao.matters.queries import Told, today
from xinqiao.rules.persons import Person

PAGE = 50
MINE, RUNNING, OVERDUE, ENDED, EVERYTHING = "mine", "running", "overdue", "ended", "all"
LISTS = (MINE, RUNNING, OVERDUE, ENDED, EVERYTHING)


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a list of leads is narrowed by; empty values do not narrow."""

    queue: str = RUNNING
    unit: str = ""


def visible(person: Person, now: datetime) -> QuerySet[Lead]:
    """The leads of the matters that exist for this person."""
    return Lead.objects.filter(_in_scope(person, now, "matter_id"))


def _in_scope(person: Person, now: datetime, column: str) -> Exists:
    return Exists(matters.scope(person, now).filter(pk=OuterRef(column)))


def find(person: Person, lead: int, now: datetime) -> LeadLine | None:
    """The lead of this id, if its matter exists for the person."""
    return next(iter(_lines(visible(person, now).filter(pk=lead))), None)


def of_matter(person: Person, matter: int, now: datetime) -> list[LeadLine]:
    """Who is and was in charge of a matter, the latest first."""
    return _lines(visible(person, now).filter(matter_id=matter).order_by("-id"))


def of_leader(person: Person, leader: int, now: datetime, most: int = PAGE) -> list[LeadLine]:
    """The cases a leader is in charge of, the nearest date first."""
    rows = visible(person, now).filter(leader=leader, ended_on__isnull=True)
    return _lines(rows.order_by("settle_by", "id")[:most])


def page(
    person: Person, filters: Filters, number: int, now: datetime
) -> tuple[list[LeadLine], bool]:
    """One page of a list, and whether another follows. Pages count from 1."""
    start = (number - 1) * PAGE
    lines = _lines(_listed(person, filters, now)[start : start + PAGE + 1])
    return lines[:PAGE], len(lines) > PAGE


def everything(person: Person, filters: Filters, now: datetime, most: int) -> list[LeadLine]:
    """The whole list, at most so many, for a table to take away."""
    return _lines(_listed(person, filters, now)[:most])


def _listed(person: Person, filters: Filters, now: datetime) -> QuerySet[Lead]:
    found = visible(person, now)
    match filters.queue:
        case "mine":
            found = found.filter(leader__in=_own_accounts(person), ended_on__isnull=True)
        case "running":
            found = found.filter(ended_on__isnull=True)
        case "overdue":
            found = found.filter(ended_on__isnull=True, settle_by__lt=today(now))
        case "ended":
            found = found.filter(ended_on__isnull=False)
    if filters.unit:
        found = found.filter(unit=filters.unit)
    latest_first = filters.queue in (ENDED, EVERYTHING)
    return found.order_by(*(("-settle_by", "-id") if latest_first else ("settle_by", "id")))


def _own_accounts(person: Person) -> list[int]:
    """The person's, and those of whom they stand in for."""
    return [one for one in (person.account, *sorted(person.away)) if one is not None]


_COLUMNS = (
    "id", "seq", "leader", "unit", "settle_by", "assigned_at", "progress_at", "ended_on", "outcome",
)  # fmt: skip
_OF_MATTER = ("number", "subject", "state", "next_due", "next_clock")


def _lines(rows: QuerySet[Lead]) -> list[LeadLine]:
    told = {f"of_{name}": F(f"matter__{name}") for name in _OF_MATTER}
    found = []
    for row in rows.annotate(**told).values("matter_id", *_COLUMNS, *told):
        matter = {name: row.pop(f"of_{name}") for name in _OF_MATTER}
        found.append(LeadLine(matter=row.pop("matter_id"), **matter, **row))
    return found


def told_of(lead: LeadLine) -> tuple[str | None, list[Told]]:
    """The measures of a lead, and the progress reported under it, the latest first; the lead was found in scope."""
    assigned = matters.entries_of([lead.matter], "assign_lead").get(lead.matter, [])
    measures = next((one.texts.get("measures") for one in assigned if one.seq == lead.seq), None)
    reported = matters.entries_of([lead.matter], "lead_progress").get(lead.matter, [])
    later = [one.seq for one in assigned if one.seq > lead.seq]
    upto = min(later, default=10**9)
    return measures, [one for one in reversed(reported) if lead.seq < one.seq < upto]


def visits(person: Person, number: int, now: datetime) -> tuple[list[VisitLine], bool]:
    """One page of the field visits, the latest first, and whether another follows."""
    start = (number - 1) * PAGE
    lines = _visits(_visible_visits(person, now)[start : start + PAGE + 1])
    return lines[:PAGE], len(lines) > PAGE


def all_visits(person: Person, now: datetime, most: int) -> list[VisitLine]:
    """The whole list, at most so many."""
    return _visits(_visible_visits(person, now)[:most])


def visits_of(person: Person, leads: Iterable[int], now: datetime) -> list[VisitLine]:
    """The visits made in these cases, the latest first."""
    return _visits(_visible_visits(person, now).filter(lead_id__in=list(leads)))


def _visible_visits(person: Person, now: datetime) -> QuerySet[FieldVisit]:
    seen = Q(_in_scope(person, now, "lead__matter_id"))
    return FieldVisit.objects.filter(seen).order_by("-visited_at", "-id")


def _visits(rows: QuerySet[FieldVisit]) -> list[VisitLine]:
    told = {
        "matter": F("lead__matter_id"),
        "number": F("lead__matter__number"),
        "subject": F("lead__matter__subject"),
    }
    columns = ("id", "lead_id", "seq", "visited_at", "leader", "with_units", *told)
    found = [
        VisitLine(lead=row.pop("lead_id"), **row) for row in rows.annotate(**told).values(*columns)
    ]
    entries = matters.entries_of({one.matter for one in found}, "field_visit")
    texts = {(matter, one.seq): one.texts for matter, told in entries.items() for one in told}
    return [
        replace(
            one,
            place=texts.get((one.matter, one.seq), {}).get("place"),
            found=texts.get((one.matter, one.seq), {}).get("record"),
        )
        for one in found
    ]
