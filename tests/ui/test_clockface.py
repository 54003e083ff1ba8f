"""How a clock looks to the clerk who opens her queue in the morning."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from xinqiao.ui.clockface import SOON_DAYS, Tone, face

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 3, 10, 8, 30, tzinfo=SHANGHAI)
TODAY = MORNING.date()


@dataclass(frozen=True, kw_only=True)
class Clock:
    state: str = "running"
    due: date | datetime | None = None
    met_on: date | None = None


def seen(clock: Clock, *, now: datetime = MORNING, language: str = "zh-hans") -> tuple[str, str]:
    with translation.override(language):
        look = face(clock, now)
    return look.tone.value, look.words


@pytest.mark.parametrize(
    ("days", "tone", "chinese", "english"),
    [
        (-3, "red", "逾期 3 天", "3 days overdue"),
        (-1, "red", "逾期 1 天", "1 day overdue"),
        (0, "amber", "今天到期", "last day today"),
        (1, "amber", "还有 1 天", "1 day left"),
        (SOON_DAYS, "amber", "还有 7 天", "7 days left"),
        (SOON_DAYS + 1, "calm", "还有 8 天", "8 days left"),
    ],
)
def test_a_running_clock_says_its_days(days: int, tone: str, chinese: str, english: str) -> None:
    clock = Clock(due=TODAY + timedelta(days=days))
    assert seen(clock) == (tone, chinese)
    assert seen(clock, language="en") == (tone, english)


def test_an_overdue_clock_is_red_whatever_its_stored_state() -> None:
    yesterday = TODAY - timedelta(days=1)
    assert seen(Clock(state="overdue", due=yesterday)) == seen(
        Clock(state="running", due=yesterday)
    )


def test_the_day_is_that_of_shanghai_when_the_server_thinks_in_utc() -> None:
    # 17:30 in UTC on the 9th is already the 10th in Shanghai.
    late_evening = datetime(2026, 3, 9, 17, 30, tzinfo=ZoneInfo("UTC"))
    assert seen(Clock(due=date(2026, 3, 9)), now=late_evening) == ("red", "逾期 1 天")


@pytest.mark.parametrize(
    ("minutes", "tone", "words"),
    [
        (190, "amber", "还有 3 小时"),
        (40, "amber", "不到 1 小时"),
        (-90, "red", "逾期 1 小时"),
        (-60 * 72, "red", "逾期 3 天"),
    ],
)
def test_an_urgent_report_counts_hours(minutes: int, tone: str, words: str) -> None:
    assert seen(Clock(due=MORNING + timedelta(minutes=minutes))) == (tone, words)


def test_what_was_done_late_keeps_saying_so() -> None:
    clock = Clock(state="late", due=TODAY - timedelta(days=9), met_on=TODAY - timedelta(days=7))
    assert seen(clock) == ("late", "逾期 2 天完成")


def test_a_window_of_the_petitioner_is_open_used_or_over() -> None:
    assert seen(Clock(state="open", due=TODAY + timedelta(days=18))) == (
        "calm",
        "可以提出，还有 18 天",
    )
    assert seen(Clock(state="open", due=TODAY + timedelta(days=2)))[0] == "amber"
    assert seen(Clock(state="used")) == ("done", "已行使")
    assert seen(Clock(state="lapsed")) == ("idle", "期限已过")


def test_an_unknown_state_is_refused_rather_than_painted() -> None:
    with pytest.raises(ValueError, match="sleeping"):
        face(Clock(state="sleeping"), MORNING)


@given(due=st.dates(date(2000, 1, 1), date(2100, 1, 1)), soon=st.integers(0, 60))
def test_red_means_past_and_amber_means_near(due: date, soon: int) -> None:
    tone = face(Clock(due=due), MORNING, soon=soon).tone
    left = (due - TODAY).days
    assert (tone is Tone.RED) == (left < 0)
    assert (tone is Tone.AMBER) == (0 <= left <= soon)


@given(
    state=st.sampled_from(["met", "used", "paused", "void", "lapsed"]),
    due=st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1)),
)
def test_a_clock_that_asks_for_nothing_never_warns(state: str, due: date | None) -> None:
    assert face(Clock(state=state, due=due), MORNING).tone in {Tone.DONE, Tone.IDLE}
