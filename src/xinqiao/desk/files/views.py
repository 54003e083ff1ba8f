"""Handing out a file: to whom the matter exists, of that matter only, and written down."""

from django.http import FileResponse, Http404, HttpResponse
from django.views.decorators.http import require_safe

from xinqiao.audit import actions as audit
from xinqiao.audit.kinds import AuditAction
from xinqiao.desk.access import DeskRequest, for_staff, matter_id_of
from xinqiao.evidence import queries as evidence
from xinqiao.evidence.values import FileInfo
from xinqiao.intake import queries as intake


@require_safe
@for_staff
def file(request: DeskRequest, number: str, file: int) -> HttpResponse:
    """One file of a contact or an entry. What is not of this matter, or whose matter is walled off, gives 404."""
    matter_id = matter_id_of(request, number)
    kept = evidence.file(file)
    if kept is None or not _is_of(kept, matter_id):
        raise Http404
    audit.record(
        AuditAction.VIEWED,
        now=request.now,
        by_account=request.account,
        unit=min(request.person.units(), default=""),
        object_kind="file",
        object_id=kept.id,
        detail={"matter": matter_id},
    )
    return _served(kept)


def _is_of(kept: FileInfo, matter_id: int) -> bool:
    match kept.owner.kind:
        case "matter":
            return kept.owner.id == matter_id
        case "contact":
            return kept.owner.id in {line.id for line in intake.of_matter(matter_id)}
        case _:
            return False


def _served(kept: FileInfo) -> FileResponse:
    """The bytes, with nothing that could make a browser run them."""
    answer = FileResponse(
        evidence.content(kept),
        as_attachment=not kept.format.shown,
        filename=kept.name,
        content_type=kept.format.mime,
    )
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
