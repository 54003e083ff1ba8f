"""Two officers acting on one matter at the same second: one wins, the other is told, nothing doubles."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.support.city import COUNTY
from tests.support.together import together
from xinqiao.intake.actions import receive
from xinqiao.intake.values import ContactInput
from xinqiao.matters import actions
from xinqiao.matters.actions import Taken
from xinqiao.matters.models import Entry
from xinqiao.matters.verify import Fault, verify
from xinqiao.rules.refusals import Refused

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def matter(committed_db: None) -> tuple[int, "object"]:
    from tests.support import city_database  # noqa: PLC0415  settings must load first

    city_database.forget_cached_directory()
    city = city_database.load_city()
    letter = ContactInput(
        unit="city-petition", channel="letter", received_at=NOW, subject="电梯", body="坏了"
    )
    receipt = receive(letter, by=city.person("wangmin"), now=NOW)
    fields = {"kind": "claim", "region": COUNTY, "path": "petition"}
    actions.take(receipt.matter, "register", fields, by=city.person("wangmin"), now=NOW)
    return receipt.matter, city


def test_two_referrals_at_once_are_one(matter: tuple[int, "object"]) -> None:
    matter_id, city = matter
    wangmin, zhaogang = city.person("wangmin"), city.person("zhaogang")  # type: ignore[attr-defined]
    outcomes = together([
        lambda: actions.take(matter_id, "transfer", {"to_unit": "city-housing"}, by=wangmin, now=LATER, seen=2),
        lambda: actions.take(matter_id, "transfer", {"to_unit": "city-labour"}, by=zhaogang, now=LATER, seen=2),
    ])  # fmt: skip
    (won,) = [one for one in outcomes if isinstance(one, Taken)]
    (lost,) = [one for one in outcomes if isinstance(one, Refused)]
    assert lost.refusal.code == "acted_meanwhile"
    assert won.facts.handler in {"city-housing", "city-labour"}
    assert Entry.objects.filter(matter_id=matter_id).count() == 3
    assert [finding for finding in verify() if isinstance(finding, Fault)] == []


def test_eight_notes_at_once_are_all_kept_or_refused_in_words(matter: tuple[int, "object"]) -> None:
    matter_id, city = matter
    wangmin = city.person("wangmin")  # type: ignore[attr-defined]
    calls = [
        lambda n=n: actions.take(
            matter_id, "give_help", {"help": f"第{n}项帮扶"}, by=wangmin, now=LATER
        )
        for n in range(8)
    ]
    outcomes = together(calls)
    kept = sum(isinstance(one, Taken) for one in outcomes)
    assert all(isinstance(one, Taken) or one.refusal.code == "acted_meanwhile" for one in outcomes)
    assert kept >= 1
    assert Entry.objects.filter(matter_id=matter_id, step="give_help").count() == kept
    assert [finding for finding in verify() if isinstance(finding, Fault)] == []


def test_who_acts_between_two_readings_is_not_taken_for_a_wrong_officer(
    matter: tuple[int, "object"], monkeypatch: pytest.MonkeyPatch
) -> None:
    matter_id, city = matter
    wangmin, zhaogang = city.person("wangmin"), city.person("zhaogang")  # type: ignore[attr-defined]
    read, first = actions.row_to_act_on, [True]

    def read_and_lose(number: int) -> object:
        row = read(number)
        if first.pop() if first else False:
            actions.take(number, "transfer", {"to_unit": "city-housing"}, by=wangmin, now=LATER)
        return row

    monkeypatch.setattr(actions, "row_to_act_on", read_and_lose)
    with pytest.raises(Refused) as refused:
        actions.take(
            matter_id, "transfer", {"to_unit": "city-labour"}, by=zhaogang, now=LATER, seen=2
        )
    assert refused.value.refusal.code == "acted_meanwhile"
