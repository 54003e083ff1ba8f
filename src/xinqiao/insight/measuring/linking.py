"""How good links, clusters and warnings are, on groups that a person read: learned on four parts of five, measured
on the fifth.

Groups fall into five parts by chance (a fixed seed). For each part scorer and thresholds come from the other four, so
that every group is measured once by a scorer that never saw it. Intervals are those of a bootstrap over groups. What
counts as wrong: a link of two messages of different groups, or of a named look-alike pair; `precision_strict` counts a
link of a grouped message to one of no group as wrong, too.
"""

import random
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from xinqiao.insight import linking
from xinqiao.insight.messages import Message, Unusable, read_messages
from xinqiao.text.linking import training
from xinqiao.text.linking.warning import ALERT

MESSAGES, GROUPS = "messages_2019.csv", "matters_dev.json"
LARGE, PARTS = 5, 5
_RESAMPLED = 500


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one run over all messages gave, by the numbers of messages."""

    links: Mapping[str, Sequence[str]]
    clusters: Mapping[str, int]
    alerts: Sequence[tuple[str, tuple[str, ...]]]
    order: Mapping[str, int]
    weeks: float


@dataclass(frozen=True, slots=True)
class Linking:
    """All figures by name."""

    figures: Mapping[str, Any]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return dict(self.figures)


def measure(folder: Path, seed: int = 0) -> Linking:
    """The figures of the messages and groups of a folder. Raises Unusable."""
    messages = read_messages(folder / MESSAGES)
    groups = linking.read_groups(folder / GROUPS)
    try:
        return Linking(figures(messages, groups, seed))
    except training.TooFewGroups as cause:
        raise Unusable(str(cause)) from cause


def figures(messages: Sequence[Message], groups: training.Groups, seed: int = 0) -> dict[str, Any]:
    """The figures of any messages with groups."""
    writers = {one.id: one.user for one in messages}
    looked = linking.look(messages)
    pairs, parts = looked.pairs(), []
    for learn, test in split(groups, seed):
        scorer = training.train(pairs, learn)
        parts.append((_seen(linking.found_in(looked, scorer)), test, scorer))
    counted = [_of_group(seen, ids, writers) for seen, test, _ in parts for ids in test.groups]
    looks = [_linked(seen, pair) for seen, test, _ in parts for pair in test.not_same]
    wrong = sum(_wrong(seen, groups, test) for seen, test, _ in parts)
    return {
        "thresholds": [(round(one.link_at, 2), round(one.first_at, 2)) for _, _, one in parts],
        **_links(counted, wrong, looks),
        **_large([one for one in counted if one["users"] >= LARGE]),
        "false_alerts_a_week": round(
            sum(_false(seen, groups, test) for seen, test, _ in parts) / sum(s.weeks for s, _, _ in parts), 3
        ),
    }  # fmt: skip


def split(groups: training.Groups, seed: int) -> list[tuple[training.Groups, training.Groups]]:
    """For each of some parts of the groups: all others to learn from, and the part itself to be measured.

    A look-alike pair goes with the group of its first grouped message.
    """
    rng = random.Random(seed)  # noqa: S311  a split, no secret
    part_of: dict[str, int] = {}
    of_group = [rng.randrange(PARTS) for _ in groups.groups]
    for ids, part in zip(groups.groups, of_group, strict=True):
        part_of.update(dict.fromkeys(ids, part))
    of_pair = [
        next((part_of[i] for i in pair if i in part_of), rng.randrange(PARTS))
        for pair in groups.not_same
    ]

    def those(parts: Collection[int]) -> training.Groups:
        return training.Groups(
            [ids for ids, part in zip(groups.groups, of_group, strict=True) if part in parts],
            [pair for pair, part in zip(groups.not_same, of_pair, strict=True) if part in parts],
        )

    every = frozenset(range(PARTS))
    return [(those(every - {part}), those({part})) for part in sorted(every)]


def _seen(found: linking.Found) -> _Seen:
    ids = [one.id for one in found.messages]
    days = [one.day for one in found.prepared]
    return _Seen(
        links={
            ids[n]: [ids[c.position] for c in several if c.linked]
            for n, several in enumerate(found.candidates)
        },
        clusters=dict(zip(ids, found.clusters.of.values(), strict=True)),
        alerts=[(one.tier, tuple(ids[p] for p in one.positions)) for one in found.alerts],
        order={one: n for n, one in enumerate(ids)},
        weeks=max((days[-1] - days[0]) / 7, 1.0) if days else 1.0,
    )


def _of_group(seen: _Seen, ids: Collection[str], writers: Mapping[str, str]) -> dict[str, Any]:
    """What one group adds to the figures."""
    ordered = sorted((i for i in ids if i in seen.order), key=seen.order.__getitem__)
    members = set(ordered)
    found = sum(any(c in members for c in seen.links[i]) for i in ordered[1:])
    right = sum(c in members for i in ordered for c in seen.links[i])
    loose = sum(c not in members for i in ordered for c in seen.links[i])
    at = [
        max(n for n, i in enumerate(ordered, 1) if i in set(told))
        for tier, told in seen.alerts
        if tier == ALERT and len(members & set(told)) * 2 > len(told)
    ]
    return {
        "users": len({writers[i] for i in ordered}), "members": len(ordered), "asked": max(len(ordered) - 1, 0),
        "found": found, "right": right, "loose": loose, "alerted": min(at, default=0),
        "bcubed": _bcubed(seen, ordered),
    }  # fmt: skip


def _bcubed(seen: _Seen, ordered: Sequence[str]) -> tuple[float, float]:
    """Sums over the members of a group: precision (of whole clusters, strictly) and recall."""
    sizes = Counter(seen.clusters.values())
    here = Counter(seen.clusters[i] for i in ordered)
    precision = sum(n * n / sizes[c] for c, n in here.items())
    return precision, sum(n * n for n in here.values()) / max(len(ordered), 1)


def _linked(seen: _Seen, pair: tuple[str, str]) -> tuple[bool, bool]:
    """Whether a look-alike pair was linked, and whether it lies in one cluster."""
    one, other = pair
    together = one in seen.clusters and seen.clusters.get(one) == seen.clusters.get(other)
    return other in seen.links.get(one, ()) or one in seen.links.get(other, ()), together


def _wrong(seen: _Seen, groups: training.Groups, test: training.Groups) -> int:
    """Links of the tested half that are known to be wrong."""
    group = {i: n for n, ids in enumerate(groups.groups) for i in ids}
    tested = {i for ids in test.groups for i in ids}
    named = {frozenset(pair) for pair in test.not_same}
    return sum(
        frozenset((new, old)) in named
        or (
            new in group and old in group and group[new] != group[old] and bool({new, old} & tested)
        )
        for new, several in seen.links.items()
        for old in several
    )


def _false(seen: _Seen, groups: training.Groups, test: training.Groups) -> int:
    """Alerts most of whose messages are not of one group, strictly: messages of no group count against them."""
    group = {i: n for n, ids in enumerate(groups.groups) for i in ids}
    wrong = 0
    for tier, told in seen.alerts:
        most = max(Counter(group[i] for i in told if i in group).values(), default=0)
        wrong += tier == ALERT and most * 2 <= len(told)
    return wrong


def _links(
    counted: Sequence[Mapping[str, Any]], wrong: int, looks: Sequence[tuple[bool, bool]]
) -> dict[str, Any]:
    def recall(some: Sequence[Mapping[str, Any]]) -> float:
        return float(sum(g["found"] for g in some) / max(sum(g["asked"] for g in some), 1))

    right, loose = sum(g["right"] for g in counted), sum(g["loose"] for g in counted)
    small = [g for g in counted if g["users"] < 3]
    return {
        "recall": round(recall(counted), 3),
        "recall_interval": _interval(counted, recall),
        "recall_groups_of_3_users": round(recall([g for g in counted if g["users"] >= 3]), 3),
        "recall_smaller": round(recall(small), 3),
        "precision": round(right / max(right + wrong, 1), 3),
        "precision_strict": round(right / max(right + loose, 1), 3),
        "look_alikes_linked": round(sum(a for a, _ in looks) / max(len(looks), 1), 3),
        "look_alikes_in_one_cluster": round(sum(b for _, b in looks) / max(len(looks), 1), 3),
        "look_alikes_interval": _interval(
            looks, lambda some: sum(a for a, _ in some) / max(len(some), 1)
        ),
    }


def _large(groups: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    def f(some: Sequence[Mapping[str, Any]]) -> float:
        members = max(sum(g["members"] for g in some), 1)
        precision = sum(g["bcubed"][0] for g in some) / members
        recall = sum(g["bcubed"][1] for g in some) / members
        return float(2 * precision * recall / max(precision + recall, 1e-9))

    alerted = [g["alerted"] for g in groups if g["alerted"]]
    return {
        "large_groups": len(groups),
        "bcubed_f": round(f(groups), 3),
        "bcubed_f_interval": _interval(groups, f),
        "alerted": round(len(alerted) / max(len(groups), 1), 3),
        "alerted_by_message": median(alerted) if alerted else None,
    }


def _interval(items: Sequence[Any], of: Callable[[Sequence[Any]], float]) -> tuple[float, float]:
    """Between what 95 of 100 resamplings lie."""
    rng = random.Random(0)  # noqa: S311
    values = (
        sorted(of(rng.choices(items, k=len(items))) for _ in range(_RESAMPLED)) if items else [0.0]
    )
    return round(values[int(0.025 * len(values))], 3), round(values[int(0.975 * len(values))], 3)
