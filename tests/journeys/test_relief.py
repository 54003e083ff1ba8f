"""Help in hardship, by the people who give it: the head opens the fund, the officer asks, the office checks, approves
and pays with proof, the books are right, and Gao Lan reads of it; nobody asked her for anything in return."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.evidence import samples
from tests.journeys.walkers import PHONE, Citizen, Colleague, at_their_desks, visitor

NEED = {
    "relief_need": "medical",
    "amount_fen": "20,000",
    "hardship": "住院费用无力承担，经村委会核实。",
    "social_relief": "no",
    "social_relief_why": "收入略高于低保标准。",
    "judicial_relief": "no",
    "judicial_relief_why": "不涉诉。",
    "insurance": "no",
    "insurance_why": "已报销，自付部分仍高。",
    "relief_office": "city-petition",
}


@pytest.fixture
def office(browser: Browser, city_address: str) -> Iterator[dict[str, Colleague]]:
    """Each in a browser of their own, logged in."""
    with at_their_desks(browser, city_address, ("wangmin", "zhaogang", "lina")) as found:
        for username, one in found.items():
            one.comes_in(username)
        yield found


def test_from_the_fund_to_the_payment(
    browser: Browser, city_address: str, office: dict[str, Colleague], tmp_path: Path
) -> None:
    wang_min, zhao_gang, li_na = office["wangmin"], office["zhaogang"], office["lina"]
    with visitor(browser, PHONE) as phone:
        gao_lan = Citizen(phone, city_address)
        gao_lan.writes_a_claim()
        gao_lan.passes |= {"receipt", "/lookup/"}
        gao_lan.presses()
        gao_lan.keeps_the_receipt()
        accepted(gao_lan.number, office)
        opens_the_fund(zhao_gang)
        request = asks(li_na, gao_lan.number)
        moves(wang_min, request, "check_relief", reason="情况属实。")
        moves(zhao_gang, request, "approve_relief", amount_fen="18000")
        pays(wang_min, request, tmp_path)
        wang_min.goes_to(f"{request}decision/", "decision")
        wang_min.reads("18,000.00")
        wang_min.reads("不附带任何条件")
        the_books_are_right(wang_min)
        gao_lan.looks_up()
        gao_lan.is_told("特殊救助已于")
        gao_lan.reads("救助不附带任何条件")


def accepted(number: str, office: dict[str, Colleague]) -> None:
    """The matter comes to the housing department; the forms of these steps are looked at on the main line."""
    for one in office.values():
        one.passes |= {"register", "transfer", "accept"}
        one.passes |= {f"matter before {step}" for step in ("register", "transfer", "accept")}
    office["wangmin"].takes(
        number, "register", kind="claim", region="340800", category="housing.property", path="petition"
    )  # fmt: skip
    office["wangmin"].takes(number, "transfer", to_unit="city-housing")
    office["lina"].takes(number, "accept", procedure="ordinary")


def opens_the_fund(zhao_gang: Colleague) -> None:
    zhao_gang.goes_to("/desk/relief/funds/", "funds when there is none")
    zhao_gang.goes_to("/desk/relief/funds/new/", "open a fund")
    zhao_gang.fills_in(fiscal="100000", document="财社〔2026〕1号")
    zhao_gang.presses()
    zhao_gang.looks("fund")
    zhao_gang.follows(zhao_gang.page.locator("a[href$='/add/']"))
    zhao_gang.looks("change the budget")
    zhao_gang.fills_in(kind="supplement", source="donated", amount="500.50", document="捐赠登记1号")
    zhao_gang.presses()
    zhao_gang.reads("100,500.50")


def asks(li_na: Colleague, number: str) -> str:
    """From the panel beside the matter; what is forgotten is told, and what was typed stays. The request's address."""
    li_na.goes_to(f"/desk/matters/{number}/", "matter before a request")
    li_na.follows(li_na.page.get_by_role("link", name="申请特殊救助"))
    li_na.looks("ask")
    li_na.reads("救助从不以息诉罢访为条件")
    li_na.fills_in(**NEED | {"hardship": ""})
    li_na.presses()
    expect(li_na.page.locator("[name=amount_fen]")).to_have_value("20,000")
    li_na.looks("ask, once more")
    li_na.fills_in(**NEED)
    li_na.presses()
    li_na.looks("request")
    li_na.reads("待审批")
    return li_na.page.url.removeprefix(li_na.address)


def moves(who: Colleague, request: str, move: str, **typed: str) -> None:
    """From the list of what waits, by the button, through the form."""
    who.goes_to("/desk/relief/?list=mine", f"waiting for {move}")
    who.follows(who.page.locator(f"a[href='{request}']"))
    who.follows(who.page.locator(f"a[href$='/{move}/']"))
    who.looks(move)
    who.fills_in(**typed)
    who.presses()
    expect(who.page.locator("main .xq-note-success")).to_be_visible()


def pays(wang_min: Colleague, request: str, folder: Path) -> None:
    """Without proof it is refused; with it, it is paid, and the proof can be seen."""
    proof = folder / "签收单.jpg"
    proof.write_bytes(samples.picture())
    wang_min.goes_to(f"{request}pay_relief/", "pay")
    wang_min.presses()
    wang_min.reads("发放救助资金必须附凭证")
    wang_min.page.locator("[name=files]").set_input_files(proof)
    wang_min.presses()
    wang_min.looks("request, paid")
    wang_min.reads("签收单")


def the_books_are_right(wang_min: Colleague) -> None:
    wang_min.goes_to("/desk/relief/funds/", "funds")
    wang_min.follows(wang_min.page.locator("tbody a").first)
    wang_min.looks("books")
    wang_min.reads("82,500.50")
    wang_min.follows(wang_min.page.locator("a[href$='/print/']"))
    wang_min.looks("books for printing")
    with wang_min.page.expect_download() as taken:
        wang_min.page.goto(f"{wang_min.address}/desk/relief/")
        wang_min.page.locator("a[href*='/desk/relief/export/']").click()
    assert taken.value.suggested_filename == "救助申请.xlsx"
