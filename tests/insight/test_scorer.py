"""A scorer: learned from groups, written and read again, refused when it is damaged."""

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from tests.insight.letters import OTHERS, PLANT, message, town
from xinqiao.cli import main
from xinqiao.insight.linking import in_order, learned, writings
from xinqiao.insight.messages import Message, Unusable
from xinqiao.text.linking import training
from xinqiao.text.linking.features import NAMES
from xinqiao.text.linking.scorer import UnusableScorer, read, shipped

PLACES = (
    "金鳞湖",
    "白鹭滩",
    "望江坡",
    "松风岭",
    "石榴坪",
    "梅影塘",
    "竹溪湾",
    "云台里",
    "桂香园",
    "柳笛洲",
)


def letters() -> list[Message]:
    """Ten places, four letters each about the plant there."""
    of_plants = [
        message(10 * p + n, (_at(place, title), _at(place, body)), day=p + 7 * n)
        for p, place in enumerate(PLACES)
        for n, (title, body) in enumerate(PLANT)
    ]
    return of_plants + [message(900 + n, one, day=n) for n, one in enumerate(OTHERS)]


def _at(place: str, text: str) -> str:
    return text.replace("金鳞湖", place).replace("B2区", "")


def groups() -> training.Groups:
    return training.Groups([[str(10 * p + n) for n in range(4)] for p in range(len(PLACES))])


def test_it_learns_that_the_place_tells_matters_apart() -> None:
    pairs = training.compared(list(writings(in_order(letters()))))
    likely = training.train(pairs, groups()).probabilities(pairs.table)
    same = np.array(
        [int(a) // 10 == int(b) // 10 for a, b in zip(pairs.new, pairs.old, strict=True)]
    )
    assert likely[same].mean() > 0.8
    assert likely[~same].mean() < 0.2


def test_what_is_read_from_the_library_predicts_as_the_library_does() -> None:
    from sklearn.ensemble import HistGradientBoostingClassifier  # noqa: PLC0415

    chance = np.random.default_rng(3)
    table = chance.normal(size=(400, len(NAMES)))
    answer = table[:, 0] + table[:, 1] ** 2 > 1
    model = HistGradientBoostingClassifier(max_iter=20, max_leaf_nodes=8).fit(table, answer)
    ours = training.plain(model, link_at=0.5).probabilities(table)
    assert np.allclose(ours, model.predict_proba(table)[:, 1])


def test_several_joined_say_their_mean_in_log_odds() -> None:
    table = np.random.default_rng(2).normal(size=(60, len(NAMES)))
    one, other = shipped(), replace(shipped(), start=shipped().start + 1.0)
    likely = training.joined([one, other, other]).probabilities(table)
    odds = [np.log(p / (1 - p)) for p in (part.probabilities(table) for part in (one, other))]
    assert np.allclose(np.log(likely / (1 - likely)), (odds[0] + 2 * odds[1]) / 3)


def test_a_pair_is_told_to_be_likely_as_often_as_it_is_of_one_matter() -> None:
    pairs = training.compared(list(writings(in_order(letters()))))
    likely = training.train(pairs, groups()).probabilities(pairs.table)
    known = np.array(
        [int(a) < 900 or int(b) < 900 for a, b in zip(pairs.new, pairs.old, strict=True)]
    )
    same = known & np.array(
        [int(a) // 10 == int(b) // 10 for a, b in zip(pairs.new, pairs.old, strict=True)]
    )
    assert 0.8 < likely[known].sum() / same.sum() < 1.2


def test_it_is_the_same_after_writing_and_reading() -> None:
    table = np.random.default_rng(1).normal(size=(50, len(NAMES)))
    scorer = shipped()
    assert np.allclose(
        read(scorer.written()).probabilities(table), scorer.probabilities(table), atol=1e-3
    )


@pytest.mark.parametrize("text", ["", "[]", "{}", "nonsense", '{"features": ["other"]}'])
def test_what_is_no_scorer_is_refused(text: str) -> None:
    with pytest.raises(UnusableScorer):
        read(text)


@pytest.mark.parametrize(
    ("part", "place", "wrong"),
    [
        ("below", 0, 99),
        ("below", 3, 0),
        ("asked", 0, len(NAMES)),
        ("answers", 0, float("nan")),
        ("asked", 0, -1),
    ],
)
def test_a_damaged_scorer_is_refused(part: str, place: int, wrong: float) -> None:
    told = json.loads(shipped().written())
    told[part][0][place] = wrong
    with pytest.raises(UnusableScorer):
        read(json.dumps(told))


def test_a_scorer_of_half_its_trees_is_refused() -> None:
    scorer = shipped()
    with pytest.raises(UnusableScorer):
        read(replace(scorer, answers=scorer.answers[:5]).written())


def test_groups_of_other_messages_teach_nothing_and_say_so() -> None:
    with pytest.raises(Unusable, match="are the numbers those of the messages"):
        learned(letters(), training.Groups([["x", "y"]]))


def table(path: Path, messages: Sequence[Message]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(("留言编号", "留言用户", "留言主题", "留言时间", "留言详情"))
        for one in messages:
            rows.writerow((one.id, one.user, one.subject, one.at, one.body))
    return path


def link(source: Path, folder: Path, *more: object) -> Result:
    outputs = ("--output-links", folder / "l.csv", "--output-clusters", folder / "c.csv")
    words = ("insight", "link", "--input", source, *outputs, *more)
    return CliRunner().invoke(main, [str(one) for one in words])


def test_learned_from_an_earlier_table_what_comes_later_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "_TREES", 40)
    monkeypatch.setattr(training, "_TURNS", 1)
    told = tmp_path / "groups.json"
    told.write_text(json.dumps({"groups": [{"ids": ids} for ids in groups().groups]}), "utf-8")
    earlier = table(tmp_path / "earlier.csv", letters())
    learn = ("--train-groups", told, "--train-input", earlier)
    whole, first = in_order(town()), in_order(town())[:5]
    assert link(table(tmp_path / "w.csv", whole), tmp_path, *learn).exit_code == 0
    known = {one.id for one in first}
    lines = (tmp_path / "l.csv").read_text("utf-8").splitlines()
    before = [one for one in lines[1:] if one.split(",")[0] in known]
    assert before, "there is something to compare"
    assert link(table(tmp_path / "f.csv", first), tmp_path, *learn).exit_code == 0
    assert (tmp_path / "l.csv").read_text("utf-8").splitlines()[1:] == before
    assert "are the numbers those of the messages" in link(earlier, tmp_path, "--train-groups", told,
        "--train-input", tmp_path / "w.csv").output  # fmt: skip


def test_a_table_to_learn_from_without_groups_is_no_use(tmp_path: Path) -> None:
    source = table(tmp_path / "t.csv", town())
    result = link(source, tmp_path, "--train-input", source)
    assert result.exit_code == 2 and "--train-groups" in result.output
