"""The page of answers alike: for who supervises, of units, with a way to have a perfunctory one called so."""

from django.urls import reverse
from django.utils import timezone

from tests.desk.at_work import Desk
from tests.desk.test_steps import address
from tests.insight.answering import FULL, replies
from xinqiao.insight.answers.jobs import file_all_answers

PAGE = reverse("desk:answers_alike")


def test_wang_min_finds_the_copies_and_calls_one_perfunctory(desk: Desk) -> None:
    first = replies(desk, f"<b>{FULL}", 20, subject="2号楼电梯")
    second = replies(desk, f"<b>{FULL}", 10, subject="5号楼<电梯>")
    file_all_answers(timezone.now())
    wang_min = desk.log_in("wangmin")
    html = wang_min.get(PAGE).content.decode()
    assert "2件事项的答复基本为以下内容" in html
    assert first.number in html and second.number in html and "5号楼&lt;电梯&gt;" in html
    assert "&lt;b&gt;经现场核查" in html
    assert "市住房和城乡建设局" in html and "李娜" not in html, "of units, never of officers"
    mark = address(second.number, "mark_perfunctory")
    assert f'href="{mark}"' in html
    matter = f"/desk/matters/{second.number}/"
    assert "与另外1件事项的答复几乎逐字相同" in wang_min.get(matter).content.decode()
    assert "逐字相同" not in desk.log_in("lina").get(matter).content.decode()
    asked = wang_min.get(mark).content.decode()
    assert "<dd>0天</dd>" in asked, "answered on the day on which it came, ten days ago"
    assert first.number in asked, "and there the facts of the answer stand beside it"
    assert 'href="/desk/supervision/alike/"' in wang_min.get("/desk/supervision/").content.decode()


def test_months_and_unit_narrow_it(desk: Desk) -> None:
    replies(desk, FULL, 150), replies(desk, FULL, 140)
    file_all_answers(timezone.now())
    zhao_gang = desk.log_in("zhaogang")
    assert "2件事项" in zhao_gang.get(PAGE).content.decode()
    assert "没有雷同的答复" in zhao_gang.get(PAGE, {"months": "3"}).content.decode()
    assert "2件事项" in zhao_gang.get(PAGE, {"months": "99", "unit": "nowhere"}).content.decode()
    assert "2件事项" in zhao_gang.get(PAGE, {"unit": "city-housing"}).content.decode()
    assert "没有雷同的答复" in zhao_gang.get(PAGE, {"unit": "city-labour"}).content.decode()
    assert "没有雷同的答复" in zhao_gang.get(PAGE, {"page": "9"}).content.decode()


def test_it_is_for_who_supervises_and_within_their_territory(desk: Desk) -> None:
    replies(desk, FULL, 20), replies(desk, FULL, 10)
    file_all_answers(timezone.now())
    for name in ("lina", "chenbo", "sunli", "malin"):
        assert desk.log_in(name).get(PAGE).status_code == 403, name
        assert "/supervision/alike/" not in desk.log_in(name).get("/desk/work/").content.decode()
    county = desk.log_in("dingxia").get(PAGE).content.decode()
    assert "2件事项" in county, "both lie in the county"
    english = desk.log_in("zhaogang")
    english.cookies["django_language"] = "en"
    assert "2 matters have nearly this answer" in english.get(PAGE).content.decode()
