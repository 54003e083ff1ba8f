"""Two neighbours and one lift: joined with one key, answered by one act, each reads the answer with their own code."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.walkers import DESK, PHONE, Citizen, Colleague, visitor
from tests.support.platform import new_home, runs, served

FOUND = """
import json
from xinqiao.cli.django import setup
setup()
from tests.desk.at_work import OPINION, Desk, days_ago
from tests.support.city_database import load_city
from xinqiao.config.founding import prepare_database
from xinqiao.intake.actions import receive
from xinqiao.intake.values import ContactInput
from xinqiao.people.values import PersonInput
prepare_database()
desk = Desk(load_city())
first, second = desk.accepts(12), desk.refers(10)
lamp = receive(ContactInput(
    unit="city-petition", channel="visit", received_at=days_ago(4), subject="路灯不亮", body="路灯坏了。",
    petitioners=[PersonInput(name="何芳", phone="13900000022")], matter=second.matter,
), by=desk.city.person("wangmin"), now=days_ago(4))
print(json.dumps([[one.number, one.query_code] for one in (first, second, lamp)]))
"""
OPINION = {
    "claim": "请求修复电梯。", "facts_found": "电梯停运属实。", "opinion": "责成物业三十日内修复。",
    "legal_basis": "《物业管理条例》第三十五条。", "result": "supported", "disposition": "settle",
    "policy_account": "clear", "procedure_account": "clear", "care_account": "none",
}  # fmt: skip


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[list[str]]]]:
    """A running platform; its address, and numbers with query codes of two matters and of a contact on the second."""
    home = new_home(tmp_path_factory, "joined")
    told = runs(home, FOUND)
    with served(home) as address:
        yield address, json.loads(told.splitlines()[-1])


def test_joined_answered_and_read_by_each(
    browser: Browser, town: tuple[str, list[list[str]]]
) -> None:
    address, ((first, _), second, lamp) = town
    with visitor(browser, DESK) as page:
        li_na = Colleague(page, address)
        li_na.comes_in("lina")
        li_na.takes(second[0], "split_off", contact=lamp[0], reason="说的是路灯。")
        li_na.takes(second[0], "join", matter=first, reason="同一部电梯。")
        li_na.reads("并入另一件事项办理")
        li_na.follows(page.locator("main .xq-joint a"))
        li_na.reads("另有1件事项并入本事项")
        li_na.looks("carries")
        li_na.takes(first, "submit_opinion", **OPINION)
    with visitor(browser, PHONE) as page:
        reads_that_it_is_handled_together(Citizen(page, address, number=second[0], code=second[1]))
    with visitor(browser, DESK) as page:
        chen_bo = Colleague(page, address)
        chen_bo.comes_in("chenbo")
        chen_bo.takes(first, "issue_opinion")
        chen_bo.takes(second[0], "deliver_opinion", method="in_person")
    with visitor(browser, PHONE) as page:
        he_fang = Citizen(page, address, number=second[0], code=second[1])
        he_fang.opens_her_matter()
        he_fang.is_told("责成物业三十日内修复。")
    with visitor(browser, PHONE) as page:
        lamps = Citizen(page, address, number=lamp[0], code=lamp[1])
        lamps.opens_her_matter()
        lamps.reads("路灯坏了。")


def reads_that_it_is_handled_together(petitioner: Citizen) -> None:
    petitioner.opens_her_matter()
    petitioner.is_told("与另一件反映同一问题的事项一并办理")
