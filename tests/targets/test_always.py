"""What holds of every indicator, whatever the facts are: nothing is gained by leaving a matter open, the parts make up
the whole, what has nothing to do with a place changes nothing there, and the past stays as it was."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.targets.facts import AS_OF, LONG_AGO, MOMENT, WHEN, any_fact, store
from xinqiao.rules.counting import Counted, What
from xinqiao.rules.indicators import Indicator, Tally, indicators, tally
from xinqiao.targets import figures
from xinqiao.targets.models import FOREVER, Fact
from xinqiao.targets.values import Period, Place, Scale

ALL = tuple(indicators().values())
RATES = tuple(one for one in ALL if one.shows == "rate")
DAY = timedelta(days=1)
YEAR = Period(first=WHEN.begins, end=WHEN.ends)
in_a_transaction = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

# -- nothing is gained by leaving a matter open ----------------------------------------------------------------------

_OFFSETS = st.integers(0, 120)


@st.composite
def _duty(draw: st.DrawFn) -> tuple[list[Counted], list[Counted]]:
    """A matter of the spring whose next duty is done, however late and whatever came of it, and the same left open.

    By March of the next year every duty of it is long due. What is done brings what follows from it.
    """
    received = date(2026, 1, 1) + draw(_OFFSETS) * DAY
    left_open = draw(st.sampled_from(("acceptance", "answer", "review")))
    standing = {
        "seq": 1,
        "unit": "city-housing",
        "region": "340811",
        "category": "",
        "channel": "letter",
    }

    def one(what: What, on: date, **values: object) -> Counted:
        return Counted(what=what, day=on, **standing | values)  # type: ignore[arg-type]

    def around(due: date) -> date:
        return due + (draw(_OFFSETS) - 60) * DAY

    again = draw(st.none() | st.just(received + draw(_OFFSETS) * 2 * DAY))
    accept_by, answer_by = received + 15 * DAY, received + 75 * DAY
    contact = one(What.CONTACT, received, due=answer_by, again=again)
    matter = one(What.MATTER, received, again=again)
    acceptance = one(What.ACCEPTANCE, accept_by, due=accept_by)
    answer = one(
        What.ANSWER, answer_by, start=received, due=answer_by, extended=draw(st.booleans())
    )
    on = around(answer_by)
    if left_open == "review":
        opinion = one(
            What.APPEAL, on, mark=draw(st.sampled_from(("upheld", "changed", "remanded")))
        )
        return [contact, matter, replace(answer, done=on), opinion], [contact, matter, answer]
    settled = draw(st.none() | st.just(on + draw(_OFFSETS) * DAY))
    done = [replace(contact, done=on, settled=settled), replace(matter, settled=settled)]
    done.append(replace(acceptance, done=around(accept_by)))
    done.append(one(What.CLOSED, on, settled=settled, again=again))
    before = [contact, matter, acceptance]
    if left_open == "answer":
        before = [contact, matter, done[2], answer]
    elif draw(st.booleans()):
        return done, before  # declined
    rating = draw(st.sampled_from(("", "satisfied", "dissatisfied")))
    done += [replace(answer, done=on), one(What.DELIVERED, on, mark=rating, again=again)]
    if draw(st.booleans()):
        executed = draw(st.none() | st.just(on + draw(_OFFSETS) * DAY))
        done.append(one(What.EXECUTION, on + 30 * DAY, due=on + 30 * DAY, done=executed))
    if draw(st.booleans()):
        done.append(one(What.CONCLUDED, on + 60 * DAY, again=again))
    return done, before


def _improved(indicator: Indicator, now: Tally, before: Tally) -> bool:
    """Whether a rate became better; crosswise, so that nothing is lost in rounding."""
    assert now.of is not None and before.of is not None
    if not now.of or not before.of:
        return False  # a rate of nothing is no better than any
    now_, before_ = now.counts * before.of, before.counts * now.of
    return now_ > before_ if indicator.better == "more" else now_ < before_


@settings(max_examples=400, deadline=None)
@given(_duty(), st.lists(any_fact(), max_size=12))
def test_leaving_a_matter_open_never_improves_any_rate(
    matter: tuple[list[Counted], list[Counted]], others: list[Counted]
) -> None:
    done, left_open = matter
    for one in RATES:
        before, now = tally(one, [*others, *done], WHEN), tally(one, [*others, *left_open], WHEN)
        assert not _improved(one, now, before), f"{one.id}: {before} -> {now}"
        assert not before.of or now.of, f"{one.id}: there is no rate any more"


@settings(max_examples=200, deadline=None)
@given(st.lists(any_fact(), max_size=30))
def test_what_counts_is_among_those_of_which_it_counts(facts: list[Counted]) -> None:
    for one in RATES:
        sums = tally(one, facts, WHEN)
        assert sums.of is not None and 0 <= sums.counts <= sums.of


# -- the whole and its parts -----------------------------------------------------------------------------------------

TOP, COUNTIES = Place(scale=Scale.REGION, code="340000"), ("340811", "340825")
NOWHERE = Place(scale=Scale.REGION, code="")


@pytest.mark.usefixtures("city")
@in_a_transaction
@given(st.lists(any_fact(), max_size=40))
def test_regions_sum_to_the_whole(facts: list[Counted]) -> None:
    Fact.objects.all().delete()
    store(facts)
    sums = [one.id for one in ALL if one.days is None]
    own = [replace(one, region=one.region) for one in facts if one.region == "340800"]
    counties = [Place(scale=Scale.REGION, code=code) for code in COUNTIES]
    found = figures.figures([TOP, NOWHERE, *counties], YEAR, MOMENT, indicators=sums)
    told = {
        (one.place.code, one.indicator): (one.counts, one.of or 0, one.persons) for one in found
    }
    for name in sums:
        itself = tally(indicators()[name], own, WHEN)
        parts = [told[code, name] for code in COUNTIES]
        parts.append((itself.counts, itself.of or 0, itself.persons))
        assert told["340000", name] == tuple(sum(column) for column in zip(*parts, strict=True))
        everything = tally(indicators()[name], facts, WHEN)
        assert everything.counts == told["340000", name][0] + told["", name][0]


@pytest.mark.usefixtures("city")
@in_a_transaction
@given(st.lists(any_fact(), max_size=30), any_fact())
def test_a_fact_of_elsewhere_changes_nothing(facts: list[Counted], other: Counted) -> None:
    Fact.objects.all().delete()
    store(facts)
    here = [
        Place(scale=Scale.UNIT, code="county-government"),
        Place(scale=Scale.REGION, code="340825"),
    ]
    before = figures.figures(here, YEAR, MOMENT)
    store([replace(other, unit="city-labour", region="340811")])
    assert figures.figures(here, YEAR, MOMENT) == before


# -- the past --------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("city")
@in_a_transaction
@given(st.lists(any_fact(), max_size=30), st.lists(any_fact(), max_size=30), st.data())
def test_what_is_learnt_later_never_changes_a_figure_of_before(
    known: list[Counted], later: list[Counted], data: st.DataObject
) -> None:
    Fact.objects.all().delete()
    store(known, known_from=LONG_AGO)
    places = [TOP, Place(scale=Scale.UNIT, code="city-government")]
    before = figures.figures(places, YEAR, MOMENT)
    learnt = MOMENT + timedelta(microseconds=1)
    changed = data.draw(st.integers(0, len(known)))
    ids = list(Fact.objects.order_by("id").values_list("id", flat=True)[:changed])
    Fact.objects.filter(id__in=ids).update(known_to=learnt)
    store(later, known_from=learnt)
    assert figures.figures(places, YEAR, MOMENT) == before
    now = [*known[changed:], *later]
    (total,) = figures.figures([TOP], YEAR, learnt, indicators=["total"])
    expected = tally(indicators()["total"], [one for one in now if one.region], WHEN)
    assert (total.counts, total.persons) == (expected.counts, expected.persons)


def test_a_fact_is_known_from_its_moment_until_before_the_next(city: object) -> None:
    contact = Counted(
        what=What.CONTACT, seq=1, unit="town", region="340811", category="", channel="letter", day=date(2026, 5, 1)
    )  # fmt: skip
    store([contact], known_from=MOMENT, known_to=MOMENT + timedelta(hours=1))

    def total(at: datetime) -> int:
        (found,) = figures.figures([TOP], YEAR, at, indicators=["total"])
        return found.counts

    second = timedelta(seconds=1)
    assert [total(MOMENT - second), total(MOMENT), total(MOMENT + timedelta(hours=1))] == [0, 1, 0]
    assert FOREVER > MOMENT and MOMENT.date() == AS_OF
