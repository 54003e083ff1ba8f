"""The verbs of a request: each is a step on the ledger of its matter, and where money moves an entry in the books.

Row, step and entry are written in one transaction. Whoever moves money takes the row of the fund first: two people at
once stand in line there, and the second sees what the first has left.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from xinqiao.evidence import queries as evidence
from xinqiao.evidence.values import MATTER, Owner
from xinqiao.intake import queries as intake
from xinqiao.matters import actions as matters
from xinqiao.matters import queries as sheets
from xinqiao.people import queries as people
from xinqiao.relief import books, queries
from xinqiao.relief.limits import limits
from xinqiao.relief.models import Request
from xinqiao.relief.values import PAYMENT, Wanted
from xinqiao.rules import relief
from xinqiao.rules.matters import acting_unit, may_take
from xinqiao.rules.money import yuan
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.rules.relief import Attempt, Hand, State
from xinqiao.rules.relief_books import Kind
from xinqiao.rules.table import STEPS

_A = relief.ARTICLE


@transaction.atomic
def request(matter_id: int, wanted: Wanted, *, by: Person, now: datetime) -> int:
    """Asks for help from a fund on a matter (art. 37). Returns the id of the request.

    Raises Refused: the law gives help by another path, the fund is not that of the place, nobody could approve, the
    same person has a request for this need under way, or was helped before and nothing says why again.
    """
    sheet = sheets.sheet(by, matter_id, now)
    if sheet is None:
        raise Refused(Refusal("not_found"))
    paths = {name: gives for name, (gives, _) in wanted.paths.items()}
    _refuse(relief.may_request(by, paths))
    if wanted.office not in queries.offices_for(sheet.facts.region, now):
        raise Refused(Refusal("relief_wrong_fund", _A))
    row = _new_row(matter_id, wanted, by=by, now=now)
    step = STEPS["request_relief"]
    _refuse(may_take(step, replace(sheet.case, fields=_told(row, wanted))))
    _not_helped_twice(wanted, by=by, now=now)
    row.unit = acting_unit(step, sheet.case)
    row.hands = sorted(_hands(by, row.unit))
    _create(row)
    matters.take(matter_id, step.name, _told(row, wanted), by=by, now=now, unit=row.unit)
    return row.pk


def _new_row(matter_id: int, wanted: Wanted, *, by: Person, now: datetime) -> Request:
    """The row of a request, with whose approvals it needs."""
    approvals = limits().approvals(wanted.amount)
    government = queries.government_of(wanted.office)
    if Hand.GOVERNMENT_HEAD in approvals and not government:
        raise Refused(Refusal("relief_no_government", _A))
    contacts = [line.id for line in intake.of_matter(matter_id)]
    if wanted.petitioner not in people.petitioners_of(contacts):
        raise Refused(Refusal("relief_not_petitioner", _A))
    row = Request(
        matter_id=matter_id, petitioner=wanted.petitioner,
        person=people.cards_of_same_person(wanted.petitioner)[0], office=wanted.office,
        government=government if Hand.GOVERNMENT_HEAD in approvals else "",
        need=wanted.need, asked=wanted.amount, amount=wanted.amount, state=State.REQUESTED,
        requested_by=by.account or 0, requested_at=now, approvals=list(approvals),
    )  # fmt: skip
    _turn(row, approvals[0])
    return row


def _not_helped_twice(wanted: Wanted, *, by: Person, now: datetime) -> None:
    """The same need of the same person: one request at a time, and a reason for helping again."""
    if queries.is_pending(wanted.petitioner, wanted.need):
        raise Refused(Refusal("relief_pending", _A))
    before = queries.help_before(wanted.petitioner, wanted.need, person=by, now=now)
    if before and not wanted.again_why.strip():
        facts = {"day": before[0].day.isoformat(), "amount": yuan(before[0].amount)}
        raise Refused(Refusal("relief_given_before", _A, facts))


def _create(row: Request) -> None:
    """Writes the row; of two offices that ask at the very same time, the database lets one through."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(Refusal("relief_pending", _A)) from error


def _told(row: Request, wanted: Wanted) -> dict[str, Any]:
    """The request as the ledger of the matter keeps it; texts stand beside the ledger, by themselves."""
    said: dict[str, Any] = {
        "relief": row.pk or 0, "relief_office": row.office, "relief_need": row.need, "amount_fen": row.amount,
        "hardship": wanted.hardship, "again_why": wanted.again_why, "relief_government": row.government,
        "files": list(wanted.files),
    }  # fmt: skip
    for name, (gives, why) in wanted.paths.items():
        said |= {name: gives, f"{name}_why": why}
    return {name: value for name, value in said.items() if value not in ("", [])}


def check(request_id: int, *, reason: str = "", by: Person, now: datetime) -> None:
    """Gives the first of two approvals. Raises Refused."""
    _move(request_id, "check_relief", {"reason": reason}, by=by, now=now)


def approve(
    request_id: int, *, amount: int | None = None, reason: str = "", by: Person, now: datetime
) -> None:
    """Gives the last approval, for `amount` fen (what was asked for, or less), and reserves the money.

    Raises Refused, also when the fund of this year is not there or does not hold so much.
    """
    granted = _row(request_id).amount if amount is None else amount
    fields = {"amount_fen": granted, "reason": reason}
    _move(request_id, "approve_relief", fields, by=by, now=now)


def refuse(request_id: int, *, reason: str, by: Person, now: datetime) -> None:
    """Does not approve, and says why. Raises Refused."""
    _move(request_id, "refuse_relief", {"reason": reason}, by=by, now=now)


def drop(request_id: int, *, reason: str, by: Person, now: datetime) -> None:
    """Takes a request back that was not paid; what was reserved becomes available. Raises Refused."""
    _move(request_id, "drop_relief", {"reason": reason}, by=by, now=now)


def pay(
    request_id: int, *, paid_on: date, files: list[str], by: Person, now: datetime
) -> None:  # fmt: skip
    """Records the payment of what was approved, once and whole; `files` are SHA-256 of its proof. Raises Refused."""
    fields = {"amount_fen": _row(request_id).amount, "paid_on": paid_on, "files": files}
    _move(request_id, "pay_relief", fields, by=by, now=now)


def give_back(
    request_id: int, *, amount: int, reason: str, files: list[str], by: Person, now: datetime
) -> None:
    """Records that `amount` fen of what was paid came back into the fund. Raises Refused."""
    fields = {"amount_fen": amount, "reason": reason, "files": files or None}
    _move(request_id, "return_relief", fields, by=by, now=now)


@dataclass(frozen=True, kw_only=True)
class _Moving:
    """One move of a request under way."""

    row: Request
    fields: Mapping[str, Any]
    by: Person
    now: datetime
    fund: int | None


@transaction.atomic
def _move(request_id: int, name: str, fields: dict[str, Any], *, by: Person, now: datetime) -> None:
    """The one way of a request from one state to the next: rules, row, books and ledger, all or nothing."""
    fund = _fund_in_line(request_id, name, now)
    row = _row(request_id)
    if not sheets.exists_for(by, row.matter_id, now):
        raise Refused(Refusal("not_found"))
    attempt = Attempt(asked=queries.asked(row), person=by, today=sheets.today(now), fields=fields)
    _refuse(relief.may(name, attempt))
    _refuse(_no_such_file(row, fields))
    _needs_fund(name, row, fund, now)
    unit = relief.acting_unit(_by(name, row), attempt)
    seen: dict[str, Any] = {"state": row.state, "returned": row.returned}
    row.hands = sorted({*row.hands, *_hands(by, unit)})
    _CHANGES[name](_Moving(row=row, fields=fields, by=by, now=now, fund=fund))
    _replace(row, seen)
    if fund is not None and (entry := _entry(name, seen["state"])) is not None:
        amount = fields.get("amount_fen", row.amount)
        books.post(fund, entry, amount, request=row.pk, by=by, now=now)
    given = {"relief": row.pk, **fields}
    matters.take(row.matter_id, name, given, by=by, now=now, unit=unit)


def _no_such_file(row: Request, fields: Mapping[str, Any]) -> Refusal | None:
    """A proof is a file that lies with the matter, not a name of one."""
    named = set(fields.get("files") or ())
    if not named:
        return None
    kept = {file.sha256 for file in evidence.files_of(Owner(kind=MATTER, id=row.matter_id))}
    return None if named <= kept else Refusal("relief_proof_missing", _A)


def _by(name: str, row: Request) -> tuple[Hand, ...]:
    move = relief.BY_NAME[name]
    return (Hand(row.approvals[0]),) if move.approver else move.by


def _entry(name: str, state_before: str) -> Kind | None:
    """The entry that a move makes; a request that was never approved has nothing to release."""
    books_of = relief.BY_NAME[name].books
    nothing_reserved = name == "drop_relief" and state_before != State.APPROVED
    return Kind(books_of) if books_of and not nothing_reserved else None


def _fund_in_line(request_id: int, name: str, now: datetime) -> int | None:
    """The fund that the move is about, taken by whoever comes first; None where no money moves."""
    if not relief.BY_NAME[name].books:
        return None
    row = _row(request_id)
    if name == "approve_relief":
        return books.line_up(office=row.office, year=sheets.today(now).year)
    return books.line_up(fund=row.fund_id) if row.fund_id else None


def _needs_fund(name: str, row: Request, fund: int | None, now: datetime) -> None:
    if name == "approve_relief" and fund is None:
        year = {"year": str(sheets.today(now).year), "unit": row.office}
        raise Refused(Refusal("relief_no_fund", _A, year))


def _checked(moving: _Moving) -> None:
    row = moving.row
    row.state, row.checked_by = State.CHECKED, moving.by.account
    row.approvals = row.approvals[1:]
    _turn(row, Hand(row.approvals[0]))


def _approved(moving: _Moving) -> None:
    row = moving.row
    row.state, row.approved_by, row.approved_at = State.APPROVED, moving.by.account, moving.now
    row.amount, row.fund_id, row.approvals = moving.fields["amount_fen"], moving.fund, []
    row.waits_for, row.waits_unit = PAYMENT, row.office


def _ended(state: State) -> Callable[[_Moving], None]:
    def end(moving: _Moving) -> None:
        moving.row.state, moving.row.approvals = state, []
        moving.row.waits_for = moving.row.waits_unit = ""

    return end


def _paid(moving: _Moving) -> None:
    row = moving.row
    row.state, row.paid_by, row.paid_on = State.PAID, moving.by.account, moving.fields["paid_on"]
    row.waits_for = row.waits_unit = ""


def _returned(moving: _Moving) -> None:
    row = moving.row
    row.returned += moving.fields["amount_fen"]
    if row.returned == row.amount:
        row.state = State.RETURNED


_CHANGES: Mapping[str, Callable[[_Moving], None]] = {
    "check_relief": _checked,
    "approve_relief": _approved,
    "refuse_relief": _ended(State.REFUSED),
    "drop_relief": _ended(State.DROPPED),
    "pay_relief": _paid,
    "return_relief": _returned,
}


def _turn(row: Request, hand: Hand) -> None:
    row.waits_for = hand
    row.waits_unit = relief.unit_of(hand, queries.asked(row))


def _replace(row: Request, seen: Mapping[str, Any]) -> None:
    """Writes the row only if it still is as it was read."""
    changed = {
        field.attname: getattr(row, field.attname)
        for field in Request._meta.concrete_fields
        if not field.primary_key
    }
    if not Request.objects.filter(pk=row.pk, **seen).update(**changed):
        raise Refused(Refusal("acted_meanwhile"))


def _row(request_id: int) -> Request:
    row = Request.objects.filter(pk=request_id).first()
    if row is None:
        raise Refused(Refusal("not_found"))
    return row


def _hands(by: Person, unit: str) -> set[int]:
    """The account that acts, and those for whom it may stand in at this unit."""
    lent = {post.instead_of for post in by.posts if post.unit == unit}
    return {one for one in {by.account, *lent} if one is not None}


def _refuse(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise Refused(refusal)
