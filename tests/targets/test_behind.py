"""The facts behind a figure, each within the scope of who asks; and whose figures a person may see at all."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.support.city import CITY, COUNTY, TOWN
from tests.support.city_database import City
from xinqiao.rules.persons import SYSTEM, Person, petitioner_of
from xinqiao.targets import queries
from xinqiao.targets.figures import figures
from xinqiao.targets.jobs import count_everything
from xinqiao.targets.queries import Behind
from xinqiao.targets.values import Period, Place, Scale

if TYPE_CHECKING:
    from tests.desk.at_work import Desk

HOUSING = Place(scale=Scale.UNIT, code="city-housing")
WHOLE_CITY = Place(scale=Scale.REGION, code=CITY)


@pytest.fixture
def desk(city: City) -> "Desk":
    from tests.desk.at_work import Desk  # noqa: PLC0415  settings must load first

    return Desk(city)


def _span(now: datetime) -> Period:
    day = now.date()
    return Period(first=day - timedelta(days=400), end=day + timedelta(days=90))


def _behind(
    who: Person, indicator: str, place: Place = WHOLE_CITY, as_of: datetime | None = None, **more: object,
) -> Behind:  # fmt: skip
    now = timezone.now()
    return queries.behind(who, indicator, place, _span(now), as_of or now, now=now, **more)  # type: ignore[arg-type]


def test_a_number_opens_to_its_contacts(desk: "Desk") -> None:
    receipt = desk.refers(10)
    desk.registers(5)
    count_everything(timezone.now())
    found = _behind(desk.city.person("wangmin"), "total")
    assert [row.unit for row in found.rows] == ["city-petition", "city-housing"]
    assert found.rows[1].number == receipt.number
    assert found.rows[1].subject
    assert found.hidden == 0
    assert [row.number for row in _behind(desk.city.person("wangmin"), "total", HOUSING).rows] == [
        receipt.number
    ]


def test_what_lies_outside_of_scope_is_a_number_and_nothing_else(desk: "Desk") -> None:
    own = desk.refers(10)
    desk.registers(8)
    desk.registers(5)
    count_everything(timezone.now())
    found = _behind(desk.city.person("lina"), "total")
    assert [row.number for row in found.rows] == [own.number]
    assert found.hidden == 2


def test_behind_a_figure_lies_what_it_counts(desk: "Desk") -> None:
    desk.accepts(100)
    desk.accepts(10)
    desk.refers(40)
    count_everything(timezone.now())
    now, who = timezone.now(), desk.city.person("wangmin")
    for indicator in (
        "on_time_acceptance",
        "on_time_answer",
        "increment",
        "stock",
        "answer_overdue",
    ):
        (figure,) = figures([WHOLE_CITY], _span(now), now, indicators=[indicator])
        found = _behind(who, indicator)
        counting = [row for row in found.rows if row.counts]
        assert len(counting) == figure.counts, indicator
        if figure.of is not None:
            assert len(found.rows) == figure.of, indicator
            missed = _behind(who, indicator, missed=True)
            assert len(missed.rows) == figure.of - figure.counts
            assert not any(row.counts for row in missed.rows)


def test_as_of_a_past_moment_it_shows_what_was_known_then(desk: "Desk") -> None:
    desk.accepts(30)
    count_everything(timezone.now())
    then = timezone.now() - timedelta(days=31)
    assert _behind(desk.city.person("wangmin"), "total", as_of=then).rows == []


def test_a_report_is_behind_no_figure(desk: "Desk") -> None:
    desk.registers(5, kind="report")
    count_everything(timezone.now())
    found = _behind(desk.city.person("wangmin"), "total")
    assert (found.rows, found.hidden) == ([], 0)


def test_pages_go_on_where_the_last_ended_and_cost_the_same(desk: "Desk") -> None:
    for days in range(1, 6):
        desk.registers(days)
    count_everything(timezone.now())
    who = desk.city.person("wangmin")
    _behind(who, "total", size=2)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        first = _behind(who, "total", size=2)
    assert len(first.rows) == 3  # one more: another page follows
    third = _behind(who, "total", size=2, page=3)
    assert len(third.rows) == 1
    assert len({row.number for row in (*first.rows[:2], *third.rows)}) == 3
    with CaptureQueriesContext(connection) as asked_again:
        _behind(who, "total", size=50)
    assert len(asked_again) == len(asked)


def test_whose_figures_one_may_see(desk: "Desk") -> None:
    def seen(who: Person) -> dict[str, list[str]]:
        found = queries.places(who, timezone.now())
        return {scale.value: [one.code for one in found if one.scale is scale] for scale in Scale}

    person = desk.city.person
    office = seen(person("wangmin"))
    assert office["region"][0] == CITY
    assert {COUNTY, TOWN} < set(office["region"])
    assert office["unit"][0] == "city-petition"
    assert {"city-housing", "county-housing", "town"} < set(office["unit"])
    assert "province-housing" not in office["unit"]
    assert seen(person("lina")) == {"region": [], "unit": ["city-housing"]}
    county = seen(person("yanfei"))
    assert county["region"] == [COUNTY, TOWN]
    assert "city-housing" not in county["unit"]
    for nobody in (person("malin"), petitioner_of(1), SYSTEM):
        assert queries.places(nobody, timezone.now()) == []
