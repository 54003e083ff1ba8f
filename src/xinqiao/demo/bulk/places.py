"""The cities of the province: the demonstration city, and invented ones that are built like it.

An invented city has the regions and units of the demonstration city under codes of its own. The codes of its regions
begin with digits that no city of the province bears; a unit's code ends with them, which keeps units in their order.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from xinqiao.demo import catalogue
from xinqiao.demo.catalogue import CITY, Region
from xinqiao.rules.units import Level, Unit

MOST = 16
_OWN = CITY[:4]
_FIRST = 51  # 3451 and on: codes of cities that do not exist
_NAMES = (
    "云溪", "松岭", "青浦", "白石", "长汀", "兰渡", "竹川", "石湾",
    "梅岭", "桃浦", "江口", "柳泉", "凤台", "沙洲", "榆林",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Place:
    """One city: `digits` begin its region codes, `suffix` ends the codes of its units."""

    name: str
    digits: str
    suffix: str

    def region(self, code: str) -> str:
        """The region of this city that stands where `code` stands in the demonstration city."""
        return self.digits + code[4:] if code.startswith(_OWN) else code

    def unit(self, code: str) -> str:
        """The unit likewise; those of the province are everybody's."""
        return code if catalogue.units()[code].level is Level.PROVINCE else code + self.suffix

    def username(self, name: str) -> str:
        """The log-in likewise: anqing-housing.officer, anqing-housing-51.officer."""
        unit, dot, role = name.rpartition(".")
        return f"{self.unit(unit)}{dot}{role}" if dot else name


HOME = Place(name="", digits=_OWN, suffix="")


def places(count: int) -> list[Place]:
    """So many cities, the demonstration city first; at most `MOST`."""
    invented = [
        Place(name=name, digits=f"{_OWN[:2]}{number}", suffix=f"-{number}")
        for number, name in enumerate(_NAMES, start=_FIRST)
    ]
    return [HOME, *invented][:count]


def regions_of(place: Place) -> Iterator[Region]:
    """The regions of an invented city, parents first. Its counties and towns keep their names."""
    for region in catalogue.regions().values():
        if region.code.startswith(_OWN):
            name = f"{place.name}市" if region.code == CITY else region.name
            parent = place.region(region.parent)
            yield replace(region, code=place.region(region.code), name=name, parent=parent)


def units_of(place: Place) -> Iterator[Unit]:
    """The units of an invented city."""
    for unit in catalogue.units().values():
        if unit.level is not Level.PROVINCE:
            yield replace(
                unit,
                code=place.unit(unit.code),
                name=f"{place.name}{unit.name}",
                name_en=f"{unit.name_en} ({place.digits})",
                region=place.region(unit.region),
                parent=unit.parent and place.unit(unit.parent),
                guiding=unit.guiding and place.unit(unit.guiding),
                successor=unit.successor and place.unit(unit.successor),
            )


def accounts_of(place: Place, known: Mapping[str, int], ids: Mapping[str, int]) -> dict[int, int]:
    """From the accounts of the demonstration city (`ids` by user name) to those of this one (in `known`)."""
    return {account: known[place.username(name)] for name, account in ids.items()}
