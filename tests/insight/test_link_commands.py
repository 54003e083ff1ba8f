"""The commands `insight link` and `insight hotspots`: what they write, what they say to files of no use."""

import csv
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.insight.letters import town
from xinqiao.cli import main
from xinqiao.cli.insight_tables import write_csv
from xinqiao.insight.hotspots import common_name
from xinqiao.insight.messages import read_messages

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


def written(path: Path, *lines: str, headings: Sequence[str] = HEADINGS) -> Path:
    """A table of these lines as they stand here."""
    path.write_text("\n".join((",".join(headings), *lines)), encoding="utf-8")
    return path


def test_odd_numbers_of_likes_are_none(tmp_path: Path) -> None:
    odd = ("³", "9" * 400, "1" * 5000, "-3", "1e400", "NaN", "１２", "7.0")
    path = written(
        tmp_path / "t.csv",
        *(f"{n},甲{n},柳笛巷路灯坏了,2024/3/1 9:00,六盏路灯都不亮,0,{likes}" for n, likes in enumerate(odd)),
    )  # fmt: skip
    assert [one.likes for one in read_messages(path)] == [0, 0, 0, 0, 0, 0, 12, 7]
    assert run("hotspots", "--input", path, "--output", tmp_path / "hot.json").exit_code == 0


def test_a_text_that_is_too_long_is_read_from_its_beginning_and_told_of(tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", f"1,甲,路灯,2024/3/1,{'柳笛巷的路灯' * 40_000},0,0")
    told: list[str] = []
    (one,) = read_messages(path, told.append)
    assert one.body == ("柳笛巷的路灯" * 40_000)[:200_000]
    assert told == ["Row 2: The text has 240000 characters; the first 200000 were read."]


def test_what_cannot_be_read_in_a_table_is_told(tmp_path: Path) -> None:
    path = written(
        tmp_path / "t.csv",
        "1,甲,路灯,3/1/2024,都不亮,0,0", "2,乙,路灯,4/1/2024,都不亮,0,0", "3,丙,路灯,2024/3/1,不亮,谁来修,0,0",
    )  # fmt: skip
    result = link(path, tmp_path)
    assert result.exit_code == 0
    assert "Row 2: “3/1/2024” does not begin with the year" in result.stderr
    assert "(1 more rows like it.)" in result.stderr
    assert "Row 4: The row has 8 cells under 7 headers" in result.stderr


def test_of_a_letter_in_the_column_of_titles_the_beginning_names_the_place() -> None:
    assert common_name([f"{one * 250}金鳞湖化工厂" for one in "甲乙丙"]) == ""
    assert common_name([f"金鳞湖化工厂{one * 250}" for one in "甲乙丙"]) == "金鳞湖化工厂"


def test_what_has_no_time_brings_no_warning_with_a_made_up_one(tmp_path: Path) -> None:
    letters = [one for one in town() if "金鳞湖" in one.subject]
    path = written(
        tmp_path / "t.csv", *(f"{one.id},{one.user},{one.subject},,{one.body},0,0" for one in letters)
    )  # fmt: skip
    result = run("hotspots", "--input", path, "--output", tmp_path / "hot.json", "--json")
    told = json.loads((tmp_path / "hot.json").read_text(encoding="utf-8"))
    (spot,) = told["hotspots"]
    assert (spot["users"], spot["from"], told["alerts"]) == (4, None, [])
    assert json.loads(result.stdout)["without_time"] == 4
    assert "4 messages have no time" in result.stderr


class TestOutputs:
    def test_what_is_read_is_not_written_over(self, table: Path, tmp_path: Path) -> None:
        before = table.read_bytes()
        other = tmp_path / "other.csv"
        other.symlink_to(table)
        for path in (table, other):
            result = run("hotspots", "--input", table, "--output", path)
            assert result.exit_code == 2 and "write to another file" in result.output
        assert table.read_bytes() == before

    def test_two_outputs_are_two_files(self, table: Path, tmp_path: Path) -> None:
        one = tmp_path / "one.csv"
        result = run("link", "--input", table, "--output-links", one, "--output-clusters", one)
        assert result.exit_code == 2 and "two outputs" in result.output
        assert not one.exists()

    def test_an_output_is_asked_for_before_the_work(self, tmp_path: Path) -> None:
        unread = written(tmp_path / "t.csv", headings=("a", "b"))
        (tmp_path / "folder").mkdir()
        for target in (tmp_path / "no" / "hot.json", tmp_path / "folder"):
            result = run("hotspots", "--input", unread, "--output", target)
            assert result.exit_code == 1 and f"{target} cannot be written" in result.output

    def test_what_is_no_plain_file_stays_what_it_is(self, table: Path, tmp_path: Path) -> None:
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        assert run("hotspots", "--input", table, "--output", pipe).exit_code == 0
        assert json.loads(os.read(reader, 1 << 20))["hotspots"]
        os.close(reader)
        assert pipe.is_fifo()

    def test_a_link_leads_to_what_was_written(self, table: Path, tmp_path: Path) -> None:
        (tmp_path / "link.json").symlink_to(tmp_path / "hot.json")
        run("hotspots", "--input", table, "--output", tmp_path / "link.json")
        assert (tmp_path / "link.json").is_symlink() and (tmp_path / "hot.json").is_file()

    def test_of_what_is_broken_off_nothing_is_left(self, tmp_path: Path) -> None:
        path = tmp_path / "out.csv"
        path.write_text("before", encoding="utf-8")

        def rows() -> Iterator[list[str]]:
            yield ["1"]
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            write_csv(path, ["id"], rows())
        assert path.read_text(encoding="utf-8") == "before"
        assert list(tmp_path.iterdir()) == [path]
