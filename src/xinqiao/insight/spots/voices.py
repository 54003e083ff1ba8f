"""The contacts of clusters as far as they exist for somebody. A report (检举控告) is among none, whoever asks."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from xinqiao.insight.models import Alike, Reading
from xinqiao.insight.spots.gauge import Voice
from xinqiao.intake import queries as intake
from xinqiao.matters import queries as matters
from xinqiao.people import queries as people
from xinqiao.rows.batches import batches
from xinqiao.rules.persons import Person
from xinqiao.rules.states import Kind

#: So many readings are asked about in one statement.
_AT_ONCE = 500


class Seen(NamedTuple):
    """A contact that exists for who asks: the reading, its matter and entry, when it was received."""

    number: int
    matter: int
    seq: int
    at: datetime


def readings_for(person: Person, now: datetime) -> QuerySet[Reading]:
    """The readings of matters that exist for the person, reports left out."""
    own = matters.scope(person, now).exclude(kind=Kind.REPORT)
    return Reading.objects.filter(Exists(own.filter(pk=OuterRef("matter"))))


def seen(clusters: Collection[int], person: Person, now: datetime) -> dict[int, list[Seen]]:
    """The contacts of each of these clusters that exist for the person, by number."""
    found: defaultdict[int, list[Seen]] = defaultdict(list)
    for batch in batches(sorted(clusters), _AT_ONCE):
        rows = readings_for(person, now).filter(cluster__in=batch).order_by("number")
        for cluster, *row in rows.values_list("cluster", *_COLUMNS):
            found[cluster].append(Seen(*row))
    return dict(found)


_COLUMNS = ("number", "matter", "seq", "received_at")


def voices(found: Mapping[int, Collection[Seen]]) -> dict[int, list[Voice]]:
    """The same with what tells people apart, by cluster: for counting only.

    Where nobody is known behind a contact, the matter counts as one.
    """
    every = [one for several in found.values() for one in several]
    came = intake.of_matters({one.matter for one in every})
    ids = {(one.matter, one.seq): one.id for one in came}
    hands = people.hands(
        [ids[one.matter, one.seq] for one in every if (one.matter, one.seq) in ids]
    )
    likely = _likely({one.number: cluster for cluster, several in found.items() for one in several})
    return {
        cluster: [
            Voice(
                one.number, one.matter, one.at,
                hands.get(ids.get((one.matter, one.seq), 0)) or frozenset({f"#{one.matter}"}),
                likely.get(one.number, 0.0),
            )
            for one in several
        ]
        for cluster, several in found.items()
    }  # fmt: skip


def _likely(cluster_of: Mapping[int, int]) -> dict[int, float]:
    """How likely each reading is about the same as an earlier one of its cluster: the likeliest."""
    found: dict[int, float] = {}
    for batch in batches(sorted(cluster_of), _AT_ONCE):
        rows = Alike.objects.filter(later__in=batch)
        for later, earlier, probability in rows.values_list("later", "earlier", "probability"):
            if cluster_of.get(earlier) == cluster_of[later]:
                found[later] = max(found.get(later, 0.0), probability)
    return found
