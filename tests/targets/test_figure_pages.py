"""The pages of figures at the desk: what a leader reads, what is behind it, as of when, and what may be taken away."""

from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tests.support.city import CITY, COUNTY
from tests.support.city_database import City
from xinqiao.targets.jobs import count_everything
from xinqiao.targets.keeping import keep_figures

if TYPE_CHECKING:
    from tests.desk.at_work import Desk

BOARD = "/desk/targets/"


@pytest.fixture
def desk(city: City) -> "Desk":
    """Three letters of housing, one of them accepted, all counted and kept by month."""
    from tests.desk.at_work import Desk  # noqa: PLC0415  settings must load first

    made = Desk(city)
    made.accepts()
    made.refers(40)
    made.registers(70)
    count_everything(timezone.now())
    keep_figures(timezone.now())
    return made


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return answer.content.decode()


def month(**back: Any) -> str:
    return f"{timezone.localdate() - timedelta(**back):%Y-%m}"


def test_the_head_of_the_office_sees_the_whole_city(desk: "Desk") -> None:
    html = text(desk.log_in("zhaogang"), BOARD)
    assert "信访总量" in html and "安庆市" in html and "按期答复率" in html
    assert "宜秀区" in html, "the counties stand below"


def test_the_first_page_says_in_short_what_stands_and_what_is_overdue(desk: "Desk") -> None:
    """The letter that nobody accepted in fifteen days is named, and leads to itself."""
    client = desk.log_in("zhaogang")
    parts = text(client, BOARD).split('class="xq-short"')[1].split("</section>")[0]
    assert "到期未受理" in parts and "尚未设定" in parts and "没有提示" in parts
    past = text(client, f"{BOARD}?as_of={timezone.localdate() - timedelta(days=2)}")
    assert "到期未办" in past and "尚未设定" not in past, "targets are those of today"


def test_places_below_have_a_rank_among_their_size(desk: "Desk") -> None:
    from xinqiao.targets.models import MonthlyFigure  # noqa: PLC0415  settings must load first

    march = {"month": date(timezone.localdate().year - 1, 3, 1), "as_of": timezone.now()}
    kept = [MonthlyFigure(counts=0, **march)]  # the month was made
    for code in (COUNTY, "340825"):
        kept.append(MonthlyFigure(scale="region", place=code, indicator="total", counts=9, **march))
    MonthlyFigure.objects.bulk_create(kept)
    html = text(desk.log_in("zhaogang"), BOARD)
    assert "第2位，共2个（小规模组）" in html, "fewer is better, and the other county has none"


def test_a_unit_sees_its_own_figures_and_asks_in_vain_for_others(desk: "Desk") -> None:
    lina = desk.log_in("lina")
    assert "市住房和城乡建设局" in text(lina, BOARD)
    text(lina, f"{BOARD}?place=region:{CITY}", 404)
    text(lina, f"{BOARD}?place=unit:city-labour", 404)
    text(lina, f"{BOARD}indicators/total/?place=unit:city-labour", 404)
    text(lina, f"{BOARD}indicators/total/behind/?place=unit:city-labour", 404)
    text(lina, f"{BOARD}month-sheets/?place=region:{CITY}", 404)


@pytest.mark.parametrize(
    "typed",
    ["place=", "place=region", "span=2026-13", "span=1999", "span=x&as_of=y", "as_of=0001-01-01", "as_of=9999-12-31",
     "span=2099", "show=nothing&down=2", "span=２０２６", "as_of=2026-02-30"],
)  # fmt: skip
def test_nothing_that_is_typed_breaks_a_page(desk: "Desk", typed: str) -> None:
    client = desk.log_in("zhaogang")
    for address in (BOARD, f"{BOARD}indicators/total/", f"{BOARD}indicators/total/behind/"):
        status = client.get(f"{address}?{typed}").status_code
        assert status == (404 if typed == "place=region" else 200), (address, typed)


def test_an_indicator_that_is_none_is_not_found(desk: "Desk") -> None:
    text(desk.log_in("zhaogang"), f"{BOARD}indicators/nothing/", 404)


def test_a_number_opens_to_the_very_contacts_behind_it(desk: "Desk") -> None:
    client = desk.log_in("zhaogang")
    span = f"span={timezone.localdate().year}"
    html = text(client, f"{BOARD}indicators/on_time_acceptance/behind/?{span}")
    board = text(client, f"{BOARD}indicators/on_time_acceptance/?{span}")
    assert "/desk/matters/" in html
    assert "/behind/" in board


def test_as_of_a_past_day_the_same_is_printed_again(desk: "Desk") -> None:
    """What came in since changes nothing of it."""
    client = desk.log_in("zhaogang")
    address = f"{BOARD}export/?as_of={timezone.localdate() - timedelta(days=10)}"
    before = sheet(client.get(address))
    desk.registers(3)
    desk.refers(5)
    count_everything(timezone.now())
    assert sheet(client.get(address)) == before
    assert before[1][0] == "安庆市"


def sheet(answer: Any, number: int = 0) -> list[list[Any]]:
    assert answer.status_code == 200
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    return book.get_sheet_by_index(number).to_python()


def test_kept_figures_and_those_counted_anew_are_the_same(desk: "Desk") -> None:
    from xinqiao.targets.models import MonthlyFigure  # noqa: PLC0415  settings must load first

    client = desk.log_in("zhaogang")
    kept = sheet(client.get(f"{BOARD}export/"))
    MonthlyFigure.objects.all().delete()
    counted = sheet(client.get(f"{BOARD}export/"))

    def adding(rows: list[list[Any]]) -> list[list[Any]]:
        """Without what is that of the last month, and without the year before, of which nothing was made."""
        return [row[:6] for row in rows if "存量" not in str(row[1]) and "天数" not in str(row[1])]

    assert adding(kept) == adding(counted)


def test_the_first_page_asks_a_bounded_number_of_questions(desk: "Desk") -> None:
    client = desk.log_in("zhaogang")
    client.get(BOARD)
    with CaptureQueriesContext(connection) as first:
        client.get(BOARD)
    for _ in range(4):
        desk.refers(20)
    count_everything(timezone.now())
    keep_figures(timezone.now())
    with CaptureQueriesContext(connection) as second:
        client.get(BOARD)
    assert max(len(first), len(second)) <= 16


def test_the_month_sheet_sums_up(desk: "Desk") -> None:
    """Every sum is a formula, and its value is the sum of the lines above it."""
    answer = desk.log_in("zhaogang").get(f"{BOARD}month-sheets/?span={month(days=70)}")
    raw = b"".join(answer.streaming_content)
    book = CalamineWorkbook.from_filelike(BytesIO(raw))
    assert len(book.sheet_names) == 7
    for name in book.sheet_names[:3]:
        rows = [row for row in book.get_sheet_by_name(name).to_python() if row[0] != ""]
        head = next(number for number, row in enumerate(rows) if row[1] == "信访件")
        *lines, total = rows[head + 1 :]
        assert total[1] == sum(line[1] for line in lines) == 1, name
    assert _formulas(raw, 0)[0].startswith("SUM(")


def _formulas(raw: bytes, number: int) -> list[str]:
    import re  # noqa: PLC0415
    from zipfile import ZipFile  # noqa: PLC0415

    page = ZipFile(BytesIO(raw)).read(f"xl/worksheets/sheet{number + 1}.xml").decode()
    return re.findall(r"<f>(.*?)</f>", page)


def test_what_is_taken_away_is_written_down(desk: "Desk") -> None:
    from xinqiao.audit.models import AuditEntry  # noqa: PLC0415  settings must load first

    client = desk.log_in("zhaogang")
    before = AuditEntry.objects.count()
    for address in ("export/", "month-sheets/", "indicators/total/behind/export/"):
        assert client.get(f"{BOARD}{address}").status_code == 200
    assert AuditEntry.objects.count() >= before + 3


def test_a_report_is_behind_no_figure(desk: "Desk") -> None:
    client = desk.log_in("zhaogang")
    span = f"span={timezone.localdate().year}"
    before = text(client, f"{BOARD}indicators/total/behind/?{span}").count("data-row")
    desk.reports(4)
    count_everything(timezone.now())
    assert text(client, f"{BOARD}indicators/total/behind/?{span}").count("data-row") == before


def test_the_county_is_reached_by_going_down(desk: "Desk") -> None:
    html = text(desk.log_in("zhaogang"), f"{BOARD}?place=region:{COUNTY}")
    assert "某某镇" in html and "安庆市" in html
