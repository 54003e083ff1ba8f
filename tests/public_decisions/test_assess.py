"""An assessment from its first word to the look back: what is kept, who approves, what the history says."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tests.public_decisions.stories import DECISION, Council, days_ago
from xinqiao.matters.queries import today
from xinqiao.public_decisions import queries
from xinqiao.public_decisions.actions import assessments
from xinqiao.public_decisions.models import Assessment, Happening
from xinqiao.rules.public_decisions import Conclusion, Stage, Verdict
from xinqiao.rules.refusals import Refused


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.refusal.code


def opened(council: Council, number: str, who: str = "lina") -> queries.AssessmentSheet:
    sheet = queries.sheet(council.city.person(who), number, timezone.now())
    assert sheet is not None
    return sheet


def test_what_was_described_stands_there_and_can_be_changed_until_the_public_is_asked(
    council: Council,
) -> None:
    number = council.begins(20)
    assert opened(council, number).described == DECISION
    li_na = council.city.person("lina")
    other = replace(DECISION, subject="电梯改造资金办法")
    assessments.describe(number, other, by=li_na, now=days_ago(19))
    assert opened(council, number).line.subject == "电梯改造资金办法"
    asked = council.asks(10)
    with pytest.raises(Refused) as refused:
        assessments.describe(asked, other, by=li_na, now=days_ago(9))
    assert code_of(refused) == "wrong_stage"


def test_a_place_beyond_the_territory_is_refused_and_nothing_is_kept(council: Council) -> None:
    with pytest.raises(Refused) as refused:
        council.begins(5, by="qianyu", described=replace(DECISION, regions=["340825"]))
    assert code_of(refused) == "outside_territory"
    assert not Assessment.objects.exists()


def test_from_the_first_word_to_the_conclusion(council: Council) -> None:
    number = council.concludes(20)
    sheet = opened(council, number)
    assert (sheet.line.stage, sheet.line.conclusion) == (Stage.CONCLUDED, Conclusion.CONDITIONS)
    assert sheet.approved_by == council.city.account("chenbo")
    acts = [one.act for one in sheet.history]
    assert acts[:2] == ["begin", "open_opinions"]
    assert acts[-2:] == ["submit", "approve"]
    assert [one.seq for one in sheet.history] == list(range(1, len(acts) + 1))


def test_who_drafted_does_not_approve_not_even_as_head(council: Council) -> None:
    number = council.weighs(20)
    chen_bo = council.city.person("chenbo")
    assessments.submit(number, Conclusion.CONDITIONS, "可控。", "", by=chen_bo, now=days_ago(19))
    with pytest.raises(Refused) as refused:
        assessments.approve(number, by=chen_bo, now=days_ago(18))
    assert code_of(refused) == "drafted_oneself"
    assessments.approve(number, by=council.city.person("wutao"), now=days_ago(18))
    assert opened(council, number).line.stage is Stage.CONCLUDED


def test_sent_back_it_is_written_anew(council: Council) -> None:
    number = council.weighs(20)
    li_na, chen_bo = council.city.person("lina"), council.city.person("chenbo")
    assessments.submit(number, Conclusion.CONDITIONS, "可控。", "", by=li_na, now=days_ago(19))
    assessments.send_back(number, "补充困难家庭的测算。", by=chen_bo, now=days_ago(18))
    assert opened(council, number).line.stage is Stage.WEIGHING
    assert opened(council, number).history[-1].words == "补充困难家庭的测算。"
    assessments.submit(number, Conclusion.CONDITIONS, "已测算。", "", by=li_na, now=days_ago(17))
    assessments.approve(number, by=chen_bo, now=days_ago(16))


def test_a_no_cannot_go_ahead(council: Council) -> None:
    number = council.weighs(20)
    council.finds(number, 19, feasibility=Verdict.NO)
    li_na = council.city.person("lina")
    with pytest.raises(Refused) as refused:
        assessments.submit(number, Conclusion.GO, "可以。", "", by=li_na, now=days_ago(18))
    assert code_of(refused) == "finding_says_no"
    assessments.submit(number, Conclusion.WAIT, "条件不具备。", "", by=li_na, now=days_ago(18))
    assessments.approve(number, by=council.city.person("chenbo"), now=days_ago(17))
    assessments.resume(number, "资金已到位。", by=li_na, now=days_ago(5))
    assert opened(council, number).line.conclusion is None


def test_a_measure_has_an_owner_and_a_day_and_is_kept_once(council: Council) -> None:
    number = council.in_force(20)
    li_na, (measure,) = council.city.person("lina"), opened(council, number).measures
    assert (measure.owner, measure.done_on) == ("city-housing", None)
    assessments.keep_measure(number, measure.id, "已减免四十户。", by=li_na, now=days_ago(3))
    assert opened(council, number).measures[0].done_on == today(days_ago(3))
    with pytest.raises(Refused):
        assessments.keep_measure(number, measure.id, "再来一次", by=li_na, now=days_ago(2))
    with pytest.raises(Refused) as refused:
        council.plans(council.weighs(20), 10, due=0)
    assert code_of(refused) == "measure_due_in_past"


def test_two_at_once_cannot_both_win(council: Council) -> None:
    number = council.begins(5)
    row = Assessment.objects.get(number=number)
    assessments.drop(number, "不再需要。", by=council.city.person("lina"), now=days_ago(4))
    from xinqiao.public_decisions.acting import move  # noqa: PLC0415

    with pytest.raises(Refused) as refused:
        move(
            row, "describe", by=council.city.person("lina"), now=days_ago(4), given={"subject": "x"}
        )
    assert code_of(refused) == "acted_meanwhile"


def test_the_database_refuses_to_change_the_history(council: Council) -> None:
    council.begins(5)
    for change in (
        lambda: Happening.objects.update(words="别的"),
        lambda: Happening.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert connection.vendor in {"sqlite", "postgresql"}
    assert Happening.objects.count() == 1


def test_the_database_itself_knows_no_conclusion_over_a_waiting_opinion(council: Council) -> None:
    number = council.asks(20)
    council.says(number, "太贵了。", 10)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.filter(number=number).update(stage="concluded")
