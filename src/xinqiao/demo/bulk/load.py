"""Loading a province: each process plays its share of the stories in memory, then pours them for every city.

Nothing here is imported that needs settings before a process has chosen its database.
"""

import multiprocessing
import os
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass
from datetime import date
from math import ceil
from multiprocessing.connection import wait
from typing import Any

from django.conf import settings
from psycopg.conninfo import make_conninfo

from xinqiao.demo.bulk.places import MOST, places

#: Stories are played through the real actions, which takes its time: each is then poured again.
MOST_STORIES = 1500
CONTACTS_A_STORY = 1.16
_CONTACTS_A_CITY = 62_500
_TOGETHER = 150
_IN_MEMORY = "sqlite://:memory:"


@dataclass(frozen=True, kw_only=True)
class Order:
    """What to load: so many stories of the three years before `end`, each poured so many times in every city."""

    cities: int
    stories: int
    times: int
    seed: int
    end: date


def order_of(contacts: int, seed: int, end: date) -> Order:
    """About so many contacts: cities like the demonstration city, until there are as many as a province has."""
    cities = min(MOST, ceil(contacts / _CONTACTS_A_CITY))
    matters = ceil(contacts / cities / CONTACTS_A_STORY)
    times = ceil(matters / MOST_STORIES)
    return Order(cities=cities, stories=ceil(matters / times), times=times, seed=seed, end=end)


def load(order: Order, processes: int, tick: Callable[[int], None] = lambda _: None) -> int:
    """Fills an empty, founded platform (`founding.found_province`). `tick` hears of contacts written; returns how many.

    Raises RuntimeError with what a process said when it failed; then the platform is of no use.
    """
    from django.db import connection  # noqa: PLC0415  see above

    from xinqiao.demo.bulk import tables  # noqa: PLC0415
    from xinqiao.directory.queries import accounts_by_username  # noqa: PLC0415

    known = dict(accounts_by_username())
    on_sqlite = connection.vendor == "sqlite"
    target = None if on_sqlite else _address(connection.settings_dict)
    path = str(connection.settings_dict["NAME"])
    written = 0
    with ExitStack() as stack:
        stack.enter_context(nullcontext() if on_sqlite else tables.bare_tables())
        if on_sqlite:
            connection.close()
        writer = tables.SqliteWriter(path) if on_sqlite else None
        for contacts, rows in _poured(order, processes, known, target):
            if writer is not None:
                writer.write(rows)
            written += contacts
            tick(contacts)
        if writer is not None:
            writer.finish()
    return written


def _address(settings: Mapping[str, Any]) -> str:
    """The database in which this process is, for another one on PostgreSQL."""
    named = {
        "dbname": "NAME",
        "host": "HOST",
        "port": "PORT",
        "user": "USER",
        "password": "PASSWORD",
    }
    return make_conninfo(**{name: settings[key] for name, key in named.items() if settings[key]})


def _poured(
    order: Order, processes: int, known: dict[str, int], target: str | None
) -> Iterator[tuple[int, Any]]:
    """What the processes pour: numbers of contacts, with their rows where this process writes them."""
    context = multiprocessing.get_context("spawn")
    workers: list[Any] = []
    readers: list[Any] = []
    for index in range(processes):
        reader, writer = context.Pipe(duplex=False)
        told = (str(settings.XINQIAO_HOME), index, processes, order, known, target, writer)
        workers.append(context.Process(target=_work, args=told, daemon=True))
        workers[-1].start()
        writer.close()  # the process alone holds it: when that ends, whatever the way, reading tells
        readers.append(reader)
    try:
        while readers:
            for ready in wait(readers):
                kind, *answer = _read(ready)
                if kind == "failed":
                    raise RuntimeError(answer[0])
                if kind == "done":
                    readers.remove(ready)
                else:
                    yield answer[0], answer[1]
    finally:
        for worker in workers:
            worker.terminate()
            worker.join()


def _read(reader: Any) -> tuple[Any, ...]:
    try:
        return tuple(reader.recv())
    except EOFError:
        raise RuntimeError("a process of the load ended without a word: is memory short?") from None


def _work(
    home: str, index: int, processes: int, order: Order, known: dict[str, int], target: str | None, answers: Any,
) -> None:  # fmt: skip
    """A process of the load, with a database of its own in memory and the keys of the platform."""
    try:
        os.environ["XINQIAO_HOME"] = home
        os.environ["XINQIAO_DATABASE_URL"] = _IN_MEMORY
        os.environ["DJANGO_SETTINGS_MODULE"] = "xinqiao.config.settings"
        import django  # noqa: PLC0415  only now the database is chosen

        django.setup()
        from xinqiao.demo.bulk.tables import PostgresWriter  # noqa: PLC0415

        writer = PostgresWriter(target) if target else None
        for contacts, rows in _share(
            index, processes, order, known, "postgresql" if target else "sqlite"
        ):
            if writer is not None:
                writer.write(rows)
            answers.send(
                (
                    "poured",
                    contacts,
                    None if writer is not None else rows,
                )
            )
        answers.send(("done",))
    except BaseException:  # whatever it is, the caller has to hear of it
        answers.send(
            (
                "failed",
                traceback.format_exc(),
            )
        )


def _share(
    index: int, processes: int, order: Order, known: dict[str, int], vendor: str
) -> Iterator[tuple[int, Any]]:
    """Plays this process's stories, then pours them city by city, in batches."""
    from xinqiao.demo.bulk.founding import played_stories  # noqa: PLC0415
    from xinqiao.demo.bulk.places import accounts_of  # noqa: PLC0415
    from xinqiao.demo.bulk.pouring import Pourer, Share  # noqa: PLC0415
    from xinqiao.demo.dice import dice  # noqa: PLC0415
    from xinqiao.directory.queries import accounts_by_username  # noqa: PLC0415

    moulds = played_stories(order.stories, order.seed, order.end, index, processes)
    own = accounts_by_username()
    pourer = Pourer(
        Share(index=index, processes=processes), vendor, dice(order.seed, "pour", index)
    )
    for place in places(order.cities):
        accounts = accounts_of(place, known, own)
        for start in range(0, len(moulds), _TOGETHER):
            batch = [
                pourer.ready(one.moved(place, accounts))
                for one in moulds[start : start + _TOGETHER]
            ]
            for _ in range(order.times):
                before = pourer.contacts
                for ready in batch:
                    pourer.pour(ready)
                yield pourer.contacts - before, pourer.take()
