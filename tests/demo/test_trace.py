"""Every matter of the demonstration city: each minute from its receipt to now is somebody's, and they add up."""

from datetime import datetime, time
from itertools import pairwise

import pytest

from tests.demo.conftest import END
from tests.demo.playing import Ledger
from xinqiao.demo.values import PlannedMatter
from xinqiao.rules.entries import SHANGHAI, Entry
from xinqiao.rules.replay import turns
from xinqiao.rules.trace import MINUTE, Holding, totals, trace, whole

pytestmark = pytest.mark.long

NOW = datetime.combine(END, time(18), tzinfo=SHANGHAI)


def minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def adds_up(entries: list[Entry], now: datetime) -> set[Holding]:
    """Fails where a minute is lost, is two people's, or is nobody's; gives the kinds of time met."""
    course = turns(entries)
    spans = trace(course, now)
    assert spans[0].start == minute(course[0].entry.at)
    assert spans[-1].end == minute(now)
    assert all(one.end == after.start for one, after in pairwise(spans))
    assert all(one.minutes > 0 for one in spans)
    assert all(one.unit or one.holding is Holding.PETITIONER for one in spans)
    assert sum(totals(spans).values()) == whole(spans) == (minute(now) - spans[0].start) // MINUTE
    return {one.holding for one in spans}


def test_the_minutes_of_every_matter_of_the_city_add_up(city: list[PlannedMatter]) -> None:
    met: set[Holding] = set()
    for matter in city:
        met |= adds_up(Ledger(matter).written(), NOW)
    assert met == set(Holding) - {Holding.PAUSED} or met == set(Holding)
