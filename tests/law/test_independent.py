"""The clocks against a second count, written apart from them, on thousands of drawn ledgers."""

import json
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from tests.law import independent
from tests.law.drawn import FAULTS, faulty, lawful
from xinqiao.cli.clocks import clocks as command
from xinqiao.law.calendar import published
from xinqiao.law.contract import answer
from xinqiao.law.errors import LawError

EXAMPLES = Path(__file__).parents[3] / "shared" / "design" / "clock-examples.json"
LAWFUL = 2_000
SPOILT = 500


def counted(ledger):
    """The answer of the package, without its sentences."""
    found = answer(ledger, calendar=published())
    for clock in found["clocks"]:
        assert clock.pop("why")
    return found


def count_or_refusal(count, refusals, ledger):
    try:
        return count(ledger)
    except refusals:
        return "refused"


def test_the_second_count_agrees_with_the_examples_of_the_contract():
    if not EXAMPLES.exists():
        pytest.skip(f"the examples of the contract are not beside this checkout: {EXAMPLES.name}")
    for example in json.loads(EXAMPLES.read_text(encoding="utf-8")):
        found = independent.clocks(example["input"])
        for clock in found["clocks"]:
            del clock["provisional"]
        assert found == {"law": example["law"], "clocks": example["clocks"]}


def test_both_counts_agree_on_lawful_ledgers():
    states = set()
    for seed in range(LAWFUL):
        ledger = lawful(seed)
        found = counted(ledger)
        assert found == independent.clocks(ledger), json.dumps(ledger)
        states |= {(found["law"], clock["id"], clock["state"]) for clock in found["clocks"]}
    # The ledgers reach every clock of both laws and every state there is.
    ids = set(independent.ARTICLES)
    assert {i for law, i, _ in states if law == "R2022"} == ids
    assert {i for law, i, _ in states if law == "R2005"} == ids - {"object"}
    assert {state for *_, state in states} == {
        "running", "met", "late", "overdue", "paused", "void", "open", "used", "lapsed",
    }  # fmt: skip


def test_both_counts_refuse_the_same_ledgers():
    """Lawful ledgers with an event left out, doubled, or two that changed places."""
    refused = 0
    for seed in range(SPOILT):
        ledger = spoilt(lawful(seed), Random(seed))
        expected = count_or_refusal(independent.clocks, independent.Refused, ledger)
        assert count_or_refusal(counted, LawError, ledger) == expected, json.dumps(ledger)
        refused += expected == "refused"
    assert 0 < refused < SPOILT


def spoilt(ledger, random):
    events = ledger["events"]
    one, other = random.choice(events), random.choice(events)
    match random.randrange(3):
        case 0:
            events.remove(one)
        case 1:
            one["at"], other["at"] = other["at"], one["at"]
        case _:
            events.append({**one, "at": other["at"]})
    return ledger


@pytest.mark.parametrize("number", range(len(FAULTS)), ids=list(FAULTS))
def test_a_fault_ends_the_command_with_one_line_and_no_answer(number):
    for seed in range(number, 15 * len(FAULTS), len(FAULTS)):
        _, ledger = faulty(seed)
        done = CliRunner().invoke(command, ["-"], input=json.dumps(ledger))
        assert (done.exit_code, done.stdout) == (2, ""), json.dumps(ledger)
        assert len(done.stderr.splitlines()) == 1
