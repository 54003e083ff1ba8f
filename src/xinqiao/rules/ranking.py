"""Ranks of places among those of similar size (分类排名): a small county is not measured by a large one."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from xinqiao.rules.targets import WHOLE


class UnusableBands(Exception):
    """A file of bands that cannot be read, and why."""


class Size(StrEnum):
    """What the size of a place is told by."""

    TOTAL = "total"
    POPULATION = "population"


class BandCode(StrEnum):
    SMALL = "small"
    MIDDLE = "middle"
    LARGE = "large"


@dataclass(frozen=True, kw_only=True)
class Band:
    """Places of a size below `below`, from where the band before ended; the last has no end."""

    code: BandCode
    below: int | None = None


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """The rank of a place in its band of `of` places; who has the same points has the same rank."""

    place: str
    band: BandCode
    rank: int
    of: int
    points: Decimal


Bands = Mapping[Size, tuple[Band, ...]]


@cache
def default_bands() -> Bands:
    """The bands that come with the platform."""
    return read_bands((resources.files("xinqiao.rules") / "size_bands.toml").read_text("utf-8"))


def read_bands(text: str) -> Bands:
    """A file laid out like `size_bands.toml`. Raises UnusableBands."""
    try:
        read = tomllib.loads(text)
        found = {size: tuple(_band(one) for one in read[size]) for size in Size}
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as fault:
        raise UnusableBands(str(fault)) from fault
    for size, bands in found.items():
        ends = [one.below for one in bands]
        rising = [one for one in ends if one is not None]
        if (
            not bands
            or ends[-1] is not None
            or len(rising) != len(ends) - 1
            or rising != sorted(rising)
        ):
            raise UnusableBands(f"{size}: rising ends, and a last band without one")
    return found


def _band(one: Mapping[str, Any]) -> Band:
    return Band(code=BandCode(one["code"]), below=one.get("below"))


def band_of(amount: int, bands: tuple[Band, ...]) -> BandCode:
    """The band of a size."""
    return next(one.code for one in bands if one.below is None or amount < one.below)


def ranked(points: Mapping[str, Decimal], bands: Mapping[str, BandCode]) -> list[Ranked]:
    """Every place within its band, the best first; bands from small to large."""
    by_band: dict[BandCode, dict[str, Decimal]] = {code: {} for code in BandCode}
    for place, got in points.items():
        by_band[bands[place]][place] = got
    found = []
    for band, among in by_band.items():
        for place, got in sorted(among.items(), key=lambda one: (-one[1], one[0])):
            rank = 1 + sum(other > got for other in among.values())
            found.append(Ranked(place=place, band=band, rank=rank, of=len(among), points=got))
    return found


def allowed(share: int, of: int) -> int:
    """The last rank that is among the first `share` basis points of so many places; always one at least."""
    return max(1, -(-of * share // WHOLE))
