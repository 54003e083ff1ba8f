"""What units can bear, asked at the desk and from the command line."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk.at_work import Desk
from tests.support.city_database import City
from xinqiao.cli.targets_simulate import command
from xinqiao.targets.models import Fact

PAGE = "/desk/targets/forecast/capacity/"


@pytest.fixture
def desk(city: City) -> Desk:
    """Fifteen months of answers: housing one every four days in forty days, labour one a week, some late."""
    now = timezone.now()
    last = now.date().replace(day=1) - timedelta(days=1)
    for unit, every, late in (("city-housing", 4, 5), ("city-labour", 7, 10)):
        for n in range(450 // every):
            due = last - timedelta(days=n * every)
            start = due - timedelta(days=60)
            done = start + timedelta(days=40 if n % late else 65)
            Fact.objects.create(
                what="answer", source=f"test:{unit}:{n}", seq=n, unit=unit, day=due, start=start, due=due,
                done=done if done <= now.date() else None, known_from=now - timedelta(days=500),
            )  # fmt: skip
    return Desk(city)


def html(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_a_third_more_petitions_are_played(desk: Desk) -> None:
    zhao_gang = desk.log_in("zhaogang")
    assert "开始推演" in html(zhao_gang, PAGE)
    page = html(zhao_gang, f"{PAGE}?place=region:340800&growth=30")
    assert "原样重演" in page
    assert "推演不能说明什么" in page


def test_officers_who_are_not_there_cannot_move(desk: Desk) -> None:
    zhao_gang = desk.log_in("zhaogang")
    ask = f"{PAGE}?place=region:340800&growth=0&giver=city-housing&taker=city-labour&officers=50"
    assert "至少要留下一名" in html(zhao_gang, ask, 422)
    assert "请同时填写" in html(zhao_gang, f"{PAGE}?growth=0&giver=city-housing", 422)
    same = ask.replace("city-labour", "city-housing").replace("50", "1")
    assert "不能与调出单位相同" in html(zhao_gang, same, 422)


@pytest.mark.parametrize("growth", ["1000", "-200", "x"])
def test_growth_beyond_reason_is_refused(desk: Desk, growth: str) -> None:
    html(desk.log_in("zhaogang"), f"{PAGE}?growth={growth}", 422)


def test_the_replay_is_printed_and_close(
    desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xinqiao.cli.targets_simulate.require_migrated", lambda: None)
    with pytest.raises(SystemExit) as ended:
        command.main(["--place", "region:340800", "--replay"], standalone_mode=False)
    printed = capsys.readouterr()
    assert ended.value.code == 0, printed.err
    assert "points" in printed.err
    assert "city-housing" in printed.out
