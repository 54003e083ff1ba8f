"""The cases a lawyer can read: events in, clocks out, nothing else."""

import tomllib
from datetime import timedelta
from pathlib import Path

import pytest

from tests.law.ledgers import events, sentence
from xinqiao.law.calendar import published
from xinqiao.law.clocks import clocks, edition_of
from xinqiao.law.errors import ImpossibleOrder

CASES = Path(__file__).parent / "cases"


def _read(kind: str) -> list:
    found = []
    for path in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8")).get(kind, []):
            found.append(pytest.param(case, id=f"{path.stem}: {case['story']}"))
    return found


@pytest.mark.parametrize("case", _read("case"))
def test_the_clocks_stand_as_the_case_says(case):
    ledger = events(*case["events"])
    found = clocks(ledger, case["as_of"], calendar=published())
    assert [sentence(clock) for clock in found] == case["clocks"]
    assert edition_of(ledger).law_id == case["law"]


@pytest.mark.parametrize("case", _read("refused"))
def test_what_cannot_be_is_refused_with_its_event_and_article(case):
    ledger = events(*case["events"])
    with pytest.raises(ImpossibleOrder) as refusal:
        clocks(ledger, ledger[-1].day, calendar=published())
    assert refusal.value.code == case["code"]
    for said in (refusal.value.say("zh"), refusal.value.say("en")):
        assert case["event"] in said
        assert case["article"] in said
        assert "\n" not in said


@pytest.mark.parametrize("case", _read("refused"))
def test_it_is_refused_as_well_when_it_lies_after_the_day_asked_about(case):
    ledger = events(*case["events"])
    before = min(event.day for event in ledger) - timedelta(days=1)
    with pytest.raises(ImpossibleOrder):
        clocks(ledger, before, calendar=published())
