"""The halls of the demonstration city: the desks of its units, open on working days."""

import pytest

from tests.reception.halls import beijing
from xinqiao.demo.halls import open_halls
from xinqiao.demo.load import found_city
from xinqiao.directory import queries as directory
from xinqiao.reception import queries


@pytest.mark.django_db
def test_two_compounds_receive_on_a_working_day() -> None:
    found_city("a password for the city")
    monday = beijing("2026-03-02 09:00")
    desks = open_halls(monday)
    today = queries.open_today("340800", monday)
    assert len(today) == desks
    assert {one.hall.code for one in today} == {"east", "west"}
    assert all(one.window.unit in directory.units() and one.open_now for one in today)
