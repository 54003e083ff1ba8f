"""Mediation and reconciliation: by the will of both sides, ended by a written settlement or not (art. 33)."""

from tests.support.story import accepted
from xinqiao.rules.states import State


def test_both_sides_settle_in_writing() -> None:
    story = accepted().does("open_mediation", mediation_kind="reconciliation")
    assert story.facts.mediation_open
    story.does("record_settlement")
    assert (story.state, story.facts.settled, story.facts.mediation_open) == (
        State.SETTLED,
        True,
        False,
    )
    assert story.clock("handle").state == "met"


def test_nobody_is_mediated_against_their_will() -> None:
    assert accepted().says_no("open_mediation", both_agree=False) == ("consent_needed", "33")
    story = accepted().does("open_mediation")
    assert story.says_no("record_settlement", both_agree=False) == ("consent_needed", "33")


def test_the_time_for_handling_runs_on() -> None:
    story = accepted()
    before = story.clock("handle").due_day
    assert story.does("open_mediation").does("end_mediation").clock("handle").due_day == before


def test_there_is_one_mediation_at_a_time() -> None:
    assert accepted().says_no("record_settlement") == ("no_mediation", "33")
    assert accepted().does("open_mediation").says_no("open_mediation") == ("mediation_open", "33")


def test_only_the_handling_unit_mediates() -> None:
    assert accepted().who_may("open_mediation") == {"lina", "chenbo"}
