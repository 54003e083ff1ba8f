"""The sender that is there before a place names its own."""

import logging
from datetime import datetime

from xinqiao.outbox.values import Message

logger = logging.getLogger(__name__)


def to_log(message: Message, now: datetime) -> None:
    """Writes one line, without personal data, instead of sending. Never fails."""
    logger.info("%s %s by %s, key %s", message.kind, message.id, message.to.channel, message.key)
