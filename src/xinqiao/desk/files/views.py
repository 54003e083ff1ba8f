"""Handing out a file: to whom the matter exists, of that matter only, and written down."""

from collections.abc import Collection

from django.http import Http404, HttpResponseBase
from django.views.decorators.http import require_safe

from xinqiao.audit import actions as audit
from xinqiao.audit.kinds import AuditAction
from xinqiao.desk.access import DeskRequest, for_staff, matter_id_of
from xinqiao.desk.matter import attached
from xinqiao.evidence import queries as evidence
from xinqiao.evidence import serving
from xinqiao.evidence.values import CONTACT, FileInfo
from xinqiao.intake import queries as intake

_LARGEST = 2**63 - 1  # a database knows no larger number


@require_safe
@for_staff
def file(request: DeskRequest, number: str, file: int) -> HttpResponseBase:
    """One file of a contact or an entry. What is not of this matter, or whose matter is walled off, gives 404."""
    matter_id = matter_id_of(request, number)
    contacts = {line.id for line in intake.of_matter(matter_id)}  # asked in any case: see `_is_of`
    kept = evidence.file(file) if file <= _LARGEST else None
    if kept is None or not _is_of(kept, matter_id, contacts):
        raise Http404
    if (
        request.GET.get("show") != serving.PREVIEW
    ):  # the page of the matter shows small pictures by itself
        _write_down(request, kept, matter_id)
    return serving.answer(request, kept)


def _write_down(request: DeskRequest, kept: FileInfo, matter_id: int) -> None:
    audit.record(
        AuditAction.VIEWED,
        now=request.now,
        by_account=request.account,
        unit=min(request.person.units(), default=""),
        object_kind="file",
        object_id=kept.id,
        detail={"matter": matter_id},
    )


def _is_of(kept: FileInfo, matter_id: int, contacts: Collection[int]) -> bool:
    """Puts no question to the database: a file of somebody else takes as long as one that does not exist."""
    if kept.owner.kind == CONTACT:
        return kept.owner.id in contacts
    return kept.owner == attached.of_matter(matter_id)
