"""What waits in the outbox, and what lies on the desks."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Min

from xinqiao.outbox.models import OutgoingMessage
from xinqiao.outbox.values import Channel, Message, Recipient


def pending(*, limit: int = 100) -> list[Message]:
    """What is not sent yet, the longest due first, with its tries and the last error."""
    rows = OutgoingMessage.objects.filter(sent_at__isnull=True).order_by("due_at", "id")
    return [as_message(row) for row in rows[:limit]]


def lag(now: datetime) -> timedelta:
    """How long the oldest message that is due and not sent has waited; zero when there is none."""
    waiting = OutgoingMessage.objects.filter(sent_at__isnull=True, due_at__lte=now)
    oldest = waiting.aggregate(oldest=Min("due_at"))["oldest"]
    return now - oldest if oldest else timedelta(0)


def on_desks(units: Collection[str], now: datetime, *, limit: int = 50) -> list[Message]:
    """The messages on the desks of these units, newest first: those due by now."""
    rows = OutgoingMessage.objects.filter(
        channel=Channel.DESK, unit__in=sorted(units), due_at__lte=now
    )
    return [as_message(row) for row in rows.order_by("-due_at", "-id")[:limit]]


def to_address(now: datetime, *, limit: int) -> list[Message]:
    """What is promised to the petitioners of a matter and due, and not yet addressed to each; oldest first."""
    rows = OutgoingMessage.objects.filter(
        channel=Channel.PETITIONERS, sent_at__isnull=True, next_try_at__lte=now
    )
    return [as_message(row) for row in rows.order_by("next_try_at", "id")[:limit]]


def as_message(row: OutgoingMessage) -> Message:
    """A row as a value."""
    return Message(
        id=row.pk,
        key=row.idempotency_key,
        kind=row.kind,
        to=Recipient(
            channel=Channel(row.channel),
            petitioner=row.petitioner_id,
            unit=row.unit,
            matter=row.matter_id,
        ),
        template=row.template,
        data=row.data,
        created_at=row.created_at,
        due_at=row.due_at,
        sent_at=row.sent_at,
        attempts=row.attempts,
        last_error=row.last_error,
    )
