"""Three years of the city: repeatable, in order, with its seasons, its slow offices and its rising spots."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest

from tests.demo.conftest import END, SEED
from xinqiao.demo.catalogue import categories, regions, units
from xinqiao.demo.plan import plan
from xinqiao.demo.values import PlannedMatter, PlannedStep
from xinqiao.law.calendar import published
from xinqiao.rules import table
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.states import Kind, LegalPath
from xinqiao.rules.table import STEPS

STOP = datetime.combine(END, time(), tzinfo=SHANGHAI)
# Not planned: what the platform writes itself, and what only corrects a mistake of somebody.
UNPLANNED = {"receive", "record_answer", "recompute", "correct_date", "revoke", "recuse"}
UNPLANNED |= {"name_reported", "recall", "reopen", "ask_written_opinion", "take_on"}
#: What concerns two matters at once.
UNPLANNED |= {step.name for step in table._JOINT}
#: What the chapters play when the plan has been played.
CHAPTERS = (
    *table._SUPERVISION, *table._DUTIES, *table._LEADERSHIP, *table._RECEPTION, *table._GROUP_VISITS,
    *table._RELIEF, *table._DISPUTES, *table._PUBLIC_DECISIONS,
)  # fmt: skip
UNPLANNED |= {step.name for step in CHAPTERS}


def steps(matters: Iterable[PlannedMatter]) -> Iterable[PlannedStep]:
    return (step for matter in matters for step in matter.steps)


def is_of_spot(matter: PlannedMatter) -> bool:
    return "/spot/" in matter.contacts[0].petitioners[0].key


def by_month(matters: Iterable[PlannedMatter], *templates: str) -> Counter[int]:
    found = Counter(m.contacts[0].received_at.month for m in matters if m.template in templates)
    assert found.total() > 30
    return found


def test_the_same_seed_gives_the_same_plan(small: list[PlannedMatter]) -> None:
    assert list(plan("small", SEED, END)) == small


def test_another_seed_gives_another_plan(small: list[PlannedMatter]) -> None:
    assert list(plan("small", SEED + 1, END)) != small


def test_sizes_are_about_what_they_say(
    small: list[PlannedMatter], city: list[PlannedMatter]
) -> None:
    assert 240 <= len(small) <= 280
    assert 5800 <= len(city) <= 6300


def test_matters_come_in_the_order_of_time_within_three_years(city: list[PlannedMatter]) -> None:
    received = [matter.contacts[0].received_at for matter in city]
    assert received == sorted(received)
    assert received[0].astimezone(SHANGHAI).date() >= END.replace(year=END.year - 3)
    assert received[-1] < STOP
    assert len({matter.key for matter in city}) == len(city)


def test_every_code_that_is_named_exists(city: list[PlannedMatter]) -> None:
    for matter in city:
        assert matter.category in categories()
        assert matter.region in regions()
        assert {contact.unit for contact in matter.contacts} <= set(units())
    for step in steps(city):
        named = {step.by_unit, step.fields.get("to_unit"), step.fields.get("suggested_unit")}
        assert named - {"", None} <= set(units())
        assert step.step in STEPS
        assert set(step.fields) <= {*STEPS[step.step].needs, *STEPS[step.step].may_have}


def test_steps_follow_each_other_and_stop_at_the_end(city: list[PlannedMatter]) -> None:
    for matter in city:
        assert all(one.at <= next_.at for one, next_ in pairwise(matter.steps))
        assert all(matter.contacts[0].received_at <= step.at < STOP for step in matter.steps)


def test_staff_act_in_office_hours(city: list[PlannedMatter]) -> None:
    for step in steps(city):
        if step.by_role != "petitioner":
            assert published().is_working_day(step.at.date())
            assert time(8) <= step.at.time() <= time(17, 30)


def test_only_the_platform_is_open_at_night(city: list[PlannedMatter]) -> None:
    contacts = [contact for matter in city for contact in matter.contacts]
    for contact in contacts:
        if contact.channel != "online":
            assert published().is_working_day(contact.received_at.date())
    assert any(c.received_at.hour >= 21 for c in contacts if c.channel == "online")


def test_contacts_are_whole(city: list[PlannedMatter]) -> None:
    for matter in city:
        for contact in matter.contacts:
            assert contact.petitioners
            assert len(contact.representatives) <= 5
            assert (contact.head_count >= 5) == bool(
                contact.representatives
            ) or contact.head_count == 1
            assert (contact.level != "") == (contact.channel == "visit")
            assert (contact.designated_place is None) == (contact.channel != "visit")
            if contact.postmark_on:
                assert contact.postmark_on <= contact.received_at.date()


def test_later_contacts_are_brought_in_by_their_step(city: list[PlannedMatter]) -> None:
    for matter in city:
        added = [step for step in matter.steps if step.step == "add_contact"]
        numbers = sorted(step.fields["contact"] for step in added)
        assert numbers == list(range(1, len(matter.contacts)))
        for step in added:
            assert matter.contacts[step.fields["contact"]].received_at <= step.at


def test_every_kind_path_and_step_occurs(city: list[PlannedMatter]) -> None:
    assert {matter.kind for matter in city} == set(Kind)
    assert {matter.path for matter in city if matter.path} == set(LegalPath)
    assert set(STEPS) - {step.step for step in steps(city)} == UNPLANNED


def test_wages_are_claimed_before_the_spring_festival(city: list[PlannedMatter]) -> None:
    months = by_month(city, "building-site-wages", "factory-wages")
    assert months[12] + months[1] + months[2] > months.total() / 2


def test_heating_fails_in_winter_only(city: list[PlannedMatter]) -> None:
    months = by_month(city, "winter-heating")
    assert months[11] + months[12] + months[1] + months[2] + months[3] > 0.85 * months.total()


def test_schools_are_fought_for_in_summer(city: list[PlannedMatter]) -> None:
    months = by_month(city, "school-district", "migrant-children")
    assert months[6] + months[7] + months[8] + months[9] > 0.6 * months.total()


def test_floods_come_in_june_and_july(city: list[PlannedMatter]) -> None:
    months = by_month(city, "street-flooding", "dyke-and-ditch", "landslide")
    assert months[6] + months[7] > 0.6 * months.total()


@pytest.mark.parametrize("size", ["small", "city"])
def test_a_spot_rises_with_ever_more_people(size: str, request: pytest.FixtureRequest) -> None:
    matters: list[PlannedMatter] = request.getfixturevalue(size)
    spot = [m for m in matters if m.template == "yellow-tap-water" and is_of_spot(m)]
    lately = [m for m in spot if m.contacts[0].received_at >= STOP - timedelta(days=120)]
    newest = [m for m in lately if m.contacts[0].received_at >= STOP - timedelta(days=60)]
    assert len(newest) > len(lately) / 2
    assert len(lately) >= 7
    assert {matter.region for matter in spot} == {"340811100"}
    assert any("澜岸华庭" in matter.contacts[0].body for matter in spot)
    people = {matter.contacts[0].petitioners[0].id_number for matter in lately}
    assert len(people) == len(lately)


def test_reports_go_to_the_discipline_line_and_around_the_reported(
    city: list[PlannedMatter],
) -> None:
    reports = [matter for matter in city if matter.kind == "report"]
    named = Counter[bool]()
    for matter in reports:
        reported = {u for s in matter.steps for u in s.fields.get("reported_units", ())}
        named[bool(reported)] += 1
        touched = {s.by_unit for s in matter.steps} | {
            s.fields.get("to_unit") for s in matter.steps
        }
        assert not reported & touched
    assert named[True]
    assert named[False]


def test_a_merged_bureau_hands_over_what_it_holds(city: list[PlannedMatter]) -> None:
    last_day = units()["huaining-urban-management"].valid_to
    assert last_day is not None
    heirs = [step for step in steps(city) if step.step == "succeed"]
    assert heirs
    assert {step.fields["to_unit"] for step in heirs} == {"huaining-housing"}
    for step in steps(city):
        if step.by_unit == "huaining-urban-management":
            assert step.at.date() <= last_day


def test_some_come_back_as_new_matters(city: list[PlannedMatter]) -> None:
    first = {m.contacts[0].petitioners[0].key: m for m in reversed(city)}
    again = [m for m in city if first[m.contacts[0].petitioners[0].key] is not m]
    assert len(again) > 20
    for matter in again:
        earlier = first[matter.contacts[0].petitioners[0].key]
        assert matter.contacts[0].petitioners[0] == earlier.contacts[0].petitioners[0]
        assert matter.contacts[0].subject.count("") > 4
        assert (matter.template, matter.region) == (earlier.template, earlier.region)


def test_the_plan_begins_after_the_regulation_of_2022() -> None:
    with pytest.raises(ValueError, match="2022-05-01"):
        next(plan("small", 1, date(2025, 4, 30)))
