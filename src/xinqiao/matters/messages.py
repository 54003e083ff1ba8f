"""Promising the petitioners of a matter, in the transaction of a step, the message that tells them of it."""

from datetime import datetime
from typing import Any

from xinqiao.matters.models import Matter
from xinqiao.outbox import actions as outbox
from xinqiao.outbox.values import Channel, Recipient
from xinqiao.rules.entries import Entry
from xinqiao.rules.facts import Facts
from xinqiao.rules.messages import day_of, message_after

KIND = "step"


def promise(matter: Matter, entry: Entry, facts: Facts, now: datetime) -> None:
    """Queues the message that follows this entry, if any does. Who gets it is found out when it is addressed.

    The number of the entry is in the key, so one step is one message.
    """
    message = message_after(entry.step, facts)
    if message is None:
        return
    data: dict[str, Any] = {
        "number": matter.number,
        "day": day_of(message, matter.clocks, entry.payload),
        "rating": message.rating and not facts.rated,
    }
    _queue(matter.pk, message.code, data, occasion=f"matter/{matter.number}/{entry.seq}", now=now)


def tell(matter_id: int, code: str, *, number: str, occasion: str, now: datetime) -> None:
    """Queues a message that follows no step, in the transaction of what it tells. `code` names its words."""
    _queue(matter_id, code, {"number": number}, occasion=occasion, now=now)


def _queue(
    matter_id: int, code: str, data: dict[str, Any], *, occasion: str, now: datetime
) -> None:
    to = Recipient(channel=Channel.PETITIONERS, matter=matter_id)
    outbox.queue(key=occasion, kind=KIND, to=to, template=code, data=data, now=now)
