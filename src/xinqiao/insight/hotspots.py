"""Clusters as hot spots: the hottest first, each with its title, its place, its issue and how many people write."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from xinqiao.insight.linking import Found
from xinqiao.insight.messages import SHANGHAI, Message
from xinqiao.text.clues import category_words, likely
from xinqiao.text.folding import fold
from xinqiao.text.linking.heat import Heat, Voice, heat

#: Shortest and longest stretch of a title that can be the name of a place.
_SHORTEST, _LONGEST = 3, 12
_TITLES_READ = 60
#: Characters of a title that are looked through: what is longer is a text in the wrong column.
_TITLE_READ = 200


@dataclass(frozen=True, slots=True)
class Hotspot:
    """A cluster with its heat; `place` is what most of its titles share, `issue` the code of a category, or empty."""

    cluster: int
    title: str
    ids: tuple[str, ...]
    first: date | None
    last: date | None
    heat: Heat
    place: str
    issue: str


def hotspots(found: Found) -> list[Hotspot]:
    """Clusters of two messages or more by heat; those of one person or one text after all others."""
    spots = [
        _hotspot(found, cluster, positions)
        for cluster, positions in found.clusters.members.items()
        if len(positions) > 1
    ]
    return sorted(
        spots, key=lambda one: (one.heat.apart, -one.heat.heat, -one.heat.users, one.cluster)
    )


def _hotspot(found: Found, cluster: int, positions: Sequence[int]) -> Hotspot:
    messages = [found.messages[one] for one in positions]
    days = [one.at.astimezone(SHANGHAI).date() for one in messages if one.at]
    voices = [_voice(found, one) for one in positions]
    place = common_name([one.subject for one in messages])
    return Hotspot(
        cluster=cluster, title=says_it_best([one.subject for one in messages]), ids=tuple(one.id for one in messages),
        first=min(days, default=None), last=max(days, default=None), heat=heat(voices), place=place,
        issue=_issue(messages),
    )  # fmt: skip


def _voice(found: Found, position: int) -> Voice:
    message = found.messages[position]
    text = "".join(fold(message.body or message.subject).split())
    return Voice(found.prepared[position].day, message.user or f"#{position}", message.likes, text)


def common_name(titles: Sequence[str]) -> str:
    """The stretch of text that most titles share, the longer the better; empty where half of them share none."""
    titles = [one[:_TITLE_READ] for one in dict.fromkeys(titles)][:_TITLES_READ]
    counted = Counter(stretch for title in titles for stretch in _stretches(title))
    shared = {
        s: n for s, n in counted.items() if 2 * n >= len(titles) and (n > 1 or len(titles) == 1)
    }
    best = max(shared, key=lambda s: (shared[s] * (len(s) - 1), len(s), s), default="")
    return best.strip(" ,，。：:、？?！!的") if len(titles) > 1 else ""


def _stretches(title: str) -> set[str]:
    """All stretches of a title that can be the name of a place."""
    return {
        title[a : a + n] for n in range(_SHORTEST, _LONGEST + 1) for a in range(len(title) - n + 1)
    }


def says_it_best(titles: Sequence[str]) -> str:
    """The title that shares most with all others, the shorter of equals."""
    grams = [{one[a : a + 2] for a in range(len(one) - 1)} for one in titles]
    counted = Counter(gram for several in grams for gram in several)
    scores = [sum(counted[g] - 1 for g in several) / (len(several) + 4) for several in grams]
    return titles[max(range(len(titles)), key=lambda n: (scores[n], -len(titles[n]), -n))]


def _issue(messages: Sequence[Message]) -> str:
    """The category for which most messages speak, by the words of the list."""
    counted = Counter(
        found.code
        for one in messages[:_TITLES_READ]
        for found in likely(one.subject, one.body, category_words(), most=1)
    )
    return max(counted, key=lambda code: (counted[code], code), default="")
