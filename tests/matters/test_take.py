"""Taking a step: what is written, for whom, and what of the row follows from the ledger."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.support.city import COUNTY
from tests.support.city_database import City
from tests.support.opening import open_matter
from xinqiao.matters import actions, queries
from xinqiao.matters.models import Entry, Involvement, Matter, Text
from xinqiao.matters.verify import Fault, verify
from xinqiao.rules.persons import petitioner_of
from xinqiao.rules.refusals import Refused

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
LETTER = {
    "contact": "20260302-482915-6", "received_by": "petition_office", "channel": "letter",
    "subject": "小区电梯", "body": "电梯坏了三个月。",
}  # fmt: skip


class Story:
    """One matter in the database; each step an hour after the one before."""

    def __init__(self, city: City, received: datetime = NOW) -> None:
        self.city, self.now = city, max(received, NOW)
        wang_min = city.person("wangmin")
        self.id = open_matter(
            number="20260302-482915-6", fields=LETTER, by=wang_min, unit="city-petition", at=received, now=self.now,
        )  # fmt: skip

    def does(self, username: str, step: str, **fields: Any) -> actions.Taken:
        self.now += timedelta(hours=1)
        return actions.take(self.id, step, fields, by=self.city.person(username), now=self.now)

    @property
    def row(self) -> Matter:
        return Matter.objects.get(pk=self.id)


@pytest.fixture
def story(city: City) -> Story:
    story = Story(city)
    story.does("wangmin", "register", kind="claim", region=COUNTY, category="housing.property")
    return story


def faults() -> list[str]:
    return [str(finding) for finding in verify() if isinstance(finding, Fault)]


def test_the_entry_says_who_when_for_which_unit_under_which_article(story: Story) -> None:
    story.does("wangmin", "transfer", to_unit="city-housing", reason="属于住建部门职责")
    entry = Entry.objects.get(matter_id=story.id, seq=3)
    assert (entry.step, entry.unit, entry.article) == ("transfer", "city-petition", "22")
    assert (entry.account, entry.at, entry.recorded_at) == (
        story.city.account("wangmin"),
        story.now,
        story.now,
    )


def test_words_stand_apart_from_the_ledger_which_holds_their_salted_hash(story: Story) -> None:
    story.does("wangmin", "transfer", to_unit="city-housing", reason="属于住建部门职责")
    entry = Entry.objects.get(matter_id=story.id, seq=3)
    assert set(entry.payload["reason"]) == {"sha256"}
    assert Text.objects.get(matter_id=story.id, seq=3, field="reason").body == "属于住建部门职责"


def test_nothing_of_a_refused_step_is_kept(story: Story) -> None:
    before = story.row
    with pytest.raises(Refused, match="unit_not_allowed"):
        story.does("wangmin", "transfer", to_unit="province-housing", reason="越级")
    assert Entry.objects.filter(matter_id=story.id).count() == 2
    assert (story.row.head_hash, story.row.state) == (before.head_hash, before.state)
    assert not Text.objects.filter(matter_id=story.id, seq=3).exists()


def test_a_step_that_needs_fields_is_not_taken_without_any(story: Story) -> None:
    with pytest.raises(Refused, match="field_missing"):
        story.does("wangmin", "decline")


def test_what_lies_ahead_has_not_happened(story: Story) -> None:
    with pytest.raises(Refused, match="date_in_future"):
        actions.take(
            story.id, "notify", {"notice_content": "已收到"}, by=story.city.person("wangmin"),
            now=story.now, at=story.now + timedelta(minutes=1),
        )  # fmt: skip


def test_the_petitioner_of_another_matter_finds_nothing_here(story: Story) -> None:
    for stranger in (petitioner_of(story.id + 1), petitioner_of(0)):
        with pytest.raises(Refused, match="not_found"):
            actions.take(story.id, "withdraw", {"reason": "不需要了"}, by=stranger, now=story.now)
    assert actions.take(
        story.id, "withdraw", {"reason": "不需要了"}, by=petitioner_of(story.id), now=story.now
    )


def test_nobody_acts_for_a_unit_that_is_not_theirs(story: Story) -> None:
    wang_min = story.city.person("wangmin")
    with pytest.raises(Refused, match="not_yours"):
        actions.take(
            story.id,
            "transfer",
            {"to_unit": "city-housing"},
            by=wang_min,
            now=story.now,
            unit="city-government",
        )
    with pytest.raises(Refused, match="not_yours"):
        open_matter(
            number="20260302-482916-4",
            fields=LETTER,
            by=wang_min,
            unit="city-housing",
            at=NOW,
            now=NOW,
        )


def test_a_transfer_taken_back_and_made_again_is_one_involvement(story: Story) -> None:
    story.does("wangmin", "transfer", to_unit="city-housing")
    story.does("zhaogang", "revoke", entry=3, reason="选错单位")
    story.does("wangmin", "transfer", to_unit="city-housing")
    assert Involvement.objects.filter(matter_id=story.id, unit="city-housing").count() == 1
    assert faults() == []


def test_who_was_sent_it_by_mistake_still_sees_that_it_was(story: Story) -> None:
    story.does("wangmin", "transfer", to_unit="city-labour")
    story.does("zhaogang", "revoke", entry=3, reason="选错单位")
    assert queries.exists_for(story.city.person("sunli"), story.id, story.now)
    assert faults() == []


def test_a_corrected_receipt_moves_the_row_with_it(story: Story) -> None:
    story.does(
        "zhaogang", "correct_date", entry=1, corrected_date=date(2026, 2, 26), reason="邮戳日期"
    )
    assert story.row.received_at == NOW - timedelta(days=4)
    assert story.row.facts["received_on"] == "2026-02-26"
    assert faults() == []


def test_a_receipt_corrected_into_the_time_of_the_former_law_is_under_that_law(city: City) -> None:
    story = Story(city, received=datetime(2022, 5, 3, 9, 0, tzinfo=NOW.tzinfo))
    assert story.row.law == "R2022"
    story.does("wangmin", "register", kind="claim", region=COUNTY)
    story.does(
        "zhaogang", "correct_date", entry=1, corrected_date=date(2022, 4, 29), reason="邮戳日期"
    )
    assert story.row.law == "R2005"
    assert faults() == []


def test_the_nearest_duty_stands_on_the_row(story: Story) -> None:
    row = story.row
    assert (row.next_clock, row.next_due) == (
        "register_and_refer",
        datetime(2026, 3, 18, tzinfo=NOW.tzinfo),
    )
    story.does("wangmin", "transfer", to_unit="city-housing")
    assert story.row.next_clock == "notify_referred"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"kind": "claim", "region": "Anqing"}, "field_wrong"),
        ({"kind": "claim", "region": COUNTY, "category": "x" * 200}, "field_wrong"),
        ({"kind": ["claim"], "region": COUNTY}, "field_wrong"),
        ({"kind": "claim", "region": COUNTY, "grade": 1}, "field_unknown"),
        ({"kind": "report", "region": COUNTY, "reported_units": [{"code": 1}]}, "field_wrong"),
    ],
)
def test_hostile_fields_end_in_words(city: City, fields: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        Story(city).does("wangmin", "register", **fields)
    assert refused.value.refusal.code == code
