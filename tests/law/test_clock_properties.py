"""What must hold for every lawful ledger, whatever happens in it."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.law.ledgers import E, extended_by, ledgers
from xinqiao.law.calendar import published
from xinqiao.law.clocks import Clock, ClockState, clocks, edition_of, legal_next
from xinqiao.law.events import Event
from xinqiao.law.limits import Kind
from xinqiao.law.provisions import kind_of

DONE = {ClockState.MET, ClockState.LATE, ClockState.USED}
ENDED = DONE | {ClockState.VOID}
UNDONE = {ClockState.RUNNING, ClockState.OVERDUE}
WINDOW_STATES = {ClockState.OPEN, ClockState.USED, ClockState.LAPSED}

LATER = st.integers(min_value=0, max_value=120)
lawful = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)


def seen(ledger: list[Event], days_later: int = 0) -> list[Clock]:
    """The clocks so many days after the last event."""
    return clocks(ledger, ledger[-1].day + timedelta(days=days_later), calendar=published())


@lawful
@given(ledgers(), LATER)
def test_no_clock_ends_on_a_day_off(ledger, later):
    for clock in seen(ledger, later):
        if clock.due and clock.id != "urgent_report":
            assert published().is_working_day(clock.due), clock.id


@lawful
@given(ledgers(), LATER, st.randoms(use_true_random=False))
def test_the_order_in_which_events_are_given_does_not_matter(ledger, later, random):
    shuffled = random.sample(ledger, len(ledger))
    as_of = ledger[-1].day + timedelta(days=later)
    assert clocks(shuffled, as_of, calendar=published()) == seen(ledger, later)


@lawful
@given(ledgers(), LATER)
def test_asking_twice_gives_the_same_answer(ledger, later):
    assert seen(ledger, later) == seen(list(ledger), later)


@lawful
@given(ledgers())
def test_what_is_done_stays_as_it_was_done(ledger):
    before: list[Clock] = []
    for length in range(1, len(ledger) + 1):
        after = seen(ledger[:length])
        kept = [(c.id, c.start, c.due, c.state, c.met_on) for c in after]
        for clock in before:
            if clock.state in ENDED:
                assert (clock.id, clock.start, clock.due, clock.state, clock.met_on) in kept
        before = after


@lawful
@given(ledgers(), st.integers(min_value=0, max_value=400))
def test_a_past_day_looks_the_same_after_more_has_happened(ledger, back):
    as_of = ledger[-1].day - timedelta(days=back)
    known_then = [event for event in ledger if event.day <= as_of]
    now = clocks(ledger, as_of, calendar=published())
    assert now == (clocks(known_then, as_of, calendar=published()) if known_then else [])


@lawful
@given(ledgers(), LATER)
def test_an_unrelated_event_changes_no_other_clock(ledger, later):
    urgent = Event(type=E.URGENT_NOTICED, at=ledger[-1].at + timedelta(minutes=1))
    with_urgent = [c for c in seen([*ledger, urgent], later) if c.id != "urgent_report"]
    as_of = urgent.day + timedelta(days=later)
    without = clocks(ledger, as_of, calendar=published())
    assert with_urgent == [c for c in without if c.id != "urgent_report"]


@lawful
@given(ledgers(), st.integers(min_value=1, max_value=29))
def test_more_days_of_extension_never_end_the_handling_sooner(ledger, days):
    def end(number: int) -> list:
        found = seen(extended_by(ledger, number))
        return [clock.due for clock in found if clock.id == "handle_extended"]

    assert all(less <= more for less, more in zip(end(days), end(days + 1), strict=True))


@lawful
@given(ledgers(), LATER)
def test_the_figures_of_a_clock_agree_with_each_other(ledger, later):
    as_of = ledger[-1].day + timedelta(days=later)
    for clock in seen(ledger, later):
        assert (clock.met_on is not None) == (clock.state in DONE)
        assert (clock.due is None) == (clock.state is ClockState.PAUSED)
        assert (clock.days_left is not None) == (clock.state in {"running", "open"})
        if clock.days_left is not None:
            assert clock.due_day == as_of + timedelta(days=clock.days_left)
            assert clock.days_left >= 0
        if clock.state is not ClockState.VOID:
            assert (clock.state in WINDOW_STATES) == (kind_of(clock.id) is Kind.WINDOW)


@lawful
@given(ledgers(), LATER)
def test_every_clock_explains_itself_by_its_article_in_both_languages(ledger, later):
    for clock in seen(ledger, later):
        for lang, article in (("zh", f"第{clock.article}条"), ("en", f"art. {clock.article}")):
            why = clock.as_dict(lang)["why"]
            assert clock.article is None or article in why[0]
            assert all("{" not in sentence for sentence in why)
            if clock.due and clock.state is not ClockState.PAUSED:
                assert any(str(clock.due_day) in sentence for sentence in why)


@lawful
@given(ledgers(), LATER)
def test_the_next_legal_duty_is_the_first_to_end_of_those_not_done(ledger, later):
    found = seen(ledger, later)
    nearest = legal_next(found)
    undone = [c for c in found if c.state in UNDONE and kind_of(c.id) is Kind.DUTY]
    if nearest is None:
        assert undone == []
    else:
        assert nearest in undone
        assert nearest.due_day == min(clock.due_day for clock in undone)


@lawful
@given(ledgers())
def test_a_matter_keeps_the_law_it_began_under(ledger):
    received = ledger[0].day
    assert edition_of(ledger).law_id == ("R2022" if str(received) >= "2022-05-01" else "R2005")


@lawful
@given(ledgers(), LATER)
def test_a_withdrawal_leaves_no_duty_towards_the_petitioner(ledger, later):
    withdrawn = Event(type=E.WITHDRAWN, at=ledger[-1].at + timedelta(minutes=1))
    for clock in seen([*ledger, withdrawn], later):
        if clock.id not in {"urgent_report", "recommendation_feedback"}:
            assert clock.state in ENDED | {ClockState.LAPSED}
