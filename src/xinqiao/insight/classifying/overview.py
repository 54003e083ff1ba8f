"""How the learning of categories goes: which version serves and how it did, what to look at, how often it was right."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from xinqiao.directory import queries as directory
from xinqiao.insight.classifying.reliability import Stretch, read
from xinqiao.insight.classifying.store import in_use
from xinqiao.insight.classifying.values import Source
from xinqiao.insight.models import Confirmed, ModelVersion, Telling
from xinqiao.matters import queries as matters
from xinqiao.matters.queries import Line
from xinqiao.rules.persons import Person
from xinqiao.rules.states import Kind
from xinqiao.rules.units import UnitKind

#: Agreement is counted over so many days: what was suggested long ago says little of what serves now.
COUNTED_DAYS = 90


@dataclass(frozen=True, kw_only=True)
class Version:
    """A model that was trained, and of how many tested matters it was right, beside what served then.

    `three`: the right category was among its three; `top`: it was right at the highest level. `other`: the number of
    the version that served, 0 for the words of the taxonomy. `reliability`: whether its confidences held.
    """

    number: int
    made_at: datetime
    learned_from: int
    labels: int
    tested: int
    first: int
    three: int
    top: int
    other: int
    other_first: int
    other_three: int
    other_top: int
    in_use: bool
    reliability: Sequence[Stretch]

    @property
    def was_better(self) -> bool:
        """Whether it did better than what served then, and so served from then on."""
        own = (self.first, self.three, self.top)
        return own > (self.other_first, self.other_three, self.other_top)


@dataclass(frozen=True, kw_only=True)
class State:
    """What serves now, its figures, and the last one that was trained (the same, or one that did no better)."""

    source: Source
    serving: Version | None
    last: Version | None


@dataclass(frozen=True, kw_only=True)
class ToLookAt:
    """A matter whose category would teach most. `said` is what the machine says, with hundredths of confidence."""

    line: Line
    why: str
    category: str
    said: str
    sure: int


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """How often a version's suggestions were confirmed, for the matters that persons gave one highest category."""

    category: str
    version: int
    suggested: int
    first: int
    among: int


_VERSION_FIELDS = tuple(Version.__dataclass_fields__)


def state() -> State:
    """For whoever wants to know what suggestions come from: figures alone, nothing of any matter."""
    trained = versions(1)
    source = in_use().source
    rows = ModelVersion.objects.filter(number=source.version).values(*_VERSION_FIELDS)
    return State(
        source=source,
        serving=next((_version(row) for row in rows), None),
        last=trained[0] if trained else None,
    )


def versions(most: int = 8) -> list[Version]:
    """The models that were trained last, the latest first."""
    rows = ModelVersion.objects.order_by("-number").values(*_VERSION_FIELDS)[:most]
    return [_version(row) for row in rows]


def _version(row: Mapping[str, Any]) -> Version:
    return Version(**{**row, "reliability": read(row["reliability"])})


def to_look_at(person: Person, now: datetime, most: int = 20) -> tuple[list[ToLookAt], int]:
    """The matters that would teach most, among those of which this person may say what they are; how many there are."""
    asked = {row.matter: row for row in Telling.objects.order_by("place")}
    lines = {one.id: one for one in matters.lines(_own(person, now).filter(id__in=list(asked)))}
    # What was classified since stands on the list until it is made anew: it is left out already.
    found = [
        ToLookAt(line=lines[matter], why=row.why, category=row.category, said=row.said, sure=row.sure)
        for matter, row in asked.items()
        if matter in lines and lines[matter].category == row.category
    ]  # fmt: skip
    return found[:most], len(found)


def may_say(person: Person, matter: int, now: datetime) -> bool:
    """Whether it is for this person to say what the matter is."""
    return _own(person, now).filter(id=matter).exists()


def _own(person: Person, now: datetime) -> QuerySet[Any]:
    """What the person may classify: in their scope, held by their units or, for a petition office, all; no reports."""
    units, own = directory.units(), person.units()
    found = matters.scope(person, now).exclude(kind=Kind.REPORT)
    if any(code in units and units[code].kind is UnitKind.PETITION_OFFICE for code in own):
        return found
    return found.filter(holder__in=own)


def agreement(person: Person, now: datetime) -> list[Agreed]:
    """How often suggestions were confirmed of late, by highest category and version, among the matters in scope."""
    seen = matters.scope(person, now).exclude(kind=Kind.REPORT).filter(pk=OuterRef("matter"))
    rows = Confirmed.objects.filter(
        Exists(seen), at__gte=now - timedelta(days=COUNTED_DAYS)
    ).exclude(Q(category="") | Q(suggested=""))
    counted = rows.values("category", "version").annotate(
        number=Count("position"),
        right=Count("position", filter=Q(suggested=F("category"))),
        near=Count("position", filter=Q(among=True)),
    )
    return sorted(_by_top(counted), key=lambda one: (one.category, -one.version))


def _by_top(counted: Iterable[Mapping[str, Any]]) -> Iterator[Agreed]:
    sums: dict[tuple[str, int], list[int]] = {}
    for row in counted:
        key = row["category"].partition(".")[0], row["version"]
        known = sums.setdefault(key, [0, 0, 0])
        for place, name in enumerate(("number", "right", "near")):
            known[place] += row[name]
    for (category, version), (suggested, first, among) in sums.items():
        yield Agreed(
            category=category, version=version, suggested=suggested, first=first, among=among
        )
