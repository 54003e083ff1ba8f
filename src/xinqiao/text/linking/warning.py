"""Early warning: a cluster is told of when enough different people write within some days, or in the long run.

Two tiers: `watch` asks for a look, `alert` for an owner. A warning is about a matter; who writes is only counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

WATCH, ALERT = "watch", "alert"


@dataclass(frozen=True, slots=True)
class Rule:
    """At least `users` different writers within `days` days; `likely`: how sure the links must be on average."""

    tier: str
    users: int
    days: float
    likely: float = 0.0


RULES: tuple[Rule, ...] = (
    Rule(WATCH, users=2, days=14, likely=0.80),
    Rule(ALERT, users=3, days=14, likely=0.5),
    Rule(ALERT, users=5, days=400),  # slow burners
)


@dataclass(frozen=True, slots=True)
class Sign:
    """One message of a cluster as warning sees it. `writer` tells two people apart, nothing more."""

    position: int
    day: float
    writer: str
    likely: float


@dataclass
class Warner:
    """Which warnings were given. Each tier is told once for a cluster."""

    rules: Sequence[Rule] = RULES
    given: dict[int, set[str]] = field(default_factory=dict)
    signs: dict[int, list[Sign]] = field(default_factory=dict)

    def add(self, cluster: int, sign: Sign) -> list[str]:
        """The tiers that are reached with this message."""
        signs = self.signs.setdefault(cluster, [])
        signs.append(sign)
        return self._reached(cluster, sign.day)

    def merged(self, lose: int, keep: int, day: float) -> list[str]:
        """Two clusters became one: the tiers that are reached by it."""
        self.signs[keep] = sorted(
            self.signs.get(keep, []) + self.signs.pop(lose, []), key=lambda s: s.position
        )
        self.given.setdefault(keep, set()).update(self.given.pop(lose, set()))
        return self._reached(keep, day)

    def _reached(self, cluster: int, day: float) -> list[str]:
        given = self.given.setdefault(cluster, set())
        found = [
            rule.tier for rule in self.rules
            if rule.tier not in given and holds(rule, self.signs[cluster], day)
        ]  # fmt: skip
        given.update(found)
        if ALERT in given:
            given.add(WATCH)  # what has an owner needs no look any more
        return list(dict.fromkeys(found))


def holds(rule: Rule, signs: Sequence[Sign], day: float) -> bool:
    """Whether a rule holds for the messages up to a day (days since 1970, with fractions)."""
    recent = [one for one in signs if day - rule.days <= one.day <= day]
    if len({one.writer for one in recent}) < rule.users:
        return False
    links = [one.likely for one in recent if one.likely]
    return not links or sum(links) / len(links) >= rule.likely
