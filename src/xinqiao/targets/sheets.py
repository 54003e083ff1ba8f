"""Month sheets (月报): the workbook that an office sends upward, of a place and a month as of a moment.

Every sum in it is a formula, with its value beside it, so that whoever receives the file can follow each figure. What
no part below accounts for has a line of its own: a sum always is that of its lines, and equals the figure of the place.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

import xlsxwriter  # type: ignore[import-untyped]
from django.utils import timezone
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_rowcol_to_cell  # type: ignore[import-untyped]

from xinqiao.rules.fields import FIELDS
from xinqiao.rules.indicators import indicators
from xinqiao.targets import figures
from xinqiao.targets.values import Figure, Period, Place
from xinqiao.ui.punctuation import valued

CHANNELS = FIELDS["channel"].choices
_HEAD_LINES = 5
_FIRST_WIDTH, _WIDTH = 34, 14


@dataclass(frozen=True, kw_only=True)
class Table:
    """One sheet: lines with whole numbers, a sum below where there is one, rates as columns of two others.

    `rates`: heading, the column of what counts, the column of of how many (from 0).
    """

    title: str
    first: str
    headings: Sequence[str]
    lines: Sequence[tuple[str, Sequence[int]]]
    summed: bool = True
    rates: Sequence[tuple[str, int, int]] = ()

    def total(self) -> list[int]:
        return [sum(values) for values in zip(*(line for _label, line in self.lines), strict=True)]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Whose sheets, of which month, as of when; with the names of what stands in them."""

    place: Place
    below: Sequence[Place]
    period: Period
    as_of: datetime
    fields: Mapping[str, str]
    name: Callable[[Place], str]
    word: Callable[[str, str], str]
    language: str


def tables(wanted: Wanted) -> list[Table]:
    """The sheets in the order of the workbook."""
    return [
        _by_channel(wanted), _by_place(wanted), _by_field(wanted),
        _rates(wanted, _("In time"), ("on_time_acceptance", "on_time_answer", "report_back_rate", "execution_rate")),
        _rates(wanted, _("Ratings"), ("rating_participation", "satisfaction")),
        _rates(wanted, _("Review and re-examination"), ("appeal_changed", "settled_after_appeal")),
        _numbers(wanted, _("Stock"), ("stock", "increment", "settled_rate", "stock_cleared")),
    ]  # fmt: skip


_COLUMNS = ("total", "repeat_rate")


def _headings() -> list[str]:
    return [
        _("Contacts"), _("Persons"), _("Of these repeated"),
    ]  # fmt: skip


def _by_channel(wanted: Wanted) -> Table:
    lines = [
        (wanted.word("channel", code), _contacts(_asked(wanted, _COLUMNS, channel=code)))
        for code in CHANNELS
    ]
    whole = _contacts(_asked(wanted, _COLUMNS))
    return Table(
        title=_("By way of coming"), first=_("Way"), headings=_headings(),
        lines=_with_rest(lines, whole, _("Way not known")),
    )  # fmt: skip


def _by_field(wanted: Wanted) -> Table:
    lines = [
        (name, _contacts(_asked(wanted, _COLUMNS, category=code)))
        for code, name in wanted.fields.items()
    ]
    whole = _contacts(_asked(wanted, _COLUMNS))
    return Table(
        title=_("By field"), first=_("Field"), headings=_headings(),
        lines=_with_rest(lines, whole, _("Field not known yet")),
    )  # fmt: skip


def _by_place(wanted: Wanted) -> Table:
    ids = (*_COLUMNS, "on_time_answer")
    found = figures.figures(
        [wanted.place, *wanted.below], wanted.period, wanted.as_of, indicators=ids
    )
    by_place: dict[Place, dict[str, Figure]] = {}
    for one in found:
        by_place.setdefault(one.place, {})[one.indicator] = one

    def cells(place: Place) -> list[int]:
        answered = by_place[place]["on_time_answer"]
        return [*_contacts(by_place[place]), answered.counts, answered.of or 0]

    lines = [(wanted.name(place), cells(place)) for place in wanted.below]
    return Table(
        title=_("By place"), first=_("Unit or region"),
        headings=[*_headings(), _("Answered in time"), _("To be answered")],
        lines=_with_rest(lines, cells(wanted.place), _("Of the place itself, or not known yet")),
        rates=[(_("In time"), 3, 4)],
    )  # fmt: skip


def _rates(wanted: Wanted, title: str, ids: Sequence[str]) -> Table:
    found = _asked(wanted, ids)
    lines = [(_label(wanted, one), [found[one].counts, found[one].of or 0]) for one in ids]
    return Table(
        title=title, first=_("Indicator"), headings=[_("Counted"), _("Of")], lines=lines, summed=False,
        rates=[(_("Rate"), 0, 1)],
    )  # fmt: skip


def _numbers(wanted: Wanted, title: str, ids: Sequence[str]) -> Table:
    found = _asked(wanted, ids)
    lines = [(_label(wanted, one), [found[one].counts, found[one].of or 0]) for one in ids]
    return Table(
        title=title,
        first=_("Indicator"),
        headings=[_("Counted"), _("Of")],
        lines=lines,
        summed=False,
    )


def _label(wanted: Wanted, indicator: str) -> str:
    return indicators()[indicator].label(wanted.language)


def _asked(wanted: Wanted, ids: Iterable[str], **narrowed: str) -> dict[str, Figure]:
    found = figures.figures([wanted.place], wanted.period, wanted.as_of, indicators=ids, **narrowed)
    return {one.indicator: one for one in found}


def _contacts(found: Mapping[str, Figure]) -> list[int]:
    return [found["total"].counts, found["total"].persons, found["repeat_rate"].counts]


def _with_rest(
    lines: Sequence[tuple[str, Sequence[int]]], whole: Sequence[int], rest: str
) -> list[tuple[str, Sequence[int]]]:
    """The lines, and what none of them accounts for."""
    sums = [sum(line[column] for _label, line in lines) for column in range(len(whole))]
    left = [all_of - some for all_of, some in zip(whole, sums, strict=True)]
    return [*lines, (rest, left)] if any(left) else list(lines)


# -- the workbook ------------------------------------------------------------------------------------------------------


def write(wanted: Wanted, file: BinaryIO) -> None:
    """Writes the workbook into an open file."""
    book = xlsxwriter.Workbook(file)
    formats = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({"bold": True, "text_wrap": True, "bottom": 1}),
        "sum": book.add_format({"bold": True, "top": 1}),
        "rate": book.add_format({"num_format": "0.0%"}),
    }
    for table in tables(wanted):
        _sheet(book.add_worksheet(table.title[:31]), table, wanted, formats)
    book.close()


def _sheet(sheet: Any, table: Table, wanted: Wanted, formats: Mapping[str, Any]) -> None:
    sheet.set_column(0, 0, _FIRST_WIDTH)
    sheet.set_column(1, len(table.headings) + len(table.rates), _WIDTH)
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    _head(sheet, table, wanted, formats["title"])
    for column, heading in enumerate(
        [table.first, *table.headings, *(name for name, _of, _by in table.rates)]
    ):
        sheet.write_string(_HEAD_LINES, column, heading, formats["head"])
    for row, (label, values) in enumerate(table.lines, _HEAD_LINES + 1):
        sheet.write_string(row, 0, label)
        for column, value in enumerate(values, 1):
            sheet.write_number(row, column, value)
        _write_rates(sheet, table, row, values, formats["rate"])
    if table.summed:
        _write_total(sheet, table, formats)


def _head(sheet: Any, table: Table, wanted: Wanted, form: Any) -> None:
    sheet.write_string(0, 0, table.title, form)
    sheet.write_string(1, 0, valued(_("Place"), wanted.name(wanted.place)))
    sheet.write_string(2, 0, valued(_("Month"), f"{wanted.period.first:%Y-%m}"))
    moment = timezone.localtime(wanted.as_of)
    sheet.write_string(3, 0, valued(_("As known on"), f"{moment:%Y-%m-%d %H:%M}"))


def _write_total(sheet: Any, table: Table, formats: Mapping[str, Any]) -> None:
    first, last = _HEAD_LINES + 1, _HEAD_LINES + len(table.lines)
    totals = table.total() if table.lines else []
    sheet.write_string(last + 1, 0, _("Together"), formats["sum"])
    for column, value in enumerate(totals, 1):
        span = f"{xl_rowcol_to_cell(first, column)}:{xl_rowcol_to_cell(last, column)}"
        sheet.write_formula(last + 1, column, f"=SUM({span})", formats["sum"], value)
    _write_rates(sheet, table, last + 1, totals, formats["rate"])


def _write_rates(sheet: Any, table: Table, row: int, values: Sequence[int], form: Any) -> None:
    for place, (_name, counts, of) in enumerate(table.rates):
        top, bottom = xl_rowcol_to_cell(row, counts + 1), xl_rowcol_to_cell(row, of + 1)
        value = values[counts] / values[of] if values and values[of] else ""
        formula = f'=IF({bottom}=0,"",{top}/{bottom})'
        sheet.write_formula(row, len(table.headings) + 1 + place, formula, form, value)
