"""Supplement, withdrawal, written opinion: what a petitioner does on an open matter."""

from tests.portal.citizen import Citizen, text_of
from tests.portal.offices import Offices
from tests.support.accounts import ACCOUNTS
from xinqiao.matters import queries as matters


def seen(citizen: Citizen, page: str) -> str:
    """The number of the last entry that stands in the form of a page."""
    return str(citizen.client.get(page).context["form"]["seen"].value())


def supplements(receipt_matter: int) -> list[str]:
    return matters.texts_of([receipt_matter], "supplement", "supplement").get(receipt_matter, [])


def test_a_supplement_reaches_the_matter(gao_lan: Citizen, offices: Offices) -> None:
    receipt = offices.accepted()
    gao_lan.opens(receipt)
    page = f"/lookup/{receipt.number}/supplement/"
    answer = gao_lan.client.post(
        page, {"supplement": "贴过一次通知", "seen": seen(gao_lan, page)}, follow=True
    )
    assert "补充内容已经提交" in text_of(answer)
    assert supplements(receipt.matter) == ["贴过一次通知"]


def test_pressed_twice_it_is_added_once(gao_lan: Citizen, offices: Offices) -> None:
    receipt = offices.accepted()
    gao_lan.opens(receipt)
    page = f"/lookup/{receipt.number}/supplement/"
    form = {"supplement": "贴过一次通知", "seen": seen(gao_lan, page)}
    assert [gao_lan.client.post(page, form).status_code for _ in range(2)] == [302, 302]
    assert supplements(receipt.matter) == ["贴过一次通知"]


def test_a_question_is_shown_until_it_is_answered(gao_lan: Citizen, offices: Offices) -> None:
    receipt = offices.accepted()
    offices.takes(receipt, "ask_petitioner", "lina", 10, question="哪一天停用的？")
    gao_lan.opens(receipt)
    page = f"/lookup/{receipt.number}/supplement/"
    assert "哪一天停用的？" in text_of(gao_lan.client.get(page))
    gao_lan.client.post(page, {"supplement": "四月十二日", "seen": seen(gao_lan, page)})
    assert gao_lan.client.get(f"/lookup/{receipt.number}/").context["question"] == ""


def test_when_the_office_acted_meanwhile_the_words_stay_and_the_next_try_goes(
    gao_lan: Citizen, offices: Offices
) -> None:
    receipt = offices.accepted()
    gao_lan.opens(receipt)
    page = f"/lookup/{receipt.number}/supplement/"
    before = seen(gao_lan, page)
    offices.takes(receipt, "ask_petitioner", "lina", 0, question="哪一天停用的？")
    refused = gao_lan.client.post(page, {"supplement": "贴过一次通知", "seen": before})
    assert "其他人刚刚办理过" in text_of(refused)
    assert "贴过一次通知" in text_of(refused)
    assert "哪一天停用的？" in text_of(refused)
    again = str(refused.context["form"]["seen"].value())
    assert (
        gao_lan.client.post(page, {"supplement": "贴过一次通知", "seen": again}).status_code == 302
    )


def test_a_withdrawn_petition_says_so_and_takes_no_more_steps(
    gao_lan: Citizen, offices: Offices
) -> None:
    receipt = offices.accepted()
    gao_lan.opens(receipt)
    page = f"/lookup/{receipt.number}/withdraw/"
    missing = gao_lan.client.post(page, {"reason": "", "seen": seen(gao_lan, page)})
    assert missing.context["form"].errors["reason"]
    gao_lan.client.post(page, {"reason": "问题已经解决", "seen": seen(gao_lan, page)})
    matter = gao_lan.client.get(f"/lookup/{receipt.number}/")
    assert matter.context["state"] == "已撤回"
    assert "已经办结" in text_of(gao_lan.client.get(page))


def test_after_the_opinion_it_cannot_be_withdrawn(gao_lan: Citizen, offices: Offices) -> None:
    receipt = offices.answered()
    gao_lan.opens(receipt)
    page = gao_lan.client.get(f"/lookup/{receipt.number}/withdraw/")
    assert "不能再撤回" in text_of(page)
    forced = gao_lan.client.post(f"/lookup/{receipt.number}/withdraw/", {"reason": "算了"})
    assert forced.context["form"].non_field_errors()


def test_after_a_simple_reply_a_written_opinion_can_be_asked_for(
    gao_lan: Citizen, offices: Offices
) -> None:
    receipt = offices.accepted(procedure="simple")
    offices.takes(receipt, "reply", "lina", 30, answer="电梯已修复", **ACCOUNTS)
    assert "电梯已修复" in gao_lan.opens(receipt)
    page = f"/lookup/{receipt.number}/written-opinion/"
    gao_lan.client.post(page, {"seen": seen(gao_lan, page)})
    assert gao_lan.client.get(f"/lookup/{receipt.number}/").context["state"] == "办理中"
