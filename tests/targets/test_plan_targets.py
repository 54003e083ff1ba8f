"""Setting targets and parting them: who may, what sums, what everybody sees of it."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.targets.planning import (
    CITY,
    HOUSING,
    LABOUR,
    LAST,
    OFFICE,
    TAIHU,
    THIS,
    YIXIU,
    Plan,
    region,
    unit,
)
from xinqiao.rules.refusals import Refused
from xinqiao.rules.targets import Aim, Key
from xinqiao.targets.models import PlanEvent
from xinqiao.targets.plans import queries
from xinqiao.targets.plans.actions import setting
from xinqiao.targets.plans.standing import key_stands, populations
from xinqiao.targets.plans.values import Verb


def refused(plan: Plan, action: Any, *args: Any, **more: Any) -> tuple[str, dict[str, str]]:
    with pytest.raises(Refused) as no, transaction.atomic():
        plan.does(action, *args, **more)
    return no.value.refusal.code, dict(no.value.refusal.facts)


def code(plan: Plan, *args: Any, **more: Any) -> str:
    with pytest.raises(Refused) as no, transaction.atomic():
        plan.sets(*args, **more)
    return no.value.refusal.code


def test_zhao_gang_sets_a_target_and_it_stands_in_the_list(plan: Plan) -> None:
    plan.figures.of(THIS, {(HOUSING, "total"): 60})
    plan.sets(HOUSING, 100)
    (line,) = queries.lines(plan.person("chenbo"), THIS, plan.now)
    assert line.binding.aimed == 100
    assert (line.last and line.last.counts, line.this and line.this.counts, line.away) == (
        108,
        60,
        -40,
    )
    assert line.reached


def test_a_change_against_last_year(plan: Plan) -> None:
    """Five percent less than 108 are 102.6: at most 102."""
    made = plan.sets(HOUSING, -500, aim=Aim.CHANGE)
    assert plan.target(made).aimed == 102


def test_setting_it_anew_replaces_it_and_the_history_keeps_both(plan: Plan) -> None:
    plan.sets(HOUSING, 100)
    made = plan.sets(HOUSING, 95)
    assert plan.target(made).aimed == 95
    said = (
        PlanEvent.objects.filter(verb=Verb.SET).order_by("id").values_list("said__aimed", flat=True)
    )
    assert list(said) == [100, 95]


@pytest.mark.parametrize(
    ("args", "more", "expected"),
    [
        ((HOUSING, 100), {"by": "wangmin"}, "targets_not_yours"),
        ((HOUSING, 100), {"by": "chenbo"}, "targets_not_yours"),
        ((HOUSING, 100), {"by": "malin"}, "targets_not_yours"),
        ((region("340000"), 100), {}, "target_outside_territory"),
        ((unit("province-housing"), 100), {}, "target_outside_territory"),
        ((unit("nowhere"), 100), {}, "target_outside_territory"),
        ((unit(OFFICE), 100), {}, "target_outside_territory"),
        ((region("340899"), 100), {}, "target_outside_territory"),
        ((HOUSING, -1), {}, "target_out_of_range"),
        ((HOUSING, 10_001), {"indicator": "on_time_answer"}, "target_out_of_range"),
        ((HOUSING, 1), {"indicator": "stops_on_the_way"}, "target_unknown_indicator"),
        ((HOUSING, 1), {"indicator": "national_undesignated_visits"}, "target_unknown_indicator"),
        ((LABOUR, 100), {"indicator": "execution_rate", "aim": Aim.CHANGE}, "target_without_last_year"),
    ],
)  # fmt: skip
def test_who_and_what_is_refused(
    plan: Plan, args: tuple[Any, ...], more: dict[str, Any], expected: str
) -> None:
    assert code(plan, *args, **more) == expected


# -- parting --------------------------------------------------------------------------------------------------------


def test_parted_by_last_year_with_what_is_kept(plan: Plan) -> None:
    """360 at last year's 130 and 120 of 400: the city keeps what is nobody's below."""
    made = plan.sets(CITY, 360)
    heavy = setting.weights(made, Key.LAST_YEAR, [YIXIU, TAIHU, CITY], now=plan.now)
    assert heavy == {YIXIU: 130, TAIHU: 120, CITY: 150}
    plan.does(setting.part, made, Key.LAST_YEAR, {YIXIU: 117, TAIHU: 108, CITY: 135})
    parts = {one.place: (one.amount, one.proposed, one.kept) for one in plan.target(made).parts}
    assert parts == {YIXIU: (117, 117, False), TAIHU: (108, 108, False), CITY: (135, 135, True)}


def test_by_hand_the_sum_is_checked(plan: Plan) -> None:
    made = plan.sets(CITY, 360)
    no = refused(plan, setting.part, made, Key.LAST_YEAR, {YIXIU: 200, TAIHU: 157})
    assert no == ("parts_do_not_sum", {"sum": "357", "whole": "360", "difference": "-3"})
    assert plan.target(made).parts == []
    plan.does(setting.part, made, Key.LAST_YEAR, {YIXIU: 200, TAIHU: 160})
    assert {one.amount for one in plan.target(made).parts} == {200, 160}


def test_what_is_parted_is_not_changed_behind_its_parts(plan: Plan) -> None:
    made = plan.sets(CITY, 360)
    plan.does(setting.part, made, Key.EQUAL, {YIXIU: 180, TAIHU: 180})
    assert code(plan, CITY, 350) == "target_parted_already"
    plan.does(setting.withdraw, made)
    plan.sets(CITY, 350)


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ({}, "target_parts_missing"),
        ({YIXIU: 180, HOUSING: 180}, "part_not_below"),
        ({region("340000"): 360}, "part_not_below"),
        ({unit("county-housing"): 360}, "part_not_below"),
        ({YIXIU: -10, TAIHU: 370}, "target_out_of_range"),
    ],
)
def test_parts_that_cannot_be(plan: Plan, amounts: Any, expected: str) -> None:
    made = plan.sets(CITY, 360)
    assert refused(plan, setting.part, made, Key.EQUAL, amounts)[0] == expected


def test_units_below_a_region_may_share_it_too(plan: Plan) -> None:
    made = plan.sets(CITY, 360)
    plan.does(setting.part, made, Key.LAST_YEAR, {HOUSING: 200, LABOUR: 100, CITY: 60})
    (line,) = queries.lines(plan.person("sunli"), THIS, plan.now)
    assert (line.binding.place, line.binding.aimed, line.binding.part) == (LABOUR, 100, True)


def test_a_rate_is_everybodys_and_its_mean_is_checked(plan: Plan) -> None:
    made = plan.sets(CITY, 9500, indicator="on_time_answer")
    no = refused(plan, setting.part, made, Key.EQUAL, {HOUSING: 9000, LABOUR: 10_000})
    assert no == ("parts_fall_short", {"mean": "92.86%", "whole": "95%", "difference": "2.14%"})
    plan.does(setting.part, made, Key.EQUAL, {HOUSING: 9500, LABOUR: 9500})


def test_a_rank_is_parted_among_nobody(plan: Plan) -> None:
    made = plan.sets(CITY, 5000, aim=Aim.BAND)
    assert refused(plan, setting.part, made, Key.EQUAL, {YIXIU: 1})[0] == "band_not_parted"


def test_by_population_once_it_is_known(plan: Plan) -> None:
    made = plan.sets(CITY, 360)
    among = [YIXIU, TAIHU, CITY]
    with pytest.raises(Refused) as no:
        setting.weights(made, Key.POPULATION, among, now=plan.now)
    assert no.value.refusal.code == "population_missing"
    for place, people in ((YIXIU, 200_000), (TAIHU, 400_000)):
        plan.does(setting.enter_population, OFFICE, place.code, THIS - 1, people, "统计公报")
    heavy = setting.weights(made, Key.POPULATION, among, now=plan.now)
    assert heavy == {YIXIU: 200_000, TAIHU: 400_000, CITY: 0}


@pytest.mark.parametrize(
    ("place", "people", "by", "expected"),
    [
        ("340811", 0, "zhaogang", "population_out_of_range"),
        ("340811", 10**12, "zhaogang", "population_out_of_range"),
        ("340000", 10, "zhaogang", "target_outside_territory"),
        ("340899", 10, "zhaogang", "target_outside_territory"),
        ("340811", 10, "chenbo", "targets_not_yours"),
    ],
)
def test_a_population_that_cannot_be(
    plan: Plan, place: str, people: int, by: str, expected: str
) -> None:
    no = refused(plan, setting.enter_population, OFFICE, place, THIS, people, "", by=by)
    assert no[0] == expected


# -- who sees what --------------------------------------------------------------------------------------------------


def test_everybody_sees_the_plan_of_their_place_and_no_other(plan: Plan) -> None:
    for place in (HOUSING, LABOUR, YIXIU, TAIHU):
        plan.sets(place, 100)

    def sees(username: str) -> set[str]:
        return {
            one.binding.place.code for one in queries.lines(plan.person(username), THIS, plan.now)
        }

    assert sees("zhaogang") == {"city-housing", "city-labour", "340811", "340825"}
    assert sees("wutao") == sees("zhaogang")
    assert sees("chenbo") == {"city-housing"}
    assert sees("dingxia") == {"340811"}
    assert sees("heping") == set()
    assert sees("malin") == set()


def test_a_target_of_elsewhere_does_not_exist(plan: Plan) -> None:
    made = plan.sets(TAIHU, 100)
    assert queries.target(plan.person("dingxia"), made) is None
    assert queries.target(plan.person("wangmin"), made) is not None
    assert refused(plan, setting.withdraw, made, by="dingxia")[0] == "targets_not_yours"


def test_distance_to_the_key_management_list(plan: Plan) -> None:
    """30 of the quarter among 20,000 people are 15 per 10,000, 3 above the limit; of Taihu nobody knows."""
    plan.figures.of(THIS, {(YIXIU, "total"): 30, (TAIHU, "total"): 30})
    plan.does(setting.enter_population, OFFICE, "340811", THIS, 20_000, "统计公报")
    found = {one.place: one for one in key_stands(plan.person("zhaogang"), plan.now)}
    assert found.keys() == {YIXIU, TAIHU}
    assert found[YIXIU].listed
    assert found[YIXIU].stands[0].far[0].left == -3
    assert found[TAIHU].stands[0].far[0].left is None
    assert populations(["340811"], LAST) == {}


def test_the_history_only_grows(plan: Plan) -> None:
    plan.sets(HOUSING, 100)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanEvent.objects.update(account=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanEvent.objects.all().delete()
