"""Named reads of hot spots, each over the contacts that exist for whoever asks.

A spot of which fewer than two matters, or only one person, exist for somebody does not exist for them. Where all of it
does, the kept figures are shown; else they are told anew from that part, so that no number says anything of the rest.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from xinqiao.directory import queries as directory
from xinqiao.disputes import queries as disputes
from xinqiao.disputes.values import number_of
from xinqiao.insight.hotspots import common_name, says_it_best
from xinqiao.insight.models import Reading, Spot, SpotHandOver, SpotJudgement, Warned
from xinqiao.insight.spots.gauge import Gauge, Reached, borne_out, gauge
from xinqiao.insight.spots.values import (
    Filters,
    HandOver,
    Judgement,
    SpotLine,
    SpotSheet,
    Told,
)
from xinqiao.insight.spots.voices import Seen, readings_for, seen, voices
from xinqiao.matters import queries as matters
from xinqiao.matters.queries import today
from xinqiao.rows.batches import batches
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.hotspots import may_look
from xinqiao.rules.persons import Person
from xinqiao.rules.units import territory
from xinqiao.text.linking.warning import ALERT

#: So many of the hottest are looked through, so many of their titles read.
MOST, _TITLES = 400, 30
#: An alert calls for a look for so long.
NEW = timedelta(days=30)
_COUNTY = 6
_PLACES = ("id", "number", "subject", "region", "category", "state", "open")


def looks(person: Person, now: datetime) -> bool:
    """Whether hot spots are this person's to look at."""
    return may_look(person, directory.units(), today(now))


def listed(person: Person, filters: Filters, now: datetime) -> list[SpotLine]:
    """The spots that exist for the person and pass the filters, the hottest first."""
    if not looks(person, now):
        return []
    rows = Spot.objects.filter(pk__in=_looked_through(filters.lately, person, now))
    found = [one for one in _lines(rows, person, now) if fits(one, filters)]
    return sorted(found, key=lambda one: (-one.heat, -one.people, one.id))


def _looked_through(lately: date | None, person: Person, now: datetime) -> list[int]:
    """Which spots a list looks through, the hottest first: those about which somebody wrote lately, those about which
    something was done, all others; so many together, and each with something that exists for the person.
    """
    theirs = _theirs(person, now)
    said, handed = (
        kind.objects.filter(spot=OuterRef("pk")) for kind in (SpotJudgement, SpotHandOver)
    )
    recent = theirs.filter(last_on__gte=lately) if lately else theirs
    found = dict[int, None]()
    for rows in (recent, theirs.filter(Exists(said) | Exists(handed)), theirs):
        if len(found) < MOST:
            found |= dict.fromkeys(rows.order_by("-heat", "id").values_list("pk", flat=True)[:MOST])
    return list(found)[:MOST]


def _theirs(person: Person, now: datetime) -> QuerySet[Spot]:
    """The standing spots with a contact that exists for the person."""
    there = readings_for(person, now).filter(cluster=OuterRef("cluster"))
    return Spot.objects.filter(Exists(there), stands=True)


def new_alerts(person: Person, now: datetime) -> int:
    """How many alerts of the last month nobody has judged or handed over yet, among the spots of the person."""
    if not looks(person, now):
        return 0
    recent = _theirs(person, now).filter(tier=ALERT, tier_on__gte=today(now) - NEW)
    standing = _standing(recent.order_by("-heat", "id")[:MOST], person, now)
    alerts = [one for one in standing if one.gauge.top and one.gauge.top.tier == ALERT]
    done = _Done.of([one.row.pk for one in alerts], person, now)
    return sum(not done.of_spot(one.row.pk, whole=one.whole) for one in alerts)


def one(person: Person, spot: int, now: datetime) -> SpotLine | None:
    """One spot, also one that became part of another: then that other; None where there is none for the person."""
    if not looks(person, now):
        return None
    row = Spot.objects.filter(pk=spot).select_related("into").first()
    while row is not None and row.into is not None:
        row = row.into
    found = _lines(Spot.objects.filter(pk=row.pk, stands=True), person, now) if row else []
    return next(iter(found), None)


def sheet(person: Person, spot: int, now: datetime) -> SpotSheet | None:
    """A spot opened by the person."""
    line = one(person, spot, now)
    if line is None:
        return None
    row = Spot.objects.get(pk=line.id)
    found = seen([row.cluster], person, now).get(row.cluster, [])
    own = matters.scope(person, now).filter(pk__in={one.matter for one in found})
    return SpotSheet(
        line=line, matters=matters.lines(own.order_by("-received_at", "-id")), warnings=_warnings(row, line, found),
        hand_overs=_hand_overs(family(row.pk), person, now), judgements=_judgements(family(row.pk), line, person),
    )  # fmt: skip


def of_dispute(person: Person, dispute: int, now: datetime) -> SpotLine | None:
    """The spot that a dispute came from, if it exists for the person."""
    row = SpotHandOver.objects.filter(dispute_id=dispute).values_list("spot_id", flat=True).first()
    return one(person, row, now) if row is not None else None


def of_matter(person: Person, matter: int, now: datetime) -> SpotLine | None:
    """The spot that a matter belongs to, if both exist for the person."""
    if not looks(person, now):
        return None
    clusters = Reading.objects.filter(matter=matter).exclude(cluster=None).values("cluster")
    rows = Spot.objects.filter(stands=True, cluster__in=clusters).order_by("-heat", "id")
    return next(iter(_lines(rows[:1], person, now)), None)


# -- how a spot stands for somebody -------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Matter:
    """What of a matter says where a spot is and what it is about."""

    id: int
    number: str
    subject: str
    region: str
    category: str
    state: str
    open: bool


class _Stands(NamedTuple):
    """A spot as it stands for somebody: its row, what of it exists for them, and what that amounts to."""

    row: Spot
    found: Sequence[Seen]
    gauge: Gauge

    @property
    def whole(self) -> bool:
        """Whether everything of it exists for them."""
        return len(self.found) >= self.row.contacts


def _standing(rows: QuerySet[Spot], person: Person, now: datetime) -> list[_Stands]:
    """Those of these spots that exist for the person, in their order."""
    kept = {row.cluster: row for row in rows.prefetch_related("warned")}
    found = seen(kept, person, now)
    parts = {one: some for one, some in found.items() if len(some) < kept[one].contacts}
    told = {one: gauge(heard) for one, heard in voices(parts).items()}
    made = [
        _Stands(row, found[cluster], told.get(cluster) or _kept(row))
        for cluster, row in kept.items()
        if cluster in found
    ]
    return [one for one in made if one.gauge.several]


def _lines(rows: QuerySet[Spot], person: Person, now: datetime) -> list[SpotLine]:
    standing = _standing(rows, person, now)
    known = _matters({one.matter for spot in standing for one in spot.found}, person, now)
    done = _Done.of([one.row.pk for one in standing], person, now)
    return [_line(one, known, done) for one in standing]


def _kept(row: Spot) -> Gauge:
    """The kept figures of a spot."""
    given = [_given(one) for one in row.warned.all()]
    reached = [one for one in given if (one.tier, one.on) == (row.tier, row.tier_on)]
    if row.tier and row.tier_on and not reached:  # given of a part, or for what is there no more
        reached = [Reached(row.tier, 0, 0, row.people, row.tier_on)]
    return Gauge(
        contacts=row.contacts, matters=row.matters, people=row.people, best=row.best, heat=row.heat, sure=row.sure,
        first_on=row.first_on, last_on=row.last_on, reached=reached,
    )  # fmt: skip


def _matters(ids: Collection[int], person: Person, now: datetime) -> dict[int, _Matter]:
    found: dict[int, _Matter] = {}
    for some in batches(sorted(ids), 500):
        rows = matters.scope(person, now).filter(pk__in=some)
        for row in rows.values(*_PLACES):
            found[row["id"]] = _Matter(**row)
    return found


def _line(one: _Stands, known: Mapping[int, _Matter], done: "_Done") -> SpotLine:
    row, found, stands = one
    about = [known[one] for one in dict.fromkeys(s.matter for s in found) if one in known]
    titles = [one.subject for one in about if one.subject][:_TITLES]
    top = stands.top
    return SpotLine(
        id=row.pk, title=says_it_best(titles) if titles else "", place=common_name(titles),
        region=_region([one.region for one in about]), category=_most([one.category for one in about]),
        tier=top.tier if top else "", tier_on=top.on if top else None,
        rule=(top.users, top.days) if top and top.users else None, contacts=stands.contacts,
        matters=stands.matters, people=stands.people, best=stands.best, heat=stands.heat, sure=stands.sure,
        first_on=stands.first_on, last_on=stands.last_on, days=[_on(one.at) for one in found],
        open=sum(some.open for some in about), whole=one.whole, **done.of_spot(row.pk, whole=one.whole),
    )  # fmt: skip


def _on(moment: datetime) -> date:
    return moment.astimezone(SHANGHAI).date()


def _most(codes: Sequence[str]) -> str:
    counted = Counter(one for one in codes if one)
    return max(counted, key=lambda one: (counted[one], one), default="")


def _region(codes: Sequence[str]) -> str:
    """The smallest region that holds more than half of those with a place: township, else county, else city."""
    there = [one for one in codes if one]
    for wide in (lambda one: one, lambda one: one[:_COUNTY], lambda one: f"{one[:4]}00"):
        best = _most([wide(one) for one in there])
        if best and 2 * sum(wide(one) == best for one in there) > len(there):
            return str(best)
    return ""


def fits(line: SpotLine, wanted: Filters) -> bool:
    """Whether a spot belongs into a list that is narrowed so."""
    fitting = {
        "lately": wanted.lately is None or line.last_on >= wanted.lately,
        "new": not (line.outcome or line.handed_to),
        "handed": bool(line.handed_to),
        "judged": bool(line.outcome),
    }
    return (
        fitting.get(wanted.list, True)
        and line.region.startswith(territory(wanted.region))
        and (not wanted.category or line.category == wanted.category
             or line.category.startswith(f"{wanted.category}."))
        and (not wanted.tier or line.tier == wanted.tier)
    )  # fmt: skip


# -- what was done ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Done:
    """The judgements and the hand-overs of each spot, the last one last; of these those that the person may know of."""

    judged: Mapping[int, Sequence[SpotJudgement]]
    handed: Mapping[int, Sequence[SpotHandOver]]
    units: frozenset[str]

    @classmethod
    def of(cls, spots: Sequence[int], person: Person, now: datetime) -> "_Done":
        into = dict(Spot.objects.filter(into__in=spots).values_list("pk", "into_id"))
        every = [*spots, *into]
        judged, handed = defaultdict[int, list[Any]](list), defaultdict[int, list[Any]](list)
        for said in SpotJudgement.objects.filter(spot__in=every).order_by("id"):
            judged[into.get(said.spot_id, said.spot_id)].append(said)
        theirs = disputes.visible(person, now)
        for made in SpotHandOver.objects.filter(spot__in=every, dispute__in=theirs).order_by("id"):
            handed[into.get(made.spot_id, made.spot_id)].append(made)
        return cls(judged, handed, person.units())

    def of_spot(self, spot: int, *, whole: bool) -> dict[str, Any]:
        judged = [one for one in self.judged.get(spot, ()) if whole or one.unit in self.units]
        found: dict[str, Any] = {"outcome": judged[-1].outcome} if judged else {}
        for last in self.handed.get(spot, ())[-1:]:
            found |= {"handed_to": last.owner, "settle_by": last.settle_by}
        return found


def family(spot: int) -> list[int]:
    """The spot and those that became part of it."""
    return [spot, *Spot.objects.filter(into_id=spot).values_list("pk", flat=True)]


def _warnings(row: Spot, line: SpotLine, found: Sequence[Seen]) -> list[Told]:
    """Those given, as far as what is there bears them out; to who sees a part those that this part reaches."""
    heard = voices({row.cluster: found})[row.cluster]
    told = list(gauge(heard).reached)
    if line.whole:
        rows = Warned.objects.filter(spot__in=family(row.pk)).order_by("reached_on", "id")
        given = [one for one in (borne_out(_given(row), heard) for row in rows) if one]
        told = given + [
            r for r in told if r.tier == line.tier and r.tier not in {g.tier for g in given}
        ]
    return [Told(tier=r.tier, users=r.users, days=r.days, people=r.people, on=r.on) for r in told]


def _given(one: Warned) -> Reached:
    return Reached(one.tier, one.users, one.days, one.people, one.reached_on)


def _hand_overs(spots: Sequence[int], person: Person, now: datetime) -> list[HandOver]:
    rows = SpotHandOver.objects.filter(
        spot__in=spots, dispute__in=disputes.visible(person, now)
    ).select_related("dispute")
    return [
        HandOver(
            dispute=row.dispute_id, number=number_of(row.dispute_id, row.dispute.found_on), owner=row.owner,
            holder=row.dispute.holder, settle_by=row.settle_by, state=row.dispute.state, open=row.dispute.open,
            unit=row.unit, account=row.account, at=row.at,
        )
        for row in rows.order_by("id")
    ]  # fmt: skip


def _judgements(spots: Sequence[int], line: SpotLine, person: Person) -> list[Judgement]:
    """Those of the person's units, and all where everything of the spot exists for them."""
    rows = SpotJudgement.objects.filter(spot__in=spots).order_by("id")
    if not line.whole:
        rows = rows.filter(unit__in=sorted(person.units()))
    return [Judgement(**row) for row in rows.values(*Judgement.__dataclass_fields__)]
