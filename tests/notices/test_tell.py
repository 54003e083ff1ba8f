"""A step is told to those who petitioned: once, on the phone they left, in words that give nothing away."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from tests.outbox.post import Post
from tests.portal.offices import Offices, days_ago
from xinqiao.intake.values import Receipt
from xinqiao.matters.actions import take
from xinqiao.notices.jobs import address_due
from xinqiao.notices.links import matter_of
from xinqiao.notices.queries import text_of
from xinqiao.outbox.jobs import send_due
from xinqiao.outbox.queries import pending
from xinqiao.people.actions import forget
from xinqiao.people.values import PersonInput
from xinqiao.rules.persons import SYSTEM
from xinqiao.rules.refusals import Refused


def round_of(post: Post) -> list[str]:
    """Addresses and sends what waits; the texts that arrived now."""
    before = len(post.taken)
    address_due(timezone.now())
    send_due(timezone.now())
    return [text_of(one) for one in post.taken[before:]]


def test_the_way_of_a_matter_from_referral_to_opinion(offices: Offices, post: Post) -> None:
    receipt = offices.answered()
    texts = round_of(post)
    assert [one.template for one in post.taken] == ["referred", "accepted", "opinion"]
    assert all(receipt.number in text for text in texts)
    assert all("https://xinfang.example/lookup/" in text for text in texts)
    assert "已受理，最迟于" in texts[1]


def test_a_message_names_no_unit_and_no_word_of_the_matter(offices: Offices, post: Post) -> None:
    offices.answered()
    for text in round_of(post):
        for word in ("住房", "电梯", "高兰", "13800001234", "信访"):
            assert word not in text


def test_a_report_sounds_like_any_other_matter(offices: Offices, post: Post) -> None:
    report = offices.registered(kind="report")
    offices.takes(report, "transfer", "wangmin", 38, to_unit="city-discipline")
    other = offices.registered()
    offices.takes(other, "transfer", "wangmin", 38, to_unit="city-housing")
    first, second = round_of(post)
    assert first.replace(report.number, "") == second.replace(other.number, "")


def test_only_the_answer_brings_the_link_and_it_opens_that_matter(
    offices: Offices, post: Post
) -> None:
    receipt = offices.answered()
    *others, opinion = round_of(post)
    assert not any("/rate/" in text for text in others)
    token = opinion.rpartition("/rate/link/")[2].strip("/")
    assert matter_of(token) == receipt.matter


def test_who_has_rated_is_asked_no_second_time(offices: Offices, post: Post) -> None:
    receipt = offices.answered()
    offices.takes(
        receipt, "rate", "petitioner", 1.8, office_rating="satisfied", unit_rating="satisfied", settled=False,
    )  # fmt: skip
    offices.takes(
        receipt, "request_review", "petitioner", 1.5, reason="不服", to_unit="city-government"
    )
    offices.takes(
        receipt,
        "issue_review_opinion",
        "wutao",
        1,
        appeal_result="upheld",
        opinion="维持",
        legal_basis="条例",
    )
    offices.takes(receipt, "deliver_review_opinion", "wutao", 0.5, method="electronic")
    texts = round_of(post)
    assert sum("/rate/link/" in text for text in texts) == 1


def test_run_twice_and_beside_each_other_it_is_one_message(offices: Offices, post: Post) -> None:
    offices.accepted()
    now = timezone.now()
    assert address_due(now) == 2
    assert address_due(now) == 0
    assert send_due(now).sent == 2
    assert send_due(now + timedelta(hours=1)).sent == 0
    assert len({one.key for one in post.taken}) == 2


def test_a_step_that_is_rolled_back_is_not_told(offices: Offices, post: Post) -> None:
    receipt = offices.registered()

    class Stop(Exception):
        pass

    with pytest.raises(Stop), transaction.atomic():
        offices.takes(receipt, "transfer", "wangmin", 38, to_unit="city-housing")
        raise Stop
    with pytest.raises(Refused):
        offices.takes(receipt, "accept", "lina", 36, procedure="ordinary")
    assert pending() == []


def test_what_is_entered_from_the_past_is_no_news(offices: Offices, post: Post) -> None:
    receipt = offices.received(channel="letter")
    fields = {"kind": "claim", "region": "340811"}
    take(
        receipt.matter,
        "register",
        fields,
        by=SYSTEM,
        now=days_ago(1),
        unit="city-petition",
        tell=False,
    )
    assert pending() == []


def of_a_letter(offices: Offices, **more: object) -> Receipt:
    return offices.registered(channel="letter", **more)


@pytest.mark.parametrize("person", [PersonInput(name="高兰", address="宜秀区"), None])
def test_who_left_no_phone_gets_no_message_and_nothing_waits(
    offices: Offices, post: Post, person: PersonInput | None
) -> None:
    of_a_letter(offices, petitioners=[person] if person else [])
    assert len(pending()) == 1
    assert round_of(post) == []
    assert pending() == []


def test_of_a_group_the_representatives_are_told(offices: Offices, post: Post) -> None:
    names = ["甲", "乙", "丙"]
    group = [PersonInput(name=name, phone=f"1380000123{n}") for n, name in enumerate(names)]
    of_a_letter(offices, petitioners=group, representatives=group[:2], head_count=12)
    assert len(round_of(post)) == 2


def test_one_phone_gets_one_message(offices: Offices, post: Post) -> None:
    couple = [PersonInput(name=name, phone="13800001234") for name in ("高兰", "李平")]
    of_a_letter(offices, petitioners=couple)
    assert len(round_of(post)) == 1


def test_the_erased_are_left_in_peace(offices: Offices, post: Post) -> None:
    of_a_letter(offices)
    address_due(timezone.now())
    (message,) = pending()
    assert message.to.petitioner is not None
    forget([message.to.petitioner], by_account=None, reason="保存期限届满", now=timezone.now())
    of_a_letter(offices)
    assert len(round_of(post)) == 2  # the one addressed before, for which a sender finds no phone


def test_in_english_on_request(offices: Offices, post: Post) -> None:
    offices.answered()
    round_of(post)
    told = text_of(post.taken[-1], "en")
    assert "The result on what you submitted" in told
    assert "Rate how it was handled" in told


def test_every_step_of_the_appeals_is_told(offices: Offices, post: Post) -> None:
    offices.concluded()
    round_of(post)
    assert [one.template for one in post.taken] == [
        "referred", "accepted", "opinion", "appeal_received", "opinion", "appeal_received", "opinion",
    ]  # fmt: skip


def test_a_question_and_more_time_are_told(offices: Offices, post: Post) -> None:
    receipt = offices.accepted()
    offices.takes(receipt, "ask_petitioner", "lina", 30, question="哪一天停用的？")
    offices.takes(receipt, "request_extension", "lina", 20, days=30, reason="需要鉴定")
    offices.takes(receipt, "approve_extension", "chenbo", 19)
    texts = round_of(post)[-2:]
    assert "提了一个问题" in texts[0]
    assert "延长了办理期限，最迟于" in texts[1]
    assert "鉴定" not in texts[1]
