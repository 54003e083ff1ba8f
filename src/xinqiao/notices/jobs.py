"""Finding out who stands behind a matter, and addressing to each what was promised to all."""

from datetime import datetime

from xinqiao.intake import queries as intake
from xinqiao.outbox import actions as outbox
from xinqiao.outbox import queries
from xinqiao.outbox.values import Message
from xinqiao.people import queries as people

AT_ONCE = 200


def address_due(now: datetime) -> int:
    """Addresses what was promised to the petitioners of matters, at most `AT_ONCE` promises in a round.

    Returns how many messages were made of them; a matter behind which no phone is known makes none. May run twice,
    late, and beside itself.
    """
    due = queries.to_address(now, limit=AT_ONCE)
    return sum(_address(message, now) for message in due)


def _address(message: Message, now: datetime) -> int:
    matter = message.to.matter
    numbers = {one.id: one.number for one in intake.of_matter(matter)} if matter else {}
    reached = people.reached_by_phone(list(numbers))
    to = [(petitioner, {"number": numbers[contact]}) for petitioner, contact in reached.items()]
    return outbox.address(message, to, now=now)
