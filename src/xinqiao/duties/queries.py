"""Reading duties, within what the asker may see. A duty on a matter is read through the scope of that matter."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from xinqiao.directory import queries as directory
from xinqiao.duties.models import Duty, Event
from xinqiao.duties.values import DutyLine, EventLine, Page, Source
from xinqiao.matters import queries as matters
from xinqiao.matters.queries import today
from xinqiao.rules.duties import MOVES, SourceKind, Standing, State, Verb, may
from xinqiao.rules.persons import Person, PersonKind
from xinqiao.rules.refusals import Refusal
from xinqiao.rules.units import UnitKind, territory

PAGE = 50
MOST_COUNTED = 1000
LIVE = (State.OPEN, State.REPORTED)
#: The lists of the desk: what one owes, what waits for one's word, what one's units gave, all one may see.
OWED, TO_CONFIRM, OVERDUE, GIVEN, EVERYTHING = "owed", "to_confirm", "overdue", "given", "all"
LISTS = (OWED, TO_CONFIRM, OVERDUE, GIVEN, EVERYTHING)


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a list is narrowed by; empty values do not narrow."""

    queue: str = OWED
    unit: str = ""
    source: str = ""


def visible(person: Person, now: datetime) -> QuerySet[Duty]:
    """The duties that exist for this person: on a matter, those of the matters that do; else by unit and territory.

    A unit sees what it owes and what it gave, whoever is named what they owe; a petition office and a government what
    the units of their territory owe.
    """
    if person.kind is PersonKind.SYSTEM:
        return Duty.objects.all()
    own = sorted(person.units())
    if not own:
        return Duty.objects.none()
    part = Q(unit__in=own) | Q(giver__in=own) | Q(account=person.account)
    for area in _territories(own):
        part |= Q(region__startswith=area)
    seen = Exists(matters.scope(person, now).filter(pk=OuterRef("matter_id")))
    return Duty.objects.filter(Q(matter__isnull=True) & part | Q(matter__isnull=False) & Q(seen))


def find(person: Person, duty: int, now: datetime) -> DutyLine | None:
    """The duty of this id, if it exists for the person."""
    return next(iter(_lines(visible(person, now).filter(pk=duty))), None)


def history(duty: int) -> list[EventLine]:
    """What was done with a duty, oldest first; the caller has found it in scope."""
    rows = Event.objects.filter(duty_id=duty).order_by("seq")
    names = EventLine.__dataclass_fields__
    return [EventLine(**dict(row) | {"verb": Verb(row["verb"])}) for row in rows.values(*names)]


def moves(person: Person, duty: int, now: datetime) -> list[tuple[Verb, Refusal | None]]:
    """What the person might do with a duty now, each with None or why not; none that are the other side's."""
    row = visible(person, now).filter(pk=duty).first()
    if row is None:
        return []
    standing = standing_of(row, today(now))
    answers = [(verb, may(verb, standing, person)) for verb in MOVES]
    elsewhere = {"duty_not_yours", "duty_stands_elsewhere"}
    return [(verb, no) for verb, no in answers if no is None or no.code not in elsewhere]


def standing_of(row: Duty, day: date) -> Standing:
    """A duty as the rules look at it; a merged unit's duties are its successor's (art. 24)."""
    units = directory.units()
    return Standing(
        state=State(row.state),
        unit=units.successor_of(row.unit, day) or row.unit,
        account=row.account,
        giver=units.successor_of(row.giver, day) or row.giver,
        reported_by=row.reported_by,
    )


def page(person: Person, filters: Filters, number: int, now: datetime) -> Page:
    """One page of a list, nearest date first; pages count from 1, one beyond the end is empty."""
    start = (number - 1) * PAGE
    rows = _lines(_listed(person, filters, now)[start : start + PAGE + 1])
    return Page(rows=rows[:PAGE], number=number, following=len(rows) > PAGE)


def everything(person: Person, filters: Filters, now: datetime, most: int) -> list[DutyLine]:
    """The whole list, at most so many, for a table to take away."""
    return _lines(_listed(person, filters, now)[:most])


def counts(person: Person, now: datetime) -> dict[str, int]:
    """How many stand in each list that is short enough to count; none beyond `MOST_COUNTED`."""
    return {
        name: _listed(person, Filters(queue=name), now).order_by()[:MOST_COUNTED].count()
        for name in (OWED, TO_CONFIRM, OVERDUE)
    }


def next_due(person: Person, now: datetime) -> DutyLine | None:
    """The duty of the person's units whose date comes next."""
    ahead = _listed(person, Filters(queue=OWED), now).filter(due__gte=today(now))
    return next(iter(_lines(ahead[:1])), None)


def due_of_units(
    person: Person, units: Collection[str], now: datetime, most: int = PAGE
) -> list[DutyLine]:
    """What these units owe and have not reported done, nearest date first, as far as the person may see it."""
    rows = visible(person, now).filter(unit__in=sorted(units), state=State.OPEN)
    return _lines(rows.order_by("due", "id")[:most])


def due_of_account(person: Person, account: int, now: datetime, most: int = PAGE) -> list[DutyLine]:
    """What this member of staff owes by name."""
    rows = visible(person, now).filter(account=account, state=State.OPEN)
    return _lines(rows.order_by("due", "id")[:most])


def overdue(
    person: Person, units: Collection[str], now: datetime, most: int = PAGE
) -> list[DutyLine]:
    """What these units should have done by yesterday."""
    late = visible(person, now).filter(unit__in=sorted(units), state=State.OPEN, due__lt=today(now))
    return _lines(late.order_by("due", "id")[:most])


def of_source(person: Person, source: Source, now: datetime) -> list[DutyLine]:
    """The duties that come from one place, in the order in which they were given."""
    return of_sources(person, source.kind, [source.id], now)


def of_sources(
    person: Person, kind: SourceKind, ids: Iterable[int], now: datetime
) -> list[DutyLine]:
    """The same of several places of one kind, with one question."""
    rows = visible(person, now).filter(source_kind=kind, source_id__in=list(ids))
    return _lines(rows.order_by("id"))


def of_matter(person: Person, matter: int, now: datetime) -> list[DutyLine]:
    """The duties on a matter, the open ones first, nearest date first."""
    rows = _lines(visible(person, now).filter(matter_id=matter).order_by("due", "id"))
    return sorted(rows, key=lambda one: one.state not in LIVE)


def _listed(person: Person, filters: Filters, now: datetime) -> QuerySet[Duty]:
    """The rows of a list in its order."""
    found = visible(person, now)
    own = sorted(person.units())
    match filters.queue:
        case "owed":
            found = found.filter(unit__in=own, state=State.OPEN)
        case "to_confirm":
            found = found.filter(giver__in=own, state=State.REPORTED)
        case "overdue":
            found = found.filter(state=State.OPEN, due__lt=today(now))
        case "given":
            found = found.filter(giver__in=own, state__in=LIVE)
    if filters.unit:
        found = found.filter(unit=filters.unit)
    if filters.source:
        found = found.filter(source_kind=filters.source)
    latest_first = filters.queue == EVERYTHING
    return found.order_by(*(("-due", "-id") if latest_first else ("due", "id")))


def _territories(own: Iterable[str]) -> list[str]:
    """The digits of the regions whose units' duties on no matter these units see."""
    units = directory.units()
    over = {UnitKind.PETITION_OFFICE, UnitKind.GOVERNMENT, UnitKind.JOINT_CONFERENCE}
    return sorted(
        {
            territory(units[code].region)
            for code in own
            if code in units and units[code].kind in over
        }
    )


_COLUMNS = (
    "id", "matter_id", "words", "unit", "account", "due", "state", "giver", "given_by", "given_at",
    "reported_on", "last_seq", "source_kind", "source_id",
)  # fmt: skip


def _lines(rows: QuerySet[Duty]) -> list[DutyLine]:
    found = []
    for row in rows.annotate(number=F("matter__number")).values(*_COLUMNS, "number"):
        kind, source_id = SourceKind(row.pop("source_kind")), row.pop("source_id")
        found.append(
            DutyLine(
                source=Source(kind=kind, id=source_id),
                matter=row.pop("matter_id"),
                number=row.pop("number") or "",
                **row | {"state": State(row["state"])},
            )
        )
    return found


def open_by_source(kind: SourceKind, ids: Collection[int]) -> dict[int, int]:
    """How many duties of each of these places are not settled yet; the caller has found the places in scope."""
    rows = Duty.objects.filter(source_kind=kind, source_id__in=list(ids), state__in=LIVE)
    counted = rows.values_list("source_id").annotate(many=Count("id"))
    return dict(counted.order_by())
