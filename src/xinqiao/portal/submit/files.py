"""Files of a draft: each looked at when it is chosen, kept or refused with what to do; the others stay."""

import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, BinaryIO, cast

from django.contrib.sessions.backends.base import SessionBase
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from xinqiao.accounts import throttle
from xinqiao.accounts.addresses import client_address, neighbourhood
from xinqiao.accounts.throttle import Counted, Limit
from xinqiao.evidence import serving
from xinqiao.evidence.actions import keep, remove_from_draft
from xinqiao.lookup.words import Words
from xinqiao.matters import queries as matters
from xinqiao.portal.submit.draft import Draft
from xinqiao.portal.submit.sending import SENDER
from xinqiao.portal.submit.shelf import DraftRequest, draft_page
from xinqiao.rules.refusals import Refused
from xinqiao.ui import sealed
from xinqiao.ui.files import FileEntry, entries
from xinqiao.ui.forms import ACCEPT

FROM_A_DRAFT = Limit(name="files-of-draft", most=80, within=timedelta(hours=1))
FROM_AN_ADDRESS = Limit(name="files-from-address", most=300, within=timedelta(hours=1))
"""Each file costs a second of computing. A hall or a village may share one address."""
MOST_FILES = 20
MOST_BYTES = 200_000_000
"""Of all files of one submission together."""
_OUTCOME = "portal_files"
_log = logging.getLogger("xinqiao.portal")


@dataclass(frozen=True, kw_only=True)
class NotKept:
    """A file that was not kept, and what to do about it."""

    name: str
    why: str


@require_POST
@draft_page
def add(request: DraftRequest) -> HttpResponse:
    """Keeps the chosen files. With a script the new list of files is the answer, else the page again."""
    draft = Draft.of(request.shelf, matters.today(request.now))
    if draft is None:
        return _to_the_beginning(request)
    uploads = [*request.FILES.getlist("photo"), *request.FILES.getlist("files")]
    kept, refused = keep_each(draft, uploads, request.now, _counted(request, draft))
    said = _said(kept, uploads, refused)
    if request.htmx:  # type: ignore[attr-defined]
        facts = list_facts(draft) | {"refused": refused, "said": said}
        return render(request, "portal/submit/_files.html", facts)
    outcome = {"said": said, "refused": [asdict(one) for one in refused]}
    sealed.put(request.shelf, _OUTCOME, outcome)
    return redirect("portal:submit_page", page="files")


@require_POST
@draft_page
def remove(request: DraftRequest) -> HttpResponse:
    """Takes one file out of the draft."""
    draft = Draft.of(request.shelf, matters.today(request.now))
    if draft is None:
        return _to_the_beginning(request)
    number = request.POST.get("file", "")
    if number.isascii() and number.isdigit() and len(number) < 19:
        remove_from_draft([int(number)], draft=draft.owner)
    return redirect("portal:submit_page", page="files")


@require_safe
@draft_page
def show(request: DraftRequest, file: int) -> HttpResponseBase:
    """One file of the draft, for the browser that chose it."""
    draft = Draft.of(request.shelf, matters.today(request.now))
    found = next((one for one in draft.files() if one.id == file), None) if draft else None
    if found is None:
        raise Http404
    return serving.answer(request, found)


def keep_each(
    draft: Draft, uploads: Sequence["UploadedFile[Any]"], now: datetime, counted: Counted
) -> tuple[int, list[NotKept]]:
    """Keeps what can be kept: how many, and the others with the reason for each."""
    refused: list[NotKept] = []
    for upload in uploads:
        try:
            why = _too_often(counted, now) or _no_room(draft, upload)
            if not why:
                throttle.count(counted, now)
                keep(
                    cast(BinaryIO, upload),
                    name=upload.name or "",
                    owner=draft.owner,
                    by=SENDER,
                    now=now,
                )
        except Refused as refusal:
            why = Words.here().say(refusal.refusal)
        except OSError:
            _log.exception("a file of a draft could not be kept")
            why = _(
                "It could not be kept just now. What you wrote is safe; try again in a few minutes."
            )
        if why:
            refused.append(NotKept(name=upload.name or "", why=why))
    return len(uploads) - len(refused), refused


def shown(draft: Draft) -> list[FileEntry]:
    """The files of the draft for `{% file_list %}`, to look at."""
    return entries(draft.files(), lambda file: reverse("portal:submit_file", args=[file.id]))


def page_facts(draft: Draft, shelf: SessionBase) -> dict[str, Any]:
    """The facts of the page, with what came of choosing without a script, once."""
    outcome = sealed.get(shelf, _OUTCOME)
    if outcome:
        sealed.drop(shelf, _OUTCOME)
    return list_facts(draft) | (outcome or {})


def list_facts(draft: Draft) -> dict[str, Any]:
    """The files with a way to take each out, and how many more fit."""
    files = draft.files()
    address = reverse("portal:submit_file_remove")
    kept = entries(
        files, lambda file: reverse("portal:submit_file", args=[file.id]), remove=address
    )
    return {"files": kept, "room": MOST_FILES - len(files), "most": MOST_FILES, "accept": ACCEPT}


def _counted(request: HttpRequest, draft: Draft) -> Counted:
    return (FROM_A_DRAFT, draft.key), (FROM_AN_ADDRESS, neighbourhood(client_address(request)))


def _too_often(counted: Counted, now: datetime) -> str:
    until = throttle.waits_until(counted)
    if until is None:
        return ""
    minutes = throttle.minutes_until(until, now)
    return ngettext(
        "Too many files were sent from here. Wait %(minutes)s minute, then choose it again.",
        "Too many files were sent from here. Wait %(minutes)s minutes, then choose it again.",
        minutes,
    ) % {"minutes": minutes}


def _no_room(draft: Draft, upload: "UploadedFile[Any]") -> str:
    files = draft.files()
    if len(files) >= MOST_FILES:
        return _(
            "There are %(most)s files already. Remove one, or send the rest later as a supplement."
        ) % {"most": MOST_FILES, "accept": ACCEPT}
    if sum(file.size for file in files) + (upload.size or 0) > MOST_BYTES:
        return _(
            "Together the files are larger than %(limit)s MB. Remove one, or send the rest later"
            " as a supplement."
        ) % {"limit": MOST_BYTES // 1_000_000}
    return ""


def _said(kept: int, uploads: Sequence[object], refused: Sequence[NotKept]) -> str:
    """What is announced after choosing."""
    if not uploads:
        return _("No file was chosen. Choose one, or continue without.")
    words = ngettext("%(count)s file was added.", "%(count)s files were added.", kept) % {
        "count": kept
    }
    if refused:
        words += " " + ngettext(
            "%(count)s file was not: see below.",
            "%(count)s files were not: see below.",
            len(refused),
        ) % {"count": len(refused)}
    return words


def _to_the_beginning(request: HttpRequest) -> HttpResponse:
    """The draft is gone; its page says so."""
    address = reverse("portal:submit_check")
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)  # type: ignore[attr-defined]
