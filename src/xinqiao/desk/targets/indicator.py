"""One indicator: what it says in words, month by month, by field and way of coming, the places below it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.targets import drawing, reading, told
from xinqiao.desk.targets.asking import Asked, asked, span_words
from xinqiao.desk.targets.beside import Aimed, beside
from xinqiao.desk.targets.forms import ChoiceForm
from xinqiao.rules.fields import FIELDS
from xinqiao.rules.indicators import Indicator, indicators
from xinqiao.ui.charts import Chart


def known(indicator: str) -> Indicator:
    """The indicator of an address. Raises Http404."""
    if indicator not in indicators():
        raise Http404
    return indicators()[indicator]


@require_safe
@for_working_posts
def page(request: DeskRequest, indicator: str) -> HttpResponse:
    """The figure with its charts. The parts by field and way are counted from the facts, and only when asked for."""
    one, question = known(indicator), asked(request)
    ids = [one.id, *one.companions]
    this, before, _months = reading.of_place(question, ids)
    place = question.place
    stands = beside(question, request.person, [one.id])
    months, year, last = reading.by_month(question, one.id)
    aim = stands.aims.get(one.id)
    parts = request.GET.get("parts") == "1"
    facts = {
        "asked": question,
        "indicator": one,
        "label": one.label(request.names.language),
        "help": one.help(request.names.language),
        "article": request.names.cite(one.article),
        "form": ChoiceForm(question),
        "period": span_words(question),
        "query": question.query(),
        "value": told.value(one, this.get((place, one.id))),
        "basis": told.basis(one, this.get((place, one.id))),
        "before": told.value(one, before.get((place, one.id))),
        "moved": told.moved(one, this.get((place, one.id)), before.get((place, one.id))),
        "aim": aim,
        "ahead": stands.ahead.get(one.id),
        "signs": stands.signs.get(one.id, ()),
        "companions": [
            (other, other.label(request.names.language), told.value(other, this.get((place, other.id))))
            for other in (indicators()[name] for name in one.companions)
        ],
        "by_month": drawing.by_month(
            question, one, months, year, last, stands.ahead.get(one.id), _line_of(one, aim)
        ),
        "by_place": _by_place(question, one),
        "parts": [_by_field(question, one), _by_channel(question, one)] if parts else [],
    }  # fmt: skip
    return render(request, "desk/targets/indicator.html", facts)


def _line_of(one: Indicator, aim: Aimed | None) -> float | None:
    """The target as a line across the months: that of a rate alone, since a number is that of a whole year."""
    return aim.value if aim is not None and one.shows == "rate" else None


def _by_place(question: Asked, one: Indicator) -> Chart | None:
    places, amounts = reading.below(question, [one.id])
    return drawing.of_places(question, one, places, amounts) if len(places) > 1 else None


def _by_field(question: Asked, one: Indicator) -> Chart:
    names = question.names
    tops = {code: name for code, name in names.categories.items() if " / " not in name}
    found = [
        (name, reading.one(question, one.id, category=code).value) for code, name in tops.items()
    ]
    return drawing.named(
        question, one, _("By field"), names.word("field", "category"), _largest(found)
    )


def _by_channel(question: Asked, one: Indicator) -> Chart:
    found = [
        (question.names.word("channel", code), reading.one(question, one.id, channel=code).value)
        for code in FIELDS["channel"].choices
    ]
    return drawing.named(question, one, _("By way of coming"), _("Way"), _largest(found))


def _largest(found: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    return sorted(found, key=lambda pair: -(pair[1] or 0))
