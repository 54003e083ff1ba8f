"""How right the warnings were: what those looked at turned out to be, for who may know of all behind them."""

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Count, Q

from xinqiao.insight.models import Spot, SpotJudgement, Warned
from xinqiao.insight.spots.gauge import TIERS
from xinqiao.insight.spots.queries import looks
from xinqiao.insight.spots.values import Precision
from xinqiao.insight.spots.voices import readings_for
from xinqiao.rows.batches import batches
from xinqiao.rules.hotspots import Outcome
from xinqiao.rules.persons import Person

_AT_ONCE = 500


def precision(person: Person, first: date, last: date, now: datetime) -> list[Precision]:
    """Of the warnings whose day lies between two days, by tier: of spots that the person sees whole, and of those that
    stand no more and were judged by their own unit: what was false comes apart sooner than what was true.
    """
    given = Warned.objects.filter(reached_on__gte=first, reached_on__lte=last)
    told = given.values_list("tier", "spot", "spot__into") if looks(person, now) else ()
    rows = [(tier, into or spot) for tier, spot, into in told]
    spots = {spot for _tier, spot in rows}
    whole, apart = _wholly_seen(spots, person, now), _come_apart(spots, person)
    said = _last_said(whole, Q()) | _last_said(apart, Q(unit__in=person.units()))
    counted = Counter((tier, said.get(spot, "")) for tier, spot in rows if spot in whole | apart)
    return [
        Precision(
            tier=tier, given=sum(n for (t, _o), n in counted.items() if t == tier),
            true=counted[tier, Outcome.TRUE], known=counted[tier, Outcome.KNOWN], false=counted[tier, Outcome.FALSE],
        )
        for tier in TIERS
    ]  # fmt: skip


def _wholly_seen(spots: Collection[int], person: Person, now: datetime) -> set[int]:
    found = set[int]()
    for some in batches(sorted(spots), _AT_ONCE):
        kept = {row.cluster: row for row in Spot.objects.filter(pk__in=some, stands=True)}
        there = readings_for(person, now).filter(cluster__in=list(kept)).values_list("cluster")
        for cluster, contacts in there.annotate(contacts=Count("number")):
            if contacts >= kept[cluster].contacts:
                found.add(kept[cluster].pk)
    return found


def _come_apart(spots: Collection[int], person: Person) -> set[int]:
    gone = Spot.objects.filter(stands=False, into=None, judgements__unit__in=person.units())
    return {
        spot
        for some in batches(sorted(spots), _AT_ONCE)
        for spot in gone.filter(pk__in=some).values_list("pk", flat=True)
    }


def _last_said(spots: Collection[int], those: Q) -> dict[int, str]:
    """The last judgement of each of these spots and of what became part of it."""
    said = dict[int, str]()
    for some in batches(sorted(spots), _AT_ONCE):
        of = {spot: spot for spot in some}
        of |= dict(Spot.objects.filter(into__in=some).values_list("pk", "into"))
        rows = SpotJudgement.objects.filter(those, spot__in=list(of)).order_by("id")
        said |= {of[spot]: outcome for spot, outcome in rows.values_list("spot", "outcome")}
    return said
