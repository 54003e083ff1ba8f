"""What binds each place in a year: its own target, or its part of one above; and what a unit's letter says of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from xinqiao.directory import queries as directory
from xinqiao.leadership.queries import responsibility
from xinqiao.matters.queries import today
from xinqiao.rules.leadership import Responsible
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.rules.targets import ARTICLE, Aim
from xinqiao.targets.models import Target
from xinqiao.targets.plans import files, places
from xinqiao.targets.plans.values import Binding
from xinqiao.targets.values import Place, Scale


def of_year(year: int, offices: Iterable[str] | None = None) -> list[Binding]:
    """Everything that binds a place in a year, by office: an own target goes before a part of the same office."""
    rows = Target.objects.filter(year=year).prefetch_related("parts").order_by("id")
    if offices is not None:
        rows = rows.filter(office__in=list(offices))
    found: dict[tuple[str, Place, str], Binding] = {}
    for row in rows:
        own = Place(scale=Scale(row.scale), code=row.place)
        for part in row.parts.all():
            place = Place(scale=Scale(part.scale), code=part.place)
            if place != own:
                found.setdefault(
                    (row.office, place, row.indicator),
                    _binding(row, place, Aim.ABSOLUTE, part.amount, part.amount),
                )
    for row in rows:
        own = Place(scale=Scale(row.scale), code=row.place)
        found[row.office, own, row.indicator] = _binding(
            row, own, Aim(row.aim), row.amount, row.aimed
        )
    return list(found.values())


def _binding(row: Target, place: Place, aim: Aim, amount: int, aimed: int | None) -> Binding:
    return Binding(
        place=place, indicator=row.indicator, aim=aim, amount=amount, aimed=aimed, target=row.pk,
        office=row.office, whole=Place(scale=Scale(row.scale), code=row.place),
    )  # fmt: skip


def assessed(office: str, year: int) -> list[Binding]:
    """What the office assesses: all that binds places in its territory, but not its own territory as a whole."""
    whole = Place(scale=Scale.REGION, code=directory.units()[office].region)
    return [one for one in of_year(year, [office]) if one.place != whole]


def units_of(office: str, year: int, now: datetime) -> dict[str, list[Binding]]:
    """What binds each unit: for itself, and for the region for which it answers."""
    found: dict[str, list[Binding]] = {}
    for one in assessed(office, year):
        unit = places.answering(one.place, today(now))
        if unit:
            found.setdefault(unit, []).append(one)
    return found


def letter_of(office: str, unit: str, year: int, *, by: Person, now: datetime) -> dict[str, Any]:
    """What the letter of a unit says: its targets, and who answers for them.

    Raises Refused: `letter_without_targets`, `letter_without_first`.
    """
    scale = files.scale()
    binding = units_of(office, year, now).get(unit, [])
    if not binding:
        raise Refused(Refusal("letter_without_targets", ARTICLE))
    lines = responsibility.lines(by, year, unit)
    if not any(one.kind is Responsible.FIRST for one in lines):
        raise Refused(Refusal("letter_without_first", "5"))
    names = directory.account_names([one.account for one in lines])
    order = {code: n for n, code in enumerate(scale.indicators)}
    items = sorted(binding, key=lambda one: (order[one.indicator], one.place.scale, one.place.code))
    return {
        "targets": [
            {
                "scale": str(one.place.scale), "place": one.place.code, "indicator": one.indicator,
                "aim": str(one.aim), "amount": one.amount, "aimed": one.aimed,
            }
            for one in items
        ],
        "people": [
            {"kind": str(one.kind), "account": one.account, "name": names.get(one.account, ""), "field": one.field}
            for one in lines
        ],
    }  # fmt: skip
