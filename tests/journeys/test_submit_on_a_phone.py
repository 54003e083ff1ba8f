"""Submitting on a phone, from the first question to the receipt, with a photo; and without any script."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.evidence import samples
from tests.journeys.walkers import PHONE, Citizen, visitor

PHOTO = {"name": "IMG_0412.jpg", "mimeType": "image/jpeg", "buffer": samples.photo_with_place()}
ARCHIVE = {"name": "材料.zip", "mimeType": "application/zip", "buffer": samples.zipped({"a": b"a"})}
SOUND = {"name": "录音.wav", "mimeType": "audio/wav", "buffer": samples.wav()}


def writes(gao_lan: Citizen) -> None:
    """The pages up to the files."""
    gao_lan.goes_to("/")
    gao_lan.follows(gao_lan.page.locator(".xq-door").first)
    gao_lan.answers("kind", kind="claim")
    gao_lan.answers("place", county="340811")
    gao_lan.answers("township", township="340811101")
    gao_lan.answers("words", subject="工地拖欠农民工工资", body="拖欠工资三个月。")
    expect(gao_lan.page.locator("main")).to_contain_text("因为您写到：")
    gao_lan.answers("category", category="labour.wages")


def finishes(gao_lan: Citizen) -> None:
    """The pages from the files to the receipt."""
    gao_lan.presses("main form.xq-form")
    gao_lan.answers("who", who="group")
    gao_lan.answers(
        "person",
        name="高兰",
        phone="13800001234",
        address="宜秀区某某镇",
        head_count="12",
        name_1="欧阳雪",
    )
    gao_lan.looks("check")
    gao_lan.reads("IMG_0412.jpg")
    gao_lan.presses()
    gao_lan.keeps_the_receipt()
    gao_lan.reads("IMG_0412.jpg")
    assert gao_lan.number
    assert gao_lan.code


def is_seen(page: Page, picture: str) -> None:
    """The picture was really drawn by the browser."""
    page.wait_for_function(
        "name => [...document.images].some(one => one.alt.includes(name) && one.complete && one.naturalWidth > 0)",
        arg=picture,
    )


def test_with_a_photo_from_the_camera(browser: Browser, city_address: str) -> None:
    with visitor(browser, PHONE, has_touch=True, is_mobile=True) as page:
        gao_lan = Citizen(page, city_address)
        writes(gao_lan)
        gao_lan.looks("files")
        expect(page.get_by_text("拍照")).to_be_visible()
        page.locator("#id_photo").set_input_files([PHOTO])  # sent as soon as it is taken
        expect(page.locator("[data-files-said]")).to_have_text("已添加1个文件。")
        is_seen(page, "IMG_0412.jpg")
        page.locator("#id_files").set_input_files([SOUND, ARCHIVE])
        expect(page.locator("main [role=alert]")).to_contain_text("压缩包不能上传")
        expect(page.locator(".xq-kept-file")).to_have_count(2)
        gao_lan.looks("files chosen")
        page.locator(".xq-kept-file", has_text="录音.wav").get_by_role("button").click()
        expect(page.locator(".xq-kept-file")).to_have_count(1)
        finishes(gao_lan)


def test_without_a_script(browser: Browser, city_address: str, tmp_path: Path) -> None:
    """The same way with forms alone; axe itself is a script, so the pages are not looked at again."""
    with visitor(browser, PHONE, java_script_enabled=False) as page:
        gao_lan = Citizen(page, city_address)
        gao_lan.looks = lambda kind: None  # type: ignore[method-assign]
        writes(gao_lan)
        page.locator("#id_files").set_input_files([PHOTO, ARCHIVE])
        page.get_by_role("button", name="添加").click()
        expect(page.locator("main [role=alert]")).to_contain_text("压缩包不能上传")
        expect(page.locator(".xq-kept-file")).to_have_count(1)
        finishes(gao_lan)


def test_a_broken_connection_says_what_to_do_and_loses_nothing(
    browser: Browser, city_address: str
) -> None:
    with visitor(browser, PHONE) as page:
        gao_lan = Citizen(page, city_address)
        gao_lan.looks = lambda kind: None  # type: ignore[method-assign]
        writes(gao_lan)
        page.route("**/submit/files/add/", lambda route: route.abort())
        page.locator("#id_files").set_input_files([PHOTO])
        expect(page.locator("[data-upload-state]")).to_contain_text("网络中断")
        page.unroute("**/submit/files/add/")
        page.locator("#id_files").set_input_files([PHOTO])
        expect(page.locator(".xq-kept-file")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_draft_kept_on_the_device_is_there_when_the_browser_comes_back(
    browser: Browser, city_address: str, scheme: str
) -> None:
    """Closing a browser drops the cookies without an end; those with one stay."""
    with visitor(browser, PHONE, color_scheme=scheme) as page:
        gao_lan = Citizen(page, city_address)
        writes(gao_lan)
        page.get_by_role("button", name="在这台设备上保存一周").click()
        gao_lan.reads("在这台设备上保存到")
        gao_lan.looks(f"kept draft, {scheme}")
        stay = [one for one in page.context.cookies() if one["expires"] > 0]
    with visitor(browser, PHONE) as page:
        page.context.add_cookies(stay)  # type: ignore[arg-type]
        page.goto(city_address)
        page.get_by_role("link", name="继续填写").click()
        expect(page).to_have_url(f"{city_address}/submit/files/")
