"""Hot spots follow the readings in the background. Each job may run twice and may run late."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from xinqiao.insight.models import Order, Reading, Spot, SpotProgress, Warned
from xinqiao.insight.spots.gauge import Gauge, gauge
from xinqiao.insight.spots.voices import Seen, readings_for, seen, voices
from xinqiao.matters.queries import today
from xinqiao.rows.batches import batches
from xinqiao.rules.persons import SYSTEM
from xinqiao.text.linking.warning import ALERT, WATCH

#: So many readings are followed in one run, and so many clusters looked at in one transaction.
READINGS, TOGETHER = 5000, 200


def look_for_hot_spots(now: datetime) -> int:
    """Looks at every cluster that has a new reading, or lost or gained some at night; once a day at all of them.

    Returns how many spots stand among those looked at.
    """
    progress = SpotProgress.objects.get_or_create(pk=1)[0]
    last = Reading.objects.aggregate(last=Max("number"))["last"]
    mark = Order.objects.values_list("mark", flat=True).first() or ""
    if last is None or last < progress.number or mark != progress.numbering:
        _begin_anew(progress, mark)
    upto = min(-1 if last is None else last, progress.number + READINGS)
    everything = progress.all_on != today(now) and upto == last
    clusters = _changed(now) | _moved_to() | _new(None if everything else progress.number, upto)
    found = sum(_look(batch, now) for batch in batches(sorted(clusters), TOGETHER))
    _gone().update(stands=False, looked_at=now)
    if everything:
        progress.all_on = today(now)
    progress.number = upto
    progress.save()
    return found


def _begin_anew(progress: SpotProgress, mark: str) -> None:
    """Readings are made anew under other numbers: no spot stands until its contacts are read again."""
    Spot.objects.filter(stands=True).update(stands=False)
    progress.numbering, progress.number, progress.all_on = mark, -1, None


def _changed(now: datetime) -> set[int]:
    """The clusters of standing spots that have more or fewer contacts than were counted."""
    counted = dict(Spot.objects.filter(stands=True).values_list("cluster", "contacts"))
    own = Spot.objects.filter(stands=True).values("cluster")
    there = readings_for(SYSTEM, now).filter(cluster__in=own)
    now_there = dict(there.values_list("cluster").annotate(contacts=Count("number")))
    return {one for one, number in counted.items() if now_there.get(one, 0) != number}


def _gone() -> QuerySet[Spot]:
    """Standing spots of whose cluster nothing is left: it became part of another one, or all of it was taken out."""
    return Spot.objects.filter(~_left(), stands=True)


def _left() -> Exists:
    return Exists(Reading.objects.filter(cluster=OuterRef("cluster")))


def _moved_to() -> set[int]:
    """The clusters in which the first contacts of those lie now: often of one letter until tonight, and so no spot."""
    firsts = (
        Reading.objects.filter(matter=one.matter, seq=one.seq).exclude(cluster=None).first()
        for one in _gone()
    )
    return {one.cluster or 0 for one in firsts if one is not None}


def _new(after: int | None, upto: int) -> set[int]:
    """The clusters of the readings after this number up to that one; with None all of two readings or more."""
    rows = Reading.objects.exclude(cluster=None).filter(number__lte=upto)
    if after is not None:
        rows = rows.filter(number__gt=after)
        return {cluster or 0 for cluster in rows.values_list("cluster", flat=True)}
    counted = rows.values_list("cluster").annotate(times=Count("number")).filter(times__gt=1)
    return {cluster or 0 for cluster, _times in counted}


@transaction.atomic
def _look(clusters: list[int], now: datetime) -> int:
    """Writes how these clusters stand. Returns how many of them are hot spots."""
    found = seen(clusters, SYSTEM, now)
    heard = voices({one: several for one, several in found.items() if len(several) > 1})
    known = {one.cluster: one for one in Spot.objects.filter(stands=True, cluster__in=clusters)}
    begun, number = _begun(found), 0
    for cluster in clusters:
        row, stands = known.get(cluster), gauge(heard[cluster]) if cluster in heard else None
        if stands is not None and stands.several:
            row = _write(row or _heir(begun[cluster], found[cluster]), cluster, stands, now)
            _take_in(row, begun[cluster], now)
            _warn(row, stands, now)
            number += 1
        elif row is not None and Reading.objects.filter(cluster=cluster).exists():
            Spot.objects.filter(pk=row.pk).update(stands=False, looked_at=now)
    return number


def _begun(found: Mapping[int, Sequence[Seen]]) -> Mapping[int, list[Spot]]:
    """The spots that began with a contact of each of these clusters, the oldest first, and do not stand by another."""
    of = {(one.matter, one.seq): cluster for cluster, some in found.items() for one in some}
    begun = defaultdict[int, list[Spot]](list)
    for some in batches(sorted({matter for matter, _seq in of}), TOGETHER):
        rows = Spot.objects.filter(matter__in=some).exclude(_left(), stands=True)
        for row in rows.order_by("pk"):
            if (row.matter, row.seq) in of:
                begun[of[row.matter, row.seq]].append(row)
    return begun


def _heir(begun: Sequence[Spot], some: Sequence[Seen]) -> Spot:
    """The spot of a cluster for which none stands: that of its first contact, the oldest begun in it, or a new one.

    So a spot goes on, with what was said of it, when an earlier letter turns out at night to belong to it.
    """
    first = (some[0].matter, some[0].seq)
    own = next(
        (one for one in begun if (one.matter, one.seq) == first), begun[0] if begun else None
    )
    return own or next(
        Spot(matter=one.matter, seq=one.seq)
        for one in some  # with the first another one may stand that lost it
        if not Spot.objects.filter(matter=one.matter, seq=one.seq).exists()
    )


def _write(row: Spot, cluster: int, stands: Gauge, now: datetime) -> Spot:
    row.cluster, row.stands, row.into, row.looked_at = cluster, True, None, now
    for name in ("contacts", "matters", "people", "best", "heat", "sure", "first_on", "last_on"):
        setattr(row, name, getattr(stands, name))
    row.tier = stands.top.tier if stands.top else ""
    row.tier_on = stands.top.on if stands.top else None
    row.save()
    return row


def _take_in(row: Spot, begun: Sequence[Spot], now: datetime) -> None:
    """What else began in its cluster became part of it, with all that had become part of that."""
    lost = [one.pk for one in begun if row.pk not in (one.pk, one.into_id)]
    if lost:
        Spot.objects.filter(pk__in=lost).update(stands=False, into=row, looked_at=now)
        Spot.objects.filter(into__in=lost).exclude(pk=row.pk).update(into=row)


def _warn(row: Spot, stands: Gauge, now: datetime) -> None:
    """Gives the warnings not given yet of this spot or of one that became part of it; no watch after an alert."""
    family = [row.pk, *Spot.objects.filter(into=row).values_list("pk", flat=True)]
    given = set(Warned.objects.filter(spot__in=family).values_list("tier", flat=True))
    if ALERT in given:
        given.add(WATCH)
    Warned.objects.bulk_create(
        [
            Warned(
                spot=row, tier=one.tier, users=one.users, days=one.days, people=one.people, reached_on=one.on,
                given_at=now,
            )
            for one in stands.reached
            if one.tier not in given
        ],
        ignore_conflicts=True,
    )  # fmt: skip
