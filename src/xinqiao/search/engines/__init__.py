"""The index itself, which each database has in its own way; both are asked and told the same."""

from collections.abc import Sequence
from typing import Protocol

from django.db import connection

from xinqiao.search.engines import postgresql, sqlite
from xinqiao.search.values import Asked, Page


class Engine(Protocol):
    """What an index can do. Each raises `DatabaseError` where it is missing or broken."""

    def write(self, pages: Sequence[Page]) -> None:
        """Files these matters, each in place of what was filed of it. Inside a transaction."""

    def newest(self, asked: Asked, before: int, most: int) -> list[int]:
        """At most so many matters with a lower row id than `before` that have what is asked, the highest first."""

    def begin_anew(self) -> None:
        """Empties the index, and makes it where it is missing."""

    def settle(self) -> None:
        """Brings the index into its quickest form, after much was written."""


def engine() -> Engine:
    """The index of the database that is in use."""
    return postgresql if connection.vendor == "postgresql" else sqlite
