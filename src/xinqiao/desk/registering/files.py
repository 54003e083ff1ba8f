"""What is handed over with a contact, kept while the form is still being filled in; nothing is lost on an error."""

import hashlib
from typing import Any, BinaryIO, cast

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.evidence import actions, queries, serving
from xinqiao.evidence.values import CONTACT, DRAFT, FileInfo, Owner
from xinqiao.rules.refusals import Refused
from xinqiao.ui.files import entries
from xinqiao.ui.typed import whole_number

MOST_FILES = 30


def draft_of(account: int, key: str) -> Owner:
    """Whose the files are until the contact is entered: this account's form with this key, nobody else's."""
    digest = hashlib.sha256(f"{account}:{key}".encode()).digest()
    return Owner(kind=DRAFT, id=int.from_bytes(digest[:8]) >> 1)


def keep_sent(request: DeskRequest, key: str) -> list[str]:
    """Keeps the files that came with this request. Gives a sentence for each that cannot be kept; the others are."""
    draft, problems = draft_of(request.account, key), []
    kept = len(queries.files_of(draft))
    for upload in request.FILES.getlist("files"):
        if kept >= MOST_FILES:
            words = _(
                "“%(name)s”: at most %(most)s files belong to one contact. Put the rest into one PDF."
            )
            problems.append(words % {"name": upload.name, "most": MOST_FILES})
            continue
        try:
            actions.keep(
                cast(BinaryIO, upload),
                name=upload.name or "",
                owner=draft,
                by=request.person,
                now=request.now,
            )
        except Refused as refused:
            problems.append(f"“{upload.name}”: {request.names.say(refused.refusal)}")
        except OSError:  # no room left, most likely: nothing else is lost
            words = _(
                "“%(name)s” could not be kept now. What you typed stays; choose it again in a moment."
            )
            problems.append(words % {"name": upload.name})
        else:
            kept += 1
    return problems


def remove_named(request: DeskRequest, key: str) -> bool:
    """Takes the file out whose button was pressed. Returns whether one was."""
    file = whole_number(request.POST.get("remove_file", ""), 17)
    if file is None:
        return False
    actions.remove_from_draft([file], draft=draft_of(request.account, key))
    return True


def hand_over(account: int, key: str, contact: int) -> None:
    """The contact is entered: what was kept for it is its own from now on."""
    files = queries.files_of(draft_of(account, key))
    if files:
        actions.hand_over([one.id for one in files], to=Owner(kind=CONTACT, id=contact))


def shown(request: DeskRequest, key: str, problems: list[str], *, scans: bool) -> dict[str, Any]:
    """What the part of the page with the files needs. `scans`: pictures large, to be read beside the form."""

    def address(file: FileInfo) -> str:
        return reverse("desk:draft_file", args=[key, file.id])

    files = queries.files_of(draft_of(request.account, key))
    return {
        "files": entries(files, address),
        "file_problems": problems,
        "files_to": reverse("desk:draft_files", args=[key]) + ("?scans=yes" if scans else ""),
        "scans": scans,
    }


@require_POST
@for_working_posts
def sent(request: DeskRequest, key: str) -> HttpResponse:
    """Files that were chosen, or one that is taken out, while the form goes on being filled in."""
    remove_named(request, key)
    problems = keep_sent(request, key)
    facts = shown(request, key, problems, scans="scans" in request.GET)
    return render(request, "desk/registering/files.html", facts)


@require_safe
@for_working_posts
def one(request: DeskRequest, key: str, file: int) -> HttpResponseBase:
    """A file of one's own form. Raises Http404 for every other."""
    found = queries.file(file)
    if found is None or found.owner != draft_of(request.account, key):
        raise Http404
    return serving.answer(request, found)
