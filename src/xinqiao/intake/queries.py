"""Named reads of contacts."""

import hmac
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from xinqiao.directory import queries as directory
from xinqiao.intake.codes import query_mac
from xinqiao.intake.models import Contact
from xinqiao.intake.values import Receipt
from xinqiao.matters import queries as matters
from xinqiao.matters.numbers import normal_number
from xinqiao.people import queries as people
from xinqiao.people.values import PersonInput
from xinqiao.rows.batches import batches
from xinqiao.rules.counting import Arrived
from xinqiao.rules.persons import Person


@dataclass(frozen=True, kw_only=True)
class ContactLine:
    """One contact of a matter, without its words: those stand in the matter's ledger at `seq`."""

    id: int
    number: str
    seq: int
    channel: str
    received_at: datetime
    recorded_at: datetime
    repeat: bool | None
    head_count: int
    level: str
    designated_place: bool | None
    postmark_on: date | None


@dataclass(frozen=True, kw_only=True)
class VisitLine:
    """A visit by its properties alone: how many came and to which level, about which matter."""

    id: int
    matter: int
    received_at: datetime
    head_count: int
    level: str


#: So many matters are asked about in one statement.
_AT_ONCE = 500
_FIELDS = tuple(ContactLine.__dataclass_fields__)
_NOBODY = (
    0  # no row has this number; a list that holds it is never empty, so that the question is put
)


def of_matter(matter_id: int) -> list[ContactLine]:
    """The contacts of a matter, oldest first. The caller has asked for the matter in scope."""
    rows = Contact.objects.filter(matter_id=matter_id).order_by("received_at", "id")
    return [ContactLine(**row) for row in rows.values(*_FIELDS)]


class Came(NamedTuple):
    """That a contact came: on which matter, by which entry, when."""

    id: int
    matter: int
    seq: int
    received_at: datetime


def of_matters(matter_ids: Iterable[int]) -> list[Came]:
    """The contacts of these matters in the order in which they were entered. Only for the platform's own work."""
    found: list[Came] = []
    for some in batches(sorted(set(matter_ids)), _AT_ONCE):
        rows = Contact.objects.filter(matter_id__in=some)
        found += [Came(*row) for row in rows.values_list("id", "matter_id", "seq", "received_at")]
    return sorted(found)


def ids_of_matters(matter_ids: Iterable[int]) -> QuerySet[Contact, int]:
    """The row ids of the contacts of these matters, for a question within another. Only for the platform's own work."""
    return Contact.objects.filter(matter_id__in=list(matter_ids)).values_list("id", flat=True)


def arrived(after: int, upto: int | None) -> dict[int, dict[int, Arrived]]:
    """What is counted of the contacts of the matters with row ids above `after` up to `upto` (None: without an end).

    By matter, then by the entry that recorded each. Only for the platform's own work: nobody's scope is asked.
    """
    span = Q(matter_id__gt=after)
    rows = Contact.objects.filter(span if upto is None else span & Q(matter_id__lte=upto))
    found: defaultdict[int, dict[int, Arrived]] = defaultdict(dict)
    for matter, seq, persons, level, designated, repeat in rows.values_list(
        "matter_id", "seq", "head_count", "level", "designated_place", "repeat"
    ):
        found[matter][seq] = Arrived(
            persons=persons, level=level, designated=designated is not False, repeat=bool(repeat)
        )
    return found


def came_first(petitioners: Sequence[PersonInput], matter_id: int) -> bool:
    """Whether these people come about the matter for the first time: none of them stands behind a contact of it.

    Who cannot be told apart from those who came before (nobody named, or by a name alone) is taken for one of them.
    """
    if not petitioners or not all(people.can_be_known(one) for one in petitioners):
        return False
    cards = {card for one in petitioners for card in people.same_person(one)}
    behind = people.contact_ids_of(cards)
    return not Contact.objects.filter(matter_id=matter_id, pk__in=behind).exists()


def share_a_petitioner(matter_id: int, other_id: int) -> bool:
    """Whether somebody who petitions on the one petitions on the other as well, as far as cards can tell."""
    own = list(Contact.objects.filter(matter_id=matter_id).values_list("pk", flat=True))
    theirs = people.contacts_of_same_people(own)
    return Contact.objects.filter(matter_id=other_id, pk__in=theirs).exists()


def first_contacts(matter_ids: Iterable[int]) -> dict[int, int]:
    """The first contact of each of these matters. Only for the platform's own work."""
    rows = Contact.objects.filter(matter_id__in=list(matter_ids)).order_by("-id")
    return dict(rows.values_list("matter_id", "id"))


def matters_of(contact_ids: Iterable[int]) -> dict[int, int]:
    """The matter of each of these contacts. Only for the platform's own work."""
    rows = Contact.objects.filter(pk__in=list(contact_ids))
    return dict(rows.values_list("id", "matter_id"))


def recorded(contact_ids: Iterable[int]) -> dict[int, datetime]:
    """When each of these contacts was entered. Only for the platform's own work."""
    rows = Contact.objects.filter(pk__in=list(contact_ids))
    return dict(rows.values_list("id", "recorded_at"))


def visit(contact_id: int) -> VisitLine | None:
    """The visit of this row id; None for a contact of another channel. Only for the platform's own work."""
    return next(iter(_visits(Contact.objects.filter(pk=contact_id, channel="visit"))), None)


def visits_since(
    since: datetime, *, people: int, levels: Iterable[str] = ("city", "province", "nation")
) -> list[VisitLine]:
    """The visits received since then by so many people or more, or at one of these levels; oldest first.

    Only for the platform's own work: nobody's scope is asked.
    """
    large = Q(head_count__gte=people) | Q(level__in=list(levels))
    rows = Contact.objects.filter(large, received_at__gte=since, channel="visit")
    return _visits(rows.order_by("received_at", "id"))


def _visits(rows: QuerySet[Contact]) -> list[VisitLine]:
    return [
        VisitLine(
            id=row.pk, matter=row.matter_id, received_at=row.received_at, head_count=row.head_count,
            level=row.level,
        )
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Received:
    """A contact as it arrived and was entered; `source`: where an imported one comes from."""

    id: int
    matter_id: int
    seq: int
    channel: str
    received_at: datetime
    recorded_at: datetime
    repeat: bool | None
    level: str
    postmark_on: date | None
    source: str


def received_between(since: datetime, until: datetime) -> list[Received]:
    """The contacts received from `since` until before `until`, oldest first.

    Only for the platform's own work: nobody's scope is asked.
    """
    rows = Contact.objects.filter(received_at__gte=since, received_at__lt=until)
    fields = tuple(Received.__dataclass_fields__)
    return [Received(**row) for row in rows.order_by("received_at", "id").values(*fields)]


def same_request(request_key: str | None, source: str, source_id: str) -> Receipt | None:
    """The receipt of the same request received before, without its query code; None when it is new."""
    if request_key:
        row = Contact.objects.filter(request_key=request_key).first()
    elif source_id:
        row = Contact.objects.filter(source=source, source_id=source_id).first()
    else:
        row = None
    if row is None:
        return None
    return Receipt(
        contact=row.pk, number=row.number, query_code="", received_at=row.received_at,
        matter=row.matter_id, matter_number=row.matter.number, subject=row.matter.subject, fresh=False,
    )  # fmt: skip


def matter_by_code(number: str, code: str) -> int | None:
    """The matter of the contact with this number, for who knows its query code; the number may be typed loosely."""
    stored = normal_number(number)
    row = Contact.objects.filter(number=stored).values("query_mac", "matter_id").first()
    known = row["query_mac"] if row else "0" * 64  # the comparison takes its time either way
    matches = hmac.compare_digest(known, query_mac(stored or "", code))
    return row["matter_id"] if row and matches else None


def matter_number(typed: str) -> str | None:
    """The number of the matter to which the contact with this number belongs, however it was typed.

    None when it is no number; an unknown one comes back as it is. Whether the matter may be seen, scope decides.
    """
    number = normal_number(typed)
    if number is None:
        return None
    found = Contact.objects.filter(number=number).values_list("matter__number", flat=True).first()
    return found or number


def office_of(region: str, about_office: bool, today: date) -> str | None:
    """The petition office that receives what concerns a region; the one above, when it is itself reported."""
    units = directory.units()
    office = units.petition_office_of(region, today)
    if office is None or not about_office:
        return office
    above = units[office].guiding
    return above if above is not None and above in units else office


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A matter that the new contact may belong to, and why. A person decides."""

    line: matters.Line
    same_person: bool
    same_words: float


def suggestions(
    person: Person, petitioners: Iterable[PersonInput], subject: str, now: datetime, most: int = 5
) -> list[Suggestion]:
    """Earlier matters of the same petitioner (by blind index), those with like words first, in the asker's scope.

    The database is asked the same for somebody who never wrote: the time of the answer does not tell who did.
    """
    ids = {_NOBODY, *(found for one in petitioners for found in people.same_person(one))}
    contacts = [_NOBODY, *people.contact_ids_of(ids)]
    of_them = Contact.objects.filter(id__in=contacts).values_list("matter_id", flat=True)
    found = matters.scope(person, now).filter(id__in=[_NOBODY, *of_them])
    found = found.order_by("-received_at")[:50]
    ranked = [
        Suggestion(line=line, same_person=True, same_words=alike(subject, line.subject))
        for line in matters.lines(found)
    ]
    return sorted(ranked, key=lambda one: -one.same_words)[:most]


def same_petitioner(
    person: Person, matter_id: int, own: Iterable[int], now: datetime, most: int = 6
) -> list[matters.Line]:
    """Other matters of the petitioners of this one, by blind index and in the asker's scope, like words first.

    `own` are the contacts of the matter, for which the caller has asked in scope. Matters are told, never what a person
    does.
    """
    contacts = people.contacts_of_same_people(own)
    if not contacts:
        return []
    theirs = Contact.objects.filter(id__in=contacts).values("matter_id")
    found = matters.scope(person, now).filter(id__in=theirs).order_by("-received_at", "-id")
    lines = matters.lines(found[:50])
    this = next((line.subject for line in lines if line.id == matter_id), "")
    others = [line for line in lines if line.id != matter_id]
    return sorted(others, key=lambda line: -alike(this, line.subject))[:most]


def alike(one: str, other: str) -> float:
    """Share of two-character pieces that two short texts have in common (Dice), 0 to 1."""
    first, second = _bigrams(one), _bigrams(other)
    if not first or not second:
        return 0.0
    return 2 * len(first & second) / (len(first) + len(second))


def _bigrams(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}
