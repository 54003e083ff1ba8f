"""Which readings are about one thing: where a new one belongs, and which clusters turn out to be one."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from django.db import connection, transaction
from django.db.models import Count

from xinqiao.insight.models import Alike, Reading
from xinqiao.insight.reading.words import Contact
from xinqiao.text.linking.clusters import are_one, fits
from xinqiao.text.linking.stream import Candidate


def of_new(number: int, contact: Contact, found: Sequence[Candidate]) -> int:
    """The cluster of the next reading: that of its matter, for which a person put it there; of what it is linked to;
    else its own."""
    same = Reading.objects.filter(matter=contact.matter, cluster__isnull=False).order_by("number")
    own = same.values_list("cluster", flat=True).first()
    if own is not None:
        return own
    of = clusters_of([one.position for one in found])
    likely: defaultdict[int, list[float]] = defaultdict(list)
    for one in found:
        if one.position in of:
            likely[of[one.position]].append(0.0 if one.contradicts else one.probability)
    linked = [of[one.position] for one in found if one.linked and one.position in of]
    places = places_of(linked)
    told = {contact.place} - {""}
    for cluster in linked:
        named = places[cluster]
        members = named.total()
        if fits(+Counter({k: n for k, n in named.items() if k}), members, likely[cluster], told):
            return cluster
    return number


def clusters_of(numbers: Sequence[int]) -> dict[int, int]:
    """The cluster of each of these readings that belongs to one."""
    rows = Reading.objects.filter(number__in=numbers).exclude(cluster=None)
    return {number: int(cluster or 0) for number, cluster in rows.values_list("number", "cluster")}


def places_of(clusters: Sequence[int]) -> dict[int, Counter[str]]:
    """How many readings of each cluster lie in which county."""
    found: defaultdict[int, Counter[str]] = defaultdict(Counter)
    rows = Reading.objects.filter(cluster__in=set(clusters)).values("cluster", "place")
    counted = rows.annotate(many=Count("number"))
    for cluster, place, number in counted.values_list("cluster", "place", "many"):
        found[int(cluster or 0)][place] = number
    return found


@transaction.atomic
def join_all() -> dict[int, int]:
    """Makes one of clusters that are linked for the most part; which cluster went into which."""
    gone: dict[int, int] = {}
    for (one, other), linked in sorted(_across().items()):
        first, second = _now(one, gone), _now(other, gone)
        if first == second:
            continue
        places = places_of([first, second])
        small, large = sorted((first, second), key=lambda c: (places[c].total(), c))
        inside = Reading.objects.filter(cluster=small, number__in=linked).count()
        named, known = ({one for one in places[c] if one} for c in (small, large))
        if are_one(inside, places[small].total(), named, known):
            keep, lose = min(first, second), max(first, second)
            Reading.objects.filter(cluster=lose).update(cluster=keep)
            gone[lose] = keep
    return gone


def _across() -> dict[tuple[int, int], set[int]]:
    """By pairs of clusters, the readings that are linked to one of the other."""
    reading, alike = Reading._meta.db_table, Alike._meta.db_table
    statement = (
        f"SELECT a.cluster, b.cluster, a.number, b.number FROM {alike} l"  # noqa: S608  names of our own tables
        f" JOIN {reading} a ON a.number = l.later JOIN {reading} b ON b.number = l.earlier"
        " WHERE l.linked AND a.cluster <> b.cluster"
    )
    found: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(statement)
        for one, other, *numbers in cursor.fetchall():
            found[min(one, other), max(one, other)].update(numbers)
    return found


def _now(cluster: int, gone: dict[int, int]) -> int:
    while cluster in gone:
        cluster = gone[cluster]
    return cluster
