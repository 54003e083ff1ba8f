"""What is done with petitioners: remember, attach to a contact, correct, unmask, use, forget."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from django.db import IntegrityError, transaction

from xinqiao.audit import actions as audit
from xinqiao.audit.kinds import AuditAction
from xinqiao.people import vault
from xinqiao.people.models import MOST_REPRESENTATIVES, Party
from xinqiao.people.values import Clear, Facts, PartyRole, PersonInput, normal_facts
from xinqiao.rows.writing import Row
from xinqiao.rules.refusals import Refusal, Refused

SHORTEST_REASON = 4
_PETITIONER = "petitioner"


class Use(StrEnum):
    """What the platform itself needs clear data for, without anybody looking at it on a screen."""

    MESSAGE = "message"
    PAPER = "paper"
    EXCHANGE = "exchange"


def remember(person: PersonInput, *, now: datetime) -> int:
    """The id of the card with exactly these facts: the one there is, else a new one (art. 19).

    A card is never changed: whoever knows an identity number could otherwise turn its owner's
    messages to another phone. Who gives new facts gets a new card; `queries.same_person` finds all
    cards of one person. A name alone never finds a card. Raises Refused, naming the field.
    """
    return remember_many([person], now=now)[0]


def remember_many(persons: Iterable[PersonInput], *, now: datetime) -> list[int]:
    """The same for many, all or none, in their order, with few statements: for imports.

    Raises Refused for the first that cannot be read; `values.problems` asks beforehand.
    """
    facts = [normal_facts(person) for person in persons]
    try:
        return _kept(facts, now)
    except IntegrityError:  # another process made one of these cards a moment earlier
        return _kept(facts, now)


@transaction.atomic
def remember_apart(person: PersonInput, *, now: datetime) -> int:
    """The id of a new card that stands for one occasion alone, and is found by nothing: no index is made of it.

    For who books a time: a message can reach them, but neither `same_person` nor a second booking leads to it.
    Raises Refused, naming the field.
    """
    return vault.keep_apart(normal_facts(person), now)


@transaction.atomic
def _kept(facts: Sequence[Facts], now: datetime) -> list[int]:
    return vault.keep(facts, now)


@transaction.atomic
def attach(
    contact_id: int, *, petitioners: Iterable[int], representatives: Iterable[int] = ()
) -> None:
    """Puts people behind a contact; who stands there in that role already is left as is.

    Raises Refused `too_many_representatives` above five, those of earlier calls counted (art. 20).
    """
    standing = Party.objects.filter(contact_id=contact_id)
    there = set(standing.values_list("petitioner_id", "role"))
    Party.objects.bulk_create(
        Party(contact_id=contact_id, petitioner_id=who, role=role, seat=seat)
        for who, role, seat in _seats(petitioners, representatives, there)
    )


def behind(
    contact: Row,
    *,
    petitioners: Sequence[PersonInput],
    representatives: Sequence[PersonInput] = (),
    now: datetime,
    look: bool = True,
) -> list[Row]:
    """The rows that put people behind a contact which is written with them: their cards, and who stands there.

    Cards that are there already are looked up, so the caller is in the transaction that writes; not `look` takes them
    all to be new. Raises Refused as `remember` and `attach` do. When a card is there that was not found, writing ends
    in IntegrityError: the caller begins anew, and looks.
    """
    facts = [normal_facts(person) for person in (*petitioners, *representatives)]
    ids, rows = vault.cards(facts, now, look=look)
    own = len(petitioners)
    return rows + [
        Row(Party, contact_id=contact, petitioner=who, role=role, seat=seat)
        for who, role, seat in _seats(ids[:own], ids[own:])
    ]


def _seats(
    petitioners: Iterable[int],
    representatives: Iterable[int],
    there: Collection[tuple[int, str]] = (),
) -> list[tuple[int, PartyRole, int | None]]:
    """Who is to be added to those that are there already, each person once in a role, with the seat."""
    role = PartyRole.PETITIONER
    new = [who for who in dict.fromkeys(petitioners) if (who, role) not in there]
    found: list[tuple[int, PartyRole, int | None]] = [(who, role, None) for who in new]
    role = PartyRole.REPRESENTATIVE
    new = [who for who in dict.fromkeys(representatives) if (who, role) not in there]
    taken = sum(1 for _, earlier in there if earlier == role)
    if taken + len(new) > MOST_REPRESENTATIVES:
        facts = {"most": str(MOST_REPRESENTATIVES), "given": str(taken + len(new))}
        raise Refused(Refusal("too_many_representatives", "20", facts))
    return found + [(who, role, seat) for seat, who in enumerate(new, start=taken + 1)]


@transaction.atomic
def correct(
    contact_id: int,
    petitioner_id: int,
    person: PersonInput,
    *,
    by_account: int,
    reason: str,
    now: datetime,
    unit: str = "",
) -> int:
    """Behind this one contact, a card with the right facts takes the place of a mistyped one.

    Returns the id of the right card. Raises Refused when the facts cannot be read, the reason is
    too short, or the first does not stand behind the contact or the second already does.
    """
    reason = _reason(reason)
    right = remember(person, now=now)
    behind = Party.objects.filter(contact_id=contact_id)
    if not behind.filter(petitioner_id=petitioner_id).exists():
        raise Refused(Refusal("not_found"))
    if behind.filter(petitioner_id=right).exists():
        raise Refused(Refusal("already_there", None, {"field": _PETITIONER}))
    behind.filter(petitioner_id=petitioner_id).update(petitioner_id=right)
    audit.record(
        AuditAction.CORRECTED,
        now=now,
        by_account=by_account,
        unit=unit,
        object_kind=_PETITIONER,
        object_id=right,
        reason=reason,
        detail={"contact": contact_id, "before": petitioner_id},
    )
    return right


# Durable: no transaction around it can take back the entry after the data has been seen.
@transaction.atomic(durable=True)
def unmask(
    petitioner_ids: Collection[int],
    *,
    by_account: int,
    reason: str,
    matter_id: int,
    now: datetime,
    unit: str = "",
) -> list[Clear]:
    """The petitioners in clear, for one look by one person, in the order asked.

    The caller has checked that this person may see this matter and that they stand behind it.
    Each petitioner gets an audit entry, committed before anything is returned; so this may not run
    inside another transaction (RuntimeError). Raises Refused `reason_too_short` under 4 characters,
    `not_found` for an unknown id; then nothing is shown. The erased come out empty.
    """
    return _revealed(
        AuditAction.UNMASKED,
        petitioner_ids,
        by_account=by_account,
        unit=unit,
        reason=_reason(reason),
        matter_id=matter_id,
        now=now,
    )


@transaction.atomic
def use(
    petitioner_ids: Collection[int],
    purpose: Use,
    *,
    matter_id: int | None,
    now: datetime,
    by_account: int | None = None,
    unit: str = "",
) -> list[Clear]:
    """The petitioners in clear for the platform's own work: sending, printing, exchanging.

    Audited like a look, with the purpose for a reason, inside the caller's transaction if there is
    one. Not for screens: what a person is to see goes through `unmask`. Raises as that does.
    """
    return _revealed(
        AuditAction.USED,
        petitioner_ids,
        by_account=by_account,
        unit=unit,
        reason=purpose,
        matter_id=matter_id,
        now=now,
    )


@transaction.atomic
def forget(
    petitioner_ids: Collection[int],
    *,
    by_account: int | None,
    reason: str,
    now: datetime,
    unit: str = "",
) -> int:
    """Erases these cards for ever by destroying their keys; rows, contacts and ledger stay.

    The caller knows that no duty to keep them is left. Other cards of the same person stay: they
    belong to other contacts. Who was erased before is left out of the returned number and of the
    audit. Raises Refused `reason_too_short`. Backups keep the keys until they are rotated out.
    """
    reason = _reason(reason)
    gone = [one for batch in vault.batches(petitioner_ids) for one in vault.destroy(batch, now)]
    audit.record_each(
        AuditAction.FORGOTTEN,
        now=now,
        by_account=by_account,
        unit=unit,
        object_kind=_PETITIONER,
        object_ids=gone,
        reason=reason,
    )
    return len(gone)


def _reason(reason: str) -> str:
    reason = reason.strip()
    if len(reason) < SHORTEST_REASON:
        raise Refused(Refusal("reason_too_short", "46", {"least": str(SHORTEST_REASON)}))
    return reason


def _revealed(
    action: AuditAction,
    petitioner_ids: Collection[int],
    *,
    by_account: int | None,
    unit: str,
    reason: str,
    matter_id: int | None,
    now: datetime,
) -> list[Clear]:
    ordered = list(dict.fromkeys(petitioner_ids))
    audit.record_each(
        action,
        now=now,
        by_account=by_account,
        unit=unit,
        object_kind=_PETITIONER,
        object_ids=ordered,
        reason=reason,
        detail={"matter": matter_id},
    )
    cards = vault.read(ordered)
    if len(cards) < len(ordered):
        raise Refused(Refusal("not_found"))
    return [cards[one] for one in ordered]
