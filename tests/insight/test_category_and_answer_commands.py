"""The commands on files: what they write, and what they say of files that cannot be used."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

# Of the extra, with which scikit-learn comes: that one is slow to import.
pytest.importorskip("numpy")

from tests.insight.labelled import labelled
from xinqiao.cli import main

COLUMNS = ["id", "label", "confidence", "label2", "confidence2", "label3", "confidence3", "abstain"]
HEADINGS = "留言编号,留言用户,留言主题,留言时间,留言详情"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["insight", *map(str, arguments)])


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


@pytest.fixture
def table(tmp_path: Path) -> Path:
    lines = [
        f"{i},甲{i},{one.subject},2019/1/1 9:00:00,\t\n{one.body}\n,{one.label}".replace("\n", " ")
        for i, one in enumerate(labelled())
    ]
    path = tmp_path / "labelled.csv"
    path.write_text("\n".join([f"{HEADINGS},一级标签", *lines]), encoding="utf-8")
    return path


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    path = tmp_path / "fresh.csv"
    path.write_text(
        f"{HEADINGS}\n7,乙,工厂排污,2019/2/1,河水发黑发臭\n8,乙,,2019/2/1,\n7,丙,欠薪,2019/2/1,老板不发工资\n",
        encoding="utf-8",
    )
    return path


def test_each_message_gets_its_row(table: Path, fresh: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    done = run(
        "classify",
        "--train",
        table,
        "--unlabelled",
        fresh,
        "--input",
        fresh,
        "--output",
        out,
        "--json",
    )
    assert done.exit_code == 0, done.output
    found = rows(out)
    assert list(found[0]) == COLUMNS
    assert [one["id"] for one in found] == ["7", "8", "7"]
    assert [found[0]["label"], found[2]["label"]] == ["环保", "劳动"]
    assert found[1]["abstain"] == "1"
    told = json.loads(done.stdout)
    assert (
        told["messages"] == 3 and {"learn_seconds", "memory_mb", "milliseconds_each"} <= told.keys()
    )


def test_a_kept_model_writes_the_same(table: Path, fresh: Path, tmp_path: Path) -> None:
    kept, one, other = tmp_path / "m", tmp_path / "1.csv", tmp_path / "2.csv"
    run("classify", "--train", table, "--save", kept, "--input", fresh, "--output", one)
    done = run("classify", "--model", kept, "--input", fresh, "--output", other)
    assert done.exit_code == 0, done.output
    assert one.read_bytes() == other.read_bytes()


def test_a_writer_changes_nothing(table: Path, fresh: Path, tmp_path: Path) -> None:
    one, other, renamed = tmp_path / "1.csv", tmp_path / "2.csv", tmp_path / "renamed.csv"
    renamed.write_text(fresh.read_text(encoding="utf-8").replace("乙", "丁"), encoding="utf-8")
    run("classify", "--train", table, "--input", fresh, "--output", one)
    run("classify", "--train", table, "--input", renamed, "--output", other)
    assert one.read_bytes() == other.read_bytes()


def test_the_first_day_has_a_taxonomy(table: Path, fresh: Path, tmp_path: Path) -> None:
    taxonomy, out = tmp_path / "t.csv", tmp_path / "out.csv"
    taxonomy.write_text(
        "一级分类,二级分类,三级分类\n环境,污染,污水排放\n劳动,报酬,工资拖欠\n", encoding="utf-8"
    )
    done = run("classify", "--taxonomy", taxonomy, "--input", fresh, "--output", out)
    assert done.exit_code == 0, done.output
    assert [one["label"] for one in rows(out)] == ["环境", "", "劳动"]
    assert {one["abstain"] for one in rows(out)} == {"1"}
    few = run(
        "classify", "--train", fresh, "--taxonomy", taxonomy, "--input", fresh, "--output", out
    )
    assert few.exit_code == 0 and "come from the taxonomy" in few.output


class TestUnusable:
    def test_nothing_to_learn_from(self, fresh: Path, tmp_path: Path) -> None:
        done = run("classify", "--input", fresh, "--output", tmp_path / "o.csv")
        assert done.exit_code == 2 and "--taxonomy" in done.output

    def test_no_labels(self, fresh: Path, tmp_path: Path) -> None:
        done = run("classify", "--train", fresh, "--input", fresh, "--output", tmp_path / "o.csv")
        assert done.exit_code == 1 and "label some more" in done.output
        assert not (tmp_path / "o.csv").exists()

    @pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\x00\x01\x02", b"<html></html>"])
    def test_no_table(self, content: bytes, table: Path, tmp_path: Path) -> None:
        (tmp_path / "in.csv").write_bytes(content)
        done = run(
            "classify",
            "--train",
            table,
            "--input",
            tmp_path / "in.csv",
            "--output",
            tmp_path / "o.csv",
        )
        assert done.exit_code == 1 and "in.csv cannot be used" in done.output
        assert not (tmp_path / "o.csv").exists()

    def test_no_file(self, table: Path, tmp_path: Path) -> None:
        done = run(
            "classify",
            "--train",
            table,
            "--input",
            tmp_path / "no.csv",
            "--output",
            tmp_path / "o.csv",
        )
        assert done.exit_code == 2 and "there is no file" in done.output

    def test_a_model_that_is_none(self, fresh: Path, tmp_path: Path) -> None:
        (tmp_path / "m").write_bytes(b"something")
        done = run(
            "classify", "--model", tmp_path / "m", "--input", fresh, "--output", tmp_path / "o.csv"
        )
        assert done.exit_code == 1 and "train it again" in done.output

    def test_nowhere_to_write(self, table: Path, fresh: Path, tmp_path: Path) -> None:
        done = run(
            "classify", "--train", table, "--input", fresh, "--output", tmp_path / "no" / "o.csv"
        )
        assert done.exit_code == 1 and "cannot be written" in done.output

    def test_no_answers(self, fresh: Path, tmp_path: Path) -> None:
        done = run("answers", "--input", fresh, "--output", tmp_path / "o.csv")
        assert done.exit_code == 1 and "答复意见" in done.output

    def test_a_selftest_of_nothing(self, tmp_path: Path) -> None:
        assert run("selftest", tmp_path / "nowhere").exit_code == 2
        done = run("selftest", tmp_path)
        assert done.exit_code == 1 and "messages_labelled.csv" in done.output


def test_the_facts_of_each_answer(tmp_path: Path) -> None:
    source, out = tmp_path / "answered.csv", tmp_path / "facts.csv"
    source.write_text(
        f"{HEADINGS},答复意见,答复时间\n"
        "1,甲,停水,2019/1/1 8:00:00,小区停水三天，请求尽快修复水管。,您好!水管已修好。,2019/4/1 8:00:00\n"
        "2,乙,路灯,2019/1/1 8:00:00,路灯不亮,,\n"
        "3,丙,入学,2019/1/1 8:00:00,请问小学报名需要什么材料?,您反映的问题已转交教育局。,2019/1/3 8:00:00\n",
        encoding="utf-8",
    )
    done = run("answers", "--input", source, "--output", out, "--json")
    assert done.exit_code == 0, done.output
    one, three = rows(out)
    assert (one["id"], one["days"], one["late_days"], one["untouched"]) == ("1", "90", "30", "0")
    assert (three["id"], three["late_days"], three["only_forwards"]) == ("3", "0", "1")
    assert three["untouched_sentences"] == "请问小学报名需要什么材料?"
    assert json.loads(done.stdout)["answers"] == 2
