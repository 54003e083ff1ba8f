"""Keeping the books of a fund: opening it, adding to its budget, and the entries that requests make.

An entry is never changed. What was wrong is put right by another entry (`reduce`, or a return).
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from xinqiao.directory import queries as directory
from xinqiao.matters.queries import today
from xinqiao.relief.models import Entry, Fund
from xinqiao.rules.persons import Person, PersonKind, Role
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.rules.relief import ARTICLE
from xinqiao.rules.relief_books import (
    OF_BUDGET,
    Account,
    Balances,
    Kind,
    after,
    short_of,
    transfer,
)
from xinqiao.rules.units import UnitKind

_HEADS = frozenset({Role.HEAD})
#: A budget is entered for this year, for the next one, or late for the last.
_YEARS_AROUND = 1


def may_keep(by: Person, office: str) -> bool:
    """Whether somebody enters the budget of an office's fund: its head."""
    units = directory.units()
    is_office = office in units and units[office].kind is UnitKind.PETITION_OFFICE
    return is_office and (by.kind is PersonKind.SYSTEM or office in by.units(_HEADS))


@transaction.atomic
def open_fund(
    office: str, year: int, budget: Mapping[Account, int], document: str, *, by: Person, now: datetime
) -> int:  # fmt: skip
    """Opens the fund of an office for a year with its budget by source, in fen. Returns its id.

    `document` names the paper that grants it. Raises Refused: not theirs, there already, or a year too far away.
    """
    _keeper(by, office)
    this = today(now).year
    if abs(year - this) > _YEARS_AROUND:
        span = {"first": str(this - _YEARS_AROUND), "last": str(this + _YEARS_AROUND)}
        raise Refused(Refusal("relief_year_far", ARTICLE, span))
    try:
        with transaction.atomic():
            fund = Fund.objects.create(
                office=office, year=year, opened_at=now, opened_by=by.account
            )
    except IntegrityError as error:
        raise Refused(Refusal("relief_fund_exists", ARTICLE, {"year": str(year)})) from error
    for source, amount in budget.items():
        if amount:
            line_up(fund=fund.pk)
            post(fund.pk, Kind.BUDGET, amount, source=source, document=document, by=by, now=now)
    return fund.pk


@transaction.atomic
def add(
    fund_id: int, kind: Kind, source: Account, amount: int, document: str, *, by: Person, now: datetime
) -> None:  # fmt: skip
    """Adds to the budget of a fund (`supplement`), or takes away what is still available (`reduce`).

    Raises Refused.
    """
    fund = Fund.objects.filter(pk=fund_id).first()
    if fund is None or kind not in OF_BUDGET:
        raise Refused(Refusal("not_found"))
    _keeper(by, fund.office)
    line_up(fund=fund_id)
    post(fund_id, kind, amount, source=source, document=document, by=by, now=now)


def line_up(*, fund: int | None = None, office: str = "", year: int = 0) -> int | None:
    """Takes the row of a fund until the transaction ends: whoever comes second waits. None where there is no such fund.

    An update that changes nothing takes it on PostgreSQL; on SQLite whoever began the transaction has taken all.
    """
    rows = Fund.objects.filter(pk=fund) if fund else Fund.objects.filter(office=office, year=year)
    if not rows.update(entries=F("entries")):
        return None
    return rows.values_list("pk", flat=True).get()


def post(
    fund: int, kind: Kind, amount: int, *, source: Account | None = None, request: int | None = None,
    document: str = "", by: Person, now: datetime,
) -> None:  # fmt: skip
    """Writes one entry after the last; the caller has lined up.

    Raises Refused when an account does not hold so much.
    """
    last = Entry.objects.filter(fund_id=fund).order_by("-seq").first()
    moved = transfer(kind, amount, source)
    before = balances_of(last)
    refusal = short_of(before, moved)
    if refusal is not None:
        raise Refused(refusal)
    seq = last.seq + 1 if last else 1
    Entry.objects.create(
        fund_id=fund, seq=seq, kind=kind, debit=moved.debit, credit=moved.credit, amount=amount,
        request_id=request, at=now, account=by.account, document=document,
        **after(before, moved).as_dict(),
    )  # fmt: skip
    Fund.objects.filter(pk=fund).update(entries=seq)


def balances_of(entry: Entry | None) -> Balances:
    """What stands on the accounts after this entry; nothing on any before the first."""
    if entry is None:
        return Balances()
    return Balances(**{name: getattr(entry, name) for name in Balances.__dataclass_fields__})


def _keeper(by: Person, office: str) -> None:
    if not may_keep(by, office):
        raise Refused(Refusal("relief_not_keeper", ARTICLE))
