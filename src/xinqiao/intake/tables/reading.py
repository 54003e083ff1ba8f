"""The one way into a table, whatever kind of file it is."""

import zipfile
from pathlib import Path

from xinqiao.evidence.archives import ArchiveLimits, archive_refusal
from xinqiao.evidence.contents import Kind, detect
from xinqiao.intake.tables.delimited import read_delimited
from xinqiao.intake.tables.rows import Table
from xinqiao.intake.tables.words import UnreadableFile
from xinqiao.intake.tables.workbook import WorkbookLimits, read_workbook

# Macros are not run by reading the cells beside them.
_WORKBOOKS = {Kind.XLSX, Kind.XLSB, Kind.XLS, Kind.ODS, Kind.MACROS}
_REFUSED = {
    Kind.EMPTY: "file_empty",
    Kind.PROTECTED: "file_protected",
    Kind.MARKUP: "web_page_not_table",
}


def read_table(
    path: Path,
    *,
    sheet: str | None = None,
    archive_limits: ArchiveLimits | None = None,
    workbook_limits: WorkbookLimits | None = None,
) -> Table:
    """The rows of an .xlsx, .xlsb, .xls, .ods or CSV file, judged by content and not by name.

    `sheet` names one sheet of a workbook; without it, the first with content is read and the
    others are told of in `notes`. Every row with content comes out, cells as text.
    Raises `UnreadableFile` with a code of `words.FILE_WORDS`, each saying what to do.
    """
    if not path.is_file():
        raise UnreadableFile("file_missing", name=path.name)
    kind = detect(path)
    if kind == Kind.TEXT:
        return read_delimited(path)
    if kind not in _WORKBOOKS:
        raise UnreadableFile(_REFUSED.get(kind, "not_a_table"), kind=kind.value)
    if zipfile.is_zipfile(path) and (refusal := archive_refusal(path, archive_limits)):
        raise UnreadableFile(refusal.code, **refusal.facts)
    return read_workbook(path, sheet=sheet, limits=workbook_limits)
