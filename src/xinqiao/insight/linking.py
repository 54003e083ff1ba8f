"""Same matters, clusters and warnings in a table of messages: the pure code of `text.linking`, fed in order of time."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from xinqiao.insight.messages import SHANGHAI, Message, Unusable
from xinqiao.text.linking import training
from xinqiao.text.linking.clusters import Clusters
from xinqiao.text.linking.grams import Prepared, Writing
from xinqiao.text.linking.scorer import Scorer, shipped
from xinqiao.text.linking.stream import Candidate, Compared, Linker, compared, judged
from xinqiao.text.linking.warning import Sign, Warner

#: The day of a message that has none: after all others, so that it is nobody's past.
_LAST = datetime(9999, 1, 1, tzinfo=SHANGHAI)


@dataclass(frozen=True, slots=True)
class Alert:
    """A warning as it was given on a day; `ids` are the messages of the cluster until then."""

    date: datetime
    tier: str
    cluster: int
    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Everything found in a table: messages in order of time, and by their positions all else."""

    messages: Sequence[Message]
    prepared: Sequence[Prepared]
    candidates: Sequence[Sequence[Candidate]]
    clusters: Clusters
    alerts: Sequence[Alert]


def in_order(messages: Sequence[Message]) -> list[Message]:
    """By time, those of one moment by number; those without a time at the end."""
    return sorted(messages, key=lambda one: (one.at or _LAST, one.id, one.subject, one.body))


def writings(messages: Sequence[Message]) -> Iterator[Writing]:
    """What linking sees of messages that are in order: not who wrote them."""
    last = next((one.at for one in reversed(messages) if one.at), _LAST)
    for one in messages:
        yield Writing(one.id, one.subject, one.body, one.at or last)


@dataclass(frozen=True, slots=True)
class Looked:
    """Messages in order of time, each compared with those before it; no scorer has said anything yet."""

    messages: Sequence[Message]
    seen: Sequence[tuple[Prepared, Compared | None]]

    def pairs(self) -> training.Pairs:
        """All that was compared, to learn from."""
        return training.pairs_of([one.id for one in self.messages], self.seen)


def look(messages: Sequence[Message]) -> Looked:
    """Messages compared in the order of their time, each when only those before it were known."""
    ordered = in_order(messages)
    return Looked(ordered, list(compared(writings(ordered), Linker(training.nobody()))))


def find(messages: Sequence[Message], scorer: Scorer | None = None) -> Found:
    """Links, clusters and warnings of messages, each message seen when only those before it were known."""
    ordered = in_order(messages)
    seen = compared(writings(ordered), Linker(training.nobody()))
    return _found(ordered, seen, scorer or shipped())


def found_in(looked: Looked, scorer: Scorer) -> Found:
    """What a scorer finds in messages that were compared."""
    return _found(looked.messages, looked.seen, scorer)


def _found(
    messages: Sequence[Message], seen: Iterable[tuple[Prepared, Compared | None]], scorer: Scorer
) -> Found:
    clusters, warner = Clusters(), Warner()
    candidates: list[Sequence[Candidate]] = []
    alerts: list[Alert] = []
    prepared: list[Prepared] = []
    for position, (new, pairs) in enumerate(seen):
        if prepared and int(new.day) > int(prepared[-1].day):
            alerts += _merged(clusters, warner, prepared[-1].day, messages[position - 1])
        found = judged(new, pairs, scorer) if pairs is not None else []
        candidates.append(found)
        alerts += _joined(clusters, warner, new, found, messages[position])
        prepared.append(new)
    clusters.merge()
    return Found(messages, prepared, candidates, clusters, alerts)


def _joined(
    clusters: Clusters, warner: Warner, new: Prepared, found: Sequence[Candidate], message: Message
) -> list[Alert]:
    """What a message brings to light in the cluster that it joins; without a time, no warning: that has one."""
    position = len(clusters.of)
    cluster = clusters.join(found, new.told)
    if message.at is None:
        return []
    likely = max((c.probability for c in found if clusters.of[c.position] == cluster), default=0.0)
    sign = Sign(position, new.day, message.user or f"#{position}", likely)
    return [_alert(tier, cluster, clusters, message) for tier in warner.add(cluster, sign)]


def _merged(clusters: Clusters, warner: Warner, day: float, last: Message) -> list[Alert]:
    """What the nightly joining of clusters brings to light."""
    found = []
    for lose, keep in clusters.merge().items():
        for tier in warner.merged(lose, keep, day):
            found.append(_alert(tier, keep, clusters, last))
    return found


def _alert(tier: str, cluster: int, clusters: Clusters, message: Message) -> Alert:
    now = clusters.of[cluster]  # a cluster bears the position of its first message
    assert message.at is not None  # noqa: S101  only those with a time are told of
    return Alert(message.at, tier, now, tuple(clusters.members[now]))


def read_groups(path: Path) -> training.Groups:
    """Groups in JSON: {"groups": [{"ids": [...]}], "not_same": [[id, id, why]]}. Raises Unusable."""
    try:
        told = json.loads(path.read_text(encoding="utf-8-sig"))
        groups = [[str(one) for one in group["ids"]] for group in told["groups"]]
        pairs = [(str(pair[0]), str(pair[1])) for pair in told.get("not_same", ())]
    except OSError as cause:
        raise Unusable(f"{path.name} cannot be read: {cause.strerror}") from cause
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as cause:
        raise Unusable(
            f'{path.name} holds no groups: it must be JSON like {{"groups": [{{"ids": [1, 2]}}], "not_same": [[3, 4]]}}'
        ) from cause
    return training.Groups(groups, pairs)


def learned(messages: Sequence[Message], groups: training.Groups) -> Scorer:
    """A scorer from groups among these messages. Raises Unusable where there are too few."""
    pairs = look(messages).pairs()
    try:
        return training.train(pairs, groups)
    except training.TooFewGroups as cause:
        raise Unusable(str(cause)) from cause
