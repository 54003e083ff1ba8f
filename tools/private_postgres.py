"""A PostgreSQL server of one's own: made in a temporary folder, reached by a socket in it, then gone.

    tools/private_postgres.py xinqiao init      # runs a command with XINQIAO_DATABASE_URL set

The server is a child of this process and dies with it, however it dies. As root it runs as the
user `postgres`, since PostgreSQL refuses root. It keeps its promises (fsync on), as one in
production does.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

OWNER = "xinqiao"
SERVER_ACCOUNT = "postgres"
START_SECONDS = 30
# So that a test can try to get around a trigger as a superuser could; the right came with version 15.
REPLICA_MODE = f"""DO $$ BEGIN
    IF current_setting('server_version_num')::int >= 150000 THEN
        GRANT SET ON PARAMETER session_replication_role TO {OWNER};
    END IF;
END $$"""


class NoServer(Exception):
    """PostgreSQL cannot be started here; the message says what to do."""


def _binaries() -> Path:
    """The folder of the newest installed server: Debian's place first, then PATH."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])
    )
    found = str(debian[-1]) if debian else shutil.which("initdb")
    if not found:
        raise NoServer("PostgreSQL's server is not installed: apt-get install postgresql")
    return Path(found).resolve().parent


def _server_account() -> list[str]:
    """The words before a command that run it as the server's account until its parent dies."""
    die_with_parent = ["setpriv", "--pdeathsig=INT"]
    if os.geteuid() != 0:
        return die_with_parent
    return [
        *die_with_parent,
        f"--reuid={SERVER_ACCOUNT}",
        f"--regid={SERVER_ACCOUNT}",
        "--clear-groups",
    ]


def _run(arguments: list[str], folder: Path) -> None:
    done = subprocess.run(arguments, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoServer(f"{' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")


def _make_cluster(binaries: Path, folder: Path) -> None:
    """Others may pass through `folder`, to reach the socket; the data in it is the server's."""
    folder.chmod(0o755)
    if os.geteuid() == 0:
        account = pwd.getpwnam(SERVER_ACCOUNT)
        os.chown(folder, account.pw_uid, account.pw_gid)
    initdb = [
        str(binaries / "initdb"),
        f"--pgdata={folder / 'data'}",
        f"--username={SERVER_ACCOUNT}",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
    ]
    _run([*_server_account(), *initdb], folder)


def _start(binaries: Path, folder: Path) -> subprocess.Popen[bytes]:
    options = {
        "listen_addresses": "",
        "unix_socket_directories": str(folder),
        "unix_socket_permissions": "0700",
        "max_connections": "100",
        "timezone": "UTC",
        "log_timezone": "UTC",
    }
    command = [*_server_account(), str(binaries / "postgres"), "-D", str(folder / "data")]
    for name, value in options.items():
        command += ["-c", f"{name}={value}"]
    with (folder / "server.log").open("wb") as log:
        return subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
        )


def _wait_until_ready(server: subprocess.Popen[bytes], binaries: Path, folder: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    ready = [str(binaries / "pg_isready"), "--quiet", f"--host={folder}"]
    while subprocess.run(ready, check=False).returncode:
        if server.poll() is not None or time.monotonic() > deadline:
            log = (folder / "server.log").read_text(errors="replace")
            raise NoServer(f"PostgreSQL did not start:\n{log}")
        time.sleep(0.05)


def _make_owner(binaries: Path, folder: Path) -> None:
    """An ordinary role with a database, as in production: no superuser hides a missing right."""
    sql = [
        f"CREATE ROLE {OWNER} LOGIN CREATEDB",
        f"CREATE DATABASE {OWNER} OWNER {OWNER}",
        REPLICA_MODE,
    ]
    psql = [str(binaries / "psql"), f"--host={folder}", f"--username={SERVER_ACCOUNT}", "--quiet"]
    for statement in sql:
        _run([*psql, "--dbname=postgres", f"--command={statement}"], folder)


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)  # "fast": ends sessions, writes a checkpoint
    try:
        server.wait(timeout=START_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


@contextmanager
def private_postgres() -> Iterator[str]:
    """A running server for as long as the context lasts; gives the database URL.

    Raises NoServer, with what to do, when the server is missing or does not start.
    """
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="xinqiao-pg-"))
    try:
        _make_cluster(binaries, folder)
        server = _start(binaries, folder)
        try:
            _wait_until_ready(server, binaries, folder)
            _make_owner(binaries, folder)
            yield f"postgresql://{OWNER}@{quote(str(folder), safe='')}/{OWNER}"
        finally:
            _stop(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(command: list[str]) -> int:
    """Run `command` with XINQIAO_DATABASE_URL set to a private server; its exit status is ours."""
    if not command or command[0] in {"-h", "--help"}:
        print(__doc__, file=sys.stderr)
        return 0 if command else 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with private_postgres() as url:
            environment = {**os.environ, "XINQIAO_DATABASE_URL": url}
            return subprocess.run(command, env=environment, check=False).returncode
    except NoServer as problem:
        print(problem, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
