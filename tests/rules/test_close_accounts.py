"""The three accounts (政策账, 程序账, 感情账): gone through before a matter closes in substance (art. 27)."""

import pytest

from tests.support.story import Story, accepted, registered
from xinqiao.rules.fields import ACCOUNTS
from xinqiao.rules.states import ANSWERED_STATES, CLOSED, State
from xinqiao.rules.steps import By
from xinqiao.rules.table import STEPS, TABLE


def settling() -> Story:
    return accepted().does("open_mediation")


CLOSING = {
    "submit_opinion": accepted,
    "reply": lambda: registered(kind="suggestion"),
    "record_settlement": settling,
}


@pytest.mark.parametrize("step", CLOSING)
@pytest.mark.parametrize("account", ACCOUNTS)
def test_no_account_is_passed_over(step: str, account: str) -> None:
    refusal = CLOSING[step]().refusal(step, **{account: None})
    assert refusal is not None
    assert (refusal.code, refusal.facts) == ("field_missing", {"field": account})


@pytest.mark.parametrize("step", CLOSING)
@pytest.mark.parametrize("account", ACCOUNTS)
def test_an_open_account_says_what_is_still_owed(step: str, account: str) -> None:
    story = CLOSING[step]()
    refusal = story.refusal(step, **{account: "open"})
    assert refusal is not None
    assert (refusal.code, refusal.article, refusal.facts) == (
        "account_open",
        "27",
        {"field": account},
    )
    owed = "下周由分管负责人上门走访。"
    assert story.refusal(step, **{account: "open"}, accounts_note=owed) is None


def test_an_open_account_never_keeps_an_answer_back() -> None:
    """The sixty days run all the same: what is owed is noted, the opinion goes out."""
    note = "补助下月发放，由李娜跟进。"
    story = accepted().does("submit_opinion", policy_account="open", accounts_note=note)
    assert story.state is State.OPINION_SUBMITTED


def test_the_procedure_is_never_beside_the_point() -> None:
    assert accepted().says_no("submit_opinion", procedure_account="none") == ("field_wrong", "32")


def test_every_step_of_staff_that_answers_in_substance_asks_for_them() -> None:
    """A new step that closes a matter is added here, or says why not."""
    without_substance = {"decline", "guide", "withdraw", "conclude"}
    of_an_appeal = {step.name for step in TABLE if step.name.startswith("deliver_")}
    closing = {
        step.name
        for step in TABLE
        if step.end in CLOSED | ANSWERED_STATES and set(step.by) - {By.SYSTEM, By.PETITIONER}
    }
    appeals = {step.name for step in TABLE if step.article in ("35", "36")}
    asked = {step.name for step in TABLE if set(ACCOUNTS) <= set(step.needs)}
    assert closing - without_substance - of_an_appeal - appeals == asked - {"submit_opinion"}
    assert STEPS["submit_opinion"].name in asked, "deliver_opinion hands over what was submitted"
