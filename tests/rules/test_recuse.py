"""Recusal: whoever has an interest withdraws, and no longer meets the matter (art. 28)."""

from tests.support.story import Story, accepted, registered
from xinqiao.rules.table import TABLE


def account(name: str) -> int:
    number = Story().by(name).person.account
    assert number is not None
    return number


def test_li_na_withdraws_and_the_matter_is_gone_for_her() -> None:
    story = accepted().does("recuse", account=account("lina"))
    for step in TABLE:
        refusal = story.button(step.name)
        assert refusal is not None
        assert refusal.code == "not_found", step.name


def test_her_unit_keeps_it() -> None:
    story = accepted().does("recuse", account=account("lina"))
    assert story.by("chenbo").refusal("submit_opinion") is None


def test_a_designated_officer_who_withdraws_is_designated_no_longer() -> None:
    story = accepted().by("chenbo").does("designate", officer=account("lina"))
    assert story.facts.officer == account("lina")
    story.by("lina").does("recuse", account=account("lina"))
    assert story.facts.officer is None


def test_and_is_not_designated_again() -> None:
    story = accepted().does("recuse", account=account("lina")).by("chenbo")
    assert story.says_no("designate", officer=account("lina")) == ("shut_out", "28")


def test_nobody_sends_a_colleague_away_but_a_head_may() -> None:
    story = accepted()
    assert story.says_no("recuse", account=account("chenbo")) == ("only_oneself", "28")
    assert story.by("chenbo").refusal("recuse", account=account("lina")) is None


def test_only_heads_designate_and_only_in_their_unit() -> None:
    assert accepted().who_may("designate") == {"chenbo"}
    assert registered().who_may("designate") == {"zhaogang"}
