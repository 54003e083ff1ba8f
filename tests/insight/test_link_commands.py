"""The commands `insight link` and `insight hotspots`: what they write, what they say to files of no use."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.insight.letters import town
from xinqiao.cli import main

HEADINGS = ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "反对数", "点赞数")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "letters.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(HEADINGS)
        for one in reversed(town()):
            at = f"{one.at:%Y/%m/%d %H:%M:%S}" if one.at else ""
            rows.writerow((one.id, one.user, one.subject, at, f"\n\t{one.body}\t\n", 0, one.likes))
    return path


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["insight", *map(str, words)])


def link(table: Path, folder: Path, *more: str | Path) -> Result:
    outputs = ("--output-links", folder / "l.csv", "--output-clusters", folder / "c.csv")
    return run("link", "--input", table, *outputs, *more)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def test_links_and_clusters_are_written(table: Path, tmp_path: Path) -> None:
    result = link(table, tmp_path, "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["messages"] == 9
    assert {row["id"] for row in rows(tmp_path / "l.csv") if row["linked"] == "1"} == {
        "101",
        "102",
        "103",
    }
    assert all(0 <= float(row["probability"]) <= 1 for row in rows(tmp_path / "l.csv"))
    cluster = {row["id"]: row["cluster"] for row in rows(tmp_path / "c.csv")}
    assert {one for one, name in cluster.items() if name == "100"} == {"100", "101", "102", "103"}
    assert len(cluster) == 9


def test_hot_spots_and_alerts_are_written(table: Path, tmp_path: Path) -> None:
    result = run("hotspots", "--input", table, "--output", tmp_path / "hot.json")
    assert result.exit_code == 0, result.output
    told = json.loads((tmp_path / "hot.json").read_text(encoding="utf-8"))
    (spot,) = told["hotspots"]
    assert {"rank", "title", "ids", "users", "from", "to", "heat", "place", "issue"} <= spot.keys()
    assert (spot["rank"], spot["users"], spot["from"]) == (1, 4, "2024-03-01")
    assert [one["tier"] for one in told["alerts"]][-1] == "alert"
    assert all({"date", "tier", "cluster", "ids"} <= one.keys() for one in told["alerts"])


def test_people_who_write_are_named_nowhere(table: Path, tmp_path: Path) -> None:
    link(table, tmp_path)
    run("hotspots", "--input", table, "--output", tmp_path / "hot.json")
    written = "".join(
        (tmp_path / name).read_text(encoding="utf-8") for name in ("l.csv", "c.csv", "hot.json")
    )
    assert not any(one.user in written for one in town())


@pytest.mark.parametrize(
    ("groups", "says"),
    [
        ("nonsense", "holds no groups"),
        ("[]", "holds no groups"),
        ('{"groups": [{"name": "x"}]}', "holds no groups"),
        ('{"groups": [{"ids": [1, 2]}]}', "are the numbers those of the messages"),
    ],
)
def test_groups_of_no_use_are_named(table: Path, tmp_path: Path, groups: str, says: str) -> None:
    path = tmp_path / "groups.json"
    path.write_text(groups, encoding="utf-8")
    result = link(table, tmp_path, "--train-groups", path)
    assert result.exit_code == 1
    assert says in result.output
    assert not (tmp_path / "l.csv").exists()


def test_a_table_without_the_headings_is_named(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    result = link(path, tmp_path)
    assert result.exit_code == 1
    assert "留言编号" in result.output


def test_a_file_that_is_not_there_is_named(table: Path, tmp_path: Path) -> None:
    assert link(tmp_path / "gone.csv", tmp_path).exit_code == 2
    assert link(table, tmp_path, "--train-groups", tmp_path / "gone.json").exit_code == 2


def test_a_place_that_cannot_be_written_is_named(table: Path, tmp_path: Path) -> None:
    result = run("hotspots", "--input", table, "--output", tmp_path / "no" / "hot.json")
    assert result.exit_code == 1
    assert "cannot be written" in result.output
