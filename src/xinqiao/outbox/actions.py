"""Promising a message, in the transaction of what it tells."""

from datetime import datetime

from xinqiao.outbox.models import OutgoingMessage
from xinqiao.outbox.values import Data, Recipient


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
            "template": template,
            "data": dict(data or {}),
            "created_at": now,
            "due_at": due_at or now,
            "next_try_at": due_at or now,
        },
    )
    return row.pk
