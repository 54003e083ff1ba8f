"""Help in hardship, and unlawful conduct that goes to the organ that deals with it (art. 27, 37)."""

from tests.support.story import Story, accepted, concluded, received


def test_hardship_is_helped_at_any_time_once_it_is_registered() -> None:
    assert accepted().does("give_help").facts.state == "accepted"
    assert concluded().by("wangmin").refusal("give_help") is None
    assert received().who_may("give_help") == set()


def test_conduct_is_referred_by_a_head_with_a_legal_basis_and_a_second_person() -> None:
    chen_bo = Story().by("chenbo").person.account
    zhao_gang = Story().by("zhaogang").person.account
    story = accepted().by("chenbo")
    assert story.says_no("refer_conduct", approver=chen_bo) == ("approver_is_actor", "27")
    assert story.says_no("refer_conduct", approver=zhao_gang, legal_basis=None) == (
        "field_missing",
        "27",
    )
    assert story.refusal("refer_conduct", approver=zhao_gang) is None


def test_a_clerk_or_an_officer_refers_no_conduct() -> None:
    assert accepted().who_may("refer_conduct") == {"chenbo", "zhaogang"}
