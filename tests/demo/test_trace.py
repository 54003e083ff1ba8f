"""Every matter of the demonstration city: each minute from its receipt to now is somebody's, and they add up."""

from datetime import date, datetime, time
from itertools import pairwise

import pytest

from tests.demo.conftest import END
from tests.demo.playing import Ledger
from tests.support.city_database import forget_cached_directory
from xinqiao.demo import chapters
from xinqiao.demo.load import Player, found_city
from xinqiao.demo.plan import plan
from xinqiao.demo.values import PlannedMatter
from xinqiao.directory.queries import accounts_by_username
from xinqiao.matters import actions, queries
from xinqiao.matters.verify import verify
from xinqiao.rules.entries import SHANGHAI, Entry
from xinqiao.rules.persons import SYSTEM
from xinqiao.rules.replay import turns
from xinqiao.rules.trace import MINUTE, NOBODYS_WORK, Holding, totals, trace, whole
from xinqiao.supervision.models import Finding, Held, Measure

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


@pytest.fixture
def supervised(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The small city with its chapter of supervision and one that comes after it, through the real actions."""
    forget_cached_directory()
    found_city("a password for the city")
    player = Player()
    for matter in plan("small", 1, END):
        player.play(matter)
    town = chapters.City(size="small", today=END, accounts=accounts_by_username())
    played = {name: chapters.CHAPTERS[name] for name in ("supervision", "group_visits")}
    monkeypatch.setattr(chapters, "CHAPTERS", played)
    assert chapters.play(town, 1) == {}


@pytest.mark.same_on_both("it takes the actions alone, and their own tests run on both")
def test_supervision_lives_in_the_city_and_what_it_stores_is_what_the_ledgers_say(
    supervised: None,
) -> None:
    kinds = set(Measure.objects.values_list("what", flat=True))
    assert {"remind", "message", "written", "yellow_card", "listed", "improve_policy"} <= kinds
    assert Finding.objects.filter(open=True).exists()
    assert Finding.objects.filter(open=False).exists()
    assert (
        date(END.year - 2, 12, 31)
        > Measure.objects.order_by("made_on").values_list("made_on", flat=True)[0]
    )
    for row in queries.scope(SYSTEM, NOW):
        entries = actions.load(row.pk)
        adds_up(entries, NOW)
        kept = [one for one in trace(turns(entries), NOW) if one.holding not in NOBODYS_WORK]
        stored = Held.objects.filter(matter_id=row.pk).order_by("start")
        assert [(one.unit, one.holding) for one in stored] == [
            (one.unit, one.holding) for one in kept
        ]
    assert [one for one in verify() if not isinstance(one, int)] == []
