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


def test_both_halves_hold_groups_and_look_alikes_and_share_none() -> None:
    groups = read_groups(DATA / "matters_dev.json")
    one, other = split(groups, seed=0)
    assert len(one.groups) + len(other.groups) == len(groups.groups)
    assert len(one.not_same) + len(other.not_same) == len(groups.not_same)
    assert min(len(one.groups), len(other.groups)) > 50
    assert not {i for ids in one.groups for i in ids} & {i for ids in other.groups for i in ids}
