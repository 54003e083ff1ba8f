"""The yearly report of petition work (art. 41), in its four parts, of the matters that exist for whoever asks.

Each figure is a group and a code; `behind` gives the very matters that it counts.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from xinqiao.matters import queries as matters
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.fields import FIELDS
from xinqiao.rules.persons import Person
from xinqiao.rules.states import Kind
from xinqiao.rules.supervision import rules
from xinqiao.rules.urging import FORMS, MEASURES
from xinqiao.supervision.models import Finding, Measure

#: So many units are named among those most complained of.
MOST_UNITS = 10
SENT = ("transfer", "assign", "report_up", "object", "decide_competence")
COURSE = ("schedule_hearing", "record_settlement", "record_execution", "give_help", "report_urgent")


@dataclass(frozen=True, kw_only=True)
class Figure:
    """So many matters stand behind it."""

    code: str
    number: int


@dataclass(frozen=True, kw_only=True)
class Group:
    """Figures that belong together in one part of the report; `name` is the group's in addresses."""

    part: int
    name: str
    figures: Sequence[Figure]


def report(person: Person, year: int, now: datetime) -> list[Group]:
    """All groups in the order of the article; what nothing was counted of has no figure, but for the whole."""
    seen = matters.scope(person, now)
    received = seen.filter(_received(year))
    units = Counter(_by(received.exclude(Q(handler="") | Q(kind=Kind.REPORT)), "handler"))
    kinds, channels, fields, settled = _told_by(received)
    since, until = _year(year)
    taken = matters.steps_taken(person, (*SENT, *COURSE), since, until, now)
    return [
        Group(part=1, name="received", figures=[Figure(code="all", number=kinds.total())]),
        _group(1, "kind", kinds, FIELDS["kind"].choices),
        _group(1, "field", fields, [code for code, _ in fields.most_common()]),
        _group(1, "channel", channels, FIELDS["channel"].choices),
        _group(1, "unit", units, [code for code, _ in units.most_common(MOST_UNITS)]),
        _group(2, "step", taken, SENT),
        _group(2, "measure", _measured(person, year, now), (*FORMS, *MEASURES)),
        _group(4, "finding", _found(person, year, now), list(rules())),
        _group(4, "course", taken, COURSE),
        _group(4, "settled", settled, ("yes", "no")),
    ]


def behind(person: Person, year: int, group: str, code: str, now: datetime) -> Any:
    """The matters behind a figure, the latest received first; None for a group that there is none of."""
    narrowed = _BEHIND.get(group)
    if narrowed is None:
        return None
    return matters.scope(person, now).filter(narrowed(year, code)).order_by("-received_at", "-id")


def _group(part: int, name: str, counted: Mapping[str, int], order: Sequence[str]) -> Group:
    figures = [
        Figure(code=code, number=counted[code]) for code in order if counted.get(code) and code
    ]
    return Group(part=part, name=name, figures=figures)


def _told_by(received: Any) -> tuple[Counter[str], Counter[str], Counter[str], Counter[str]]:
    """How many there are of each kind, channel and field, and what petitioners said who rated; all in one look."""
    kinds, channels, fields, settled = (Counter[str]() for _ in range(4))
    columns = ("kind", "channel", "category", "facts__rated", "facts__settled")
    rows = received.order_by().values_list(*columns).annotate(n=Count("id"))
    for kind, channel, category, rated, is_settled, n in rows:
        kinds[kind] += n
        channels[channel] += n
        fields[category.partition(".")[0]] += n
        if rated and is_settled is not None:
            settled["yes" if is_settled else "no"] += n
    return kinds, channels, fields, settled


def _by(rows: Any, column: str) -> dict[str, int]:
    counted = rows.order_by().values(column).annotate(n=Count("id"))
    return {row[column]: row["n"] for row in counted}


def _year(year: int) -> tuple[datetime, datetime]:
    """Its first moment and that of the next year, of Shanghai."""
    return datetime(year, 1, 1, tzinfo=SHANGHAI), datetime(year + 1, 1, 1, tzinfo=SHANGHAI)


def _received(year: int) -> Q:
    since, until = _year(year)
    return Q(received_at__gte=since, received_at__lt=until)


def _measured(person: Person, year: int, now: datetime) -> dict[str, int]:
    return _counted(Measure.objects.filter(made_on__year=year), "what", person, now)


def _found(person: Person, year: int, now: datetime) -> dict[str, int]:
    return _counted(Finding.objects.filter(since__year=year), "rule", person, now)


def _counted(rows: Any, column: str, person: Person, now: datetime) -> dict[str, int]:
    """On how many matters of the scope."""
    seen = Exists(matters.scope(person, now).filter(pk=OuterRef("matter_id")))
    counted = (
        rows.filter(seen).order_by().values(column).annotate(n=Count("matter_id", distinct=True))
    )
    return {row[column]: row["n"] for row in counted}


def _of_step(year: int, code: str) -> Q:
    since, until = _year(year)
    return matters.with_step(code, since, until)


def _of_rows(rows: Any) -> Q:
    return Q(pk__in=rows.values("matter_id"))


_BEHIND: Mapping[str, Callable[[int, str], Q]] = {
    "received": lambda year, _: _received(year),
    "kind": lambda year, code: _received(year) & Q(kind=code),
    "channel": lambda year, code: _received(year) & Q(channel=code),
    "field": lambda year, code: (
        _received(year) & (Q(category=code) | Q(category__startswith=f"{code}."))
    ),
    "unit": lambda year, code: _received(year) & Q(handler=code) & ~Q(kind=Kind.REPORT),
    "step": _of_step,
    "course": _of_step,
    "measure": lambda year, code: _of_rows(
        Measure.objects.filter(made_on__year=year, what=code, matter__isnull=False)
    ),
    "finding": lambda year, code: _of_rows(Finding.objects.filter(since__year=year, rule=code)),
    "settled": lambda year, code: (
        _received(year) & Q(facts__rated=True, facts__settled=code == "yes")
    ),
}
