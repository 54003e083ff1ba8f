"""The worker: every job when it is due, none stopped by another, and an end when it is asked to."""

import signal
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from click.testing import CliRunner

from tests.support.platform import PROGRAM, environment
from xinqiao.cli import work
from xinqiao.config.jobs import Job

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.django_db


class Notebook:
    """What jobs wrote when they ran."""

    def __init__(self) -> None:
        self.written: list[str] = []

    def job(self, name: str, every: timedelta = MINUTE) -> Job:
        return Job(name=name, every=every, run=lambda now: self.written.append(name))

    def failing(self, name: str) -> Job:
        def fail(now: datetime) -> None:
            self.written.append(name)
            raise RuntimeError("the printer is on fire")

        return Job(name=name, every=MINUTE, run=fail)


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()


@pytest.mark.parametrize(
    ("ago", "expected"),
    [(None, True), (MINUTE, True), (2 * MINUTE, True), (MINUTE - timedelta(seconds=1), False)],
)
def test_a_job_is_due_when_its_time_has_passed(
    notebook: Notebook, ago: timedelta | None, expected: bool
) -> None:
    job = notebook.job("seal")
    last = {} if ago is None else {"seal": NOON - ago}
    assert (work.due([job], last, NOON) == [job]) is expected


def test_a_job_gets_an_aware_time() -> None:
    times: list[datetime] = []
    assert work.attempt(Job(name="look", every=MINUTE, run=times.append), NOON)
    assert times == [NOON]


def test_a_failing_job_is_logged_and_the_next_one_runs(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    schedule = (notebook.job("first"), notebook.failing("print"), notebook.job("last"))
    monkeypatch.setattr(work, "SCHEDULE", schedule)
    monkeypatch.setattr(work, "require_migrated", lambda: None)
    done = CliRunner().invoke(work.command, ["--once"])
    assert done.exit_code == 1
    assert "failed: print" in done.stderr
    assert notebook.written == ["first", "print", "last"]
    assert "the printer is on fire" in caplog.text


def test_once_with_nothing_wrong_is_a_success(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "SCHEDULE", (notebook.job("a"), notebook.job("b")))
    monkeypatch.setattr(work, "require_migrated", lambda: None)
    done = CliRunner().invoke(work.command, ["--once"])
    assert (done.exit_code, done.stdout, notebook.written) == (0, "", ["a", "b"])


def test_asked_to_stop_in_a_job_it_finishes_that_one_and_begins_no_other(
    notebook: Notebook,
) -> None:
    stop = Event()

    def stopping(now: datetime) -> None:
        stop.set()
        notebook.written.append("finished")

    schedule = [Job(name="stopping", every=MINUTE, run=stopping), notebook.job("other")]
    work.run_until(stop, schedule, seconds=0.01)
    assert notebook.written == ["finished"]


def test_a_job_not_yet_due_again_is_left_alone(notebook: Notebook) -> None:
    stop, rounds = Event(), []

    def count(now: datetime) -> None:
        rounds.append(now)
        if len(rounds) == 3:
            stop.set()

    schedule = [
        notebook.job("hourly", timedelta(hours=1)),
        Job(name="count", every=timedelta(), run=count),
    ]
    work.run_until(stop, schedule, seconds=0)
    assert (notebook.written, len(rounds)) == (["hourly"], 3)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_worker_cleanly(number: signal.Signals, founded: Path) -> None:
    worker = subprocess.Popen(
        [str(PROGRAM), "work"], env=environment(founded), stderr=subprocess.PIPE, text=True
    )
    assert worker.stderr is not None
    first = worker.stderr.readline()
    worker.send_signal(number)
    _, rest = worker.communicate(timeout=60)
    assert worker.returncode == 0
    assert "Ctrl-C ends it" in first
    assert rest.splitlines()[-1] == "xinqiao work: ended"
