"""Two people acting at once: calls that start together, each in its own thread and connection."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connections

WAIT_SECONDS = 60
T = TypeVar("T")


def together(calls: Sequence[Callable[[], T]]) -> list[T | Exception]:
    """Run all `calls` at once and give, in their order, what each returned or raised.

    For tests with the `committed_db` fixture. Raises threading.BrokenBarrierError if a thread
    cannot start.
    """
    start = Barrier(len(calls))

    def one(call: Callable[[], T]) -> T | Exception:
        try:
            start.wait(WAIT_SECONDS)
            return call()
        except Exception as problem:
            return problem
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(one, calls))
