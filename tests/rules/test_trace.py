"""Who held a matter for how long: every minute is somebody's, and the minutes add up to the whole."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.choices import fields_of
from tests.support.city import CAST, person
from tests.support.story import (
    PETITIONER,
    Story,
    accepted,
    answered,
    concluded,
    moment,
    received,
    reexamining,
    reviewed,
    transferred,
)
from tests.support.walk import heads_beside_the_cast, inclined, possible
from xinqiao.rules.glossary import word_of
from xinqiao.rules.persons import SYSTEM
from xinqiao.rules.replay import turns
from xinqiao.rules.table import STEPS
from xinqiao.rules.trace import MINUTE, Holding, Span, clipped, totals, trace, whole

H = Holding


def spans_of(story: Story, until: str) -> list[tuple[str, Holding, int]]:
    """Unit, kind and minutes, one after another."""
    found = trace(turns(story.entries), moment(until))
    return [(one.unit, one.holding, one.minutes) for one in found]


def adds_up(spans: tuple[Span, ...], story: Story, until: Any) -> None:
    """No gap, no overlap, nothing lost at either end."""
    first = turns(story.entries)[0].entry.at
    for one, following in pairwise(spans):
        assert one.end == following.start
        assert (one.unit, one.holding) != (following.unit, following.holding)
        assert one.minutes > 0
    assert spans[0].start == first.replace(second=0, microsecond=0)
    assert spans[-1].end == max(until.replace(second=0, microsecond=0), spans[-1].start)
    assert sum(totals(spans).values()) == whole(spans)
    assert whole(spans) * MINUTE == spans[-1].end - spans[0].start


def test_a_letter_that_nobody_registers_is_its_receivers_every_minute() -> None:
    story = received("2026-03-02 09:00:40".replace(":40", ""))
    assert spans_of(story, "2026-03-03 10:30") == [("city-petition", H.REGISTRATION, 25 * 60 + 30)]


def test_the_way_to_an_answer_minute_by_minute() -> None:
    """Received and registered 2 March, sent on the 3rd, accepted on the 5th, submitted 8 April, delivered 10 April."""
    day = 24 * 60
    assert spans_of(answered(), "2026-04-11 09:00") == [
        ("city-petition", H.REGISTRATION, 1),
        ("city-petition", H.REFERRAL, day - 1),
        ("city-housing", H.ACCEPTANCE, 2 * day),
        ("city-housing", H.HANDLING, 34 * day),
        ("city-housing", H.SIGNING, 1),
        ("city-housing", H.DELIVERY, 2 * day - 1),
        ("", H.PETITIONER, day),
    ]


def test_an_objection_is_the_sending_offices_time() -> None:
    story = transferred().by("lina").on("2026-03-05").does("object", suggested_unit="city-labour")
    assert spans_of(story, "2026-03-06")[-1] == ("city-petition", H.OBJECTION, 24 * 60)


def test_a_question_is_the_petitioners_time_until_it_is_answered() -> None:
    story = accepted().by("lina").on("2026-03-06").does("ask_petitioner")
    story.by("petitioner").on("2026-03-09").does("supplement")
    kinds = [one[1:] for one in spans_of(story, "2026-03-10 09:00")][-2:]
    assert kinds == [(H.PETITIONER, 3 * 24 * 60), (H.HANDLING, 24 * 60)]


def test_a_hearing_pauses_only_a_reexamination() -> None:
    story = accepted().by("lina").on("2026-03-06").does("open_hearing")
    assert spans_of(story, "2026-03-08")[-1][1] is H.HANDLING
    above = reexamining().by("shenhao").on("2026-05-25").does("open_hearing")
    assert spans_of(above, "2026-05-28 09:00")[-1] == ("province-government", H.PAUSED, 3 * 24 * 60)


def test_a_supported_opinion_is_the_handlers_until_it_is_carried_out() -> None:
    story = answered("supported")
    assert spans_of(story, "2026-04-20")[-1][:2] == ("city-housing", H.EXECUTION)
    story.by("lina").on("2026-04-21").does("record_execution")
    assert spans_of(story, "2026-04-22")[-1][:2] == ("", H.PETITIONER)


def test_reviewing_is_the_time_of_the_organ_above() -> None:
    assert [one[:2] for one in spans_of(reviewed(), "2026-05-13")][-3:] == [
        ("city-government", H.HANDLING),
        ("city-government", H.DELIVERY),
        ("", H.PETITIONER),
    ]


def test_after_the_end_nobody_works_on_it() -> None:
    assert spans_of(concluded(), "2026-07-01")[-1][:2] == ("city-housing", H.AFTER)


def test_what_is_entered_late_moves_nothing_into_the_past() -> None:
    story = accepted().on("2026-03-20").by("lina")
    story.does("notify", at="2026-03-04")
    spans = trace(turns(story.entries), moment("2026-03-21"))
    adds_up(spans, story, moment("2026-03-21"))


def test_a_revoked_step_never_took_time() -> None:
    story = accepted().by("chenbo").on("2026-03-12")
    story.does("revoke", entry=story.seq_of("accept"))
    assert spans_of(story, "2026-03-20 09:00")[-1] == ("city-housing", H.ACCEPTANCE, 17 * 24 * 60)


def test_a_span_is_cut_to_the_period_asked_for() -> None:
    (span,) = trace(turns(received().entries), moment("2026-03-10"))
    part = clipped(span, moment("2026-03-05 00:00"), moment("2026-03-06 00:00"))
    assert part is not None and part.minutes == 24 * 60
    assert clipped(span, moment("2026-04-01"), moment("2026-05-01")) is None


EVERYBODY = (PETITIONER, SYSTEM, *(person(name) for name in CAST), *heads_beside_the_cast(100))


@st.composite
def ledgers(draw: st.DrawFn) -> Story:
    """A lawful ledger: somebody does something that is possible, some minutes or days later, again and again."""
    story = Story().by("wangmin").does("receive")
    for _ in range(draw(st.integers(0, 14))):
        story.now += timedelta(minutes=draw(st.sampled_from([0, 1, 7, 600, 1440, 5000, 60000])))
        case = story.case()
        who, name = draw(st.sampled_from(inclined(possible(EVERYBODY, case))))
        given = draw(fields_of(STEPS[name], _as(case, who), careless=False))
        story.by(who)
        if story.refusal(name, **given) is None:
            story.does(name, **given)
    return story


def _as(case: Any, who: Any) -> Any:

    return replace(case, person=who)


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(story=ledgers(), minutes=st.integers(0, 500_000))
def test_on_every_way_a_matter_can_take_the_minutes_add_up(story: Story, minutes: int) -> None:
    until = story.now + timedelta(minutes=minutes)
    adds_up(trace(turns(story.entries), until), story, until)


@pytest.mark.parametrize("holding", Holding)
def test_every_kind_of_time_has_its_words(holding: Holding) -> None:

    assert word_of("holding", holding).zh
