"""Help is never a condition to stop petitioning: nowhere could such a promise be kept or asked for."""

import re

from django.apps import apps
from django.template.loader import get_template

from xinqiao.rules.fields import FIELDS
from xinqiao.rules.relief import MOVES, STEPS, State
from xinqiao.rules.table import STEPS as TABLE

#: Everything that a request is made of. A further column has to be added here, by somebody who has read the above.
COLUMNS = {
    "Fund": {"id", "office", "year", "entries", "opened_at", "opened_by"},
    "Request": {
        "id", "matter_id", "petitioner", "person", "office", "government", "unit", "need", "asked", "amount", "state",
        "hands", "requested_by", "requested_at", "checked_by", "approved_by", "approved_at", "paid_by", "paid_on",
        "returned", "fund_id", "waits_for", "waits_unit", "approvals",
    },
    "Entry": {
        "id", "fund_id", "seq", "kind", "debit", "credit", "amount", "request_id", "at", "account", "document",
        "fiscal", "superior", "donated", "available", "reserved", "paid", "returned",
    },
}  # fmt: skip
#: All that is asked for with a step of the fund.
ASKED = {
    "relief", "relief_office", "relief_government", "relief_need", "amount_fen", "hardship", "again_why", "paid_on",
    "social_relief", "social_relief_why", "judicial_relief", "judicial_relief_why", "insurance", "insurance_why",
    "reason", "files",
}  # fmt: skip
PROMISE = re.compile("promise|waive|stop_|settled|quit|undertak|commit|condition|承诺|息诉|罢访")


def test_the_tables_hold_no_promise_and_no_word_about_a_person() -> None:
    found = {
        model.__name__: {field.column for field in model._meta.get_fields() if field.concrete}
        for model in apps.get_app_config("relief").get_models()
    }
    assert found == COLUMNS
    assert not [one for columns in COLUMNS.values() for one in columns if PROMISE.search(one)]


def test_no_step_of_the_fund_asks_for_one() -> None:
    asked = {name for step in STEPS for name in (*TABLE[step].needs, *TABLE[step].may_have)}
    assert asked == ASKED
    assert not [name for name in asked if PROMISE.search(name)]
    assert asked <= set(FIELDS)


def test_the_state_of_a_request_follows_from_no_petition() -> None:
    """Nothing of the matter's own state stands in the rules of a request: it is paid whatever the petitioner does."""
    states = {state for move in MOVES for state in (*move.start, move.end)}
    assert {*states, State.RETURNED} == set(State)
    for step in STEPS:
        assert "withdrawn" in TABLE[step].start, step
        assert "concluded" in TABLE[step].start, step


def test_the_form_and_the_paper_say_so() -> None:
    for name in ("free.html", "decision.html", "move.html", "list.html"):
        source = get_template(f"desk/relief/{name}").template.source  # type: ignore[attr-defined]
        assert "never a condition to stop petitioning" in source, name
