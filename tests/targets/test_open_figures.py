"""Open figures: published once, the same in both downloads; and somebody tries to work out what is withheld."""

import csv
import io
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.test_small_cells import attacked
from tests.support.city import CITY, COUNTY
from tests.support.city_database import City
from xinqiao.rules.conditions import When
from xinqiao.rules.counting import Counted, What
from xinqiao.rules.indicators import indicators
from xinqiao.rules.open_figures import MEANT, OpenFact, Table, tables
from xinqiao.rules.small_cells import ALL, FEWEST, POSSIBLE, Cell

if TYPE_CHECKING:
    from tests.desk.at_work import Desk

WHEN = When(as_of=date(2026, 4, 20), begins=date(2026, 3, 1), ends=date(2026, 4, 1))
REGIONS, FIELDS = ("a", "b", "c"), ("x", "y")


def fact(what: What, region: str, field: str, person: int, **more: Any) -> OpenFact:
    counted = Counted(
        what=what, seq=1, unit="u", region=region, category=field, channel="letter", day=date(2026, 3, 9), **more
    )  # fmt: skip
    return OpenFact(counted=counted, region=region, field=field, person=f"p{person}")


def test_only_indicators_that_are_public_are_published() -> None:
    assert all(indicators()[one].public for one in MEANT.values())


def test_each_table_counts_what_its_indicator_counts() -> None:
    facts = [fact(What.CONTACT, "a", "x", one) for one in range(9)]
    facts += [
        fact(What.ANSWER, "a", "x", one, due=date(2026, 3, 9), done=date(2026, 3, 5 + one % 2 * 6))
        for one in range(12)
    ]
    found = tables(facts, REGIONS, FIELDS, WHEN)
    assert found[Table.RECEIVED][ALL, ALL] == found[Table.RECEIVED]["a", "x"] == 9
    answered = found[Table.ANSWERED_BY_REGION]
    assert (answered[ALL, ALL], answered["a", "yes"], answered["a", "no"]) == (12, 6, 6)


ONE = st.tuples(
    st.sampled_from((What.CONTACT, What.ANSWER, What.DELIVERED)), st.sampled_from((*REGIONS, "other")),
    st.sampled_from((*FIELDS, "other")), st.integers(0, 40), st.booleans(),
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.lists(ONE, max_size=120))
def test_nothing_withheld_can_be_worked_out_of_the_tables_of_a_month(drawn: list[Any]) -> None:
    """By rows, columns and sums at once, of each table, with those that share a line put together."""
    facts = [
        fact(
            what, region, field, person, due=date(2026, 3, 9), done=date(2026, 3, 5 if good else 19),
            mark="satisfied" if good else "dissatisfied",
        )
        for what, region, field, person, good in drawn
    ]  # fmt: skip
    found = tables(facts, REGIONS, FIELDS, WHEN)
    true = {
        Table.RECEIVED: _true(facts, What.CONTACT, "region", "field"),
        Table.ANSWERED_BY_REGION: _true(facts, What.ANSWER, "region", "good"),
        Table.ANSWERED_BY_FIELD: _true(facts, What.ANSWER, "field", "good"),
        Table.RATED_BY_REGION: _true(facts, What.DELIVERED, "region", "good"),
        Table.RATED_BY_FIELD: _true(facts, What.DELIVERED, "field", "good"),
    }
    for table, whole in true.items():
        _attack(whole, dict(found[table]))
    for one, other in (
        (Table.ANSWERED_BY_REGION, Table.ANSWERED_BY_FIELD),
        (Table.RATED_BY_REGION, Table.RATED_BY_FIELD),
    ):
        shared = [place for place in found[one] if place[0] == ALL]
        assert all(found[one][place] is not None for place in shared), (
            "what both tables have is shown in both"
        )
        assert {place: found[one][place] for place in shared} == {
            place: count for place, count in found[other].items() if place[0] == ALL
        }


def _true(
    facts: list[OpenFact], what: What, first: str, second: str
) -> dict[tuple[str, str], Cell]:
    rows = {"region": REGIONS, "field": FIELDS}[first]
    columns = {"field": (*FIELDS, "other"), "good": ("yes", "no")}[second]

    def key(one: OpenFact, name: str) -> str:
        if name != "good":
            return str(getattr(one, name))
        return "yes" if (one.counted.done or date.max) <= (one.counted.due or date.min) else "no"

    mine = [one for one in facts if one.counted.what == what]
    found = {}
    for row in (*rows, "other", ALL):
        for column in (*columns, ALL):
            inside = [
                one for one in mine if row in (ALL, key(one, first)) and column in (ALL, key(one, second))
            ]  # fmt: skip
            found[row, column] = Cell(
                count=len(inside), persons=len({one.person for one in inside})
            )
    return found


def _attack(true: dict[tuple[str, str], Cell], shown: dict[tuple[str, str], int | None]) -> None:
    """What is shown is true and large enough; all else has several values that fit it."""
    for place, count in shown.items():
        assert count is None or (count == true[place].count and not true[place].small)
    if not shown:
        return
    hidden = frozenset(place for place, count in shown.items() if count is None)
    untold = frozenset(place for place in true if place not in shown)
    for place, (least, most) in attacked(true, hidden | untold, untold).items():
        if place in untold and not true[place].small:
            continue  # nothing is said of it; what it has follows from nothing, or it is no small one
        assert most - least >= POSSIBLE - 1 and most >= FEWEST, (place, least, most)


# -- published -----------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(city: City) -> "Desk":
    """Petitions of the last half year, and every month published that is due."""
    from tests.desk.at_work import Desk  # noqa: PLC0415  settings must load first

    made = Desk(city)
    for days in (150, 148, 146, 144, 100, 98, 97, 60):
        made.registers(days)
    made.accepts()
    published()
    return made


def published() -> int:
    from xinqiao.targets.jobs import count_everything  # noqa: PLC0415  settings must load first
    from xinqiao.targets.open_figures.jobs import publish_months  # noqa: PLC0415

    count_everything(timezone.now() + timedelta(minutes=10))
    return publish_months(timezone.now())


def lines(client: Client | None = None) -> list[dict[str, str]]:
    answer = (client or Client()).get("/figures/figures.csv")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_both_downloads_say_the_same_cell_by_cell(desk: "Desk") -> None:
    cells = Client().get("/figures/figures.json").json()["cells"]
    told = lines()
    assert told
    assert [{name: str(value) for name, value in one.items()} for one in cells] == told
    assert all((one["value"] == "") is (one["withheld"] == "1") for one in told)


def test_every_number_of_the_page_is_published(city: City) -> None:
    """Nothing on the page is made of anything but the cells that are handed out."""
    from tests.desk.at_work import Desk  # noqa: PLC0415  settings must load first
    from xinqiao.people.values import PersonInput  # noqa: PLC0415
    from xinqiao.targets.models import Fact, MonthlyFigure  # noqa: PLC0415

    for number in range(4):
        Desk(city).registers(
            60, petitioners=[PersonInput(name="张伟", phone=f"1385550999{number}")]
        )
    published()
    before = Client().get("/figures/").content.decode()
    MonthlyFigure.objects.all().delete()
    Fact.objects.all().delete()
    after = Client().get("/figures/").content.decode()

    def numbers(html: str) -> list[str]:
        return [
            part.partition("</script>")[0] for part in html.split('type="application/json">')[1:]
        ]

    assert numbers(after) == numbers(before) != []


def test_what_is_all_withheld_is_said_and_not_drawn(desk: "Desk") -> None:
    """In each of these months one person wrote: there is nothing to draw, and the page says why."""
    html = Client().get("/figures/").content.decode()
    untold = html.split("没有图表", 1)[1].split("</ul>", 1)[0]
    assert "收到的信访：分地区" in untold
    assert "data-chart" not in html


def test_a_month_is_published_once_and_what_comes_later_changes_nothing(desk: "Desk") -> None:
    before = lines()
    for days in (150, 149, 99, 98):
        desk.registers(days)
    assert published() == 0
    assert lines() == before


def test_the_database_refuses_to_change_what_is_published(desk: "Desk") -> None:
    from xinqiao.targets.models import OpenCell, OpenMonth  # noqa: PLC0415  settings must load first

    assert OpenMonth.objects.exists()
    for change in (
        lambda: OpenCell.objects.update(count=9),
        lambda: OpenMonth.objects.update(region="340000"),
        lambda: OpenCell.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_running_month_and_the_one_before_its_time_are_not_published(desk: "Desk") -> None:
    today = timezone.localdate()
    for line in lines():
        year, month = map(int, line["month"].split("-"))
        end = date(year + month // 12, month % 12 + 1, 1)
        assert end + timedelta(days=20) <= today


def test_a_report_is_in_no_open_figure(city: City) -> None:
    from tests.desk.at_work import Desk  # noqa: PLC0415  settings must load first

    desk = Desk(city)
    for days in (150, 149, 148, 147, 146):
        desk.reports(days)
    published()
    assert all(line["value"] in ("", "0") for line in lines())


def test_one_person_who_wrote_often_is_not_shown(city: City) -> None:
    """Many contacts of the same person are one person."""
    from tests.desk.at_work import Desk  # noqa: PLC0415  settings must load first
    from xinqiao.intake import queries as intake  # noqa: PLC0415
    from xinqiao.matters.models import Matter  # noqa: PLC0415
    from xinqiao.people import queries as people  # noqa: PLC0415

    desk = Desk(city)
    for _ in range(5):
        desk.registers(100)
    contacts = intake.first_contacts(Matter.objects.values_list("pk", flat=True))
    same = len(set(people.keys_of_petitioners(contacts.values()).values()))
    published()
    shown = [
        line for line in lines() if line["table"] == "received" and line["value"] not in ("", "0")
    ]
    assert bool(shown) is (same >= FEWEST)


def test_it_is_described_for_catalogues(desk: "Desk") -> None:
    answer = Client().get("/figures/catalogue.json")
    assert answer["Content-Type"] == "application/ld+json"
    found = answer.json()
    data = found["dcat:dataset"]
    assert found["@type"] == "dcat:Catalog" and data["@type"] == "dcat:Dataset"
    assert (
        data["dct:publisher"]["foaf:name"] and data["dct:license"]["@id"] and data["dct:temporal"]
    )
    for one in data["dcat:distribution"]:
        address = one["dcat:downloadURL"]["@id"]
        got = Client().get(address.partition("testserver")[2])
        assert got.status_code == 200 and got["Content-Type"].startswith(one["dcat:mediaType"])


def test_they_may_be_kept_for_an_hour_and_asked_for_again_at_a_pace(desk: "Desk") -> None:
    from django.core.cache import caches  # noqa: PLC0415  settings must load first

    caches["process"].clear()
    client = Client()
    first = client.get("/figures/figures.csv")
    assert "public" in first["Cache-Control"] and "max-age=3600" in first["Cache-Control"]
    again = client.get(
        "/figures/figures.csv", headers={"If-Modified-Since": first["Last-Modified"]}
    )
    assert again.status_code == 304
    # Twice as many and more: the minute may turn over between them.
    found = [client.get("/figures/catalogue.json").status_code for _ in range(130)]
    assert set(found) == {200, 429}
    caches["process"].clear()


def test_before_anything_is_published_the_page_says_when(city: City) -> None:
    assert "还没有发布任何月份" in Client().get("/figures/").content.decode()
    assert lines() == []


def test_the_area_is_the_lowest_region_that_is_divided(city: City) -> None:
    from xinqiao.targets.open_figures.jobs import area  # noqa: PLC0415  settings must load first

    top, parts = area()
    assert top == CITY and COUNTY in parts
