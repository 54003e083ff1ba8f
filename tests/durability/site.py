"""A place with one platform whose parts can be killed: web server, database, disk."""

import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from tests.support.platform import PROGRAM, START_SECONDS, environment, free_port
from tests.support.platform import answers as answers_at
from tools.private_postgres import PrivateServer, children

#: What one contact is: a row in each of these, tied together.
_WHOLE = """
SELECT c.request_key, c.number
FROM intake_contact c
JOIN matters_matter m ON m.id = c.matter_id
JOIN matters_entry e ON e.matter_id = m.id AND e.seq = c.seq
JOIN matters_text s ON s.matter_id = m.id AND s.seq = c.seq AND s.field = 'subject'
JOIN matters_text b ON b.matter_id = m.id AND b.seq = c.seq AND b.field = 'body'
JOIN people_party a ON a.contact_id = c.id
JOIN people_petitioner p ON p.id = a.petitioner_id
JOIN people_datakey k ON k.id = p.id
"""


@dataclass
class Site:
    """The platform in `home`, on its SQLite file or on `postgres`."""

    home: Path
    postgres: PrivateServer | None = None
    url: str = ""
    _server: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def environment(self) -> dict[str, str]:
        more = {"XINQIAO_TRUSTED_SENDERS": "127.0.0.1"}
        if self.postgres is not None:
            more["XINQIAO_DATABASE_URL"] = self.postgres.url
        return environment(self.home, **more)

    def runs(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command of the program, whatever its exit status."""
        return subprocess.run(
            [str(PROGRAM), *arguments],
            env=self.environment(), capture_output=True, text=True, timeout=600, check=False,
        )  # fmt: skip

    def starts(self, *options: str) -> None:
        """The web server, until it answers; its processes form a group of their own."""
        self.url = f"http://127.0.0.1:{free_port()}"
        command = [str(PROGRAM), "serve", "--port", self.url.rpartition(":")[2], "--workers", "2"]
        with (self.home / "serve.log").open("ab") as log:
            self._server = subprocess.Popen(
                [*command, *options], env=self.environment(), stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        deadline = time.monotonic() + START_SECONDS
        while not answers_at(self.url):
            alive = self._server.poll() is None and time.monotonic() < deadline
            assert alive, (self.home / "serve.log").read_text()
            time.sleep(0.05)

    def server_is_killed(self) -> None:
        """All its processes at once, as a power cut would."""
        if self._server is not None:
            os.killpg(self._server.pid, signal.SIGKILL)
            self._server.wait()
            self._server = None

    def web_processes(self) -> list[int]:
        """The processes that answer, started by the one that was started here."""
        return children(self._server.pid) if self._server is not None else []

    def power_fails(self) -> None:
        """Web server and database gone at the same moment."""
        self.server_is_killed()
        if self.postgres is not None:
            self.postgres.kill()

    def power_returns(self) -> None:
        if self.postgres is not None:
            self.postgres.start()
        self.starts()

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What the database answers, asked beside the platform."""
        if self.postgres is not None:
            with psycopg.connect(self.postgres.url) as connection:
                return connection.execute(sql).fetchall()
        with closing(sqlite3.connect(self.home / "xinqiao.sqlite3", timeout=20)) as connection:
            return connection.execute(sql).fetchall()

    def whole_contacts(self) -> list[tuple[str, str]]:
        """Mark of the request and number of every contact all of whose parts are there, once for each."""
        return self.rows(_WHOLE)

    def contacts(self) -> int:
        return int(self.rows("SELECT count(*) FROM intake_contact")[0][0])


@contextmanager
def site(home: Path, postgres: PrivateServer | None) -> Iterator[Site]:
    """The platform in `home`, not served yet; whatever of it still runs at the end is killed."""
    place = Site(home=home, postgres=postgres)
    try:
        yield place
    finally:
        place.server_is_killed()
