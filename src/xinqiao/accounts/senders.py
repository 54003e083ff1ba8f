"""What brings a log-in code to a phone. XINQIAO_CODE_SENDER names the one that a place uses."""

import logging
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from xinqiao.people.masking import mask_phone

logger = logging.getLogger(__name__)


class CodeSender(Protocol):
    """Sends a code to a phone. Raises CodeNotSent when it could not; it is never asked twice for the same code."""

    def __call__(self, phone: str, code: str) -> None: ...


class CodeNotSent(Exception):
    """The code could not be handed over to whoever brings it to the phone."""


def to_log(phone: str, code: str) -> None:
    """Writes the code into the log of the server: for a place that has no such service yet, and for trying out."""
    logger.info("log-in code for %s: %s", mask_phone(phone), code)


def send(phone: str, code: str) -> None:
    """Sends through the sender of this place. Raises CodeNotSent."""
    sender: CodeSender = import_string(settings.XINQIAO_CODE_SENDER)
    sender(phone, code)
