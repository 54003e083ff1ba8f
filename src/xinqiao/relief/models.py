"""The hardship fund: a fund for each office and year, its books, and the requests. Amounts are whole fen.

The words of a request stand on the ledger of its matter. There is no field for a promise to stop petitioning.
"""

from functools import reduce
from operator import or_
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from xinqiao.rules import relief
from xinqiao.rules import relief_books as books

_CODE = 12
_STATES = [state.value for state in relief.State]
_TRANSFERS = reduce(
    or_,
    (
        Q(kind=kind.value, debit=debit.value, credit=credit.value)
        for kind, pairs in books.TRANSFERS.items()
        for debit, credit in sorted(pairs)
    ),
)
#: Both sides are equal: what came in, and back, is available, reserved or paid.
_BALANCED = Q(
    available=F("fiscal") + F("superior") + F("donated") + F("returned") - F("reserved") - F("paid")
)
_NOT_BELOW_ZERO = Q(
    fiscal__gte=0, superior__gte=0, donated__gte=0, available__gte=0, reserved__gte=0, returned__gte=0,
    paid__gte=F("returned"),
)  # fmt: skip
_OF_BUDGET = Q(kind__in=sorted(kind.value for kind in books.OF_BUDGET))


class Fund(models.Model):
    """The fund of a petition office in one year. `entries` counts its books: who adds to them takes this row first."""

    office = models.CharField(max_length=60)
    year = models.SmallIntegerField()
    entries = models.IntegerField(default=0)
    opened_at = models.DateTimeField()
    opened_by = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "year"], name="relief_fund_once"),
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.year}"


class Request(models.Model):
    """Help asked for on a matter, for one of its petitioners: where it stands. Its way is told by the matter's ledger.

    `petitioner` is the card, `person` the oldest card of the same person by blind index. `hands` are the accounts that
    took part, with those they stood in for. `asked` is what was asked for, `amount` what was granted, as long as nobody
    granted less the same. `waits_for` (a hand, or `payment`) and `waits_unit` say whose turn it is.
    """

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="+")
    petitioner = models.BigIntegerField()
    person = models.BigIntegerField()
    office = models.CharField(max_length=60)
    government = models.CharField(max_length=60, blank=True)
    unit = models.CharField(max_length=60)
    need = models.CharField(max_length=_CODE)
    asked = models.BigIntegerField()
    amount = models.BigIntegerField()
    state = models.CharField(max_length=_CODE)
    hands = models.JSONField(default=list)
    requested_by = models.BigIntegerField()
    requested_at = models.DateTimeField()
    checked_by = models.BigIntegerField(null=True)
    approved_by = models.BigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)
    paid_by = models.BigIntegerField(null=True)
    paid_on = models.DateField(null=True)
    returned = models.BigIntegerField(default=0)
    fund = models.ForeignKey(Fund, null=True, on_delete=models.PROTECT, related_name="requests")
    waits_for = models.CharField(max_length=20, blank=True)
    waits_unit = models.CharField(max_length=60, blank=True)
    approvals = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=_STATES), name="relief_state_known"),
            models.CheckConstraint(
                condition=Q(amount__gt=0, amount__lte=F("asked")), name="relief_amount_within"
            ),
            models.CheckConstraint(
                condition=Q(returned__gte=0, returned__lte=F("amount")),
                name="relief_returned_within",
            ),
            models.CheckConstraint(
                condition=(Q(checked_by=None) | ~Q(checked_by=F("requested_by")))
                & (Q(approved_by=None) | ~Q(approved_by=F("requested_by")))
                & (Q(checked_by=None) | Q(approved_by=None) | ~Q(approved_by=F("checked_by"))),
                name="relief_three_people",
            ),
            models.UniqueConstraint(
                fields=["person", "need"],
                condition=Q(state__in=sorted(state.value for state in relief.OPEN)),
                name="relief_once_at_a_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["matter"], name="relief_by_matter"),
            models.Index(fields=["office", "state", "id"], name="relief_by_office"),
            models.Index(fields=["unit", "id"], name="relief_by_unit"),
            models.Index(fields=["waits_unit", "waits_for", "id"], name="relief_waiting"),
            models.Index(fields=["person", "need"], name="relief_by_person"),
        ]

    def __str__(self) -> str:
        return f"request {self.pk} {self.state}"


class Entry(models.Model):
    """One line of the books: an amount from one account to another, and what stands on each account after it.

    Rows are added and never touched again; the database itself refuses a row whose balances do not follow from the row
    before (`guard.py`), and one whose two sides differ.
    """

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+")
    seq = models.IntegerField()
    kind = models.CharField(max_length=_CODE)
    debit = models.CharField(max_length=_CODE)
    credit = models.CharField(max_length=_CODE)
    amount = models.BigIntegerField()
    request = models.ForeignKey(Request, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    account = models.BigIntegerField(null=True)
    document = models.CharField(max_length=120, blank=True)
    fiscal = models.BigIntegerField()
    superior = models.BigIntegerField()
    donated = models.BigIntegerField()
    available = models.BigIntegerField()
    reserved = models.BigIntegerField()
    paid = models.BigIntegerField()
    returned = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fund", "seq"], name="relief_entry_in_order"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="relief_entry_above_zero"),
            models.CheckConstraint(condition=_TRANSFERS, name="relief_transfer_known"),
            models.CheckConstraint(condition=_BALANCED, name="relief_books_balance"),
            models.CheckConstraint(condition=_NOT_BELOW_ZERO, name="relief_never_below_zero"),
            models.CheckConstraint(
                condition=_OF_BUDGET & Q(request=None) | ~_OF_BUDGET & ~Q(request=None),
                name="relief_entry_of_request",
            ),
            models.UniqueConstraint(
                fields=["request"], condition=Q(kind="reserve"), name="relief_reserved_once"
            ),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(kind__in=["pay", "release"]),
                name="relief_paid_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["request"], name="relief_entry_by_request")]

    def __str__(self) -> str:
        return f"{self.fund_id}/{self.seq} {self.kind} {self.amount}"
