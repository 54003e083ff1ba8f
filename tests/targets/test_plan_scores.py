"""Last year assessed, a score appealed and answered, the year closed: frozen, and made again to the same byte."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.targets.planning import HOUSING, LABOUR, LAST, OFFICE, TAIHU, THIS, YIXIU, Plan
from xinqiao.rules.assessment import Sign
from xinqiao.rules.integrity import signs
from xinqiao.rules.ranking import Size
from xinqiao.rules.refusals import Refused
from xinqiao.rules.targets import Aim
from xinqiao.targets.models import Sign as Sign_
from xinqiao.targets.models import SignAnswer, YearClose
from xinqiao.targets.plans import closed, queries, reading
from xinqiao.targets.plans.actions import assessing, closing, setting
from xinqiao.targets.plans.values import AppealState


def refused(plan: Plan, action: Any, *args: Any, **more: Any) -> str:
    with pytest.raises(Refused) as no, transaction.atomic():
        plan.does(action, *args, **more)
    return no.value.refusal.code


@pytest.fixture
def planned(plan: Plan) -> Plan:
    """Last year's targets of two departments, and one of a county."""
    for place in (HOUSING, LABOUR):
        plan.sets(place, 100, year=LAST)
        plan.sets(place, 9500, indicator="on_time_answer", year=LAST)
    plan.sets(YIXIU, 5000, aim=Aim.BAND, year=LAST)
    return plan


def test_every_point_is_derived(planned: Plan) -> None:
    """108 for 100 are 8 % away: 2 points off 10; 90 % for 95 % are 5 points away: 3 off 15. The settled rate fell."""
    assert planned.assesses() == 5
    total, answers = planned.score(), planned.score(indicator="on_time_answer")
    assert (total.points, total.full) == (800, 1000)
    assert (answers.points, answers.full) == (1200, 1500)
    assert [one.code for one in total.derivation] == [
        "figure",
        "missed_percent",
        "points",
        "companion_worse",
    ]
    assert total.look
    best, second = [
        one for one in queries.scores(planned.person("zhaogang"), LAST) if one.place.scale == "unit"
    ]
    assert (best.place, best.total, best.rank and best.rank.rank) == (LABOUR, 10_000, 1)
    assert (second.place, second.total, second.rank and second.rank.rank) == (HOUSING, 8_000, 2)


def test_ranked_among_their_size_by_total_or_by_population(planned: Plan) -> None:
    for place in (YIXIU, TAIHU):
        planned.sets(place, 100, year=LAST, indicator="skip_level_visits")
    for place, people in ((YIXIU, 200_000), (TAIHU, 900_000)):
        planned.does(setting.enter_population, OFFICE, place.code, LAST, people, "统计公报")
    planned.assesses()

    def bands(size: Size) -> dict[str, tuple[str, int]]:
        found = queries.scores(planned.person("zhaogang"), LAST, size)
        return {
            one.place.code: (one.rank.band, one.rank.of)
            for one in found
            if one.rank and one.place.scale == "region"
        }

    assert bands(Size.TOTAL) == {"340811": ("small", 2), "340825": ("small", 2)}
    assert bands(Size.POPULATION) == {"340811": ("small", 1), "340825": ("large", 1)}


def test_assessed_again_the_same_comes_out(planned: Plan) -> None:
    planned.assesses()
    before = planned.score()
    planned.assesses()
    after = planned.score()
    assert (before.points, before.derivation) == (after.points, after.derivation)


def test_an_open_sign_is_said_beside_the_points(planned: Plan) -> None:
    sign = Sign(
        code="bunching", zh="多件在期限前一天答复。", en="Many answered a day before the limit."
    )
    with reading.given(signs=lambda *_: {(HOUSING, "on_time_answer"): [sign]}):
        planned.assesses()
    score = planned.score(indicator="on_time_answer")
    assert score.points == 1200
    assert "多件在期限前一天答复" in score.derivation[-1].zh


def test_a_sign_that_somebody_explained_is_open_no_more(planned: Plan) -> None:
    """As it is kept: of the year, of the unit, until somebody who looked says that there is another reason."""
    found = Sign_.objects.create(
        sign="bunching", part=signs()["bunching"].parts[0], unit="city-housing", region="340800",
        first=date(LAST, 7, 1), end=date(LAST, 10, 1), strength="look", p=0.001, q=0.01, facts={},
        found_at=planned.now, looked_at=planned.now,
    )  # fmt: skip
    planned.assesses()
    assert planned.score(indicator="on_time_answer").derivation[-1].code == "sign_open"
    SignAnswer.objects.create(
        sign=found,
        outcome="explained",
        words="节前集中送达。",
        account=1,
        unit="city-housing",
        at=planned.now,
    )
    planned.assesses()
    assert planned.score(indicator="on_time_answer").derivation[-1].code != "sign_open"


def test_who_assesses_and_when(planned: Plan) -> None:
    for username in ("wangmin", "chenbo", "malin"):
        assert refused(planned, assessing.assess, OFFICE, LAST, by=username) == "targets_not_yours"
    assert refused(planned, assessing.assess, OFFICE, THIS) == "year_not_over"
    assert refused(planned, assessing.assess, OFFICE, LAST - 5) == "year_without_targets"
    ahead = planned.now + timedelta(days=2)
    assert refused(planned, assessing.assess, OFFICE, LAST, as_of=ahead) == "moment_in_future"
    with reading.given(lambda *_, **__: []):
        assert refused(planned, assessing.assess, OFFICE, LAST) == "figures_missing"


# -- appeals --------------------------------------------------------------------------------------------------------


def test_chen_bo_appeals_and_zhao_gang_answers(planned: Plan) -> None:
    planned.assesses()
    made = planned.appeals(planned.score().id)
    appeal = planned.score().appeal
    assert appeal is not None
    assert appeal.state is AppealState.OPEN
    assert queries.answers(planned.person("zhaogang"), planned.score())
    assert not queries.answers(planned.person("chenbo"), planned.score())
    planned.does(assessing.answer, made, 925, "经核实，5件不属于该局。")
    score = planned.score()
    assert score.points == 925
    assert score.derivation[-1].zh == "经申诉，得分由8分调整为9.25分：经核实，5件不属于该局。"
    assert score.appeal is not None
    assert score.appeal.state is AppealState.CHANGED


def test_an_answer_may_keep_the_score_and_an_assessment_leaves_it(planned: Plan) -> None:
    planned.assesses()
    planned.does(assessing.answer, planned.appeals(planned.score().id), 800, "数字准确。")
    planned.figures.of(LAST, {(HOUSING, "total"): 200})
    planned.assesses()
    score = planned.score()
    assert score.points == 800
    assert score.appeal is not None
    assert score.appeal.state is AppealState.KEPT


def test_who_appeals_and_who_answers(planned: Plan) -> None:
    planned.assesses()
    score = planned.score().id
    for username in ("lina", "zhoujun", "zhaogang"):
        assert (
            refused(planned, assessing.appeal, score, "不服", [], by=username) == "score_not_yours"
        )
    assert refused(planned, assessing.appeal, score, "  ", [], by="chenbo") == "field_missing"
    made = planned.appeals(score)
    assert (
        refused(planned, assessing.appeal, score, "再次", [], by="chenbo")
        == "score_appealed_already"
    )
    for username in ("chenbo", "wangmin", "wutao", "dingxia"):
        assert (
            refused(planned, assessing.answer, made, 900, "好", by=username)
            == "score_answer_not_yours"
        )
    for points in (-1, 1001):
        assert refused(planned, assessing.answer, made, points, "好") == "points_out_of_range"
    assert refused(planned, assessing.assess, OFFICE, LAST) == "score_appeals_open"
    assert refused(planned, closing.close, OFFICE, LAST) == "score_appeals_open"
    planned.does(assessing.answer, made, 900, "好")
    assert refused(planned, assessing.answer, made, 950, "更好") == "score_answered_already"


def test_an_appeal_has_its_days(planned: Plan) -> None:
    planned.assesses()
    planned.now += timedelta(days=queries.weights().appeal_days + 1)
    assert (
        refused(planned, assessing.appeal, planned.score().id, "迟了", [], by="chenbo")
        == "score_appeal_window"
    )


# -- closing --------------------------------------------------------------------------------------------------------


def test_a_closed_year_is_frozen_and_made_again_to_the_same_byte(planned: Plan) -> None:
    assert refused(planned, closing.close, OFFICE, LAST) == "not_assessed_yet"
    planned.assesses()
    planned.does(assessing.answer, planned.appeals(planned.score().id), 925, "部分采纳。")
    planned.closes()
    (line,) = queries.closed(planned.person("zhaogang"), LAST)
    assert queries.made_again(line)
    assert closed.document(OFFICE, LAST, line.as_of) == closed.document(OFFICE, LAST, line.as_of)
    assert '"points":925' in line.document
    assert queries.closed(planned.person("chenbo"), LAST) == []


def test_what_comes_later_does_not_change_it(planned: Plan) -> None:
    """Closed as of a moment before a score was appealed: the appeal is no part of it, nor a later file of weights."""
    planned.assesses()
    moment = planned.now
    before = closed.document(OFFICE, LAST, moment)
    planned.does(assessing.answer, planned.appeals(planned.score().id), 925, "部分采纳。")
    planned.sets(HOUSING, 50, indicator="skip_level_visits", year=LAST)
    planned.figures.of(LAST, {(HOUSING, "total"): 999})
    planned.does(setting.enter_population, OFFICE, "340811", LAST, 200_000, "")
    planned.assesses()
    assert closed.document(OFFICE, LAST, moment) == before
    assert closed.document(OFFICE, LAST, planned.now) != before
    planned.closes(as_of=moment)
    (line,) = queries.closed(planned.person("zhaogang"), LAST)
    assert line.document == before
    assert queries.made_again(line)


def test_nothing_happens_in_a_closed_year(planned: Plan) -> None:
    planned.assesses()
    score = planned.score().id
    planned.closes()
    for no in (
        refused(planned, closing.close, OFFICE, LAST),
        refused(planned, assessing.assess, OFFICE, LAST),
        refused(planned, assessing.appeal, score, "不服", [], by="chenbo"),
        refused(planned, setting.enter_population, OFFICE, "340811", LAST, 5, ""),
    ):
        assert no == "year_closed"
    with pytest.raises(Refused) as refusal, transaction.atomic():
        planned.sets(HOUSING, 1, year=LAST)
    assert refusal.value.refusal.code == "year_closed"
    with pytest.raises(IntegrityError), transaction.atomic():
        YearClose.objects.update(document="{}")
