"""Random steps by the cast on a matter in the database: whatever is done or refused, row, ledger and clocks agree."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.choices import fields_of
from tests.support.city import CAST, COUNTY
from tests.support.city_database import City
from xinqiao.intake.actions import receive
from xinqiao.intake.values import ContactInput
from xinqiao.matters import actions, queries
from xinqiao.matters.models import Entry, Matter
from xinqiao.matters.snapshot import row_of
from xinqiao.matters.verify import Fault, verify
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.persons import SYSTEM, Person, petitioner_of
from xinqiao.rules.refusals import Refused
from xinqiao.rules.routing import targets
from xinqiao.rules.states import CLOSED
from xinqiao.rules.table import STEPS

START = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
LONGEST = 14
#: Steps that are possible nearly always and lead nowhere: taken seldom, so that a walk gets on.
ASIDE = frozenset({
    "add_contact", "give_help", "supplement", "notify", "reclassify", "recuse", "withdraw", "reopen", "recompute",
    "correct_date", "revoke", "ask_petitioner", "designate", "notice_urgent", "name_reported", "record_answer",
})  # fmt: skip


def begun(city: City, kind: str) -> int:
    """A matter that Wang Min has registered."""
    letter = ContactInput(
        unit="city-petition", channel="letter", received_at=START, subject="电梯", body="坏了"
    )
    matter = receive(letter, by=city.person("wangmin"), now=START).matter
    fields: dict[str, Any] = {"kind": kind, "region": COUNTY, "category": "housing.property"}
    fields |= {"path": "petition"} if kind == "claim" else {}
    fields |= {"reported_units": ["county-government"]} if kind == "report" else {}
    actions.take(matter, "register", fields, by=city.person("wangmin"), now=START)
    return matter


def possible(people: list[Person], matter: int, now: datetime) -> list[tuple[Person, str]]:
    """Who may take which step now, by the very lists that the desk shows; what leads on comes more often."""
    found = []
    for someone in people:
        sheet = queries.sheet(someone, matter, now)
        if sheet is not None:
            found += [(someone, step.name) for step, refusal in sheet.offered if refusal is None]
    onward = [one for one in found if one[1] not in ASIDE]
    return onward * 6 + found


def agree(matter: int, now: datetime) -> None:
    """The stored row is what the ledger gives when it is read anew, and nothing was tampered with."""
    row = Matter.objects.get(pk=matter)
    facts, expected = row_of(actions.load(matter), now.astimezone(SHANGHAI).date())
    assert row.facts == expected["facts"]
    assert row.clocks == expected["clocks"]
    assert row.last_seq == facts.last_seq == Entry.objects.filter(matter=matter).count()
    assert [str(finding) for finding in verify() if isinstance(finding, Fault)] == []


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(data=st.data())
def test_on_every_way_row_ledger_and_clocks_agree(city: City, data: st.DataObject) -> None:
    matter = begun(
        city, data.draw(st.sampled_from(["claim", "claim", "claim", "report", "suggestion"]))
    )
    people = [petitioner_of(matter), SYSTEM, *(city.person(name) for name in CAST)]
    now = START
    for _ in range(data.draw(st.integers(1, LONGEST))):
        now += timedelta(days=data.draw(st.sampled_from([0, 1, 3, 20])), minutes=5)
        choices = possible(people, matter, now)
        if not choices:
            break
        someone, name = data.draw(st.sampled_from(choices))
        step_once(matter, someone, name, now, data)
    agree(matter, now)


def step_once(matter: int, someone: Person, name: str, now: datetime, data: st.DataObject) -> None:
    """One step as somebody fills it in. A refusal changes nothing; a closed matter stays closed on the same facts."""
    entries = actions.load(matter)
    case = actions.case_of(entries, someone, now)
    fields = data.draw(fields_of(STEPS[name], case))
    was_closed, walled = case.facts.state in CLOSED, case.facts.reported_units
    try:
        taken = actions.take(matter, name, fields, by=someone, now=now)
    except Refused:
        assert actions.load(matter) == entries
        return
    assert not (was_closed and taken.facts.state not in CLOSED) or name in {
        "revoke",
        "ask_written_opinion",
    }
    if fields.get("to_unit"):
        assert fields["to_unit"] not in walled
        assert name == "succeed" or fields["to_unit"] in targets(
            name, case.facts, case.units, case.today
        )
