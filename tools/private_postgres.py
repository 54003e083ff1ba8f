"""A PostgreSQL server of one's own: made in a temporary folder, reached by a socket in it, then gone.

    tools/private_postgres.py xinqiao init      # runs a command with XINQIAO_DATABASE_URL set

The server is a child of this process and dies with it, however it dies. As root it runs as the
user `postgres`, since PostgreSQL refuses root. It keeps its promises (fsync on), as one in
production does; who throws its data away anyway may ask for one that forgets at a power cut.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

OWNER = "xinqiao"
SERVER_ACCOUNT = "postgres"
START_SECONDS = 30
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
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


def _open_to_others(folder: Path) -> None:
    """They may pass through `folder`, to reach the socket; the data in it is the server's."""
    folder.chmod(0o755)
    if os.geteuid() == 0:
        account = pwd.getpwnam(SERVER_ACCOUNT)
        os.chown(folder, account.pw_uid, account.pw_gid)


def _make_cluster(binaries: Path, folder: Path) -> None:
    _open_to_others(folder)
    initdb = [
        str(binaries / "initdb"),
        f"--pgdata={folder / 'data'}",
        f"--username={SERVER_ACCOUNT}",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
    ]
    _run([*_server_account(), *initdb], folder)


def _copy_cluster(like: Path, folder: Path) -> None:
    """The files of a server that was stopped, with their owner."""
    _open_to_others(folder)
    _run(["cp", "--archive", str(like / "data"), str(folder / "data")], folder)


def _start(binaries: Path, folder: Path, more: Mapping[str, str]) -> subprocess.Popen[bytes]:
    options = {
        **more,
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


class PrivateServer:
    """A server in a folder of its own, which a test may stop, kill and start again. `url` leads to its database."""

    def __init__(self, folder: Path, *, forgetful: bool = False, like: Path | None = None) -> None:
        """Makes the cluster and starts it. Raises NoServer, with what to do.

        A `forgetful` one writes nothing through to the disk: quicker, and gone with a power cut.
        One `like` the one that was kept in a folder has its databases.
        """
        self._binaries, self._folder = _binaries(), folder
        self._more = FORGETFUL if forgetful else {}
        self.url = f"postgresql://{OWNER}@{quote(str(folder), safe='')}/{OWNER}"
        if like is not None:
            _copy_cluster(like, folder)
            self.start()
            return
        _make_cluster(self._binaries, folder)
        self.start()
        try:
            _make_owner(self._binaries, folder)
        except NoServer:
            self.stop()
            raise

    def start(self) -> None:
        """Starts it, after a crash with the recovery that needs. Raises NoServer with the server's log."""
        self._process = _start(self._binaries, self._folder, self._more)
        try:
            _wait_until_ready(self._process, self._binaries, self._folder)
        except NoServer:
            self.stop()
            raise

    def stop(self) -> None:
        """Ends sessions and writes a checkpoint ("fast")."""
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(timeout=START_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()

    def stop_and_keep(self, folder: Path) -> None:
        """Ends it, and puts its files into `folder`, for others that are to be `like` it."""
        self.stop()
        _run(["cp", "--archive", str(self._folder / "data"), str(folder / "data")], folder)

    def kill(self) -> None:
        """What a power cut leaves of it: every process of the server gone at once, nothing tidied up."""
        self._process.send_signal(signal.SIGSTOP)  # or it would begin to tidy up after its children
        for child in children(self._process.pid):
            os.kill(child, signal.SIGKILL)
        self._process.kill()
        self._process.wait()


def children(parent: int) -> list[int]:
    """The processes started by a process: each writes its parent behind its name and state."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = stat.read_text().rpartition(")")[2].split()
        except OSError:  # ended meanwhile
            continue
        if int(after_name[1]) == parent:
            found.append(int(stat.parent.name))
    return found


@contextmanager
def private_server(
    within: Path | None = None, *, forgetful: bool = False, like: Path | None = None
) -> Iterator[PrivateServer]:
    """A running server in a temporary folder (in `within`) for as long as the context lasts.

    It is new, or `like` one that was kept in a folder. Raises NoServer, with what to do.
    """
    folder = Path(tempfile.mkdtemp(prefix="xinqiao-pg-", dir=within))
    try:
        server = PrivateServer(folder, forgetful=forgetful, like=like)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def private_postgres(*, forgetful: bool = False) -> Iterator[str]:
    """The database URL of such a server."""
    with private_server(forgetful=forgetful) as server:
        yield server.url


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
