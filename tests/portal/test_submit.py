"""Submitting: Gao Lan answers one question a page, checks, sends, and is registered once."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.utils import timezone

from tests.portal.citizen import CLAIM, Citizen, text_of
from tests.support.city_database import City, forget_cached_directory, load_city
from tests.support.together import together
from xinqiao.intake import queries as intake
from xinqiao.matters import queries as matters
from xinqiao.people import queries as people
from xinqiao.people.values import Masked, PartyRole
from xinqiao.portal.submit import pace
from xinqiao.portal.submit.draft import Draft
from xinqiao.portal.submit.sending import send
from xinqiao.rules.persons import SYSTEM


def the_only_matter() -> matters.Sheet:
    now = timezone.now()
    (line,) = matters.lines(matters.scope(SYSTEM, now))
    sheet = matters.sheet(SYSTEM, line.id, now)
    assert sheet is not None
    return sheet


def behind(role: PartyRole) -> list[Masked]:
    """Who stands behind the only contact, in one role."""
    (contact,) = intake.of_matter(the_only_matter().line.id)
    parties = people.masked_parties([contact.id])[contact.id]
    return [party.who for party in parties if party.role is role]


def test_a_claim_comes_to_the_petition_office_of_its_place(gao_lan: Citizen) -> None:
    page = text_of(gao_lan.submits())
    sheet = the_only_matter()
    assert sheet.line.number in page
    assert (sheet.facts.kind, sheet.facts.region, sheet.facts.channel) == (
        "claim",
        "340811101",
        "online",
    )
    assert (sheet.facts.receiver, sheet.facts.state) == ("county-petition", "received")
    assert sheet.entries[0].texts == CLAIM["words"]
    assert [one.name for one in behind(PartyRole.PETITIONER)] == ["高*"]


def test_where_the_county_has_no_office_the_city_receives(gao_lan: Citizen) -> None:
    gao_lan.client.post("/submit/kind/", CLAIM["kind"])
    answer = gao_lan.writes("place", county="340825")
    assert answer["Location"] == "/submit/words/"  # this county has no townships to choose from
    for page in ("words", "category", "files", "who", "person"):
        gao_lan.writes(page, **CLAIM[page])
    gao_lan.sends()
    assert the_only_matter().facts.receiver == "city-petition"


@pytest.mark.parametrize("page", ["place", "words", "person", "check"])
def test_no_page_can_be_skipped(gao_lan: Citizen, page: str) -> None:
    answer = gao_lan.client.get(f"/submit/{page}/", follow=True)
    assert answer.redirect_chain[-1][0] == "/submit/kind/"


def test_what_was_typed_is_there_again_right_or_wrong(gao_lan: Citizen) -> None:
    gao_lan.fills_in()
    wrong = gao_lan.writes("person", name="", address="宜秀区某某镇", phone="123")
    assert wrong.status_code == 200
    later = text_of(gao_lan.client.get("/submit/person/"))
    assert 'value="宜秀区某某镇"' in later
    assert 'value="123"' in later
    assert "电梯停用半年，请求修复" in text_of(gao_lan.client.get("/submit/words/"))


def test_from_a_corrected_page_one_comes_back_to_the_summary(gao_lan: Citizen) -> None:
    gao_lan.fills_in()
    answer = gao_lan.writes("words", subject="换一个标题", body="换一段内容")
    assert answer["Location"] == "/submit/check/"
    assert "换一个标题" in text_of(gao_lan.client.get("/submit/check/"))


def test_another_county_forgets_the_township_of_the_first(gao_lan: Citizen) -> None:
    gao_lan.fills_in()
    gao_lan.writes("place", county="340825")
    gao_lan.sends()
    assert the_only_matter().facts.region == "340825"


def test_a_group_has_its_number_and_its_representatives(gao_lan: Citizen) -> None:
    group = CLAIM["person"] | {
        "head_count": "12",
        "name_1": "欧阳雪",
        "phone_1": "05565550101",
        "name_5": "李明",
    }
    gao_lan.submits(who={"who": "group"}, person=group)
    (contact,) = intake.of_matter(the_only_matter().line.id)
    assert contact.head_count == 12
    assert [one.name for one in behind(PartyRole.REPRESENTATIVE)] == ["欧阳*", "李*"]


def test_an_organisation_speaks_through_somebody(gao_lan: Citizen) -> None:
    company = {
        "name": "某某物业有限公司",
        "id_number": "91340899MA2N00000X",
        "address": "宜秀区某某路",
        "speaker": "高兰",
    }
    gao_lan.submits(who={"who": "organisation"}, person=company)
    (organisation,) = behind(PartyRole.PETITIONER)
    assert organisation.kind == "organisation"
    assert [one.name for one in behind(PartyRole.REPRESENTATIVE)] == ["高*"]


def test_a_report_says_whom_it_reports_under_a_heading(gao_lan: Citizen) -> None:
    words = CLAIM["words"] | {"reported": "某局某科科长"}
    gao_lan.submits(kind={"kind": "report"}, words=words)
    body = the_only_matter().entries[0].texts["body"] or ""
    assert body.startswith(CLAIM["words"]["body"])
    assert body.endswith("\n某局某科科长")
    assert the_only_matter().facts.receiver == "county-petition"


def test_a_report_about_the_petition_office_goes_to_the_one_above(gao_lan: Citizen) -> None:
    words = CLAIM["words"] | {"reported": "宜秀区信访局", "about_office": "on"}
    gao_lan.submits(kind={"kind": "report"}, words=words)
    assert the_only_matter().facts.receiver == "city-petition"


def test_personal_numbers_in_the_text_are_pointed_out_and_not_repeated(gao_lan: Citizen) -> None:
    words = CLAIM["words"] | {"body": "我的电话是１３８ 0000 1234，身份证340899198001011230。"}
    gao_lan.fills_in(words=words)
    numbers = gao_lan.client.get("/submit/check/").context["numbers"]
    assert numbers == "138…34、340…30"


def test_an_amount_or_a_date_is_no_personal_number(gao_lan: Citizen) -> None:
    gao_lan.fills_in(
        words=CLAIM["words"]
        | {"body": "欠款13800001元，编号20260317-482915-6，面积12345678901234567平方"}
    )
    assert gao_lan.client.get("/submit/check/").context["numbers"] == ""


def test_sent_twice_it_is_received_once_with_the_same_receipt(gao_lan: Citizen) -> None:
    gao_lan.fills_in()
    key = gao_lan.key()
    first, second = gao_lan.sends(key), gao_lan.sends(key)
    assert first["Location"] == second["Location"]
    assert len(matters.scope(SYSTEM, timezone.now())) == 1
    code = gao_lan.kept("portal_receipts")[key]["query_code"]
    assert code in text_of(gao_lan.client.get(second["Location"]))


def test_a_new_petition_after_the_first_is_another_one(gao_lan: Citizen) -> None:
    gao_lan.submits()
    gao_lan.submits(words={"subject": "另一件事", "body": "另一件事的经过"})
    assert len(matters.scope(SYSTEM, timezone.now())) == 2


def test_pressed_twice_at_once_it_is_received_once_and_the_code_is_not_lost(
    committed_db: None, tmp_path: Path
) -> None:
    forget_cached_directory()
    load_city()
    gao_lan = Citizen()
    gao_lan.fills_in()
    gao_lan.key()  # she has the summary before her, and with it a session
    draft = Draft.of(gao_lan.shelf, timezone.localdate())
    assert draft is not None
    now = timezone.now()
    sessions = [gao_lan.client.session, gao_lan.client.session]
    receipts = together([lambda own=session: send(draft, own, now) for session in sessions])
    assert len({one.number for one in receipts}) == 1
    kept = gao_lan.kept("portal_receipts")[draft.key]
    assert kept["query_code"]
    forget_cached_directory()


def test_a_draft_can_be_thrown_away(gao_lan: Citizen) -> None:
    gao_lan.fills_in()
    gao_lan.client.post("/submit/forget/")
    assert gao_lan.kept("portal_draft") is None
    assert gao_lan.client.get("/submit/forget/").status_code == 405


def test_nothing_of_a_draft_or_a_receipt_lies_in_clear_in_the_session(gao_lan: Citizen) -> None:
    gao_lan.fills_in()
    before = str(dict(gao_lan.shelf.items()))
    assert gao_lan.kept("portal_draft")
    page = gao_lan.client.get(gao_lan.sends()["Location"])
    after = str(dict(gao_lan.client.session.items()))
    assert gao_lan.kept("portal_receipts")
    for secret in ("高兰", "13800001234", "电梯", page.context["receipt"].query_code):
        assert secret not in before
        assert secret not in after


def test_the_place_of_another_city_is_refused_with_a_way_out(city: City, gao_lan: Citizen) -> None:
    gao_lan.writes("kind", **CLAIM["kind"])
    answer = gao_lan.writes("place", county="110101")
    assert answer.context["form"].errors["county"] == ["没有这个选项。请从下面选择一项。"]


def test_where_very_many_are_sent_the_next_waits_and_is_kept(
    gao_lan: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "FROM_AN_ADDRESS", replace(pace.FROM_AN_ADDRESS, most=1))
    gao_lan.submits()
    gao_lan.fills_in()
    answer = gao_lan.sends()
    assert answer.status_code == 429
    assert "分钟后" in answer.content.decode()
    assert len(matters.lines(matters.scope(SYSTEM, timezone.now()))) == 1
    monkeypatch.setattr(pace, "FROM_AN_ADDRESS", replace(pace.FROM_AN_ADDRESS, most=2))
    gao_lan.sends()
    assert len(matters.lines(matters.scope(SYSTEM, timezone.now()))) == 2
