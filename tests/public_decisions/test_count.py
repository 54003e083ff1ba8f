"""Petitions counted against a decision by place, field and month, in the scope of who looks; by hand with a reason."""

from datetime import date

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.desk.at_work import Desk
from tests.public_decisions.stories import Council, days_ago
from xinqiao.public_decisions import counting, queries
from xinqiao.public_decisions.actions import assessments
from xinqiao.public_decisions.counting import _shift
from xinqiao.public_decisions.values import AssessmentSheet, MonthCount
from xinqiao.rules.refusals import Refused


def sheet_of(council: Council, number: str, who: str = "lina") -> AssessmentSheet:
    sheet = queries.sheet(council.city.person(who), number, timezone.now())
    assert sheet is not None
    return sheet


def months(council: Council, number: str, who: str = "zhaogang") -> list[MonthCount]:
    sheet = sheet_of(council, number, who)
    return counting.months(council.city.person(who), sheet, timezone.now())


def total(found: list[MonthCount], *, after: bool) -> int:
    return sum(one.matters for one in found if (one.offset >= 0) is after)


def test_before_and_after_by_place_and_field(council: Council, desk: Desk) -> None:
    number = council.in_force(40)
    desk.registers(10)
    desk.registers(60)
    desk.registers(70)
    desk.registers(11, fields={"category": "labour.wages"})
    desk.registers(12, fields={"region": "340825"})
    found = months(council, number)
    assert (total(found, after=False), total(found, after=True)) == (2, 1)
    assert [one.offset for one in found] == list(range(-3, 2))
    assert counting.average(found, after=True) == pytest.approx(0.5)


def test_whoever_looks_sees_the_matters_of_their_own_scope_only(
    council: Council, desk: Desk
) -> None:
    number = council.in_force(40)
    desk.registers(10)
    desk.reports(9)
    assert total(months(council, number, "zhaogang"), after=True) == 2
    assert total(months(council, number, "lina"), after=True) == 0


def test_by_hand_it_is_added_with_a_reason_once_and_never_taken_away(
    council: Council, desk: Desk
) -> None:
    number, receipt = council.in_force(40), desk.refers(10)
    other = desk.registers(9, fields={"category": "labour.wages"})
    desk.takes(other.matter, "transfer", by="wangmin", days=8, to_unit="city-housing")
    li_na = council.city.person("lina")
    for one in (receipt, other):
        assessments.count_matter(number, one.number, "电梯收费引起", by=li_na, now=days_ago(1))
    found = months(council, number)
    assert sum(one.by_rule for one in found) == 1
    assert sum(one.by_hand for one in found) == 1
    with pytest.raises(Refused) as refused:
        assessments.count_matter(number, other.number, "再次", by=li_na, now=days_ago(1))
    assert refused.value.refusal.code == "matter_counted_already"


def test_a_matter_that_does_not_exist_for_somebody_cannot_be_counted(
    council: Council, desk: Desk
) -> None:
    number, report = council.in_force(40), desk.reports(9)
    with pytest.raises(Refused) as refused:
        assessments.count_matter(
            number, report.number, "理由", by=council.city.person("lina"), now=days_ago(1)
        )
    assert refused.value.refusal.code == "not_found"


def test_a_matter_names_the_decisions_that_touch_it(council: Council, desk: Desk) -> None:
    number, receipt = council.in_force(40), desk.registers(10)
    zhao_gang, now = council.city.person("zhaogang"), timezone.now()

    def touching(category: str, region: str) -> list[str]:
        found = queries.of_matter(zhao_gang, receipt.matter, category, region, now)
        return [one.number for one in found]

    assert touching("housing.property", "340811") == [number]
    assert touching("labour.wages", "340811") == touching("housing.property", "340825") == []
    assert touching("housing", "340811101") == [number]
    sun_li = council.city.person("sunli")
    assert queries.of_matter(sun_li, receipt.matter, "housing", "340811", now) == []


def test_nothing_is_counted_before_it_is_in_force(council: Council) -> None:
    assert months(council, council.concludes(20), "lina") == []


@given(st.dates(date(2005, 1, 1), date(2050, 12, 31)), st.integers(-40, 40))
def test_months_later_is_the_same_day_or_the_last_of_the_month(day: date, months: int) -> None:
    later = _shift(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day
    assert later.day == day.day or _shift(later, 1).month != later.month
    assert later.day == day.day or (later.replace(day=28).toordinal() - later.toordinal()) <= 0
