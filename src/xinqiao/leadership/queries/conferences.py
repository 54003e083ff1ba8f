"""Reading the joint conference. A meeting is seen by who prepares it and who is called; a matter's item through it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from xinqiao.directory import queries as directory
from xinqiao.duties import queries as duties
from xinqiao.duties.values import DutyLine
from xinqiao.leadership.models import Attendance, Conference, ConferenceEvent, Item
from xinqiao.leadership.values import (
    Called,
    Candidate,
    ConferenceEventLine,
    ConferenceLine,
    ItemLine,
)
from xinqiao.matters import queries as matters
from xinqiao.matters.queries import today
from xinqiao.rules.duties import SourceKind
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.leadership import (
    ConferenceState,
    ConferenceVerb,
    Criterion,
    ItemState,
    Looked,
    criteria,
    keeps_conference,
    met,
)
from xinqiao.rules.persons import Person
from xinqiao.rules.states import Kind
from xinqiao.rules.units import territory

PAGE = 50
_MOST_CANDIDATES = 200
_LOOKED_BACK = 3  # meetings whose open duties are followed up


def visible(person: Person, now: datetime) -> QuerySet[Conference]:
    """The meetings that exist for this person: prepared by their unit or below it, called to, chaired."""
    del now  # a meeting is seen as long as the post is held
    own = sorted(person.units())
    if not own:
        return Conference.objects.none()
    called = Exists(Attendance.objects.filter(conference=OuterRef("pk"), unit__in=own))
    seen = Q(unit__in=own) | Q(called) | Q(chair=person.account)
    for area in _kept_areas(person):
        seen |= Q(region__startswith=area)
    return Conference.objects.filter(seen)


def _kept_areas(person: Person) -> list[str]:
    units = directory.units()
    return sorted({territory(units[code].region) for code in keeps_conference(person, units)})


def open_to(person: Person, now: datetime) -> QuerySet[Conference]:
    """The planned meetings of the places where the person's units lie: they may propose items for them."""
    units = directory.units()
    regions = {units[code].region for code in person.units() if code in units}
    around = Q(pk__in=())
    for region in regions:
        outer = {f"{region[:2]}0000", f"{region[:4]}00", region[:6], region}
        around |= Q(region__in=sorted(outer))
    return Conference.objects.filter(
        around, state=ConferenceState.PLANNED, meets_at__gte=_midnight(now)
    )


def _midnight(now: datetime) -> datetime:
    """When the day began: an item may still be proposed on the day of the meeting."""
    return now.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)


def visible_items(person: Person, now: datetime) -> QuerySet[Item]:
    """The items that exist for this person: of meetings that do, or proposed by their units; matters in their scope."""
    own = sorted(person.units())
    meeting = Q(conference__in=visible(person, now)) | Q(by_unit__in=own)
    seen = Exists(matters.scope(person, now).filter(pk=OuterRef("matter_id")))
    return Item.objects.filter(meeting, Q(matter__isnull=True) | Q(seen))


def find(person: Person, conference: int, now: datetime) -> ConferenceLine | None:
    """The meeting of this id, if it exists for the person."""
    return next(iter(_lines(visible(person, now).filter(pk=conference), person, now)), None)


def page(person: Person, number: int, now: datetime) -> tuple[list[ConferenceLine], bool]:
    """One page of the meetings, the latest first, and whether another follows."""
    start = (number - 1) * PAGE
    rows = visible(person, now).order_by("-meets_at", "-id")[start : start + PAGE + 1]
    lines = _lines(rows, person, now)
    return lines[:PAGE], len(lines) > PAGE


def ahead(person: Person, now: datetime) -> list[ConferenceLine]:
    """The meetings for which the person may propose an item, the next one first."""
    return _lines(open_to(person, now).order_by("meets_at", "id")[:PAGE], person, now)


_COLUMNS = ("id", "unit", "region", "meets_at", "place", "chair", "state")


def _lines(rows: QuerySet[Conference], person: Person, now: datetime) -> list[ConferenceLine]:
    found = list(rows.values(*_COLUMNS))
    items = visible_items(person, now).filter(conference_id__in=[row["id"] for row in found])
    listed = items.filter(state__in=[ItemState.ON_AGENDA, ItemState.DECIDED])
    counted = listed.values_list("conference_id").annotate(
        items=Count("id"), decided=Count("id", filter=Q(state=ItemState.DECIDED))
    )
    counts = {one: (items, decided) for one, items, decided in counted.order_by()}
    return [
        ConferenceLine(
            items=counts.get(row["id"], (0, 0))[0],
            decided=counts.get(row["id"], (0, 0))[1],
            **row | {"state": ConferenceState(row["state"])},
        )
        for row in found
    ]


def items(person: Person, conference: int, now: datetime) -> list[ItemLine]:
    """The agenda: items in the order in which they came, those left off last; as far as the person may see them."""
    lines = _items(visible_items(person, now).filter(conference_id=conference).order_by("id"))
    return sorted(lines, key=lambda one: one.state is ItemState.DROPPED)


def item(person: Person, item_id: int, now: datetime) -> ItemLine | None:
    """One item, if it exists for the person."""
    return next(iter(_items(visible_items(person, now).filter(pk=item_id))), None)


def of_matter(person: Person, matter: int, now: datetime) -> list[ItemLine]:
    """Where a matter came before the conference, the latest first."""
    found = _items(Item.objects.filter(matter_id=matter).order_by("-id"))
    return found if found and matters.exists_for(person, matter, now) else []


def decided(person: Person, now: datetime, most: int) -> list[ItemLine]:
    """All items that were decided, the latest first, at most so many, for a table to take away."""
    rows = visible_items(person, now).filter(state=ItemState.DECIDED)
    return _items(rows.order_by("-decided_at", "-id")[:most])


def _items(rows: QuerySet[Item]) -> list[ItemLine]:
    columns = (
        "id", "conference_id", "matter_id", "subject", "criteria", "reason", "by_unit", "state", "outcome",
        "decision", "decided_at", "seq",
    )  # fmt: skip
    told = {
        "meets_at": F("conference__meets_at"), "number": F("matter__number"),
        "of_subject": F("matter__subject"), "matter_state": F("matter__state"),
    }  # fmt: skip
    found = list(rows.annotate(**told).values(*columns, *told))
    said = _decisions({row["matter_id"] for row in found if row["seq"]})
    lines = []
    for row in found:
        matter, seq = row.pop("matter_id"), row.pop("seq")
        subject = row.pop("of_subject") or row["subject"]
        decision = said.get((matter, seq)) if seq else row["decision"]
        lines.append(
            ItemLine(
                conference=row.pop("conference_id"),
                matter=matter,
                **row
                | {
                    "number": row["number"] or "",
                    "matter_state": row["matter_state"] or "",
                    "subject": subject,
                    "decision": decision,
                    "state": ItemState(row["state"]),
                },
            )
        )
    return lines


def _decisions(of: set[int]) -> Mapping[tuple[int, int], str | None]:
    entries = matters.entries_of(of, "conference_decision") if of else {}
    return {
        (matter, one.seq): one.texts.get("decision")
        for matter, told in entries.items()
        for one in told
    }


def called(conference: int) -> list[Called]:
    """The units called to a meeting; the caller has found it in scope."""
    rows = Attendance.objects.filter(conference_id=conference).order_by("id")
    return [Called(**row) for row in rows.values("unit", "came", "account")]


def history(person: Person, conference: int, now: datetime) -> list[ConferenceEventLine]:
    """What was done with a meeting, oldest first, without items that the person must not see."""
    rows = ConferenceEvent.objects.filter(conference_id=conference).order_by("id")
    seen = Q(item__isnull=True) | Q(item__in=visible_items(person, now))
    columns = ("verb", "at", "account", "unit", "item_id", "words")
    return [
        ConferenceEventLine(item=row.pop("item_id"), **row | {"verb": ConferenceVerb(row["verb"])})
        for row in rows.filter(seen).values(*columns)
    ]


def follow_up(person: Person, conference: int, now: datetime) -> list[DutyLine]:
    """What is still open of what the meetings before this one handed out, the nearest date first."""
    this = Conference.objects.filter(pk=conference).values("unit", "meets_at").first()
    if this is None:
        return []
    held = Conference.objects.filter(
        unit=this["unit"], state=ConferenceState.HELD, meets_at__lt=this["meets_at"]
    )
    last = list(held.order_by("-meets_at").values_list("id", flat=True)[:_LOOKED_BACK])
    ids = Item.objects.filter(conference_id__in=last).values_list("id", flat=True)
    found = duties.of_sources(person, SourceKind.CONFERENCE, ids, now)
    return sorted((one for one in found if one.state in duties.LIVE), key=lambda one: one.due)


def handed_out(person: Person, item_ids: list[int], now: datetime) -> dict[int, list[DutyLine]]:
    """The duties that came of these items, by item."""
    found: dict[int, list[DutyLine]] = {}
    for one in duties.of_sources(person, SourceKind.CONFERENCE, item_ids, now):
        found.setdefault(one.source.id, []).append(one)
    return found


def candidates(person: Person, conference: int, now: datetime) -> list[Candidate]:
    """Open matters of the place that meet a criterion and stand on no agenda of a meeting that is planned.

    The longest overdue first; at most 200, so that the page stays one that is read.
    """
    this = Conference.objects.filter(pk=conference).values("region").first()
    if this is None:
        return []
    planned = Item.objects.filter(
        matter=OuterRef("pk"),
        conference__state=ConferenceState.PLANNED,
        state__in=[ItemState.PROPOSED, ItemState.ON_AGENDA],
    )
    rows = matters.scope(person, now).filter(
        _may_meet(now), open=True, region__startswith=territory(this["region"])
    )
    rows = rows.exclude(kind=Kind.REPORT).exclude(Exists(planned)).order_by("rank", "id")
    columns = ("id", "number", "subject", "state", "holder", "next_due", "next_clock", "facts")
    found = []
    for row in rows[:_MOST_CANDIDATES].values(*columns):
        codes = met(Looked(facts=row.pop("facts"), overdue_days=_days_late(row["next_due"], now)))
        if codes:
            found.append(Candidate(matter=row.pop("id"), criteria=codes, **row))
    return found


def _may_meet(now: datetime) -> Q:
    """What the database can say of the criteria beforehand."""
    found = Q(pk__in=())
    for one in criteria():
        found |= _as_query(one, now)
    return found


def _as_query(one: Criterion, now: datetime) -> Q:
    asked = Q()
    if one.state:
        asked &= Q(state=one.state)
    if one.overdue_days:
        asked &= Q(rank__lte=int((now - timedelta(days=one.overdue_days - 1)).timestamp()))
    if one.fact and one.at_least:
        asked &= Q(**{f"facts__{one.fact}__gte": one.at_least})
    elif one.fact:
        asked &= ~Q(**{f"facts__{one.fact}": None}) & ~Q(**{f"facts__{one.fact}": False})
    return asked


def _days_late(next_due: datetime | None, now: datetime) -> int:
    """By how many days the nearest duty is late; the stored moment of a day is the midnight after it."""
    if next_due is None or next_due > now:
        return 0
    return (today(now) - today(next_due - timedelta(microseconds=1))).days
