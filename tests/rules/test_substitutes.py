"""Who may be named to stand in for whom, and what a step of a substitute is: the rules alone."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.city import CAST, UNITS, person
from tests.support.story import accepted, reviewing
from xinqiao.rules.facts import Facts, Handled
from xinqiao.rules.matters import acting_for
from xinqiao.rules.persons import Person, Post, Role
from xinqiao.rules.states import Kind
from xinqiao.rules.steps import Case
from xinqiao.rules.substitutes import may_end, may_name
from xinqiao.rules.table import STEPS
from xinqiao.rules.wall import at_matter, behind_wall

MONDAY, FRIDAY = date(2026, 3, 2), date(2026, 3, 6)


def standing_in(username: str, *away: str) -> Person:
    """A member of the cast who also has the working posts of others."""
    own, lent, walled = person(username), [], set()
    for name in away:
        other = person(name)
        for post in other.posts:
            if post.role is Role.ADMIN:
                walled.add(post.unit)
            else:
                lent.append(replace(post, instead_of=other.account))
    return replace(own, posts=(*own.posts, *lent), walled_with=frozenset(walled))


def named(
    by: str, away: str, stands_in: str, first: date = MONDAY, last: date = FRIDAY
) -> str | None:
    refusal = may_name(person(by), person(away), person(stands_in), first, last, MONDAY)
    return refusal.code if refusal else None


def test_li_na_names_a_colleague_of_her_unit() -> None:
    assert named("lina", "lina", "chenbo") is None
    assert named("lina", "lina", "sunli") == "substitute_other_unit"
    assert named("lina", "lina", "lina") == "substitute_oneself"


def test_a_head_chooses_for_the_unit_from_anywhere() -> None:
    assert named("chenbo", "lina", "sunli") is None
    assert named("chenbo", "chenbo", "sunli") is None
    assert named("chenbo", "sunli", "lina") == "substitute_not_yours"
    assert named("lina", "chenbo", "lina") == "substitute_not_yours"


def test_an_administrators_post_is_lent_to_nobody() -> None:
    assert named("malin", "malin", "wangmin") == "substitute_no_posts"
    assert named("zhaogang", "wangmin", "malin") == "substitute_without_post"


@pytest.mark.parametrize(
    ("first", "last"),
    [(FRIDAY, MONDAY), (date(2026, 2, 1), date(2026, 2, 28))],
    ids=["backwards", "over"],
)
def test_days_that_cannot_be_are_refused(first: date, last: date) -> None:
    assert named("lina", "lina", "chenbo", first, last) == "substitute_days"


def test_what_is_only_lent_is_not_lent_on() -> None:
    by = standing_in("sunli", "chenbo")
    refusal = may_name(by, person("lina"), person("sunli"), MONDAY, FRIDAY, MONDAY)
    assert refusal is not None and refusal.code == "substitute_not_yours"


def test_both_and_the_head_end_it_and_nobody_else() -> None:
    lina, chenbo = person("lina").account or 0, person("chenbo").account or 0
    for name in ("lina", "chenbo"):
        assert may_end(person(name), lina, chenbo, False) is None
    assert may_end(person("wangmin"), lina, chenbo, True) is None
    assert may_end(person("wangmin"), lina, chenbo, False) is not None


NAMES = sorted(CAST)
ACCOUNTS = sorted(person(name).account or 0 for name in NAMES)


@given(
    away=st.sampled_from(NAMES),
    other=st.sampled_from(NAMES),
    kind=st.sampled_from(Kind),
    recused=st.frozensets(st.sampled_from(ACCOUNTS), max_size=3),
    reported=st.frozensets(st.sampled_from(ACCOUNTS), max_size=3),
    units=st.frozensets(st.sampled_from(sorted(UNITS.by_code)), max_size=2),
)
def test_nobody_meets_through_another_what_one_of_the_two_must_not_meet(
    away: str,
    other: str,
    kind: Kind,
    recused: frozenset[int],
    reported: frozenset[int],
    units: frozenset[str],
) -> None:
    if away == other:
        return
    facts = Facts(kind=kind, recused=recused, reported_accounts=reported, reported_units=units)
    someone = standing_in(other, away)
    hidden = behind_wall(someone, facts, UNITS)
    if behind_wall(person(other), facts, UNITS):
        assert hidden
    if behind_wall(person(away), facts, UNITS):
        lent = at_matter(someone, facts).away
        assert hidden or not lent, "the post of who must not meet it opens nothing"


def test_for_who_stepped_back_nobody_stands_in() -> None:
    chenbo = person("chenbo")
    facts = Facts(kind=Kind.CLAIM, recused=frozenset({chenbo.account or 0}))
    lina = standing_in("lina", "chenbo")
    assert not behind_wall(lina, facts, UNITS), "her own work goes on"
    assert at_matter(lina, facts).units(frozenset({Role.HEAD})) == frozenset()


def test_a_report_on_whom_one_stands_in_for_is_walled_off_wholly() -> None:
    chenbo = person("chenbo").account or 0
    facts = Facts(kind=Kind.REPORT, reported_accounts=frozenset({chenbo}))
    assert behind_wall(standing_in("xujing", "chenbo"), facts, UNITS)


def test_who_decided_below_does_not_decide_above_through_another() -> None:
    """Wu Tao reviews for the city government; while he stands in for Chen Bo, he looked at it below (art. 36)."""
    chenbo = person("chenbo").account or 0
    story = reviewing()
    assert Handled(level="handling", account=chenbo) in story.facts.handled_by
    assert story.by("wutao").refusal("issue_review_opinion") is None
    story.by(standing_in("wutao", "chenbo"))
    assert story.says_no("issue_review_opinion") == ("handled_level_below", "36")


def test_a_step_that_is_ones_own_is_taken_in_ones_own_name() -> None:
    case = replace(accepted().case(), person=standing_in("lina", "chenbo"))
    assert (
        acting_for(
            STEPS["request_extension"], _with(case, days=15, reason="一句话"), "city-housing"
        )
        is None
    )
    asked = accepted().does("request_extension", days=15)
    case = replace(asked.case(), person=standing_in("lina", "chenbo"))
    head = person("chenbo").account
    assert acting_for(STEPS["approve_extension"], case, "city-housing") == head


def _with(case: Case, **fields: object) -> Case:
    return replace(case, fields=fields)


def test_posts_say_whose_they_are() -> None:
    someone = standing_in("lina", "chenbo")
    assert someone.away == {person("chenbo").account}
    assert someone.in_own_right == person("lina")
    assert Post(unit="town", role=Role.CLERK).instead_of is None
