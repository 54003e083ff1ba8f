"""What a message is to those who queue, send or show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

Data = Mapping[str, str | int | bool | None]


class Channel(StrEnum):
    """How a message reaches somebody.

    PETITIONERS is no way yet: whoever stands behind a matter, to be addressed one by one before anything is sent.
    """

    SMS = "sms"
    DESK = "desk"
    PRINT = "print"
    PETITIONERS = "petitioners"


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """For whom: a petitioner by id or a unit by code, one of the two. Never a phone or an address.

    `matter` is what the message is about; with the channel PETITIONERS it alone says for whom.
    Raises ValueError when neither or both are given, or the channel cannot reach such a recipient.
    """

    channel: Channel
    petitioner: int | None = None
    unit: str = ""
    matter: int | None = None

    def __post_init__(self) -> None:
        if self.channel is Channel.PETITIONERS:
            if self.matter is None or self.petitioner is not None or self.unit:
                raise ValueError(
                    "for the petitioners of a matter name the matter and nobody, no unit"
                )
            return
        if (self.petitioner is None) == (not self.unit):
            raise ValueError("a message goes to one petitioner or to one unit")
        if self.channel is Channel.DESK and not self.unit:
            raise ValueError("only a unit has a desk: give its code")


@dataclass(frozen=True, kw_only=True)
class Message:
    """A message as its sender and the desk see it. `key` is the same on every try to send it."""

    id: int
    key: str
    kind: str
    to: Recipient
    template: str
    data: Data
    created_at: datetime
    due_at: datetime
    sent_at: datetime | None = None
    attempts: int = 0
    last_error: str = ""


class Sender(Protocol):
    """Brings a message to the outside. Returning means it was handed over for good.

    May be called again with the same `key` (a stop between sending and noting it down): whatever
    takes the message must let the second one pass as done. Raises SendingFailed, with a code free
    of personal data, when it could not; it is then called again later.
    """

    def __call__(self, message: Message, now: datetime) -> None: ...


class SendingFailed(Exception):
    """The message could not be handed over this time."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
