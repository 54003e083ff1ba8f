"""Screening rounds: who calls one, who looks where, what a report must say, when the round is over."""

import pytest

from tests.disputes.stories import Story
from tests.support.city import CITY, COUNTY, TOWN
from xinqiao.disputes import queries
from xinqiao.disputes.actions import rounds
from xinqiao.rules.refusals import Refused


def report(
    story: Story, part: int, by: str = "qianyu", *, nothing: bool, looked: str = "走访了三个小区"
) -> None:
    rounds.report(part, looked, nothing=nothing, by=story.city.person(by, story.now), now=story.now)


def only_part(story: Story, round_id: int, by: str = "qianyu") -> int:
    (part,) = queries.parts_of(story.city.person(by, story.now), round_id, story.now)
    return part.id


def refused(story: Story, **more: object) -> str:
    with pytest.raises(Refused) as no:
        story.calls(**more)  # type: ignore[arg-type]
    return no.value.refusal.code


def test_a_round_is_divided_reported_and_closed(story: Story) -> None:
    round_id = story.calls(parts=[("county-housing", COUNTY), ("town", TOWN)])
    clerk = story.city.person("dingxia")
    housing = only_part(story, round_id)
    found = story.finds(part=housing)
    report(story, housing, nothing=False)
    line = queries.round_line(clerk, round_id, story.now)
    assert line is not None
    assert (line.parts, line.reported, line.found) == (2, 1, 1)
    assert story.opens(found).round_title == "春季物业纠纷排查"
    with pytest.raises(Refused) as no:
        rounds.close(round_id, by=clerk, now=story.now)
    assert no.value.refusal.code == "parts_missing"
    assert no.value.refusal.facts == {"count": "1", "unit": "town"}


def test_a_round_closes_when_every_part_was_reported(story: Story) -> None:
    round_id = story.calls()
    report(story, only_part(story, round_id), nothing=True)
    clerk = story.city.person("dingxia")
    rounds.close(round_id, by=clerk, now=story.now)
    line = queries.round_line(clerk, round_id, story.now)
    assert line is not None and line.closed_on == story.today
    with pytest.raises(Refused) as no:
        rounds.close(round_id, by=clerk, now=story.now)
    assert no.value.refusal.code == "round_closed"


def test_nothing_found_needs_who_looked_where(story: Story) -> None:
    part = only_part(story, story.calls())
    for looked, code in (("  ", "field_missing"), ("走访户主 13855501234", "number_of_a_person")):
        with pytest.raises(Refused) as no:
            report(story, part, nothing=True, looked=looked)
        assert no.value.refusal.code == code
    report(story, part, nothing=True)
    with pytest.raises(Refused) as no:
        report(story, part, nothing=True)
    assert no.value.refusal.code == "part_reported"


def test_a_report_says_what_the_register_says(story: Story) -> None:
    part = only_part(story, story.calls())
    with pytest.raises(Refused) as no:
        report(story, part, nothing=False)
    assert no.value.refusal.code == "part_found_none"
    story.finds(part=part)
    with pytest.raises(Refused) as no:
        report(story, part, nothing=True)
    assert no.value.refusal.code == "part_found_some"


def test_only_the_office_of_the_area_calls_a_round(story: Story) -> None:
    assert refused(story, by="qianyu", unit="county-housing") == "round_not_yours"
    assert refused(story, region=CITY) == "round_not_yours", "the county does not call for the city"
    assert refused(story, by="wangmin") == "round_not_yours", "nobody calls for an office of others"


def test_parts_lie_in_the_area_and_with_units_that_look_there(story: Story) -> None:
    assert refused(story, parts=[]) == "round_without_parts"
    assert refused(story, parts=[("county-housing", "340825")]) == "part_outside"
    assert refused(story, parts=[("city-discipline", COUNTY)]) == "part_outside"
    assert refused(story, parts=[("town", TOWN), ("town", TOWN)]) == "part_twice"
    assert refused(story, last_day=story.in_days(-1)) == "round_days"
    assert refused(story, title="") == "field_missing"


def test_who_looks_sees_the_own_part_and_who_called_it_all(story: Story) -> None:
    round_id = story.calls(parts=[("county-housing", COUNTY), ("town", TOWN)])

    def seen(name: str) -> list[str]:
        parts = queries.parts_of(story.city.person(name, story.now), round_id, story.now)
        return [part.unit for part in parts]

    assert seen("qianyu") == ["county-housing"]
    assert seen("dingxia") == seen("wangmin") == ["county-housing", "town"]
    assert seen("lina") == seen("malin") == []
