"""The figures on public messages: categories of what was left out of learning, facts of real answers.

The files are not part of the repository; without them these tests are skipped.
"""

from pathlib import Path

import pytest

# Of the extra, with which scikit-learn comes: that one is slow to import.
pytest.importorskip("numpy")

from xinqiao.insight.measuring.classifying import LABELLED, measure
from xinqiao.insight.messages import read_messages
from xinqiao.text.answers.facts import Answered, facts

DATA = Path(__file__).parents[2].parent / "shared" / "data"

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="the public messages are not beside the repository (../shared/data)"
)


def test_categories_of_messages_left_out(tmp_path: Path) -> None:
    (tmp_path / LABELLED).symlink_to(
        DATA / LABELLED
    )  # alone: unlabelled messages take a minute more
    found = measure(tmp_path, repeats=1)
    assert found.macro_f1.value > 0.82
    assert found.top_3.value > 0.97
    assert found.alone.value > 0.55 and found.alone_right.value > 0.92
    for one in found.reliability:
        if one.number >= 60:
            assert abs(one.said - one.right) < 0.17


def test_answers_are_liker_to_their_own_questions() -> None:
    some = [one for one in read_messages(DATA / "messages_answered.csv") if one.answer][::4]
    found = facts([
        Answered(id=m.id, subject=m.subject, body=m.body, answer=m.answer, at=m.at, answered_at=m.answered_at)
        for m in some
    ])  # fmt: skip
    assert len(found) == len(some)
    assert sum(one.answers_this for one in found) > 0.79 * len(found)
    assert 0 < sum(one.wording.only_forwards for one in found) < 0.1 * len(found)
    assert sum(bool(one.wording.cites) for one in found) > 0.1 * len(found)
    assert all(one.days is None or one.days >= 0 for one in found)
