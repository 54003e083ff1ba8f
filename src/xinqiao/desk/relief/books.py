"""The funds with what is left, year beside year; the books of one; its budget; all of it to print and to take away."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xinqiao.desk import exports
from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.relief.forms import BudgetForm, FundForm
from xinqiao.directory import queries as directory
from xinqiao.matters.queries import today
from xinqiao.relief import books, queries
from xinqiao.relief.values import EntryLine, FundLine
from xinqiao.rules.money import in_yuan, yuan
from xinqiao.rules.refusals import Refused
from xinqiao.rules.relief_books import DEBIT_SIDE, SOURCES, Account, Kind
from xinqiao.ui import by_key
from xinqiao.ui.jinja import draw
from xinqiao.ui.typed import whole_number

PAGE = 50
_METHODS = ["GET", "HEAD", "POST"]
_CONFLICT, _UNFIT = 409, 422
_CHUNK = 500
_COLUMNS = (*SOURCES, *DEBIT_SIDE, Account.RETURNED)
#: How wide the bar of a fund is drawn, in units of its own picture.
_WIDTH = 1000


@require_safe
@for_working_posts
def funds(request: DeskRequest) -> HttpResponse:
    """All funds that the person reads, the latest year first, beside each other."""
    lines = queries.fund_lines(request.person, request.now)
    facts = {
        "funds": [(line, bar(line)) for line in lines],
        "keeps": kept_offices(request),
        "reads": bool(queries.offices_seen(request.person, request.now)),
    }
    return render(request, "desk/relief/funds.html", facts)


def bar(line: FundLine) -> list[tuple[str, int, int]]:
    """The parts of the money that came in, for drawing: paid, reserved, available, each with its start and width."""
    stands = line.balances
    whole = max(stands.received, 1)
    parts, start = [], 0
    for name, amount in (
        ("paid", stands.spent),
        ("reserved", stands.reserved),
        ("available", stands.available),
    ):
        width = amount * _WIDTH // whole
        parts.append((name, start, width))
        start += width
    return parts  # fmt: skip


@require_safe
@for_working_posts
def fund(request: DeskRequest, fund_id: int) -> HttpResponse:
    """One fund: what stands on its accounts, and its books, the latest first."""
    line = _fund(request, fund_id)
    before = whole_number(request.GET.get("before", ""), 17)
    found = queries.entries(request.person, fund_id, request.now, before=before, most=PAGE + 1)
    rows = found[:PAGE]
    previous, following = by_key.neighbours(
        request.GET, "before", rows[-1].seq if len(found) > PAGE else None
    )
    facts = _fund_facts(request, line) | {
        "rows": _drawn(request, rows),
        "previous": previous,
        "following": following,
        "keeps": line.office in kept_offices(request),
    }
    return render(request, "desk/relief/fund.html", facts)


@require_safe
@for_working_posts
def print_books(request: DeskRequest, fund_id: int) -> HttpResponse:
    """The whole book of a fund on one page, oldest first, for printing and signing."""
    line = _fund(request, fund_id)
    rows = list(_all(request, fund_id))[::-1]
    facts = _fund_facts(request, line) | {"rows": _drawn(request, rows)}
    return render(request, "desk/relief/books_print.html", facts)


@require_http_methods(_METHODS)
@for_working_posts
def open_fund(request: DeskRequest) -> HttpResponse:
    """Opens the fund of an office for a year with its budget."""
    offices = kept_offices(request)
    if not offices:
        raise PermissionDenied
    form = FundForm(request.names, offices, today(request.now).year, request.POST or None)
    status = 200
    if request.method == "POST":
        status = _UNFIT
        if form.is_valid():
            said = form.cleaned_data
            try:
                made = books.open_fund(
                    said["office"], said["year"], form.budget(), said["document"],
                    by=request.person, now=request.now,
                )  # fmt: skip
            except Refused as refused:
                form.add_error("year", request.names.say(refused.refusal))
                status = _CONFLICT
            else:
                messages.success(request, _("The fund is open."))
                return redirect("desk:relief_fund", made)
    return render(request, "desk/relief/fund_form.html", {"form": form}, status=status)


@require_http_methods(_METHODS)
@for_working_posts
def add(request: DeskRequest, fund_id: int) -> HttpResponse:
    """Adds to the budget of a fund, or takes from it."""
    line = _fund(request, fund_id)
    if line.office not in kept_offices(request):
        raise PermissionDenied
    form = BudgetForm(request.names, request.POST or None)
    status = 200
    if request.method == "POST":
        status = _UNFIT
        if form.is_valid():
            said = form.cleaned_data
            try:
                books.add(
                    fund_id, Kind(said["kind"]), Account(said["source"]), said["amount"], said["document"],
                    by=request.person, now=request.now,
                )  # fmt: skip
            except Refused as refused:
                form.add_error("amount", request.names.say(refused.refusal))
                status = _CONFLICT
            else:
                messages.success(request, _("Entered in the books."))
                return redirect("desk:relief_fund", fund_id)
    facts = {"form": form, "fund": line}
    return render(request, "desk/relief/fund_form.html", facts, status=status)


@require_safe
@for_working_posts
def export_funds(request: DeskRequest) -> HttpResponseBase:
    """The funds, year beside year, as an Excel file."""
    exports.note_export(request, "relief:funds")
    names = request.names
    headings = [
        names.word("field", "relief_office"), _("Year"),
        *(names.word("relief_account", one) for one in _COLUMNS), _("Requests"), _("Helped"),
    ]  # fmt: skip
    rows = (_fund_cells(request, line) for line in queries.fund_lines(request.person, request.now))
    return exports.sheet_response(_("Hardship funds"), headings, rows)


def _fund_cells(request: DeskRequest, line: FundLine) -> list[exports.Cell]:
    stands = line.balances.as_dict()
    return [
        request.names.unit(line.office), line.year, *(in_yuan(stands[one]) for one in _COLUMNS), line.asked,
        line.helped,
    ]  # fmt: skip


@require_safe
@for_working_posts
def export_books(request: DeskRequest, fund_id: int) -> HttpResponseBase:
    """The books of a fund as an Excel file, the latest first."""
    line = _fund(request, fund_id)
    exports.note_export(request, f"relief:books:{line.office}:{line.year}")
    names = request.names
    headings = [
        _("No."), _("When"), _("What"), _("Debit"), _("Credit"), names.word("field", "amount_fen"), _("Matter"),
        _("Number of the paper"), *(names.word("relief_account", one) for one in DEBIT_SIDE),
    ]  # fmt: skip
    title = _("Books of the fund %(year)s") % {"year": line.year}
    return exports.sheet_response(title, headings, _book_cells(request, fund_id))


def _book_cells(request: DeskRequest, fund_id: int) -> Iterator[list[exports.Cell]]:
    names = request.names
    for one in _all(request, fund_id):
        stands = one.balances.as_dict()
        yield [
            one.seq, one.at, names.word("relief_entry", one.kind), names.word("relief_account", one.debit),
            names.word("relief_account", one.credit), in_yuan(one.amount), one.number, one.document,
            *(in_yuan(stands[account]) for account in DEBIT_SIDE),
        ]  # fmt: skip


def _all(request: DeskRequest, fund_id: int) -> Iterator[EntryLine]:
    before: int | None = None
    while True:
        found = queries.entries(request.person, fund_id, request.now, before=before, most=_CHUNK)
        yield from found
        if len(found) < _CHUNK:
            return
        before = found[-1].seq


def _fund(request: DeskRequest, fund_id: int) -> FundLine:
    """Raises Http404 for a fund whose books the person does not read."""
    line = queries.fund(request.person, fund_id, request.now)
    if line is None:
        raise Http404
    return line


def _fund_facts(request: DeskRequest, line: FundLine) -> dict[str, Any]:
    stands = line.balances.as_dict()
    return {
        "fund": line,
        "bar": bar(line),
        "sources": [(one, stands[one]) for one in SOURCES],
        "stands": [(one, stands[one]) for one in (*DEBIT_SIDE, Account.RETURNED)],
    }


def _drawn(request: DeskRequest, rows: list[EntryLine]) -> str:
    accounts = directory.account_names([one.account for one in rows if one.account])
    return (
        draw("desk/relief/entries.html", request, rows=rows, yuan=yuan, accounts=accounts)
        if rows
        else ""
    )


def kept_offices(request: DeskRequest) -> list[str]:
    """The offices whose budget the person enters."""
    return sorted(one for one in request.person.units() if books.may_keep(request.person, one))
