"""Rating: once, after the answer, with the code or from the link of a message."""

from django.core import signing
from django.utils import timezone

from tests.portal.citizen import Citizen, text_of
from tests.portal.offices import Offices
from tests.support.accounts import ACCOUNTS
from xinqiao.matters.actions import case_of, load
from xinqiao.notices.links import rating_link
from xinqiao.rules.facts import Facts
from xinqiao.rules.persons import SYSTEM

RATING = {
    "office_rating": "satisfied",
    "unit_rating": "dissatisfied",
    "settled": "no",
    "comment": "没有修好",
}


def facts(matter: int) -> Facts:
    return case_of(load(matter), SYSTEM, timezone.now()).facts


def test_with_the_code(gao_lan: Citizen, offices: Offices) -> None:
    receipt = offices.answered()
    gao_lan.opens(receipt)
    answer = gao_lan.client.post(f"/rate/{receipt.number}/", RATING)
    assert "没有解决，接下来怎么办" in text_of(answer)
    assert "请求复查" in text_of(answer)
    assert (facts(receipt.matter).rated, facts(receipt.matter).settled) == (
        True,
        False,
    )


def test_from_the_link_of_a_message_without_a_code(gao_lan: Citizen, offices: Offices) -> None:
    receipt = offices.answered()
    link = rating_link(receipt.matter)
    page = text_of(gao_lan.client.get(link))
    assert receipt.number in page
    assert "电梯" not in page
    assert "很高兴问题得到解决" in text_of(gao_lan.client.post(link, RATING | {"settled": "yes"}))
    assert facts(receipt.matter).settled is True
    assert (
        gao_lan.client.get(f"/lookup/{receipt.number}/").status_code == 302
    )  # it opened nothing else


def test_a_second_rating_is_refused_with_words(gao_lan: Citizen, offices: Offices) -> None:
    receipt = offices.answered()
    link = rating_link(receipt.matter)
    gao_lan.client.post(link, RATING)
    again = gao_lan.client.post(link, RATING | {"settled": "yes"})
    assert again.context["form"].non_field_errors()
    assert facts(receipt.matter).settled is False


def test_before_an_answer_it_says_from_when_on(gao_lan: Citizen, offices: Offices) -> None:
    receipt = offices.accepted()
    page = gao_lan.client.get(rating_link(receipt.matter))
    assert "收到答复之后就可以评价" in text_of(page)


def test_a_suggestion_that_was_answered_is_rated_too(gao_lan: Citizen, offices: Offices) -> None:
    receipt = offices.replied()
    assert gao_lan.client.post(rating_link(receipt.matter), RATING).status_code == 200
    assert facts(receipt.matter).rated


def test_what_is_missing_is_named_and_the_comment_stays(gao_lan: Citizen, offices: Offices) -> None:
    receipt = offices.answered()
    page = gao_lan.client.post(rating_link(receipt.matter), {"comment": "没有修好"})
    assert set(page.context["form"].errors) == {"office_rating", "unit_rating", "settled"}
    assert "没有修好" in text_of(page)


def test_of_a_report_the_link_names_no_organ(gao_lan: Citizen, offices: Offices) -> None:
    receipt = offices.registered(kind="report")
    offices.takes(receipt, "transfer", "wangmin", 38, to_unit="city-discipline")
    offices.takes(receipt, "take_up", "xujing", 37)
    offices.takes(receipt, "reply", "xujing", 5, answer="已经依法处理。", **ACCOUNTS)
    assert "市纪委监委" not in text_of(gao_lan.client.get(rating_link(receipt.matter)))


def test_a_damaged_or_foreign_link_says_what_to_do(gao_lan: Citizen, offices: Offices) -> None:
    receipt = offices.answered()
    foreign = f"/rate/link/{signing.dumps(receipt.matter, salt='another use')}/"
    for link in (rating_link(receipt.matter)[:-4] + "AAA/", foreign, "/rate/link/x/"):
        page = gao_lan.client.get(link)
        assert page.status_code == 404
        assert "凭编号和查询码评价" in page.content.decode()
