"""Files chosen for a step of the petitioner: looked at and kept at once, so that no error and no break loses them.

Until the step is taken they belong to a draft of this browser; then the entry names them and they lie with the matter.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from xinqiao.evidence import actions as evidence
from xinqiao.evidence import queries as kept
from xinqiao.evidence.values import DRAFT, FileInfo, Owner
from xinqiao.lookup.files import MATTER
from xinqiao.lookup.words import Words
from xinqiao.matters import actions as matters
from xinqiao.portal.access import PortalRequest
from xinqiao.portal.forms import PortalForm
from xinqiao.portal.lookup import drafts
from xinqiao.rules.refusals import Refused
from xinqiao.ui.files import FileEntry, entries

FIELD, MOST = "files", 10


def chosen(request: PortalRequest) -> list[FileInfo]:
    """The files chosen on this page so far."""
    draft = drafts.files_of(request)
    return kept.files_of(_owner(draft)) if draft is not None else []


def add(request: PortalRequest, form: PortalForm) -> None:
    """Keeps the files that came with a form; each that cannot be kept becomes an error with its name."""
    uploads = form.cleaned_data.get(FIELD) or []
    if not uploads:
        return
    owner = _owner(drafts.begin_files(request))
    room = MOST - len(kept.files_of(owner))
    for number, upload in enumerate(uploads):
        name = upload.name or ""
        if number >= room:
            form.add_error(
                FIELD, _("“%(name)s”: at most %(most)s files fit.") % {"name": name, "most": MOST}
            )
            continue
        try:
            evidence.keep(upload, name=name, owner=owner, by=request.person, now=request.now)
        except Refused as refused:
            said = Words.here().say(refused.refusal)
            form.add_error(FIELD, _("“%(name)s”: %(why)s") % {"name": name, "why": said})


def remove(request: PortalRequest) -> None:
    """Takes one file out again, by the id in `file`. One that is not in the draft is passed over."""
    number, draft = request.POST.get("file", ""), drafts.files_of(request)
    if draft is not None and number.isascii() and number.isdigit() and len(number) < 19:
        evidence.remove_from_draft([int(number)], draft=_owner(draft))


def take(request: PortalRequest, step: str, fields: Mapping[str, Any], seen: int | None) -> None:
    """Takes the step with the files chosen for it, both or neither. Raises Refused."""
    matter, files = request.right.matter, chosen(request)
    with transaction.atomic():
        if files:
            evidence.hand_over([one.id for one in files], to=Owner(kind=MATTER, id=matter))
            fields = {**fields, FIELD: list(dict.fromkeys(one.sha256 for one in files))}
        matters.take(matter, step, fields, by=request.person, now=request.now, seen=seen)


def shown(
    request: PortalRequest, files: Sequence[FileInfo], *, remove: str = ""
) -> list[FileEntry]:
    """Files as lists show them, handed out by the door of this matter."""
    number = request.right.number
    return entries(files, lambda one: reverse("portal:file", args=[number, one.id]), remove=remove)


def drafted(request: PortalRequest, file_id: int) -> FileInfo:
    """A file that this browser has chosen and not sent yet. Raises Http404 for any other."""
    found = kept.file(file_id)
    own = [_owner(draft) for draft in drafts.all_files(request)]
    if found is None or found.owner not in own:
        raise Http404
    return found


def _owner(draft: int) -> Owner:
    return Owner(kind=DRAFT, id=draft)
