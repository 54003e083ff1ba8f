"""The clients of the benchmark: petitions sent to the platform, and bare rows sent to its database."""

import http.client
import json
import random
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import psycopg

SHANGHAI = ZoneInfo("Asia/Shanghai")
SUBJECT = "小区电梯停用半年，请求督促修复"
BODY = "四月起电梯停用，老人上下楼很困难。多次找物业，一直没有答复。请督促物业修复。\n" * 4
REGION = "340800"
RAW_TABLE = "CREATE TABLE bench_raw (id integer, client text, said text)"
RAW_ROW = "INSERT INTO bench_raw VALUES ({0}, {0}, {0})"
RAW_ROWS = 2


def _petitioner() -> dict[str, str]:
    """Somebody new each time: their card has to be made."""
    phone = f"13{random.randrange(10**9):09d}"
    return {"name": "高兰", "phone": phone, "address": "宜秀区某某镇一组12号"}


@contextmanager
def by_action() -> Iterator[Callable[[], None]]:
    """Petitions handed to `xinqiao.intake.actions.receive` in this process."""
    import django  # noqa: PLC0415  a client of the database alone must not wait for it

    django.setup()
    from django.db import connection  # noqa: PLC0415  only after setup

    from xinqiao.intake.actions import receive  # noqa: PLC0415
    from xinqiao.intake.values import ContactInput  # noqa: PLC0415
    from xinqiao.people.values import PersonInput  # noqa: PLC0415
    from xinqiao.rules.persons import petitioner_of  # noqa: PLC0415

    def send() -> None:
        now = datetime.now(SHANGHAI)
        contact = ContactInput(
            unit="petition-office", channel="online", received_at=now, subject=SUBJECT, body=BODY,
            petitioners=[PersonInput(**_petitioner())], kind="claim", region=REGION,
            request_key=secrets.token_hex(16),
        )  # fmt: skip
        receive(contact, by=petitioner_of(0), now=now)

    with closing(connection):
        yield send


@contextmanager
def by_http(url: str) -> Iterator[Callable[[], None]]:
    """Petitions posted to the API of a running server, over one connection that is kept."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)

    def send() -> None:
        contact = {
            "subject": SUBJECT, "body": BODY, "region": REGION, "kind": "claim",
            "petitioner": _petitioner(),
        }  # fmt: skip
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": secrets.token_hex(16),
        }
        connection.request("POST", "/api/v1/contacts", json.dumps(contact), headers)
        answer = connection.getresponse()
        said = answer.read()
        if answer.status != http.client.CREATED:
            raise RuntimeError(f"{answer.status} {said[:160].decode(errors='replace')}")

    with closing(connection):
        yield send


@contextmanager
def raw_postgresql(url: str) -> Iterator[Callable[[], None]]:
    """Transactions of two small rows, by psycopg alone."""
    sql = RAW_ROW.format("%s")
    with psycopg.connect(url, autocommit=True) as connection:

        def send() -> None:
            with connection.transaction():
                for number in range(RAW_ROWS):
                    connection.execute(sql, (number, "client", SUBJECT))

        yield send


@contextmanager
def raw_sqlite(path: Path) -> Iterator[Callable[[], None]]:
    """Transactions of two small rows, by sqlite3 alone, with the durability of the platform."""
    sql = RAW_ROW.format("?")
    with closing(sqlite3.connect(path, timeout=20, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")

        def send() -> None:
            connection.execute("BEGIN IMMEDIATE")
            for number in range(RAW_ROWS):
                connection.execute(sql, (number, "client", SUBJECT))
            connection.execute("COMMIT")

        yield send
