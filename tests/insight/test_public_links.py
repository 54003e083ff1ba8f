"""Links, clusters and warnings on the public messages: not worse than what was measured when this was written.

The files are not part of the repository; without them these tests are skipped.
"""

from pathlib import Path

import pytest

from xinqiao.insight.hotspots import hotspots
from xinqiao.insight.linking import Found, find, read_groups
from xinqiao.insight.measuring.linking import split
from xinqiao.insight.messages import read_messages

DATA = Path(__file__).parents[2].parent / "shared" / "data"

pytestmark = pytest.mark.skipif(
    not (DATA / "matters_dev.json").is_file(),
    reason="the public messages are not beside the repository (../shared/data)",
)


@pytest.fixture(scope="module")
def found() -> Found:
    return find(read_messages(DATA / "messages_2019.csv"))


def test_every_message_is_taken(found: Found) -> None:
    assert len(found.messages) == len(found.clusters.of) == 4326


def test_the_largest_matters_are_the_hottest(found: Found) -> None:
    groups = read_groups(DATA / "matters_dev.json").groups
    largest = max(groups, key=len)
    hottest = {one for spot in hotspots(found)[:3] for one in spot.ids}
    assert len(set(largest) & hottest) > len(largest) / 2


def test_every_group_is_measured_once_by_what_was_learned_from_others() -> None:
    groups = read_groups(DATA / "matters_dev.json")
    parts = split(groups, seed=0)
    assert sum(len(test.groups) for _, test in parts) == len(groups.groups)
    assert sum(len(test.not_same) for _, test in parts) == len(groups.not_same)
    for learn, test in parts:
        assert len(learn.groups) + len(test.groups) == len(groups.groups) and len(test.groups) > 15
        assert not {i for ids in learn.groups for i in ids} & {
            i for ids in test.groups for i in ids
        }
