"""A dispute is entered: place, subject, size, roles; its level is told from criteria, with the reasons."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.disputes.stories import Story
from xinqiao.disputes import queries
from xinqiao.disputes.values import Filters
from xinqiao.rules.dispute_levels import judge, levels, questions, rank
from xinqiao.rules.refusals import Refused


def refused(story: Story, **more: Any) -> tuple[str, str | None]:
    with pytest.raises(Refused) as no:
        story.finds(**more)
    return no.value.refusal.code, no.value.refusal.facts.get("field")


def test_a_dispute_is_entered_with_its_level_and_why(story: Story) -> None:
    sheet = story.opens(story.finds(people=80, yes=["long_unanswered"]))
    assert (sheet.line.state, sheet.line.level) == ("found", "substantial")
    assert sheet.criteria == ["many", "long_unanswered"]
    assert sheet.finder == sheet.line.holder == "county-housing"
    (entry,) = sheet.history
    assert (entry.step, entry.unit) == ("find", "county-housing")


def test_what_is_missing_or_wrong_is_named(story: Story) -> None:
    assert refused(story, subject=" ") == ("field_missing", "subject")
    assert refused(story, place="") == ("field_missing", "place")
    assert refused(story, roles=[]) == ("field_missing", "dispute_roles")
    assert refused(story, roles=["张三"]) == ("field_missing", "dispute_roles")
    assert refused(story, category="nowhere") == ("field_wrong", "category")
    assert refused(story, people=-1) == ("field_wrong", "dispute_people")
    assert refused(story, yes=["is_stubborn"]) == ("field_wrong", "dispute_criteria")
    assert refused(story, subject="长" * 201)[0] == "text_too_long"
    assert queries.page(story.city.person("qianyu"), Filters(list="all"), 1, 50, story.now) == []


def test_no_number_of_a_person_gets_in(story: Story) -> None:
    for field, text in (
        ("subject", "业主１３８５５５０１２３４反映"), ("place", "3号楼 340811198001011234"),
        ("remedy", "联系 138-5550-1234"),
    ):  # fmt: skip
        assert refused(story, **{field: text})[0] == "number_of_a_person"


def test_a_unit_enters_what_lies_in_its_territory(story: Story) -> None:
    assert refused(story, region="340825")[0] == "place_outside"
    assert refused(story, by="lina")[0] == "dispute_not_yours"
    assert story.finds(by="lina", unit="city-housing", region="340825")


# ---- levels ----

SIZES = st.integers(min_value=0, max_value=2000)
ANSWERS = st.sets(st.sampled_from(questions()))


@given(households=SIZES, people=SIZES, yes=ANSWERS)
def test_a_level_rests_on_criteria_of_its_own(households: int, people: int, yes: set[str]) -> None:
    judged = judge(households, people, yes)
    own = {one.code for one in levels()[judged.level].criteria}
    assert set(judged.because) <= own
    assert bool(judged.because) is bool(own)


@given(households=SIZES, people=SIZES, yes=ANSWERS, more=ANSWERS, growth=SIZES)
def test_worse_news_never_lowers_the_level(
    households: int, people: int, yes: set[str], more: set[str], growth: int
) -> None:
    before = judge(households, people, yes)
    after = judge(households + growth, people + growth, yes | more)
    assert rank(after.level) <= rank(before.level)


def test_the_gravest_level_has_the_shortest_limit() -> None:
    limits = [level.acknowledge_within for level in levels().values()]
    assert limits == sorted(limits)
    assert limits[0] >= 1


def test_a_person_changes_the_level_with_a_reason(story: Story) -> None:
    dispute = story.finds()
    with pytest.raises(Refused) as no:
        story.moves(dispute, "change_level", dispute_level="major")
    assert no.value.refusal.code == "field_missing"
    story.moves(dispute, "change_level", by="dingxia", dispute_level="major", reason="供水即将中断")
    sheet = story.opens(dispute)
    assert (sheet.told_level, sheet.line.level) == ("ordinary", "major")
    assert sheet.history[-1].words == {"reason": "供水即将中断"}
    with pytest.raises(Refused) as no:
        story.moves(dispute, "change_level", dispute_level="major", reason="再次")
    assert no.value.refusal.code == "dispute_same_level"


def test_numbers_say_year_and_row(story: Story) -> None:
    line = story.opens(story.finds()).line
    assert line.number == f"2026-{line.id:05d}"
    assert line.found_on == date(2026, 3, 2)
