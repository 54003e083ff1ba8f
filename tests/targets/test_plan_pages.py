"""The pages of the plan: setting and parting by form, signing, appealing with a file, closing, tables."""

import json
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tests.desk.at_work import Desk
from tests.evidence import samples
from tests.targets.planning import CITY, HOUSING, LABOUR, LAST, OFFICE, TAIHU, THIS, YIXIU, Plan
from xinqiao.rules.targets import Key
from xinqiao.targets.forecast.jobs import make_forecasts
from xinqiao.targets.forecast.values import month_after
from xinqiao.targets.models import MonthlyFigure
from xinqiao.targets.plans import queries
from xinqiao.targets.plans.actions import letters, setting

ROOT = "/desk/targets/plans/"


@pytest.fixture
def desk(plan: Plan) -> Desk:
    return Desk(plan.city)


def html(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def cells(answer: Any) -> list[list[Any]]:
    content = b"".join(answer.streaming_content)
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def test_zhao_gang_sets_and_parts_a_target(plan: Plan, desk: Desk) -> None:
    zhao_gang = desk.log_in("zhaogang")
    assert "还没有" in html(zhao_gang, ROOT) or "没有目标" in html(zhao_gang, ROOT)
    form = {"office": OFFICE, "year": THIS, "place": "region:340800", "indicator": "total", "aim": "change",
            "amount": "-10", "reason": "市委要求"}  # fmt: skip
    answer = zhao_gang.post(f"{ROOT}new/", form)
    assert answer.status_code == 302
    page = html(zhao_gang, answer["Location"])
    assert "360 (-10%)" in page or "360（-10%）" in page
    assert 'name="region:340811" value="117"' in page
    parts = {
        "key": "last_year",
        "among": "region",
        "region:340811": "117",
        "region:340825": "108",
        "region:340800": "130",
    }
    wrong = zhao_gang.post(answer["Location"], parts)
    assert wrong.status_code == 409
    assert "相差-5" in wrong.content.decode()
    checked = zhao_gang.post(answer["Location"], parts | {"check": "1"}).content.decode()
    assert "355" in checked
    assert zhao_gang.post(answer["Location"], parts | {"region:340800": "135"}).status_code == 302
    assert "宜秀区" in html(zhao_gang, ROOT)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"amount": "many"}, "最多两位小数"),
        ({"amount": "12.5"}, "整数"),
        ({"amount": "-1"}, "目标值应在"),
        ({"place": "region:350000"}, "列表"),
        ({"year": "99999"}, "2100"),
        ({"indicator": "stops"}, "stops"),
        ({"amount": ""}, "请填写"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_typed_is_lost(
    plan: Plan, desk: Desk, change: dict[str, str], said: str
) -> None:
    form = {"office": OFFICE, "year": str(THIS), "place": "unit:city-housing", "indicator": "total",
            "aim": "absolute", "amount": "100", "reason": "保持下降"} | change  # fmt: skip
    answer = desk.log_in("zhaogang").post(f"{ROOT}new/", form)
    assert answer.status_code in (409, 422)
    page = answer.content.decode()
    assert said in page
    assert "保持下降" in page
    assert queries.years() == []


def test_nobody_else_sets_parts_or_withdraws(plan: Plan, desk: Desk) -> None:
    made = plan.sets(CITY, 360)
    for username in ("wangmin", "wutao"):
        other = desk.log_in(username)
        assert other.get(f"{ROOT}new/").status_code == 403
        assert other.get(f"{ROOT}population/").status_code == 403
        assert other.post(f"{ROOT}targets/{made}/", {"key": "equal"}).status_code == 403
        assert other.post(f"{ROOT}targets/{made}/withdraw/").status_code == 403
        assert "分解" not in html(other, f"{ROOT}targets/{made}/").split("<main", 1)[1]
    for username in ("chenbo", "dingxia"):
        assert desk.log_in(username).get(f"{ROOT}targets/{made}/").status_code == 404
    assert desk.log_in("malin").get(ROOT).status_code == 403
    assert Client().get(ROOT).status_code == 302


def test_ding_xia_sees_her_part_and_no_link_to_the_target_of_the_city(
    plan: Plan, desk: Desk
) -> None:
    made = plan.sets(CITY, 360)
    plan.does(setting.part, made, Key.LAST_YEAR, {YIXIU: 117, TAIHU: 108, CITY: 135})
    link = f"{ROOT}targets/{made}/"
    hers = html(desk.log_in("dingxia"), ROOT)
    assert "117" in hers
    assert "上级目标分解" in hers
    assert link not in hers
    assert link in html(desk.log_in("wangmin"), ROOT)


def test_units_below_by_a_key_without_population(plan: Plan, desk: Desk) -> None:
    made = plan.sets(CITY, 360)
    zhao_gang = desk.log_in("zhaogang")
    page = html(zhao_gang, f"{ROOT}targets/{made}/?key=population&among=region")
    assert "没有人口数" in page
    equal = html(zhao_gang, f"{ROOT}targets/{made}/?key=equal&among=unit")
    assert "市住房和城乡建设局" in equal
    html(zhao_gang, f"{ROOT}targets/{made}/?key=nonsense&among=nowhere")


def test_withdrawn_after_a_second_look(plan: Plan, desk: Desk) -> None:
    made = plan.sets(CITY, 360)
    zhao_gang = desk.log_in("zhaogang")
    html(zhao_gang, f"{ROOT}targets/{made}/withdraw/")
    assert zhao_gang.post(f"{ROOT}targets/{made}/withdraw/").status_code == 302
    html(zhao_gang, f"{ROOT}targets/{made}/", 404)


def test_a_letter_from_the_office_to_the_signature(plan: Plan, desk: Desk) -> None:
    plan.sets(HOUSING, 100)
    zhao_gang, chen_bo = desk.log_in("zhaogang"), desk.log_in("chenbo")
    asked = {"office": OFFICE, "unit": "city-housing"}
    refused = zhao_gang.post(f"{ROOT}letters/issue/?year={THIS}", asked, follow=True)
    assert "没有登记第一责任人" in refused.content.decode()
    plan.names_who_answers()
    address = zhao_gang.post(f"{ROOT}letters/issue/?year={THIS}", asked)["Location"]
    paper = html(chen_bo, address)
    for words in ("责任书", "陈波", "李娜", "物业管理", "信访总量"):
        assert words in paper
    assert desk.log_in("lina").post(address).status_code == 403
    assert chen_bo.post(f"{ROOT}letters/issue/?year={THIS}", asked).status_code == 403
    assert desk.log_in("sunli").get(address).status_code == 404
    assert chen_bo.post(address).status_code == 302
    assert "陈波" in html(zhao_gang, f"{ROOT}letters/?year={THIS}")
    rows = cells(zhao_gang.get(f"{ROOT}letters/export/?year={THIS}"))
    assert rows[1][0] == "市住房和城乡建设局"
    plan.sets(HOUSING, 90)
    assert "重新下发" in html(zhao_gang, f"{ROOT}letters/?year={THIS}")


@pytest.fixture
def assessed(plan: Plan) -> Plan:
    for place in (HOUSING, LABOUR):
        plan.sets(place, 100, year=LAST)
        plan.sets(place, 9500, indicator="on_time_answer", year=LAST)
    plan.assesses()
    return plan


def test_points_are_derived_appealed_with_a_paper_and_answered(assessed: Plan, desk: Desk) -> None:
    chen_bo, zhao_gang = desk.log_in("chenbo"), desk.log_in("zhaogang")
    score = assessed.score().id
    page = html(chen_bo, f"{ROOT}scores/{score}/")
    assert "距目标差8%" in page
    assert "请核对数字是否反映实际工作" in page
    empty = chen_bo.post(f"{ROOT}scores/{score}/appeal/", {"reason": " "})
    assert empty.status_code == 422
    paper = BytesIO(samples.picture())
    paper.name = "核对表.jpg"
    sent = chen_bo.post(
        f"{ROOT}scores/{score}/appeal/", {"reason": "5件不属于本局。", "files": paper}
    )
    assert sent.status_code == 302
    page = html(zhao_gang, f"{ROOT}scores/{score}/")
    assert "核对表" in page
    file = page.split(f"{ROOT}scores/{score}/files/", 1)[1].split("/", 1)[0]
    assert zhao_gang.get(f"{ROOT}scores/{score}/files/{file}/").status_code == 200
    assert desk.log_in("sunli").get(f"{ROOT}scores/{score}/files/{file}/").status_code == 404
    assert zhao_gang.get(f"{ROOT}scores/{score}/files/999999/").status_code == 404
    for username in ("chenbo", "wangmin"):
        assert desk.log_in(username).get(f"{ROOT}scores/{score}/answer/").status_code == 403
    wrong = zhao_gang.post(f"{ROOT}scores/{score}/answer/", {"points": "11", "reason": "采纳。"})
    assert wrong.status_code == 409
    assert (
        zhao_gang.post(
            f"{ROOT}scores/{score}/answer/", {"points": "9.25", "reason": "部分采纳。"}
        ).status_code
        == 302
    )
    assert "8.00" in html(chen_bo, f"{ROOT}scores/{score}/")
    assert assessed.score().points == 925


def test_ranks_show_ones_own_place_to_a_department_and_all_to_the_office(
    assessed: Plan, desk: Desk
) -> None:
    mine = html(desk.log_in("chenbo"), f"{ROOT}scores/?year={LAST}")
    assert "市住房和城乡建设局" in mine.split("<main", 1)[1]
    assert "市人力资源和社会保障局" not in mine.split("<main", 1)[1]
    assert "/ 2" in mine
    all_ = html(desk.log_in("zhaogang"), f"{ROOT}scores/?year={LAST}")
    assert "市人力资源和社会保障局" in all_
    rows = cells(desk.log_in("zhaogang").get(f"{ROOT}scores/export/?year={LAST}"))
    assert len(rows) == 5
    assert (
        desk.log_in("chenbo")
        .post(f"{ROOT}scores/assess/?year={LAST}", {"office": OFFICE})
        .status_code
        == 403
    )


def test_assessing_and_closing_by_the_page(plan: Plan, desk: Desk) -> None:
    plan.sets(HOUSING, 100, year=LAST)
    zhao_gang = desk.log_in("zhaogang")
    early = zhao_gang.post(f"{ROOT}close/do/?year={LAST}", {"office": OFFICE}, follow=True)
    assert "尚未考核" in early.content.decode()
    zhao_gang.post(f"{ROOT}scores/assess/?year={LAST}", {"office": OFFICE})
    zhao_gang.post(f"{ROOT}close/do/?year={LAST}", {"office": OFFICE})
    page = html(zhao_gang, f"{ROOT}close/?year={LAST}")
    assert "逐字节一致" in page
    (line,) = queries.closed(plan.person("zhaogang"), LAST)
    said = zhao_gang.get(f"{ROOT}close/{line.id}/")
    assert json.loads(said.content)["year"] == LAST
    assert said.content.decode() == line.document
    assert desk.log_in("chenbo").get(f"{ROOT}close/{line.id}/").status_code == 404
    assert (
        desk.log_in("chenbo").post(f"{ROOT}close/do/?year={LAST}", {"office": OFFICE}).status_code
        == 403
    )


def test_key_management_says_when_a_limit_is_expected_to_be_passed(plan: Plan, desk: Desk) -> None:
    """Four groups a month from one county: its year passes eight. Nothing is forecast of the other."""
    now, this_month = timezone.now(), timezone.localdate().replace(day=1)
    MonthlyFigure.objects.bulk_create(
        MonthlyFigure(
            scale="region", place=YIXIU.code, month=month_after(this_month, -back), counts=4, as_of=now,
            indicator="provincial_group_visits",
        )
        for back in range(1, 37)
    )  # fmt: skip
    make_forecasts(now)
    zhao_gang = desk.log_in("zhaogang")
    page = html(zhao_gang, f"{ROOT}key-management/")
    assert "预计突破（可能性）" in page
    assert "（99%以上）" in page
    rows = cells(zhao_gang.get(f"{ROOT}key-management/export/"))
    told = {row[0]: row[7] for row in rows if "赴省集体访" in str(row[3])}
    assert told["太湖县"] == "" and "%" in told["宜秀区"]


def test_key_management_and_population(plan: Plan, desk: Desk) -> None:
    zhao_gang = desk.log_in("zhaogang")
    plan.figures.of(THIS, {(YIXIU, "total"): 30, (TAIHU, "total"): 3})
    form = {
        "office": OFFICE,
        "region": "340811",
        "year": THIS,
        "people": "20,000",
        "source": "统计公报",
    }
    assert zhao_gang.post(f"{ROOT}population/", form | {"people": "0"}).status_code == 409
    assert zhao_gang.post(f"{ROOT}population/", form).status_code == 302
    page = html(zhao_gang, f"{ROOT}key-management/")
    assert "超出3" in page
    rows = cells(zhao_gang.get(f"{ROOT}key-management/export/"))
    assert [row[8] for row in rows[1:4]] == ["是", "否", "否"]
    assert (
        "宜秀区" not in html(desk.log_in("chenbo"), f"{ROOT}key-management/").split("<main", 1)[1]
    )


def test_the_list_as_a_table(plan: Plan, desk: Desk) -> None:
    made = plan.sets(CITY, 360)
    plan.does(setting.part, made, Key.EQUAL, {YIXIU: 180, TAIHU: 180})
    rows = cells(desk.log_in("zhaogang").get(f"{ROOT}export/?year={THIS}"))
    assert [row[0] for row in rows[1:]] == ["安庆市", "宜秀区", "太湖县"]
    assert [row[4] for row in rows[1:]] == ["360", "180", "180"]


def test_english_pages_have_no_chinese_sentences(assessed: Plan, desk: Desk) -> None:
    zhao_gang = desk.log_in("zhaogang")
    zhao_gang.cookies["django_language"] = "en"
    page = html(zhao_gang, f"{ROOT}scores/{assessed.score().id}/")
    assert "8% away from the target" in page
    assert "距目标" not in page


def test_two_letters_of_the_same_words_are_one(assessed: Plan, desk: Desk) -> None:
    assessed.sets(HOUSING, 100)
    assessed.names_who_answers()
    made = assessed.issues()
    assessed.does(letters.sign, made, by="chenbo")
    again = desk.log_in("zhaogang").post(
        f"{ROOT}letters/issue/?year={THIS}", {"office": OFFICE, "unit": "city-housing"}, follow=True
    )
    assert "没有变化" in again.content.decode()
