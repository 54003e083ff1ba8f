"""Categories are learned from labels, with honest confidence, and kept in a file that can do no harm."""

import hashlib
import pickle
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

# Of the extra, with which scikit-learn comes: that one is slow to import.
pytest.importorskip("numpy")

import numpy as np

from tests.insight.labelled import labelled
from xinqiao.text.classifying import copies, keeping, learning, lexicon, teaching
from xinqiao.text.classifying.features import MOST_BODY, concept_words, counts
from xinqiao.text.classifying.model import Model, confidences, likelihoods_of
from xinqiao.text.classifying.values import Text, TooFewLabels, UnusableModel
from xinqiao.text.folding import fold


@pytest.fixture(scope="module")
def model() -> Model:
    return learning.train(labelled())


@pytest.mark.parametrize(
    ("subject", "body", "label"),
    [
        ("年底了工资还没有着落", "我们十几个民工干完活,包工头不见了,钱一分没给。", "劳动"),
        ("中学食堂伙食费太贵", "学生每个月交的钱多,吃得差。", "教育"),
        ("村口的工厂气味难闻", "晚上烟囱冒烟,呛得咳嗽。", "环保"),
        ("拖欠農民工工資", "ＸＸ公司不發工資", "劳动"),
    ],
)
def test_words_never_seen_are_known_by_what_they_stand_for(
    model: Model, subject: str, body: str, label: str
) -> None:
    assert model.suggest(subject, body).labels[0].label == label


def test_three_different_labels_the_surest_first(model: Model) -> None:
    found = model.suggest("工厂排污", "河水发臭").labels
    assert {one.label for one in found} == {"劳动", "教育", "环保"}
    assert [one.confidence for one in found] == sorted((o.confidence for o in found), reverse=True)


def test_an_empty_message_is_left_to_a_person(model: Model) -> None:
    assert model.suggest(" ", "\n").abstain


def test_a_label_of_which_all_texts_are_copies_is_learned_and_left_to_a_person() -> None:
    dice = Random(3)
    known = [
        Text(
            subject="",
            body="".join(map(chr, dice.choices(range(0x4E00, 0x9FA5), k=60))),
            label="旧",
        )
        for _ in range(30)
    ]
    fresh = [Text(subject="广场舞音响", body="夜里跳舞的音响很大，睡不着。", label="新")] * 3
    found = learning.train([*known, *fresh]).suggest("广场舞音响", "夜里很大")
    assert found.labels[0].label == "新" and found.abstain


def test_labels_without_words_teach_nothing() -> None:
    with pytest.raises(TooFewLabels, match="have a word in common"):
        learning.train([Text(subject="", body="", label=label) for label in "甲乙" * 20])


def test_nothing_about_a_writer_can_be_handed_in() -> None:
    assert {field.name for field in fields(Text)} == {"subject", "body", "label"}


@settings(max_examples=60, deadline=None)
@given(subject=st.text(max_size=40), body=st.text(max_size=300))
def test_any_text_gets_likelihoods_that_are_some(model: Model, subject: str, body: str) -> None:
    likely = model.likelihoods(subject, body)
    assert np.all(likely >= 0) and likely.sum() == pytest.approx(1, abs=1e-6)
    assert model.suggest(subject, body) == model.suggest(subject, body)


def test_a_long_body_counts_to_its_limit_only() -> None:
    body = "道路积水。" * 1_000
    assert counts("", body)["b"] == counts("", body[:MOST_BODY])["b"]


class TestConfidence:
    @given(
        st.lists(st.lists(st.floats(-8, 8), min_size=3, max_size=3), min_size=1, max_size=5),
        st.floats(0.05, 3),
        st.floats(-3, 3),
    )
    def test_a_correction_never_changes_the_order(
        self, scores: list[list[float]], slope: float, shift: float
    ) -> None:
        before = likelihoods_of(np.asarray(scores))
        after = confidences(before, (slope, shift))
        assert np.array_equal(before.argmax(axis=1), after.argmax(axis=1))
        assert after.sum(axis=1) == pytest.approx(np.ones(len(scores)), abs=1e-4)
        assert np.all(after.max(axis=1) <= 1)

    def test_alone_begins_where_enough_was_right(self) -> None:
        sure = np.asarray([0.99, 0.9, 0.8, 0.7, 0.6])
        right = np.asarray([True, True, True, False, False])
        assert learning.least_to_decide(sure, right, 0.95) == 0.8
        assert learning.least_to_decide(sure, right, 0.75) == 0.7

    def test_nothing_is_decided_alone_where_nothing_was_right(self) -> None:
        assert learning.least_to_decide(np.asarray([0.9]), np.asarray([False])) > 1

    def test_few_labels_are_learned_from_and_a_person_decides(self) -> None:
        few = [one for i, one in enumerate(labelled()) if i % 12 == 0]
        found = learning.train(few).suggest("拖欠工资", "老板拖欠工资不发")
        assert found.labels[0].label == "劳动" and found.abstain


class TestTooLittle:
    @pytest.mark.parametrize(
        "texts",
        [
            [],
            [Text(subject="路灯", body="坏了", label="市政")] * 3,
            [Text(subject="路灯", body="坏了", label=str(i)) for i in range(9)],
            [Text(subject="路灯", body="坏了")] * 9,
        ],
        ids=["nothing", "one label", "one message each", "no label"],
    )
    def test_it_is_said(self, texts: list[Text]) -> None:
        with pytest.raises(TooFewLabels, match="label some more"):
            learning.train(texts)

    def test_two_labels_are_enough(self) -> None:
        two = [one for one in labelled() if one.label != "教育"]
        assert learning.train(two).suggest("化工厂臭味", "").labels[0].label == "环保"

    def test_a_rare_label_harms_nothing(self) -> None:
        rare = [Text(subject=f"路灯{i}", body="路灯不亮", label="市政") for i in range(2)]
        assert learning.train([*labelled(), *rare]).labels == ("劳动", "市政", "教育", "环保")


class TestKept:
    def test_a_kept_model_says_the_same(self, model: Model, tmp_path: Path) -> None:
        keeping.save(model, tmp_path / "m")
        again = keeping.load(tmp_path / "m")
        assert (tmp_path / "m").stat().st_size < keeping.MOST_BYTES
        assert list(tmp_path.iterdir()) == [tmp_path / "m"]
        for one in labelled()[::5]:
            assert again.suggest(one.subject, one.body) == model.suggest(one.subject, one.body)

    def test_many_labels_stay_below_the_limit(self, tmp_path: Path) -> None:
        texts = [
            Text(subject=f"{i}号楼{a}{b}", body=f"{b}{a}{a}" * 3, label=f"类{i}")
            for i in range(150)
            for a, b in (("水", "电"), ("路", "灯"))
        ]
        keeping.save(learning.train(texts), tmp_path / "m")
        assert (tmp_path / "m").stat().st_size < keeping.MOST_BYTES

    def test_a_missing_file_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(UnusableModel, match=r"nowhere cannot be read .*train it again"):
            keeping.load(tmp_path / "nowhere")

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "holds no classifier"),
            (pickle.dumps({"a": 1}), "holds no classifier"),
            (b"xinqiao-classifier 0 abc\n", "another version"),
            (b"xinqiao-classifier 1 abc\nnothing", "is damaged"),
            (b"xinqiao-classifier 1 %s\n" % hashlib.sha256(b"").hexdigest().encode(), "not put together"),
        ],
        ids=["empty", "pickle", "old", "other bytes", "no arrays"],
    )  # fmt: skip
    def test_another_file_is_refused(self, content: bytes, said: str, tmp_path: Path) -> None:
        (tmp_path / "m").write_bytes(content)
        with pytest.raises(UnusableModel, match=said):
            keeping.load(tmp_path / "m")

    def test_one_changed_byte_is_noticed(self, model: Model, tmp_path: Path) -> None:
        keeping.save(model, tmp_path / "m")
        whole = bytearray((tmp_path / "m").read_bytes())
        whole[-100] ^= 1
        (tmp_path / "m").write_bytes(whole)
        with pytest.raises(UnusableModel, match="is damaged"):
            keeping.load(tmp_path / "m")

    def test_objects_are_not_unpacked(self, tmp_path: Path) -> None:
        body = _npz_with_an_object(tmp_path)
        head = b"xinqiao-classifier %d %s\n" % (
            keeping.VERSION, hashlib.sha256(body).hexdigest().encode(),
        )  # fmt: skip
        (tmp_path / "m").write_bytes(head + body)
        with pytest.raises(UnusableModel, match="not put together"):
            keeping.load(tmp_path / "m")


def _npz_with_an_object(folder: Path) -> bytes:
    np.savez(folder / "object.npz", words=np.asarray([{"labels": ["a"]}], dtype=object))
    return (folder / "object.npz").read_bytes()


def test_near_copies_stand_together() -> None:
    text = "我们小区的电梯坏了两个月,物业一直不修,老人上下楼非常困难,请求有关部门督促维修。"
    texts = [
        Text(subject="电梯", body=text),
        Text(subject="入学", body="孩子今年入学,请问需要准备什么材料,到哪里报名。"),
        Text(subject="电梯", body=text + "谢谢!"),
        Text(subject="", body=""),
    ]
    one, other, copy, empty = copies.groups(texts)
    assert one == copy
    assert len({one, other, empty}) == 3
    assert copies.groups([]) == []


class TestTeaching:
    def test_doubt_comes_first_and_no_copy_of_it_second(self, model: Model) -> None:
        doubtful = Text(subject="老师的工资", body="幼儿园拖欠老师工资,家长和老师都着急")
        clear = Text(subject="工厂污染", body="化工厂偷排废气,臭味刺鼻")
        other = Text(subject="食堂", body="学校食堂油烟污染,学生和邻居都受不了")
        asked = teaching.most_telling(model, [clear, doubtful, doubtful, other], 4)
        assert asked[0] in (1, 3)
        assert {1, 2} != set(asked[:2])
        assert sorted(asked) == [0, 1, 2, 3]

    @pytest.mark.parametrize(("texts", "most"), [([], 3), ([Text(subject="a", body="b")], 0)])
    def test_nothing_asked_of_nothing(self, model: Model, texts: Sequence[Text], most: int) -> None:
        assert teaching.most_telling(model, texts, most) == []


class TestFirstDay:
    PHRASES = {
        "劳动保障": ("劳动报酬", "工资拖欠", "其他"),
        "环境": ("大气污染", "噪声扰民", "污水排放"),
    }

    def test_a_taxonomys_own_words_say_where_a_message_belongs(self) -> None:
        words = lexicon.with_concepts(self.PHRASES)
        assert lexicon.suggest("讨薪", "包工头欠薪", words).labels[0].label == "劳动保障"
        assert lexicon.suggest("黑烟和臭味", "", words).labels[0].label == "环境"

    def test_a_person_always_decides(self) -> None:
        assert lexicon.suggest("工资拖欠", "工资拖欠", lexicon.with_concepts(self.PHRASES)).abstain

    def test_unknown_words_give_no_label(self) -> None:
        assert lexicon.suggest("你好", "", lexicon.with_concepts(self.PHRASES)).labels == ()

    def test_a_file_that_is_no_taxonomy(self, tmp_path: Path) -> None:
        (tmp_path / "t.csv").write_text("a,b\n1,2\n", encoding="utf-8")
        with pytest.raises(lexicon.UnusableTaxonomy, match="no column 一级分类"):
            lexicon.read_taxonomy(tmp_path / "t.csv")
        with pytest.raises(lexicon.UnusableTaxonomy, match="cannot be read"):
            lexicon.read_taxonomy(tmp_path / "nowhere.csv")

    def test_words_of_things_are_folded_and_stand_once(self) -> None:
        for thing, words in concept_words().items():
            assert words and len(set(words)) == len(words), thing
            assert [word for word in words if fold(word) != word] == [], thing
