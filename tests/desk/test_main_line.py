"""The main line of a claim through the pages of the desk, from the counter to the re-examination opinion."""

import re
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from tests.desk.at_work import OPINION, Desk
from tests.desk.test_registering import registers, the_one
from tests.support.accounts import ACCOUNTS
from xinqiao.matters import queries as matters


class Pages:
    """One matter, handed from desk to desk."""

    def __init__(self, desk: Desk, number: str) -> None:
        self.desk, self.number = desk, number

    def takes(self, username: str, step: str, **typed: Any) -> None:
        """Opens the form of the step, fills it in, sends it, and looks at it twice where it is asked to."""
        client, address = self.desk.log_in(username), reverse("desk:step", args=[self.number, step])
        offered = client.get(reverse("desk:matter", args=[self.number])).content.decode()
        assert address in offered, f"{step} is not offered to {username}"
        form = client.get(address).content.decode()
        seen = re.search(r'name="seen" value="(\d+)"', form)
        assert seen is not None
        answer = client.post(address, {"seen": seen[1], **typed})
        if answer.status_code == 200:
            assert "请再核对一遍" in answer.content.decode()
            answer = client.post(address, {"seen": seen[1], "confirmed": "yes", **typed})
        assert answer.status_code == 302, answer.content.decode()

    def stands(self, username: str = "wangmin") -> tuple[str, str]:
        """State and holder."""
        person = self.desk.city.person(username)
        matter = matters.find(person, self.number, timezone.now())
        assert matter is not None
        sheet = matters.sheet(person, matter, timezone.now())
        assert sheet is not None
        return sheet.line.state, sheet.line.holder


def test_from_the_counter_to_the_last_level(desk: Desk) -> None:
    registers(desk.log_in("wangmin"))
    line = Pages(desk, the_one(desk).number)
    line.takes("wangmin", "transfer", to_unit="city-labour")
    line.takes("sunli", "object", reason="不属于人社部门职责", suggested_unit="市住房和城乡建设局")
    line.takes("wangmin", "escalate_dispute", to_unit="city-government", reason="两家意见不一致")
    line.takes("wutao", "decide_competence", to_unit="city-housing", reason="属住建部门职责")
    assert line.stands() == ("referred", "city-housing")
    line.takes("lina", "accept", procedure="ordinary")
    line.takes("chenbo", "designate", officer=desk.city.account("lina"))
    line.takes("lina", "request_extension", days="15", reason="需要检测")
    line.takes("chenbo", "approve_extension")
    line.takes("lina", "submit_opinion", **OPINION)
    line.takes("chenbo", "return_opinion", reason="请补充依据")
    line.takes("lina", "submit_opinion", **OPINION)
    line.takes("chenbo", "issue_opinion")
    line.takes("lina", "deliver_opinion", method="in_person", proof="回执1号")
    assert line.stands() == ("answered", "city-housing")
    line.takes("wangmin", "request_review", reason="信访人不服", to_unit="city-government")
    judged = {
        "appeal_result": "upheld",
        "opinion": "维持原意见。",
        "legal_basis": "条例第三十五条。",
    }
    line.takes("wutao", "issue_review_opinion", **judged)
    line.takes("wutao", "deliver_review_opinion", method="registered_post")
    line.takes("wangmin", "request_reexamination", reason="仍不服", to_unit="province-government")
    line.takes("shenhao", "open_hearing", place="听证室")
    line.takes("shenhao", "close_hearing", record="双方到场。")
    line.takes("shenhao", "issue_reexamination_opinion", **judged)
    line.takes("shenhao", "deliver_reexamination_opinion", method="in_person")
    assert line.stands()[0] == "concluded"


def test_an_assignment_with_its_report_and_a_settlement(desk: Desk) -> None:
    registers(desk.log_in("wangmin"))
    line = Pages(desk, the_one(desk).number)
    by = str(timezone.localdate() + timedelta(days=20))
    line.takes("wangmin", "assign", to_unit="city-housing", report_by=by)
    line.takes("lina", "notify", notice_content="已收到，将依法办理。")
    line.takes("lina", "accept", procedure="ordinary")
    line.takes("lina", "open_mediation", mediation_kind="peoples", both_agree="yes")
    line.takes(
        "lina", "record_settlement", agreement="三十日内修复。", both_agree="yes", **ACCOUNTS
    )
    line.takes("lina", "report_result", record="已达成和解。")
    assert line.stands()[0] == "settled"


def test_a_step_taken_in_error_is_revoked_and_a_wrong_date_corrected(desk: Desk) -> None:
    receipt = desk.accepts(10)
    line = Pages(desk, receipt.matter_number)
    yesterday = str(timezone.localdate() - timedelta(days=1))
    line.takes("chenbo", "correct_date", entry="4", corrected_date=yesterday, reason="录入有误")
    line.takes("lina", "submit_opinion", **OPINION)
    line.takes("chenbo", "issue_opinion")
    line.takes("chenbo", "revoke", entry="7", reason="签发有误")
    assert line.stands()[0] == "opinion_submitted"
    html = desk.log_in("lina").get(reverse("desk:matter", args=[line.number])).content.decode()
    assert "已撤销，不再计算" in html and "按更正后的日期计算" in html
