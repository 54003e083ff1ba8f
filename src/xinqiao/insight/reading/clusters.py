"""Which readings are about one thing: where a new one belongs, and which clusters turn out to be one."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Count

from xinqiao.insight.models import Alike, Judged, Order, Reading
from xinqiao.insight.reading.store import how_many
from xinqiao.insight.reading.words import Contact
from xinqiao.insight.same.queries import refused
from xinqiao.rows.batches import batches
from xinqiao.text.linking.clusters import Clusters, fits
from xinqiao.text.linking.stream import Candidate

#: So many clusters are asked for at a time.
_AT_ONCE = 400


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
    """Makes one of clusters that are one, of those that grew since the last time; which cluster went into which."""
    order, read = Order.objects.first(), how_many()
    if order is None or order.joined >= read:
        return {}
    grown = Reading.objects.filter(number__gte=order.joined, cluster__isnull=False)
    gone = _joined({int(one or 0) for one in grown.values_list("cluster", flat=True)})
    for lose, keep in gone.items():
        Reading.objects.filter(cluster=lose).update(cluster=keep)
    Order.objects.filter(pk=order.pk).update(joined=read)
    return gone


def _joined(grown: set[int]) -> dict[int, int]:
    """What becomes of these clusters and of those with which they have pairs of readings in common."""
    beside, pairs = set(grown), dict[tuple[int, int], float]()
    for some in batches(sorted(grown), _AT_ONCE):
        for row in _pairs_of(some):
            beside |= {row.cluster, row.other}
            pairs[row.number, row.near] = row.probability
    clusters = Clusters()
    for some in batches(sorted(beside), _AT_ONCE):
        for told in _told_within(some):
            clusters.apart(told.number, told.far)
        rows = Reading.objects.filter(cluster__in=some).order_by("number")
        for number, cluster, place in rows.values_list("number", "cluster", "place"):
            clusters.put(number, int(cluster or 0), {place} - {""})
    for (one, other), probability in pairs.items():
        clusters.near(one, other, probability)
    return clusters.merge()


def heed(matters: Collection[int]) -> None:
    """What persons said of these matters holds in the clusters: told apart they lie in two, joined in one."""
    part_told_apart(matters)
    bring_joined(matters)


@transaction.atomic
def part_told_apart(matters: Collection[int]) -> int:
    """Of two matters of one cluster that a person told apart, the one read later leaves it. Returns how many left.

    Asked are the words on these matters: two come into one cluster as one of them is read, and a word comes to be known
    as the ledger of one of them is followed, so that nobody has to look through all words that were ever said.
    """
    left = set[int]()
    for some in batches(sorted(matters), _AT_ONCE):
        for told in _told_of(some, same=False):
            if not left & {told.one, told.other}:
                left.add(later := told.one if told.number > told.far else told.other)
                own = Reading.objects.filter(matter=later, cluster=told.cluster)
                own.update(cluster=min(own.values_list("number", flat=True)))
    return len(left)


@transaction.atomic
def bring_joined(matters: Collection[int]) -> int:
    """Of two matters that a person joined, the one of the smaller cluster goes to the other's. Returns how many went.

    One word takes in one matter, as it takes one out; a matter that was told apart from one there stays where it is.
    """
    went = set[int]()
    for some in batches(sorted(matters), _AT_ONCE):
        for told in _told_of(some, same=True):
            if not went & {told.one, told.other}:
                size = {
                    one: Reading.objects.filter(cluster=one).count()
                    for one in (told.cluster, told.beyond)
                }
                pairs = (
                    (told.one, told.cluster, told.beyond),
                    (told.other, told.beyond, told.cluster),
                )
                matter, begun, end = min(pairs, key=lambda pair: (size[pair[1]], -pair[1]))
                own = Reading.objects.filter(matter=matter, cluster=begun)
                if not Reading.objects.filter(
                    cluster=end, matter__in=refused(matter)
                ).exists() and own.update(cluster=end):
                    went.add(matter)
    return len(went)


class _Told(NamedTuple):
    """Readings of two matters of which a person said whether they are one, with their clusters."""

    one: int
    cluster: int
    number: int
    other: int
    beyond: int
    far: int


def _told_of(matters: Sequence[int], *, same: bool) -> list[_Told]:
    """Those told apart that lie in one cluster, or those joined that lie in two; one of them is among these matters."""
    some, lie = ", ".join("%s" for _ in matters), "<>" if same else "="
    where = f"a.cluster {lie} b.cluster AND (j.one IN ({some}) OR j.other IN ({some}))"
    return _told(where, [*matters, *matters], same=same)


def _told_within(clusters: Sequence[int]) -> list[_Told]:
    """Those told apart of which the first lies in one of these clusters."""
    some = ", ".join("%s" for _ in clusters)
    return _told(f"a.cluster IN ({some}) AND b.cluster IS NOT NULL", clusters, same=False)


def _told(where: str, values: Sequence[int], *, same: bool) -> list[_Told]:
    reading, judged = Reading._meta.db_table, Judged._meta.db_table
    statement = (
        f"SELECT a.matter, a.cluster, a.number, b.matter, b.cluster, b.number FROM {judged} j"  # noqa: S608  our own names
        f" JOIN {reading} a ON a.matter = j.one JOIN {reading} b ON b.matter = j.other"
        f" WHERE {'j.same' if same else 'NOT j.same'} AND {where} ORDER BY a.number, b.number"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [_Told(*row) for row in cursor.fetchall()]


class _Pair(NamedTuple):
    """Two readings of two clusters that may be about one thing."""

    cluster: int
    other: int
    number: int
    near: int
    probability: float


def _pairs_of(clusters: Sequence[int]) -> list[_Pair]:
    """The pairs of readings of which one belongs to these clusters and the other to another."""
    reading, alike = Reading._meta.db_table, Alike._meta.db_table
    some = ", ".join("%s" for _ in clusters)
    statement = (
        f"SELECT a.cluster, b.cluster, a.number, b.number, l.probability FROM {alike} l"  # noqa: S608  our own names
        f" JOIN {reading} a ON a.number = l.later JOIN {reading} b ON b.number = l.earlier"
        f" WHERE a.cluster <> b.cluster AND (a.cluster IN ({some}) OR b.cluster IN ({some}))"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*clusters, *clusters])
        return [_Pair(*row) for row in cursor.fetchall()]
