"""Registering: everything received is registered, by its receiver or the petition office of the place (art. 22)."""

import pytest

from tests.support.story import received, registered
from xinqiao.rules.refusals import Refused
from xinqiao.rules.states import Kind, LegalPath, State


def test_wang_min_registers_a_letter_with_kind_category_and_place() -> None:
    facts = registered(category="labour.wages", path="petition").facts
    assert facts.state is State.REGISTERED
    assert (facts.kind, facts.category, facts.region) == (Kind.CLAIM, "labour.wages", "340800")
    assert facts.path is LegalPath.PETITION


def test_the_time_for_referring_runs_from_receipt() -> None:
    clock = registered().clock("register_and_refer")
    assert (clock.start.isoformat(), clock.due_day and clock.due_day.isoformat()) == (
        "2026-03-02",
        "2026-03-17",
    )


@pytest.mark.parametrize("field", ["kind", "region"])
def test_kind_and_place_must_be_given(field: str) -> None:
    refusal = received().refusal("register", **{field: None})
    assert refusal is not None
    assert (refusal.code, refusal.article, refusal.facts) == (
        "field_missing",
        "22",
        {"field": field},
    )


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"kind": "complaint"}, "field_wrong"),
        ({"path": "seventh"}, "field_wrong"),
        ({"repeat": "yes"}, "field_wrong"),
        ({"region": 340800}, "field_wrong"),
        ({"region": "Anqing"}, "field_wrong"),
        ({"region": "３４０８００"}, "field_wrong"),
        ({"category": 7}, "field_wrong"),
        ({"category": "x" * 121}, "field_wrong"),
        ({"reported_units": "city-housing"}, "field_wrong"),
        ({"reported_units": ["moon-office"]}, "field_wrong"),
        ({"reported_accounts": ["lina"]}, "field_wrong"),
        ({"score": 7}, "field_unknown"),
    ],
)
def test_what_is_not_on_the_form_or_not_on_the_list_is_refused(
    fields: dict[str, object], code: str
) -> None:
    story = received()
    refusal = story.refusal("register", **fields)
    assert refusal is not None
    assert (refusal.code, refusal.facts["field"]) == (code, *fields)
    assert story.state is State.RECEIVED


def test_nobody_registers_twice() -> None:
    with pytest.raises(Refused) as refused:
        registered().does("register")
    assert refused.value.refusal.code == "wrong_state"


@pytest.mark.parametrize("stranger", ["dingxia", "lina", "wutao", "malin", "petitioner"])
def test_a_matter_without_a_place_is_its_receivers_alone(stranger: str) -> None:
    refusal = received().by(stranger).button("register")
    assert refusal is not None
    assert (refusal.code, refusal.article) == ("not_yours", "22")


def test_the_office_of_the_place_may_register_what_a_department_received() -> None:
    story = received(by="qianyu", received_by="organ", region="340811")
    assert story.by("dingxia").button("register") is None
    assert story.by("wangmin").does("register").facts.holder == "county-housing"
