"""A dispute found by screening: called for, found, handed over, refused, decided, mediated to a paper; and one that
becomes a matter. Everybody at their own desk, on pages alone."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.walkers import Colleague, at_their_desks
from xinqiao.rules.entries import SHANGHAI

STAFF = ("dingxia", "qianyu", "lina", "wutao")
NOW = datetime.now(SHANGHAI)
TODAY, LATER = NOW.date().isoformat(), (NOW + timedelta(days=30)).date().isoformat()
FOUND = {
    "subject": "电梯停运，维修费用有争议", "region": "340811101", "place": "某某小区3号楼",
    "category": "城乡建设 / 物业管理", "households": "40", "people": "90", "remedy": "启用维修资金",
}  # fmt: skip


@pytest.fixture
def office(browser: Browser, city_address: str) -> Iterator[dict[str, Colleague]]:
    """The cast, each in a browser of their own, logged in."""
    with at_their_desks(browser, city_address, STAFF) as found:
        for username, one in found.items():
            one.comes_in(username)
        yield found


def ticks(somebody: Colleague, name: str, *values: str) -> None:
    for value in values:
        somebody.page.locator(f"main [name='{name}'][value='{value}']").check()


def here(somebody: Colleague) -> str:
    """The address of the page that is open, without the platform's."""
    return somebody.page.url.removeprefix(somebody.address)


def does(somebody: Colleague, address: str, step: str, /, **typed: str) -> None:
    """Takes a step from the page of a dispute or a mediation."""
    somebody.goes_to(f"{address}steps/{step}/", f"step {step}")
    choices = {name: typed.pop(name) for name in list(typed) if typed[name].startswith("=")}
    somebody.fills_in(**typed)
    for name, value in choices.items():
        ticks(somebody, name, value[1:])
    somebody.presses()


def enters(somebody: Colleague, address: str) -> str:
    """Enters a dispute; the address of its page."""
    somebody.goes_to(address, "new dispute")
    somebody.fills_in(**FOUND)
    ticks(somebody, "roles", "owners", "property_manager")
    ticks(somebody, "yes", "long_unanswered")
    somebody.presses()
    somebody.looks("dispute")
    return here(somebody)


def test_found_handed_over_mediated(office: dict[str, Colleague]) -> None:
    ding_xia, qian_yu, li_na, wu_tao = (office[name] for name in STAFF)

    ding_xia.goes_to("/desk/disputes/rounds/new/", "new round")
    ding_xia.fills_in(title="春季物业纠纷排查", last_day=LATER)
    ticks(ding_xia, "parts", "county-housing|340811")
    ding_xia.page.locator("[name='parts'][value='town|340811101']").uncheck()
    ding_xia.presses()
    ding_xia.looks("round")
    the_round = here(ding_xia)

    qian_yu.goes_to("/desk/disputes/rounds/", "rounds")
    qian_yu.follows(qian_yu.page.locator(".xq-parts a").first)
    qian_yu.looks("part")
    part = here(qian_yu)
    dispute = enters(qian_yu, f"/desk/disputes/new/?part={part.rstrip('/').rpartition('/')[2]}")
    qian_yu.reads("较大")
    qian_yu.reads("涉及50人以上")
    qian_yu.goes_to(part)
    qian_yu.fills_in(looked="走访了两个小区")
    ticks(qian_yu, "nothing", "no")
    qian_yu.presses()
    ding_xia.goes_to(the_round)
    ding_xia.page.get_by_role("button", name="结束排查").click()
    expect(ding_xia.page.locator("main")).to_contain_text("已结束")

    does(qian_yu, dispute, "hand_over", to_unit="city-housing")
    li_na.goes_to("/desk/disputes/?list=mine", "register")
    li_na.follows(li_na.page.locator("main tbody a").first)
    does(li_na, dispute, "refuse", reason="属于区住建局职责")
    does(wu_tao, dispute, "decide", to_unit="city-housing", reason="由市住建局牵头")
    does(li_na, dispute, "acknowledge", settle_by=LATER)

    li_na.goes_to(f"{dispute}mediation/", "ask for mediation")
    ticks(li_na, "mediation_kind", "peoples")
    ticks(li_na, "asked_by", "both")
    li_na.fills_in(mediation_about="维修费用由谁承担")
    li_na.presses()
    mediation = here(li_na)
    li_na.looks("mediation")
    for side in ("=side_a", "=side_b"):
        does(li_na, mediation, "consent", side=side, consents="=yes", consent_on=TODAY)
    declared = dict.fromkeys(("is_side", "has_stake", "acted_before", "is_kin"), "=no")
    does(
        li_na,
        mediation,
        "name_mediator",
        outside_office="peoples_committee",
        office_name="调委会",
        **declared,
    )
    does(li_na, mediation, "begin")
    does(li_na, mediation, "hold_session", session_on=TODAY, place="社区", record="双方说明了理由")
    does(li_na, mediation, "settle", agreement="费用各半，十五日内修复", carry_out_by=LATER)
    li_na.goes_to(f"{mediation}paper/", "paper")
    li_na.reads("费用各半，十五日内修复")
    li_na.goes_to("/desk/mediations/", "mediations")
    ding_xia.goes_to(dispute)
    ding_xia.reads("已化解")

    ding_xia.goes_to("/desk/disputes/map/", "map")
    ding_xia.follows(ding_xia.page.locator(".xq-tile").first)
    ding_xia.reads("电梯停运，维修费用有争议")


def test_a_dispute_becomes_a_matter(office: dict[str, Colleague]) -> None:
    qian_yu = office["qianyu"]
    dispute = enters(qian_yu, "/desk/disputes/new/")
    qian_yu.goes_to(f"{dispute}matter/", "becomes a matter")
    qian_yu.fills_in(name="高兰", phone="13800001234")
    qian_yu.presses()
    qian_yu.reads("查询码")
    qian_yu.goes_to(dispute)
    qian_yu.reads("转为信访事项")
    qian_yu.follows(qian_yu.page.locator(".xq-head a.xq-number"))
    expect(qian_yu.page.locator("#disputes-title")).to_be_visible()
