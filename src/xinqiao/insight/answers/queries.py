"""Answers beside each other, within what exists for whoever asks: what lies outside is neither shown nor counted."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from xinqiao.insight.answers.filing import groups_like, words_of
from xinqiao.insight.answers.values import Earlier, Repeated
from xinqiao.insight.models import Answer
from xinqiao.matters import queries as matters
from xinqiao.rules.persons import Person
from xinqiao.text.answers.among import COPY
from xinqiao.text.folding import fold
from xinqiao.text.likeness import in_common, pieces

#: So many answers are held against a draft word for word, the latest of the groups that it may belong to.
_HELD_AGAINST = 24
#: So many groups are told of at the most, and so many answers of each.
MOST, LATEST = 200, 10


def likest(person: Person, words: str, now: datetime, *, but: int) -> Earlier | None:
    """The answer to another matter than `but`, among those that exist for the person, that these words nearly repeat.

    Of several the one with most in common, then the latest. None where there is none.
    """
    own = pieces(fold(words))
    near = _seen(person, now).filter(group__in=groups_like(own)).exclude(matter=but)
    rows = {row.pk: row for row in near.order_by("-given_at", "-id")[:_HELD_AGAINST]}
    alike = {
        row: in_common(own, pieces(fold(said))) for row, said in words_of(rows.values()).items()
    }
    best = max(alike, key=lambda row: (alike[row], rows[row].given_at), default=None)
    if best is None or alike[best] < COPY:
        return None
    return next(iter(_told(person, [rows[best]], now)), None)


def repeated(
    person: Person,
    since: datetime,
    now: datetime,
    *,
    unit: str = "",
    start: int = 0,
    size: int = MOST,
) -> list[Repeated]:
    """The groups of answers since this moment that two matters or more have, the largest first, the latest of equals.

    With `unit` its answers alone. At most `size` from the `start`-th on, none beyond the first `MOST`.
    """
    seen = _seen(person, now).filter(given_at__gte=since, group__isnull=False)
    seen = seen.filter(unit=unit) if unit else seen
    counted = seen.values("group").annotate(
        number=Count("matter", distinct=True), last=Max("given_at")
    )
    groups = counted.filter(number__gte=2).order_by("-number", "-last", "group")[
        start : min(start + size, MOST)
    ]
    return [_group(person, seen.filter(group=row["group"]), row, now) for row in groups]


def repeats_of(person: Person, matter: int, now: datetime) -> int:
    """How many other matters that exist for the person have an answer that one of this matter nearly repeats."""
    groups = list(
        Answer.objects.filter(matter=matter, group__isnull=False).values_list("group", flat=True)
    )
    if not groups:
        return 0
    others = _seen(person, now).filter(group__in=groups).exclude(matter=matter)
    return others.values("matter").distinct().count()


def _seen(person: Person, now: datetime) -> QuerySet[Answer]:
    """The answers to matters that exist for this person."""
    return Answer.objects.filter(Exists(matters.scope(person, now).filter(pk=OuterRef("matter"))))


def _group(
    person: Person, rows: QuerySet[Answer], counted: Mapping[str, Any], now: datetime
) -> Repeated:
    latest = list(rows.order_by("-given_at", "-id")[:LATEST])
    said = words_of(latest)
    return Repeated(
        group=counted["group"],
        number=counted["number"],
        words=next((said[row.pk] for row in latest if row.pk in said), ""),
        latest=_told(person, latest, now),
    )


def _told(person: Person, rows: Iterable[Answer], now: datetime) -> list[Earlier]:
    listed = list(rows)
    seen = matters.scope(person, now).filter(id__in=[row.matter for row in listed])
    lines = {line.id: line for line in matters.lines(seen)}
    return [
        Earlier(line=lines[row.matter], unit=row.unit or lines[row.matter].handler, at=row.given_at)
        for row in listed
        if row.matter in lines
    ]
