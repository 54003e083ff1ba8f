"""PostgreSQL with a look at the line in place of a question, and a cursor for statements that are made once.

A connection is kept for many requests and may have died in between. Django finds out by a `SELECT 1` in each request;
but a server that hangs up, or is killed, leaves something to be read on the line, and looking costs no way to it.
"""

import select
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.utils import CursorWrapper
from psycopg import RawCursor, pq


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's, except for how it finds out whether a connection that was kept is still good."""

    _numbered: RawCursor[Any] | None = None

    def numbered_cursor(self) -> CursorWrapper:
        """A cursor for statements whose values stand as `$1`, `$2`: sent as they are, with nothing looked for.

        Making one costs as much as sending something with it, so the connection keeps it; nobody closes it.
        """
        self.ensure_connection()
        if self._numbered is None or self._numbered.connection is not self.connection:
            self._numbered = RawCursor(self.connection)
        return CursorWrapper(self._numbered, self)

    def is_usable(self) -> bool:
        """Whether statements may be sent. After an error, or with something on the line, the server is asked."""
        if self.connection is None or self.errors_occurred or not self._is_quiet():
            return bool(super().is_usable())
        return True

    def _is_quiet(self) -> bool:
        line = self.connection.pgconn
        if line.status != pq.ConnStatus.OK:
            return False
        looking = select.poll()
        looking.register(line.socket, select.POLLIN | select.POLLPRI)
        return not looking.poll(0)
