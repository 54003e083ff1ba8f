"""A list as an Excel file, with what the person may see of it: the rows come from the same scope as the page.

Texts are written as texts, whatever they begin with: what somebody wrote into a petition is never run as a formula.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryFile
from typing import Any
from urllib.parse import quote

import xlsxwriter  # type: ignore[import-untyped]
from django.http import FileResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from xinqiao.audit import actions as audit
from xinqiao.audit.kinds import AuditAction
from xinqiao.desk.access import DeskRequest

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: So many rows go into one file; whoever needs more narrows the list.
MOST_ROWS = 50_000
_CELL_LIMIT = 32_767  # characters that a cell holds
_LARGEST = 10**15  # beyond it Excel rounds
_CUT = " …"
_WIDEST = 60

Cell = str | int | Decimal | date | datetime | None


def sheet_response(
    name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> HttpResponseBase:
    """The rows below their headings, as an Excel file called `name` (without ending), to be downloaded.

    Dates and times (in Shanghai), numbers and decimals stay what they are; all else is written as text. `rows` are
    read once, one after another, so that a long list is never held in memory; after `MOST_ROWS` of them the file says
    that there are more.
    """
    file = TemporaryFile()  # noqa: SIM115  the response closes it when it has been sent
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    head = book.add_format({"bold": True, "text_wrap": True})
    formats = {
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
        Decimal: book.add_format({"num_format": "#,##0.00"}),
    }
    for column, heading in enumerate(headings):
        sheet.set_column(column, column, min(max(12, 2 * len(heading) + 4), _WIDEST))
        sheet.write_string(0, column, _text(heading), head)
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS:
            sheet.write_string(number, 0, _("Only the first %(rows)s are here. Narrow the list for the rest.")
                               % {"rows": MOST_ROWS})  # fmt: skip
            break
        for column, cell in enumerate(row):
            _write(sheet, number, column, cell, formats)
    book.close()
    file.seek(0)
    answer = FileResponse(file, content_type=XLSX)
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in name)
    answer["Content-Disposition"] = (
        f"attachment; filename=\"{plain}.xlsx\"; filename*=UTF-8''{quote(name)}.xlsx"
    )
    answer["Cache-Control"] = "no-store"
    return answer


def note_export(request: DeskRequest, what: str) -> None:
    """Writes down that somebody took a list away; `what` names the list, as its address does."""
    audit.record(
        AuditAction.EXPORTED,
        now=request.now,
        by_account=request.account,
        unit=min(request.person.units(), default=""),
        detail={"list": what},
    )


def _write(sheet: Any, row: int, column: int, cell: Cell, formats: dict[type, Any]) -> None:
    match cell:
        case None | "":
            return
        case datetime():
            moment = timezone.localtime(cell).replace(tzinfo=None)  # Excel knows no time zones
            sheet.write_datetime(row, column, moment, formats[datetime])
        case date():
            sheet.write_datetime(row, column, cell, formats[date])
        case Decimal():
            sheet.write_number(row, column, cell, formats[Decimal])
        case int() if not isinstance(cell, bool) and abs(cell) < _LARGEST:
            sheet.write_number(row, column, cell)
        case _:
            sheet.write_string(row, column, _text(str(cell)))


def _text(said: str) -> str:
    """What a cell can hold: Excel repairs a file with more, or with half a character, by throwing it away."""
    whole = said.encode("utf-8", "replace").decode("utf-8")
    return whole if len(whole) <= _CELL_LIMIT else whole[: _CELL_LIMIT - len(_CUT)] + _CUT
