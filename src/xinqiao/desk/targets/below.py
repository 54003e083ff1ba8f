"""The places directly below the one that is looked at: a table with their ranks, and tiles."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from xinqiao.desk.access import DeskRequest
from xinqiao.desk.targets import reading, told
from xinqiao.desk.targets.asking import Asked, code_of, name_of
from xinqiao.desk.targets.reading import Amounts
from xinqiao.rules import ranking
from xinqiao.rules.indicators import Indicator, indicators
from xinqiao.targets.plans import queries
from xinqiao.targets.values import Place, Scale
from xinqiao.ui.jinja import draw

#: Shades of the tiles, from the smallest figure to the largest.
_SHADES = ("none", "ordinary", "substantial", "major")


def link(question: Asked, place: Place | None) -> tuple[str, str] | None:
    """The address and name of another place, the question staying what it is."""
    if place is None:
        return None
    address = f"{reverse('desk:targets')}?{question.query(place=code_of(place))}"
    return address, name_of(question.names, place)


def shown(request: DeskRequest) -> Indicator:
    """The indicator of the tiles and of the ranks, by which the table is sorted."""
    asked_for = request.GET.get("show", "")
    ids = [one.id for one in main()]
    return indicators()[asked_for if asked_for in ids else ids[0]]


def main() -> list[Indicator]:
    """The columns of the table."""
    return [indicators()[one] for one in reading.MAIN if indicators()[one].on]


def columns(request: DeskRequest) -> list[tuple[str, str]]:
    """The codes and names of the columns."""
    return [(one.id, one.label(request.names.language)) for one in main()]


def table(
    request: DeskRequest, question: Asked, places: Sequence[Place], amounts: Amounts, shown: Indicator
) -> Any:  # fmt: skip
    """The places below, what is best of the shown indicator first, or last where `down` asks for it."""
    down = request.GET.get("down") == "1"
    ranks = _ranks(question, places, amounts, shown)
    heads = [
        {
            "id": code, "label": label, "here": code == shown.id, "down": down and code == shown.id,
            "address": f"?{question.query(show=code, down='1' if code == shown.id and not down else '')}#below",
        }
        for code, label in columns(request)
    ]  # fmt: skip
    rows = [
        {
            "link": link(question, place),
            "rank": ranks.get(place, ""),
            "cells": [
                (
                    told.value(one, amounts.get((place, one.id))),
                    told.basis(one, amounts.get((place, one.id))),
                )
                for one in main()
            ],
        }
        for place in sorted(places, key=lambda one: _order(amounts, one, shown, down=down))
    ]
    facts = {"columns": heads, "rows": rows, "first": _heading(question)}
    return draw("desk/targets/below.html", request, **facts)


def _heading(question: Asked) -> str:
    return _("Unit") if question.place.scale is Scale.UNIT else _("Region")


def _order(
    amounts: Amounts, place: Place, shown: Indicator, *, down: bool
) -> tuple[bool, float, str]:
    amount = amounts.get((place, shown.id))
    value = amount.value if amount else None
    best_first = value if shown.better == "fewer" else -(value or 0)
    return value is None, (-1 if down else 1) * (best_first or 0), place.code


def _ranks(
    question: Asked, places: Sequence[Place], amounts: Amounts, shown: Indicator
) -> Mapping[Place, str]:
    """In words, the rank of each place by the shown indicator among those of similar size (rules/size_bands.toml)."""
    sizes = reading.sizes(question, places)
    points = {
        place.code: Decimal(str(amount.value if shown.better == "more" else -amount.value))
        for place in sizes
        if (amount := amounts.get((place, shown.id))) is not None and amount.value is not None
    }
    bands = {
        place.code: ranking.band_of(size, queries.size_bands()) for place, size in sizes.items()
    }
    found = {one.place: one for one in ranking.ranked(points, bands)}
    return {
        place: told.rank(question.names, found[place.code])
        for place in places
        if place.code in found
    }


def tiles(
    question: Asked, places: Sequence[Place], amounts: Amounts, shown: Indicator
) -> list[dict[str, Any]]:
    """A tile for each region: the stronger its colour, the larger the figure. None for units, or a single place."""
    if question.place.scale is not Scale.REGION or len(places) < 2:
        return []
    found = {place: amounts.get((place, shown.id)) for place in places}
    known = sorted(amount.value for amount in found.values() if amount and amount.value is not None)
    drawn = []
    for place in sorted(places, key=lambda one: one.code):
        amount, way = found[place], link(question, place)
        value = amount.value if amount else None
        drawn.append({
            "link": way, "name": way[1].rpartition(" ")[2] if way else "", "value": told.value(shown, amount),
            "basis": told.basis(shown, amount), "shade": _shade(value, known),
        })  # fmt: skip
    return drawn


def _shade(value: float | None, known: Sequence[float]) -> str:
    """In which quarter of the span of all figures one lies."""
    if value is None or not known or known[0] == known[-1]:
        return _SHADES[0]
    place = (value - known[0]) / (known[-1] - known[0])
    return _SHADES[min(int(place * len(_SHADES)), len(_SHADES) - 1)]
