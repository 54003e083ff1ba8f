"""Programs that hand over petitions as fast as they can, and keep what was acknowledged to them."""

import http.client
import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from urllib.parse import urlsplit
from uuid import uuid4

SENDERS = 8
SUBJECT = "小区电梯停用半年，请求督促修复"
_PATIENCE_SECONDS = 20


@dataclass
class Book:
    """What was sent, by the sender's own key, and what was acknowledged: key to number and query code."""

    sent: list[str] = field(default_factory=list)
    acknowledged: dict[str, tuple[str, str]] = field(default_factory=dict)
    refused: list[int] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def will_send(self, key: str) -> None:
        with self._lock:
            self.sent.append(key)

    def was_answered(self, key: str, status: int, content: bytes) -> None:
        with self._lock:
            if status in (http.client.OK, http.client.CREATED):
                receipt = json.loads(content)
                self.acknowledged[key] = receipt["number"], receipt["query_code"]
            else:
                self.refused.append(status)

    @property
    def unanswered(self) -> list[str]:
        return [key for key in self.sent if key not in self.acknowledged]


def petition(key: str) -> bytes:
    """The petition that belongs to a key: the same each time it is sent."""
    phone = f"13{int(key[:8], 16) % 10**9:09d}"
    content = {
        "subject": SUBJECT, "body": f"四月起停用，老人上下楼很困难。{key}", "region": "340800", "kind": "claim",
        "petitioner": {"name": "高兰", "phone": phone, "address": "宜秀区某某镇一组12号"},
    }  # fmt: skip
    return json.dumps(content).encode()


def post(
    connection: http.client.HTTPConnection, key: str
) -> tuple[int, http.client.HTTPMessage, bytes]:
    """Sends the petition of a key. Raises OSError, HTTPException when the line breaks."""
    headers = {"Content-Type": "application/json", "Idempotency-Key": key}
    connection.request("POST", "/api/v1/contacts", petition(key), headers)
    answer = connection.getresponse()
    return answer.status, answer.headers, answer.read()


def send(connection: http.client.HTTPConnection, key: str, book: Book) -> int:
    """The same, and what became of it written down."""
    status, _, content = post(connection, key)
    book.was_answered(key, status, content)
    return status


def line_to(url: str) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(urlsplit(url).netloc, timeout=_PATIENCE_SECONDS)


def _work(url: str, book: Book, stop: Event) -> None:
    with closing(line_to(url)) as connection:
        while not stop.is_set():
            key = uuid4().hex
            book.will_send(key)
            try:
                send(connection, key, book)
            except (OSError, http.client.HTTPException):
                return  # the line broke: whether it was received, nobody here knows


@contextmanager
def under_load(url: str, book: Book) -> Iterator[None]:
    """Eight senders at work for as long as the context lasts, or until their lines break."""
    stop = Event()
    threads = [Thread(target=_work, args=(url, book, stop)) for _ in range(SENDERS)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(_PATIENCE_SECONDS * 2)
        assert not any(thread.is_alive() for thread in threads)
