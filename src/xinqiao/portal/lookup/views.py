"""Opening a matter with number and query code, and reading how far it has come."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xinqiao.evidence import serving
from xinqiao.evidence.values import FileInfo
from xinqiao.intake import queries as intake
from xinqiao.lookup import files as files_told
from xinqiao.lookup import throttle
from xinqiao.lookup.dates import duties, windows
from xinqiao.lookup.together import together
from xinqiao.lookup.way import Paper, Station, Teller
from xinqiao.lookup.words import Words
from xinqiao.matters.numbers import normal_number
from xinqiao.portal import access
from xinqiao.portal.access import PortalRequest, for_holder, portal_page, sheet_of
from xinqiao.portal.account.keeping import may_be_kept
from xinqiao.portal.lookup import attached, drafts
from xinqiao.portal.lookup.forms import LookupForm
from xinqiao.portal.lookup.offered import buttons
from xinqiao.portal.submit.sending import forget_receipts
from xinqiao.ui.files import FileEntry

#: Where a reader may want to go from the look-up: the doors of the start page.
_GOALS = {"rate": "portal:rate_matter", "appeal": "portal:appeal"}
_DOORS = {"rate": "portal/rate/door.html", "appeal": "portal/appeals/door.html"}


@require_http_methods(["GET", "HEAD", "POST"])
@portal_page
def lookup(request: PortalRequest, goal: str = "") -> HttpResponse:
    """Asks for number and code. One answer, whichever of the two was wrong."""
    if request.method != "POST":
        initial = {"number": request.GET.get("number", "")[:60], "go": goal}
        return _door(request, LookupForm(initial=initial), goal)
    form = LookupForm(request.POST)
    if not form.is_valid():
        return _door(request, form, goal)
    if throttle.must_wait(request):
        form.add_error(
            None,
            _(
                "There were too many wrong tries from here. Wait %(minutes)s minutes, and"
                " compare number and code with the receipt."
            )
            % {"minutes": throttle.WINDOW.seconds // 60},
        )
        return _door(request, form, goal, status=429)
    given = form.cleaned_data
    found = intake.matter_by_code(given["number"], given["code"])
    if found is None:
        if request.session.session_key is None:
            request.session.create()  # so that this browser can be told from others at its address
        throttle.count_wrong(request)
        form.add_error(
            None,
            _(
                "Number and query code do not fit together. Compare both with the receipt. If it"
                " is lost, the petition office finds your petition with your identity card."
            ),
        )
        return _door(request, form, goal)
    number = normal_number(given["number"]) or ""
    access.grant(request, found, number, request.now)
    return redirect(access.interrupted_at(request, number) or _target(given["go"], number))


@require_safe
@for_holder
def matter(request: PortalRequest) -> HttpResponse:
    """The matter: where it stands, what comes next, what was answered, what one can do."""
    sheet, words = sheet_of(request), Words.here()
    teller = Teller(sheet, request.right.number, words)
    state = sheet.line.state
    files, papers = files_told.of_entries(teller, request.right.matter), teller.papers()
    handed = {one.seq for one in papers}
    facts = {
        "number": request.right.number,
        "may_be_kept": may_be_kept(request, request.right.number),
        "own": teller.own_words(),
        "own_files": attached.shown(request, _own_files(request)),
        "state": words.label("state", state),
        "state_help": words.told("state", state),
        "holder": teller.unit(sheet.facts.holder),
        "duties": duties(sheet.clocks, words),
        "windows": windows(sheet.clocks, words),
        "together": together(sheet, request.now),
        "question": teller.question(),
        "papers": _with_files(request, papers, files),
        "stations": _with_files(
            request,
            teller.stations(),
            {seq: some for seq, some in files.items() if seq not in handed},
        ),
        "buttons": buttons(sheet, request.right.number, words),
        "supplement": reverse("portal:supplement", args=[request.right.number]),
    }
    return render(request, "portal/lookup/matter.html", facts)


@require_safe
@for_holder
def file(request: PortalRequest, file: int) -> HttpResponseBase:
    """One file, to look at or to keep. Raises Http404 for one that this browser may not see."""
    sheet = sheet_of(request)
    teller = Teller(sheet, request.right.number, Words.here())
    told = files_told.of_entries(teller, request.right.matter).values()
    seen = [*_own_files(request), *(one for some in told for one in some)]
    found = next((one for one in seen if one.id == file), None)
    return serving.answer(request, found or attached.drafted(request, file))


@require_safe
@for_holder
def paper(request: PortalRequest, seq: int) -> HttpResponse:
    """One answer or opinion by itself, to read, print or keep. Raises Http404 where there is none."""
    sheet, words = sheet_of(request), Words.here()
    papers = Teller(sheet, request.right.number, words).papers()
    found = next((one for one in papers if one.seq == seq), None)
    if found is None:
        raise Http404
    facts = {
        "number": request.right.number,
        "paper": found,
        "windows": windows(sheet.clocks, words) if found is papers[0] else [],
    }
    return render(request, "portal/lookup/paper.html", facts)


@require_POST
@portal_page
def end(request: PortalRequest) -> HttpResponse:
    """Closes the matter in this browser."""
    access.end(request)
    drafts.drop_all(request)
    forget_receipts(request.session)
    messages.info(
        request, _("The matter is closed in this browser. Number and query code open it again.")
    )
    return redirect("portal:home")


def _door(request: HttpRequest, form: LookupForm, goal: str, status: int = 200) -> HttpResponse:
    facts: dict[str, Any] = {"form": form}
    return render(request, _DOORS.get(goal, "portal/lookup/lookup.html"), facts, status=status)


def _with_files(
    request: PortalRequest,
    told: Sequence[Paper] | Sequence[Station],
    files: Mapping[int, Sequence[FileInfo]],
) -> list[tuple[Paper | Station, list[FileEntry]]]:
    """Each with the files that its entry names."""
    return [(one, attached.shown(request, files.get(one.seq, []))) for one in told]


def _own_files(request: PortalRequest) -> list[FileInfo]:
    """What came with the contact whose number and code were given."""
    contacts = intake.of_matter(request.right.matter)
    own = next((one.id for one in contacts if one.number == request.right.number), None)
    return files_told.of_contact(own) if own is not None else []


def _target(goal: str, number: str) -> str:
    return reverse(_GOALS.get(goal, "portal:matter"), args=[number])
