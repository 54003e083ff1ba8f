"""SQLite with a queue before the one place for a writer.

SQLite lets a writer that has to wait sleep longer and longer, up to a tenth of a second; whoever
writes one contact after another is back before the others look again, and they give up in the end:
"database is locked". Here the writers stand in line for a lock on a file beside the database, and
only the first in line asks SQLite, often. The lock is not what keeps the data right, and falls
when its process ends.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

ASK_EVERY_SECONDS = 0.0002


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's, except for how a transaction waits for those of others."""

    _line: int | None = None  # the open file of the lock

    def _start_transaction_under_autocommit(self) -> None:
        if self.is_in_memory_db():
            super()._start_transaction_under_autocommit()
            return
        give_up = time.monotonic() + self.settings_dict["OPTIONS"]["timeout"]
        with self._first_in_line(), self._not_waiting():
            while True:
                try:
                    super()._start_transaction_under_autocommit()
                except OperationalError:
                    if time.monotonic() > give_up:
                        raise
                    time.sleep(ASK_EVERY_SECONDS)
                else:
                    return

    @contextmanager
    def _first_in_line(self) -> Iterator[None]:
        if self._line is None:
            path = f"{self.settings_dict['NAME']}-line"
            self._line = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._line, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self._line, fcntl.LOCK_UN)

    @contextmanager
    def _not_waiting(self) -> Iterator[None]:
        """SQLite answers at once whether the place is free; by itself it would sleep."""
        timeout = int(self.settings_dict["OPTIONS"]["timeout"] * 1000)
        self.connection.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {timeout}")

    def _close(self) -> None:
        super()._close()
        if self._line is not None:
            os.close(self._line)
            self._line = None
