"""The pages of hot spots: noticed, handed over with an owner and a day, judged; each within the scope of who asks."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.desk.at_work import Desk
from tests.insight.plants import ALERTS, Plant, looks, reads
from tests.support.city import TOWN
from xinqiao.desk.disputes import pages
from xinqiao.desk.insight.hotspots import rising
from xinqiao.disputes.models import Dispute, History
from xinqiao.insight.models import Reading, Spot, SpotHandOver, SpotJudgement

pytestmark = pytest.mark.django_db
LIST = "/desk/hotspots/"


def told(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def handing(owner: str = "county-housing", **more: Any) -> dict[str, Any]:
    day = (timezone.localdate() + timedelta(days=20)).isoformat()
    return {
        "owner": owner, "settle_by": day, "note": "请会同环保部门到现场核查。", "subject": "化工厂夜间排放刺鼻气体",
        "region": TOWN, "place": "金鳞湖化工厂", "category": "housing.property", "roles": ["residents", "company"],
        "households": "0", "people": "4", "remedy": "夜间巡查，限期整改。",
    } | more  # fmt: skip


def test_a_hot_spot_is_noticed_handed_over_and_judged(desk: Desk) -> None:
    plant = Plant.smells(desk)
    wang_min = desk.log_in("wangmin")
    page = told(wang_min, LIST)
    for words in ("金鳞湖化工厂", "预警", "某某镇", "确定（95%）", "尚未处置"):
        assert words in page, words
    address = reverse("desk:hotspot", args=[plant.spot.pk])
    assert address in page
    sheet = told(wang_min, address)
    for words in (
        "4人",
        f"{ALERTS.days:.0f}天内{ALERTS.users}人",
        plant.receipts[0].number,
        "检举控告类事项不计入",
    ):
        assert words in sheet, words
    answer = wang_min.post(reverse("desk:hotspot_hand_over", args=[plant.spot.pk]), handing())
    assert answer.status_code == 302, answer.content.decode()
    dispute = Dispute.objects.get()
    assert (dispute.holder, dispute.finder, dispute.state) == (
        "county-housing",
        "city-petition",
        "handed_over",
    )
    assert "宜秀区住房和城乡建设局" in told(wang_min, LIST + "?list=handed")
    assert "没有符合条件的热点" in told(wang_min, LIST + "?list=new")
    came_from = told(wang_min, reverse("desk:dispute", args=[dispute.pk]))
    assert address in came_from
    words = {"outcome": "true", "words": "现场核查属实。"}
    assert wang_min.post(address, words).status_code == 302
    sheet = told(wang_min, address)
    for words_there in ("现场核查属实", "王敏", "已移交宜秀区住房和城乡建设局"):
        assert words_there in sheet, words_there
    assert "100" in told(wang_min, reverse("desk:hotspots_precision"))


def test_the_dispute_says_by_when_and_where_it_came_from(desk: Desk) -> None:
    plant = Plant.smells(desk)
    desk.log_in("wangmin").post(reverse("desk:hotspot_hand_over", args=[plant.spot.pk]), handing())
    found, handed = History.objects.order_by("seq")
    assert found.payload["dispute_spot"] == plant.spot.pk
    assert handed.payload["settle_by"] == handing()["settle_by"]
    kept = SpotHandOver.objects.get()
    assert (kept.spot_id, kept.owner, kept.unit) == (
        plant.spot.pk,
        "county-housing",
        "city-petition",
    )


def test_the_unit_may_keep_it_itself(desk: Desk) -> None:
    plant = Plant.smells(desk)
    desk.log_in("wangmin").post(
        reverse("desk:hotspot_hand_over", args=[plant.spot.pk]), handing("city-petition")
    )
    dispute = Dispute.objects.get()
    assert (dispute.holder, dispute.state, str(dispute.due)) == (
        "city-petition", "acknowledged", handing()["settle_by"],
    )  # fmt: skip


def test_twice_at_once_is_refused_and_nothing_typed_is_lost(desk: Desk) -> None:
    plant = Plant.smells(desk)
    wang_min, address = (
        desk.log_in("wangmin"),
        reverse("desk:hotspot_hand_over", args=[plant.spot.pk]),
    )
    wang_min.post(address, handing())
    answer = wang_min.post(address, handing(note="再次移交"))
    assert answer.status_code == 409
    assert "不能重复移交" in answer.content.decode()
    assert "再次移交" in answer.content.decode()
    assert Dispute.objects.count() == 1


def test_what_was_handed_over_is_not_once_more_when_it_became_part_of_another(desk: Desk) -> None:
    plant, wang_min = Plant.smells(desk), desk.log_in("wangmin")
    reads([plant.writes(days, 20 + number) for number, days in enumerate((8, 6, 3))])
    looks()
    first, second = Spot.objects.order_by("cluster")
    wang_min.post(reverse("desk:hotspot_hand_over", args=[second.pk]), handing())
    Reading.objects.filter(cluster=second.cluster).update(cluster=first.cluster)
    looks()
    answer = wang_min.post(reverse("desk:hotspot_hand_over", args=[first.pk]), handing())
    assert answer.status_code == 409
    assert Dispute.objects.count() == 1


def test_who_does_not_see_the_dispute_is_told_nothing_of_it(desk: Desk) -> None:
    """The department hands its own part over, though the office has done so with the whole: neither knows."""
    plant = Plant.smells(desk, (20, 12, 9, 4, 2))
    for receipt in plant.receipts[:2]:
        desk.takes(receipt.matter, "transfer", by="wangmin", days=1, to_unit="city-housing")
    address = reverse("desk:hotspot_hand_over", args=[plant.spot.pk])
    desk.log_in("wangmin").post(address, handing())
    answer = desk.log_in("chenbo").post(address, handing("city-housing", people="2"))
    assert answer.status_code == 302
    assert {one.owner for one in SpotHandOver.objects.all()} == {"county-housing", "city-housing"}
    page = told(desk.log_in("chenbo"), reverse("desk:hotspot", args=[plant.spot.pk]))
    assert "宜秀区住房和城乡建设局" not in page


def test_what_is_wrong_is_said_and_nothing_is_written(desk: Desk) -> None:
    plant = Plant.smells(desk)
    wang_min, address = (
        desk.log_in("wangmin"),
        reverse("desk:hotspot_hand_over", args=[plant.spot.pk]),
    )
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    for wrong, status in (
        ({"settle_by": yesterday}, 409), ({"settle_by": "soon"}, 422), ({"owner": "city-discipline"}, 422),
        ({"note": "联系 13855501234"}, 409), ({"roles": []}, 422), ({"people": "-1"}, 422),
    ):  # fmt: skip
        assert wang_min.post(address, handing(**wrong)).status_code == status, wrong
    assert not Dispute.objects.exists()
    for words in ({"outcome": "perhaps", "words": "x"}, {"outcome": "true", "words": " "}):
        assert (
            wang_min.post(reverse("desk:hotspot", args=[plant.spot.pk]), words).status_code == 422
        )
    number = {"outcome": "true", "words": "电话 13855501234"}
    assert wang_min.post(reverse("desk:hotspot", args=[plant.spot.pk]), number).status_code == 422
    assert not SpotJudgement.objects.exists()


def test_the_matters_of_a_large_one_come_page_by_page(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant = Plant.smells(desk)
    for module in (pages, rising):
        monkeypatch.setattr(module, "PAGE", 3)
    address, wang_min = reverse("desk:hotspot", args=[plant.spot.pk]), desk.log_in("wangmin")
    first, second = told(wang_min, address), told(wang_min, f"{address}?page=2")
    numbers = [one.matter_number for one in plant.receipts]
    assert [one in first for one in numbers] == [False, True, True, True]
    assert [one in second for one in numbers] == [True, False, False, False]
    assert 'href="?page=2"' in first and 'href="?page=1"' in second


def test_who_has_no_use_for_it_is_turned_away(desk: Desk) -> None:
    plant = Plant.smells(desk)
    one = reverse("desk:hotspot", args=[plant.spot.pk])
    for username in ("lina", "qianyu", "malin"):
        assert desk.log_in(username).get(LIST).status_code == 403, username
        assert desk.log_in(username).get(one).status_code == 403, username
        assert LIST not in desk.log_in(username).get("/desk/work/").content.decode()
    assert "您可以查看的事项中没有热点" in told(desk.log_in("zhoujun"), LIST)
    for address in (one, reverse("desk:hotspot_hand_over", args=[plant.spot.pk])):
        assert desk.log_in("zhoujun").get(address).status_code == 404
        assert desk.log_in("zhoujun").post(address, {}).status_code == 404


def test_a_head_sees_the_part_and_no_word_of_the_rest(desk: Desk) -> None:
    """The housing department has two of the matters: what the office said and did stays out of its sight."""
    plant = Plant.smells(desk, (20, 12, 9, 4, 2))
    for receipt in plant.receipts[:2]:
        desk.takes(receipt.matter, "transfer", by="wangmin", days=1, to_unit="city-housing")
    address = reverse("desk:hotspot", args=[plant.spot.pk])
    wang_min = desk.log_in("wangmin")
    wang_min.post(address, {"outcome": "known", "words": "五人反映。"})
    wang_min.post(reverse("desk:hotspot_hand_over", args=[plant.spot.pk]), handing())
    page = told(desk.log_in("chenbo"), address)
    assert "2人" in page
    assert "5人" not in page
    for hidden in ("五人反映", "已移交", "王敏", plant.receipts[4].number):
        assert hidden not in page, hidden


def test_the_list_narrows_and_anything_typed_is_borne(desk: Desk) -> None:
    plant = Plant.smells(desk)
    wang_min = desk.log_in("wangmin")
    address = reverse("desk:hotspot", args=[plant.spot.pk])
    for query, there in (
        ("?tier=alert", True), ("?tier=watch", False), ("?region=340811", True), ("?region=340825", False),
        ("?category=housing", True), ("?category=labour", False), ("?list=judged", False),
        ("?list=x&tier=y&region=z&category=%00&page=-1", True), ("?page=9", False),
    ):  # fmt: skip
        assert (address in told(wang_min, LIST + query)) is there, query
    for query in ("?first=2026-01-01&last=2025-01-01", "?first=x&last=%00"):
        told(wang_min, reverse("desk:hotspots_precision") + query)


def test_tiles_and_tabs_count_what_they_lead_to(desk: Desk) -> None:
    """Two spots of these days and an old one, in one county; the old one is judged."""
    plant, wang_min = Plant.smells(desk), desk.log_in("wangmin")
    reads([plant.writes(days, 20 + days) for days in (9, 6, 3)])
    reads([plant.writes(days, 20 + days) for days in (306, 303)])
    looks()
    old = Spot.objects.latest("cluster").pk
    wang_min.post(reverse("desk:hotspot", args=[old]), {"outcome": "known", "words": "已在办理。"})
    for query, tile, tabs in (
        ("", 2, [2, 2, 0, 1, 3]), ("?list=all", 3, [2, 2, 0, 1, 3]), ("?list=judged", 1, [2, 2, 0, 1, 3]),
        ("?list=all&tier=watch", 1, [0, 0, 0, 1, 1]), ("?list=all&region=340825", 3, [0, 0, 0, 0, 0]),
    ):  # fmt: skip
        page = told(wang_min, LIST + query)
        assert re.findall(r'xq-tile-total">(\d+)<', page) == [str(tile)], query
        assert re.findall(r'xq-queue-count">(\d+)<', page) == [str(one) for one in tabs], query
    (address,) = re.findall(
        r'<a class="xq-tile [^"]*" href="([^"]*)"', told(wang_min, LIST + "?list=all")
    )
    led_to = told(wang_min, LIST + address.replace("&amp;", "&"))
    assert led_to.count("data-row") == 3, "the list that was chosen stays chosen"


def test_the_list_goes_away_as_a_file(desk: Desk) -> None:
    Plant.smells(desk)
    answer = desk.log_in("wangmin").get(reverse("desk:hotspots_export"))
    assert answer.status_code == 200
    assert answer["Content-Type"].endswith("sheet")
    assert b"".join(answer.streaming_content)[:2] == b"PK"


def test_in_english_nothing_chinese_is_left_but_what_was_written(desk: Desk) -> None:
    plant = Plant.smells(desk)
    wang_min = desk.log_in("wangmin")
    wang_min.cookies["django_language"] = "en"
    page = told(wang_min, reverse("desk:hotspot", args=[plant.spot.pk]))
    for words in (
        "4 people",
        f"{ALERTS.users} people within {ALERTS.days:.0f} days",
        "Alert",
        "Hand it over",
        "sure, 95 %",
    ):
        assert words in page, words


def test_a_merged_spot_leads_on(desk: Desk) -> None:
    plant = Plant.smells(desk)
    reads([plant.writes(days, 20 + number) for number, days in enumerate((8, 6, 3))])
    looks()
    first, second = Spot.objects.order_by("cluster")
    Reading.objects.filter(cluster=second.cluster).update(cluster=first.cluster)
    looks()
    answer = desk.log_in("wangmin").get(reverse("desk:hotspot", args=[second.pk]))
    assert answer["Location"] == reverse("desk:hotspot", args=[first.pk])


def test_beside_a_matter_stands_its_spot_for_whose_work_it_is(desk: Desk) -> None:
    plant = Plant.smells(desk)
    for receipt in plant.receipts[:2]:
        desk.takes(receipt.matter, "transfer", by="wangmin", days=1, to_unit="city-housing")
    address = reverse("desk:hotspot", args=[plant.spot.pk])
    matter = reverse("desk:matter", args=[plant.receipts[0].number])
    assert address in told(desk.log_in("wangmin"), matter)
    assert address in told(desk.log_in("chenbo"), matter)
    assert address not in told(desk.log_in("lina"), matter)


def test_the_first_page_says_how_many_wait_for_an_owner(desk: Desk) -> None:
    plant = Plant.smells(desk)
    wang_min, waits = desk.log_in("wangmin"), "有1个热点达到预警"
    assert waits in told(wang_min, "/desk/work/?queue=waiting")
    assert waits not in told(desk.log_in("lina"), "/desk/work/?queue=waiting")
    wang_min.post(reverse("desk:hotspot_hand_over", args=[plant.spot.pk]), handing())
    assert waits not in told(wang_min, "/desk/work/?queue=waiting")
