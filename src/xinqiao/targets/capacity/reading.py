"""The cases of a place and its officers: the one place that reads them for the simulation."""

from datetime import date, timedelta

from xinqiao.directory import queries as directory
from xinqiao.rules.counting import What
from xinqiao.rules.persons import Role
from xinqiao.rules.units import Units, within
from xinqiao.targets.capacity.values import Case, Year
from xinqiao.targets.models import FOREVER, Fact
from xinqiao.targets.values import Place, Scale

#: A case is a load on those around it for about so long before and after its day.
AROUND = timedelta(days=180)
#: More are not played while somebody waits: a smaller place is to be chosen.
MOST_CASES = 20_000


def units_of(place: Place, units: Units, day: date) -> list[str]:
    """The units of a place that exist on a day: a unit with those below it, or all whose region lies in a region."""
    if place.scale is Scale.UNIT:
        below = units.subtree(place.code)
        return sorted(code for code in below if units[code].exists_on(day))
    return sorted(one.code for one in units.on(day) if within(one.region, place.code))


def year_of(place: Place, end: date) -> Year | None:
    """The answers that the units of a place owed in the twelve months before `end`, which is not in the future.

    None where there are more than `MOST_CASES`.
    """
    codes = units_of(place, directory.units(), end)
    first = end.replace(year=end.year - 1)
    rows = Fact.objects.filter(
        what=What.ANSWER, known_to=FOREVER, unit__in=codes, start__isnull=False,
        due__gte=first - AROUND, due__lt=end + AROUND,
    ).order_by("start", "id")  # fmt: skip
    found = rows.values_list("unit", "category", "start", "due", "done")[: MOST_CASES + 1]
    cases = [
        Case(unit=unit, category=category, start=start, due=due, done=done)
        for unit, category, start, due, done in found
        if start is not None and due is not None
    ]
    if len(cases) > MOST_CASES:
        return None
    officers = dict.fromkeys(codes, 0)
    for line in directory.staff(codes, end, [Role.OFFICER]):
        officers[line.unit] += 1
    return Year(first=first, end=end, cases=cases, officers=officers)
