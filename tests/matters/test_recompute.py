"""A changed calendar or provision: the dates of open matters are written anew, with an entry that says so."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pytest_django import Settings

from tests.support.city_database import City
from xinqiao.intake.actions import receive
from xinqiao.intake.values import ContactInput
from xinqiao.law.errors import LooserThanLaw
from xinqiao.matters import actions, queries
from xinqiao.matters.jobs import recompute_open
from xinqiao.matters.verify import Fault, verify

RECEIVED = datetime(2026, 9, 21, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def home(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """The platform's home with the keys of the tests and no local rules yet."""
    (tmp_path / "keys").symlink_to(settings.XINQIAO_HOME / "keys")
    for folder in ("calendar", "provisions"):
        (tmp_path / folder).mkdir()
    settings.XINQIAO_HOME = tmp_path
    yield tmp_path


@pytest.fixture
def matter(home: Path, city: City) -> int:
    """Received on 21 September 2026: to be registered and referred by 6 October, which is a holiday, so 8 October."""
    letter = ContactInput(
        unit="city-petition", channel="letter", received_at=RECEIVED, subject="电梯", body="坏了"
    )
    return receive(letter, by=city.person("wangmin"), now=RECEIVED).matter


def due(city: City, matter: int) -> str:
    sheet = queries.sheet(city.person("wangmin"), matter, RECEIVED)
    assert sheet is not None
    assert sheet.line.next_clock == "register_and_refer"
    return str(sheet.clocks[0].due)


def write_provision(home: Path, amount: int) -> None:
    (home / "provisions" / "city.toml").write_text(
        'base = "R2022"\ntitle_zh = "示例市实施细则"\ntitle_en = "Example City rules"\nfrom = 2023-01-01\n'
        f'[[limit]]\nid = "register_and_refer"\namount = {amount}\nunit = "days"\narticle = "3"\n'
    )


def clean() -> bool:
    return not any(isinstance(finding, Fault) for finding in verify())


def test_a_stricter_local_limit_moves_the_date_and_is_written_down(
    city: City, matter: int, home: Path
) -> None:
    assert due(city, matter) == "2026-10-08"
    write_provision(home, 8)
    assert recompute_open(RECEIVED) == 1
    assert due(city, matter) == "2026-09-29"
    last = actions.load(matter)[-1]
    assert (last.step, last.payload["cause"]) == ("recompute", "provision")
    assert clean()


def test_a_changed_notice_of_days_off_moves_the_date(city: City, matter: int, home: Path) -> None:
    days = ", ".join(f"2026-10-0{day}" for day in range(1, 9))
    (home / "calendar" / "2026.toml").write_text(
        f'year = 2026\nsource = "amended notice"\ndays_off = [{days}]\nmake_up_workdays = []\n'
    )
    assert recompute_open(RECEIVED) == 1
    assert due(city, matter) == "2026-10-09"
    assert actions.load(matter)[-1].payload["cause"] == "calendar"
    assert clean()


def test_running_again_writes_nothing(city: City, matter: int, home: Path) -> None:
    write_provision(home, 8)
    assert [recompute_open(RECEIVED), recompute_open(RECEIVED)] == [1, 0]
    assert [entry.step for entry in actions.load(matter)] == ["receive", "recompute"]


def test_a_change_that_moves_no_date_of_a_matter_leaves_its_ledger_alone(
    city: City, matter: int, home: Path
) -> None:
    write_provision(home, 15)
    assert recompute_open(RECEIVED) == 0
    assert [entry.step for entry in actions.load(matter)] == ["receive"]


def test_a_looser_local_limit_is_refused_with_the_article(
    city: City, matter: int, home: Path
) -> None:
    write_provision(home, 20)
    with pytest.raises(LooserThanLaw) as refused:
        recompute_open(RECEIVED)
    assert "22" in refused.value.say("zh")
    assert due(city, matter) == "2026-10-08"
    assert [entry.step for entry in actions.load(matter)] == ["receive"]
