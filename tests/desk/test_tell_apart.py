"""One key refuses a suggestion: none of what the counter shows, or one matter on the page of another. It is kept, gone
for both, and can be taken back."""

from typing import Any

import pytest

pytest.importorskip("numpy", reason="the extra `analytics` is not installed")

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.desk.at_work import Desk
from tests.desk.test_registering import registers
from tests.insight.test_reading import PLANT, WAGES, writes
from tests.support.city_database import City
from xinqiao.insight.models import Judged
from xinqiao.insight.reading import queries as reading
from xinqiao.insight.reading.jobs import read_everything
from xinqiao.insight.same import jobs, judged
from xinqiao.intake import joining
from xinqiao.intake.values import Receipt
from xinqiao.matters.actions import load
from xinqiao.matters.models import Matter

LIKE = {"subject": PLANT[2][0], "body": PLANT[2][1], "region": "340811"}
REFUSE, BACK = "tell_apart", "tell_alike"


@pytest.fixture
def desk(city: City) -> Desk:
    return Desk(city)


@pytest.fixture
def plant(desk: Desk) -> tuple[Receipt, Receipt]:
    """Two wrote about the plant; a third wrote about wages."""
    first, second = writes(desk, PLANT[0], 5, "张一"), writes(desk, PLANT[1], 4, "赵四")
    writes(desk, WAGES, 3, "王三")
    read_everything(timezone.now())
    return first, second


def register(client: Client, **more: Any) -> Any:
    return registers(client, **{"who-name": "周六", "who-phone": "13855506666"} | LIKE | more)


def tells(client: Client, receipt: Receipt, step: str, other: Receipt | str) -> Any:
    address = reverse("desk:tell_same", args=[receipt.matter_number, step])
    number = other if isinstance(other, str) else other.matter_number
    return client.post(address, {"other": number}, follow=True)


def page(client: Client, receipt: Receipt) -> str:
    answer = client.get(reverse("desk:matter", args=[receipt.matter_number]))
    html: str = answer.content.decode()
    return html


def related(desk: Desk, receipt: Receipt, who: str = "wangmin") -> list[str]:
    found = reading.related(desk.city.person(who), receipt.matter, timezone.now())
    return [one.number for one in found]


def newest() -> Receipt | Any:
    return Matter.objects.latest("id")


# -- at the counter --------------------------------------------------------------------------------------------------


def test_none_of_what_is_shown_is_kept_with_the_registration(
    desk: Desk, plant: tuple[Receipt, Receipt]
) -> None:
    first, second = plant
    shown = [first.matter_number, second.matter_number]
    answer = register(desk.log_in("wangmin"), together="none", alike=shown)
    assert answer.status_code == 302
    new = newest()
    entry = load(new.id)[1]
    assert (entry.step, sorted(entry.payload["apart"])) == (
        "register",
        [first.matter, second.matter],
    )
    words = Judged.objects.filter(other=new.id)
    assert {row.one for row in words} == {first.matter, second.matter}
    assert {(row.same, row.account, row.unit) for row in words} == {
        (False, desk.city.account("wangmin"), "city-petition")
    }
    read_everything(timezone.now())
    assert new.number not in related(desk, first) and new.number not in related(desk, second)
    assert second.matter_number in related(desk, first), "of these two nobody said anything"


def test_what_was_not_shown_or_is_not_suggested_is_not_refused(
    desk: Desk, plant: tuple[Receipt, Receipt]
) -> None:
    wages = Matter.objects.get(subject=WAGES[0])
    register(desk.log_in("wangmin"), together="none", alike=[plant[0].matter_number, wages.number])
    assert load(newest().id)[1].payload["apart"] == [plant[0].matter]


@pytest.mark.parametrize("said", ["", "20990101-000000-0"])
def test_who_leaves_it_undecided_refuses_nothing(
    desk: Desk, plant: tuple[Receipt, Receipt], said: str
) -> None:
    register(desk.log_in("wangmin"), together=said, alike=[plant[0].matter_number])
    assert "apart" not in load(newest().id)[1].payload and not Judged.objects.exists()


def test_a_report_is_told_apart_from_nothing(desk: Desk, plant: tuple[Receipt, Receipt]) -> None:
    shown = [plant[0].matter_number]
    register(desk.log_in("wangmin"), together="none", alike=shown, kind="report")
    assert newest().kind == "report" and "apart" not in load(newest().id)[1].payload
    assert not Judged.objects.exists()


def test_the_form_offers_both_and_keeps_what_was_chosen(
    desk: Desk, plant: tuple[Receipt, Receipt]
) -> None:
    client = desk.log_in("wangmin")
    html = client.post(reverse("desk:advice"), LIKE | {"together": "none"}).content.decode()
    assert "以上都不是同一问题" in html and html.count("checked") == 1
    assert html.index('value="none" checked') > html.index(plant[0].matter_number)


# -- on the page of a matter -----------------------------------------------------------------------------------------


def test_a_refused_matter_is_gone_for_both_and_comes_back(
    desk: Desk, plant: tuple[Receipt, Receipt]
) -> None:
    first, second = plant
    client = desk.log_in("wangmin")
    assert "可能反映同一问题" in page(client, first)
    html = tells(client, first, REFUSE, second).content.decode()
    assert f"{second.matter_number}不是同一问题" in html
    for one, other in (plant, plant[::-1]):
        html = page(client, one)
        assert related(desk, one) == [] and "可能反映同一问题" not in html
        told = html.partition("件不是同一问题")[2].partition("</details>")[0]
        assert other.matter_number in told and "王敏" in told
    assert load(second.matter)[-1].step == "register", "nothing is entered on the other"
    html = tells(client, second, BACK, first).content.decode()
    assert "重新提示" in html
    assert related(desk, first) == [second.matter_number]
    assert related(desk, second) == [first.matter_number]
    assert (load(first.matter)[-1].step, load(second.matter)[-1].step) == (REFUSE, BACK)


def test_the_later_word_counts_whoever_reads_the_ledgers_again(
    desk: Desk, plant: tuple[Receipt, Receipt]
) -> None:
    first, second = plant
    client = desk.log_in("wangmin")
    tells(client, first, REFUSE, second)
    tells(client, second, BACK, first)
    before = list(Judged.objects.values("one", "other", "same", "matter", "seq", "at", "account"))
    judged.note([first.matter])
    judged.begin_anew()
    assert not Judged.objects.exists()
    assert jobs.follow_all(timezone.now()) > 0
    kept = Judged.objects.values("one", "other", "same", "matter", "seq", "at", "account")
    assert list(kept) == before and before[0]["same"] is None


def test_what_was_said_twice_is_entered_once(desk: Desk, plant: tuple[Receipt, Receipt]) -> None:
    first, second = plant
    client = desk.log_in("wangmin")
    for _ in range(2):
        tells(client, first, REFUSE, second)
        tells(client, second, REFUSE, first)
    assert [one.step for one in load(first.matter)].count(REFUSE) == 1
    assert [one.step for one in load(second.matter)].count(REFUSE) == 0


def test_joining_and_separating_are_words_too(desk: Desk, plant: tuple[Receipt, Receipt]) -> None:
    first, second = plant
    clerk, now = desk.city.person("wangmin"), timezone.now()
    joining.join(second.matter, first.matter_number, "同一件", by=clerk, now=now)
    jobs.follow_all(now)
    assert list(Judged.objects.values_list("one", "other", "same")) == [
        (first.matter, second.matter, True)
    ]
    client = desk.log_in("wangmin")
    html = tells(client, first, REFUSE, second).content.decode()
    assert "请先分案" in html and Judged.objects.get().same is True
    desk.takes(second.matter, "separate", by="wangmin", reason="不是同一件")
    jobs.follow_all(timezone.now())
    assert Judged.objects.get().same is None


def test_what_turns_out_to_be_a_report_is_forgotten(
    desk: Desk, plant: tuple[Receipt, Receipt]
) -> None:
    first, second = plant
    tells(desk.log_in("wangmin"), first, REFUSE, second)
    desk.takes(second.matter, "reclassify", by="wangmin", kind="report", reason="反映的是工作人员")
    jobs.follow_all(timezone.now())
    assert not Judged.objects.exists()
    judged.note([first.matter])
    assert not Judged.objects.exists()


def test_a_step_taken_before_can_still_be_taken_back(
    desk: Desk, plant: tuple[Receipt, Receipt]
) -> None:
    first, second = plant
    desk.takes(first.matter, "transfer", by="wangmin", to_unit="city-housing")
    tells(desk.log_in("wangmin"), first, REFUSE, second)
    desk.takes(first.matter, "revoke", by="zhaogang", entry=3, reason="转错了")


# -- who may -----------------------------------------------------------------------------------------------------------


def test_one_that_does_not_exist_for_somebody_cannot_be_refused(
    desk: Desk, plant: tuple[Receipt, Receipt]
) -> None:
    first, second = plant
    desk.takes(first.matter, "transfer", by="wangmin", to_unit="city-housing")
    report = desk.reports(reported_units=["city-housing"])
    client = desk.log_in("lina")
    said = [
        tells(client, first, REFUSE, other).content.decode().count("没有找到要并入的事项")
        for other in (second, report, "20990101-000000-0", "nonsense", "")
    ]
    assert said == [1] * 5 and not Judged.objects.exists()
    assert load(first.matter)[-1].step == "transfer"


def test_a_report_is_refused_by_nobody(desk: Desk, plant: tuple[Receipt, Receipt]) -> None:
    report = desk.reports(reported_units=["city-housing"])
    client = desk.log_in("wangmin")
    tells(client, plant[0], REFUSE, report)
    tells(client, report, REFUSE, plant[0])
    assert not Judged.objects.exists()
    assert not {one.step for row in (plant[0], report) for one in load(row.matter)} & {REFUSE, BACK}


def test_who_may_not_join_it_may_not_refuse(desk: Desk, plant: tuple[Receipt, Receipt]) -> None:
    first, second = plant
    address = reverse("desk:tell_same", args=[first.matter_number, REFUSE])
    given = {"other": second.matter_number}
    assert Client().post(address, given).status_code == 302
    assert desk.log_in("lina").post(address, given).status_code == 404, "it does not exist for her"
    assert desk.log_in("wangmin").get(address).status_code == 405
    other = reverse("desk:tell_same", args=[first.matter_number, "transfer"])
    assert desk.log_in("wangmin").post(other, given).status_code == 404
    assert not Judged.objects.exists()
