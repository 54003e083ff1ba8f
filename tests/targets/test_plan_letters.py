"""Responsibility letters: issued from the targets, signed by the head of the unit, anew when something changes."""

import pytest
from django.db import transaction

from tests.targets.planning import HOUSING, OFFICE, THIS, Plan
from xinqiao.rules.refusals import Refused
from xinqiao.targets.plans import queries
from xinqiao.targets.plans.actions import letters
from xinqiao.targets.plans.values import LetterLine


def letter(plan: Plan, made: int) -> LetterLine:
    found = queries.letter(plan.person("chenbo"), made)
    assert found is not None
    return found


def refused(plan: Plan, action: object, *args: object, by: str = "zhaogang") -> str:
    with pytest.raises(Refused) as no, transaction.atomic():
        plan.does(action, *args, by=by)  # type: ignore[arg-type]
    return no.value.refusal.code


def test_issued_and_signed(plan: Plan) -> None:
    plan.sets(HOUSING, 100)
    plan.sets(HOUSING, 9500, indicator="on_time_answer")
    plan.names_who_answers()
    made = plan.issues()
    found = letter(plan, made)
    assert [one["indicator"] for one in found.contents["targets"]] == ["total", "on_time_answer"]  # type: ignore[attr-defined]
    people = [(one["kind"], one["name"], one["field"]) for one in found.contents["people"]]  # type: ignore[attr-defined]
    assert people == [
        ("first", "陈波", ""),
        ("in_charge", "李娜", ""),
        ("member", "李娜", "物业管理"),
    ]
    plan.does(letters.sign, made, by="chenbo")
    assert letter(plan, made).signed_by == plan.city.account("chenbo")
    assert queries.letter_stands(letter(plan, made), by=plan.person("chenbo"), now=plan.now)


def test_what_changes_asks_for_a_further_letter(plan: Plan) -> None:
    plan.sets(HOUSING, 100)
    plan.names_who_answers()
    first = plan.issues()
    assert refused(plan, letters.issue, OFFICE, "city-housing", THIS) == "letter_unchanged"
    plan.sets(HOUSING, 95)
    assert not queries.letter_stands(letter(plan, first), by=plan.person("chenbo"), now=plan.now)
    second = plan.issues()
    assert letter(plan, second).version == 2
    assert refused(plan, letters.sign, first, by="chenbo") == "letter_outdated"
    (newest,) = queries.letters(plan.person("chenbo"), THIS)
    assert newest.id == second


def test_who_signs_and_who_issues(plan: Plan) -> None:
    plan.sets(HOUSING, 100)
    assert queries.without_letter(plan.person("zhaogang"), OFFICE, THIS, plan.now) == [
        "city-housing"
    ]
    assert refused(plan, letters.issue, OFFICE, "city-housing", THIS) == "letter_without_first"
    assert refused(plan, letters.issue, OFFICE, "city-labour", THIS) == "letter_without_targets"
    plan.names_who_answers()
    assert (
        refused(plan, letters.issue, OFFICE, "city-housing", THIS, by="chenbo")
        == "targets_not_yours"
    )
    made = plan.issues()
    for username in ("lina", "zhaogang", "zhoujun"):
        assert refused(plan, letters.sign, made, by=username) == "letter_not_yours"
    plan.does(letters.sign, made, by="chenbo")
    assert refused(plan, letters.sign, made, by="chenbo") == "letter_signed_already"
    assert queries.letter(plan.person("zhoujun"), made) is None
