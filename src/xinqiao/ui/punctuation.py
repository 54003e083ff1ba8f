"""The signs between words that are put together here, as the reader's language writes them: 、；： in Chinese."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def listed(parts: Iterable[str]) -> str:
    """Several of a kind, one after another."""
    return _(", ").join(parts)


def in_turn(parts: Iterable[str]) -> str:
    """Clauses, or words that may hold a comma themselves."""
    return _("; ").join(parts)


def valued(label: str, value: object) -> str:
    """What something is called, and what it is."""
    return f"{label}{pgettext('before a value', ': ')}{value}"
