"""Deciding with the public: Gao Lan says what she thinks on her phone and suggests something; Li Na answers by kind,
Chen Bo concludes, and everybody reads why.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.walkers import DESK, PHONE, Citizen, Colleague, visitor
from tests.support.platform import new_home, runs, served

#: Prints the numbers of a decision that is open, of one whose days are over, and of a call.
FOUND = """
from xinqiao.cli.django import setup
setup()
from xinqiao.config.founding import prepare_database
from tests.support.city_database import load_city
prepare_database()
city = load_city()
from tests.public_decisions.stories import Council
council = Council(city)
council.in_force(60)
over = council.asks(40)
for words in ("一楼不用电梯，不应当分摊。", "低楼层分摊太多。", "施工噪声怎么办？"):
    council.says(over, words, 20)
council.finds(over, 15)
print(council.asks(10), over, council.calls_for())
"""


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """The address of a platform on which the city has decided before, and the numbers."""
    home = new_home(tmp_path_factory, "council")
    made = runs(home, FOUND)
    with served(home) as address:
        yield address, made.split()


def test_a_citizen_takes_part_officers_answer_and_everybody_reads_why(
    browser: Browser, council: tuple[str, list[str]]
) -> None:
    address, (asked, over, call) = council
    with visitor(browser, PHONE, has_touch=True) as phone, visitor(browser, DESK) as desk:
        gao_lan = Citizen(phone, address)
        says_what_she_thinks(gao_lan, asked)
        suggests(gao_lan, call)
        li_na = Colleague(desk, address, {"work"})
        li_na.comes_in("lina")
        answers_by_kind(li_na, over)
        submits(li_na, over)
        with visitor(browser, DESK) as other:
            chen_bo = Colleague(other, address, {"work"})
            chen_bo.comes_in("chenbo")
            chen_bo.goes_to(f"/desk/decisions/{over}/do/approve/", "approve")
            chen_bo.presses()
            chen_bo.reads("已有结论")
        gao_lan.goes_to(f"/decisions/{over}/?opinion=2", "decision concluded")
        gao_lan.reads("暂缓实施")
        gao_lan.reads("一层不分摊。")
        phone.context.clear_cookies()
        gao_lan.goes_to("/decisions/", "decisions")


def says_what_she_thinks(gao_lan: Citizen, number: str) -> None:
    gao_lan.goes_to("/", "home with what is asked")
    gao_lan.goes_to(f"/decisions/{number}/", "decision open")
    gao_lan.follows(gao_lan.page.get_by_role("link", name="我要提意见"))
    gao_lan.answers("stance", stance="change", role="owner")
    gao_lan.answers("opinion words", words="一楼不用电梯，希望不分摊。")
    gao_lan.looks("opinion check")
    gao_lan.presses()
    gao_lan.looks("opinion sent")
    gao_lan.reads("感谢参与，意见已收到")


def suggests(gao_lan: Citizen, call: str) -> None:
    gao_lan.goes_to(f"/decisions/calls/{call}/", "call")
    gao_lan.follows(gao_lan.page.get_by_role("link", name="我要提建议"))
    gao_lan.answers("suggestion words", subject="公交站加座椅", body="老人站不住。")
    gao_lan.answers("suggestion who", name="高兰", phone="13800001234")
    gao_lan.looks("suggestion check")
    gao_lan.presses()
    gao_lan.keeps_the_receipt()
    assert gao_lan.number and gao_lan.code


def answers_by_kind(li_na: Colleague, number: str) -> None:
    """Closes opinions, puts those on low floors under one answer, and the rest under another."""
    at = f"/desk/decisions/{number}/"
    li_na.goes_to("/desk/decisions/", "decisions")
    li_na.goes_to(f"{at}do/close_opinions/", "close")
    li_na.presses()
    for title, words, heed in (
        ("楼层分摊", "一层不分摊。", "taken_up"),
        ("施工", "夜间不施工。", "explained"),
    ):
        li_na.goes_to(f"{at}answers/new/", "answer")
        li_na.fills_in(title=title, words=words, heed=heed)
        li_na.presses()
    puts_under(li_na, f"{at}opinions/?words=分摊", "楼层分摊")
    puts_under(li_na, f"{at}opinions/?answer=0", "施工")
    li_na.goes_to(at, "decision weighed")


def puts_under(li_na: Colleague, path: str, title: str) -> None:
    li_na.goes_to(path, "opinions")
    li_na.page.get_by_label("归入答复").select_option(label=title)
    li_na.follows(li_na.page.get_by_role("button", name="列表中的全部"))
    li_na.reads("已归入")


def submits(li_na: Colleague, number: str) -> None:
    li_na.goes_to(f"/desk/decisions/{number}/do/submit/", "submit")
    li_na.fills_in(conclusion="wait", words="资金还没有落实，暂缓。")
    li_na.presses()
    li_na.reads("待审批")
