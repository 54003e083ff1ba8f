"""The pages of leadership: five minutes, cases and visits, the conference from agenda to duties, who answers."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.desk.at_work import Desk
from tests.desk.test_exports import read
from tests.duties.given import gives
from tests.evidence.samples import picture
from tests.leadership.leading import in_days, plans, takes_charge
from xinqiao.duties.models import Duty
from xinqiao.leadership.models import Attendance, Conference, FieldVisit, Item, Lead


def page(browser: Client, name: str, *values: Any, status: int = 200, **query: str) -> str:
    answer = browser.get(reverse(f"desk:{name}", args=values), query)
    assert answer.status_code == status
    return answer.content.decode()


def test_five_minutes_show_cases_promises_and_what_is_late(desk: Desk) -> None:
    receipt = desk.accepts(80)
    takes_charge(desk, receipt.matter)
    gives(desk, unit="city-government", words="协调财政安排维修资金")
    shown = page(desk.log_in("wutao"), "leadership")
    assert "电梯停运半年" in shown
    assert "协调财政安排维修资金" in shown
    late = page(desk.log_in("chenbo"), "leadership")
    assert receipt.number in late
    assert "逾期" in late
    assert desk.log_in("lina").get(reverse("desk:leadership")).status_code == 302


def test_a_leader_takes_charge_beside_the_matter(desk: Desk) -> None:
    receipt = desk.accepts()
    office = desk.log_in("zhaogang")
    address = reverse("desk:assign_lead", args=[receipt.number])
    assert address in page(office, "matter", receipt.number)
    leader = f"{desk.city.account('wutao')}@city-government"
    typed = {"leader": leader, "measures": "约谈物业", "settle_by": in_days(20).isoformat()}
    wrong = office.post(address, typed | {"settle_by": in_days(-1).isoformat()})
    assert wrong.status_code == 422
    assert "约谈物业" in wrong.content.decode()
    answer = office.post(address, typed)
    assert answer.status_code == 302
    assert "吴涛" in page(office, "matter", receipt.number)
    assert "约谈物业" in desk.log_in("wutao").get(answer["Location"]).content.decode()
    assert (
        office.get(address).status_code == 302
    )  # somebody is in charge already: told on the matter
    assert desk.log_in("lina").get(address).status_code == 403


def test_a_field_visit_is_written_down_with_its_promises_and_pictures(desk: Desk) -> None:
    lead = takes_charge(desk, desk.accepts().matter)
    leader = desk.log_in("wutao")
    address = reverse("desk:new_visit", args=[lead])
    typed = {
        "visited_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"), "place": "某某小区", "record": "电梯停用",
        "with_units": ["city-housing"], "words_1": "修复一部电梯", "unit_1": "city-housing",
    }  # fmt: skip
    half = leader.post(address, typed)
    assert half.status_code == 422
    assert "要一起填写" in half.content.decode()
    photo = SimpleUploadedFile("电梯.jpg", picture(), "image/jpeg")
    done = leader.post(address, typed | {"due_1": in_days(9).isoformat(), "files": [photo]})
    assert done.status_code == 302
    assert FieldVisit.objects.count() == 1
    assert Duty.objects.get().words == "修复一部电梯"
    shown = leader.get(done["Location"]).content.decode()
    assert "修复一部电梯" in shown
    assert "1 项承诺" in page(leader, "visits")
    assert [row[1] for row in read(leader.get(reverse("desk:visits_table")))[1:]] == ["某某小区"]
    assert len(read(desk.log_in("qianyu").get(reverse("desk:visits_table")))) == 1


def test_progress_and_the_end_of_a_case(desk: Desk) -> None:
    lead = takes_charge(desk, desk.accepts().matter)
    leader, address = desk.log_in("wutao"), reverse("desk:case", args=[lead])
    assert leader.post(address, {"do": "progress", "record": ""}).status_code == 422
    assert leader.post(address, {"do": "progress", "record": "已约谈"}).status_code == 302
    assert "已约谈" in page(leader, "case", lead)
    assert (
        leader.post(
            address, {"do": "end", "lead_outcome": "settled", "reason": "已修复"}
        ).status_code
        == 302
    )
    assert Lead.objects.get().outcome == "settled"
    assert leader.post(address, {"do": "progress", "record": "再报"}).status_code == 422
    assert read(leader.get(reverse("desk:cases_table"), {"queue": "ended"}))[1][2] == "吴涛"


def test_a_meeting_from_plan_to_duty(desk: Desk) -> None:
    office, housing = desk.log_in("zhaogang"), desk.log_in("lina")
    late = desk.refers(60)
    meets = timezone.localtime() + timedelta(days=1)
    typed = {
        "unit": "city-petition", "meets_at": meets.strftime("%Y-%m-%dT%H:%M"), "place": "二会议室",
        "chair": str(desk.city.account("wutao")), "called": ["city-housing"],
    }  # fmt: skip
    answer = office.post(reverse("desk:new_conference"), typed)
    assert answer.status_code == 302
    conference = Conference.objects.get()
    candidates = page(office, "candidates", conference.pk)
    assert late.number in candidates
    assert "逾期十五天以上" in candidates
    office.post(reverse("desk:candidates", args=[conference.pk]), {"matter": [late.number]})
    offered = desk.accepts()
    propose = reverse("desk:propose_item", args=[offered.number])
    assert housing.post(propose, {"conference": conference.pk, "reason": ""}).status_code == 422
    assert (
        housing.post(propose, {"conference": conference.pk, "reason": "请财政明确资金"}).status_code
        == 302
    )
    first, second = Item.objects.order_by("id")
    assert (
        office.post(
            reverse("desk:conference_item", args=[second.pk]), {"do": "take_up"}
        ).status_code
        == 302
    )
    Conference.objects.update(meets_at=timezone.now() - timedelta(hours=1))
    decide = {
        "do": "decide", "outcome": "measures", "decision": "住建牵头，十日内办结", "words_1": "约谈开发商",
        "unit_1": "city-housing", "due_1": in_days(10).isoformat(),
    }  # fmt: skip
    assert office.post(reverse("desk:conference_item", args=[first.pk]), decide).status_code == 302
    shown = page(housing, "conference", conference.pk)
    assert "住建牵头" in shown
    assert "约谈开发商" in shown
    came = {"came-city-housing": "yes", "who-city-housing": str(desk.city.account("chenbo"))}
    assert office.post(reverse("desk:attendance", args=[conference.pk]), came).status_code == 302
    assert Attendance.objects.get().account == desk.city.account("chenbo")
    assert (
        office.post(reverse("desk:conference", args=[conference.pk]), {"do": "hold"}).status_code
        == 302
    )
    assert read(office.get(reverse("desk:conferences_table")))[1][5] == "住建牵头，十日内办结"
    assert (
        office.post(reverse("desk:conference", args=[conference.pk]), {"do": "cancel"}).status_code
        == 422
    )


def test_papers_are_for_who_is_called(desk: Desk) -> None:
    conference, office = plans(desk), desk.log_in("zhaogang")
    paper = SimpleUploadedFile("方案.jpg", picture(), "image/jpeg")
    assert (
        office.post(reverse("desk:add_papers", args=[conference]), {"files": [paper]}).status_code
        == 302
    )
    shown = page(desk.log_in("chenbo"), "conference", conference)
    assert "方案.jpg" in shown
    program = SimpleUploadedFile("x.exe", b"MZ" + bytes(200), "application/octet-stream")
    refused = office.post(reverse("desk:add_papers", args=[conference]), {"files": [program]})
    assert refused.status_code == 422
    assert (
        desk.log_in("chenbo").post(reverse("desk:add_papers", args=[conference])).status_code == 403
    )
    assert (
        desk.log_in("qianyu").get(reverse("desk:conference", args=[conference])).status_code == 404
    )


def test_who_answers_is_kept_by_the_head_and_printed_as_a_table(desk: Desk) -> None:
    head, address = desk.log_in("chenbo"), reverse("desk:responsibility")
    typed = {
        "unit": "city-housing",
        "account": str(desk.city.account("lina")),
        "kind": "member",
        "duty_words": "",
    }
    assert head.post(address, typed).status_code == 422
    assert head.post(address, typed | {"duty_words": "物业管理"}).status_code == 302
    shown = page(desk.log_in("sunli"), "responsibility")
    assert "物业管理" in shown
    assert "李娜" in shown
    other = desk.log_in("sunli").post(address, typed, follow=True)
    assert "由本单位负责人" in other.content.decode()
    assert head.post(f"{address}?year=nonsense", {"off": "999999"}).status_code == 302
    assert read(desk.log_in("lina").get(reverse("desk:responsibility_table")))[1][4] == "物业管理"


@pytest.mark.parametrize("name", ["cases", "visits", "conferences"])
def test_lists_ask_few_questions_however_many_rows(desk: Desk, name: str) -> None:
    matter = desk.accepts().matter
    lead = Lead.objects.get(pk=takes_charge(desk, matter))
    Lead.objects.bulk_create(
        Lead(
            matter_id=matter, seq=1000 + n, leader=lead.leader, unit=lead.unit, settle_by=lead.settle_by,
            assigned_at=lead.assigned_at, ended_on=lead.settle_by, outcome="settled",
        )
        for n in range(10_000)
    )  # fmt: skip
    FieldVisit.objects.bulk_create(
        FieldVisit(lead=lead, seq=n, visited_at=timezone.now(), leader=lead.leader)
        for n in range(10_000)
    )
    one = Conference.objects.get(pk=plans(desk))
    Conference.objects.bulk_create(
        Conference(
            unit=one.unit, region=one.region, meets_at=one.meets_at, place=one.place, chair=one.chair, state="held"
        )
        for _ in range(10_000)
    )  # fmt: skip
    browser = desk.log_in("zhaogang")
    address, query = reverse(f"desk:{name}"), {"page": "3", "queue": "all"}
    browser.get(address, query)
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(address, query)
    assert answer.content.decode().count("data-row") == 50
    assert len(asked) <= 16, [one["sql"] for one in asked.captured_queries]
