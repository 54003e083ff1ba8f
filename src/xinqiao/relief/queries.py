"""Named reads of the fund, already filtered by what the asker may see.

A request is seen by whom its matter exists for (`matters.queries.scope`). A fund belongs to no matter and has a scope
of its own, `funds`: the office that keeps it, the petition offices above, and the government above it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from xinqiao.directory import queries as directory
from xinqiao.matters import queries as matters
from xinqiao.people import queries as people
from xinqiao.relief.books import balances_of
from xinqiao.relief.limits import same_need_months
from xinqiao.relief.models import Entry, Fund, Request
from xinqiao.relief.values import (
    PAYMENT,
    EntryLine,
    FundLine,
    HelpBefore,
    RequestLine,
    RequestSheet,
)
from xinqiao.rules import relief
from xinqiao.rules.persons import Person, Role
from xinqiao.rules.refusals import Refusal
from xinqiao.rules.relief import Asked, Attempt, Hand, State
from xinqiao.rules.relief_books import Balances
from xinqiao.rules.units import UnitKind, territory, within

_HEADS = frozenset({Role.HEAD})
_OF_MATTER = {
    "number": F("matter__number"), "subject": F("matter__subject"), "year": F("fund__year"),
}  # fmt: skip
_PLAIN = (
    "id", "matter", "office", "unit", "need", "asked", "amount", "state", "returned", "requested_at", "paid_on",
    "waits_for",
)  # fmt: skip


# -- the place --------------------------------------------------------------------------------------------------


def offices_for(region: str, now: datetime) -> list[str]:
    """The petition offices in whose territory a matter lies, the nearest first: their funds may help."""
    units = directory.units()
    found = [
        unit
        for unit in units.on(matters.today(now))
        if unit.kind is UnitKind.PETITION_OFFICE and region and within(region, unit.region)
    ]
    nearest = sorted(found, key=lambda unit: (-len(territory(unit.region)), unit.code))
    return [unit.code for unit in nearest]


def government_of(office: str) -> str:
    """The nearest government above an office; "" where there is none."""
    units = directory.units()
    above = (units[code] for code in units.line_up(office))
    return next((unit.code for unit in above if unit.kind is UnitKind.GOVERNMENT), "")


def offices_seen(person: Person, now: datetime) -> list[str]:
    """The offices whose books this person reads: all in the territory of an own one, those below an own government."""
    units, own = directory.units(), person.units()
    found: set[str] = set()
    for code in own & units.by_code.keys():
        if units[code].kind not in (UnitKind.PETITION_OFFICE, UnitKind.GOVERNMENT):
            continue
        whole = units[code].kind is UnitKind.PETITION_OFFICE
        found |= {
            unit.code
            for unit in units.inside(units[code].region, matters.today(now))
            if unit.kind is UnitKind.PETITION_OFFICE and (whole or government_of(unit.code) == code)
        }
    return sorted(found)


# -- requests ---------------------------------------------------------------------------------------------------


def scope(person: Person, now: datetime) -> QuerySet[Request]:
    """The requests that exist for this person: those on matters that do."""
    return Request.objects.filter(matter__in=matters.scope(person, now))


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a list of requests may be narrowed by; empty values do not narrow. `mine`: what waits for the person."""

    mine: bool = False
    state: str = ""
    office: str = ""
    need: str = ""
    year: int = 0


def requests(
    person: Person, filters: Filters, now: datetime, *, before: int | None = None, most: int = 50
) -> list[RequestLine]:
    """The requests of a list, the latest first; `before` is the id that a further page begins below."""
    rows = _listed(person, filters, now)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return _lines(rows.order_by("-id")[:most])


def waiting(person: Person, now: datetime) -> int:
    """How many requests wait for this person; none counted beyond 100."""
    return _listed(person, Filters(mine=True), now)[:100].count()


def _listed(person: Person, filters: Filters, now: datetime) -> QuerySet[Request]:
    rows = scope(person, now).filter(_mine(person) if filters.mine else _near(person, now))
    for name in ("state", "office", "need"):
        if getattr(filters, name):
            rows = rows.filter(**{name: getattr(filters, name)})
    return rows.filter(requested_at__year=filters.year) if filters.year else rows


def _near(person: Person, now: datetime) -> Q:
    """Requests of the person's units, or on the funds whose books they read: what an index finds."""
    own = sorted(person.units())
    return Q(office__in=offices_seen(person, now)) | Q(unit__in=own) | Q(government__in=own)


def _mine(person: Person) -> Q:
    """Approvals and payments that wait for a post of the person."""
    own, heads = sorted(person.units()), sorted(person.units(_HEADS))
    staff = Q(waits_unit__in=own, waits_for__in=[Hand.OFFICE, PAYMENT])
    return staff | Q(waits_unit__in=heads, waits_for__in=[Hand.OFFICE_HEAD, Hand.GOVERNMENT_HEAD])


def of_matter(person: Person, matter_id: int, now: datetime) -> list[RequestLine]:
    """The requests on one matter, the latest first."""
    return _lines(scope(person, now).filter(matter_id=matter_id).order_by("-id"))


def sheet(person: Person, request_id: int, now: datetime) -> RequestSheet | None:
    """A request opened by somebody; None when it does not exist for them."""
    row = scope(person, now).filter(pk=request_id).select_related("matter", "fund").first()
    if row is None:
        return None
    return RequestSheet(
        line=_lines(Request.objects.filter(pk=row.pk))[0],
        petitioner=row.petitioner,
        government=row.government,
        approvals=[Hand(one) for one in row.approvals],
        hands=frozenset(row.hands),
        requested_by=row.requested_by,
        checked_by=row.checked_by,
        approved_by=row.approved_by,
        approved_at=row.approved_at,
        paid_by=row.paid_by,
        fund=row.fund_id,
        offered=_offered(row, person, now),
    )


def _offered(row: Request, person: Person, now: datetime) -> list[tuple[str, Refusal | None]]:
    """What may be done with the request in its state, each with None or the reason why not by this person.

    An approval whose turn it is not, for this amount, is left out.
    """
    attempt = Attempt(asked=asked(row), person=person, today=matters.today(now))
    moves = [move.name for move in relief.MOVES if row.state in move.start]
    answers = [(name, relief.may(name, attempt)) for name in moves]
    return [one for one in answers if one[1] is None or one[1].code != "relief_other_approval"]


def _lines(rows: QuerySet[Request]) -> list[RequestLine]:
    return [
        RequestLine(**row | {"state": State(row["state"])})
        for row in rows.values(*_PLAIN, **_OF_MATTER)
    ]


def asked(row: Request) -> Asked:
    """A row as the rules see it."""
    return Asked(
        state=State(row.state),
        amount=row.amount,
        returned=row.returned,
        unit=row.unit,
        office=row.office,
        government=row.government,
        approvals=tuple(Hand(one) for one in row.approvals),
        hands=frozenset(row.hands),
        approver=row.approved_by,
    )


# -- double help ------------------------------------------------------------------------------------------------


def is_pending(petitioner: int, need: str) -> bool:
    """Whether a request for this need of the same person is under way, wherever. Nothing more is told."""
    rows = _of_person(petitioner, need)
    return rows.filter(state__in=sorted(relief.OPEN)).exists()


def help_before(
    petitioner: int, need: str, *, person: Person, now: datetime, but: int | None = None
) -> list[HelpBefore]:
    """Help given to the same person for the same need within the time asked about, the latest first.

    `but` is a request that is left out: the one that asks.

    Of help by another office only the day and the amount are told: the matter is named where the asker may see it.
    """
    since = relief.months_before(matters.today(now), same_need_months())
    rows = _of_person(petitioner, need).filter(state=State.PAID, paid_on__gte=since)
    rows = rows.exclude(pk=but) if but is not None else rows
    seen = dict(
        scope(person, now).filter(pk__in=rows.values("pk")).values_list("pk", "matter__number")
    )
    return [
        HelpBefore(day=row.paid_on, amount=row.amount - row.returned, number=seen.get(row.pk, ""))
        for row in rows.order_by("-paid_on", "-id")
        if row.paid_on is not None
    ]


def _of_person(petitioner: int, need: str) -> QuerySet[Request]:
    return Request.objects.filter(petitioner__in=people.cards_of_same_person(petitioner), need=need)


# -- funds and books --------------------------------------------------------------------------------------------


def funds(person: Person, now: datetime) -> QuerySet[Fund]:
    """The funds whose books this person reads: the one scope of all that belongs to no matter."""
    return Fund.objects.filter(office__in=offices_seen(person, now))


def fund_lines(person: Person, now: datetime, *, most: int = 200) -> list[FundLine]:
    """The funds with what stands on their accounts, the latest year first."""
    rows = list(funds(person, now).order_by("-year", "office")[:most])
    return _fund_lines(rows)


def fund(person: Person, fund_id: int, now: datetime) -> FundLine | None:
    """One fund; None when it does not exist for this person."""
    rows = list(funds(person, now).filter(pk=fund_id))
    return _fund_lines(rows)[0] if rows else None


def _fund_lines(rows: Sequence[Fund]) -> list[FundLine]:
    ids = [row.pk for row in rows]
    last = Entry.objects.filter(fund_id__in=ids, seq=F("fund__entries"))
    balances = {entry.fund_id: balances_of(entry) for entry in last}
    counted: dict[tuple[str, int], dict[State, int]] = {}
    offices = {row.office for row in rows}
    asked_for = Request.objects.filter(office__in=offices)
    for office, year, state, number in (
        asked_for.values_list("office", "requested_at__year", "state").annotate(n=Count("id"))
    ):  # fmt: skip
        counted.setdefault((office, year), {})[State(state)] = number
    return [
        FundLine(
            id=row.pk, office=row.office, year=row.year,
            balances=balances.get(row.pk, Balances()),
            requests=counted.get((row.office, row.year), {}),
        )
        for row in rows
    ]  # fmt: skip


def entries(
    person: Person, fund_id: int, now: datetime, *, before: int | None = None, most: int = 50
) -> list[EntryLine]:
    """The books of a fund that this person may see, the latest first; `before` is the number that a page begins below.

    Of a request on a matter that does not exist for them, the amount is told and not the matter.
    """
    rows = Entry.objects.filter(fund__in=funds(person, now).filter(pk=fund_id))
    if before is not None:
        rows = rows.filter(seq__lt=before)
    found = list(rows.order_by("-seq")[:most])
    about = {row.request_id for row in found if row.request_id is not None}
    seen = dict(scope(person, now).filter(pk__in=about).values_list("pk", "matter__number"))
    return [
        EntryLine(
            seq=row.seq, at=row.at, kind=row.kind, debit=row.debit, credit=row.credit, amount=row.amount,
            account=row.account, document=row.document,
            request=row.request_id if row.request_id in seen else None,
            number=seen.get(row.request_id or 0, ""), balances=balances_of(row),
        )
        for row in found
    ]  # fmt: skip
