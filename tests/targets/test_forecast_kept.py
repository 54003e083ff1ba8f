"""Forecasts are made by the job from the figures of the months, kept, and shown at the desk to who may see them."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.desk.at_work import Desk
from tests.support.city_database import City
from xinqiao.cli.targets_backtest import command
from xinqiao.targets.forecast import jobs, queries, series
from xinqiao.targets.forecast.values import Limit, month_after
from xinqiao.targets.models import Forecast, MonthlyFigure
from xinqiao.targets.values import Period, Place, Scale

CITY = Place(scale=Scale.REGION, code="340800")
HOUSING = Place(scale=Scale.UNIT, code="city-housing")
JULY = datetime.fromisoformat("2026-07-09T09:00:00+08:00")
ROOT = "/desk/targets/forecast/"


def months_of(place: Place, indicator: str, first: date, *rows: int | tuple[int, int]) -> None:
    MonthlyFigure.objects.bulk_create(
        MonthlyFigure(
            scale=place.scale.value, place=place.code, month=month_after(first, n), indicator=indicator,
            counts=row if isinstance(row, int) else row[0], of=None if isinstance(row, int) else row[1], as_of=JULY,
        )
        for n, row in enumerate(rows)
    )  # fmt: skip


@pytest.fixture
def desk(city: City) -> Desk:
    return Desk(city)


@pytest.fixture
def this_year() -> datetime:
    """The figures of three years up to the last month that is over; forecasts of today."""
    now = timezone.now()
    end = now.date().replace(day=1)
    months_of(CITY, "total", month_after(end, -36), *(40 + 5 * (one % 3) for one in range(36)))
    months_of(CITY, "on_time_answer", month_after(end, -36), *[(80, 100)] * 36)
    jobs.make_forecasts(now)
    return now


def html(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


# -- kept --------------------------------------------------------------------------------------------------------------


def test_what_is_made_is_what_is_read(city: City) -> None:
    months_of(CITY, "total", date(2024, 1, 1), *([30, 32, 34] * 10))
    assert jobs.make_forecasts(JULY) == 1
    line = queries.of(CITY, "total", 2026)
    assert line is not None
    found = series.series_of([CITY], date(2026, 7, 1))[CITY, "total"]
    from xinqiao.targets.forecast.ahead import look_ahead  # noqa: PLC0415  as the job does

    assert line.ahead == look_ahead(found)
    assert (line.ahead.first, line.ahead.seen) == (date(2026, 7, 1), 192)
    assert line.made_at == JULY


def test_the_job_makes_what_is_old_and_nothing_twice(city: City) -> None:
    months_of(CITY, "total", date(2025, 1, 1), *[20] * 18)
    assert jobs.make_forecasts(JULY) == 1
    assert jobs.make_forecasts(JULY + timedelta(hours=1)) == 0
    assert jobs.make_forecasts(JULY + timedelta(hours=21)) == 1
    assert Forecast.objects.count() == 1


def test_who_waits_gets_one_place_and_the_widest_of_the_others_come_first(city: City) -> None:
    township, county = (Place(scale=Scale.REGION, code=code) for code in ("340811101", "340825"))
    for place in (HOUSING, township, county, CITY):
        months_of(place, "total", date(2025, 1, 1), *[20] * 18)
    made = Forecast.objects.order_by("id").values_list("place", flat=True)
    assert jobs.make_forecasts(JULY, only=[township]) == 1
    assert jobs.make_forecasts(JULY) == 3
    assert list(made) == [township.code, CITY.code, county.code, HOUSING.code]


def test_a_month_that_was_made_without_a_place_had_nothing(city: City) -> None:
    months_of(CITY, "total", date(2026, 1, 1), 5, 6, 7)
    months_of(HOUSING, "total", date(2026, 1, 1), 2)
    months_of(HOUSING, "total", date(2026, 3, 1), 4)
    found = series.series_of([HOUSING], date(2026, 4, 1))[HOUSING, "total"]
    assert found.counts == (2, 0, 4)


def test_the_month_under_way_is_a_floor_and_no_month_seen(city: City) -> None:
    months_of(CITY, "total", date(2026, 1, 1), 5, 5, 5, 5, 5, 5, 60)
    jobs.make_forecasts(JULY)
    line = queries.of(CITY, "total", 2026)
    assert line is not None
    assert line.ahead.seen == 30
    assert line.ahead.months[0].lo95 == 60


def test_a_quarter_crosses_its_limit_with_what_it_has(city: City) -> None:
    months_of(CITY, "total", date(2024, 1, 1), *[30] * 30)
    jobs.make_forecasts(JULY)
    third = queries.crossing(CITY, "total", 60, Period(first=date(2026, 7, 1), end=date(2026, 10, 1)))  # fmt: skip
    second = queries.crossing(CITY, "total", 60, Period(first=date(2026, 4, 1), end=date(2026, 7, 1)))  # fmt: skip
    fourth = queries.crossing(CITY, "total", 45, Period(first=date(2026, 10, 1), end=date(2027, 1, 1)))  # fmt: skip
    assert third is not None
    assert second is not None
    assert fourth is not None
    assert third.day == date(2026, 9, 1)
    assert second.already
    assert fourth.day is not None
    assert fourth.day.month == 11


def test_many_limits_are_told_as_each_by_itself(city: City) -> None:
    """With as many questions to the database as for one."""
    county = Place(scale=Scale.REGION, code="340825")
    for place, number in ((CITY, 30), (county, 9)):
        months_of(place, "total", date(2024, 1, 1), *[number] * 30)
    jobs.make_forecasts(JULY)
    third = Period(first=date(2026, 7, 1), end=date(2026, 10, 1))
    year = Period(first=date(2026, 1, 1), end=date(2027, 1, 1))
    limits = [
        Limit(place=place, indicator="total", period=period, most=most)
        for place, period, most in (
            (CITY, third, 60), (CITY, year, 100), (county, third, 60), (county, year, 60), (HOUSING, year, 5)
        )
    ]  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        found = queries.crossings(limits)
    alone = [queries.crossing(one.place, one.indicator, one.most, one.period) for one in limits]
    assert found == alone
    with CaptureQueriesContext(connection) as one:
        queries.crossing(CITY, "total", 60, third)
    assert len(many) == len(one)
    (first, city_year, quiet, county_year, nowhere) = found
    assert first is not None and first.day == date(2026, 9, 1)
    assert city_year is not None and city_year.already
    assert quiet is not None and quiet.day is None
    assert county_year is not None and county_year.day == date(2026, 7, 21)
    assert nowhere is None


def test_a_place_without_figures_has_no_forecast(city: City) -> None:
    assert queries.of(HOUSING, "total", 2026) is None
    year = Period(first=date(2026, 1, 1), end=date(2027, 1, 1))
    assert queries.crossing(HOUSING, "total", 5, year) is None


def test_the_chart_has_twelve_months(city: City) -> None:
    months_of(CITY, "total", date(2024, 1, 1), *[30] * 30)
    jobs.make_forecasts(JULY)
    line = queries.of(CITY, "total", 2026)
    assert line is not None
    chart = line.chart([30.0] * 6, 400.0)
    assert chart["months"] == [f"2026-{one:02}" for one in range(1, 13)]
    assert chart["seen"] == [30.0] * 6 + [None] * 6
    assert chart["hi95"][:6] == [None] * 6  # type: ignore[index]
    assert all(len(chart[name]) == 12 for name in ("mean", "lo80", "hi80", "lo95", "hi95"))  # type: ignore[arg-type]


# -- shown -------------------------------------------------------------------------------------------------------------


def test_the_head_of_the_office_reads_what_the_year_will_come_to(desk: Desk, this_year: datetime) -> None:  # fmt: skip
    zhao_gang = desk.log_in("zhaogang")
    page = html(zhao_gang, ROOT)
    assert "信访总量" in page
    assert "80.0%" in page or "80%" in page
    assert "95%区间" in page
    one = html(zhao_gang, f"{ROOT}indicators/total/")
    assert "今后各月" in one


def test_what_if_and_a_limit_are_answered(desk: Desk, this_year: datetime) -> None:
    zhao_gang = desk.log_in("zhaogang")
    page = html(zhao_gang, f"{ROOT}indicators/on_time_answer/?shift=on_time_answers&amount=95&limit=99")  # fmt: skip
    assert "按期答复率达到 95" in page
    assert "不到1%" in page
    number = html(zhao_gang, f"{ROOT}indicators/total/?shift=large_group_visit&amount=&limit=1")
    assert "今年已经超过" in number


UNREADABLE = (
    "shift=on_time_answers&amount=950",
    "limit=-3",
    "shift=none",
    "limit=x",
    "shift=on_time_answers&amount=nan",
)


@pytest.mark.parametrize("query", UNREADABLE)
def test_what_cannot_be_read_is_said_and_nothing_lost(desk: Desk, this_year: datetime, query: str) -> None:  # fmt: skip
    page = html(desk.log_in("zhaogang"), f"{ROOT}indicators/on_time_answer/?{query}", 422)
    assert "今后各月" in page


def test_a_place_of_others_does_not_exist(desk: Desk, this_year: datetime) -> None:
    li_na = desk.log_in("lina")
    assert html(li_na, f"{ROOT}?place=region:340800", 404)
    assert "还没有预测" in html(li_na, ROOT)
    assert html(desk.log_in("zhaogang"), f"{ROOT}indicators/nothing/", 404)


def test_without_the_libraries_the_pages_say_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    zhao_gang = desk.log_in("zhaogang")
    assert "没有安装预测所需的程序库" in html(zhao_gang, ROOT)
    assert "没有安装预测所需的程序库" in html(zhao_gang, f"{ROOT}capacity/")
    assert jobs.make_forecasts(JULY) == 0


# -- the command -------------------------------------------------------------------------------------------------------


def test_the_back_test_is_printed(
    city: City,
    this_year: datetime,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("xinqiao.cli.targets_backtest.require_migrated", lambda: None)
    command.main(["--indicator", "total", "--json"], standalone_mode=False)
    printed = capsys.readouterr().out
    assert '"scaled"' in printed
    assert '"cover_95"' in printed
    command.main(["--place", "region:340800", "--indicator", "total"], standalone_mode=False)
    assert "sums 95" in capsys.readouterr().out
