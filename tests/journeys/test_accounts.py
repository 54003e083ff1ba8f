"""Who comes in, in real browsers: a key touched at log-in, a substitute at work, a citizen with her phone."""

import base64
import hmac
import re
import struct
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.walkers import DESK, PHONE, Citizen, Colleague, visitor
from tests.support.city_database import PASSWORD

FACTOR = "/desk/account/second-factor/"
TAKEN_AWAY = "() => Promise.reject(new Error('taken away'))"
VIRTUAL_KEY = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasResidentKey": False,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def here(city_address: str) -> str:
    """The platform by a name: a key is bound to a name, never to an address of digits."""
    return city_address.replace("127.0.0.1", "localhost")


def puts_in_a_key(page: Page) -> None:
    """From now on a security key is in the machine, and somebody touches it when it asks."""
    machine = page.context.new_cdp_session(page)
    machine.send("WebAuthn.enable")
    machine.send("WebAuthn.addVirtualAuthenticator", {"options": VIRTUAL_KEY})


def app_shows(secret: str) -> str:
    digest = hmac.digest(
        base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30), "sha1"
    )
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4]) & 0x7FFFFFFF) % 10**6:06}"


def test_qian_yu_sets_up_app_and_key_and_logs_in_with_the_key(browser: Browser, here: str) -> None:
    with visitor(browser, DESK) as page:
        qian_yu = Colleague(page, here)
        qian_yu.logs_in("qianyu")
        qian_yu.goes_to("/desk/account/")
        qian_yu.goes_to(FACTOR)
        qian_yu.follows(page.get_by_role("link", name="设置验证应用"))
        qian_yu.looks("who it is")
        qian_yu.fills_in(password=PASSWORD)
        qian_yu.presses()
        qian_yu.looks("app")
        qian_yu.fills_in(code=app_shows(page.locator(".xq-secret").inner_text()))
        qian_yu.presses()
        qian_yu.looks("recovery codes")
        assert page.locator(".xq-recovery li").count() == 10
        puts_in_a_key(page)
        qian_yu.goes_to(f"{FACTOR}keys/add/")
        page.get_by_role("button", name="添加", exact=True).click()
        page.wait_for_url(f"**{FACTOR}")
        qian_yu.looks("two factors")
        page.get_by_role("button", name="退出").click()
        qian_yu.fills_in(username="qianyu", password=PASSWORD)
        qian_yu.presses()
        page.wait_for_url("**/log-in/second-factor/")
        page.get_by_role("button", name="使用安全密钥").click()
        page.wait_for_url("**/desk/work/**")


def test_a_key_that_does_not_answer_is_said_in_the_page(browser: Browser, here: str) -> None:
    with visitor(browser, DESK) as page:
        he_ping = Colleague(page, here)
        he_ping.logs_in("heping")
        he_ping.goes_to(f"{FACTOR}keys/add/", "who it is, again")
        he_ping.fills_in(password=PASSWORD)
        he_ping.presses()
        page.evaluate(f"() => {{ navigator.credentials.create = {TAKEN_AWAY} }}")
        page.get_by_role("button", name="添加", exact=True).click()
        expect(page.locator("[data-key-failed]")).to_contain_text("密钥没有响应")


def test_a_substitute_signs_for_the_head_who_is_away(browser: Browser, here: str) -> None:
    """Chen Bo names Li Na for today; she signs what only a head signs, and the ledger says for whom."""
    with (
        visitor(browser, DESK) as his,
        visitor(browser, DESK) as hers,
        visitor(browser, DESK) as office,
    ):
        chen_bo, li_na, wang_min = (Colleague(one, here) for one in (his, hers, office))
        wang_min.logs_in("wangmin")
        number = receives(wang_min)
        wang_min.takes(
            number,
            "register",
            kind="claim",
            region="340800",
            category="housing.property",
            path="petition",
        )
        wang_min.takes(number, "transfer", to_unit="city-housing")
        li_na.logs_in("lina")
        li_na.takes(number, "accept", procedure="ordinary")
        li_na.takes(number, "request_extension", days="15", reason="等待检验结论")
        li_na.goes_to(f"/desk/matters/{number}/steps/approve_extension/")
        expect(hers.locator("main form.xq-step-form .btn-primary")).to_have_count(0)
        chen_bo.logs_in("chenbo")
        chen_bo.goes_to("/desk/account/substitute/")
        today = datetime.now(UTC).astimezone().date().isoformat()
        chen_bo.fills_in(stands_in="李娜")
        chen_bo.fills_in(first_day=today, last_day="2099-01-01")
        chen_bo.presses()
        chen_bo.reads("李娜")
        li_na.takes(number, "approve_extension")
        li_na.reads("李娜（代陈波）")
        li_na.goes_to("/desk/account/", "account of a substitute")
        hers.locator("#substitutes button", has_text="结束").click()
        li_na.reads("代办权限即时收回")


def receives(wang_min: Colleague) -> str:
    """A petition that a citizen sends while nobody looks; its number."""
    page = wang_min.page.context.new_page()
    citizen = Citizen(page, wang_min.address)
    submits(citizen)
    page.close()
    return citizen.number


def submits(citizen: Citizen) -> None:
    """The whole way to the receipt; its pages are looked at in other stories."""
    citizen.passes.add("receipt")
    citizen.writes_a_claim()
    citizen.presses()
    citizen.keeps_the_receipt()


def newest_code(log: Path) -> str:
    """What the platform wrote into its log instead of a message."""
    return re.findall(r"log-in code for \S+: (\d{6})", log.read_text())[-1]


def test_gao_lan_finds_her_petition_with_her_phone(
    browser: Browser, here: str, city_log: Path
) -> None:
    with visitor(browser, PHONE) as page:
        gao_lan = Citizen(page, here)
        gao_lan.goes_to("/account/")
        gao_lan.fills_in(phone="138 0000 1234")
        gao_lan.presses()
        gao_lan.looks("code")
        gao_lan.fills_in(code=newest_code(city_log))
        gao_lan.presses()
        gao_lan.reads("138****1234")
        gao_lan.looks("no petition yet")
        submits(gao_lan)
        gao_lan.goes_to("/account/", "her petitions")
        gao_lan.follows(gao_lan.page.get_by_role("link", name="请求修复电梯"))
        page.wait_for_url(f"**/lookup/{gao_lan.number}/")
        gao_lan.goes_to("/account/close/")
