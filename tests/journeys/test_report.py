"""A report whose target had it on the desk: from the moment it is known whom it is about, they find it nowhere.

And who administers finds it as little: they keep the platform and read no matter.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.walkers import DESK, Citizen, Colleague, at_their_desks, visitor

SUBJECT = "请求修复电梯"
NEVER_GIVEN = "20200101-111111-1"
STAFF = ("wangmin", "lina", "chenbo", "heping", "xujing", "malin")
BEHIND_THE_WALL = ("lina", "chenbo", "heping")
DOORS = ("", "steps/accept/", "steps/supplement/", "papers/4/", "people/", "files/1/")


@pytest.fixture
def office(browser: Browser, city_address: str) -> Iterator[dict[str, Colleague]]:
    """The cast, each in a browser of their own, logged in; their pages are looked at in other stories."""
    with at_their_desks(browser, city_address, STAFF) as found:
        for username, one in found.items():
            one.looks = lambda kind: None  # type: ignore[method-assign]
            one.comes_in(username)
        yield found


@pytest.fixture
def number(browser: Browser, city_address: str) -> Iterator[str]:
    """A petition that somebody has sent; its number."""
    with visitor(browser, DESK) as page:
        citizen = Citizen(page, city_address)
        citizen.looks = lambda kind: None  # type: ignore[method-assign]
        citizen.writes_a_claim()
        citizen.presses()
        citizen.keeps_the_receipt()
        yield citizen.number


def lists(somebody: Colleague) -> dict[str, str]:
    """The lists of somebody's work by address, each with its name and count."""
    somebody.goes_to("/desk/work/")
    tabs = somebody.page.locator("nav.xq-queues a")
    return {
        tab.evaluate("one => one.pathname + one.search"): tab.inner_text() for tab in tabs.all()
    }


def main_of(somebody: Colleague, address: str) -> str:
    """What stands on the page at an address."""
    somebody.goes_to(address)
    return somebody.page.locator("main").inner_text()


def leads_to(somebody: Colleague, address: str, number: str) -> bool:
    """Whether a list has the matter. A search says back what was typed, so links are asked for, not words."""
    somebody.goes_to(address)
    return somebody.page.locator(f"main a[href*='/matters/{number}/']").count() > 0


def finds_nothing(somebody: Colleague, number: str) -> None:
    """No list, no search, no address; and the answer is that of a number which never was."""
    for address in lists(somebody):
        assert not leads_to(somebody, address, number), address
    for words in (number, SUBJECT):
        assert not leads_to(somebody, f"/desk/work/?queue=all&words={words}", number)
    nowhere = main_of(somebody, f"/desk/matters/{NEVER_GIVEN}/")
    assert main_of(somebody, f"/desk/matters/{number}/") == nowhere
    for door in DOORS:
        answer, never = (
            somebody.page.request.get(f"{somebody.address}/desk/matters/{one}/{door}")
            for one in (number, NEVER_GIVEN)
        )
        assert (answer.status, answer.ok) == (never.status, False), door
        assert number not in answer.text().replace(f"/desk/matters/{number}/", ""), door


def test_what_lay_on_the_desk_of_the_reported_is_gone_for_them(
    office: dict[str, Colleague], number: str
) -> None:
    clerk, li_na = office["wangmin"], office["lina"]
    before = lists(li_na)
    clerk.takes(number, "register", kind="claim", region="340800", path="petition")
    clerk.takes(number, "transfer", to_unit="city-housing")
    assert lists(li_na) != before, "it lies on her desk and is counted"
    assert SUBJECT in main_of(li_na, f"/desk/matters/{number}/")
    assert any(leads_to(li_na, address, number) for address in lists(li_na))
    assert leads_to(li_na, f"/desk/work/?queue=all&words={number}", number)

    clerk.takes(number, "reclassify", kind="report", reason="实为检举该局工作人员")
    clerk.takes(number, "name_reported", reported_units="市住房和城乡建设局")
    assert lists(li_na) == before, "no count tells of it"
    for username in BEHIND_THE_WALL:
        finds_nothing(office[username], number)

    clerk.takes(number, "recall", reason="经办单位是被检举的对象")
    clerk.takes(number, "transfer", to_unit="city-discipline")
    assert SUBJECT in main_of(office["xujing"], f"/desk/matters/{number}/")
    for username in BEHIND_THE_WALL:
        finds_nothing(office[username], number)
    who_administers_reads_no_matter(office["malin"], number)


def who_administers_reads_no_matter(ma_lin: Colleague, number: str) -> None:
    """No list and no address; the audit says that somebody looked, not at what."""
    for door in DOORS:
        answer = ma_lin.page.request.get(f"{ma_lin.address}/desk/matters/{number}/{door}")
        assert not answer.ok, door
        assert SUBJECT not in answer.text()
    assert lists(ma_lin) == {}
    audit = main_of(ma_lin, "/desk/admin/audit/")
    assert "王敏" in audit
    for hidden in (number, SUBJECT, "高兰"):
        assert hidden not in audit
