"""Before an answer goes out its writer and its head see what it answers; it stops nothing, and shows nothing beyond."""

import re

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.desk.at_work import OPINION, Desk
from tests.desk.test_steps import address, last, seen_by, send
from tests.insight.answering import BODY, EMPTY, FULL, replies
from tests.support.accounts import ACCOUNTS
from xinqiao.insight.answers.jobs import file_all_answers
from xinqiao.intake.joining import join, split_off
from xinqiao.intake.values import Receipt
from xinqiao.rules.table import STEPS


def look(client: Client, number: str, step: str, **typed: str) -> str:
    answer = client.post(reverse("desk:answer_look", args=[number, step]), typed)
    assert answer.status_code == 200
    return answer.content.decode()


def asks(html: str) -> list[tuple[str, bool]]:
    """The demands shown, each with whether it is said to be mentioned."""
    listed = html.partition('<ul class="xq-look-asks">')[2].partition("</ul>")[0]
    found = re.findall(r"<span>(.+?)(?: <span class=\"xq-tag\">(.+?)</span>)?</span></li>", listed)
    return [(sentence, tag == "已提及") for sentence, tag in found]


def test_li_na_sees_what_her_draft_leaves_out(desk: Desk) -> None:
    number = desk.accepts(10, body=BODY).matter_number
    li_na = desk.log_in("lina")
    form = li_na.get(address(number, "submit_opinion")).content.decode()
    assert "尚未填写" in form
    assert [sentence for sentence, _ in asks(form)] == [
        "小区电梯停运半年，请求尽快修复电梯。",
        "停车场一直乱收费，要求退还多收的停车费！",
        "请问维修资金还剩多少？",
    ]
    html = look(li_na, number, "submit_opinion", facts_found=FULL)
    assert [there for _, there in asks(html)] == [True, False, True]
    assert "1项基本未提及" in html
    assert "《安徽省物业管理条例》" in html or "安徽省物业管理条例" in html


def test_an_empty_answer_is_said_to_be_empty_and_may_be_sent_all_the_same(desk: Desk) -> None:
    receipt = desk.registers(10, kind="suggestion", body=BODY)
    desk.takes(receipt.matter, "transfer", by="wangmin", days=10, to_unit="city-housing")
    desk.takes(receipt.matter, "take_up", by="lina", days=10)
    number, li_na = receipt.matter_number, desk.log_in("lina")
    assert "尚未告知信访人任何实质内容" in look(li_na, number, "reply", answer=EMPTY)
    assert "只说明了事项现由谁办理" in look(
        li_na, number, "reply", answer="您好，您反映的问题已转交市城管局处理，感谢您的支持。"
    )
    second = send(li_na, number, "reply", answer=EMPTY, **ACCOUNTS).content.decode()
    assert "尚未告知信访人任何实质内容" in second, "and once more where it is looked at again"
    send(li_na, number, "reply", answer=EMPTY, confirmed="yes", **ACCOUNTS)
    assert last(receipt.matter).step == "reply"


def test_without_script_a_button_looks_again_and_nothing_is_lost_or_taken(desk: Desk) -> None:
    receipt = desk.accepts(10)
    li_na = desk.log_in("lina")
    typed = {"facts_found": EMPTY, "look": "yes"}
    answer = send(li_na, receipt.matter_number, "submit_opinion", **typed)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert EMPTY in html and "尚未告知信访人任何实质内容" in html
    assert "xq-error" not in html, "what is not filled in yet is no mistake"
    assert last(receipt.matter).step == "accept"


def test_the_head_who_signs_looks_at_what_was_submitted_last(desk: Desk) -> None:
    receipt = desk.accepts(10, body=BODY)
    desk.takes(
        receipt.matter, "submit_opinion", by="lina", days=8, **OPINION | {"facts_found": EMPTY}
    )
    chen_bo = desk.log_in("chenbo")
    assert (
        "有2项基本未提及" in chen_bo.get(address(receipt.number, "issue_opinion")).content.decode()
    )
    desk.takes(receipt.matter, "return_opinion", by="chenbo", days=7, reason="未回应停车费")
    answered = f"{FULL}多收的停车费已责令退还。"
    desk.takes(
        receipt.matter, "submit_opinion", by="lina", days=6, **OPINION | {"facts_found": answered}
    )
    html = chen_bo.get(address(receipt.number, "issue_opinion")).content.decode()
    assert "均已提及" in html
    assert 'name="look"' not in html, "nothing is typed here"


def test_all_contacts_are_read(desk: Desk) -> None:
    receipt = desk.accepts(10)
    desk.receives(3, matter=receipt.matter, subject="追加诉求", body="另请求公示消防检测报告。")
    html = look(desk.log_in("lina"), receipt.number, "submit_opinion", opinion=FULL)
    assert ("另请求公示消防检测报告。", False) in asks(html)


def test_what_became_a_matter_of_its_own_is_answered_there(desk: Desk) -> None:
    receipt = desk.accepts(10, body=BODY)
    added = desk.receives(
        3, matter=receipt.matter, subject="另一件事", body="另请求公示消防检测报告。"
    )
    li_na = desk.log_in("lina")
    assert "消防检测报告" in look(li_na, receipt.number, "submit_opinion", opinion=FULL)
    split_off(
        receipt.matter,
        added.number,
        "消防是另一件事",
        by=desk.city.person("lina"),
        now=timezone.now(),
    )
    html = look(li_na, receipt.number, "submit_opinion", opinion=FULL)
    assert "消防检测报告" not in html and "要求退还多收的停车费" in html


def joined(desk: Desk, first: str, second: str) -> tuple[Receipt, Receipt]:
    """Two matters that Li Na handles together; the first carries the second."""
    carries, carried = desk.accepts(12, body=first), desk.accepts(10, body=second)
    by = desk.city.person("lina")
    join(carried.matter, carries.matter_number, "同一部电梯", by=by, now=timezone.now())
    return carries, carried


def test_all_who_get_the_answer_are_read(desk: Desk) -> None:
    carries, carried = joined(desk, "请求修复电梯。", "电梯坏了。另请求退还多收的停车费。")
    li_na = desk.log_in("lina")
    html = look(li_na, carries.number, "submit_opinion", opinion="电梯已经修复。")
    assert asks(html) == [("请求修复电梯。", True), ("另请求退还多收的停车费。", False)]
    assert "并案办理的1件事项" in html
    desk.takes(carries.matter, "submit_opinion", by="lina", **OPINION)
    signing = desk.log_in("chenbo").get(address(carries.number, "issue_opinion")).content.decode()
    assert "另请求退还多收的停车费。" in [sentence for sentence, _ in asks(signing)]
    desk.takes(carries.matter, "issue_opinion", by="chenbo")
    desk.takes(carried.matter, "deliver_opinion", by="lina", method="in_person")
    went_out = look(desk.log_in("wangmin"), carried.number, "mark_perfunctory")
    assert "尚未填写" not in went_out and "另请求退还多收的停车费。" in went_out
    assert "请求修复电梯。" not in went_out, "each went its own way"


def test_of_what_is_handled_together_one_sees_what_one_may(desk: Desk) -> None:
    carries, carried = joined(desk, "请求修复电梯。", "电梯坏了。另请求退还多收的停车费。")
    desk.takes(carries.matter, "submit_opinion", by="lina", **OPINION)
    desk.takes(
        carried.matter, "recuse", by="chenbo", account=desk.city.accounts["chenbo"], reason="亲属"
    )
    html = desk.log_in("chenbo").get(address(carries.number, "issue_opinion")).content.decode()
    assert [sentence for sentence, _ in asks(html)] == ["请求修复电梯。"]
    assert "停车费" not in html and "并案办理的" not in html


def test_all_demands_count_however_few_are_shown(desk: Desk) -> None:
    body = "".join(f"请求修复{place}号楼的门禁系统。" for place in "一二三四五六七八九十甲乙丙丁")
    html = look(
        desk.log_in("lina"),
        desk.accepts(10, body=body).number,
        "submit_opinion",
        opinion="电梯的曳引机已经更换，维修费用由物业公司承担。",
    )
    assert "识别到诉求14项，其中有14项基本未提及" in html and len(asks(html)) == 12
    assert "另有2项" in html


def test_an_answer_that_comes_late_is_said_to(desk: Desk) -> None:
    late = look(desk.log_in("lina"), desk.accepts(90).number, "submit_opinion", opinion=FULL)
    assert "逾期 30 天" in late
    html = look(desk.log_in("lina"), desk.accepts(5).number, "submit_opinion", opinion=FULL)
    assert "办理期限" in html and "逾期" not in html


def test_an_earlier_answer_is_named_within_scope_alone(desk: Desk) -> None:
    earlier = replies(desk, FULL, 20)
    now_at = desk.accepts(5)
    labour = desk.refers(5, to="city-labour")
    desk.takes(labour.matter, "accept", by="sunli", days=5, procedure="ordinary")
    file_all_answers(timezone.now())
    assert earlier.number in look(
        desk.log_in("lina"), now_at.number, "submit_opinion", facts_found=FULL
    )
    html = look(desk.log_in("sunli"), labour.number, "submit_opinion", facts_found=FULL)
    assert earlier.number not in html and "您可查看的答复中没有" in html


def test_nobody_else_looks(desk: Desk) -> None:
    number = desk.accepts().matter_number
    to = reverse("desk:answer_look", args=[number, "submit_opinion"])
    assert desk.log_in("sunli").post(to).status_code == 404
    assert desk.log_in("wangmin").post(to).status_code == 403
    assert desk.log_in("lina").get(to).status_code == 405
    nothing = reverse("desk:answer_look", args=[number, "transfer"])
    assert desk.log_in("lina").post(nothing).status_code == 404
    desk_after = reverse("desk:answer_look", args=[desk.submits().number, "submit_opinion"])
    assert desk.log_in("lina").post(desk_after).status_code == 204


def test_signs_in_a_petition_are_signs(desk: Desk) -> None:
    number = desk.accepts(10, body="<script>alert(1)</script>请求修复电梯门禁系统。").matter_number
    html = look(desk.log_in("lina"), number, "submit_opinion", opinion="<b>好</b>")
    assert "<script>" not in html and "<b>" not in html


def test_every_field_that_is_read_stands_in_its_step() -> None:
    from xinqiao.insight.answers.given import SIGNS, WRITTEN  # noqa: PLC0415

    for step, names in WRITTEN.items():
        assert set(names) <= {*STEPS[step].needs, *STEPS[step].may_have}, step
    assert SIGNS.keys() <= STEPS.keys() and set(SIGNS.values()) <= WRITTEN.keys()


def test_seen_is_kept(desk: Desk) -> None:
    number = desk.accepts().matter_number
    client = desk.log_in("lina")
    before = seen_by(client, number, "submit_opinion")
    look(client, number, "submit_opinion", opinion=FULL)
    assert seen_by(client, number, "submit_opinion") == before, "looking writes nothing"
