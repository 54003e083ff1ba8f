"""How a line of the log is written: on one line whatever came from outside, and without the values of a row."""

import logging
import re
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from django.db import Error as DatabaseError

#: Controls, and what some programs take for the end of a line.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
#: The class of SQLSTATE in which the sentence itself has the value in it ("invalid input syntax for ...").
_DATA = "22"
_Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class LineFormatter(logging.Formatter):
    """One message, one line: nobody forges a second one. A fault follows with its way through the code, indented."""

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802
        """With the offset of the place, so that lines of several servers can be laid side by side."""
        moment = datetime.fromtimestamp(record.created, tz=UTC).astimezone()
        return moment.isoformat(timespec="milliseconds")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  the names are logging's
        return one_line(super().formatMessage(record))

    def formatException(self, ei: _Raised) -> str:  # noqa: N802
        return "\n".join(_told(ei[1], set())) if ei[1] is not None else ""


def one_line(text: str) -> str:
    """The text with its control characters written out."""
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def _told(error: BaseException, seen: set[int]) -> Iterator[str]:
    """The way through the code of the error and of those it came from, the first of them first."""
    seen.add(id(error))
    hidden = None if error.__suppress_context__ else error.__context__
    before = error.__cause__ or hidden
    if before is not None and id(before) not in seen:
        yield from _told(before, seen)
        yield "  which led to:"
    for place in traceback.format_tb(error.__traceback__):
        yield place.rstrip("\n")
    yield f"  {type(error).__module__}.{type(error).__qualname__}: {one_line(said(error))}"


def said(error: BaseException) -> str:
    """What the error says. PostgreSQL adds the values of the row to it, and quotes a value that it cannot read."""
    origin: Any = error.__cause__ if isinstance(error, DatabaseError) else error
    facts = getattr(origin, "diag", None)
    if facts is None:
        return str(error)
    code = facts.sqlstate or ""
    words = "" if code.startswith(_DATA) else facts.message_primary
    return " ".join(filter(None, (code, words))) or "the database could not be asked"
