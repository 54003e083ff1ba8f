"""The sender that is there before a place names its own."""

import logging
from datetime import datetime

from xinqiao.matters.messages import KIND
from xinqiao.notices.queries import text_of
from xinqiao.outbox import senders
from xinqiao.outbox.values import Message
from xinqiao.reception.days.values import MESSAGE_KIND as BOOKING

logger = logging.getLogger(__name__)


def to_log(message: Message, now: datetime) -> None:
    """Writes the words of a message to a petitioner into the log, without a phone; of others one line. Never fails."""
    if message.kind in (KIND, BOOKING):
        logger.info("to petitioner %s: %s", message.to.petitioner, text_of(message))
    else:
        senders.to_log(message, now)
