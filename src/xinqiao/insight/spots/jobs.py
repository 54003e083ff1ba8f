"""Hot spots follow the readings in the background. Each job may run twice and may run late."""

from datetime import datetime

from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef

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
    clusters = _changed(now) | _new(None if everything else progress.number, upto)
    found = sum(_look(batch, now) for batch in batches(sorted(clusters), TOGETHER))
    _leave_those_gone(now)
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
    number = 0
    for cluster in clusters:
        row, stands = known.get(cluster), gauge(heard[cluster]) if cluster in heard else None
        if stands is not None and stands.several:
            _warn(_write(row, cluster, found[cluster][0], stands, now), stands, now)
            number += 1
        elif row is not None and Reading.objects.filter(cluster=cluster).exists():
            Spot.objects.filter(pk=row.pk).update(stands=False, looked_at=now)
    return number


def _write(row: Spot | None, cluster: int, first: Seen, stands: Gauge, now: datetime) -> Spot:
    """The row of a spot: the one that stood for this cluster, or that began with the same contact, or a new one."""
    row = row or Spot.objects.filter(matter=first.matter, seq=first.seq).first()
    row = row or Spot(matter=first.matter, seq=first.seq)
    row.cluster, row.stands, row.into, row.looked_at = cluster, True, None, now
    for name in ("contacts", "matters", "people", "best", "heat", "sure", "first_on", "last_on"):
        setattr(row, name, getattr(stands, name))
    row.tier = stands.top.tier if stands.top else ""
    row.tier_on = stands.top.on if stands.top else None
    row.save()
    return row


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


def _leave_those_gone(now: datetime) -> None:
    """Spots of whose cluster nothing is left: they became part of another one at night, or stand no longer."""
    left = Reading.objects.filter(cluster=OuterRef("cluster"))
    for row in Spot.objects.filter(~Exists(left), stands=True):
        first = Reading.objects.filter(matter=row.matter, seq=row.seq).first()
        cluster = first.cluster if first else None
        into = Spot.objects.filter(stands=True, cluster=-1 if cluster is None else cluster).first()
        row.stands, row.into, row.looked_at = False, into, now
        row.save(update_fields=["stands", "into", "looked_at"])
        Spot.objects.filter(into=row).update(into=into)  # what had become part of it goes along
