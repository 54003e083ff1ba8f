"""Every engine says what plain Python says, of any facts."""

from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.city_database import City
from tests.targets.facts import MOMENT, WHEN, any_fact, store
from xinqiao.rules.counting import Counted
from xinqiao.rules.indicators import Tally, indicators, tally
from xinqiao.targets import figures, trees
from xinqiao.targets.models import Fact
from xinqiao.targets.values import Period, Place, Scale

YEAR = Period(first=WHEN.begins, end=WHEN.ends)
PLACES = [
    Place(scale=Scale.UNIT, code="city-government"),
    Place(scale=Scale.UNIT, code="county-government"),
    Place(scale=Scale.UNIT, code="town"),
    Place(scale=Scale.UNIT, code="nobody"),
    Place(scale=Scale.REGION, code="340000"),
    Place(scale=Scale.REGION, code="340811"),
    Place(scale=Scale.REGION, code=""),
]
ALL = list(indicators())
#: A transaction is open around all examples; each takes away what it wrote.
many = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def expected(facts: Iterable[Counted], place: Place, period: Period = YEAR) -> dict[str, Tally]:
    """What plain Python makes of the facts of a place and all below it."""
    lines = trees.above(place.scale)
    own = [one for one in facts if place.code in _line(lines, one, place.scale)]
    when = type(WHEN)(as_of=WHEN.as_of, begins=period.first, ends=period.end)
    return {one.id: tally(one, own, when) for one in indicators().values()}


def _line(lines: dict[str, tuple[str, ...]], one: Counted, scale: Scale) -> tuple[str, ...]:
    code = one.unit if scale is Scale.UNIT else one.region
    return lines.get(code, (code,))


@pytest.mark.usefixtures("city")
@many
@given(st.lists(any_fact(), max_size=60))
def test_the_database_says_what_plain_python_says(facts: list[Counted]) -> None:
    Fact.objects.all().delete()
    store(facts)
    found = figures.figures(PLACES, YEAR, MOMENT, indicators=ALL)
    told = {
        (one.place, one.indicator): Tally(counts=one.counts, of=one.of, persons=one.persons)
        for one in found
    }
    assert told == {
        (place, one): sums for place in PLACES for one, sums in expected(facts, place).items()
    }
    assert len(found) == len(PLACES) * len(ALL)


@pytest.mark.usefixtures("city")
@many
@given(st.lists(any_fact(), max_size=30))
def test_a_category_holds_those_below_it_and_a_channel_is_one(facts: list[Counted]) -> None:
    Fact.objects.all().delete()
    store(facts)
    top = PLACES[4]
    found = figures.figures(
        [top], YEAR, MOMENT, indicators=ALL, category="housing", channel="letter"
    )
    own = [
        one for one in facts if one.category.split(".")[0] == "housing" and one.channel == "letter"
    ]
    assert {one.indicator: one.counts for one in found} == {
        one: sums.counts for one, sums in expected(own, top).items()
    }


def test_a_city_without_facts_has_its_zeros(city: City) -> None:
    found = figures.figures(PLACES, YEAR, MOMENT)
    assert {one.counts for one in found} == {0}
    assert "national_undesignated_visits" not in {one.indicator for one in found}
    assert {one.indicator: one.value for one in found}["on_time_answer"] is None
    assert {one.indicator: one.value for one in found}["total"] == 0


def test_an_unknown_indicator_is_named(city: City) -> None:
    with pytest.raises(KeyError, match="luck"):
        figures.figures(PLACES, YEAR, MOMENT, indicators=["luck"])


def test_the_same_span_a_year_before() -> None:
    leap = Period(first=date(2028, 2, 29), end=date(2028, 3, 31))
    period, as_of = figures.last_year(leap, MOMENT)
    assert (period.first, period.end) == (date(2027, 2, 28), date(2027, 3, 31))
    assert as_of == MOMENT.replace(year=2026)
