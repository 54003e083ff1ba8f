"""Promising a message, in the transaction of what it tells."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from xinqiao.outbox.models import OutgoingMessage
from xinqiao.outbox.values import Channel, Data, Message, Recipient


def queue(
    *,
    key: str,
    kind: str,
    to: Recipient,
    template: str,
    now: datetime,
    data: Data | None = None,
    due_at: datetime | None = None,
) -> int:
    """Writes the message down; `jobs.send_due` sends it after the transaction, from `due_at` on.

    `key` names the one occasion (`notice/<id>/delivered`): the same key again gives the message
    there is and writes nothing. `kind` and `template` are codes; `data` fills the template with
    numbers, dates and codes, never personal data. Without `due_at` it is due at once.
    Returns the id. Raises ValueError without a key, which would make every message the same.
    """
    if not key.strip():
        raise ValueError("a message needs a key that names its occasion")
    row, _ = OutgoingMessage.objects.get_or_create(
        idempotency_key=key,
        defaults={
            "kind": kind,
            "channel": to.channel,
            "petitioner_id": to.petitioner,
            "unit": to.unit,
            "matter_id": to.matter,
            "template": template,
            "data": dict(data or {}),
            "created_at": now,
            "due_at": due_at or now,
            "next_try_at": due_at or now,
        },
    )
    return row.pk


@transaction.atomic
def address(message: Message, to: Iterable[tuple[int, Data]], *, now: datetime) -> int:
    """Makes of one message for the petitioners of a matter one for the phone of each, all or none.

    `to` are petitioners by id, each with the data that are theirs alone. Each has a key of its own below that of the
    first message, so that it may run twice. Returns how many were addressed: 0 when another worker was first.
    """
    waiting = OutgoingMessage.objects.filter(pk=message.id, sent_at__isnull=True)
    if not waiting.update(sent_at=now):
        return 0
    rows = [
        OutgoingMessage(
            idempotency_key=f"{message.key}/{petitioner}", kind=message.kind, channel=Channel.SMS,
            petitioner_id=petitioner, matter_id=message.to.matter, template=message.template,
            data={**message.data, **own}, created_at=message.created_at, due_at=message.due_at, next_try_at=now,
        )
        for petitioner, own in to
    ]  # fmt: skip
    return len(OutgoingMessage.objects.bulk_create(rows))
