"""Named reads of the plan of a year, already filtered by what the asker may see (`places.seen`)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.db.models import Q, QuerySet

from xinqiao.directory import queries as directory
from xinqiao.rules import ranking, targets
from xinqiao.rules.assessment import Line
from xinqiao.rules.assessment import Scale as Weights
from xinqiao.rules.persons import Person
from xinqiao.rules.ranking import BandCode, Size
from xinqiao.rules.refusals import Refused
from xinqiao.rules.targets import Aim, Measured
from xinqiao.targets.models import (
    Assessment,
    Letter,
    PlanEvent,
    ScoreAppeal,
    Target,
    YearClose,
)
from xinqiao.targets.plans import acting, binding, files, places, reading, scoring
from xinqiao.targets.plans.closed import document
from xinqiao.targets.plans.places import Seen
from xinqiao.targets.plans.reading import Read
from xinqiao.targets.plans.standing import populations
from xinqiao.targets.plans.values import (
    AppealLine,
    Binding,
    CloseLine,
    EventLine,
    LetterLine,
    PartLine,
    PlaceLine,
    PlaceScore,
    ScoreLine,
    Subject,
    TargetLine,
    Verb,
)  # fmt: skip
from xinqiao.targets.values import Place, Scale


def weights() -> Weights:
    """The scale of assessment that counts now. Raises Refused `place_rules_unusable`."""
    return files.scale()


def keeps(person: Person) -> list[str]:
    """The petition offices whose targets this person sets."""
    return targets.offices_headed(person, directory.units())


def years() -> list[int]:
    """The years for which there are targets, the latest first."""
    return list(Target.objects.order_by("-year").values_list("year", flat=True).distinct())


def is_closed(office: str, year: int) -> bool:
    return YearClose.objects.filter(office=office, year=year).exists()


# -- targets --------------------------------------------------------------------------------------------------------


def target(person: Person, target_id: int) -> TargetLine | None:
    """One target with its parts; None where its place does not exist for the person."""
    row = Target.objects.prefetch_related("parts").filter(pk=target_id).first()
    if row is None or not places.seen(person).covers(_place(row)):
        return None
    return _target(row)


def target_for(office: str, year: int, place: Place, indicator: str) -> TargetLine | None:
    """The target that an office has set there."""
    row = Target.objects.filter(
        office=office, year=year, scale=place.scale, place=place.code, indicator=indicator
    ).first()
    return _target(row) if row is not None else None


def _target(row: Target) -> TargetLine:
    own = _place(row)
    parts = [
        PartLine(
            place=(place := Place(scale=Scale(one.scale), code=one.place)), amount=one.amount,
            proposed=one.proposed, kept=place == own,
        )
        for one in row.parts.all()
    ]  # fmt: skip
    columns = (
        "office",
        "year",
        "indicator",
        "amount",
        "aimed",
        "reason",
        "parted_by",
        "set_at",
        "set_by",
    )
    return TargetLine(
        id=row.pk, place=own, aim=Aim(row.aim), parts=sorted(parts, key=lambda one: (one.kept, one.place.code)),
        **{name: getattr(row, name) for name in columns},
    )  # fmt: skip


def lines(
    person: Person, year: int, now: datetime, *, place: Place | None = None
) -> list[PlaceLine]:
    """What binds the places that exist for this person, with last year's figure, this year's so far, and the distance.

    By place in the order of the directory, of each by indicator.
    """
    seen = places.seen(person)
    bound = [
        one for one in binding.of_year(year)
        if seen.covers(one.place) and (place is None or one.place == place)
    ]  # fmt: skip
    return _lines(bound, year, now, seen)


def _lines(bound: Sequence[Binding], year: int, now: datetime, seen: Seen) -> list[PlaceLine]:
    wanted = {one.indicator for one in bound}
    at = list(dict.fromkeys(one.place for one in bound))
    this = so_far(at, year, now, wanted)
    last = so_far(at, year - 1, now, wanted)
    scale = files.scale()
    order = {code: n for n, code in enumerate(scale.indicators)}
    sorted_places = {one: n for n, one in enumerate(places.in_order(at))}
    found = [
        _line(
            one,
            last.get((one.place, one.indicator)),
            this.get((one.place, one.indicator)),
            scale,
            seen,
        )
        for one in bound
        if one.indicator in scale.indicators
    ]
    return sorted(
        found, key=lambda one: (sorted_places[one.binding.place], order[one.binding.indicator])
    )


def so_far(at: Sequence[Place], year: int, now: datetime, indicators: Collection[str]) -> Read:
    """The figures of a year as it stands, as new as the figures of months that stand beside them on a page."""
    return reading.so_far(at, year, now, indicators)


def _line(
    one: Binding, last: Measured | None, this: Measured | None, scale: Weights, seen: Seen
) -> PlaceLine:
    amount = this.amount if this is not None else None
    away = None
    if one.aimed is not None and amount is not None:
        away = targets.distance(one.aimed, amount, scale.indicators[one.indicator].better)
    return PlaceLine(binding=one, opens=seen.covers(one.whole), last=last, this=this, away=away)


# -- letters --------------------------------------------------------------------------------------------------------


def letters(person: Person, year: int) -> list[LetterLine]:
    """The letters of a year that exist for this person: the newest of each unit, by unit."""
    return [one for one in _letters(person, Letter.objects.filter(year=year)) if one.newest]


def letter(person: Person, letter_id: int) -> LetterLine | None:
    """One letter; None where it does not exist for this person."""
    row = Letter.objects.filter(pk=letter_id).first()
    if row is None:
        return None
    same = Letter.objects.filter(office=row.office, unit=row.unit, year=row.year)
    return next((one for one in _letters(person, same) if one.id == letter_id), None)


def _letters(person: Person, rows: QuerySet[Letter]) -> list[LetterLine]:
    seen = places.seen(person)
    columns = (
        "id", "office", "unit", "year", "version", "contents", "sha256", "issued_at", "issued_by", "signed_at",
        "signed_by",
    )  # fmt: skip
    found, newest = [], set[tuple[str, str]]()
    for row in rows.order_by("unit", "office", "-version").values(*columns):
        if seen.covers(Place(scale=Scale.UNIT, code=row["unit"])):
            name = (row["office"], row["unit"])
            found.append(LetterLine(**row, newest=name not in newest))
            newest.add(name)
    return found


def letter_stands(line: LetterLine, *, by: Person, now: datetime) -> bool:
    """Whether targets and people are still those of the letter."""
    try:
        contents = binding.letter_of(line.office, line.unit, line.year, by=by, now=now)
    except Refused:
        return False
    return acting.digest(acting.canonical(contents)) == line.sha256


def without_letter(person: Person, office: str, year: int, now: datetime) -> list[str]:
    """The units that have targets of this office and no letter yet."""
    have = set(Letter.objects.filter(office=office, year=year).values_list("unit", flat=True))
    seen = places.seen(person)
    return [
        unit for unit in binding.units_of(office, year, now)
        if unit not in have and seen.covers(Place(scale=Scale.UNIT, code=unit))
    ]  # fmt: skip


# -- scores ---------------------------------------------------------------------------------------------------------


def scores(person: Person, year: int, size: Size = Size.TOTAL) -> list[PlaceScore]:
    """The points of every place that exists for this person, the best first within its scale and size band.

    Ranks are among all that the office assessed: who sees only one place learns where it stands, not who stands where.
    Bands are those of the assessment, by last year's total; or of regions by population, as far as it is known.
    """
    seen = places.seen(person)
    rows = Assessment.objects.filter(year=year).select_related("appeal").order_by("id")
    by_place: dict[tuple[str, Place], list[ScoreLine]] = {}
    bands: dict[tuple[str, Place], BandCode] = {}
    for row in rows:
        name = (row.office, _place(row))
        by_place.setdefault(name, []).append(_score(row))
        bands[name] = BandCode(row.band)
    if size is Size.POPULATION:
        bands |= _by_population(list(bands), year)
    ranks = _ranks({name: _total(found) for name, found in by_place.items()}, bands)
    found = [
        PlaceScore(
            place=name[1], unit=lines_[0].unit, total=_total(lines_), scores=lines_, rank=ranks.get(name)
        )
        for name, lines_ in by_place.items()
        if seen.covers(name[1])
    ]  # fmt: skip
    return sorted(found, key=_by_rank)


def last_score(person: Person, place: Place, year: int) -> PlaceScore | None:
    """The points and the rank of a place in the last year up to this one in which it was assessed."""
    assessed = Assessment.objects.filter(scale=place.scale, place=place.code, year__lte=year)
    last = assessed.order_by("-year").values_list("year", flat=True).first()
    if last is None:
        return None
    return next((one for one in scores(person, last) if one.place == place), None)


def size_bands() -> tuple[ranking.Band, ...]:
    """The bands of similar size, by the petitions of a year."""
    return files.bands()[Size.TOTAL]


def _by_population(
    names: Sequence[tuple[str, Place]], year: int
) -> dict[tuple[str, Place], BandCode]:
    people = populations([place.code for _, place in names if place.scale is Scale.REGION], year)
    bands = files.bands()[Size.POPULATION]
    return {
        (office, place): ranking.band_of(people[place.code].people, bands)
        for office, place in names
        if place.scale is Scale.REGION and place.code in people
    }


def _by_rank(one: PlaceScore) -> tuple[str, int, int, str]:
    band = list(BandCode).index(one.rank.band) if one.rank else 0
    return (one.place.scale, band, one.rank.rank if one.rank else 0, one.place.code)


def _total(found: Iterable[ScoreLine]) -> int:
    return scoring.total({one.indicator: (one.points, one.full) for one in found})


def _ranks(
    totals: Mapping[tuple[str, Place], int], bands: Mapping[tuple[str, Place], BandCode]
) -> dict[tuple[str, Place], ranking.Ranked]:
    """Within each office, scale and band."""
    found: dict[tuple[str, Place], ranking.Ranked] = {}
    for group in {(office, place.scale) for office, place in totals}:
        members = {
            f"{place.scale}/{place.code}": (office, place)
            for office, place in totals
            if (office, place.scale) == group
        }
        points = {name: Decimal(totals[who]) for name, who in members.items()}
        among = {name: bands[who] for name, who in members.items()}
        found |= {members[one.place]: one for one in ranking.ranked(points, among)}
    return found


def score(person: Person, score_id: int) -> ScoreLine | None:
    """One score with its derivation; None where its place does not exist for this person."""
    row = Assessment.objects.select_related("appeal").filter(pk=score_id).first()
    if row is None or not places.seen(person).covers(_place(row)):
        return None
    return _score(row)


def _score(row: Assessment) -> ScoreLine:
    made = (
        ScoreAppeal.objects.filter(assessment=row).first()
        if not hasattr(row, "appeal")
        else row.appeal
    )
    return ScoreLine(
        id=row.pk, office=row.office, year=row.year, place=_place(row), unit=row.unit, indicator=row.indicator,
        aimed=row.aimed, figure=Measured(counts=row.counts, of=row.of), points=row.points, full=row.full,
        derivation=[Line(**one) for one in row.derivation], as_of=row.as_of, at=row.at,
        appeal=_appeal(made) if made is not None else None,
    )  # fmt: skip


def _appeal(row: ScoreAppeal) -> AppealLine:
    columns = (
        "unit", "reason", "at", "by", "due", "before", "after", "answer", "answered_at", "answered_by",
        "answered_for",
    )  # fmt: skip
    return AppealLine(
        id=row.pk, score=row.assessment_id, **{name: getattr(row, name) for name in columns}
    )


def answers(person: Person, line: ScoreLine) -> bool:
    """Whether this person answers the appeal of a score."""
    if line.appeal is None or line.appeal.after is not None or line.appeal.by == person.account:
        return False
    offices = targets.offices_answering(line.office, line.unit, directory.units())
    return any(targets.heads(person, one) for one in offices)


# -- the closed year, the history -----------------------------------------------------------------------------------


def closed(person: Person, year: int) -> list[CloseLine]:
    """The closed years of the offices whose whole territory exists for this person."""
    return _closed(person, YearClose.objects.filter(year=year).order_by("office"))


def closed_one(person: Person, closed_id: int) -> CloseLine | None:
    """One of them; None where it does not exist for this person."""
    return next(iter(_closed(person, YearClose.objects.filter(pk=closed_id))), None)


def _closed(person: Person, rows: QuerySet[YearClose]) -> list[CloseLine]:
    units, seen = directory.units(), places.seen(person)
    columns = ("id", "office", "year", "as_of", "at", "by", "sha256", "document")
    return [
        CloseLine(**row)
        for row in rows.values(*columns)
        if seen.covers(Place(scale=Scale.REGION, code=units[row["office"]].region))
    ]


def made_again(line: CloseLine) -> bool:
    """Whether the history still gives the very bytes that were closed."""
    return document(line.office, line.year, line.as_of) == line.document


def history(person: Person, office: str, year: int, *, most: int = 50) -> list[EventLine]:
    """What was done on the plan of a year, the latest first, as far as its places exist for this person."""
    seen = places.seen(person)
    rows = PlanEvent.objects.filter(Q(office=office), year=year).order_by("-id")
    found = []
    for row in rows.iterator(chunk_size=200):
        place = Place(scale=Scale(row.scale), code=row.place) if row.place else None
        if place is not None and not seen.covers(place):
            continue
        found.append(EventLine(
            verb=Verb(row.verb), subject=Subject(row.subject), at=row.at, account=row.account, place=place,
            said=row.said,
        ))  # fmt: skip
        if len(found) == most:
            break
    return found


def _place(row: Target | Assessment) -> Place:
    return Place(scale=Scale(row.scale), code=row.place)


def seen(person: Person) -> Seen:
    """Which places exist for somebody."""
    return places.seen(person)
