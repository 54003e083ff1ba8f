"""Page 6 of the desk: what was found, urging by key and in bulk, answers due, recommendations, traces, the report."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from xinqiao.audit.models import AuditEntry
from xinqiao.supervision import actions
from xinqiao.supervision.jobs import follow_everything
from xinqiao.supervision.models import Finding, Measure

if TYPE_CHECKING:
    from tests.desk.at_work import Desk

PAGES = (
    "supervision", "supervision_answers", "supervision_recommendations", "supervision_listed", "supervision_units",
    "supervision_report",
)  # fmt: skip


@pytest.fixture
def late(desk: "Desk") -> Any:
    """A matter that lies at the housing department without a notice."""
    receipt = desk.refers(30)
    follow_everything(timezone.now())
    return receipt


def page(client: Any, name: str, *args: Any, **query: str) -> Any:
    answer = client.get(reverse(f"desk:{name}", args=args), query)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def test_what_was_found_names_rule_article_and_entries(desk: "Desk", late: Any) -> None:
    said = page(desk.log_in("wangmin"), "supervision")
    assert late.number in said
    assert "告知超期" in said
    assert "第23条" in said


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_opens_with_something_on_it_and_as_a_file(
    desk: "Desk", late: Any, name: str, language: str
) -> None:
    _measures(desk, late.matter)
    client = desk.log_in("zhaogang")
    client.cookies["django_language"] = language
    with override(language):
        page(client, name)
        answer = client.get(reverse(f"desk:{name}"), {"as": "xlsx"})
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"PK")
    assert AuditEntry.objects.filter(action="exported").exists()


def _measures(desk: "Desk", matter: int) -> None:
    head, now = desk.city.person("zhaogang"), timezone.now()
    words = {"facts_found": "事实", "legal_basis": "依据", "advice": "建议"}
    day = (now + timedelta(days=9)).date()
    actions.urge(matter, form="written", answer_by=day, reason="请答复。", by=head, now=now)
    actions.list_supervision(
        matter, decided_by="city-conference", until=day, reason="久拖", by=head, now=timezone.now()
    )
    actions.recommend(
        matter,
        kind="improve_work",
        addressee="city-government",
        **words,
        by=head,
        now=timezone.now(),
    )
    actions.recommend_at_large(
        kind="improve_policy", unit="city-petition", addressee="city-housing", subject="电梯维修资金办法", **words,
        by=head, now=timezone.now(),
    )  # fmt: skip


def test_urging_is_one_key_and_one_look(desk: "Desk", late: Any) -> None:
    """The first press shows the form filled in; sending it as it is urges the unit."""
    client, finding = desk.log_in("wangmin"), Finding.objects.get()
    asked = client.post(reverse("desk:supervision_urge"), {"finding": finding.pk})
    assert asked.status_code == 200
    form = asked.context["form"]
    sent = {name: field.value() for name, field in ((n, form[n]) for n in form.fields)}
    assert sent["urging_form"] == "message"
    done = client.post(
        reverse("desk:supervision_urge"), sent | {"finding": finding.pk, "confirmed": "yes"}
    )
    assert done.status_code == 302
    assert Measure.objects.get().unit == "city-housing"
    finding.refresh_from_db()
    assert finding.urged is not None


def test_many_are_urged_at_once_and_one_that_cannot_be_is_left_out(desk: "Desk", late: Any) -> None:
    desk.refers(29)
    own = desk.registers(29)  # lies with the petition office itself
    follow_everything(timezone.now())
    ids = list(Finding.objects.values_list("pk", flat=True))
    client = desk.log_in("wangmin")
    asked = client.post(reverse("desk:supervision_urge"), {"finding": ids})
    assert len(asked.context["possible"]) == 2
    assert [one.sheet.line.number for one, _ in asked.context["refused"]] == [own.number]
    sent = {
        "urging_form": "message", "answer_by": (timezone.now() + timedelta(days=5)).date(), "reason": "请尽快。",
        "finding": ids, "confirmed": "yes",
    }  # fmt: skip
    client.post(reverse("desk:supervision_urge"), sent)
    assert Measure.objects.count() == 2


def test_a_card_too_early_is_refused_in_words_and_what_was_typed_stays(
    desk: "Desk", late: Any
) -> None:
    client, finding = desk.log_in("zhaogang"), Finding.objects.get()
    sent = {
        "urging_form": "yellow_card", "answer_by": (timezone.now() + timedelta(days=5)).date(), "reason": "写了很多。",
        "finding": finding.pk, "confirmed": "yes",
    }  # fmt: skip
    answer = client.post(reverse("desk:supervision_urge"), sent)
    assert answer.status_code == 409
    said = answer.content.decode()
    assert "应当先采取较轻的方式" in said
    assert "写了很多。" in said


def test_bad_input_is_told_at_its_field(desk: "Desk", late: Any) -> None:
    client, finding = desk.log_in("wangmin"), Finding.objects.get()
    sent = {
        "urging_form": "nonsense",
        "answer_by": "tomorrow",
        "reason": "",
        "finding": finding.pk,
        "confirmed": "y",
    }
    answer = client.post(reverse("desk:supervision_urge"), sent)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"urging_form", "answer_by", "reason"}
    assert client.post(reverse("desk:supervision_urge"), {"finding": "x"}).status_code == 302


def test_the_unit_sees_what_it_owes_and_answers_on_the_matter(desk: "Desk", late: Any) -> None:
    _measures(desk, late.matter)
    client = desk.log_in("lina")
    assert "发函督办" in page(client, "supervision_answers")
    step = reverse("desk:step", args=[late.number, "answer_urging"])
    form = client.get(step)
    assert form.status_code == 200
    addressed = Measure.objects.get(what="written").seq
    seen = form.context["seen"]
    done = client.post(step, {"addressed": addressed, "answer": "下周受理。", "seen": seen})
    assert done.status_code == 302
    follow_everything(timezone.now())
    assert not Measure.objects.get(what="written").open


def test_the_organ_answers_a_recommendation_once(desk: "Desk", late: Any) -> None:
    _measures(desk, late.matter)
    large = Measure.objects.get(what="improve_policy")
    address = reverse("desk:supervision_recommendation", args=[large.pk])
    given = {"adoption": "partly", "answer": "办法修订中。"}
    assert desk.log_in("zhaogang").post(address, given).status_code == 403
    client = desk.log_in("chenbo")
    assert client.post(address, {"adoption": "partly", "answer": ""}).status_code == 422
    assert client.post(address, given).status_code == 302
    assert client.post(address, given).status_code == 403
    large.refresh_from_db()
    assert (large.open, large.adoption) == (False, "partly")
    assert "办法修订中。" in page(desk.log_in("zhaogang"), "supervision_recommendation", large.pk)


def test_one_on_a_matter_is_answered_on_its_ledger(desk: "Desk", late: Any) -> None:
    _measures(desk, late.matter)
    work = Measure.objects.get(what="improve_work")
    address = reverse("desk:supervision_recommendation", args=[work.pk])
    desk.log_in("wutao").post(address, {"adoption": "adopted", "answer": "已经整改。"})
    work.refresh_from_db()
    assert (work.adoption, work.open) == ("adopted", False)
    assert "已经整改。" in page(desk.log_in("zhaogang"), "supervision_recommendation", work.pk)
    year = timezone.now().year
    said = page(
        desk.log_in("zhaogang"), "supervision_recommendations", year=str(year), adoption="adopted"
    )
    assert late.number in said


def test_who_may_recommend_at_large(desk: "Desk") -> None:
    address = reverse("desk:supervision_recommend")
    assert desk.log_in("wangmin").get(address).status_code == 403
    client = desk.log_in("zhaogang")
    assert client.get(address).status_code == 200
    bad = client.post(
        address,
        {"unit": "city-petition", "kind": "improve_work", "addressee": "nowhere", "within": 900},
    )
    assert bad.status_code == 422
    good = {
        "unit": "city-petition", "kind": "improve_work", "addressee": "city-labour", "subject": "欠薪处置",
        "facts_found": "事实", "legal_basis": "第四十条", "advice": "设专班", "within": 15,
    }  # fmt: skip
    assert client.post(address, good).status_code == 302
    assert Measure.objects.get().region == "340800"


def test_the_trace_of_a_matter_and_of_a_unit(desk: "Desk", late: Any) -> None:
    client = desk.log_in("wangmin")
    said = page(client, "trace", late.number)
    assert "<svg" in said
    assert "决定受理" in said
    assert "city-housing" in page(client, "supervision_units")
    assert late.number in page(client, "supervision_unit", "city-housing")
    assert late.number not in page(client, "supervision_unit", "city-labour")
    backwards = page(client, "supervision_units", first="2026-05-01", last="2026-04-01")
    assert "截止日期早于开始日期" in backwards


def test_a_unit_sees_its_own_time_alone(desk: "Desk", late: Any) -> None:
    said = page(desk.log_in("lina"), "supervision_units")
    assert "city-petition" not in said
    assert (
        desk.log_in("lina")
        .get(reverse("desk:supervision_unit", args=["city-petition"]))
        .status_code
        == 404
    )
    assert desk.log_in("lina").get(reverse("desk:supervision_report")).status_code == 403


def test_every_figure_of_the_report_leads_to_as_many_matters(desk: "Desk", late: Any) -> None:
    _measures(desk, late.matter)
    desk.accepts(3)
    follow_everything(timezone.now())
    client = desk.log_in("zhaogang")
    answer = client.get(reverse("desk:supervision_report"))
    rows = [
        row
        for columns in answer.context["columns"].values()
        for column in columns
        for group in column
        for row in group["rows"]
    ]
    assert len(rows) > 8
    for row in rows:
        behind = client.get(row["url"]).content.decode()
        assert behind.count('<tr role="row" data-row>') == row["number"], row


def test_beside_the_matter(desk: "Desk", late: Any) -> None:
    _measures(desk, late.matter)
    said = page(desk.log_in("wangmin"), "matter", late.number)
    assert "告知超期" in said
    assert "发函督办" in said
    assert 'class="xq-trace"' in said


def test_the_reported_meet_nothing_of_it(desk: "Desk") -> None:
    """A report that names the labour department: no finding, no measure, no trace of it for its people."""
    receipt = desk.reports(40, reported_units=["city-labour"])
    follow_everything(timezone.now())
    assert Finding.objects.exists()
    for name in ("sunli", "zhoujun"):
        client = desk.log_in(name)
        for one in (
            "supervision",
            "supervision_answers",
            "supervision_listed",
            "supervision_units",
        ):
            assert receipt.number not in page(client, one)
        assert client.get(reverse("desk:trace", args=[receipt.number])).status_code == 404
    assert receipt.number in page(desk.log_in("xujing"), "supervision")
