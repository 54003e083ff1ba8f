"""The pages of the desk: what is done there is done, what is refused says why and keeps what was typed."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.desk.at_work import Desk
from tests.evidence import samples
from tests.public_decisions.stories import Council
from xinqiao.public_decisions.models import Assessment, Call, Finding, Opinion, Suggestion

DESCRIBED = {
    "subject": "停车收费办法", "background": "车位少。", "regions": ["340811"], "categories": ["housing"],
    "touched_owner": "300", "option_1": "分时收费", "option_words_1": "", "option_2": "不收费", "option_words_2": "",
}  # fmt: skip


def text_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[:2000]
    return str(answer.content.decode())


@pytest.fixture
def lina(desk: Desk) -> Client:
    return desk.log_in("lina")


def test_it_is_begun_described_and_laid_open(lina: Client) -> None:
    answer = lina.post("/desk/decisions/new/", DESCRIBED)
    row = Assessment.objects.get()
    assert answer["Location"] == f"/desk/decisions/{row.number}/"
    assert row.touched == [{"role": "owner", "number": 300}] and len(row.options) == 2
    at = f"/desk/decisions/{row.number}/do/open_opinions/"
    refused = lina.post(at, {"closes_on": "2020-01-01", "short_reason": ""})
    assert "2020-01-01" in text_of(refused, 422)
    page = lina.get(f"/desk/decisions/{row.number}/do/describe/")
    assert "停车收费办法" in text_of(page)


def test_what_is_typed_wrong_is_told_and_stays(lina: Client) -> None:
    for wrong in (
        {"subject": ""},
        {"regions": ["火星"]},
        {"touched_owner": "many"},
        {"touched_owner": "-3"},
    ):
        answer = lina.post("/desk/decisions/new/", DESCRIBED | wrong)
        assert "车位少。" in text_of(answer, 422)
    assert not Assessment.objects.exists()


def test_a_finding_keeps_its_evidence_and_names_the_file_that_cannot_be_kept(
    council: Council, lina: Client
) -> None:
    number = council.begins(5)
    files = [
        SimpleUploadedFile("现场.jpg", samples.picture()),
        SimpleUploadedFile("程序.zip", samples.zipped({"a": b"a"})),
    ]
    said = {"verdict": "yes", "words": "合法。", "laws": "", "files": files}
    at = f"/desk/decisions/{number}/questions/lawfulness/"
    page = text_of(lina.post(at, said, follow=True))
    assert "程序.zip" in page and "现场.jpg" in page
    finding = Finding.objects.get()
    address = f"/desk/decisions/{number}/files/"
    from xinqiao.evidence.models import StoredFile  # noqa: PLC0415

    file = StoredFile.objects.get(owner_kind="finding", owner_id=finding.pk)
    assert lina.get(f"{address}{file.pk}/").status_code == 200
    other = council.begins(4)
    assert lina.get(f"/desk/decisions/{other}/files/{file.pk}/").status_code == 404


def test_opinions_are_put_under_an_answer_by_kind(council: Council, lina: Client) -> None:
    number = council.asks(20)
    for words in ("电梯太贵", "电梯太慢", "楼道太暗"):
        council.says(number, words, 10)
    at = f"/desk/decisions/{number}/opinions/"
    lina.post(
        f"/desk/decisions/{number}/answers/new/",
        {"title": "电梯", "heed": "taken_up", "words": "调整。"},
    )
    found = text_of(lina.get(f"{at}?words=电梯"))
    assert "电梯太贵" in found and "楼道太暗" not in found
    answer = Assessment.objects.get().answers.get().pk
    lina.post(at, {"put": "all", "to": answer, "kept": "words=电梯"})
    assert Opinion.objects.filter(answer_id=answer).count() == 2
    lina.post(at, {"put": "chosen", "to": answer, "opinion": ["3"], "kept": ""})
    assert Assessment.objects.get().unanswered == 0
    for nothing in (
        {"put": "chosen", "to": answer},
        {"put": "all", "to": ""},
        {"put": "all", "to": "９"},
        {"put": "all", "to": "9" * 40},
    ):
        assert lina.post(at, nothing).status_code == 302


def test_who_saw_an_older_assessment_is_told_and_nothing_is_written(
    council: Council, lina: Client
) -> None:
    number = council.begins(5)
    answer = lina.post(f"/desk/decisions/{number}/do/drop/", {"words": "不办了", "seen": "0"})
    assert "不办了" in text_of(answer, 422)
    assert Assessment.objects.get().stage == "drafting"


def test_others_find_nothing_or_may_not(council: Council, desk: Desk) -> None:
    number = council.asks(20)
    pages = (
        "",
        "do/describe/",
        "opinions/",
        "opinions/export/",
        "answers/new/",
        "questions/lawfulness/",
    )
    for path in pages:
        assert desk.log_in("sunli").get(f"/desk/decisions/{number}/{path}").status_code == 404
    dingxia = desk.log_in("dingxia")
    assert dingxia.get(f"/desk/decisions/{number}/").status_code == 200
    assert dingxia.get(f"/desk/decisions/{number}/do/close_opinions/").status_code == 403
    said = {"words": "不行"}
    assert dingxia.post(f"/desk/decisions/{number}/do/drop/", said).status_code == 422
    assert desk.log_in("malin").get("/desk/decisions/").status_code == 403
    assert Assessment.objects.get().stage == "gathering"


def test_every_act_of_the_table_that_has_a_page_opens_in_its_stage(
    council: Council, lina: Client
) -> None:
    number = council.weighs(20)
    page = text_of(lina.get(f"/desk/decisions/{number}/"))
    for act in ("enter_opinion", "plan_measure", "submit", "drop"):
        assert f"/do/{act}/" in page
        text_of(lina.get(f"/desk/decisions/{number}/do/{act}/"))
    assert lina.get(f"/desk/decisions/{number}/do/nothing/").status_code == 404


def test_a_decision_in_force_shows_its_petitions_as_bars_and_as_a_table(
    council: Council, desk: Desk
) -> None:
    number = council.in_force(40)
    receipt = desk.registers(10)
    page = text_of(desk.log_in("zhaogang").get(f"/desk/decisions/{number}/"))
    assert page.count("<rect") == 5 and receipt.number in page
    beside = text_of(desk.log_in("zhaogang").get(f"/desk/matters/{receipt.number}/"))
    assert f"/desk/decisions/{number}/" in beside


def test_a_call_from_its_draft_to_the_answer_of_a_suggestion(council: Council, desk: Desk) -> None:
    wang_min = desk.log_in("wangmin")
    said = {
        "topic": "出行", "words": "怎样改？", "region": "340800", "category": "housing",
        "opens_on": str(council.day(1)), "closes_on": str(council.day(-20)),
    }  # fmt: skip
    made = wang_min.post("/desk/decisions/calls/new/", said)["Location"]
    number = Call.objects.get().number
    assert made == f"/desk/decisions/calls/{number}/"
    wang_min.post(f"{made}do/publish_call/", {})
    receipt = council.suggests(number, 0)
    row = Suggestion.objects.get()
    at = f"{made}suggestions/{row.pk}/"
    assert "老人站不住" in text_of(wang_min.get(at))
    desk.takes(
        receipt.matter,
        "register",
        by="wangmin",
        kind="suggestion",
        region="340800",
        category="housing",
    )
    decide = {
        "do": "decide", "decide-adoption": "adopted", "decide-words": "采纳。", "decide-policy_account": "none",
        "decide-procedure_account": "clear", "decide-care_account": "none",
    }  # fmt: skip
    wrong = wang_min.post(at, decide | {"decide-procedure_account": ""})
    assert "采纳。" in text_of(wrong, 422)
    assert wang_min.post(at, decide).status_code == 302
    wang_min.post(at, {"do": "follow", "follow-words": "已安装。"})
    wang_min.post(at, {"do": "show", "show-words": "加座椅。", "show-sure": "on"})
    row.refresh_from_db()
    assert (row.adoption, row.outcome, row.shown) == ("adopted", "已安装。", "加座椅。")
    assert "出行" in text_of(wang_min.get(f"/desk/matters/{receipt.number}/"))


def test_lists_leave_the_desk_as_sheets(council: Council, desk: Desk) -> None:
    number, call = council.asks(20), council.calls_for()
    council.says(number, "=1+1", 10)
    for path, who in (
        ("/desk/decisions/export/", "lina"),
        (f"/desk/decisions/{number}/opinions/export/", "lina"),
        (f"/desk/decisions/calls/{call}/export/", "wangmin"),
    ):
        answer = desk.log_in(who).get(path)
        assert answer.status_code == 200
        assert b"".join(answer.streaming_content)[:2] == b"PK"  # type: ignore[arg-type]
