"""Reading who answers for petition work. It is no secret among staff: whoever has a post sees those of their place."""

from collections.abc import Collection

from xinqiao.directory import queries as directory
from xinqiao.leadership.models import Responsibility
from xinqiao.leadership.values import ResponsibleLine
from xinqiao.rules.leadership import Responsible, keeps_responsibility
from xinqiao.rules.persons import Person
from xinqiao.rules.units import within

_ORDER = {one.value: place for place, one in enumerate(Responsible)}


def units_shown(person: Person) -> list[str]:
    """The units whose list the person may see: their own, and all of the places where those lie."""
    units = directory.units()
    regions = {units[post.unit].region for post in person.posts if post.unit in units}
    return [
        code for code, unit in units.by_code.items()
        if any(within(unit.region, region) for region in regions)
    ]  # fmt: skip


def years() -> list[int]:
    """The years for which something is kept, the latest first."""
    return list(Responsibility.objects.order_by("-year").values_list("year", flat=True).distinct())


def lines(person: Person, year: int, unit: str = "") -> list[ResponsibleLine]:
    """Who answers for what in a year, by unit in the order of the directory; of one unit, if it is named."""
    shown = units_shown(person)
    wanted = [unit] if unit in shown else [] if unit else shown
    rows = Responsibility.objects.filter(year=year, unit__in=wanted)
    place = {code: n for n, code in enumerate(shown)}
    columns = ("id", "unit", "year", "account", "field")
    found = [
        ResponsibleLine(kind=Responsible(kind), **dict(zip(columns, values, strict=True)))
        for kind, *values in rows.values_list("kind", *columns)
    ]
    return sorted(found, key=lambda one: (place[one.unit], _ORDER[one.kind], one.id))


def kept(person: Person, among: Collection[str]) -> list[str]:
    """The units whose list the person keeps."""
    units = directory.units()
    return [code for code in among if keeps_responsibility(person, code, units)]
