"""A sender for stories: it keeps what it was given, or misbehaves as it was told."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from xinqiao.outbox.values import Message, SendingFailed

BUSY = SendingFailed("gateway_busy")


@dataclass
class Post:
    """`trouble` is raised instead of taking a message, or only the one `trouble_with`.

    `afterwards` is called once, when the next message has been taken.
    """

    trouble: Exception | None = None
    trouble_with: str = ""
    afterwards: Callable[[], object] | None = None
    taken: list[Message] = field(default_factory=list)

    def __call__(self, message: Message, now: datetime) -> None:
        if self.trouble is not None and self.trouble_with in {"", message.key}:
            raise self.trouble
        self.taken.append(message)
        afterwards, self.afterwards = self.afterwards, None
        if afterwards is not None:
            afterwards()

    @property
    def keys(self) -> list[str]:
        return [message.key for message in self.taken]


the_post = Post()


def send(message: Message, now: datetime) -> None:
    """The sender that XINQIAO_SENDER names in these tests."""
    the_post(message, now)
