"""Two worlds that differ in reports alone: what is met in the one is held against what is met in the other."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

#: What differs from one answer to the next without telling anything: tokens, keys of forms, names that only tie two
#: parts of a page together, times of day.
_CHANGING = (
    re.compile(r"(why-)\d+"),
    re.compile(r"(csrfmiddlewaretoken\W+value=\W|X-CSRFToken\W+)[0-9A-Za-z]{64}"),
    re.compile(r'((?:name="request_key" value=|registering/files/)"?)[0-9A-Za-z_-]{8,}'),
    re.compile(r"()(?:\b|(?<=T))\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\b"),
)
_LITERAL = re.compile(r"'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b|%s")
_VERSION = "directory_directoryversion"
_LIST = re.compile(r"\(\?(?:, \?)+\)")
_SAVEPOINT = re.compile(r'"s\d+_x\d+"')


@dataclass(frozen=True)
class Answer:
    """What came back: status, where it leads, what stands in it, and the database's part in it."""

    status: int
    leads_to: str
    body: str
    asked: tuple[str, ...]

    def about(self, number: str, other: str) -> "Answer":
        """The same answer, had it been about another number."""
        said = self.body.replace(number, other)
        return Answer(self.status, self.leads_to.replace(number, other), said, self.asked)


@contextmanager
def a_world() -> Iterator[None]:
    """Whatever happens within never happened afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ask(client: Client, method: str, address: str, data: Any = None, **more: Any) -> Answer:
    """One request, with the questions it put to the database: their number and their shape.

    Left out: the version of the directory, for which a process asks once in a while, as its clock says.
    """
    with CaptureQueriesContext(connection) as queries:
        answer: Any = getattr(client, method)(address, data, **more)
    streamed = getattr(answer, "streaming", False)
    body = b"".join(answer.streaming_content) if streamed else answer.content
    asked = tuple(
        _shape(one["sql"]) for one in queries.captured_queries if _VERSION not in one["sql"]
    )
    return Answer(
        answer.status_code, answer.headers.get("Location", ""), _steady(body.decode()), asked
    )


def _steady(body: str) -> str:
    for changing in _CHANGING:
        body = changing.sub(r"\1-", body)
    return body


def _shape(sql: str) -> str:
    """A statement without its values, and without how many stand in a list."""
    return _LIST.sub("(?)", _LITERAL.sub("?", _SAVEPOINT.sub("savepoint", sql)))
