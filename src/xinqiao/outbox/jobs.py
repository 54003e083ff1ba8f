"""The post round of the worker."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import F
from django.utils.module_loading import import_string

from xinqiao.outbox.models import OutgoingMessage
from xinqiao.outbox.queries import as_message
from xinqiao.outbox.values import Channel, Sender, SendingFailed

DEFAULT_SENDER = "xinqiao.outbox.senders.to_log"
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
AT_ONCE = 200

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Round:
    """What one round did; `left_to_others` were taken by another worker a moment earlier."""

    sent: int = 0
    failed: int = 0
    left_to_others: int = 0


def send_due(now: datetime) -> Round:
    """Sends what is due, those waiting longest first, at most `AT_ONCE` in a round.

    At least once: a message is marked as sent only after the sender has returned, so a stop in
    between sends it again, under the same key. Nothing is ever given up: the waits between tries
    grow to `LONGEST_WAIT` and `queries.lag` shows what is stuck. May run late, and beside itself.
    Must run outside a transaction. Raises ImproperlyConfigured when XINQIAO_SENDER names nothing.
    """
    sender = _sender()
    due = OutgoingMessage.objects.filter(sent_at__isnull=True, next_try_at__lte=now).exclude(
        channel=Channel.PETITIONERS
    )
    outcomes = [_send(row, sender, now) for row in due.order_by("next_try_at", "id")[:AT_ONCE]]
    return Round(
        sent=outcomes.count("sent"),
        failed=outcomes.count("failed"),
        left_to_others=outcomes.count("left"),
    )


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many tries: doubling from `FIRST_WAIT`, at most `LONGEST_WAIT`."""
    doublings = min(attempts - 1, 16)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def _sender() -> Sender:
    path = getattr(settings, "XINQIAO_SENDER", DEFAULT_SENDER)
    try:
        sender: Sender = import_string(path)
    except ImportError as problem:
        raise ImproperlyConfigured(
            f"XINQIAO_SENDER is {path!r}: set it to the dotted path of a function (message, now)"
        ) from problem
    return sender


def _send(row: OutgoingMessage, sender: Sender, now: datetime) -> str:
    if not _taken(row, now):
        return "left"
    error = _handed_over(row, sender, now)
    if error:
        OutgoingMessage.objects.filter(pk=row.pk).update(last_error=error[:120])
        return "failed"
    OutgoingMessage.objects.filter(pk=row.pk).update(sent_at=now, last_error="")
    return "sent"


def _taken(row: OutgoingMessage, now: datetime) -> bool:
    """Compare and set: of two workers one gets the row, and its next try is set before this one."""
    unchanged = OutgoingMessage.objects.filter(
        pk=row.pk, sent_at__isnull=True, attempts=row.attempts
    )
    next_try = now + wait_after(row.attempts + 1)
    return unchanged.update(attempts=F("attempts") + 1, next_try_at=next_try) == 1


def _handed_over(row: OutgoingMessage, sender: Sender, now: datetime) -> str:
    """ "" when it was, else why not. A message for a desk is there as soon as it is due."""
    if row.channel == Channel.DESK:
        return ""
    try:
        sender(as_message(row), now)
    except SendingFailed as failure:
        error = failure.code
    except Exception as failure:  # a sender's own error may hold a phone: only its kind is kept
        error = type(failure).__name__
    else:
        return ""
    logger.warning("message %s was not sent (try %s): %s", row.pk, row.attempts + 1, error)
    return error
