"""The month sheet of a place, as offices send it upward."""

from tempfile import TemporaryFile
from urllib.parse import quote

from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.exports import XLSX, note_export
from xinqiao.desk.targets.asking import asked, following, name_of
from xinqiao.targets import sheets
from xinqiao.targets.values import Period


@require_safe
@for_working_posts
def workbook(request: DeskRequest) -> HttpResponseBase:
    """The last month of the period that is looked at, as of the moment that is asked for."""
    question = asked(request)
    month = question.months()[-1]
    names = request.names
    wanted = sheets.Wanted(
        place=question.place, below=question.below(), period=Period(first=month, end=following(month)),
        as_of=question.moment, fields={code: name for code, name in names.categories.items() if " / " not in name},
        name=lambda place: name_of(names, place), word=names.word, language=names.language,
    )  # fmt: skip
    note_export(request, "month_sheets")
    file = TemporaryFile()  # noqa: SIM115  the response closes it when it has been sent
    sheets.write(wanted, file)
    file.seek(0)
    name = f"{_('Month sheet')} {question.name} {month:%Y-%m}"
    answer = FileResponse(file, content_type=XLSX)
    answer["Content-Disposition"] = (
        f"attachment; filename=\"month-{month:%Y-%m}.xlsx\"; filename*=UTF-8''{quote(name)}.xlsx"
    )
    answer["Cache-Control"] = "no-store"
    return answer
