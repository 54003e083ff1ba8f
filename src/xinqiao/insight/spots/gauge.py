"""What a cluster amounts to over the contacts that somebody may see: people, heat, how sure, warnings reached.

Pure. The same function tells it over all contacts, for the platform, and over a part of them, for whoever sees a part.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from xinqiao.rules.entries import SHANGHAI
from xinqiao.text.linking import heat as heats
from xinqiao.text.linking.warning import ALERT, RULES, WATCH, Rule, Sign, Warner, holds

#: The gravest first.
TIERS = (ALERT, WATCH)
_SECONDS = 86400.0


@dataclass(frozen=True, slots=True)
class Voice:
    """One contact of a cluster. `writers` tell people apart and nothing more; they leave this file as a number."""

    number: int
    matter: int
    at: datetime
    writers: frozenset[str]
    likely: float


@dataclass(frozen=True, slots=True)
class Reached:
    """A tier that was reached on a day, by which rule, when so many people had written in all."""

    tier: str
    users: int
    days: int
    people: int
    on: date


@dataclass(frozen=True, slots=True)
class Gauge:
    """How a cluster stands. `best`: people of its best thirty days; `sure`: mean likelihood of its links, 0 to 1."""

    contacts: int
    matters: int
    people: int
    best: int
    heat: float
    sure: float
    first_on: date
    last_on: date
    reached: Sequence[Reached] = ()

    @property
    def several(self) -> bool:
        """Whether it is a hot spot at all: two people and two matters."""
        return self.people > 1 and self.matters > 1

    @property
    def top(self) -> Reached | None:
        """The gravest tier, as it was reached."""
        by_tier = {one.tier: one for one in self.reached}
        return next((by_tier[tier] for tier in TIERS if tier in by_tier), None)


def gauge(voices: Sequence[Voice]) -> Gauge:
    """How the cluster of these contacts (one at least) stands.

    Each person behind a contact counts. The same words by two people are two people: here it is known who wrote, so
    that copies need not be told from the text.
    """
    ordered = sorted(voices, key=lambda one: (one.at, one.number))
    heat = heats.heat([
        heats.Voice(_day(one.at), writer, 0, f"{one.number} {writer}")
        for one in ordered
        for writer in sorted(one.writers)
    ])  # fmt: skip
    links = [one.likely for one in ordered if one.likely]
    return Gauge(
        contacts=len(ordered), matters=len({one.matter for one in ordered}), people=heat.users, best=heat.best,
        heat=heat.heat, sure=sum(links) / len(links) if links else 0.0, first_on=_on(ordered[0].at),
        last_on=_on(ordered[-1].at), reached=_reached(ordered),
    )  # fmt: skip


def borne_out(given: Reached, voices: Sequence[Voice]) -> Reached | None:
    """A warning as it was given, with no more people than these contacts tell; None where they do not bear it out.

    What was taken out of a spot since, a report above all, must not be read off a number that was kept.
    """
    before = [one for one in voices if _on(one.at) <= given.on]
    recent = [one for one in before if (given.on - _on(one.at)).days <= given.days]
    if len(_writers(recent)) < given.users:
        return None
    return replace(given, people=min(given.people, len(_writers(before))))


def _writers(voices: Iterable[Voice]) -> set[str]:
    return {writer for one in voices for writer in one.writers}


def _reached(ordered: Sequence[Voice]) -> tuple[Reached, ...]:
    """The tiers in the order in which they were reached; none before the second matter, since a letter that many sign
    is no hot spot.
    """
    warner, found, seen, matters = Warner(), list[Reached](), set[str](), set[int]()
    for one in ordered:
        seen |= one.writers
        matters.add(one.matter)
        signs = [
            Sign(one.number, _day(one.at), writer, one.likely) for writer in sorted(one.writers)
        ]
        if len(matters) < 2:
            warner.signs.setdefault(0, []).extend(signs)
            continue
        for sign in signs:
            for tier in warner.add(0, sign):
                rule = _rule(tier, warner.signs[0], sign.day)
                found.append(Reached(tier, rule.users, int(rule.days), len(seen), _on(one.at)))
    return tuple(found)


def _rule(tier: str, signs: Sequence[Sign], day: float) -> Rule:
    return next(rule for rule in RULES if rule.tier == tier and holds(rule, signs, day))


def _day(moment: datetime) -> float:
    """Days since 1970, with fractions."""
    return moment.timestamp() / _SECONDS


def _on(moment: datetime) -> date:
    return moment.astimezone(SHANGHAI).date()
