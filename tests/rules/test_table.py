"""The table as a whole: nothing in it leads nowhere, asks for what nobody knows, or cites nothing."""

from itertools import chain

import pytest

from tests.support.story import FILLED_IN
from xinqiao.law.events import EventType
from xinqiao.rules.fields import FIELDS, FieldType
from xinqiao.rules.replay import _CHANGES
from xinqiao.rules.routing import _CHOICES
from xinqiao.rules.states import (
    ANSWERED_STATES,
    CLOSED,
    OPEN,
    OUTSIDE_PATHS,
    UNDECIDED,
    Kind,
    LegalPath,
    State,
)
from xinqiao.rules.steps import By, Step
from xinqiao.rules.table import STEPS, TABLE

_BOUNDED = {FieldType.NUMBER, FieldType.MONEY}
#: Corrections of the record, and which matters are handled together, are no steps of the procedure.
WITHOUT_ARTICLE = {
    "correct_date", "revoke", "recompute", "join", "take_in", "separate", "let_go", "go_alone", "split_off",
    "tell_apart", "tell_alike",
}  # fmt: skip
#: What a step means for the clocks where it is more than one event of the law.
COMPOSED = {"competence_decided", "answered_before"}
#: Steps that change no fact beside the state.
WITHOUT_FACTS = {
    "return_opinion", "ask_written_opinion", "conclude", "withdraw", "give_help", "refer_conduct", "correct_date",
    "link_dispute", "follow_up_suggestion",
    "revoke", "recompute", "separate", "split_off", "tell_apart", "tell_alike",
    "check_relief", "approve_relief", "refuse_relief", "drop_relief", "pay_relief", "return_relief",
    "duty_done", "answer_duty", "lead_progress", "field_visit",
    "conference_decision",
    "record_reception", "acknowledge_call", "arrive_on_spot", "hear_representatives", "offer_way_home",
    "review_group_visit",
}  # fmt: skip


def _ends(step: Step) -> set[State]:
    return ({step.end} if step.end else set()) | (
        set(step.ends_if[1].values()) if step.ends_if else set()
    )


def test_every_state_is_reached_from_receipt() -> None:
    reached: set[State] = set(_ends(STEPS["receive"]))
    while True:
        more = (
            set(chain.from_iterable(_ends(step) for step in TABLE if step.start & reached))
            - reached
        )
        if not more:
            break
        reached |= more
    assert reached == set(State)


@pytest.mark.parametrize("state", sorted(OPEN))
def test_every_open_state_has_a_way_out_that_officials_must_take_themselves(state: State) -> None:
    ways = [step for step in TABLE if state in step.start and _ends(step) - {state}]
    assert [step for step in ways if set(step.by) - {By.PETITIONER}], state


@pytest.mark.parametrize("state", sorted(OPEN))
def test_from_every_open_state_a_closed_one_can_be_reached(state: State) -> None:
    reached, before = {state}, set[State]()
    while reached != before:
        before = set(reached)
        reached |= set(chain.from_iterable(_ends(step) for step in TABLE if step.start & reached))
    assert reached & CLOSED


def test_a_concluded_matter_has_no_way_out() -> None:
    assert [step.name for step in TABLE if State.CONCLUDED in step.start and _ends(step)] == []


def test_only_a_simple_reply_leads_out_of_a_closed_state() -> None:
    assert [step.name for step in TABLE if step.start & CLOSED and step.end in OPEN] == [
        "ask_written_opinion"
    ]


@pytest.mark.parametrize("step", TABLE, ids=lambda step: step.name)
def test_every_step_can_be_read(step: Step) -> None:
    assert step.by, "nobody may take it"
    assert len(set(step.by)) == len(step.by)
    assert set(step.by) <= set(By)
    assert step.kinds
    assert set(step.needs) | set(step.may_have) <= set(FIELDS)
    assert not set(step.needs) & set(step.may_have)
    assert set(step.law) <= set(EventType) | COMPOSED
    assert bool(step.article) is (step.name not in WITHOUT_ARTICLE)
    assert step.article is None or step.article.isdecimal()


def test_names_are_unique_and_a_step_without_a_start_is_the_receipt() -> None:
    assert len(STEPS) == len(TABLE)
    assert [step.name for step in TABLE if not step.start] == ["receive"]


def test_every_field_is_asked_for_by_some_step() -> None:
    asked = set(chain.from_iterable((*step.needs, *step.may_have) for step in TABLE))
    assert set(FIELDS) - asked == {"instead_of", "paper_number", "carried"}


def test_choices_have_choices_and_numbers_have_bounds() -> None:
    for name, spec in FIELDS.items():
        assert bool(spec.choices) is (spec.type is FieldType.CHOICE), name
        assert (spec.low < spec.high) is (spec.type in _BOUNDED), name
        assert len(set(spec.choices)) == len(spec.choices), name


def test_whatever_a_step_fills_in_by_itself_is_among_its_choices() -> None:
    for name, value in FILLED_IN.items():
        spec = FIELDS[name]
        assert spec.type is not FieldType.CHOICE or value in spec.choices, name


def test_every_step_changes_the_facts_or_is_listed_as_changing_none() -> None:
    unchanged = {step.name for step in TABLE} - set(_CHANGES)
    assert unchanged <= WITHOUT_FACTS
    assert set(_CHANGES) <= set(STEPS)


def test_every_step_that_names_a_receiving_unit_has_its_routes() -> None:
    assert {step.name for step in TABLE if "to_unit" in step.needs} == set(_CHOICES)


def test_what_can_be_revoked_changes_the_state_and_is_not_a_delivery() -> None:
    for step in TABLE:
        if step.revocable:
            assert step.end is not None, step.name
            assert not step.name.startswith("deliver"), step.name


def test_every_change_of_state_by_a_decision_issues_a_paper() -> None:
    decisions = (
        "accept",
        "decline",
        "guide",
        "reply",
        "issue_opinion",
        "issue_review_opinion",
        "conclude",
    )
    for name in decisions:
        assert STEPS[name].paper, name
    papers = [step.paper for step in TABLE if step.paper and step.paper != "notice"]
    assert len(papers) == len(set(papers))


def test_only_the_platform_itself_recounts() -> None:
    assert STEPS["recompute"].by == (By.SYSTEM,)


def test_states_fall_into_open_and_closed() -> None:
    assert set(State) == OPEN | CLOSED
    assert not OPEN & CLOSED
    assert UNDECIDED <= OPEN
    assert {State.CONCLUDED} == ANSWERED_STATES - OPEN


def test_four_of_six_paths_lead_out() -> None:
    assert set(LegalPath) - OUTSIDE_PATHS == {LegalPath.DUTY, LegalPath.PETITION}


@pytest.mark.parametrize("name", ["accept", "submit_opinion", "guide", "ask_written_opinion"])
def test_the_sixty_day_procedure_is_for_claims_alone(name: str) -> None:
    assert STEPS[name].kinds == {Kind.CLAIM}
