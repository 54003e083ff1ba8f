"""What the desk shows somebody: their own steps, the possible ones and the others with the reason why not."""

import pytest

from tests.support.city import CAST, UNITS
from tests.support.story import Story, accepted, answered, registered, reported, transferred
from xinqiao.rules.units import UnitKind


def test_an_officer_sees_the_heads_steps_greyed() -> None:
    offered = accepted().does("request_extension").offered()
    refusal = offered["approve_extension"]
    assert refusal is not None
    assert refusal.code == "not_yours"
    assert "conclude" not in offered, "that is another unit's step"


def test_every_refusal_of_a_button_has_a_reason_that_can_be_told() -> None:
    for story in (registered(), transferred().by("lina"), answered().by("petitioner")):
        for step, refusal in story.offered().items():
            assert refusal is None or refusal.code != "field_missing", step


def test_receiving_is_no_step_of_a_matter_that_exists() -> None:
    assert "receive" not in registered().offered()


def test_a_petitioner_is_offered_the_petitioners_steps_alone() -> None:
    assert set(answered().by("petitioner").offered()) == {
        "add_contact", "supplement", "ask_written_opinion", "rate", "request_review", "request_reexamination",
        "withdraw",
    }  # fmt: skip


def test_behind_the_wall_every_button_says_that_there_is_nothing() -> None:
    """The commission that holds the report turns out to be reported itself."""
    story = (
        reported("city-housing")
        .by("wangmin")
        .does("name_reported", reported_units=["city-discipline"])
    )
    offered = story.by("xujing").offered()
    assert offered
    assert {refusal and refusal.code for refusal in offered.values()} == {"not_found"}


def test_asking_with_no_field_filled_in_yet_is_not_refused_for_that() -> None:
    assert registered().button("transfer") is None
    assert registered().refusal("transfer", to_unit=None) is not None


@pytest.mark.parametrize("story", [registered(), transferred(), accepted(), answered()])
def test_nobody_has_a_step_on_a_matter_that_never_came_to_them(story: Story) -> None:
    """Whoever acts sees what they act on: units it came to, and the petition offices of its place."""
    elsewhere = [
        name
        for name, one in CAST.items()
        if one.unit not in story.facts.involved
        and UNITS[one.unit].kind is not UnitKind.PETITION_OFFICE
    ]
    assert "wutao" in elsewhere, "the joint conference, which nobody has asked yet"
    assert {name: steps for name in elsewhere if (steps := story.by(name).offered())} == {}
