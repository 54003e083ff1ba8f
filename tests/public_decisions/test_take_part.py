"""Taking part on the portal: a few pages, nothing lost, nothing twice, and a text shown only when it was released."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.public_decisions.stories import Council, days_ago
from xinqiao.accounts.throttle import Limit
from xinqiao.intake.models import Contact
from xinqiao.portal.public_decisions import voice
from xinqiao.public_decisions.actions import assessments, opinions
from xinqiao.public_decisions.models import Opinion, Suggestion
from xinqiao.rules.public_decisions import Conclusion

STANCE = {"stance": "against", "role": "tenant"}


def text_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return str(answer.content.decode())


def key_in(page: str) -> str:
    found = re.search(r'name="key" value="([^"]+)"', page)
    assert found
    return found[1]


def writes(client: Client, number: str, words: str = "租户不应当分摊。") -> str:
    """All pages up to the check; gives the key of the draft."""
    client.post(f"/decisions/{number}/opinion/stance/", STANCE)
    client.post(f"/decisions/{number}/opinion/words/", {"words": words})
    return key_in(text_of(client.get(f"/decisions/{number}/opinion/check/")))


def test_an_opinion_in_three_pages_and_pressed_twice_it_is_one(
    council: Council, client: Client
) -> None:
    number = council.asks(10)
    assert number in text_of(client.get("/decisions/"))
    key = writes(client, number)
    for _ in range(2):
        answer = client.post(f"/decisions/{number}/opinion/check/", {"key": key})
        assert answer["Location"] == f"/decisions/{number}/opinion/sent/"
    (kept,) = Opinion.objects.all()
    assert (kept.number, kept.role, kept.stance, kept.entered_by) == (1, "tenant", "against", None)
    assert "<code" in text_of(client.get(f"/decisions/{number}/opinion/sent/"))


def test_what_was_typed_stays_when_something_is_missing(council: Council, client: Client) -> None:
    number = council.asks(10)
    page = client.post(f"/decisions/{number}/opinion/stance/", {"stance": "against", "role": ""})
    assert 'value="against"' in text_of(page)
    assert re.search(r'value="against"[^>]*checked', text_of(page))
    client.post(f"/decisions/{number}/opinion/words/", {"words": "先写理由"})
    assert "先写理由" in text_of(client.get(f"/decisions/{number}/opinion/words/"))
    assert client.get(f"/decisions/{number}/opinion/check/").status_code == 302
    assert not Opinion.objects.exists()


def test_personal_numbers_are_pointed_out_before_sending(council: Council, client: Client) -> None:
    number = council.asks(10)
    writes(client, number, "请打13855501234")
    page = text_of(client.get(f"/decisions/{number}/opinion/check/"))
    assert "138…34" in page


def test_after_the_last_day_it_says_so_and_leads_to_how_far_it_is(
    council: Council, client: Client
) -> None:
    number = council.asks(60)
    key = ""
    client.post(f"/decisions/{number}/opinion/stance/", STANCE)
    client.post(f"/decisions/{number}/opinion/words/", {"words": "晚了"})
    key = key_in(text_of(client.get(f"/decisions/{number}/opinion/check/")))
    answer = client.post(f"/decisions/{number}/opinion/check/", {"key": key})
    assert answer.status_code == 409 and "截止" in answer.content.decode()
    assert "晚了" in answer.content.decode()
    assessments.close_opinions(number, by=council.city.person("lina"), now=timezone.now())
    answer = client.get(f"/decisions/{number}/opinion/words/")
    assert answer["Location"] == f"/decisions/{number}/"


def test_very_many_from_one_browser_have_to_wait_and_lose_nothing(
    council: Council, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = council.asks(10)
    few = Limit(name="voice-session-story", most=2, within=voice._OF_SESSION.within)
    monkeypatch.setattr(voice, "_OF_SESSION", few)
    for place in range(3):
        key = writes(client, number, f"意见{place}")
        answer = client.post(f"/decisions/{number}/opinion/check/", {"key": key})
    assert answer.status_code == 409
    assert "意见2" in answer.content.decode()
    assert Opinion.objects.count() == 2


def test_before_the_head_approved_nobody_reads_findings_or_answers(
    council: Council, client: Client
) -> None:
    number = council.weighs(20)
    page = text_of(client.get(f"/decisions/{number}/?opinion=1"))
    assert "按楼层系数调整" not in page and "低楼层不应当" not in page
    by = council.city.person
    assessments.submit(
        number, Conclusion.CONDITIONS, "风险可控。", "", by=by("lina"), now=days_ago(5)
    )
    assert "风险可控" not in text_of(client.get(f"/decisions/{number}/"))
    assessments.approve(number, by=by("chenbo"), now=days_ago(4))
    page = text_of(client.get(f"/decisions/{number}/?opinion=1"))
    assert page.count("按楼层系数调整") == 2 and "风险可控" in page
    assert "低楼层不应当" not in page
    opinions.release(number, 1, "低楼层不应当一样。", by=by("lina"), now=days_ago(3))
    assert "低楼层不应当一样" in text_of(client.get(f"/decisions/{number}/"))


def test_a_number_that_nobody_got_is_told_and_nonsense_is_ignored(
    council: Council, client: Client
) -> None:
    number = council.asks(10)
    assert "没有编号为7的意见" in text_of(client.get(f"/decisions/{number}/?opinion=7"))
    for typed in ("x", "-1", "９", "1" * 40, "%00"):
        text_of(client.get(f"/decisions/{number}/?opinion={typed}"))
    assert client.get("/decisions/nothing/").status_code == 404
    assert client.get(f"/decisions/{council.begins()}/").status_code == 404


def test_a_suggestion_ends_with_a_receipt_that_opens_its_matter(
    council: Council, client: Client
) -> None:
    number = council.calls_for(10)
    said = {"subject": "公交站加座椅", "body": "没有座椅，老人站不住。"}
    client.post(f"/decisions/calls/{number}/suggest/words/", said)
    wrong = client.post(f"/decisions/calls/{number}/suggest/who/", {"name": "", "phone": "12"})
    assert wrong.status_code == 200 and not Suggestion.objects.exists()
    client.post(f"/decisions/calls/{number}/suggest/who/", {"name": "", "phone": ""})
    key = key_in(text_of(client.get(f"/decisions/calls/{number}/suggest/check/")))
    for _ in range(2):
        answer = client.post(f"/decisions/calls/{number}/suggest/check/", {"key": key})
        receipt = text_of(client.get(answer["Location"]))
    contact = Contact.objects.get()
    assert contact.number in receipt
    assert Suggestion.objects.get().matter_id == contact.matter_id
    text_of(client.get(f"/lookup/{contact.number}/"))


def test_a_call_over_sends_to_the_ordinary_way(council: Council, client: Client) -> None:
    number = council.calls_for(60, lasting=10)
    assert "/submit/" in text_of(client.get(f"/decisions/calls/{number}/"))
    client.post(f"/decisions/calls/{number}/suggest/words/", {"subject": "一", "body": "二"})
    client.post(f"/decisions/calls/{number}/suggest/who/", {"name": "", "phone": ""})
    key = key_in(text_of(client.get(f"/decisions/calls/{number}/suggest/check/")))
    answer = client.post(f"/decisions/calls/{number}/suggest/check/", {"key": key})
    assert answer.status_code == 409 and not Contact.objects.exists()


def test_what_was_adopted_names_nobody_and_no_number(council: Council, client: Client) -> None:
    from tests.public_decisions.test_suggest import adopted  # noqa: PLC0415
    from xinqiao.public_decisions.actions import calls  # noqa: PLC0415

    _, row = adopted(council)
    wang_min = council.city.person("wangmin")
    calls.release_suggestion(row, "公交站应当有座椅。", by=wang_min, now=days_ago(2))
    page = text_of(client.get("/decisions/adopted/"))
    assert "公交站应当有座椅。" in page and "先在二十个站点加装。" in page
    assert Contact.objects.get().number not in page
