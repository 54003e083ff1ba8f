"""`xinqiao import`: a table of contacts with their answers, brought in once, whatever happens on the way."""

import csv
import json
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from tests.support.platform import found

pytestmark = pytest.mark.long

DATA = Path(__file__).parents[3] / "shared" / "data"
HEADERS = ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "答复意见", "答复时间")
#: So many that a run which is ended at its first ones is far from its last.
ROWS = 400
PROGRAM = (sys.executable, "-c", "from xinqiao.cli import main; main()")


class Platform:
    """An empty platform of its own, used through its commands as a clerk would."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def environment(self) -> dict[str, str]:
        return {"XINQIAO_HOME": str(self.home), "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"}

    def run(self, *arguments: str, status: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [*PROGRAM, *arguments],
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == status, done.stderr
        return done

    def bring(self, table: Path, *more: str, status: int = 0) -> dict[str, int]:
        arguments = (
            "import",
            str(table),
            "--unit",
            "handling-unit",
            "--kind",
            "claim",
            "--json",
            *more,
        )
        figures: dict[str, int] = json.loads(self.run(*arguments, status=status).stdout)
        return figures


@pytest.fixture
def platform(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Platform:
    found(tmp_path_factory, tmp_path / "home")
    return Platform(tmp_path / "home")


def row(
    number: int, received: str = "2019/4/25 9:32:09", answered: str = "2019-05-10 14:56:53"
) -> list[str]:
    """A made-up message, padded as exports are."""
    body = f"\n\t\t\t\n\t\t\t第{number}号小区的路灯坏了，请修。\n\t\t\t\n"
    return [
        str(number),
        f"U{number}",
        f"路灯{number}",
        received,
        body,
        f"已修好第{number}号。",
        answered,
    ]


def as_csv(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([HEADERS, *rows])
    return path


def as_xlsx(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate([HEADERS, *rows]):
            sheet.write_row(number, 0, [int(cell) if cell.isdigit() else cell for cell in cells])
    return path


def test_each_row_becomes_a_matter_with_its_answer(platform: Platform, tmp_path: Path) -> None:
    rows = [
        row(1),
        row(2, answered="2019/5/11"),
        row(3, answered="2019-06-24"),
        row(4, answered="2019-06-25"),
    ]
    figures = platform.bring(as_csv(tmp_path / "letters.csv", rows))
    assert figures == {
        "rows": 4, "imported": 4, "duplicates": 0, "rejected": 0,
        "answered_within_15_days": 1, "answered_within_60_days": 3,
    }  # fmt: skip
    platform.run("ledger", "verify")


def test_run_twice_nothing_doubles_not_even_as_a_workbook(
    platform: Platform, tmp_path: Path
) -> None:
    rows = [row(number) for number in range(1, 8)]
    first = platform.bring(as_csv(tmp_path / "letters.csv", rows))
    second = platform.bring(as_csv(tmp_path / "letters.csv", rows))
    third = platform.bring(as_xlsx(tmp_path / "letters.xlsx", rows))
    assert (first["imported"], first["duplicates"]) == (7, 0)
    assert (
        (second["imported"], second["duplicates"])
        == (third["imported"], third["duplicates"])
        == (0, 7)
    )


def test_refused_rows_are_given_back_with_their_reasons(platform: Platform, tmp_path: Path) -> None:
    rows = [
        row(1),
        row(2, received="2999/1/1"),
        row(3, received="1900-01-01"),
        row(4, received="soon"),
    ]
    rows.append([*row(1)[:4], "另一件事", "", ""])
    rejected = tmp_path / "back.csv"
    figures = platform.bring(
        as_csv(tmp_path / "t.csv", rows), "--rejected", str(rejected), status=1
    )
    assert (figures["imported"], figures["rejected"]) == (1, 4)
    with rejected.open(encoding="utf-8-sig", newline="") as handle:
        back = list(csv.reader(handle))
    assert [line[0] for line in back[1:]] == ["3", "4", "5", "6"] or len(back) == 5
    assert all(line[1].strip() for line in back[1:])
    assert any("将来" in line[1] or "未来" in line[1] or "晚于" in line[1] for line in back[1:]), (
        back
    )


def test_a_dry_run_writes_nothing(platform: Platform, tmp_path: Path) -> None:
    table = as_csv(tmp_path / "letters.csv", [row(1), row(2)])
    assert platform.bring(table, "--dry-run")["imported"] == 2
    assert platform.bring(table)["imported"] == 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--unit", "nowhere", "--kind", "claim"], "xinqiao units"),
        (["--unit", "handling-unit", "--kind", "wish"], "claim"),
        (["--unit", "handling-unit", "--kind", "claim", "--region", "999999"], "region"),
        (["--unit", "handling-unit", "--kind", "claim", "--category", "nothing"], "category"),
    ],
)
def test_a_wrong_request_ends_in_one_line_that_says_what_to_do(
    platform: Platform, tmp_path: Path, arguments: list[str], says: str
) -> None:
    table = as_csv(tmp_path / "letters.csv", [row(1)])
    done = platform.run("import", str(table), *arguments, status=2)
    assert done.stdout == ""
    assert says in done.stderr


def test_a_run_that_is_cut_off_is_finished_by_the_next(platform: Platform, tmp_path: Path) -> None:
    table = as_csv(tmp_path / "letters.csv", [row(number) for number in range(1, ROWS + 1)])
    command = [
        *PROGRAM,
        "import",
        str(table),
        "--unit",
        "handling-unit",
        "--kind",
        "claim",
        "--json",
    ]
    with subprocess.Popen(
        command, env=platform.environment(), stderr=subprocess.DEVNULL
    ) as running:
        while running.poll() is None and brought(platform.home) == 0:
            time.sleep(0.02)
        running.send_signal(signal.SIGKILL)
    before = brought(platform.home)
    assert 0 < before < ROWS
    figures = platform.bring(table)
    assert (figures["imported"], figures["duplicates"]) == (ROWS - before, before)
    platform.run("ledger", "verify")


def brought(home: Path) -> int:
    """How many contacts the database holds, asked from outside."""
    import sqlite3  # noqa: PLC0415  only this test looks behind the platform's back

    try:
        with sqlite3.connect(f"file:{home / 'xinqiao.sqlite3'}?mode=ro", uri=True) as raw:
            count: int = raw.execute("SELECT count(*) FROM intake_contact").fetchone()[0]
            return count
    except sqlite3.OperationalError:
        return 0


def independent_reading(path: Path) -> tuple[int, int, int]:
    """Rows, and answers within 15 and 60 days, read with the standard library alone."""
    within = []
    with path.open(encoding="utf-8-sig", newline="") as handle:
        for line in csv.DictReader(handle):
            days = [
                date(*map(int, line[name].split()[0].replace("-", "/").split("/")))
                for name in ("留言时间", "答复时间")
            ]
            within.append((days[1] - days[0]).days)
    return len(within), sum(days <= 15 for days in within), sum(days <= 60 for days in within)


def test_real_messages_and_their_answers_come_in_whole(platform: Platform) -> None:
    table = DATA / "messages_answered.csv"
    if not table.exists():
        pytest.skip("the real messages are not beside this checkout (../shared/data)")
    figures = platform.bring(table)
    rows, within_15, within_60 = independent_reading(table)
    assert figures == {
        "rows": rows, "imported": rows, "duplicates": 0, "rejected": 0,
        "answered_within_15_days": within_15, "answered_within_60_days": within_60,
    }  # fmt: skip
    assert platform.bring(table)["duplicates"] == rows
    platform.run("ledger", "verify")
