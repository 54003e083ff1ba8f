"""The readers of the benchmark: somebody at their desk who turns pages, and rows read from the bare database."""

import http.client
import random
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

RAW = "SELECT * FROM matters_matter WHERE id = {}"


@contextmanager
def turns_pages(url: str, cookie: str, paths: Sequence[str]) -> Iterator[Callable[[], None]]:
    """Asks for one of the pages at a time, over one connection that is kept. Anything but the page is an error."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    headers = {"Cookie": cookie, "Accept-Language": "zh-CN"}

    def read() -> None:
        path = random.choice(paths)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        said = answer.read()
        if answer.status != http.client.OK or b"</html>" not in said:
            raise RuntimeError(f"{answer.status} {path}")

    with closing(connection):
        yield read


@contextmanager
def raw_sqlite(path: Path, ids: Sequence[int]) -> Iterator[Callable[[], None]]:
    """Whole rows of matters by their primary key, by sqlite3 alone."""
    with closing(sqlite3.connect(path)) as connection:

        def read() -> None:
            (row,) = connection.execute(RAW.format("?"), (random.choice(ids),)).fetchall()
            assert row

        yield read


@contextmanager
def raw_postgresql(url: str, ids: Sequence[int]) -> Iterator[Callable[[], None]]:
    """The same by psycopg alone."""
    with psycopg.connect(url, autocommit=True) as connection:

        def read() -> None:
            (row,) = connection.execute(RAW.format("%s"), (random.choice(ids),)).fetchall()
            assert row

        yield read
