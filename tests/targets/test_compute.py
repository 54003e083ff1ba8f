"""`xinqiao targets compute`: the same command over the database, and over a copy on DuckDB, says the same."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.support.city_database import City
from tests.targets.facts import fact, store
from tests.targets.test_copies import random_facts
from xinqiao.cli import targets_compute
from xinqiao.targets import copying

MADE = datetime(2026, 8, 1, tzinfo=UTC)
DAY = ["--as-of", "2026-06-30"]


def compute(*arguments: str) -> Result:
    return CliRunner().invoke(targets_compute.command, [*DAY, *arguments])


@pytest.fixture(autouse=True)
def platform_is_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "xinqiao.cli.django.require_migrated", lambda: None
    )  # it closes the test's connection


def test_a_copy_says_what_the_database_says(city: City, tmp_path: Path) -> None:
    store(random_facts(300))
    copying.export(tmp_path / "copy", MADE)
    by_database = compute("--json")
    by_copy = compute("--json", "--from", str(tmp_path / "copy"), "--engine", "duckdb")
    assert by_database.exit_code == by_copy.exit_code == 0, by_copy.output
    assert by_copy.output == by_database.output
    told = json.loads(by_copy.output)
    assert told["as_of"] == "2026-06-30" and "on_time_answer" in told["indicators"]
    assert {one["scale"] for one in told["figures"]} == {"unit", "region"}
    assert all(one["counts"] or one["of"] for one in told["figures"])


def test_one_place_and_indicator_as_a_table(city: City) -> None:
    store([fact("answer", "5-1", due="5-1", done="4-1"), fact("answer", "5-1", due="5-1")])
    told = compute("--months", "2", "--place", "region:340811", "--indicator", "on_time_answer")
    assert told.output.splitlines() == [
        "scale\tplace\tindicator\tfirst\tcounts\tof\tpersons\tvalue",
        "region\t340811\ton_time_answer\t2026-05-01\t1\t2\t1\t0.5",
    ]


def test_without_facts_the_document_is_whole(city: City) -> None:
    assert json.loads(compute("--json").output)["figures"] == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--indicator", "luck"], "no indicator 'luck'; there are total"),
        (["--place", "340811"], "write unit:CODE or region:CODE"),
        (["--engine", "duckdb"], "name its folder with --from"),
        (["--as-of", "2999-01-01"], "has not come yet"),
        (["--months", "0"], "0 is not in the range"),
    ],
)
def test_what_is_asked_in_a_wrong_way_is_said(arguments: list[str], told: str) -> None:
    found = compute(*arguments)
    assert found.exit_code == 2
    assert told in found.output


def test_a_folder_without_a_copy_is_named(tmp_path: Path) -> None:
    found = compute("--from", str(tmp_path))
    assert found.exit_code == 1
    assert f"no copy can be read in {tmp_path}" in found.output


def test_a_copy_from_before_the_day_is_named(city: City, tmp_path: Path) -> None:
    copying.export(tmp_path / "copy", datetime(2026, 6, 1, tzinfo=UTC))
    found = compute("--from", str(tmp_path / "copy"))
    assert found.exit_code == 1
    assert "was made on 2026-06-01: name that day, or make a copy anew" in found.output
