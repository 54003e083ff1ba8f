"""Lists of many rows: as many questions to the database for ten thousand findings as for ten, page after page."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from xinqiao.matters.models import Matter
from xinqiao.supervision import queries
from xinqiao.supervision.jobs import follow_everything
from xinqiao.supervision.models import Finding, Measure
from xinqiao.supervision.queries import Wanted

if TYPE_CHECKING:
    from tests.desk.at_work import Desk

MANY = 10_000


@pytest.fixture
def many(desk: "Desk") -> list[int]:
    """A few matters in scope, ten thousand findings on them; half as many again on one that is walled off."""
    seen = [desk.refers(40).matter for _ in range(3)]
    named = {"reported_units": ["city-petition"]}
    walled = desk.registers(
        40, kind="report", by="dingxia", unit="county-petition", fields=named
    ).matter
    follow_everything(timezone.now())
    Finding.objects.all().delete()
    first = date(2026, 1, 1)
    rows = [
        Finding(
            matter_id=walled if n % 3 == 2 else seen[n % 3], rule="answer_late", basis=str(n), unit="city-housing",
            region="340811", since=first + timedelta(days=n % 300), found_at=timezone.now(),
        )
        for n in range(MANY * 3 // 2)
    ]  # fmt: skip
    Finding.objects.bulk_create(rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return seen


def test_all_pages_together_are_the_whole_list_once_and_in_order(
    desk: "Desk", many: list[int]
) -> None:
    person, now = desk.city.person("wangmin"), timezone.now()
    got, after = [], None
    for _ in range(3):
        page = queries.findings(person, Wanted(), now, after=after, size=400)
        got += page[:400]
        after = (got[-1].since.isoformat(), got[-1].id)
    keys = [(one.since, one.id) for one in got]
    assert keys == sorted(set(keys))
    assert {one.line.id for one in got} <= set(many)
    behind = Finding.objects.filter(matter_id__in=many).order_by("since", "id")
    assert [one.id for one in got] == list(behind.values_list("id", flat=True)[: len(got)])


def test_a_page_asks_as_often_for_ten_thousand_as_for_ten(desk: "Desk", many: list[int]) -> None:
    person, now = desk.city.person("wangmin"), timezone.now()
    queries.findings(person, Wanted(), now, after=None, size=50)  # the directory is read
    for after in (None, ("2026-06-01", 0)):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page = queries.findings(person, Wanted(), now, after=after, size=50)
        assert len(page) == 51
        assert len(asked) <= 5, [one["sql"] for one in asked]


def test_counts_stop_where_nobody_reads_them(desk: "Desk", many: list[int]) -> None:
    counts = queries.finding_counts(desk.city.person("wangmin"), timezone.now())
    assert counts == {"": queries.MOST_COUNTED}


def test_ten_thousand_measures(desk: "Desk", many: list[int]) -> None:
    person, now = desk.city.person("wangmin"), timezone.now()
    Measure.objects.bulk_create(
        Measure(
            matter_id=many[n % 3], seq=1000 + n, what="message", unit="city-housing", by_unit="city-petition",
            region="340811", made_on=date(2026, 1, 1), due=date(2026, 2, 1) + timedelta(days=n % 200), open=True,
        )
        for n in range(MANY)
    )  # fmt: skip
    with CaptureQueriesContext(connection) as asked:
        page = queries.answers_due(person, now, owed=False)
    assert len(page) == 51
    assert [one.due for one in page] == sorted(one.due for one in page if one.due)
    assert len(asked) <= 6, [one["sql"] for one in asked]
    assert Matter.objects.count() == 4
