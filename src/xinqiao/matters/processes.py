"""Other processes that look at the same database.

A process imports this before it is set up, so nothing here may import a model.
"""

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, TypeVar

import django
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections

T = TypeVar("T")
Run = Callable[[Iterable[Callable[[], T]]], Iterable[T]]


@contextmanager
def side_by_side(processes: int) -> Iterator[Run[Any]]:
    """What runs calls that can be pickled, and gives their answers in their order.

    With one process, or a database in memory, in this process. Raises BrokenProcessPool when a process ends by itself.
    """
    in_memory = getattr(connection, "is_in_memory_db", None)  # SQLite alone has such
    if processes < 2 or (in_memory is not None and in_memory()):
        yield lambda calls: (call() for call in calls)
        return
    pool = ProcessPoolExecutor(
        processes,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_begin,
        initargs=(str(settings.XINQIAO_HOME), dict(connection.settings_dict)),
    )
    try:
        yield partial(pool.map, _run)
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(home: str, database: dict[str, Any]) -> None:
    """A process that looks at the same database, with the same keys, as the one that started it."""
    os.environ["XINQIAO_HOME"] = home
    django.setup()
    connections.settings[DEFAULT_DB_ALIAS] = database
    with suppress(AttributeError):  # none was opened yet
        del connections[DEFAULT_DB_ALIAS]
    gc.freeze()  # what was loaded stays; what comes and goes is looked through more rarely
    gc.set_threshold(50_000, 20, 20)


def _run(call: Callable[[], T]) -> T:
    return call()
