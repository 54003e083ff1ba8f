"""Named reads of rounds, disputes and mediations, each within what exists for the person who asks.

`visible` is the one place that says which disputes exist for somebody, `rounds_for` which rounds, `mediations_for`
which mediations: those of a matter are read through the scope of that matter.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from xinqiao.directory import queries as directory
from xinqiao.disputes.models import Dispute, History, Involved, Mediation, Part, Round, Session
from xinqiao.disputes.values import (
    About,
    Event,
    Filters,
    Line,
    MediationLine,
    MediationSheet,
    Paper,
    PartLine,
    RoundLine,
    SessionLine,
    Sheet,
    Tile,
)
from xinqiao.matters import queries as matters
from xinqiao.matters.queries import today
from xinqiao.rules import disputes as rules
from xinqiao.rules import mediations
from xinqiao.rules.disputes import area, is_over
from xinqiao.rules.persons import Person, PersonKind
from xinqiao.rules.states import Kind

LISTS = ("mine", "overdue", "open", "all")
_LINE = tuple(Line.__dataclass_fields__)
#: So many are counted in one list; a count that reaches it means "at least so many".
MOST_COUNTED = 1000
_COUNTY = 6


# -- who sees what ------------------------------------------------------------------------------------------------


def visible(person: Person, now: datetime) -> QuerySet[Dispute]:
    """The disputes that exist for this person: those in which a unit of theirs has part, or that lie in its territory.

    One that became a report (检举控告) is read through the scope of that report.
    """
    if person.kind is PersonKind.SYSTEM:
        return Dispute.objects.all()
    own = person.units()
    if not own or person.kind is not PersonKind.STAFF:
        return Dispute.objects.none()
    sees = Q(pk__in=Involved.objects.filter(unit__in=sorted(own)).values("dispute_id"))
    for place in _territories(person, now):
        sees |= _lies_in(place)
    unwalled = Q(matter__isnull=True) | ~Q(matter__kind=Kind.REPORT)
    return Dispute.objects.filter(sees, unwalled | Q(matter__in=matters.scope(person, now)))


def _territories(person: Person, now: datetime) -> Iterator[str]:
    """The digits of the regions that the person's units coordinate."""
    units = directory.units()
    for code in sorted(person.units()):
        if code in units and is_over(code, units[code].region, units, today(now)):
            yield area(units[code].region)


def _lies_in(place: str) -> Q:
    if len(place) == _COUNTY:
        return Q(county=place)
    return Q(region__startswith=place) & (
        Q(county=place[:_COUNTY]) if len(place) > _COUNTY else Q(county__startswith=place)
    )


def rounds_for(person: Person, now: datetime) -> QuerySet[Round]:
    """The rounds that a unit of theirs called or looks in, and those in the territory that it coordinates."""
    own = sorted(person.units())
    if not own:
        return Round.objects.none()
    sees = Q(unit__in=own) | Q(pk__in=Part.objects.filter(unit__in=own).values("round_id"))
    for place in _territories(person, now):
        sees |= Q(region__startswith=place)
    return Round.objects.filter(sees)


def mediations_for(person: Person, now: datetime) -> QuerySet[Mediation]:
    """The mediations of disputes and of matters that exist for this person."""
    rows = Mediation.objects.filter(
        Q(matter__isnull=True, dispute__in=visible(person, now))
        | Q(dispute__isnull=True, matter__in=matters.scope(person, now))
    )
    return rows.select_related("dispute", "matter")


# -- the register -------------------------------------------------------------------------------------------------


def page(person: Person, filters: Filters, number: int, size: int, now: datetime) -> list[Line]:
    """One page of the register in its order, and one more line if another page follows. Pages count from 1."""
    start = (number - 1) * size
    rows = listed(person, filters, now)[start : start + size + 1]
    return [Line(**row) for row in rows.values(*_LINE)]


def listed(person: Person, filters: Filters, now: datetime) -> QuerySet[Dispute]:
    """The list as a query in its order: what falls due next first."""
    return visible(person, now).filter(_narrowed(person, filters, now)).order_by("rank", "id")


def lines(person: Person, filters: Filters, now: datetime, most: int) -> list[Line]:
    """The first of a list, for taking it away."""
    return [Line(**row) for row in listed(person, filters, now)[:most].values(*_LINE)]


def counts(person: Person, now: datetime) -> dict[str, int]:
    """How many stand in each list, none counted beyond `MOST_COUNTED`."""
    return {
        name: listed(person, Filters(list=name), now).order_by()[:MOST_COUNTED].count()
        for name in ("mine", "overdue", "open")
    }


def _narrowed(person: Person, filters: Filters, now: datetime) -> Q:
    found = Q()
    if filters.list in {"mine", "overdue"}:
        found &= Q(holder__in=sorted(person.units()), open=True)
    if filters.list == "overdue":
        found &= Q(due__lt=today(now))
    if filters.list == "open":
        found &= Q(open=True)
    for name in ("state", "level"):
        if getattr(filters, name):
            found &= Q(**{name: getattr(filters, name)})
    if filters.category:
        found &= Q(category=filters.category) | Q(category__startswith=filters.category + ".")
    if filters.region:
        found &= Q(region__startswith=area(filters.region))
    if filters.round is not None:
        found &= Q(part__round_id=filters.round)
    if filters.words:
        found &= Q(subject__icontains=filters.words) | Q(place__icontains=filters.words)
    return found


def tiles(person: Person, region: str, now: datetime) -> tuple[list[Tile], Tile]:
    """The open disputes by place: a tile for each region directly in `region`, and one for what lies in none."""
    rows = listed(person, Filters(region=region), now).order_by()
    counted = rows.values_list("region", "level").annotate(times=Count("pk"))
    children = {area(code): code for code, _ in directory.region_choices(region)}
    found: dict[str, Counter[str]] = {code: Counter() for code in children.values()}
    rest: Counter[str] = Counter()
    for place, level, times in counted:
        child = next((code for digits, code in children.items() if place.startswith(digits)), None)
        (found[child] if child else rest)[level] += times
    return (
        [Tile(region=code, counts=of) for code, of in found.items()],
        Tile(region=region, counts=rest),
    )


def sheet(person: Person, dispute_id: int, now: datetime) -> Sheet | None:
    """A dispute opened by this person; None when it does not exist for them."""
    row = visible(person, now).filter(pk=dispute_id).select_related("part__round").first()
    if row is None:
        return None
    return Sheet(
        line=Line(**{name: getattr(row, name) for name in _LINE}), known=known(row), part=row.part_id,
        round=row.part.round_id if row.part else None,
        round_title=row.part.round.title if row.part else "", roles=row.roles, told_level=row.told_level,
        criteria=row.criteria, remedy=row.remedy, finder=row.finder, owner=row.owner,
        last_seq=row.last_seq, matter=_number_of_matter(row.matter_id, person, now),
        history=history(About.DISPUTE, row.pk),
        mediations=mediation_lines(mediations_for(person, now).filter(dispute=row)),
    )  # fmt: skip


def _number_of_matter(matter_id: int | None, person: Person, now: datetime) -> str:
    """The number of a matter that exists for the person; "" for any other."""
    if matter_id is None:
        return ""
    found = matters.lines(matters.scope(person, now).filter(pk=matter_id))
    return found[0].number if found else ""


def of_matter(person: Person, matter_id: int, now: datetime) -> list[Line]:
    """The disputes that became this matter and exist for the person."""
    rows = visible(person, now).filter(matter_id=matter_id).order_by("id").values(*_LINE)
    return [Line(**row) for row in rows]


def known(row: Dispute) -> rules.Dispute:
    """The row as the rules see it."""
    return rules.Dispute(
        state=rules.State(row.state), region=row.region, category=row.category, level=row.level,
        finder=row.finder, holder=row.holder, owner=row.owner, referrer=row.referrer,
        binding=row.binding, due=row.due,
    )  # fmt: skip


def history(about: About, object_id: int) -> list[Event]:
    """What happened, oldest first; the thing itself was found in scope."""
    rows = History.objects.filter(about=about, object_id=object_id).order_by("seq")
    return [
        Event(
            seq=row.seq, step=row.step, at=row.at, account=row.account, unit=row.unit, article=row.article,
            payload=row.payload, words=row.words,
        )
        for row in rows
    ]  # fmt: skip


def held_by(unit: str) -> list[int]:
    """The open disputes that a unit has."""
    held = Dispute.objects.filter(holder=unit, open=True)
    return list(held.order_by("id").values_list("id", flat=True))


# -- rounds -------------------------------------------------------------------------------------------------------


def round_page(person: Person, number: int, size: int, now: datetime) -> list[RoundLine]:
    """One page of the rounds, the latest first, and one more if another page follows."""
    start = (number - 1) * size
    rows = rounds_for(person, now).order_by("-last_day", "-id")
    return _round_lines(list(rows[start : start + size + 1]))


def round_line(person: Person, round_id: int, now: datetime) -> RoundLine | None:
    """A round; None when it does not exist for the person."""
    found = _round_lines(list(rounds_for(person, now).filter(pk=round_id)))
    return found[0] if found else None


def _round_lines(rows: list[Round]) -> list[RoundLine]:
    """Rounds with how far they have come, in two questions however many there are."""
    ids = [row.pk for row in rows]
    counted = Part.objects.filter(round_id__in=ids).values_list("round_id")
    parts = {
        round_id: (some, reported)
        for round_id, some, reported in counted.annotate(Count("pk"), Count("reported_at"))
    }
    found = dict(
        Dispute.objects.filter(part__round_id__in=ids)
        .values_list("part__round_id")
        .annotate(times=Count("pk"))
    )
    return [
        RoundLine(
            id=row.pk, title=row.title, unit=row.unit, region=row.region, categories=row.categories,
            first_day=row.first_day, last_day=row.last_day, closed_on=row.closed_on,
            parts=parts.get(row.pk, (0, 0))[0], reported=parts.get(row.pk, (0, 0))[1],
            found=found.get(row.pk, 0),
        )
        for row in rows
    ]  # fmt: skip


def parts_of(person: Person, round_id: int, now: datetime) -> list[PartLine]:
    """Who looks where in a round that exists for the person, by place; of others' parts only whose round it is."""
    line = round_line(person, round_id, now)
    if line is None:
        return []
    rows = Part.objects.filter(round_id=round_id).annotate(found=Count("disputes"))
    units = directory.units()
    called = line.unit in person.units()
    if not called and not any(
        is_over(unit, line.region, units, today(now)) for unit in person.units()
    ):
        rows = rows.filter(unit__in=sorted(person.units()))
    return [_part_line(row, row.found) for row in rows.order_by("region", "unit")]


def part(person: Person, part_id: int, now: datetime) -> PartLine | None:
    """The part of a round that is a unit of the person's; else None."""
    rows = Part.objects.filter(pk=part_id, unit__in=sorted(person.units()))
    row = rows.annotate(found=Count("disputes")).first()
    return _part_line(row, row.found) if row else None


def parts_to_report(person: Person, now: datetime) -> list[tuple[PartLine, date]]:
    """The parts that units of the person still have to report, each with the last day, nearest first."""
    rows = Part.objects.filter(
        unit__in=sorted(person.units()), reported_at__isnull=True, round__closed_on__isnull=True
    ).annotate(found=Count("disputes"), last_day=F("round__last_day"))
    return [
        (_part_line(row, row.found), row.last_day) for row in rows.order_by("last_day", "id")[:50]
    ]


def _part_line(row: Part, found: int) -> PartLine:
    return PartLine(
        id=row.pk, round=row.round_id, unit=row.unit, region=row.region, reported_at=row.reported_at,
        nothing=row.nothing, looked=row.looked, found=found,
    )  # fmt: skip


# -- mediations ---------------------------------------------------------------------------------------------------


def mediation_page(
    person: Person, number: int, size: int, now: datetime, *, running: bool
) -> list[MediationLine]:
    """One page of mediations, the newest first, and one more if another page follows."""
    start = (number - 1) * size
    rows = mediations_for(person, now).filter(running=running).order_by("-id")
    return mediation_lines(rows[start : start + size + 1])


def mediations_of_matter(person: Person, matter_id: int, now: datetime) -> list[MediationLine]:
    """The mediations of one matter, the newest first; none where it does not exist for the person."""
    if not Mediation.objects.filter(matter_id=matter_id).exists():
        return []  # as on most matters: the scope need not be asked
    return mediation_lines(mediations_for(person, now).filter(matter_id=matter_id).order_by("-id"))


def mediation_lines(rows: QuerySet[Mediation]) -> list[MediationLine]:
    """Lines of mediations that were found in scope."""
    listed_rows = list(rows)
    if not listed_rows:
        return []
    held = Counter(
        Session.objects.filter(mediation__in=[row.pk for row in listed_rows]).values_list(
            "mediation_id", flat=True
        )
    )
    return [_mediation_line(row, held[row.pk]) for row in listed_rows]


def _mediation_line(row: Mediation, sessions: int) -> MediationLine:
    about: Any = row.dispute if row.matter is None else row.matter
    return MediationLine(
        id=row.pk, dispute=row.dispute_id, matter=row.matter.number if row.matter else "",
        subject=about.subject, kind=row.kind, side_a=row.side_a, side_b=row.side_b, unit=row.unit,
        state=row.state, requested_on=row.requested_on, execute_by=row.execute_by, sessions=sessions,
    )  # fmt: skip


def mediation(person: Person, mediation_id: int, now: datetime) -> MediationSheet | None:
    """A mediation opened by this person; None when it does not exist for them."""
    row = mediations_for(person, now).filter(pk=mediation_id).first()
    if row is None:
        return None
    sessions = [
        SessionLine(held_on=one.held_on, place=one.place, record=one.record)
        for one in row.sessions.order_by("held_on", "id")
    ]
    return MediationSheet(
        line=_mediation_line(row, len(sessions)), known=known_mediation(row), matter_id=row.matter_id,
        asked_by=row.asked_by, about=row.about, side_unit=row.side_unit,
        agreed={"side_a": row.side_a_agreed_on, "side_b": row.side_b_agreed_on}, mediator=row.mediator,
        outside_office=row.outside_office, office_name=row.office_name,
        without_interest_at=row.without_interest_at, ended_on=row.ended_on, last_seq=row.last_seq,
        sessions=sessions, paper=_paper(row), history=history(About.MEDIATION, row.pk),
    )  # fmt: skip


def _paper(row: Mediation) -> Paper | None:
    found = getattr(row, "settlement", None)
    if found is None:
        return None
    return Paper(
        number=found.number, signed_on=found.signed_on, execute_by=found.execute_by, terms=found.terms,
        facts=found.facts,
    )  # fmt: skip


def known_mediation(row: Mediation) -> mediations.Mediation:
    """The row as the rules see it."""
    agreed = {"side_a": row.side_a_agreed_on, "side_b": row.side_b_agreed_on}
    return mediations.Mediation(
        state=mediations.State(row.state), unit=row.unit, side_a=row.side_a, side_b=row.side_b,
        side_unit=row.side_unit, sides_agreed=frozenset(side for side, day in agreed.items() if day),
        has_mediator=row.without_interest_at is not None, of_matter=row.matter_id is not None,
    )  # fmt: skip


def frozen(row: Mediation) -> dict[str, Any]:
    """The facts of a settlement paper as they are today: codes and days, roles and offices, nobody's name."""
    about: Any = row.dispute if row.matter is None else row.matter
    return {
        "kind": row.kind, "side_a": row.side_a, "side_b": row.side_b, "side_unit": row.side_unit,
        "unit": row.unit, "subject": about.subject, "region": about.region, "about": row.about,
        "outside_office": row.outside_office, "office_name": row.office_name, "mediator": row.mediator,
        "sessions": [day.isoformat() for day in row.sessions.values_list("held_on", flat=True)],
        "agreed": [str(row.side_a_agreed_on), str(row.side_b_agreed_on)],
    }  # fmt: skip


def begun_on_matters() -> list[tuple[int, int]]:
    """Mediations of matters that are under way: their own row and that of the matter; for the platform itself."""
    rows = Mediation.objects.filter(state=mediations.State.BEGUN, matter__isnull=False)
    return [(row.pk, row.matter_id or 0) for row in rows.order_by("id")]
