"""For which places a figure counts: a unit or region, and each above it."""

from collections.abc import Mapping

from xinqiao.directory import queries as directory
from xinqiao.targets.values import Scale


def above(scale: Scale) -> Mapping[str, tuple[str, ...]]:
    """The code of each unit or region with its own and those of all above it, nearest first.

    A code that is not in here counts for itself alone: what has no region yet stays visible as region "".
    """
    if scale is Scale.UNIT:
        units = directory.units()
        return {code: units.line_up(code) for code in units.by_code}
    return lines(directory.regions_above())


def lines(parents: Mapping[str, str | None]) -> Mapping[str, tuple[str, ...]]:
    """Each code with those above it, from the parent of each; a circle ends where it closes."""
    found: dict[str, tuple[str, ...]] = {}
    for code in parents:
        line: list[str] = []
        current: str | None = code
        while current and current not in line:
            line.append(current)
            current = parents.get(current)
        found[code] = tuple(line)
    return found
