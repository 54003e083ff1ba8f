"""The first page of the figures: what a leader reads in five minutes, and prints on one sheet."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.exports import Cell, note_export, sheet_response
from xinqiao.desk.targets import below, reading, told
from xinqiao.desk.targets.asking import Asked, address_of, asked, name_of, span_words
from xinqiao.desk.targets.beside import Beside, beside
from xinqiao.desk.targets.forms import ChoiceForm
from xinqiao.desk.targets.in_short import in_short
from xinqiao.desk.targets.plans.keys import rows_of
from xinqiao.desk.targets.reading import Line
from xinqiao.targets.plans import queries, standing
from xinqiao.targets.plans.values import PlaceScore
from xinqiao.ui.jinja import draw


@require_safe
@for_working_posts
def page(request: DeskRequest) -> HttpResponse:
    """All indicators of the place, then the places below it as a table and as tiles."""
    question = asked(request)
    lines = reading.board(question)
    stands = beside(question, request.person, [line.indicator.id for line in lines])
    places, amounts = reading.below(question)
    shown = below.shown(request)
    facts = {
        "asked": question,
        "form": ChoiceForm(question),
        "period": span_words(question),
        "query": question.query(),
        "parts": in_short(question, lines, stands, _score(request, question)),
        "rows": _rows(request, question, lines, stands),
        "below": below.table(request, question, places, amounts, shown) if places else "",
        "tiles": below.tiles(question, places, amounts, shown),
        "tile_choices": below.columns(request),
        "shown": shown,
        "shown_label": shown.label(request.names.language),
        "above": below.link(question, question.above()),
    }
    return render(request, "desk/targets/board.html", facts)


def _score(request: DeskRequest, question: Asked) -> PlaceScore | None:
    """The last assessment of the place, whose targets of today stand beside it."""
    if question.as_of is not None:
        return None
    return queries.last_score(request.person, question.place, question.year)


def _rows(request: DeskRequest, question: Asked, lines: Sequence[Line], stands: Beside) -> Any:
    language = request.names.language
    rows = [_row(question, line, language, stands) for line in lines]
    return draw(
        "desk/targets/board.html", request, rows=rows, year=question.year, before=question.year - 1
    )


def _row(question: Asked, line: Line, language: str, stands: Beside) -> dict[str, Any]:
    one = line.indicator
    aim, ahead = stands.aims.get(one.id), stands.ahead.get(one.id)
    return {
        "label": one.label(language), "help": one.help(language), "fewer": one.better == "fewer",
        "address": address_of("indicator", question, one.id),
        "value": told.value(one, line.this), "basis": told.basis(one, line.this),
        "last_month": not one.adds_up,
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
    here = [one for one in found if one.place == question.place]
    own = [
        row for one in standing.looking_ahead(here, request.now) for row in rows_of(request, one)
    ]
    lower = [one for one in found if one.place in question.below()]
    facts = {
        "own": own,
        "listed": [name_of(question.names, one.place) for one in lower if one.listed],
        "below": len(lower),
    }
    return render(request, "desk/targets/keys.html", facts)


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
        for one in below.main():
            found = amounts.get((place, one.id))
            yield [
                name_of(question.names, place), one.label(language), told.value(one, found), *_counts(found), "",
            ]  # fmt: skip


def _counts(amount: reading.Amount | None) -> list[Cell]:
    return [None, None, None] if amount is None else [amount.counts, amount.of, amount.persons]
