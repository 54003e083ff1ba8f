"""The messages of the stories: receipts for Gao Lan, and news for the desk of the city office."""

from datetime import UTC, datetime

from xinqiao.outbox.actions import queue
from xinqiao.outbox.values import Channel, Recipient

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
GAO_LAN = Recipient(channel=Channel.SMS, petitioner=3)
CITY_DESK = Recipient(channel=Channel.DESK, unit="city-petition")


def promise(key: str, *, to: Recipient = GAO_LAN, due_at: datetime | None = None) -> int:
    """A receipt for Gao Lan, or whoever is named, promised at `NOW`."""
    return queue(
        key=key,
        kind="receipt",
        to=to,
        template="receipt",
        data={"number": "20260302-1"},
        now=NOW,
        due_at=due_at,
    )
