"""What an index of words needs of matters: the marks under which it files them, and the last word on what it found.

A mark says to whom a matter may be shown (`u:` a unit that takes part in it, `t:` a territory in which it lies) or what
it is (`k:` kind, `c:` channel, `g:` category, `r:` region). Marks make finding quick and decide nothing: they may lag
behind the ledger. What exists for somebody is decided by `scope` alone, in `among`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db.models import BooleanField, ExpressionWrapper

from xinqiao.directory import queries as directory
from xinqiao.matters.lists import Filters, within
from xinqiao.matters.models import Involvement, Matter, Text
from xinqiao.matters.queries import today
from xinqiao.matters.scope import marks_of, visible_among
from xinqiao.rules.persons import Person
from xinqiao.rules.states import Kind

#: The lengths of the beginnings of a region's code that are a territory.
_AREAS = (2, 4, 6, 9, 12)


class Body(NamedTuple):
    """A text of an entry that was not erased."""

    seq: int
    field: str
    text: str


@dataclass(kw_only=True)
class Filed:
    """What is filed of a matter: how far its ledger was read, its texts in their order, its marks."""

    last_seq: int
    marks: list[str]
    bodies: list[Body] = field(default_factory=list)


class Registered(NamedTuple):
    """As what and where a matter was registered."""

    kind: str
    region: str


class Among(NamedTuple):
    """Of some matters, how many exist for a person; and those of them that a list is narrowed to, by when received."""

    visible: int
    fitting: list[tuple[datetime, int]]


def filed(matters: Sequence[int]) -> dict[int, Filed]:
    """What is filed of these matters. Only for the platform's own work: nobody's scope is asked."""
    found: dict[int, Filed] = {}
    rows = Matter.objects.filter(id__in=list(matters))
    for row in rows.values_list("id", "last_seq", "kind", "channel", "category", "region"):
        found[row[0]] = Filed(last_seq=row[1], marks=list(_marks(*row[2:])))
    takes_part = Involvement.objects.filter(matter_id__in=list(matters))
    for matter, unit in takes_part.order_by("matter_id", "unit").values_list("matter_id", "unit"):
        found[matter].marks.append(f"u:{unit}")
    for matter, bodies in bodies_of(matters).items():
        found[matter].bodies = bodies
    return found


def registered(matters: Collection[int]) -> dict[int, Registered]:
    """Those of these matters that were registered. Only for the platform's own work."""
    rows = Matter.objects.filter(id__in=list(matters)).exclude(kind="")
    return {one: Registered(*rest) for one, *rest in rows.values_list("id", "kind", "region")}


def ids_after(matter: int, most: int) -> dict[int, int]:
    """The next matters in the order of their rows, at most so many, each with the number of its last entry."""
    rows = Matter.objects.filter(id__gt=matter).order_by("id")
    return dict(rows.values_list("id", "last_seq")[:most])


def all_ids() -> Iterator[int]:
    """Every matter there is. Only for the platform's own work."""
    return Matter.objects.order_by("id").values_list("id", flat=True).iterator(chunk_size=20_000)


def bodies_of(matters: Sequence[int]) -> dict[int, list[Body]]:
    """The texts of these matters that were not erased, oldest first."""
    found: defaultdict[int, list[Body]] = defaultdict(list)
    rows = Text.objects.filter(matter_id__in=list(matters), erased_at__isnull=True)
    for matter, seq, name, text in rows.order_by("matter_id", "seq", "id").values_list(
        "matter_id", "seq", "field", "body"
    ):
        found[matter].append(Body(seq, name, text))
    return dict(found)


def erased_since(when: datetime) -> bool:
    """Whether a text of any matter was erased since then."""
    return Text.objects.filter(erased_at__gte=when).exists()


def marks_for(person: Person, now: datetime) -> frozenset[str] | None:
    """The marks of which each matter that exists for this person has at least one; None: there is no such bound."""
    return marks_of(person, directory.units(), today(now))


def marks_within(filters: Filters) -> frozenset[str]:
    """The marks that each matter has which these filters leave; nothing of what changes with every step."""
    given = {"k": filters.kind, "c": filters.channel, "g": filters.category}
    found = {f"{mark}:{value}" for mark, value in given.items() if value}
    return frozenset(found | ({f"r:{filters.region}"} if len(filters.region) in _AREAS else set()))


def among(person: Person, filters: Filters, matters: Sequence[int], now: datetime) -> Among:
    """Those of these matters that exist for this person now; the same question is put where there are none."""
    narrow = within(person, filters, now)
    rows = visible_among(person, directory.units(), today(now), [*matters, -1])
    if not narrow:
        seen = list(rows.values_list("received_at", "id"))
        return Among(len(seen), seen)
    fits = ExpressionWrapper(narrow, BooleanField())
    told = list(rows.annotate(fits=fits).values_list("received_at", "id", "fits"))
    return Among(len(told), [(at, one) for at, one, fitting in told if fitting])


def _marks(kind: str, channel: str, category: str, region: str) -> Iterator[str]:
    yield f"c:{channel}"
    if kind:
        yield f"k:{kind}"
    levels = category.split(".") if category else []
    yield from (f"g:{'.'.join(levels[: depth + 1])}" for depth in range(len(levels)))
    for length in _AREAS:
        if len(region) >= length:
            yield f"r:{region[:length]}"
            if kind != Kind.REPORT:
                yield f"t:{region[:length]}"
