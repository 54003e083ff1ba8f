"""What persons confirm teaches: the worker learns from it, and lets a model serve only where it does better."""

import os
import re
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from django.conf import LazySettings
from django.utils import timezone

from tests.desk.at_work import Desk
from tests.insight.confirmed import classified, texts
from tests.support.city_database import City
from xinqiao.cli.insight_learn import command
from xinqiao.insight.classifying import confirming, jobs, overview, queries, store
from xinqiao.insight.classifying import learning as learning_of
from xinqiao.insight.classifying.values import Serving
from xinqiao.insight.kept import folder
from xinqiao.insight.models import Confirmed, ModelVersion
from xinqiao.text.classifying.values import Text

WAGES = texts("labour.wages", 1, seed=9)[0]


@pytest.fixture
def desk(city: City, settings: LazySettings, tmp_path: Path) -> Desk:
    """The desk of a platform whose models lie in a folder of its own."""
    settings.XINQIAO_HOME = tmp_path
    return Desk(city)


def follow() -> None:
    while jobs.follow_confirmations(timezone.now()):
        pass


def learn() -> ModelVersion | None:
    follow()
    return learning_of.train_when_due(timezone.now())


def test_on_the_first_day_the_words_of_the_taxonomy_serve(desk: Desk) -> None:
    found = queries.categories("老板拖欠工资", "三个月没有发工资。")
    assert found.source.serving is Serving.NONE_YET
    assert found.found[0].code == "labour.wages" and found.found[0].confidence is None
    assert "拖欠" in "".join(found.found[0].words)


def test_what_was_confirmed_teaches_and_a_better_model_serves(desk: Desk) -> None:
    classified(desk)
    assert queries.categories(*WAGES).found == [], "no list knows these words"
    version = learn()
    assert version is not None and version.in_use
    assert (version.first, version.other_first) > (version.other_first, 0), "better than the words"
    found = queries.categories(*WAGES)
    assert (found.source.serving, found.source.version) == (Serving.MODEL, 1)
    assert found.found[0].code == "labour.wages" and found.found[0].words
    assert 0 < (found.found[0].confidence or 0) < 1
    assert all(re.fullmatch(r"[\w.-]+:\d+:[01]", one) for one in found.recorded())


def test_it_is_not_trained_again_before_enough_is_new_and_serves_only_if_better(desk: Desk) -> None:
    classified(desk)
    first = learn()
    assert first is not None and first.in_use
    assert learn() is None, "nothing is new"
    classified(desk, 18, seed=2)
    second = learn()
    assert second is not None
    assert second.first <= second.other_first and not second.in_use, "right before, right now"
    state = overview.state()
    assert state.serving is not None and state.serving.number == 1
    assert state.last is not None and state.last.number == 2 and not state.last.was_better
    assert queries.categories(*WAGES).source.version == 1


@pytest.mark.parametrize("what", ["missing", "damaged", "of another version"])
def test_without_a_usable_file_words_serve_and_the_worker_trains_again(
    desk: Desk, what: str
) -> None:
    classified(desk)
    assert learn() is not None
    path = store.path_of(1)
    match what:
        case "missing":
            path.unlink()
        case "damaged":
            path.write_bytes(path.read_bytes()[:-20] + b"x" * 20)
        case _:
            path.write_bytes(path.read_bytes().replace(b"classifier 1", b"classifier 0", 1))
    assert queries.categories(*WAGES).source.serving is Serving.UNUSABLE
    again = learn()
    assert again is not None and again.in_use and again.number == 2
    assert queries.categories(*WAGES).source.serving is Serving.MODEL


def test_a_lost_model_that_is_no_better_than_words_any_more_is_not_trained_for_ever(
    desk: Desk,
) -> None:
    classified(desk)
    assert learn() is not None
    store.path_of(1).unlink()
    dice = Random(4)
    for n in range(24):  # what comes now the words of the list know, all of it
        body = "三个月没有发工资。" + "".join(map(chr, dice.choices(range(0x4E00, 0x5E00), k=40)))
        desk.registers(
            n / 10_000, subject="老板拖欠工资", body=body, fields={"category": "labour.wages"}
        )
    again = learn()
    assert again is not None and not again.in_use and again.other_first == again.tested
    assert queries.categories(*WAGES).source.serving is Serving.NONE_YET
    assert learn() is None, "until enough is new"
    assert ModelVersion.objects.count() == 2


def test_a_damaged_model_that_is_put_back_serves_again(desk: Desk) -> None:
    classified(desk)
    assert learn() is not None
    path, was = store.path_of(1), store.path_of(1).stat()
    whole = path.read_bytes()
    for content, serving in ((whole[:-20] + b"x" * 20, Serving.UNUSABLE), (whole, Serving.MODEL)):
        path.write_bytes(content)
        os.utime(
            path, ns=(was.st_atime_ns, was.st_mtime_ns)
        )  # as a disk damages, and a backup restores
        assert queries.categories(*WAGES).source.serving is serving


def test_where_nothing_can_be_kept_the_command_says_so_and_words_serve(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    # To look whether tables are new leaves the database of the test.
    monkeypatch.setattr("xinqiao.cli.insight_learn.require_migrated", lambda: None)
    classified(desk)
    folder().parent.mkdir(exist_ok=True)
    folder().write_text("in the way", encoding="utf-8")
    told = CliRunner().invoke(command)
    assert told.exit_code == 1 and f"cannot be kept in {folder()}" in told.output
    assert not ModelVersion.objects.exists()
    assert queries.categories(*WAGES).source.serving is Serving.NONE_YET


def test_without_the_libraries_words_serve_and_nothing_is_trained(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    classified(desk, 6)
    monkeypatch.setattr(store, "installed", lambda: False)
    monkeypatch.setattr(learning_of, "installed", lambda: False)
    assert learn() is None
    assert queries.categories("老板拖欠工资", "").source.serving is Serving.NO_LIBRARY
    assert queries.categories("老板拖欠工资", "").found[0].code == "labour.wages"


def test_a_report_teaches_nothing_and_what_becomes_one_is_forgotten(desk: Desk) -> None:
    desk.reports()
    receipt = desk.registers(fields={"category": "labour.wages"})
    follow()
    assert list(Confirmed.objects.values_list("matter", flat=True)) == [receipt.matter]
    desk.takes(receipt.matter, "reclassify", by="wangmin", kind="report", reason="反映的是违纪")
    follow()
    assert not Confirmed.objects.exists()


def test_the_last_word_counts_and_the_ledgers_give_the_same_again(desk: Desk) -> None:
    receipt = desk.registers(fields={"category": "labour.wages"})
    desk.takes(
        receipt.matter, "reclassify", by="wangmin", category="housing.property", reason="有误"
    )
    follow()
    (label,) = confirming.labels(10)
    assert (label.text.label, label.text.subject) == ("housing.property", "电梯停运半年")
    before = list(Confirmed.objects.values())
    confirming.begin_anew()
    assert not Confirmed.objects.exists()
    follow()
    assert list(Confirmed.objects.values()) == before


def test_rare_classes_are_learned_as_their_titles() -> None:
    labels = ["a.b.c"] * 3 + ["a.b.d"] + ["a.e"] * 2 + ["f"]
    found = learning_of.at_titles([Text(subject="", body="", label=one) for one in labels])
    assert [one.label for one in found] == ["a.b.c"] * 3 + ["a"] * 3
