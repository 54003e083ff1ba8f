"""Clusters: what belongs together is one, what only looks so stays apart."""

from tests.insight.letters import message, town
from xinqiao.insight.linking import find
from xinqiao.text.linking.clusters import Clusters
from xinqiao.text.linking.stream import Candidate

NOWHERE: frozenset[str] = frozenset()


def sure(position: int) -> Candidate:
    return Candidate(position, 0.9, linked=True)


def test_the_letters_about_the_plant_are_one_cluster() -> None:
    found = find(town())
    clusters = {
        tuple(found.messages[p].id for p in m)
        for m in found.clusters.members.values()
        if len(m) > 1
    }
    assert clusters == {("100", "101", "102", "103")}


def test_a_message_without_links_begins_a_cluster() -> None:
    clusters = Clusters()
    assert [
        clusters.join([], NOWHERE),
        clusters.join([sure(0)], NOWHERE),
        clusters.join([], NOWHERE),
    ] == [0, 0, 2]


def test_one_chance_link_does_not_bring_a_message_into_a_large_cluster() -> None:
    clusters = Clusters()
    clusters.join([], NOWHERE)
    for size in range(1, 5):
        clusters.join([sure(one) for one in range(size)], NOWHERE)
    lonely = Candidate(0, 0.6, linked=True)
    assert clusters.join([lonely], NOWHERE) == 5


def test_districts_that_contradict_keep_messages_apart() -> None:
    clusters = Clusters()
    clusters.join([], frozenset({"b2区"}))
    assert clusters.join([sure(0)], frozenset({"b7区"})) == 1


def test_clusters_that_are_linked_become_one_at_night() -> None:
    clusters = Clusters()
    clusters.join([], NOWHERE)
    clusters.join([], NOWHERE)
    clusters.join([sure(0), sure(1)], NOWHERE)
    assert list(clusters.of.values()) == [0, 1, 0]
    assert clusters.merge() == {1: 0}
    assert list(clusters.of.values()) == [0, 0, 0]
    assert clusters.members == {0: [0, 1, 2]}
    assert clusters.merge() == {}


def test_what_is_too_weak_for_a_link_adds_up() -> None:
    weak = [Candidate(one, 0.2, linked=False) for one in range(3)]
    clusters = Clusters()
    for earlier in ([], [sure(0)], [sure(0)], weak):
        clusters.join(earlier, NOWHERE)
    assert clusters.merge() == {3: 0}
    apart = Clusters()
    for earlier in ([], [sure(0)], [sure(0)], weak[:1]):
        apart.join(earlier, NOWHERE)
    assert apart.merge() == {}, "one weak pair of three is not enough"


def test_clusters_of_two_districts_do_not_become_one() -> None:
    clusters = Clusters()
    clusters.join([], frozenset({"b2区"}))
    clusters.join([], frozenset({"b7区"}))
    clusters.join([sure(0), sure(1)], NOWHERE)
    assert clusters.merge() == {}


def test_every_message_is_in_one_cluster() -> None:
    found = find([*town(), message(900, ("空", ""), day=9)])
    listed = sorted(p for several in found.clusters.members.values() for p in several)
    assert listed == list(range(len(found.messages)))
