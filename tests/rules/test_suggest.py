"""The suggested unit: lawful, of the place, in charge, and with its reasons; a person decides."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.support.choices import CATEGORY_CODES, REGION_CODES
from tests.support.city import UNITS
from tests.support.story import registered
from xinqiao.rules.facts import Facts
from xinqiao.rules.routing import targets
from xinqiao.rules.states import Kind, State
from xinqiao.rules.suggesting import Past, Precedent, Suggested, Why, precedent, suggest
from xinqiao.rules.units import within
from xinqiao.rules.wall import walled_units

TODAY = date(2026, 3, 2)


def suggested(facts: Facts, **before: object) -> Suggested | None:
    given_before = {"handled": {}} | before
    return suggest(facts, UNITS, TODAY, Precedent(**given_before))  # type: ignore[arg-type]


def test_the_unit_whose_duty_it_is() -> None:
    found = suggested(registered(category="labour.wages").facts)
    assert found is not None
    assert (found.unit, found.why) == ("city-labour", (Why.IN_CHARGE,))


def test_where_like_matters_of_the_place_were_handled() -> None:
    facts = registered(category="housing.property", region="340811").facts
    found = suggested(facts, handled={"county-housing": 8, "city-housing": 2})
    assert found is not None
    assert found.unit == "county-petition", "level by level: the county's office sends it on"
    assert (found.like, found.of) == (8, 10)
    assert Why.LIKE_MATTERS in found.why and Why.OF_THE_PLACE in found.why


def test_two_like_matters_are_chance() -> None:
    facts = registered(category="housing.property", region="340811").facts
    found = suggested(facts, handled={"county-housing": 2})
    assert found is not None
    assert (found.unit, found.of) == ("city-housing", 0)


def test_a_report_goes_to_the_discipline_line() -> None:
    found = suggested(registered(kind="report").facts)
    assert found is not None
    assert (found.unit, found.why) == ("city-discipline", (Why.DISCIPLINE,))


def test_a_reported_unit_is_never_suggested() -> None:
    story = registered(kind="report", reported_units=["city-discipline"])
    assert suggested(story.facts, handled={"city-discipline": 9}) is None


def test_who_objected_is_not_asked_again_and_whom_they_named_is() -> None:
    facts = registered(category="housing.property").facts
    found = suggested(facts, objected=frozenset({"city-housing"}), named="city-labour")
    assert found is not None
    assert (found.unit, found.why) == ("city-labour", (Why.NAMED,))


def test_nothing_is_suggested_where_nothing_speaks_for_anybody() -> None:
    assert suggested(replace(registered().facts, category="weather")) is None


def test_like_matters_are_those_of_the_county_if_there_are_enough() -> None:
    facts = registered(category="housing.property", region="340811").facts
    near = [Past("housing.property", "340811101", "county-housing")] * 3
    far = [Past("housing.property", "340825", "taihu-housing")] * 5
    other = [Past("labour.wages", "340811", "county-labour")] * 7
    assert precedent(facts, [*near, *far, *other]).handled == {"county-housing": 3}
    few = precedent(facts, [*near[:2], *far]).handled
    assert few == {"county-housing": 2, "taihu-housing": 5}


def test_a_unit_to_which_like_matters_were_sent_in_vain_is_suggested_less() -> None:
    facts = registered(category="housing.property").facts
    past = [Past("housing.property", "340811", "city-labour", ("city-housing",))] * 6
    found = suggest(facts, UNITS, TODAY, precedent(facts, past))
    assert found is not None
    assert (found.unit, found.like, found.of) == ("city-labour", 6, 6)
    once = precedent(facts, [past[0], *[Past("housing.property", "340811", "city-housing")] * 5])
    kept = suggest(facts, UNITS, TODAY, once)
    assert kept is not None and (kept.unit, kept.refused) == ("city-housing", 1)


HANDLED = st.dictionaries(st.sampled_from(sorted(UNITS.by_code)), st.integers(0, 50), max_size=6)


@given(
    kind=st.sampled_from(Kind),
    category=CATEGORY_CODES,
    region=REGION_CODES,
    reported=st.lists(st.sampled_from(sorted(UNITS.by_code)), max_size=2),
    handled=HANDLED,
    objected=st.frozensets(st.sampled_from(sorted(UNITS.by_code)), max_size=3),
)
def test_whatever_is_suggested_is_lawful_of_the_place_and_not_behind_the_wall(
    kind: Kind, category: str, region: str, reported: list[str], handled: dict[str, int],
    objected: frozenset[str],
) -> None:  # fmt: skip
    facts = Facts(
        state=State.REGISTERED, kind=kind, category=category, region=region, holder="city-petition",
        receiver="city-petition", reported_units=frozenset(reported),
    )  # fmt: skip
    found = suggested(facts, handled=handled, objected=objected)
    if found is None:
        return
    assert found.unit in targets("transfer", facts, UNITS, TODAY)
    assert found.unit not in walled_units(facts, UNITS) | objected
    assert within(region, UNITS[found.unit].region)
    assert found.why
    assert 0 <= found.like <= found.of
