"""The proof on several processes: they look at the database of this one, and none goes missing unnoticed."""

import os
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from tests.support.city_database import City, load_city
from xinqiao.intake.actions import receive
from xinqiao.intake.values import ContactInput
from xinqiao.matters.models import Entry, Matter
from xinqiao.matters.processes import side_by_side
from xinqiao.matters.verify import Fault, verify

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.usefixtures("committed_db")
def test_other_processes_prove_the_database_of_this_one() -> None:
    altered, untouched = _letters(load_city())
    assert list(verify(processes=2))[-1] == Entry.objects.count()
    Matter.objects.filter(pk=altered).update(subject="Something else was asked")
    faults = [one for one in verify(processes=2) if isinstance(one, Fault)]
    assert [(one.code, one.number) for one in faults] == [("snapshot", _number(altered))]
    assert _number(untouched) not in str(faults)


@pytest.mark.usefixtures("committed_db")
def test_answers_come_in_the_order_of_the_calls() -> None:
    with side_by_side(2) as run:
        assert list(run(partial(pow, 2, number) for number in range(9))) == [
            2**number for number in range(9)
        ]


@pytest.mark.usefixtures("committed_db")
def test_a_process_that_ends_by_itself_is_not_waited_for() -> None:
    with pytest.raises(BrokenProcessPool), side_by_side(2) as run:
        list(run([partial(os._exit, 3)]))


def _letters(city: City) -> list[int]:
    """Two matters."""
    wang_min = city.person("wangmin")
    letters = [
        ContactInput(
            unit="city-petition", channel="letter", received_at=NOW, subject=subject, body="漏水"
        )
        for subject in ("三楼漏水", "五楼漏水")
    ]
    return [receive(letter, by=wang_min, now=NOW).matter for letter in letters]


def _number(matter: int) -> str:
    return Matter.objects.get(pk=matter).number
