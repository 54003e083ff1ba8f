"""The first page of the figures: what a leader reads in five minutes, and prints on one sheet."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.exports import Cell, note_export, sheet_response
from xinqiao.desk.targets import reading, told
from xinqiao.desk.targets.asking import Asked, asked, code_of, name_of, span_words
from xinqiao.desk.targets.beside import Beside, beside
from xinqiao.desk.targets.forms import ChoiceForm
from xinqiao.desk.targets.plans.keys import rows_of
from xinqiao.desk.targets.reading import Amounts, Line
from xinqiao.rules.indicators import Indicator, indicators
from xinqiao.targets.plans import standing
from xinqiao.targets.values import Place, Scale
from xinqiao.ui.jinja import draw

#: Shades of the tiles, from the smallest figure to the largest.
_SHADES = ("none", "ordinary", "substantial", "major")


@require_safe
@for_working_posts
def page(request: DeskRequest) -> HttpResponse:
    """All indicators of the place, then the places below it as a table and as tiles."""
    question = asked(request)
    lines = reading.board(question)
    places, amounts = reading.below(question)
    shown = _shown(request)
    facts = {
        "asked": question,
        "form": ChoiceForm(question),
        "period": span_words(question),
        "query": question.query(),
        "rows": _rows(request, question, lines),
        "below": _below(request, question, places, amounts, shown) if places else "",
        "tiles": _tiles(question, places, amounts, shown) if _is_map(question, places) else [],
        "tile_choices": _columns(request),
        "shown": shown,
        "shown_label": shown.label(request.names.language),
        "above": _link(question, question.above()),
    }
    return render(request, "desk/targets/board.html", facts)


def _rows(request: DeskRequest, question: Asked, lines: Sequence[Line]) -> Any:
    language = request.names.language
    stands = beside(question, request.person, [line.indicator.id for line in lines])
    rows = [_row(question, line, language, stands) for line in lines]
    return draw(
        "desk/targets/board.html", request, rows=rows, year=question.year, before=question.year - 1
    )


def _row(question: Asked, line: Line, language: str, stands: Beside) -> dict[str, Any]:
    one = line.indicator
    aim, ahead = stands.aims.get(one.id), stands.ahead.get(one.id)
    return {
        "label": one.label(language), "help": one.help(language), "fewer": one.better == "fewer",
        "address": _address(question, one.id),
        "value": told.value(one, line.this), "basis": told.basis(one, line.this),
        "last_month": not reading.adds_up(one),
        "before": told.value(one, line.before), "moved": told.moved(one, line.this, line.before),
        "months": list(line.months), "aim": aim, "ahead": ahead,
        "signs": stands.signs.get(one.id, ()),
        "companions": [
            (other.label(language), told.value(other, amount)) for other, amount in line.companions
        ],
    }  # fmt: skip


@require_safe
@for_working_posts
def keys(request: DeskRequest) -> HttpResponse:
    """How far the place is from each limit of key management, now, or how the regions below it stand.

    Counted from the facts, so it comes after the page; without a script a link leads to it.
    """
    question = asked(request)
    found = standing.key_stands(request.person, request.now)
    own = [row for one in found if one.place == question.place for row in rows_of(request, one)]
    below = [one for one in found if one.place in question.below()]
    facts = {
        "own": own,
        "listed": [name_of(question.names, one.place) for one in below if one.listed],
        "below": len(below),
    }
    return render(request, "desk/targets/keys.html", facts)


def _address(question: Asked, indicator: str, **other: str) -> str:
    return f"{reverse('desk:indicator', args=[indicator])}?{question.query(**other)}"


def _link(question: Asked, place: Place | None) -> tuple[str, str] | None:
    """The address and name of another place, the question staying what it is."""
    if place is None:
        return None
    address = f"{reverse('desk:targets')}?{question.query(place=code_of(place))}"
    return address, name_of(question.names, place)


def _shown(request: DeskRequest) -> Indicator:
    """The indicator of the tiles, and by which the table is sorted."""
    asked_for = request.GET.get("show", "")
    ids = [one.id for one in _main()]
    return indicators()[asked_for if asked_for in ids else ids[0]]


def _main() -> list[Indicator]:
    return [indicators()[one] for one in reading.MAIN if indicators()[one].on]


def _columns(request: DeskRequest) -> list[tuple[str, str]]:
    return [(one.id, one.label(request.names.language)) for one in _main()]


def _below(
    request: DeskRequest, question: Asked, places: Sequence[Place], amounts: Amounts, shown: Indicator
) -> Any:  # fmt: skip
    """The table of the places below, what is best of the shown indicator first, or last where `down` asks for it."""
    down = request.GET.get("down") == "1"
    ordered = sorted(places, key=lambda place: _order(amounts, place, shown, down=down))
    columns = [
        {
            "id": one.id, "label": one.label(request.names.language), "here": one is shown,
            "down": down and one is shown,
            "address": f"?{question.query(show=one.id, down='1' if one is shown and not down else '')}#below",
        }
        for one in _main()
    ]  # fmt: skip
    rows = [
        {
            "link": _link(question, place),
            "cells": [
                (
                    told.value(one, amounts.get((place, one.id))),
                    told.basis(one, amounts.get((place, one.id))),
                )
                for one in _main()
            ],
        }
        for place in ordered
    ]
    return draw(
        "desk/targets/below.html", request, columns=columns, rows=rows, first=_heading(question)
    )


def _heading(question: Asked) -> str:
    return _("Unit") if question.place.scale is Scale.UNIT else _("Region")


def _order(
    amounts: Amounts, place: Place, shown: Indicator, *, down: bool
) -> tuple[bool, float, str]:
    amount = amounts.get((place, shown.id))
    value = amount.value if amount else None
    best_first = value if shown.better == "fewer" else -(value or 0)
    return value is None, (-1 if down else 1) * (best_first or 0), place.code


def _is_map(question: Asked, places: Sequence[Place]) -> bool:
    return question.place.scale is Scale.REGION and len(places) > 1


def _tiles(
    question: Asked, places: Sequence[Place], amounts: Amounts, shown: Indicator
) -> list[dict[str, Any]]:
    """A tile for each region: the stronger its colour, the larger the figure."""
    found = {place: amounts.get((place, shown.id)) for place in places}
    known = sorted(amount.value for amount in found.values() if amount and amount.value is not None)
    tiles = []
    for place in sorted(places, key=lambda one: one.code):
        amount, link = found[place], _link(question, place)
        value = amount.value if amount else None
        tiles.append({
            "link": link, "name": link[1].rpartition(" ")[2] if link else "", "value": told.value(shown, amount),
            "basis": told.basis(shown, amount), "shade": _shade(value, known),
        })  # fmt: skip
    return tiles


def _shade(value: float | None, known: Sequence[float]) -> str:
    """In which quarter of the span of all figures one lies."""
    if value is None or not known or known[0] == known[-1]:
        return _SHADES[0]
    place = (value - known[0]) / (known[-1] - known[0])
    return _SHADES[min(int(place * len(_SHADES)), len(_SHADES) - 1)]


@require_safe
@for_working_posts
def export(request: DeskRequest) -> HttpResponseBase:
    """The indicators of the place and of those below it, as an Excel file."""
    question = asked(request)
    note_export(request, "targets")
    headings = [
        _("Place"), _("Indicator"), _("Value"), _("Counted"), _("Of"), _("Persons"),
        _("Same months of the year before"),
    ]  # fmt: skip
    name = f"{question.name} {span_words(question)}"
    return sheet_response(name, headings, _cells(question))


def _cells(question: Asked) -> Iterator[list[Cell]]:
    language = question.names.language
    for line in reading.board(question):
        one, this = line.indicator, line.this
        yield [
            question.name, one.label(language), told.value(one, this), *_counts(this), told.value(one, line.before),
        ]  # fmt: skip
        for other, amount in line.companions:
            yield [
                question.name,
                other.label(language),
                told.value(other, amount),
                *_counts(amount),
                "",
            ]
    places, amounts = reading.below(question)
    for place in places:
        for one in _main():
            found = amounts.get((place, one.id))
            yield [
                name_of(question.names, place), one.label(language), told.value(one, found), *_counts(found), "",
            ]  # fmt: skip


def _counts(amount: reading.Amount | None) -> list[Cell]:
    return [None, None, None] if amount is None else [amount.counts, amount.of, amount.persons]
