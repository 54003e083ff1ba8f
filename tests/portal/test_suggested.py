"""What the text seems to be about: proposed with its words, never decided."""

import pytest
from django.utils import timezone

from tests.portal.citizen import CLAIM, Citizen, text_of
from tests.portal.offices import Offices
from xinqiao.insight.reading.jobs import read_everything
from xinqiao.matters import queries as matters
from xinqiao.matters.actions import load
from xinqiao.portal.submit import suggested
from xinqiao.rules.persons import SYSTEM

PLANT = {
    "subject": "丽景花园混凝土搅拌站夜间噪音扰民",
    "body": "丽景花园旁边的混凝土搅拌站凌晨还在作业，噪音扰民，粉尘也重，请查处。",
}
WAGES = {"subject": "工地拖欠农民工工资", "body": "包工头拖欠工资三个月，请求帮助讨要。"}


def category_received() -> str:
    now = timezone.now()
    (line,) = matters.lines(matters.scope(SYSTEM, now))
    sheet = matters.sheet(SYSTEM, line.id, now)
    assert sheet is not None
    return str(sheet.facts.category)


def before_the_field(citizen: Citizen, **words: str) -> None:
    for page in ("kind", "place", "township"):
        citizen.writes(page, **CLAIM[page])
    citizen.writes("words", **words)


def test_the_field_is_proposed_with_the_words_that_speak_for_it(gao_lan: Citizen) -> None:
    before_the_field(gao_lan, **WAGES)
    page = text_of(gao_lan.client.get("/submit/category/"))
    assert 'value="labour.wages"' in page
    assert "因为您写到：" in page
    assert "拖欠工资" in page.split("因为您写到：")[1][:60]


def test_what_is_chosen_is_what_is_received(gao_lan: Citizen) -> None:
    gao_lan.submits(words=WAGES, category={"category": "labour.wages"})
    assert category_received() == "labour.wages"


def test_another_field_is_chosen_from_the_whole_list(gao_lan: Citizen) -> None:
    gao_lan.submits(words=WAGES, category={"category": "other", "other": "housing.property"})
    assert category_received() == "housing.property"


def test_who_does_not_know_leaves_it_to_the_office(gao_lan: Citizen) -> None:
    gao_lan.submits(words=WAGES, category={"category": "unknown"})
    assert category_received() == ""


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"category": "other"}, "other"),
        ({"category": "other", "other": "no.such"}, "other"),
        ({"category": "no.such"}, "category"),
        ({}, "category"),
    ],
)
def test_a_field_that_does_not_exist_is_refused(
    gao_lan: Citizen, typed: dict[str, str], field: str
) -> None:
    before_the_field(gao_lan, **WAGES)
    answer = gao_lan.writes("category", **typed)
    assert field in answer.context["form"].errors


def test_a_text_that_says_nothing_proposes_nothing(gao_lan: Citizen) -> None:
    before_the_field(gao_lan, subject="你好", body="谢谢")
    page = gao_lan.client.get("/submit/category/")
    assert page.context["form"].proposals == []
    assert page.context["form"]["category"].value() == "unknown"


def test_a_choice_made_before_the_text_was_changed_stays_one(gao_lan: Citizen) -> None:
    gao_lan.fills_in(category={"category": "housing.property"})
    answer = gao_lan.writes("words", **WAGES)
    assert answer["Location"] == "/submit/check/"
    assert "您之前选择的类别" in text_of(gao_lan.client.get("/submit/category/"))


def test_a_text_that_reads_like_a_report_is_pointed_out(gao_lan: Citizen) -> None:
    before_the_field(gao_lan, subject="举报村干部贪污", body="村干部虚报冒领，收受回扣。")
    page = text_of(gao_lan.client.get("/submit/category/"))
    assert "从内容看，更像是：检举控告" in page
    assert "被检举的人和单位都看不到" in page


@pytest.mark.parametrize(
    ("subject", "body", "chosen", "other"),
    [
        ("请求修复电梯", "请督促维修", "claim", None),
        ("请求修复电梯", "请督促维修", "suggestion", "claim"),
        ("建议增加公交班次", "建议早晚高峰加开", "claim", "suggestion"),
        ("举报某局科长受贿", "收受红包", "report", None),
        ("你好", "谢谢", "claim", None),
    ],
)
def test_another_kind_is_spoken_of_only_when_the_words_are_clear(
    subject: str, body: str, chosen: str, other: str | None
) -> None:
    found = suggested.another_kind(subject, body, chosen)
    assert (found.code if found else None) == other


# -- matters this browser may know of ------------------------------------------------------------------


def test_the_same_matter_sent_from_this_browser_before_is_shown(gao_lan: Citizen) -> None:
    first = gao_lan.submits().context["receipt"]
    gao_lan.fills_in()
    page = text_of(gao_lan.client.get("/submit/check/"))
    assert "反映过这件事，要不要补充到那件信访" in page
    assert first.number in page


def test_another_matter_is_not_taken_for_the_same(gao_lan: Citizen) -> None:
    gao_lan.submits()
    gao_lan.fills_in(words={"subject": "建议增加公交班次", "body": "早晚高峰"})
    assert "补充到那件信访" not in text_of(gao_lan.client.get("/submit/check/"))


def test_who_types_the_name_and_number_of_another_learns_nothing(
    gao_lan: Citizen, offices: Offices
) -> None:
    """The same name, phone, address and words as an earlier petition, from a browser that never opened it."""
    offices.received(subject=CLAIM["words"]["subject"])
    gao_lan.fills_in()
    assert "补充到那件信访" not in text_of(gao_lan.client.get("/submit/check/"))


def test_a_matter_opened_with_its_code_is_known(gao_lan: Citizen, offices: Offices) -> None:
    receipt = offices.received(subject=CLAIM["words"]["subject"])
    gao_lan.opens(receipt)
    gao_lan.fills_in()
    assert receipt.number in text_of(gao_lan.client.get("/submit/check/"))


# -- added to one's own, or sent by itself -----------------------------------------------------------------------------


def test_it_is_added_to_the_own_matter_with_a_number_of_its_own(gao_lan: Citizen) -> None:
    first = gao_lan.submits().context["receipt"]
    gao_lan.fills_in(
        words={"subject": CLAIM["words"]["subject"], "body": "又过了一周，还是没有人来。"}
    )
    answer = gao_lan.client.post(
        "/submit/check/", {"key": gao_lan.key(), "instead": first.number}, follow=True
    )
    second = answer.context["receipt"]
    assert (second.matter, second.number != first.number) == (first.matter, True)
    assert second.query_code and second.query_code != first.query_code
    last = load(first.matter)[-1]
    assert (last.step, last.payload["contact"], last.payload["repeat"]) == (
        "add_contact", second.number, True,
    )  # fmt: skip
    assert "又过了一周" in gao_lan.opens(second)
    again = gao_lan.client.post("/submit/check/", {"key": "none", "instead": first.number})
    assert again.status_code == 302 and len(load(first.matter)) == 2, "once"


def test_nothing_is_forced(gao_lan: Citizen) -> None:
    first = gao_lan.submits().context["receipt"]
    second = gao_lan.submits().context["receipt"]
    assert second.matter != first.matter


def test_another_persons_matter_takes_nothing(gao_lan: Citizen, offices: Offices) -> None:
    theirs = offices.received(subject=CLAIM["words"]["subject"])
    gao_lan.fills_in()
    said = []
    for number in (theirs.number, "20990101-000000-0", "nonsense"):
        answer = gao_lan.client.post("/submit/check/", {"key": gao_lan.key(), "instead": number})
        said.append(answer.status_code)
        assert "不能再补充到那件信访" in answer.content.decode()
        assert "四月起停用" in answer.content.decode(), "nothing is lost"
    assert said == [409] * 3 and len(load(theirs.matter)) == 1


def test_a_report_is_added_to_nothing_else(gao_lan: Citizen) -> None:
    claim = gao_lan.submits().context["receipt"]
    gao_lan.fills_in(kind={"kind": "report"})
    page = text_of(gao_lan.client.get("/submit/check/"))
    assert claim.number in page and 'name="instead"' not in page
    answer = gao_lan.client.post("/submit/check/", {"key": gao_lan.key(), "instead": claim.number})
    assert answer.status_code == 409 and len(load(claim.matter)) == 1


def test_one_in_other_words_is_known_where_texts_are_read(
    gao_lan: Citizen, offices: Offices
) -> None:
    pytest.importorskip("numpy", reason="the extra `analytics` is not installed")
    own = gao_lan.submits(words=PLANT).context["receipt"]
    offices.takes(own, "register", "dingxia", kind="claim", region="340811101", path="petition")
    read_everything(timezone.now())
    again = {"subject": "孩子夜里睡不着", "body": PLANT["body"]}
    gao_lan.fills_in(words=again)
    assert own.number in text_of(gao_lan.client.get("/submit/check/"))
    other = Citizen()
    other.fills_in(words=again)
    assert own.number not in text_of(other.client.get("/submit/check/"))
