"""One request with its way; approving, refusing, paying and the rest; the paper of the decision."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from xinqiao.audit import actions as audit
from xinqiao.audit.kinds import AuditAction
from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.matter import attached
from xinqiao.desk.matter.fields import Setting
from xinqiao.desk.matter.told import Happening, told
from xinqiao.desk.relief.forms import MoveForm, hands_said, step_of
from xinqiao.directory import queries as directory
from xinqiao.evidence import actions as evidence
from xinqiao.matters import queries as matters
from xinqiao.matters.queries import Sheet, Told, today
from xinqiao.people import queries as people
from xinqiao.relief import actions, queries
from xinqiao.relief.values import RequestSheet
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.rules.relief import PATHS, STEPS, State

_CONFLICT, _UNFIT = 409, 422
_ACTIONS = {
    "check_relief": actions.check,
    "approve_relief": actions.approve,
    "refuse_relief": actions.refuse,
    "drop_relief": actions.drop,
    "pay_relief": actions.pay,
    "return_relief": actions.give_back,
}
_DECIDED = frozenset({State.APPROVED, State.PAID, State.RETURNED})


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A request with its matter and what the ledger says of it."""

    sheet: RequestSheet
    matter: Sheet
    entries: Sequence[Told]

    @property
    def asked(self) -> Told:
        """The entry with which it was asked for."""
        return self.entries[0]


@require_safe
@for_working_posts
def request_page(request: DeskRequest, request_id: int) -> HttpResponse:
    """What was asked for, its way so far, and what the person may do."""
    opened = _opened(request, request_id)
    return render(request, "desk/relief/request.html", _facts(request, opened))


@require_http_methods(["GET", "HEAD", "POST"])
@for_working_posts
def move(request: DeskRequest, request_id: int, move: str) -> HttpResponse:
    """One move of a request: asked for by GET, made by POST."""
    if move not in _ACTIONS:
        raise Http404
    opened = _opened(request, request_id)
    refusal = _refusal(opened.sheet, move)
    if refusal is not None:
        status = 403 if refusal.code == "relief_not_yours" else _CONFLICT
        facts = _facts(request, opened) | {"why_not": request.names.say(refusal)}
        return render(request, "desk/relief/request.html", facts, status=status)
    form = _form(request, opened, move)
    if request.method != "POST":
        return _show(request, opened, move, form)
    valid = form.is_valid()
    if form.takes_files:
        chosen = form.cleaned_data.get(attached.FIELD) or []
        before = request.POST.getlist(attached.HELD)
        form.hold(attached.hold(chosen, before, by=request.person, now=request.now))
    if not valid or form.errors:
        return _show(request, opened, move, form, _UNFIT)
    return _made(request, opened, move, form)


def _made(request: DeskRequest, opened: Opened, move: str, form: MoveForm) -> HttpResponse:
    try:
        with transaction.atomic():
            files = [file.id for file in form.held.files]
            evidence.hand_over(files, to=attached.of_matter(opened.sheet.line.matter))
            _ACTIONS[move](opened.sheet.line.id, **form.given(), by=request.person, now=request.now)  # type: ignore[operator]
    except Refused as refused:
        fields = {"relief_proof_missing": attached.FIELD, "date_in_future": "paid_on"}
        at = fields.get(refused.refusal.code, "amount_fen")
        form.add_error(at if at in form.fields else None, request.names.say(refused.refusal))
        return _show(request, opened, move, form, _CONFLICT)
    messages.success(request, f"{opened.sheet.line.number} · {request.names.done(move)}")
    return redirect("desk:relief_request", opened.sheet.line.id)


@require_safe
@for_working_posts
def decision(request: DeskRequest, request_id: int) -> HttpResponse:
    """The decision as a paper for printing. Raises Http404 as long as nothing was approved."""
    opened = _opened(request, request_id)
    if opened.sheet.line.state not in _DECIDED:
        raise Http404
    approved = next(one for one in opened.entries if one.step == "approve_relief")
    facts = _facts(request, opened) | {"approved": approved}
    return render(request, "desk/relief/decision.html", facts)


def _opened(request: DeskRequest, request_id: int) -> Opened:
    """Raises Http404 for a request that does not exist for the person."""
    sheet = queries.sheet(request.person, request_id, request.now)
    matter = matters.sheet(request.person, sheet.line.matter, request.now) if sheet else None
    if sheet is None or matter is None:
        raise Http404
    if request.method != "POST":
        audit.record(
            AuditAction.VIEWED, now=request.now, by_account=request.account,
            unit=min(request.person.units(), default=""), object_kind="matter", object_id=sheet.line.matter,
        )  # fmt: skip
    entries = [
        one
        for one in matter.entries
        if one.step in STEPS and one.payload.get("relief") == request_id
    ]
    return Opened(sheet=sheet, matter=matter, entries=entries)


def _facts(request: DeskRequest, opened: Opened) -> dict[str, Any]:
    names, sheet = request.names, opened.sheet
    files = attached.files_named(sheet.line.matter, opened.entries)
    accounts = (sheet.requested_by, sheet.checked_by, sheet.approved_by, sheet.paid_by)
    people_names = directory.account_names([one for one in accounts if one])
    return {
        "sheet": sheet,
        "line": sheet.line,
        "who": people.masked([sheet.petitioner]).get(sheet.petitioner),
        "before": _help_before(request, opened),
        "said": opened.asked.texts,
        "paths": [_path(path, opened.asked, request) for path in PATHS],
        "way": _way(opened, request, files),
        "approvals": hands_said(sheet.approvals, names),
        "offered": [(move, refusal and names.say(refusal, with_article=False)) for move, refusal in sheet.offered],
        "hands": {field: people_names.get(account or 0, "") for field, account in zip(
            ("requested_by", "checked_by", "approved_by", "paid_by"), accounts, strict=True)},
        "decided": sheet.line.state in _DECIDED,
        "left": sheet.line.amount - sheet.line.returned,
    }  # fmt: skip


def _help_before(request: DeskRequest, opened: Opened) -> Sequence[Any]:
    """Other help for the same need of the same person: told as little as the rules allow."""
    found = queries.help_before(
        opened.sheet.petitioner, opened.sheet.line.need, person=request.person, now=request.now,
        but=opened.sheet.line.id,
    )  # fmt: skip
    return found[:5]


def _path(path: str, asked: Told, request: DeskRequest) -> tuple[str, str, str]:
    """A path of the law: its name, yes or no, and what was found."""
    names = request.names
    why = asked.texts.get(f"{path}_why") or ""
    return names.word("field", path), names.yes_no(bool(asked.payload.get(path))), why


def _way(opened: Opened, request: DeskRequest, files: Any) -> list[Happening]:
    """The entries about this request, the latest first; what was asked for stands above and is not told again."""
    first, *others = told(opened.entries, request.names, files)
    return [replace(first, texts=[], facts=[]), *others][::-1]


def _refusal(sheet: RequestSheet, move: str) -> Refusal | None:
    """What the rules say to this move now; one that its state does not know is refused with that state."""
    known = dict(sheet.offered)
    wrong = Refusal("relief_wrong_state", "37", {"relief_state": str(sheet.line.state)})
    return known.get(move) if move in known else wrong


def _form(request: DeskRequest, opened: Opened, move: str) -> MoveForm:
    setting = Setting(
        sheet=opened.matter, step=step_of(move), names=request.names, today=today(request.now)
    )
    posted = request.method == "POST"
    data, files = (request.POST, request.FILES) if posted else (None, None)
    return MoveForm(setting, _initial(opened.sheet, move, today(request.now)), data, files)


def _initial(sheet: RequestSheet, move: str, day: date) -> dict[str, Any]:
    left = sheet.line.amount - sheet.line.returned
    amount = {"approve_relief": sheet.line.amount, "return_relief": left}.get(move)
    return {"amount_fen": amount, "paid_on": day}


def _show(
    request: DeskRequest, opened: Opened, move: str, form: MoveForm, status: int = 200
) -> HttpResponse:
    facts = _facts(request, opened) | {"form": form, "move": move}
    return render(request, "desk/relief/move.html", facts, status=status)
