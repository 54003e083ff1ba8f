"""What is counted follows the ledgers: late or at once, once or twice, from nothing; and its past never changes."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test

from tests.matters.test_walk import Walk
from tests.support.city_database import City, load_city
from xinqiao.rules.counting import What
from xinqiao.targets import following
from xinqiao.targets.bulk import rebuild
from xinqiao.targets.jobs import SETTLING, count_everything, count_ledgers, position
from xinqiao.targets.models import FOREVER, Fact, Followed

if TYPE_CHECKING:
    from tests.desk.at_work import Desk

COLUMNS = ("matter_id", "source", *following.COLUMNS, "known_from", "known_to")


@pytest.fixture
def desk(city: City) -> "Desk":
    from tests.desk.at_work import Desk  # noqa: PLC0415  settings must load first

    return Desk(city)


def rows() -> list[tuple[Any, ...]]:
    """All that is stored, but for the numbers of the rows."""
    return sorted(Fact.objects.values_list(*COLUMNS), key=str)


def as_of(moment: datetime) -> list[tuple[Any, ...]]:
    """What was known at a moment."""
    known = Fact.objects.filter(known_from__lte=moment, known_to__gt=moment)
    return sorted(known.values_list("matter_id", "source", *following.COLUMNS), key=str)


def now_known(what: What) -> Fact:
    return Fact.objects.get(what=what, known_to=FOREVER)


def test_a_step_closes_what_it_changes_and_leaves_the_rest(desk: "Desk") -> None:
    receipt = desk.refers(10)
    count_everything(timezone.now())
    before = now_known(What.CONTACT)
    assert (before.unit, before.due) == ("city-housing", None)
    desk.takes(receipt.matter, "accept", by="lina", days=3, procedure="ordinary")
    count_everything(timezone.now())
    before.refresh_from_db()
    after = now_known(What.CONTACT)
    assert after.due is not None
    assert before.known_to == after.known_from == now_known(What.ANSWER).known_from
    assert Fact.objects.filter(what=What.ACCEPTANCE, seq=1, known_to=FOREVER).get().known_from < (
        after.known_from
    )


def test_following_late_gives_what_following_at_once_gave(desk: "Desk") -> None:
    receipt = desk.refers(20)
    count_everything(timezone.now())
    for step, days in (("accept", 15), ("submit_opinion", 9)):
        from tests.desk.at_work import OPINION  # noqa: PLC0415  settings must load first

        fields = OPINION if step == "submit_opinion" else {"procedure": "ordinary"}
        desk.takes(receipt.matter, step, by="lina", days=days, **fields)
        count_everything(timezone.now())
    at_once = rows()
    Fact.objects.all().delete()
    Followed.objects.all().delete()
    following.follow(receipt.matter, timezone.now())
    assert rows() == at_once


def test_counting_twice_changes_nothing_and_a_rebuild_gives_the_same(desk: "Desk") -> None:
    desk.submits(20)
    desk.registers(5, kind="suggestion")
    count_everything(timezone.now())
    before = list(Fact.objects.order_by("id").values())
    assert before
    assert count_ledgers(timezone.now() + SETTLING) == 0
    assert list(Fact.objects.order_by("id").values()) == before
    counted = rows()
    assert list(rebuild(timezone.now()))[-1] == 2
    assert rows() == counted
    Fact.objects.all().delete()
    assert list(rebuild(timezone.now()))[-1] == 2
    assert rows() == counted


def test_what_is_recorded_this_minute_waits_until_it_has_settled(desk: "Desk") -> None:
    desk.receives(0)
    now = timezone.now()
    count_ledgers(now)
    assert not Fact.objects.exists()
    count_ledgers(now + 2 * SETTLING)
    assert Fact.objects.exists()
    settled = position().settled_until
    assert settled is not None
    assert settled >= now


def test_a_rebuild_leaves_to_the_follower_what_came_meanwhile(desk: "Desk") -> None:
    desk.registers(10)
    assert list(rebuild(timezone.now()))
    desk.registers(0)
    count_ledgers(timezone.now() + 2 * SETTLING)
    assert Fact.objects.filter(what=What.MATTER, known_to=FOREVER).count() == 2


def test_a_matter_that_turns_out_to_be_a_report_leaves_the_figures(desk: "Desk") -> None:
    receipt = desk.receives(10)
    count_everything(timezone.now())
    assert Fact.objects.filter(known_to=FOREVER).exists()
    was_known = timezone.now() - timedelta(days=5)
    before = as_of(was_known)
    desk.takes(receipt.matter, "register", by="wangmin", days=2, kind="report", region="340811")
    count_everything(timezone.now())
    assert not Fact.objects.filter(known_to=FOREVER).exists()
    assert as_of(was_known) == before != []


class Counted(Walk):
    """Anybody does anything, and now and then somebody counts."""

    def __init__(self) -> None:
        super().__init__()
        self.remembered: dict[datetime, list[tuple[Any, ...]]] = {}

    @precondition(lambda self: self.matter)
    @rule()
    def somebody_counts(self) -> None:
        following.follow(self.matter, self.now)
        self.remembered[self.now] = as_of(self.now)

    @invariant()
    def the_past_stands(self) -> None:
        for moment, known in self.remembered.items():
            assert as_of(moment) == known

    def teardown(self) -> None:
        if self.matter:
            following.follow(self.matter, self.now)
            counted = rows()
            assert list(rebuild(self.now))[-1] == 1
            assert rows() == counted
            self.the_past_stands()
        super().teardown()


@pytest.mark.django_db
def test_as_of_a_past_moment_never_changes(city: City) -> None:
    class CityWalk(Counted):
        pass

    CityWalk.city = city
    run_state_machine_as_test(
        CityWalk,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )


@pytest.mark.usefixtures("committed_db")
def test_other_processes_count_what_this_one_would() -> None:
    from tests.desk.at_work import Desk  # noqa: PLC0415  settings must load first

    desk = Desk(load_city())
    desk.submits(20)
    desk.registers(5)
    assert list(rebuild(timezone.now(), processes=2))[-1] == 2
    counted = rows()
    Fact.objects.all().delete()
    assert list(rebuild(timezone.now()))[-1] == 2
    assert rows() == counted != []
