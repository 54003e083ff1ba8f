"""Reading group visits on the spot: each is read through the scope of the matter it is about, by every door."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from xinqiao.directory import queries as directory
from xinqiao.group_visits.models import GroupVisit
from xinqiao.group_visits.values import List, Page, VisitLine
from xinqiao.matters import queries as matters
from xinqiao.matters.queries import today
from xinqiao.rules.group_visits import STARTS, Reason, Stage, Verb, may
from xinqiao.rules.persons import Person, Role
from xinqiao.rules.refusals import Refusal

PAGE = 50
MOST_COUNTED = 99
_HEADS = frozenset({Role.HEAD})
#: The stages at which the next move is the first-in-charge's.
_THEIRS = (Stage.CALLED, Stage.ACKNOWLEDGED, Stage.ON_SPOT, Stage.TO_REVIEW)


def visible(person: Person, now: datetime) -> QuerySet[GroupVisit]:
    """The group visits that exist for this person: those of the matters that do."""
    seen = Exists(matters.scope(person, now).filter(pk=OuterRef("matter_id")))
    return GroupVisit.objects.filter(seen)


def find(person: Person, visit: int, now: datetime) -> VisitLine | None:
    """The group visit of this id, if it exists for the person."""
    return next(iter(_lines(visible(person, now).filter(pk=visit))), None)


def of_matter(person: Person, matter: int, now: datetime) -> list[VisitLine]:
    """The group visits on a matter, the latest first."""
    return _lines(visible(person, now).filter(matter_id=matter).order_by("-called_at", "-id"))


def page(person: Person, queue: List, number: int, now: datetime) -> Page:
    """One page of a list; pages count from 1, one beyond the end is empty. One's own: nearest date first."""
    start = (number - 1) * PAGE
    rows = _lines(_listed(person, queue, now)[start : start + PAGE + 1])
    return Page(rows=rows[:PAGE], number=number, following=len(rows) > PAGE)


def everything(person: Person, queue: List, now: datetime, most: int) -> list[VisitLine]:
    """The whole list, at most so many, for a table to take away."""
    return _lines(_listed(person, queue, now)[:most])


def heads(person: Person) -> bool:
    """Whether the person is the first-in-charge of a unit."""
    return bool(person.units(_HEADS))


def waiting_for(person: Person, now: datetime, most: int = 5) -> list[VisitLine]:
    """What the person as first-in-charge has to do next, nearest date first; asks nothing for whoever heads no unit."""
    return _lines(_mine(person, now)[:most]) if heads(person) else []


def waiting_count(person: Person, now: datetime) -> int:
    """How many of them there are; none counted beyond `MOST_COUNTED`."""
    return _mine(person, now).order_by()[:MOST_COUNTED].count() if heads(person) else 0


def moves(person: Person, line: VisitLine, now: datetime) -> list[tuple[Verb, Refusal | None]]:
    """What could be done with it now, each with None or why not: other stages are left out."""
    unit = _successor(line.unit, today(now))
    possible = [verb for verb in Verb if line.stage in STARTS[verb]]
    return [(verb, may(verb, line.stage, unit, person)) for verb in possible]


def called_for(contacts: Iterable[int]) -> set[int]:
    """Which of these visits the first-in-charge was called for already."""
    rows = GroupVisit.objects.filter(contact__in=list(contacts))
    return set(rows.values_list("contact", flat=True))


def followed() -> list[int]:
    """The visits whose follow-up is open though their matter is closed, or may be settled; oldest first."""
    ended = Q(matter__open=False) | Q(matter__facts__settled=True)
    rows = GroupVisit.objects.filter(ended, over_at__isnull=True)
    return list(rows.order_by("id").values_list("id", flat=True))


def unit_today(row: GroupVisit, day: date) -> str:
    """The unit that is in charge today: a merged one's duties are its successor's (art. 24)."""
    return _successor(row.unit, day)


def _successor(unit: str, day: date) -> str:
    return directory.units().successor_of(unit, day) or unit


def _mine(person: Person, now: datetime) -> QuerySet[GroupVisit]:
    headed = person.units(_HEADS)
    day, units = today(now), directory.units()
    own = {code for code in units.by_code if units.successor_of(code, day) in headed} | headed
    rows = visible(person, now).filter(unit__in=sorted(own), stage__in=_THEIRS)
    return rows.order_by(F("next_due").asc(nulls_last=True), "id")


def _listed(person: Person, queue: List, now: datetime) -> QuerySet[GroupVisit]:
    match queue:
        case List.MINE:
            return _mine(person, now)
        case List.OPEN:
            rows = visible(person, now).exclude(stage=Stage.REVIEWED)
        case List.ALL:
            rows = visible(person, now)
    return rows.order_by("-called_at", "-id")


_COLUMNS = tuple(
    name for name in VisitLine.__dataclass_fields__ if name not in {"matter", "number", "subject", "state"}
)  # fmt: skip


def _lines(rows: QuerySet[GroupVisit]) -> list[VisitLine]:
    of_matter = {
        "number": F("matter__number"), "subject": F("matter__subject"), "matter_state": F("matter__state")
    }  # fmt: skip
    found = []
    for row in rows.annotate(**of_matter).values(*_COLUMNS, "matter_id", *of_matter):
        reason, stage = Reason(row.pop("reason")), Stage(row.pop("stage"))
        matter, state = row.pop("matter_id"), row.pop("matter_state")
        found.append(VisitLine(matter=matter, state=state, reason=reason, stage=stage, **row))
    return found
