"""The facts follow the ledgers: what a matter is counted as is written down with the moments between which it stood."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from xinqiao.directory import queries as directory
from xinqiao.intake import queries as intake
from xinqiao.law.clocks import Clock
from xinqiao.matters import clockwork
from xinqiao.matters.reading import Span, recorded
from xinqiao.rules.counting import Arrived, Counted, What
from xinqiao.rules.counting_history import Recorded, Seen, history
from xinqiao.rules.replay import Turn
from xinqiao.targets.models import FOREVER, Fact, Followed

COLUMNS = tuple(one.name for one in fields(Counted))


class Key(NamedTuple):
    """Which fact of a matter it is."""

    what: What
    seq: int


class Standing(NamedTuple):
    """A fact that is known now, since when, and the row in which it stands; None: it is not written yet."""

    fact: Counted
    since: datetime
    row: int | None = None


class Known(NamedTuple):
    """A fact to be written with the moments between which the ledger said so."""

    fact: Counted
    since: datetime
    until: datetime


@dataclass(kw_only=True)
class Changes:
    """What is to be written: new rows, rows that end at a moment, and rows that no moment is left for."""

    made: list[Known] = field(default_factory=list)
    ended: list[tuple[int, datetime]] = field(default_factory=list)
    undone: list[int] = field(default_factory=list)


@transaction.atomic
def follow(matter: int, until: datetime) -> None:
    """Reads what was entered in the ledger of a matter until this moment, and writes what it changed.

    May run twice, and at once: whoever else follows the same matter waits. What was written before never changes but
    for the moment at which it ends.
    """
    Followed.objects.get_or_create(pk=matter, defaults={"seq": 0})
    begun = Followed.objects.select_for_update().get(pk=matter).seq
    span = Span(matter - 1, matter)
    arrived = intake.arrived(*span).get(matter, {})
    seen = list(counted(recorded(span).get(matter, ()), arrived, until, begun))
    if not seen:
        return
    write(matter, changes(standing(matter), seen))
    Followed.objects.filter(pk=matter).update(seq=seen[-1].seq)


def counted(
    ledger: Sequence[Recorded], arrived: Mapping[int, Arrived], until: datetime, after: int = 0
) -> Iterable[Seen]:
    """The facts of a matter after each moment until this one, beyond the entry `after`."""
    settled = [one for one in ledger if one.recorded_at <= until]
    return history(settled, arrived, directory.units(), _clocks, after)


def _clocks(course: Sequence[Turn]) -> Sequence[Clock]:
    """As of the last day of the ledger: what counting reads of a clock, no later day changes."""
    last = max(turn.entry.day for turn in course)
    return clockwork.clocks_from(course, last, explained=False)


def standing(matter: int) -> dict[Key, Standing]:
    """What is known of a matter now."""
    rows = Fact.objects.filter(matter_id=matter, known_to=FOREVER, source="")
    found = {}
    for row, since, *values in rows.values_list("id", "known_from", *COLUMNS):
        fact = Counted(**dict(zip(COLUMNS, values, strict=True)))
        found[Key(What(fact.what), fact.seq)] = Standing(fact, since, row)
    return found


def changes(before: Mapping[Key, Standing], seen: Iterable[Seen]) -> Changes:
    """What these moments change in what is known. A fact that stays as it was keeps its row."""
    found, known = Changes(), dict(before)
    for moment in seen:
        new = {Key(one.what, one.seq): one for one in moment.facts}
        for key in [key for key, old in known.items() if new.get(key) != old.fact]:
            _end(known.pop(key), moment.since, found)
        for key, fact in new.items():
            if key not in known:
                known[key] = Standing(fact, moment.since)
    found.made += [Known(one.fact, one.since, FOREVER) for one in known.values() if one.row is None]
    return found


def _end(old: Standing, moment: datetime, found: Changes) -> None:
    """It stood until this moment; what begins and ends with the same one was never known."""
    if old.row is None:
        if old.since < moment:
            found.made.append(Known(old.fact, old.since, moment))
    elif old.since < moment:
        found.ended.append((old.row, moment))
    else:
        found.undone.append(old.row)


def write(matter: int, told: Changes) -> None:
    """Writes the changes of a matter."""
    for row, moment in told.ended:
        Fact.objects.filter(pk=row).update(known_to=moment)
    if told.undone:
        Fact.objects.filter(pk__in=told.undone).delete()
    Fact.objects.bulk_create(
        Fact(
            matter_id=matter, known_from=since, known_to=until,
            **{name: getattr(fact, name) for name in COLUMNS},
        )
        for fact, since, until in told.made
    )  # fmt: skip
