"""Each indicator on a handful of facts that a clerk can count by hand: the year is 2026, looked at on 1 March 2027."""

from pathlib import Path

import pytest

from tests.targets.facts import WHEN, fact
from xinqiao.rules.counting import Counted
from xinqiao.rules.indicators import Tally, indicators, tally

#: A group of eight that went to the province, and one of four that did, in the city seven.
VISITS = (
    fact("contact", "3-2", channel="visit", level="province", persons=8, settled="5-4"),
    fact("contact", "3-9", channel="visit", level="province", persons=5),
    fact("contact", "4-1", channel="visit", level="province", persons=4),
    fact("contact", "4-2", channel="visit", level="city", persons=7),
    fact("contact", "2027-1-5", channel="visit", level="province", persons=9),
)
#: Due in the year: in time, on the last day, a day late, open and overdue. Due later than 1 March: not yet asked.
DUTIES = {
    "in time": {"start": "3-1", "due": "5-1", "done": "4-1"},
    "on the last day": {"start": "3-1", "due": "5-1", "done": "5-1"},
    "a day late": {"start": "3-1", "due": "5-1", "done": "5-2"},
    "open and overdue": {"start": "3-1", "due": "5-1"},
}


def duties(what: str, **more: str) -> tuple[Counted, ...]:
    return tuple(fact(what, one["due"], **one, **more) for one in DUTIES.values())


def counted(indicator: str, *facts: Counted) -> Tally:
    return tally(indicators()[indicator], facts, WHEN)


def test_total_counts_items_and_groups_with_persons_beside() -> None:
    letters = [fact("contact", day) for day in ("1-1", "12-31", "2025-12-31", "2027-1-1")]
    group = fact("contact", "6-1", channel="visit", level="city", persons=20)
    assert counted("total", *letters, group) == Tally(counts=3, persons=22)


def test_group_visits_to_the_province_are_of_five_or_more() -> None:
    assert counted("provincial_group_visits", *VISITS) == Tally(counts=2, persons=13)
    assert counted("provincial_visits_settled", *VISITS) == Tally(counts=1, of=2, persons=8)


def test_visits_to_the_nation_outside_the_designated_place() -> None:
    visits = [
        fact("contact", "3-2", channel="visit", level="nation", designated=False, persons=2),
        fact("contact", "3-3", channel="visit", level="nation", designated=True),
        fact("contact", "3-4", channel="visit", level="province", designated=False),
    ]
    assert counted("national_undesignated_visits", *visits) == Tally(counts=1, persons=2)
    assert counted("national_visits_settled", *visits) == Tally(counts=0, of=1)
    assert not indicators()["national_undesignated_visits"].on, "it rewards stopping people"


def test_skip_level_visits() -> None:
    visits = [
        fact("contact", "3-2", channel="visit", level="province", skipped=True, persons=3),
        fact("contact", "3-3", channel="visit", level="city"),
    ]
    assert counted("skip_level_visits", *visits) == Tally(counts=1, persons=3)


def test_repeat_rate() -> None:
    contacts = [fact("contact", "3-2", first=first) for first in (True, False, True, True)]
    assert counted("repeat_rate", *contacts) == Tally(counts=1, of=4, persons=1)


def test_first_petitions_settled_at_once() -> None:
    contacts = {
        "answered in time, quiet": fact("contact", "2-1", due="4-1", done="4-1"),
        "answered late": fact("contact", "2-1", due="4-1", done="4-2"),
        "never answered": fact("contact", "2-1", due="4-1"),
        "came again on day 180": fact("contact", "2-1", due="4-1", done="3-1", again="7-31"),
        "came again on day 181": fact("contact", "2-1", due="4-1", done="3-1", again="8-1"),
        "180 days not over": fact("contact", "9-2", due="11-1", done="9-5"),
        "a repeat": fact("contact", "2-1", due="4-1", done="3-1", first=False),
        "a visit": fact("contact", "2-1", due="4-1", done="3-1", channel="visit"),
    }
    assert counted("first_once", *contacts.values()) == Tally(counts=2, of=5, persons=2)


def test_acceptance_in_time() -> None:
    not_yet = fact("acceptance", "12-31", due="2027-3-1")
    assert counted("on_time_acceptance", *duties("acceptance")) == Tally(counts=2, of=4, persons=2)
    assert counted("on_time_acceptance", not_yet) == Tally(counts=0, of=0)
    assert counted("acceptance_overdue", *duties("acceptance"), not_yet) == Tally(
        counts=1, persons=1
    )


def test_answers_in_time() -> None:
    answers = duties("answer")
    assert counted("on_time_answer", *answers) == Tally(counts=2, of=4, persons=2)
    assert counted("answer_overdue", *answers) == Tally(counts=1, persons=1)
    unaccepted = fact("acceptance", "5-1", due="5-1")
    assert counted("on_time_answer", *answers, unaccepted).of == 5, "not accepting is no way out"
    accepted_late = fact("acceptance", "5-1", due="5-1", done="6-1")
    assert counted("on_time_answer", *answers, accepted_late).of == 4


def test_days_to_an_answer_with_open_ones_at_their_age() -> None:
    answers = duties("answer")  # 31, 61, 62 days, and one open for a year
    assert counted("answer_days_median", *answers) == Tally(counts=61, of=1)
    assert counted("answer_days_p90", *answers) == Tally(counts=365, of=1)
    assert counted("answer_days_median", *answers[:3]) == Tally(counts=61, of=1)
    assert counted("answer_days_p90") == Tally(counts=0, of=0)


def test_extended() -> None:
    answers = [*duties("answer"), fact("answer", "6-1", due="6-1", done="5-1", extended=True)]
    assert counted("extension_rate", *answers) == Tally(counts=2, of=5, persons=2)


def test_ratings() -> None:
    marks = ("satisfied", "basically_satisfied", "dissatisfied", "", "")
    answers = [fact("delivered", "5-1", mark=mark) for mark in marks]
    assert counted("rating_participation", *answers) == Tally(counts=3, of=5, persons=3)
    assert counted("satisfaction", *answers) == Tally(counts=2, of=3, persons=2)
    assert counted("answers_unrated", *answers) == Tally(counts=2, persons=2)
    overdue = fact("answer", "5-1", due="5-1")
    assert counted("satisfaction", *answers, overdue).of == 4, (
        "who is not answered is not satisfied"
    )
    assert counted("rating_participation", *answers, overdue).of == 6


def test_settled_and_reopened() -> None:
    closings = {
        "the petitioner says so": fact("closed", "5-1", settled="5-10"),
        "carried out, 180 days quiet": fact("closed", "5-1", done="5-20"),
        "carried out, came again": fact("closed", "5-1", done="5-20", again="8-1"),
        "carried out, 180 days not over": fact("closed", "12-1", done="12-5"),
        "closed and no more": fact("closed", "5-1"),
    }
    assert counted("settled_rate", *closings.values()) == Tally(counts=2, of=5, persons=2)
    assert counted("reopened", *closings.values()) == Tally(counts=1, persons=1)
    overdue = fact("answer", "5-1", due="5-1")
    assert counted("settled_rate", *closings.values(), overdue).of == 6


def test_appeals() -> None:
    opinions = [
        fact("appeal", "5-1", mark=mark) for mark in ("upheld", "changed", "remanded", "upheld")
    ]
    assert counted("appeal_changed", *opinions) == Tally(counts=2, of=4, persons=2)
    assert counted("appeals", *opinions) == Tally(counts=4, persons=4)
    overdue = fact("answer", "5-1", due="5-1")
    assert counted("appeal_changed", *opinions, overdue) == Tally(counts=3, of=5, persons=3)


def test_quiet_after_the_last_instance() -> None:
    concluded = {
        "quiet": fact("concluded", "5-1", done="5-8"),
        "came again on day 180": fact("concluded", "5-1", again="10-28"),
        "came again later": fact("concluded", "5-1", again="10-29"),
        "180 days not over": fact("concluded", "9-2"),
        "the last of those that are over": fact("concluded", "9-1"),
    }
    assert counted("settled_after_appeal", *concluded.values()) == Tally(counts=3, of=4, persons=3)
    assert counted("helped_after_conclusion", *concluded.values()) == Tally(counts=1, persons=1)


def test_supported_opinions_carried_out() -> None:
    assert counted("execution_rate", *duties("execution")) == Tally(counts=2, of=4, persons=2)


def test_stock_increment_and_what_was_cleared() -> None:
    matters = {
        "from before, open": fact("matter", "2025-11-1"),
        "from before, settled in the year": fact("matter", "2025-12-31", settled="6-1"),
        "from before, settled on its last day": fact("matter", "2025-3-1", settled="12-31"),
        "from before, settled after the year": fact("matter", "2025-3-1", settled="2027-1-1"),
        "from before, settled before": fact("matter", "2025-3-1", settled="2025-12-31"),
        "of the year": fact("matter", "1-1"),
        "of the year, settled": fact("matter", "2-1", settled="3-1"),
        "of the year after": fact("matter", "2027-1-1"),
    }
    assert counted("stock", *matters.values()) == Tally(counts=4, persons=4)
    assert counted("increment", *matters.values()) == Tally(counts=2, persons=2)
    assert counted("stock_cleared", *matters.values()) == Tally(counts=2, of=4, persons=2)
    assert counted("stock_oldest", *matters.values()) == Tally(counts=306, of=1)  # 1 March 2025


def test_reports_back_and_urgings_in_time() -> None:
    assert counted("report_back_rate", *duties("report_back")) == Tally(counts=2, of=4, persons=2)
    assert counted("urge_answer_rate", *duties("urging")) == Tally(counts=2, of=4, persons=2)


def test_recommendations() -> None:
    asked = [
        fact("recommendation", "5-1", due="5-1", done="4-1", mark="adopted"),
        fact("recommendation", "5-1", due="5-1", done="4-1", mark="partly"),
        fact("recommendation", "5-1", due="5-1", done="4-1", mark="not_adopted"),
        fact("recommendation", "5-1", due="5-1"),
    ]
    assert counted("recommendations_adopted", *asked) == Tally(counts=1, of=4, persons=1)
    assert counted("recommendations_partly", *asked) == Tally(counts=1, persons=1)


def test_leaders_receive_and_visit() -> None:
    planned = [
        fact("lead_visit", "5-1", done="5-1", settled="6-1"),
        fact("lead_visit", "5-8", done="5-9"),
        fact("lead_visit", "5-15"),
    ]
    assert counted("lead_visits", *planned) == Tally(counts=2, of=3, persons=2)
    assert counted("lead_visits_settled", *planned) == Tally(counts=1, of=3, persons=1)


@pytest.mark.parametrize("indicator", indicators().values(), ids=list(indicators()))
def test_every_indicator_has_its_words_and_an_example_here(indicator: object) -> None:
    one = indicators()[indicator.id]  # type: ignore[attr-defined]
    assert all((one.label("zh"), one.label("en"), one.help("zh"), one.help("en")))
    assert any("一" <= sign <= "鿿" for sign in one.zh + one.help_zh)
    assert one.id not in one.companions
    assert one.companion or one.companions, "an indicator never stands alone"
    assert f'"{one.id}"' in Path(__file__).read_text(encoding="utf-8")
