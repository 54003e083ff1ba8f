"""The figures of months are kept, and made anew where time or the facts changed them."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest import MonkeyPatch

from tests.support.city_database import City
from tests.targets.facts import MOMENT, fact, store
from tests.targets.test_copies import random_facts
from xinqiao.rules.indicators import chosen
from xinqiao.targets import figures, years
from xinqiao.targets.keeping import keep_figures
from xinqiao.targets.models import Fact, MonthlyFigure, Position
from xinqiao.targets.values import Figure, Period, Place, Scale

CITY = Place(scale=Scale.REGION, code="340800")
PLACES = [CITY, Place(scale=Scale.UNIT, code="city-housing"), Place(scale=Scale.UNIT, code="town")]
FIRST, END = date(2026, 1, 1), date(2026, 4, 1)
HOUR = timedelta(hours=1)


def kept(indicator: str, month: date = FIRST) -> Figure:
    (found,) = figures.monthly([CITY], month, month + timedelta(days=1), [indicator])
    return found


def test_what_is_kept_is_what_is_counted_live(city: City) -> None:
    store(random_facts(400))
    keep_figures(MOMENT)
    live = [
        one
        for place in PLACES
        for indicator in chosen()
        for period in figures.months(FIRST, END)
        for one in figures.figures([place], period, MOMENT, indicators=[indicator.id])
    ]
    assert figures.monthly(PLACES, FIRST, END) == live
    assert any(one.counts for one in live)


def test_one_question_tells_all(city: City, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    store(random_facts(100))
    keep_figures(MOMENT)
    with django_assert_num_queries(1):
        figures.monthly(PLACES, date(2025, 1, 1), END)


def test_a_year_that_stands_is_what_is_counted_live(city: City) -> None:
    """2025 begins before anything was received, 2026 is kept whole, 2027 ends with duties of months to come."""
    ahead = {"start": "2027-2-1", "due": "2027-8-1", "done": "2027-2-20"}
    store([*random_facts(400), fact("answer", "2027-8-1", **ahead)])
    keep_figures(MOMENT)
    ids = [one.id for one in chosen()]
    for year in (2024, 2025, 2026, 2027):
        period = Period(first=date(year, 1, 1), end=date(year + 1, 1, 1))
        live = figures.figures(PLACES, period, MOMENT, indicators=ids)
        assert years.of_year(PLACES, year, MOMENT, ids) == live
        assert any(one.counts for one in live) == (year > 2024)


def test_a_year_that_is_kept_reads_no_facts_of_it(city: City, monkeypatch: MonkeyPatch) -> None:
    store(random_facts(100))
    keep_figures(MOMENT)
    before = years.of_year([CITY], 2026, MOMENT, ["total"])
    monkeypatch.setattr(years, "figures", None)
    assert years.of_year([CITY], 2026, MOMENT, ["total"]) == before


def test_months_of_a_place_are_found_by_the_index(city: City) -> None:
    """A province keeps millions of them: a page must not read those of other places."""
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL reads a table of a few rows whole, whatever index there is")
    with CaptureQueriesContext(connection) as asked:
        figures.monthly(PLACES, FIRST, END)
    (question,) = (one["sql"] for one in asked.captured_queries if "monthlyfigure" in one["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {question}")
        assert not [row for row in cursor.fetchall() if row[3].startswith("SCAN")]


def test_a_month_that_nobody_made_has_no_figures(city: City) -> None:
    assert keep_figures(MOMENT) == 0
    assert figures.monthly([CITY], FIRST, END) == []


def test_a_month_without_facts_has_zeros(city: City) -> None:
    store([fact("contact", "1-5"), fact("contact", "3-5")])
    keep_figures(MOMENT)
    assert [one.counts for one in figures.monthly([CITY], FIRST, END, ["total"])] == [1, 0, 1]


def test_only_what_changed_is_made_anew_on_the_same_day(city: City) -> None:
    store([fact("contact", "1-5"), fact("contact", "2-5")])
    assert keep_figures(MOMENT) == 15, "January 2026 to March 2027"
    assert keep_figures(MOMENT + HOUR) == 0
    store([fact("contact", "2-7")], known_from=MOMENT + HOUR)
    assert keep_figures(MOMENT + 2 * HOUR) == 1
    assert (kept("total").counts, kept("total", date(2026, 2, 1)).counts) == (1, 2)
    Fact.objects.filter(day=date(2026, 1, 5)).update(known_to=MOMENT + 3 * HOUR)
    keep_figures(MOMENT + 4 * HOUR)
    assert kept("total").counts == 0


def test_a_matter_is_in_the_stock_of_every_month_after(city: City) -> None:
    store([fact("contact", "1-5")])
    keep_figures(MOMENT)
    store([fact("matter", "2-5")], known_from=MOMENT + HOUR)
    keep_figures(MOMENT + 2 * HOUR)
    months = figures.monthly([CITY], FIRST, date(2026, 6, 1), ["stock"])
    assert [one.counts for one in months] == [0, 0, 1, 1, 1]


def test_a_day_later_limits_have_passed(city: City) -> None:
    store([fact("answer", "2027-3-1", due="2027-3-1")])
    keep_figures(MOMENT)
    month = date(2027, 3, 1)
    assert kept("answer_overdue", month).counts == 0
    assert keep_figures(MOMENT + 24 * HOUR) == 1
    assert kept("answer_overdue", month).counts == 1


def test_facts_counted_anew_are_kept_anew(city: City) -> None:
    store([fact("contact", "1-5")])
    keep_figures(MOMENT)
    Fact.objects.all().delete()
    store([fact("contact", "1-5"), fact("contact", "1-6")])
    keep_figures(MOMENT + HOUR)
    assert kept("total").counts == 2
    assert MonthlyFigure.objects.filter(place="340800", indicator="total").count() == 1


def test_what_the_follower_writes_late_is_not_missed(city: City) -> None:
    store([fact("contact", "1-5"), fact("contact", "3-5")])
    Position.objects.create(pk=1, settled_until=MOMENT)
    keep_figures(MOMENT + 2 * HOUR)
    assert kept("total").as_of == MOMENT
    Fact.objects.filter(day=date(2026, 1, 5)).update(known_to=MOMENT + HOUR)
    Position.objects.update(settled_until=MOMENT + 3 * HOUR)
    keep_figures(MOMENT + 3 * HOUR)
    assert kept("total").counts == 0
