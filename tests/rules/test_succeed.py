"""Succession: a merged or abolished unit's matters go to its successor (art. 24)."""

from dataclasses import replace
from datetime import date

from tests.support.city import UNITS
from tests.support.story import Story, answered, transferred
from xinqiao.rules.persons import SYSTEM
from xinqiao.rules.units import Units


def merged(story: Story) -> Story:
    """City housing ceased to exist on the last of April; human resources took over its work."""
    gone = replace(UNITS["city-housing"], valid_to=date(2026, 4, 30), successor="city-labour")
    story.units = Units({**UNITS.by_code, "city-housing": gone})
    return story.on("2026-05-04")


def test_the_platform_hands_the_matter_to_the_successor() -> None:
    story = merged(transferred()).by(SYSTEM).does("succeed", to_unit="city-labour")
    assert (story.facts.holder, story.facts.handler, story.facts.receiver) == (
        "city-labour", "city-labour", "city-petition",
    )  # fmt: skip
    assert story.by("sunli").refusal("accept") is None


def test_the_clocks_do_not_begin_anew() -> None:
    story = merged(transferred())
    before = [(clock.id, clock.due) for clock in story.clocks]
    assert [
        (c.id, c.due) for c in story.by(SYSTEM).does("succeed", to_unit="city-labour").clocks
    ] == before


def test_only_the_successor_takes_over() -> None:
    story = merged(transferred()).by(SYSTEM)
    assert story.says_no("succeed", to_unit="city-government") == ("unit_not_allowed", "24")


def test_a_unit_that_exists_keeps_its_matters() -> None:
    refusal = transferred().by("wangmin").button("succeed")
    assert refusal is not None
    assert (refusal.code, refusal.facts) == ("unit_still_exists", {"unit": "city-housing"})


def test_the_successor_also_stands_for_it_in_an_appeal() -> None:
    story = merged(answered()).by(SYSTEM).does("succeed", to_unit="city-labour")
    assert story.by("petitioner").refusal("request_review", to_unit="city-government") is None


def test_a_chain_of_mergers_is_followed_to_its_end_and_a_ring_to_nothing() -> None:
    day = date(2026, 5, 4)
    ends = date(2026, 4, 30)
    chain = {
        "city-housing": replace(UNITS["city-housing"], valid_to=ends, successor="city-labour"),
        "city-labour": replace(UNITS["city-labour"], valid_to=ends, successor="city-government"),
    }
    assert Units({**UNITS.by_code, **chain}).successor_of("city-housing", day) == "city-government"
    ring = chain | {"city-labour": replace(chain["city-labour"], successor="city-housing")}
    assert Units({**UNITS.by_code, **ring}).successor_of("city-housing", day) is None
