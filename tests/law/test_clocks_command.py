"""`xinqiao clocks`: JSON in, JSON out, and one clear line for everything else."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from xinqiao.cli.clocks import clocks

DATA = Path(__file__).parent / "data"
RECEIVED = {"type": "received", "at": "2026-03-02T09:00:00+08:00", "by": "petition_office"}
GOOD = {"as_of": "2026-03-04", "events": [RECEIVED]}
IMPOSSIBLE = {
    "as_of": "2026-03-04",
    "events": [RECEIVED, {"type": "opinion_issued", "at": "2026-03-03T09:00:00+08:00"}],
}


def run(text: str | bytes, *arguments: str):
    return CliRunner().invoke(clocks, [*(arguments or ("-",))], input=text)


def refused(result, *named: str) -> str:
    """Exit 2, nothing on stdout, one line on stderr that names these."""
    assert result.exit_code == 2
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert len(lines) == 1
    for name in named:
        assert name in lines[0]
    return lines[0]


def test_one_ledger_gives_one_answer():
    result = run(json.dumps(GOOD))
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert answer["law"] == "R2022"
    assert [clock["id"] for clock in answer["clocks"]] == ["register_and_refer"]
    assert "1 ledger(s)" in result.stderr


def test_a_list_gives_a_list_even_of_one_or_none():
    assert [item["law"] for item in json.loads(run(json.dumps([GOOD, GOOD])).stdout)] == [
        "R2022",
        "R2022",
    ]
    assert len(json.loads(run(json.dumps([GOOD])).stdout)) == 1
    assert json.loads(run("[]").stdout) == []


def test_a_file_is_read_like_standard_input(tmp_path):
    path = tmp_path / "台账.json"
    path.write_text("\ufeff" + json.dumps(GOOD), encoding="utf-8")
    assert run("", str(path)).stdout == run(json.dumps(GOOD)).stdout


def test_the_explanation_is_chinese_and_english_on_request():
    assert "第22条" in run(json.dumps(GOOD)).stdout
    assert "art. 22" in run(json.dumps(GOOD), "-", "--lang", "en").stdout


def test_an_impossible_ledger_is_refused_with_event_and_article():
    refused(run(json.dumps(IMPOSSIBLE)), "opinion_issued", "34")
    refused(run(json.dumps(IMPOSSIBLE), "-", "--lang", "en"), "opinion_issued", "art. 34")


def test_one_bad_ledger_withholds_the_whole_list_and_is_named():
    refused(run(json.dumps([GOOD, IMPOSSIBLE, GOOD])), "第2份台账", "opinion_issued")


def test_the_platforms_own_events_are_unknown_here():
    settled = {"type": "settled", "at": "2026-03-03T09:00:00+08:00"}
    refused(run(json.dumps({**GOOD, "events": [RECEIVED, settled]})), "settled", "22")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "JSON"),
        ("{", "JSON"),
        ("{'as_of': 1}", "第1行第2列"),
        ("[NaN]", "NaN"),
        ('{"as_of": -Infinity}', "-Infinity"),
        ('{"as_of": ' + "1" * 5000 + "}", "过长"),
        ("[" * 100_000, "嵌套过深"),
        (b"\xff\xfe{}", "UTF-8"),
        ('"2026-03-04"', "as_of"),
        ("3", "as_of"),
        ("null", "as_of"),
        ("{}", "events"),
        ("[[]]", "第1份台账"),
        ('{"as_of": "2026-03-04", "events": []}', "received"),
        ('{"as_of": "2026-03-04", "events": [{"type": "x\\n\\u2028\\ud800y"}]}', "\\n"),
        ('{"as_of": "2026-03-04", "events": [{"type": "extended"}]}', "第34条"),
    ],
)
def test_bad_input_ends_in_one_clear_line(text, named):
    refused(run(text), named)


@pytest.mark.parametrize("days", ["1e400", "1e3", "30.5", '"7"', "null", "[7]", "true"])
def test_days_that_are_no_whole_number_are_refused(days):
    accepted = '{"type": "accepted", "at": "2026-03-03T09:00:00+08:00", "procedure": "ordinary"}'
    extended = f'{{"type": "extended", "at": "2026-03-04T09:00:00+08:00", "days": {days}}}'
    text = f'{{"as_of": "2026-03-04", "events": [{json.dumps(RECEIVED)}, {accepted}, {extended}]}}'
    refused(run(text), "extended", "days", "34")


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    refused(run("", str(tmp_path / "none.json")), "none.json")
    refused(run("", str(tmp_path)), tmp_path.name)
    refused(run("", "a\0b"), "-")


def test_a_year_can_be_added_to_the_calendar():
    ledger = {"as_of": "2026-12-22", "events": [{**RECEIVED, "at": "2026-12-20T09:00:00+08:00"}]}
    plain = json.loads(run(json.dumps(ledger)).stdout)["clocks"][0]
    with_2027 = json.loads(
        run(json.dumps(ledger), "-", "--calendar", str(DATA / "notice_2027.toml")).stdout
    )["clocks"][0]
    assert (plain["due"], plain["provisional"]) == ("2027-01-04", True)
    assert (with_2027["due"], with_2027["provisional"]) == ("2027-01-05", False)


def test_local_figures_can_be_counted_with():
    ledger = {
        "as_of": "2026-03-04",
        "events": [
            RECEIVED,
            {"type": "referred", "at": "2026-03-03T09:00:00+08:00", "mode": "transfer"},
        ],
    }
    local = str(DATA / "city_prompt_notice.toml")
    answer = json.loads(run(json.dumps(ledger), "-", "--provisions", local).stdout)
    assert [clock["due"] for clock in answer["clocks"][1:]] == ["2026-03-13", "2026-03-06"]


def test_a_local_figure_looser_than_the_law_is_refused_by_its_article(tmp_path):
    path = tmp_path / "loose.toml"
    path.write_text(
        (DATA / "county_recommendations.toml")
        .read_text(encoding="utf-8")
        .replace("amount = 20", "amount = 31"),
        encoding="utf-8",
    )
    refused(run(json.dumps(GOOD), "-", "--provisions", str(path)), "第40条", "31")


def test_files_that_are_no_calendar_and_no_provision_are_refused():
    refused(run(json.dumps(GOOD), "-", "--calendar", "none.toml"), "none.toml")
    local = str(DATA / "city_prompt_notice.toml")
    refused(run(json.dumps(GOOD), "-", "--calendar", local), "city_prompt_notice.toml")


def test_help_shows_an_example_that_works():
    shown = run("", "--help").stdout
    example = shown[shown.index("{") : shown.rindex("}") + 1]
    assert json.loads(run(example).stdout)["law"] == "R2022"


@pytest.mark.parametrize(
    ("module", "absent"),
    [("xinqiao.cli.clocks", "xinqiao.config.settings"), ("xinqiao.law.contract", "django")],
)
def test_it_needs_no_platform(module, absent):
    code = f"import sys, {module}; sys.exit({absent!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_output_is_utf_8_whatever_the_locale():
    code = "from xinqiao.cli.clocks import clocks; clocks(['-'])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps(GOOD).encode(),
        capture_output=True,
        check=True,
        env={"PYTHONIOENCODING": "ascii"},
    )
    assert "第22条" in json.loads(done.stdout)["clocks"][0]["why"][0]
