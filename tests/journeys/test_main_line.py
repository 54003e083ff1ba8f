"""The main line: from a citizen's phone through five offices to the end of the three levels, in real browsers."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.walkers import PHONE, Citizen, Colleague, at_their_desks, visitor
from tests.support.accounts import ACCOUNTS

CAST = ("wangmin", "sunli", "lina", "chenbo", "wutao", "shenhao")
OPINION = {
    "claim": "请求修复电梯",
    "facts_found": "电梯停用属实，维修资金足够",
    "opinion": "由业主重新表决后维修",
    "legal_basis": "物业管理条例第五十四条",
    "result": "explained",
    "disposition": "explain",
    **ACCOUNTS,
}
APPEAL_OPINION = {"appeal_result": "upheld", "legal_basis": "信访工作条例第三十五条"}


@pytest.fixture
def gao_lan(browser: Browser, city_address: str) -> Iterator[Citizen]:
    with visitor(browser, PHONE) as page:
        yield Citizen(page, city_address)


@pytest.fixture
def office(browser: Browser, city_address: str) -> Iterator[dict[str, Colleague]]:
    """The cast, each in a browser of their own, logged in."""
    with at_their_desks(browser, city_address, CAST) as found:
        for username, one in found.items():
            one.logs_in(username)
        yield found


def submitted(gao_lan: Citizen) -> str:
    """Gao Lan submits a claim that concerns the whole city; the number on her receipt."""
    gao_lan.goes_to("/")
    gao_lan.follows(gao_lan.page.get_by_role("link", name="提交").last)
    gao_lan.answers("kind", kind="claim")
    gao_lan.answers("place", county="340800")
    gao_lan.answers("words", subject="电梯停用半年，请求修复", body="四月起停用，老人上下楼困难。")
    gao_lan.answers("category", category="housing.property")
    gao_lan.answers("files")
    gao_lan.answers("who", who="alone")
    gao_lan.answers("person", name="高兰", phone="13800001234", address="宜秀区某某镇某村")
    gao_lan.looks("check")
    gao_lan.presses()
    gao_lan.keeps_the_receipt()
    return gao_lan.number


def test_from_the_phone_to_the_end_of_the_three_levels(
    gao_lan: Citizen, office: dict[str, Colleague]
) -> None:
    number = submitted(gao_lan)
    refer(number, office)
    gao_lan.is_told("市住房和城乡建设局已受理")
    handle(number, office)
    gao_lan.is_told(OPINION["opinion"])
    rate(gao_lan)
    appeal(gao_lan, "city-government", "没有查清停用的原因")
    decide(number, office["wutao"], "review")
    gao_lan.is_told("复查维持原意见")
    appeal(gao_lan, "province-government", "复查也没有查清原因")
    decide(number, office["shenhao"], "reexamination")
    gao_lan.is_told("复核维持原意见")
    stays_concluded(gao_lan, office["wangmin"])


def refer(number: str, office: dict[str, Colleague]) -> None:
    """The clerk registers and refers; a unit objects; the office decides; another unit accepts."""
    wang_min = office["wangmin"]
    wang_min.takes(
        number,
        "register",
        kind="claim",
        region="340800",
        category="housing.property",
        path="petition",
    )
    wang_min.takes(number, "transfer", to_unit="city-labour")
    office["sunli"].takes(number, "object", reason="物业管理不属于本单位职权")
    wang_min.takes(number, "uphold_objection", reason="异议成立，另行转送")
    wang_min.takes(number, "transfer", to_unit="city-housing")
    office["lina"].takes(number, "accept", procedure="ordinary")


def handle(number: str, office: dict[str, Colleague]) -> None:
    """The officer asks for more time, the head allows it; the opinion is submitted, signed, delivered."""
    li_na, chen_bo = office["lina"], office["chenbo"]
    li_na.takes(number, "request_extension", days="15", reason="等待电梯检验结论")
    chen_bo.takes(number, "approve_extension")
    li_na.takes(number, "submit_opinion", **OPINION)
    chen_bo.takes(number, "issue_opinion")
    li_na.takes(number, "deliver_opinion", method="in_person")


def rate(gao_lan: Citizen) -> None:
    gao_lan.looks_up("/rate/")
    gao_lan.looks("rating")
    gao_lan.fills_in(
        office_rating="satisfied", unit_rating="dissatisfied", settled="no", comment="还没有修"
    )
    gao_lan.presses("main form.xq-form")
    gao_lan.reads("没有解决，接下来怎么办")


def appeal(gao_lan: Citizen, organ: str, reason: str) -> None:
    """Gao Lan goes through the door of reviews and asks the next level."""
    gao_lan.looks_up("/appeals/")
    gao_lan.looks(f"appeal to {organ}")
    gao_lan.fills_in(reason=reason, to_unit=organ)
    gao_lan.presses("main form.xq-form")
    gao_lan.reads("请求已收到")


def decide(number: str, head: Colleague, level: str) -> None:
    """The organ above signs its opinion and delivers it."""
    words = {"review": "复查维持原意见", "reexamination": "复核维持原意见"}[level]
    head.takes(number, f"issue_{level}_opinion", opinion=words, **APPEAL_OPINION)
    head.takes(number, f"deliver_{level}_opinion", method="in_person")


def stays_concluded(gao_lan: Citizen, wang_min: Colleague) -> None:
    """On the same facts nothing goes on: not for her, not for the clerk; only new facts make a new matter."""
    gao_lan.reads("已终结")
    gao_lan.goes_to(f"/appeals/{gao_lan.number}/", "appeal when concluded")
    gao_lan.reads("已经办结")
    gao_lan.reads("有新的事实，另提新的信访")
    expect(gao_lan.page.locator("main form")).to_have_count(0)
    wang_min.goes_to(f"/desk/matters/{gao_lan.number}/", "matter when concluded")
    wang_min.reads("已终结")
    for step in ("accept", "transfer", "request_review", "request_reexamination"):
        expect(wang_min.page.locator(f"a[href$='/steps/{step}/']")).to_have_count(0)
