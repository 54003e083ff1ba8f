"""How every test finds its platform: its own home, a database, real commits where a test asks.

| variable | meaning | default |
|---|---|---|
| XINQIAO_TEST_DATABASE | `sqlite`, or `postgresql`: a private server for the run | sqlite |

On PostgreSQL only the tests that use the database run; the others cannot differ there. Nor can those that ask it what
another test has asked it (`same_on_both`).
"""

import atexit
import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django.plugin import DjangoDbBlocker

from tests.support.committed import fresh_database
from tools.private_postgres import NoServer, private_postgres

pytest_plugins = ["tests.support.platform", "tests.support.browser", "tests.support.fixtures"]

TESTS = Path(__file__).parent
DATABASES = ("sqlite", "postgresql")
DATABASE = pytest.StashKey[str]()
#: Folders of tests that use no database; the run on PostgreSQL does not read them.
WITHOUT_DATABASE = {"contracts", "handbook", "intake_tables", "journeys", "law", "rules", "text"}
DATABASE_FIXTURES = {"db", "transactional_db", "committed_db", "own_site", "site_on_disk"}
_server = ExitStack()


def _own_home() -> None:
    """A test never touches the home of somebody's platform. Settings read it when they load."""
    home = tempfile.mkdtemp(prefix="xinqiao-test-home-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    (Path(home) / "static").mkdir()
    os.environ["XINQIAO_HOME"] = home
    os.environ["XINQIAO_SECOND_FACTOR"] = "offered"  # stories that ask for one say so


def _folder_of_the_run() -> None:
    """Where the processes of a run leave word for each other: they have the environment of the first."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        folder = tempfile.mkdtemp(prefix="xinqiao-test-run-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        os.environ["XINQIAO_TEST_RUN"] = folder


def _choose_database() -> str:
    kind = os.environ.get("XINQIAO_TEST_DATABASE", "sqlite")
    if kind not in DATABASES:
        choice = " or ".join(DATABASES)
        raise pytest.UsageError(f"XINQIAO_TEST_DATABASE is {kind!r}: set it to {choice}")
    is_xdist_worker = "PYTEST_XDIST_WORKER" in os.environ
    if kind == "sqlite":
        os.environ.pop("XINQIAO_DATABASE_URL", None)
    elif not is_xdist_worker:  # workers inherit the server of the process that started them
        try:
            # What has to outlive a crash is tested on servers of its own.
            server = private_postgres(forgetful=True)
            os.environ["XINQIAO_DATABASE_URL"] = _server.enter_context(server)
        except NoServer as problem:
            raise pytest.UsageError(str(problem)) from problem
    return kind


def pytest_configure(config: pytest.Config) -> None:
    """Runs before pytest-django, which sets Django up if it finds settings."""
    _own_home()
    _folder_of_the_run()
    config.stash[DATABASE] = _choose_database()
    os.environ["DJANGO_SETTINGS_MODULE"] = "xinqiao.config.settings"
    if (
        config.stash[DATABASE] == "sqlite"
    ):  # said aloud: pytest-django knows it of Django's own engine only
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = ":memory:"
    # Argon2 is slow on purpose: no test needs that more than the one that looks at it.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_finish() -> None:
    """What is loaded stays to the end; what comes and goes is looked through more rarely."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_unconfigure() -> None:
    _server.close()


def pytest_report_header(config: pytest.Config) -> str:
    return f"database: {config.stash[DATABASE]}"


def _fixtures(item: pytest.Item) -> set[str]:
    return set(getattr(item, "fixturenames", ()))


def _may_differ(item: pytest.Item) -> bool:
    return _uses_database(item) and item.get_closest_marker("same_on_both") is None


def _uses_database(item: pytest.Item) -> bool:
    return item.get_closest_marker("django_db") is not None or bool(
        DATABASE_FIXTURES & _fixtures(item)
    )


def _mark(item: pytest.Item) -> None:
    """What a test asks for says what it is: nobody has to remember the marker."""
    if "committed_db" in _fixtures(item):
        item.add_marker("committed")
    if "browser" in _fixtures(item):
        item.add_marker("browser")
        item.add_marker("long")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    on_postgresql = config.stash[DATABASE] == "postgresql"
    return True if on_postgresql and _folder(collection_path) in WITHOUT_DATABASE else None


def _folder(path: Path) -> str:
    """The folder below `tests` in which something lies, or which it is."""
    below = path.relative_to(TESTS).parts if path.is_relative_to(TESTS) else ()
    return below[0] if below else ""


def _lies_where_none_is_used(item: pytest.Item) -> bool:
    return _folder(item.path) in WITHOUT_DATABASE and _may_differ(item)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long stories begin first: no process is left alone with one at the end."""
    for item in items:
        _mark(item)
    wrong = [item.nodeid for item in items if _lies_where_none_is_used(item)]
    if wrong:
        raise pytest.UsageError(f"WITHOUT_DATABASE in {__file__} is wrong: {wrong[0]} uses one")
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    if config.stash[DATABASE] == "postgresql":
        left_out = [item for item in items if not _may_differ(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if _may_differ(item)]


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """The migrated database of this process, a copy of the one that is made once for all of them."""
    from tests.support.migrated import migrated_database  # noqa: PLC0415  uses a plugin

    there = ExitStack()
    with django_db_blocker.unblock():
        there.enter_context(migrated_database(tmp_path_factory))
    yield
    with django_db_blocker.unblock():
        there.close()


@pytest.fixture
def committed_db(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> Iterator[None]:
    """A migrated database of the test's own, where commits are real and other threads see them.

    Other tests run in a transaction that is rolled back. Emptying tables afterwards, as Django does
    for tests with real commits, is impossible here: the database refuses to delete from the ledger.
    `tests.support.together` runs calls in threads.
    """
    with django_db_blocker.unblock(), fresh_database(tmp_path):
        yield
