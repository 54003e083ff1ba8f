"""Proving the books: entries follow from each other, requests and entries agree, and both with the ledger."""

from collections.abc import Iterator, Mapping, Sequence

from django.db import connection

from xinqiao.matters import queries as matters
from xinqiao.matters.checks import Fault
from xinqiao.relief.books import balances_of
from xinqiao.relief.guard import is_guarded
from xinqiao.relief.models import Entry, Fund, Request
from xinqiao.rules.relief import State
from xinqiao.rules.relief_books import Account, Balances, Kind, Transfer, after

#: The entries that a request has made when it stands here; a dropped one may have been approved before.
_ENTRIES: Mapping[State, Sequence[list[Kind]]] = {
    State.REQUESTED: [[]],
    State.CHECKED: [[]],
    State.REFUSED: [[]],
    State.APPROVED: [[Kind.RESERVE]],
    State.DROPPED: [[], [Kind.RESERVE, Kind.RELEASE]],
    State.PAID: [[Kind.RESERVE, Kind.PAY]],
    State.RETURNED: [[Kind.RESERVE, Kind.PAY]],
}
#: The step on the ledger of the matter for each entry of a request; lifting a reservation is part of dropping it.
_STEPS = {
    Kind.RESERVE: "approve_relief",
    Kind.PAY: "pay_relief",
    Kind.RETURN: "return_relief",
}


def verify() -> Iterator[Fault]:
    """Every fault of the books, none when they are right: checks all funds and all requests."""
    if not is_guarded(connection):
        yield _fault(
            "books_unguarded", "-", 0, "the books can be written at will; run: xinqiao init"
        )
    for fund in Fund.objects.order_by("id").iterator():
        yield from _check_fund(fund)
    for request in Request.objects.select_related("matter").order_by("id").iterator():
        yield from _check_request(request)


def _check_fund(fund: Fund) -> Iterator[Fault]:
    """The numbers run on, and the balances are those that the entries lead to, added up anew from the first."""
    name, stands, number = f"fund {fund.office} {fund.year}", Balances(), 0
    for entry in Entry.objects.filter(fund=fund).order_by("seq").iterator():
        number += 1
        stands = after(stands, _transfer(entry))
        if entry.seq != number:
            yield _fault("books_gap", name, entry.seq, f"entry {number} is missing")
            return
        if stands != balances_of(entry):
            yield _fault("books_balance", name, entry.seq, "the balances do not follow")
            return
        if not stands.balanced or min(stands.as_dict().values()) < 0 or stands.spent < 0:
            yield _fault("books_unbalanced", name, entry.seq, "the two sides differ, or one is below zero")  # fmt: skip
    if number != fund.entries:
        yield _fault("books_count", name, number, f"{fund.entries} entries are counted")


def _transfer(entry: Entry) -> Transfer:
    return Transfer(
        kind=Kind(entry.kind), debit=Account(entry.debit), credit=Account(entry.credit), amount=entry.amount
    )  # fmt: skip


def _check_request(request: Request) -> Iterator[Fault]:
    """The entries are those of its state, with its amount, and each stands on the ledger of the matter."""
    number = request.matter.number
    entries = list(Entry.objects.filter(request=request).order_by("id"))
    kinds = [Kind(entry.kind) for entry in entries if entry.kind != Kind.RETURN]
    if kinds not in _ENTRIES[State(request.state)]:
        said = f"request {request.pk} is {request.state}, its entries are {kinds}"
        yield _fault("books_request", number, 0, said)
    moved = {entry.amount for entry in entries if entry.kind != Kind.RETURN}
    returned = sum(entry.amount for entry in entries if entry.kind == Kind.RETURN)
    if moved - {request.amount} or returned != request.returned:
        yield _fault("books_amount", number, 0, f"request {request.pk} and its entries name other amounts")  # fmt: skip
    told = _on_ledger(request)
    written = sorted((_STEPS[Kind(one.kind)], one.amount) for one in entries if one.kind in _STEPS)
    if sorted(told) != written:
        said = f"request {request.pk}: the ledger of the matter tells otherwise"
        yield _fault("books_ledger", number, 0, said)


def _on_ledger(request: Request) -> list[tuple[str, int]]:
    """The steps about money that the matter's ledger has of this request, with their amounts."""
    return [
        (entry.step, entry.payload["amount_fen"])
        for entry in matters.told(request.matter_id)
        if entry.step in _STEPS.values() and entry.payload["relief"] == request.pk
    ]


def _fault(code: str, number: str, seq: int, detail: str) -> Fault:
    return Fault(code=code, number=number, seq=seq, detail=detail)
