"""Whatever is typed or sent: a clear message, nothing lost, never an error page of ours."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.portal.citizen import CLAIM, Citizen, text_of
from xinqiao.matters import queries as matters
from xinqiao.text.clean import MAX_TEXT, id_check_digit


def words(**changes: str) -> dict[str, str]:
    return CLAIM["words"] | changes


def body_kept(citizen: Citizen, body: str) -> str:
    """The text as it was received, after the whole way."""
    page = citizen.submits(words=words(body=body))
    matter = page.context["receipt"].matter
    return matters.texts_of([matter], "receive", "body")[matter][0]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("停\x00用", "停用"),
        ("停\u202e用\u2066", "停用"),
        ("停\u200b用", "停用"),
        ("停用👨‍👩‍👧😡", "停用👨‍👩‍👧😡"),
        ("第一行\r\n\r\n\r\n第二行", "第一行\n\n第二行"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_what_cannot_be_kept_is_taken_out_and_everything_else_stays(
    gao_lan: Citizen, typed: str, kept: str
) -> None:
    assert body_kept(gao_lan, typed) == kept


def test_what_was_taken_out_is_said_before_sending(gao_lan: Citizen) -> None:
    gao_lan.fills_in(words=words(body="停\x00用\u202e"))
    assert gao_lan.client.get("/submit/check/").context["notes"] == [
        "去掉了1个看不见的控制字符。请看一遍内容。",
        "去掉了1个改变书写方向的符号。请看一遍内容。",
    ]


def test_bytes_that_are_no_text_become_marks_and_not_an_error(gao_lan: Citizen) -> None:
    gao_lan.writes("kind", **CLAIM["kind"])
    gao_lan.writes("place", **CLAIM["place"])
    gao_lan.writes("township", **CLAIM["township"])
    lone_surrogate = "subject=a&body=%ED%A0%80%FF"
    form = "application/x-www-form-urlencoded"
    answer = gao_lan.client.post("/submit/words/", lone_surrogate, content_type=form)
    assert answer.status_code == 302
    assert "\N{REPLACEMENT CHARACTER}" in text_of(gao_lan.client.get("/submit/words/"))


def test_the_longest_text_is_received_whole(gao_lan: Citizen) -> None:
    assert len(body_kept(gao_lan, "长" * MAX_TEXT)) == MAX_TEXT


def test_one_character_more_is_refused_with_both_figures_and_kept(gao_lan: Citizen) -> None:
    gao_lan.fills_in()
    answer = gao_lan.writes("words", **words(body="长" * (MAX_TEXT + 1)))
    (said,) = answer.context["form"].errors["body"]
    assert "200001" in said
    assert "200000" in said
    assert "长" * (MAX_TEXT + 1) in text_of(gao_lan.client.get("/submit/words/"))


def test_reported_and_text_together_have_the_same_limit(gao_lan: Citizen) -> None:
    gao_lan.fills_in(kind={"kind": "report"})
    answer = gao_lan.writes("words", **words(body="长" * MAX_TEXT, reported="某局"))
    assert "精简" in answer.context["form"].errors["body"][0]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "", "请填写这一项。"),
        ("address", "", "请填写这一项。"),
        ("phone", "1380000", "位数不对"),
        ("phone", "电话保密", "只能是数字"),
        ("id_number", "34081119800101", "应当是18位"),
        ("id_number", "340811198001011231", "最后一位"),
        ("id_number", "34081120991231123" + id_check_digit("34081120991231123"), "出生日期"),
        ("name", "高" * 121, "最多120"),
    ],
)
def test_a_field_filled_in_wrongly_says_what_to_do(
    gao_lan: Citizen, field: str, typed: str, said: str
) -> None:
    gao_lan.fills_in()
    answer = gao_lan.writes("person", **CLAIM["person"] | {field: typed})
    assert said in str(answer.context["form"].errors[field])
    assert answer.context["form"][field].value() == typed


@pytest.mark.parametrize(
    ("count", "said"),
    [("1", "至少两人"), ("0", "至少两人"), ("很多", "整数"), ("99999999", "超出")],
)
def test_a_number_of_people_that_cannot_be(gao_lan: Citizen, count: str, said: str) -> None:
    gao_lan.fills_in()
    gao_lan.writes("who", who="group")
    answer = gao_lan.writes("person", **CLAIM["person"] | {"head_count": count})
    assert said in str(answer.context["form"].errors["head_count"])


def test_a_representative_without_a_name_is_pointed_out(gao_lan: Citizen) -> None:
    gao_lan.fills_in()
    gao_lan.writes("who", who="group")
    answer = gao_lan.writes(
        "person", **CLAIM["person"] | {"head_count": "3", "phone_4": "13800001111"}
    )
    assert list(answer.context["form"].errors) == ["name_4"]
    assert answer.context["form"].more_seats_taken


@pytest.mark.parametrize(
    ("page", "typed", "field"),
    [
        ("kind", {"kind": "complaint"}, "kind"),
        ("kind", {}, "kind"),
        ("place", {"county": "340000"}, "county"),
        ("place", {"county": "'; drop"}, "county"),
        ("township", {"township": "340825"}, "township"),
        ("who", {"who": "everybody"}, "who"),
    ],
)
def test_a_choice_that_was_not_offered_is_refused(
    gao_lan: Citizen, page: str, typed: dict[str, str], field: str
) -> None:
    gao_lan.fills_in()
    answer = gao_lan.writes(page, **typed)
    assert list(answer.context["form"].errors) == [field]


def test_a_page_that_does_not_exist_is_not_found(gao_lan: Citizen) -> None:
    assert gao_lan.client.get("/submit/nothing/").status_code == 404


def test_sending_when_the_session_is_gone_says_so(gao_lan: Citizen) -> None:
    gao_lan.fills_in()
    key = gao_lan.key()
    gao_lan.client.cookies.clear()
    answer = gao_lan.client.post("/submit/check/", {"key": key}, follow=True)
    assert "没有可以提交的内容" in text_of(answer)


def test_a_key_of_another_draft_sends_nothing(gao_lan: Citizen) -> None:
    gao_lan.fills_in()
    answer = gao_lan.sends("another key")
    assert answer.status_code == 200
    assert answer.context["draft"].pages


def test_an_old_form_is_refused_with_the_way_to_save_the_words(gao_lan: Citizen) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/submit/kind/", {"kind": "claim"})
    assert answer.status_code == 403
    assert "返回上一页" in answer.content.decode()


def test_a_session_sealed_with_another_key_is_as_good_as_empty(gao_lan: Citizen) -> None:
    gao_lan.writes("kind", **CLAIM["kind"])
    for session in (gao_lan.client.session, gao_lan.shelf):
        session["portal_draft"] = session["portal_right"] = "gAAAAABnot-a-token"
        session.save()
    assert gao_lan.client.get("/submit/").status_code == 302
    assert gao_lan.client.get("/lookup/20260317-482915-6/").status_code == 302


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    subject=st.text(st.characters(codec="utf-8"), max_size=150),
    body=st.text(st.characters(codec="utf-8"), max_size=400),
)
def test_any_words_end_in_the_next_page_or_in_a_sentence(
    gao_lan: Citizen, subject: str, body: str
) -> None:
    for page in ("kind", "place", "township"):
        gao_lan.writes(page, **CLAIM[page])
    answer = gao_lan.writes("words", subject=subject, body=body)
    if answer.status_code == 200:
        assert answer.context["form"].errors
    else:
        assert answer.status_code == 302


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    number=st.text(st.characters(codec="utf-8"), max_size=80),
    code=st.text(st.characters(codec="utf-8"), max_size=80),
)
def test_no_number_and_code_made_up_open_anything(gao_lan: Citizen, number: str, code: str) -> None:
    answer = gao_lan.looks_up(number, code)
    assert answer.status_code in {200, 429}
    assert answer.context["form"].errors
