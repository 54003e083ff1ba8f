"""Which matters were found to be about something else: suggested no more, and told with who said so and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from xinqiao.insight.models import Judged
from xinqiao.matters import queries as matters
from xinqiao.matters.queries import Line
from xinqiao.rules.persons import Person


@dataclass(frozen=True, kw_only=True)
class Apart:
    """Another matter that is about something else; who of the staff said so, for which unit, and when."""

    line: Line
    account: int
    unit: str
    at: datetime


def refused(matter: int) -> set[int]:
    """The row ids of the matters that were found to be about something else than this one. For narrowing alone."""
    rows = _of(matter).values_list("one", "other")
    return {other if one == matter else one for one, other in rows}


def told_apart(person: Person, matter: int, now: datetime) -> Sequence[Apart]:
    """The same matters as far as this person may see them, the latest word first. The caller has asked for this one."""
    rows = {row.other if row.one == matter else row.one: row for row in _of(matter)}
    if not rows:
        return []
    found = [
        Apart(line=line, account=rows[line.id].account, unit=rows[line.id].unit, at=rows[line.id].at)
        for line in matters.lines(matters.scope(person, now).filter(id__in=list(rows)))
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.at, one.line.id), reverse=True)


def _of(matter: int) -> QuerySet[Judged]:
    return Judged.objects.filter(Q(one=matter) | Q(other=matter), same=False)
