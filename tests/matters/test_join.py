"""Two matters that turn out to be one (并案): one carries the other, nobody waits longer, everybody gets the answer."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest

from tests.support.city_database import City
from tests.support.estate import HE_FANG, MORNING, OPINION, Estate
from xinqiao.directory.actions import merge_unit
from xinqiao.evidence import actions as evidence
from xinqiao.evidence.queries import files_of
from xinqiao.evidence.values import MATTER, Owner
from xinqiao.matters import actions, queries
from xinqiao.matters.actions import facts_of, load
from xinqiao.matters.clockwork import clocks_of
from xinqiao.matters.jobs import hand_to_successors
from xinqiao.matters.models import Entry, Involvement, Matter, Text
from xinqiao.matters.queries import WAITING, Filters
from xinqiao.matters.verify import Fault, verify
from xinqiao.outbox.models import OutgoingMessage
from xinqiao.rules.persons import SYSTEM
from xinqiao.rules.refusals import Refused
from xinqiao.rules.replay import turns
from xinqiao.rules.states import State
from xinqiao.rules.supervision import look
from xinqiao.rules.trace import trace


@pytest.fixture
def estate(city: City) -> Estate:
    return Estate(city)


def steps(matter: int) -> list[str]:
    return list(
        Entry.objects.filter(matter_id=matter).order_by("seq").values_list("step", flat=True)
    )


def faults() -> list[str]:
    return [str(finding) for finding in verify() if isinstance(finding, Fault)]


def test_both_ledgers_say_it_and_both_are_whole(estate: Estate) -> None:
    first, second = estate.accepted(), estate.accepted(HE_FANG)
    estate.joins(second, first)
    assert facts_of(second).carried_by == first
    assert facts_of(first).carries == {second}
    assert (steps(first)[-1], steps(second)[-1]) == ("take_in", "join")
    assert faults() == []


def test_what_is_done_on_the_one_is_done_on_the_other_by_the_same_act(estate: Estate) -> None:
    first, second = estate.referred(), estate.referred(HE_FANG)
    estate.joins(second, first)
    estate.does(first, "lina", "accept", procedure="ordinary")
    estate.does(first, "lina", "submit_opinion", **OPINION)
    estate.does(first, "chenbo", "issue_opinion")
    assert steps(second)[-4:] == ["join", "accept", "submit_opinion", "issue_opinion"]
    assert facts_of(second).state is State.OPINION_ISSUED
    text = Text.objects.get(matter_id=second, field="opinion")
    assert text.body == OPINION["opinion"]
    assert text.salt != Text.objects.get(matter_id=first, field="opinion").salt
    assert faults() == []


def test_each_petitioner_gets_the_answer_and_has_a_window_of_their_own(estate: Estate) -> None:
    first, second = estate.accepted(), estate.accepted(HE_FANG)
    estate.joins(second, first)
    estate.does(first, "lina", "submit_opinion", **OPINION)
    estate.does(first, "chenbo", "issue_opinion")
    estate.does(first, "lina", "deliver_opinion", method="in_person")
    assert facts_of(second).state is State.OPINION_ISSUED, "nobody has handed it to He Fang yet"
    estate.later(days=3)
    estate.does(second, "lina", "deliver_opinion", method="registered_post")
    assert estate.due(second, "request_review") > estate.due(first, "request_review")
    estate.does(
        second,
        "petitioner",
        "rate",
        office_rating="satisfied",
        unit_rating="dissatisfied",
        settled=False,
    )
    estate.does(
        second, "petitioner", "request_review", to_unit="city-government", reason="还没有修"
    )
    assert (facts_of(first).state, facts_of(second).state) == (State.ANSWERED, State.REVIEWING)
    assert facts_of(first).rated is False


def test_the_dates_of_a_carried_matter_run_as_if_it_had_never_been_joined(estate: Estate) -> None:
    first = estate.accepted()
    estate.later(days=5)
    second = estate.accepted(HE_FANG)
    before = estate.due(second, "handle")
    estate.joins(second, first)
    estate.does(first, "lina", "request_extension", days=30, reason="配件进口")
    estate.does(first, "chenbo", "approve_extension")
    assert estate.due(second, "handle") == before
    assert estate.due(first, "handle_extended") > before


def test_the_one_that_presses_more_carries(estate: Estate) -> None:
    first = estate.accepted()
    estate.later(days=5)
    second = estate.accepted(HE_FANG)
    with pytest.raises(Refused, match="joined_to_later"):
        estate.joins(first, second)
    estate.joins(second, first)


def test_it_is_in_no_queue_and_stays_in_every_list(estate: Estate) -> None:
    first, second = estate.accepted(), estate.accepted(HE_FANG)
    estate.joins(second, first)
    li_na = estate.city.person("lina")

    def listed(queue: str) -> set[int]:
        return {line.id for line in queries.page(li_na, Filters(queue=queue), 1, 20, estate.now)}

    assert listed(WAITING) == listed("to_handle") == {first}
    assert listed("all") == {first, second}
    estate.does(first, "lina", "submit_opinion", **OPINION)
    estate.does(first, "chenbo", "issue_opinion")
    assert listed("to_deliver") == {first, second}


def test_steps_are_taken_where_it_is_carried_on(estate: Estate) -> None:
    first, second = estate.accepted(), estate.accepted(HE_FANG)
    estate.joins(second, first)
    for step, fields in (
        ("submit_opinion", OPINION), ("take_on", {}), ("open_mediation", {}),
        ("reclassify", {"reason": "误", "category": "housing"}),
    ):  # fmt: skip
        with pytest.raises(Refused, match="carried_elsewhere"):
            estate.does(second, "lina", step, **fields)
    estate.does(second, "petitioner", "supplement", supplement="昨天又停了")
    estate.does(second, "lina", "ask_petitioner", question="哪一栋？")


def test_there_are_no_chains_and_nothing_is_joined_to_itself(estate: Estate) -> None:
    first, second, third = estate.accepted(), estate.accepted(), estate.accepted()
    with pytest.raises(Refused, match="joined_to_itself"):
        estate.joins(first, first)
    estate.joins(second, first)
    with pytest.raises(Refused, match="joined_to_carried"):
        estate.joins(third, second)
    with pytest.raises(Refused, match="carries_others"):
        estate.joins(first, third)
    with pytest.raises(Refused, match="carried_elsewhere"):
        estate.joins(second, third)
    estate.joins(third, first)
    assert facts_of(first).carries == {second, third}


@pytest.mark.parametrize(
    ("other", "username", "code"),
    [
        (lambda e: e.accepted(), "lina", "joined_to_other_stage"),
        (lambda e: e.letter(), "wangmin", "joined_to_other_holder"),
        (lambda e: e.referred(kind="suggestion"), "lina", "joined_to_other_kind"),
    ],
)
def test_two_at_different_points_are_not_joined(
    estate: Estate, other: Callable[[Estate], int], username: str, code: str
) -> None:
    first = other(estate)
    second = estate.referred(HE_FANG)
    with pytest.raises(Refused, match=code):
        estate.joins(second, first, username)
    assert faults() == []


def test_what_one_may_not_see_is_no_other_matter_at_all(estate: Estate) -> None:
    mine = estate.accepted()
    elsewhere = estate.letter(HE_FANG)
    estate.does(elsewhere, "wangmin", "transfer", to_unit="city-labour")
    for unseen in (elsewhere, 999_999, -1):
        with pytest.raises(Refused, match="joined_to_unknown") as refused:
            estate.joins(mine, unseen)
        assert refused.value.refusal.facts == {}
    assert steps(elsewhere)[-1] == "transfer"


def test_a_report_is_joined_to_nothing_and_nothing_to_it(estate: Estate) -> None:
    report = estate.letter(kind="report", reported_units=["county-housing"])
    claim = estate.letter(HE_FANG)
    with pytest.raises(Refused, match="wrong_kind"):
        estate.joins(report, claim, "wangmin")
    with pytest.raises(Refused, match="joined_to_other_kind"):
        estate.joins(claim, report, "wangmin")


def test_a_separated_matter_stands_where_it_stood_with_its_own_dates(estate: Estate) -> None:
    first, second = estate.referred(), estate.referred(HE_FANG)
    before, dates = facts_of(second), clocks_of(load(second), estate.now.date())
    estate.joins(second, first)
    estate.does(first, "lina", "accept", procedure="ordinary")
    estate.does(second, "lina", "request_extension", days=10, reason="等配件")
    estate.does(second, "lina", "separate", reason="不是同一部电梯")
    after = facts_of(second)
    assert after.changed(last_seq=before.last_seq) == before
    assert clocks_of(load(second), MORNING.date()) == dates
    assert facts_of(first).carries == frozenset()
    assert (steps(first)[-1], steps(second)[-1]) == ("let_go", "separate")
    assert Involvement.objects.filter(matter_id=second, waits=True, unit="city-housing").exists()
    assert faults() == []


def test_after_the_answer_there_is_nothing_to_separate(estate: Estate) -> None:
    first, second = estate.accepted(), estate.accepted(HE_FANG)
    estate.joins(second, first)
    estate.does(first, "lina", "submit_opinion", **OPINION)
    estate.does(first, "chenbo", "issue_opinion")
    with pytest.raises(Refused, match="not_joined"):
        estate.does(second, "lina", "separate", reason="不是一件")


def test_a_petitioner_who_withdraws_takes_nobody_along(estate: Estate) -> None:
    first, second, third = estate.accepted(), estate.accepted(HE_FANG), estate.accepted()
    estate.joins(second, first)
    estate.joins(third, first)
    estate.does(third, "petitioner", "withdraw", reason="搬走了")
    assert facts_of(first).carries == {second}
    estate.does(first, "petitioner", "withdraw", reason="搬走了")
    left = facts_of(second)
    assert (left.state, left.carried_by) == (State.ACCEPTED, None)
    assert steps(second)[-1] == "go_alone"
    assert Involvement.objects.get(matter_id=second, unit="city-housing").waits
    assert faults() == []


def test_an_objection_is_of_the_one_matter(estate: Estate) -> None:
    first, second = estate.referred(), estate.referred(HE_FANG)
    estate.joins(second, first)
    estate.does(first, "lina", "object", reason="属于市场监管")
    assert (facts_of(first).state, facts_of(second).state) == (State.OBJECTED, State.REFERRED)
    assert facts_of(second).carried_by is None


def test_a_step_that_is_taken_back_is_taken_back_for_both(estate: Estate) -> None:
    first, second = estate.accepted(), estate.accepted(HE_FANG)
    estate.joins(second, first)
    estate.does(first, "lina", "submit_opinion", **OPINION)
    seq = estate.does(first, "chenbo", "issue_opinion").seq
    estate.does(first, "chenbo", "revoke", entry=seq, reason="文号有误")
    for matter in (first, second):
        assert facts_of(matter).state is State.OPINION_SUBMITTED
    assert (facts_of(first).carries, facts_of(second).carried_by) == ({second}, first)
    seq = estate.does(first, "chenbo", "issue_opinion").seq
    estate.does(second, "lina", "deliver_opinion", method="in_person")
    with pytest.raises(Refused, match="joint_went_on"):
        estate.does(first, "chenbo", "revoke", entry=seq, reason="文号有误")
    assert facts_of(first).state is State.OPINION_ISSUED
    assert faults() == []


def test_who_withdrew_from_the_one_does_not_act_on_it_by_way_of_the_other(estate: Estate) -> None:
    first, second = estate.accepted(), estate.accepted(HE_FANG)
    estate.joins(second, first)
    chen_bo = estate.city.account("chenbo")
    estate.does(second, "chenbo", "recuse", account=chen_bo, reason="亲属")
    estate.does(first, "lina", "submit_opinion", **OPINION)
    with pytest.raises(Refused, match="joint_shut_out"):
        estate.does(first, "chenbo", "issue_opinion")
    assert faults() == []


def test_a_step_dated_before_the_joining_is_entered_from_then_on(estate: Estate) -> None:
    first = estate.referred()
    noon = estate.now
    estate.later(days=2)
    second = estate.referred(HE_FANG)
    joined = estate.joins(second, first)
    actions.take(first, "accept", {"procedure": "ordinary"}, by=estate.city.person("lina"), now=estate.now,
                 at=noon + timedelta(hours=1))  # fmt: skip
    at = Entry.objects.get(matter_id=second, step="accept").at
    assert at == Entry.objects.get(matter_id=second, seq=joined.seq).at
    assert faults() == []


def test_the_platform_alone_enters_the_counterpart(estate: Estate) -> None:
    first = estate.accepted()
    for step, fields in (("take_in", {"matter": 1}), ("let_go", {"matter": 1}), ("go_alone", {})):
        with pytest.raises(Refused):
            actions.take(first, step, fields, by=SYSTEM, now=estate.now)


def test_the_petitioners_of_both_are_told(estate: Estate) -> None:
    first, second = estate.referred(), estate.referred(HE_FANG)
    estate.joins(second, first)
    estate.does(first, "lina", "accept", procedure="ordinary")
    told = list(
        OutgoingMessage.objects.filter(matter_id=second)
        .order_by("id")
        .values_list("template", flat=True)
    )
    assert told[-2:] == ["joined", "accepted"]


def test_a_hundred_neighbours_are_answered_by_one_act(estate: Estate) -> None:
    first = estate.accepted()
    others = [estate.accepted(HE_FANG) for _ in range(12)]
    for one in others:
        estate.joins(one, first)
    estate.does(first, "lina", "submit_opinion", **OPINION)
    estate.does(first, "chenbo", "issue_opinion")
    assert {Matter.objects.get(pk=one).state for one in others} == {"opinion_issued"}
    assert faults() == []


def test_a_successor_takes_over_both(estate: Estate) -> None:
    first, second = estate.accepted(), estate.accepted(HE_FANG)
    estate.joins(second, first)
    merge_unit(
        "city-housing", into="city-labour", last_day=(estate.now + timedelta(days=10)).date()
    )
    assert hand_to_successors(estate.now + timedelta(days=12)) == 1
    assert {Matter.objects.get(pk=one).holder for one in (first, second)} == {"city-labour"}
    assert faults() == []


def test_files_of_an_answer_are_handed_to_the_petitioners_of_both(estate: Estate) -> None:
    first, second = estate.accepted(kind="claim"), estate.accepted(HE_FANG)
    estate.joins(second, first)
    li_na = estate.city.person("lina")
    there = Owner(kind=MATTER, id=first)
    kept = evidence.keep(
        BytesIO("维修计划".encode()), name="计划.txt", owner=there, by=li_na, now=estate.now
    )
    estate.does(first, "lina", "notify", notice_content="计划见附件", files=[kept.sha256])
    (shared,) = files_of(Owner(kind=MATTER, id=second))
    assert (shared.sha256, shared.name) == (kept.sha256, "计划.txt")
    assert [one.id for one in files_of(there)] == [kept.id]
    assert faults() == []


def test_its_days_are_those_of_who_holds_both(estate: Estate) -> None:
    first, second = estate.letter(), estate.letter(HE_FANG)
    estate.joins(second, first, "wangmin")
    estate.later(days=5)
    estate.does(first, "wangmin", "transfer", to_unit="city-housing")
    estate.later(days=3)
    spans = trace(turns(load(second)), estate.now)
    assert [(one.unit, one.minutes // (24 * 60)) for one in spans if one.minutes > 60] == [
        ("city-petition", 5),
        ("city-housing", 3),
    ]


def test_what_is_late_on_it_is_found_as_on_any_other(estate: Estate) -> None:
    first, second = estate.accepted(), estate.accepted(HE_FANG)
    estate.joins(second, first)
    estate.later(days=90)
    for matter in (first, second):
        course = turns(load(matter))
        found = look(course, clocks_of(load(matter), estate.now.date()), estate.now).found
        assert [(one.rule, one.unit) for one in found] == [("answer_late", "city-housing")]
