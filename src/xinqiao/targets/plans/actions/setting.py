"""Setting the targets of a year, parting them among places below, and how many people live there."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from xinqiao.directory import queries as directory
from xinqiao.matters.queries import today
from xinqiao.rules import targets
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.rules.targets import ARTICLE, Aim, Goal, Key, Measured
from xinqiao.targets.models import Part, Population, Target
from xinqiao.targets.plans import acting, files, places, reading
from xinqiao.targets.plans.values import Subject, Verb, Wanted
from xinqiao.targets.values import Place, Scale

#: No region has more people.
MOST_PEOPLE = 2 * 10**9


@transaction.atomic
def set_target(office: str, wanted: Wanted, *, by: Person, now: datetime) -> int:
    """Sets the target of a place for an indicator, or sets it anew; its parts stay while they fit. Returns its id.

    Raises Refused: `targets_not_yours`, `target_outside_territory`, `year_closed`, `target_unknown_indicator`,
    `target_out_of_range`, `target_without_last_year`, `target_parted_already`.
    """
    acting.for_office(by, office, wanted.place)
    acting.still_open(office, wanted.year)
    goal = _goal(wanted)
    last = _last(wanted, now)
    aimed = targets.aimed(goal, last)
    if aimed is None and wanted.aim is not Aim.BAND:
        raise Refused(Refusal("target_without_last_year", ARTICLE))
    key: dict[str, Any] = {
        "office": office, "year": wanted.year, "scale": wanted.place.scale, "place": wanted.place.code,
        "indicator": wanted.indicator,
    }  # fmt: skip
    before = Target.objects.filter(**key).first()
    if before is not None and before.parts.exists() and before.aimed != aimed:
        raise Refused(Refusal("target_parted_already", ARTICLE))
    said = {
        "aim": wanted.aim, "amount": wanted.amount, "aimed": aimed, "set_at": now, "set_by": by.account,
        "reason": acting.words(wanted.reason, "reason", needed=False),
        "last": last.counts if last else None, "last_of": last.of if last else None,
    }  # fmt: skip
    row, _ = Target.objects.update_or_create(**key, defaults=said)
    _noted(Verb.SET, row, by, now)
    return row.pk


@transaction.atomic
def withdraw(target: int, *, by: Person, now: datetime) -> None:
    """Takes a target back, with its parts. Raises Refused."""
    row = _row(target, by)
    key, place = acting.target_key(row), place_of(row)
    row.delete()
    acting.noted(
        Verb.WITHDRAW, Subject.TARGET, key, office=row.office, year=row.year, by=by, now=now, said={}, place=place,
    )  # fmt: skip


@transaction.atomic
def part(target: int, key: Key, amounts: Mapping[Place, int], *, by: Person, now: datetime) -> None:
    """Parts a target among places directly below; its own place stands for what is kept there. Replaces earlier parts.

    `key` is the one that they were proposed by. Raises Refused: `band_not_parted`, `part_not_below`,
    `target_parts_missing`, `target_out_of_range`, `parts_do_not_sum`, `parts_fall_short`, `population_missing`.
    """
    row = _row(target, by)
    spec = files.scale().indicators[row.indicator]
    if row.aimed is None:
        raise Refused(Refusal("band_not_parted", ARTICLE))
    own = place_of(row)
    allowed = {own} | {one for scale in Scale for one in places.below(own, scale, today(now))}
    if not amounts.keys() <= allowed or len({one.scale for one in amounts.keys() - {own}}) > 1:
        raise Refused(Refusal("part_not_below", ARTICLE))
    for amount in amounts.values():
        goal = Goal(aim=Aim.ABSOLUTE, amount=amount, better=spec.better, rate=spec.rate)
        _sound(goal)
    named = {one: f"{one.scale}/{one.code}" for one in amounts}
    said = {named[one]: amount for one, amount in amounts.items()}
    heavy = weights(row.pk, Key.LAST_YEAR if spec.rate else key, list(amounts), now=now)
    refusal = targets.parts_wrong(
        row.aimed, spec.rate, said, {named[one]: heavy[one] for one in amounts}, spec.better
    )
    if refusal is not None:
        raise Refused(refusal)
    _write(
        row,
        key,
        amounts,
        targets.proposed(row.aimed, spec.rate, {named[one]: heavy[one] for one in amounts}),
    )
    _noted(Verb.PART, row, by, now)


def _write(row: Target, key: Key, amounts: Mapping[Place, int], given: Mapping[str, int]) -> None:
    row.parts.all().delete()
    Part.objects.bulk_create(
        Part(
            target=row, scale=one.scale, place=one.code, amount=amount,
            proposed=given.get(f"{one.scale}/{one.code}"),
        )
        for one, amount in amounts.items()
    )  # fmt: skip
    row.parted_by = key
    row.save(update_fields=["parted_by"])


def weights(target: int, key: Key, among: list[Place], *, now: datetime) -> dict[Place, int]:
    """What each place weighs by a key: last year's figure (of a rate, of how many), its people, or one.

    The target's own place weighs what is left of it. Raises Refused `population_missing`, naming the place.
    """
    row = Target.objects.get(pk=target)
    own = place_of(row)
    if key is Key.EQUAL:
        return {one: int(one != own) for one in among}
    others = [one for one in among if one != own]
    if key is Key.POPULATION:
        found = {one: _people(one, row.year) for one in others}
        return found | ({own: 0} if own in among else {})
    last = reading.measured([own, *others], reading.year(row.year - 1), now, [row.indicator])
    heavy = {one: _heavy(last.get((one, row.indicator))) for one in others}
    if own in among:
        heavy[own] = max(0, _heavy(last.get((own, row.indicator))) - sum(heavy.values()))
    return heavy


def _heavy(figure: Measured | None) -> int:
    if figure is None:
        return 0
    return figure.counts if figure.of is None else figure.of


def _people(place: Place, year: int) -> int:
    rows = Population.objects.filter(region=places.region_of(place), year__lte=year)
    people = rows.order_by("-year").values_list("people", flat=True).first()
    if place.scale is Scale.UNIT or people is None:
        raise Refused(Refusal("population_missing", ARTICLE, {"place": name_of(place)}))
    return people


@transaction.atomic
def enter_population(
    office: str, region: str, year: int, people: int, source: str, *, by: Person, now: datetime
) -> None:
    """How many people live in a region of the office's territory, for a year. Raises Refused."""
    place = Place(scale=Scale.REGION, code=region)
    acting.for_office(by, office, place)
    acting.still_open(office, year)
    if not places.exists(place):
        raise Refused(Refusal("target_outside_territory", ARTICLE))
    if not 1 <= people <= MOST_PEOPLE:
        raise Refused(Refusal("population_out_of_range", ARTICLE, {"high": str(MOST_PEOPLE)}))
    said = {"people": people, "source": acting.words(source, "source", needed=False)[:200]}
    Population.objects.update_or_create(
        region=region, year=year, defaults=said | {"at": now, "by": by.account}
    )
    acting.noted(
        Verb.POPULATION, Subject.POPULATION, f"{region}/{year}", office=office, year=year, by=by, now=now,
        said=said, place=place,
    )  # fmt: skip


def _goal(wanted: Wanted) -> Goal:
    spec = files.scale().indicators.get(wanted.indicator)
    if spec is None:
        raise Refused(Refusal("target_unknown_indicator", ARTICLE))
    if not places.exists(wanted.place):
        raise Refused(Refusal("target_outside_territory", ARTICLE))
    goal = Goal(aim=wanted.aim, amount=wanted.amount, better=spec.better, rate=spec.rate)
    _sound(goal)
    return goal


def _sound(goal: Goal) -> None:
    refusal = targets.unsound(goal)
    if refusal is not None:
        raise Refused(refusal)


def _last(wanted: Wanted, now: datetime) -> Measured | None:
    """Last year's figure as known now."""
    before = reading.year(wanted.year - 1)
    read = reading.measured([wanted.place], before, now, [wanted.indicator])
    return read.get((wanted.place, wanted.indicator))


def _row(target: int, by: Person) -> Target:
    """The target, which is this person's to change. Raises Refused."""
    row = Target.objects.filter(pk=target).first()
    if row is None:
        raise Refused(Refusal("not_found"))
    acting.for_office(by, row.office, place_of(row))
    acting.still_open(row.office, row.year)
    return row


def _noted(verb: Verb, row: Target, by: Person, now: datetime) -> None:
    acting.noted(
        verb, Subject.TARGET, acting.target_key(row), office=row.office, year=row.year, by=by, now=now,
        said=acting.target_said(row), place=place_of(row),
    )  # fmt: skip


def place_of(row: Target | Part) -> Place:
    """The place of a row."""
    return Place(scale=Scale(row.scale), code=row.place)


def name_of(place: Place) -> str:
    """What a place is called, for a sentence that says no."""
    if place.scale is Scale.REGION:
        return directory.region_name(place.code)
    units = directory.units()
    return units[place.code].name if place.code in units else place.code
