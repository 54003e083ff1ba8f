"""The petitions that touch a decision, month by month, after it took effect and before: so that it can be judged."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from xinqiao.matters import queries as matters
from xinqiao.public_decisions.models import CountedMatter
from xinqiao.public_decisions.values import AssessmentSheet, MonthCount
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.persons import Person
from xinqiao.rules.units import territory

#: Months that are shown on either side, at least and at most.
LEAST_MONTHS, MOST_MONTHS = 3, 12
_CITY, _COUNTY = 4, 6


def months(person: Person, sheet: AssessmentSheet, now: datetime) -> list[MonthCount]:
    """Matters received in each month before and after the decision took effect, in the person's scope, oldest first.

    A month runs from the day of taking effect to the same day of the next. By rule: in one of its regions, of one of
    its categories. By hand: added with a reason, unless the rule counts it already. The last month may be incomplete.
    """
    effective = sheet.line.effective_on
    if effective is None:
        return []
    after = min(max(_months_between(effective, matters.today(now)) + 1, 1), MOST_MONTHS)
    before = max(after, LEAST_MONTHS)
    edges = [_shift(effective, offset) for offset in range(-before, after + 1)]
    by_rule = _counted(touching(person, sheet, now), edges)
    by_hand = _counted(_added(person, sheet, now), edges)
    return [
        MonthCount(month=edges[place], offset=place - before, by_rule=by_rule[place], by_hand=by_hand[place])
        for place in range(len(edges) - 1)
    ]  # fmt: skip


def average(counts: Iterable[MonthCount], *, after: bool) -> float | None:
    """Matters a month, before or after; None without a month."""
    chosen = [one.matters for one in counts if (one.offset >= 0) is after]
    return sum(chosen) / len(chosen) if chosen else None


def touching(person: Person, sheet: AssessmentSheet, now: datetime) -> QuerySet[Any]:
    """The matters that the rule counts: in scope, in one of the regions, of one of the categories."""
    return matters.scope(person, now).filter(_place(sheet), _field(sheet))


def latest(person: Person, sheet: AssessmentSheet, now: datetime, most: int) -> list[matters.Line]:
    """The latest matters that are counted since the decision took effect, by rule or by hand."""
    effective = sheet.line.effective_on
    if effective is None:
        return []
    hand = CountedMatter.objects.filter(assessment_id=sheet.line.id).values("matter_id")
    rows = matters.scope(person, now).filter((_place(sheet) & _field(sheet)) | Q(id__in=hand))
    return matters.lines(
        rows.filter(received_at__gte=_begin(effective)).order_by("-received_at", "-id")[:most]
    )


def _added(person: Person, sheet: AssessmentSheet, now: datetime) -> QuerySet[Any]:
    hand = CountedMatter.objects.filter(assessment_id=sheet.line.id).values("matter_id")
    return matters.scope(person, now).filter(id__in=hand).exclude(_place(sheet) & _field(sheet))


def _place(sheet: AssessmentSheet) -> Q:
    found = Q(pk__in=())
    for region in sheet.described.regions:
        area = territory(region)
        match len(area):
            case 4:
                found |= Q(city=area)
            case 6:
                found |= Q(county=area)
            case _:
                found |= Q(region__startswith=area)
    return found


def _field(sheet: AssessmentSheet) -> Q:
    found = Q(pk__in=())
    for category in sheet.described.categories:
        found |= Q(category=category) | Q(category__startswith=f"{category}.")
    return found


def _counted(rows: QuerySet[Any], edges: list[date]) -> list[int]:
    """How many were received between each two edges: one question for all months."""
    names = [f"month_{place}" for place in range(len(edges) - 1)]
    spans = zip(names, edges[:-1], edges[1:], strict=True)
    asked = {
        name: Count("pk", filter=Q(received_at__gte=_begin(start), received_at__lt=_begin(end)))
        for name, start, end in spans
    }
    window = rows.filter(received_at__gte=_begin(edges[0]), received_at__lt=_begin(edges[-1]))
    found = window.order_by().aggregate(**asked)
    return [found[name] for name in names]


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)


def _months_between(start: date, end: date) -> int:
    """Whole months from one day to another."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end < _shift(start, months))


def _shift(day: date, months: int) -> date:
    """The same day so many months on; the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + month // 11, (month + 1) % 12 + 1, 1)
    last = following - timedelta(days=1)
    return date(year, month + 1, min(day.day, last.day))
