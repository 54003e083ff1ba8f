"""The open figures to take away: as CSV, as JSON, and what they are (DCAT). Both say the same, cell by cell."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from xinqiao.directory import queries as directory
from xinqiao.lookup.words import Words
from xinqiao.portal.figures import words as named
from xinqiao.portal.figures.pace import at_a_pace
from xinqiao.rules.indicators import indicators
from xinqiao.rules.open_figures import MEANT, Table
from xinqiao.targets.open_figures import queries
from xinqiao.targets.open_figures.queries import Month

COLUMNS = (
    "month", "table", "indicator", "row", "row_name", "column", "column_name", "value", "withheld", "as_of",
)  # fmt: skip
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_HOUR = 3600
_TEN_YEARS = 120


def _changed(request: HttpRequest) -> datetime | None:
    return queries.latest()


@require_safe
@at_a_pace
@cache_control(public=True, max_age=_HOUR)
@condition(last_modified_func=_changed)
def as_csv(request: HttpRequest) -> HttpResponse:
    """One line a cell. An empty value with `withheld` 1 is withheld; the codes are those of regions and categories."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(_lines())
    answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="figures.csv"'
    return answer


@require_safe
@at_a_pace
@cache_control(public=True, max_age=_HOUR)
@condition(last_modified_func=_changed)
def as_json(request: HttpRequest) -> JsonResponse:
    """The same as JSON: a list of cells by the names of the columns."""
    cells = [dict(zip(COLUMNS, line, strict=True)) for line in _lines()]
    answer = JsonResponse({"cells": cells}, json_dumps_params={"ensure_ascii": False})
    answer["Content-Disposition"] = 'attachment; filename="figures.json"'
    return answer


def _lines() -> Iterator[list[Any]]:
    """Every published cell; names in Chinese, whoever asks, so that a cache may keep one answer for all."""
    with override("zh-hans"):
        words = Words.here()
        for month, table, row, column, count in queries.lines(queries.published(_TEN_YEARS)):
            yield [
                f"{month.month:%Y-%m}", table.value, MEANT[table], row or "all", named.row(table, row, words),
                column or "all", named.column(table, column, words), "" if count is None else count,
                int(count is None), month.as_of.isoformat(),
            ]  # fmt: skip


@require_safe
@at_a_pace
@cache_control(public=True, max_age=_HOUR)
@condition(last_modified_func=_changed)
def catalogue(request: HttpRequest) -> JsonResponse:
    """What the figures are, for catalogues of open data: DCAT, as DCAT-AP uses it, in JSON-LD."""
    months = queries.published(_TEN_YEARS)
    answer = JsonResponse(_described(request, months), json_dumps_params={"ensure_ascii": False})
    answer["Content-Type"] = "application/ld+json"
    return answer


def _described(request: HttpRequest, months: list[Month]) -> dict[str, Any]:
    here = request.build_absolute_uri(reverse("portal:figures"))
    place = directory.region_name(months[-1].region) if months else ""
    with override("zh-hans"):
        title = _("Open figures of petition work")
        about = _(
            "Counted by month: what came in, how fast it was answered, how it was rated. Cells of fewer than three"
            " persons are withheld, with as many others as it takes that none can be worked out. A month is published"
            " once and never changed."
        )
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/", "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@type": "dcat:Catalog", "@id": request.build_absolute_uri(request.path),
        "dct:title": {"@language": "zh", "@value": title}, "dct:description": {"@language": "zh", "@value": about},
        "dct:publisher": _publisher(place),
        "dcat:dataset": {
            "@type": "dcat:Dataset", "@id": f"{here}#dataset", "dct:title": {"@language": "zh", "@value": title},
            "dct:description": {"@language": "zh", "@value": about}, "dct:publisher": _publisher(place),
            "dcat:landingPage": {"@id": here}, "dct:license": {"@id": LICENCE},
            "dct:accrualPeriodicity": {"@id": "http://publications.europa.eu/resource/authority/frequency/MONTHLY"},
            "dct:temporal": _span(months), "dct:spatial": place,
            "dcat:keyword": [indicators()[one].zh for one in dict.fromkeys(MEANT[table] for table in Table)],
            "dcat:distribution": [
                _distribution(request, "portal:figures_csv", "text/csv", "CSV"),
                _distribution(request, "portal:figures_json", "application/json", "JSON"),
            ],
        },
    }  # fmt: skip


def _publisher(place: str) -> dict[str, Any]:
    return {"@type": "foaf:Agent", "foaf:name": f"{place}信访局" if place else "信访局"}


def _span(months: list[Month]) -> dict[str, Any] | None:
    if not months:
        return None
    last = (months[-1].month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return {
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": {"@type": "xsd:date", "@value": months[0].month.isoformat()},
        "dcat:endDate": {"@type": "xsd:date", "@value": last.isoformat()},
    }


def _distribution(request: HttpRequest, name: str, media: str, title: str) -> dict[str, Any]:
    address = request.build_absolute_uri(reverse(name))
    return {
        "@type": "dcat:Distribution", "dct:title": title, "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address}, "dcat:mediaType": media, "dct:license": {"@id": LICENCE},
    }  # fmt: skip
