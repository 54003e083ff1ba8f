"""The pages: register, map, rounds, mediations; what is wrong is said in the form, and nothing typed is lost."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tests.desk.at_work import Desk
from tests.disputes.stories import FREE, Story
from tests.support.city import COUNTY, TOWN
from xinqiao.disputes import queries
from xinqiao.disputes.models import Dispute, Involved, Mediation
from xinqiao.disputes.values import Filters, rank_of

FINDING = {
    "subject": "电梯停运", "region": TOWN, "place": "某某小区", "category": "housing.property",
    "roles": ["owners", "property_manager"], "households": "12", "people": "30", "yes": ["danger"],
    "remedy": "维修",
}  # fmt: skip


@pytest.fixture
def story(story: Story) -> Story:
    """Pages are asked today."""
    story.now = timezone.now()
    return story


def told(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_dispute_is_entered_read_and_taken_on(story: Story, desk: Desk) -> None:
    qian_yu = desk.log_in("qianyu")
    answer = qian_yu.post(reverse("desk:new_dispute"), FINDING)
    assert answer.status_code == 302
    page = told(qian_yu, answer["Location"])
    for words in (
        "电梯停运",
        "重大",
        "房屋、设施、环境等存在危及安全的情形",
        "业主 · 物业服务企业",
        "12户",
    ):
        assert words in page, words
    row = Dispute.objects.get()
    step = reverse("desk:dispute_step", args=[row.pk, "take_on"])
    late = {"seen": row.last_seq, "settle_by": story.in_days(-1).isoformat()}
    assert "不能早于" in qian_yu.post(step, late).content.decode()
    done = qian_yu.post(step, {"seen": row.last_seq, "settle_by": story.in_days(9).isoformat()})
    assert done.status_code == 302
    assert "化解中" in told(qian_yu, done["Location"])


def test_what_is_refused_is_said_and_nothing_is_lost(story: Story, desk: Desk) -> None:
    qian_yu = desk.log_in("qianyu")
    answer = qian_yu.post(reverse("desk:new_dispute"), FINDING | {"remedy": "联系业主 13855501234"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "有证件号码或者手机号码" in page
    assert 'value="某某小区"' in page
    answer = qian_yu.post(reverse("desk:new_dispute"), FINDING | {"people": "-3", "roles": []})
    assert answer.status_code == 422
    assert Dispute.objects.count() == 0


def test_who_was_overtaken_is_told(story: Story, desk: Desk) -> None:
    dispute = story.finds()
    step = reverse("desk:dispute_step", args=[dispute, "hand_over"])
    answer = desk.log_in("qianyu").post(
        step, {"seen": "0", "to_unit": "town", "dispute_note": "请化解"}
    )
    assert answer.status_code == 409
    assert "请化解" in answer.content.decode()


def test_a_step_of_others_is_forbidden_and_one_not_possible_explains_itself(
    story: Story, desk: Desk
) -> None:
    dispute = story.takes_on()
    address = reverse("desk:dispute_step", args=[dispute, "take_on"])
    assert desk.log_in("dingxia").get(address).status_code == 403
    assert desk.log_in("sunli").get(address).status_code == 404
    answer = desk.log_in("qianyu").get(address)
    assert (answer.status_code, "现在的状态下不能办理这一步" in answer.content.decode()) == (
        409,
        True,
    )


def test_the_register_narrows_and_turns_pages(story: Story, desk: Desk) -> None:
    _many(story, 60)
    qian_yu = desk.log_in("qianyu")
    first = told(qian_yu, reverse("desk:disputes"))
    assert first.count('<tr role="row" data-row>') == 50
    assert re.search(r'href="\?page=2', first)
    assert told(qian_yu, "/desk/disputes/?page=2").count("data-row") == 10
    assert told(qian_yu, "/desk/disputes/?level=major").count("data-row") == 0
    assert "没有符合条件" in told(qian_yu, "/desk/disputes/?state=closed")
    assert told(qian_yu, "/desk/disputes/?state=nonsense&page=x&round=y").count("data-row") == 50


def test_what_the_list_costs_does_not_grow_with_it(story: Story, desk: Desk) -> None:
    costs, ding_xia = [], desk.log_in("dingxia")
    told(ding_xia, reverse("desk:disputes"))
    for more in (60, 2000):
        _many(story, more)
        with CaptureQueriesContext(connection) as asked:
            told(ding_xia, reverse("desk:disputes"))
        known = [one for one in asked.captured_queries if "directoryversion" not in one["sql"]]
        costs.append(len(known))
    assert costs[0] == costs[1]
    assert costs[1] <= 9


def _many(story: Story, count: int) -> None:
    """Rows as `find` leaves them, in one go."""
    facts: dict[str, Any] = {
        "region": TOWN, "county": COUNTY, "place": "某某小区", "category": "housing.property", "roles": ["owners"],
        "level": "ordinary", "told_level": "ordinary", "finder": "county-housing", "holder": "county-housing",
        "found_on": story.today, "state": "found", "rank": rank_of(None, story.today, "found"), "last_seq": 1,
    }  # fmt: skip
    rows = Dispute.objects.bulk_create(Dispute(subject=f"纠纷{n}", **facts) for n in range(count))
    Involved.objects.bulk_create(Involved(dispute=row, unit="county-housing") for row in rows)


def test_the_map_counts_by_place_and_leads_to_the_list(story: Story, desk: Desk) -> None:
    story.finds(yes=["danger"])
    story.finds(region=COUNTY)
    city = told(desk.log_in("wangmin"), reverse("desk:disputes_map"))
    assert "xq-tile-major" in city
    assert 'region=340811"' in city
    county = told(desk.log_in("dingxia"), reverse("desk:disputes_map"))
    assert "某某镇" in county and "整个地区" in county
    assert (
        told(desk.log_in("dingxia"), f"/desk/disputes/?list=open&region={TOWN}").count("data-row")
        == 1
    )
    assert desk.log_in("dingxia").get("/desk/disputes/map/?region=nowhere").status_code == 404


def test_the_map_shows_what_the_list_shows(story: Story) -> None:
    story.finds()
    for name in ("dingxia", "qianyu", "wangmin", "sunli", "lina"):
        person = story.city.person(name, story.now)
        tiles, rest = queries.tiles(person, COUNTY, story.now)
        listed = queries.page(person, Filters(region=COUNTY), 1, 50, story.now)
        assert sum(one.total for one in tiles) + rest.total == len(listed), name


def test_a_round_is_called_reported_and_closed_by_pages(story: Story, desk: Desk) -> None:
    ding_xia, qian_yu = desk.log_in("dingxia"), desk.log_in("qianyu")
    assert qian_yu.get(reverse("desk:new_round")).status_code == 403
    said = {
        "title": "春季排查", "first_day": story.today.isoformat(), "last_day": story.in_days(9).isoformat(),
        "parts": [f"county-housing|{COUNTY}"],
    }  # fmt: skip
    assert ding_xia.post(reverse("desk:new_round"), said | {"parts": []}).status_code == 422
    answer = ding_xia.post(reverse("desk:new_round"), said)
    assert answer.status_code == 302, answer.content.decode()
    page = told(ding_xia, answer["Location"])
    assert "还有1个部分没有报告" in page
    ((part, _),) = queries.parts_to_report(story.city.person("qianyu", story.now), story.now)
    assert "宜秀区" in told(qian_yu, reverse("desk:disputes"))
    entered = qian_yu.post(f"{reverse('desk:new_dispute')}?part={part.id}", FINDING)
    assert entered.status_code == 302
    address = reverse("desk:part", args=[part.id])
    wrong = qian_yu.post(address, {"looked": "走访三个小区", "nothing": "yes"})
    assert (wrong.status_code, "走访三个小区" in wrong.content.decode()) == (409, True)
    assert qian_yu.post(address, {"looked": "走访三个小区", "nothing": "no"}).status_code == 302
    closing = ding_xia.post(f"{answer['Location']}close/", follow=True)
    assert "已结束" in closing.content.decode()


def test_a_mediation_goes_its_way_by_pages_to_a_paper(story: Story, desk: Desk) -> None:
    dispute, qian_yu = story.takes_on(), desk.log_in("qianyu")
    request = {
        "mediation_kind": "peoples", "side_a": "owners", "side_b": "property_manager", "asked_by": "both",
        "mediation_about": "维修费用",
    }  # fmt: skip
    asked = qian_yu.post(reverse("desk:dispute_mediation", args=[dispute]), request)
    mediation = Mediation.objects.get().pk

    def does(step: str, **said: str) -> Any:
        seen = Mediation.objects.get().last_seq
        address = reverse("desk:mediation_step", args=[mediation, step])
        return qian_yu.post(address, {"seen": seen, **said})

    assert does("begin").status_code == 409
    day = story.today.isoformat()
    for side in ("side_a", "side_b"):
        assert does("consent", side=side, consents="yes", consent_on=day).status_code == 302
    declared = dict.fromkeys(FREE, "no") | {
        "outside_office": "peoples_committee",
        "office_name": "调委会",
    }
    interested = does("name_mediator", **declared | {"has_stake": "yes"})
    assert (interested.status_code, "应当回避" in interested.content.decode()) == (409, True)
    assert does("name_mediator", **declared).status_code == 302
    assert does("begin").status_code == 302
    assert does("hold_session", session_on=day, place="社区", record="已说明").status_code == 302
    settled = does("settle", agreement="费用各半", carry_out_by=story.in_days(9).isoformat())
    assert settled.status_code == 302, settled.content.decode()
    page = told(qian_yu, asked["Location"])
    for words in ("已达成协议", "业主", "调委会", "已说明"):
        assert words in page, words
    paper = told(qian_yu, reverse("desk:mediation_paper", args=[mediation]))
    for words in ("费用各半", "调解协议书", "人民调解"):
        assert words in paper, words


def test_beside_a_matter_stands_its_dispute_and_its_mediation(story: Story, desk: Desk) -> None:
    receipt = desk.accepts()
    li_na = desk.log_in("lina")
    asks = reverse("desk:matter_mediation", args=[receipt.number])
    assert asks in told(li_na, reverse("desk:matter", args=[receipt.number]))
    request = {
        "mediation_kind": "administrative", "side_a": "owners", "side_b": "property_manager",
        "asked_by": "side_a", "mediation_about": "电梯",
    }  # fmt: skip
    assert li_na.post(asks, request).status_code == 302
    page = told(li_na, reverse("desk:matter", args=[receipt.number]))
    assert "行政调解" in page and asks not in page
    assert desk.log_in("wangmin").get(asks).status_code == 403
    assert desk.log_in("sunli").get(asks).status_code == 404


def test_a_petition_about_a_dispute_is_registered_with_a_receipt(story: Story, desk: Desk) -> None:
    dispute, qian_yu = story.finds(), desk.log_in("qianyu")
    address = reverse("desk:dispute_matter", args=[dispute])
    said = {
        "channel": "visit", "name": "高兰", "phone": "1380000", "subject": "电梯停运", "body": "请求修复",
        "path": "petition",
    }  # fmt: skip
    wrong = qian_yu.post(address, said)
    assert (wrong.status_code, "高兰" in wrong.content.decode()) == (422, True)
    answer = qian_yu.post(address, said | {"phone": "13800001234"})
    assert answer.status_code == 302
    assert "查询码" in told(qian_yu, answer["Location"])
    page = told(qian_yu, reverse("desk:dispute", args=[dispute]))
    assert "转为信访事项" in page
    assert "高兰" not in page


def test_lists_leave_as_excel_within_scope(story: Story, desk: Desk) -> None:
    story.finds(subject="=1+1 电梯")
    for name, rows in (("qianyu", 2), ("sunli", 1)):
        answer = desk.log_in(name).get(reverse("desk:disputes_export"))
        book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
        table = book.get_sheet_by_index(0).to_python()
        assert len(table) == rows, name
        assert rows == 1 or "=1+1 电梯" in table[1]
    for name in ("rounds_export", "mediations_export"):
        assert desk.log_in("qianyu").get(reverse(f"desk:{name}")).status_code == 200
