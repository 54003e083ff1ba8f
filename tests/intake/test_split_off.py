"""A contact that is about something else becomes a matter of its own (分案); joining counts who truly came again."""

from dataclasses import replace

import pytest

from tests.support.city_database import City
from tests.support.estate import HE_FANG, LIU_MEI, Estate
from xinqiao.intake import joining, queries
from xinqiao.intake.actions import receive
from xinqiao.intake.models import Contact
from xinqiao.intake.values import ContactInput, Receipt
from xinqiao.matters.actions import facts_of, load
from xinqiao.matters.clockwork import clocks_of
from xinqiao.matters.models import Entry, Matter
from xinqiao.matters.verify import Fault, verify
from xinqiao.people import queries as people
from xinqiao.people.values import PersonInput
from xinqiao.rules.refusals import Refused
from xinqiao.rules.states import State


@pytest.fixture
def estate(city: City) -> Estate:
    return Estate(city)


def added(estate: Estate, matter: int, who: PersonInput, **fields: object) -> Receipt:
    """A visit that was put on the matter."""
    estate.later(days=2)
    visit = ContactInput(
        unit="city-petition", channel="visit", received_at=estate.now, subject="路灯不亮", body="路灯坏了一个月。",
        petitioners=[who], matter=matter,
    )  # fmt: skip
    return receive(replace(visit, **fields), by=estate.city.person("wangmin"), now=estate.now)  # type: ignore[arg-type]


def split(estate: Estate, matter: int, contact: str, username: str = "wangmin") -> int:
    estate.later(days=1)
    who = estate.city.person(username)
    return joining.split_off(matter, contact, "说的是路灯", by=who, now=estate.now)


def number_of(matter: int) -> str:
    return str(Matter.objects.values_list("number", flat=True).get(pk=matter))


def faults() -> list[str]:
    return [str(finding) for finding in verify() if isinstance(finding, Fault)]


def test_it_opens_by_its_own_number_and_code_with_its_people(estate: Estate) -> None:
    lift = estate.accepted()
    lamp = added(estate, lift, HE_FANG)
    own = split(estate, lift, lamp.number)
    assert queries.matter_by_code(lamp.number, lamp.query_code) == own
    assert number_of(own) == lamp.number
    (contact,) = queries.of_matter(own)
    (party,) = people.masked_parties([contact.id])[contact.id]
    assert party.who.name == "何*"
    assert [one.number for one in queries.of_matter(lift)] == [number_of(lift)]
    assert faults() == []


def test_its_clock_runs_from_its_own_receipt(estate: Estate) -> None:
    lift = estate.accepted()
    lamp = added(estate, lift, HE_FANG)
    received = estate.now
    own = split(estate, lift, lamp.number)
    facts = facts_of(own)
    assert (facts.state, facts.receiver, facts.split_from) == (
        State.RECEIVED,
        "city-petition",
        lift,
    )
    (clock,) = clocks_of(load(own), estate.now.date())
    assert (clock.id, clock.start) == ("register_and_refer", received.date())


def test_contacts_are_conserved(estate: Estate) -> None:
    lift = estate.accepted()
    first, second = added(estate, lift, HE_FANG), added(estate, lift, LIU_MEI)
    assert facts_of(lift).contacts == 3
    own = split(estate, lift, first.number)
    assert (facts_of(lift).contacts, facts_of(own).contacts) == (2, 1)
    assert facts_of(lift).added == {second.number}
    assert Contact.objects.count() == 3
    assert Entry.objects.filter(matter_id=lift, step="add_contact").count() == 2, (
        "the ledger keeps what was entered"
    )


def test_the_first_contact_stays_and_so_does_one_that_went_already(estate: Estate) -> None:
    lift = estate.accepted()
    lamp = added(estate, lift, HE_FANG)
    split(estate, lift, lamp.number)
    for contact in (number_of(lift), lamp.number, "20260302-000000-0"):
        with pytest.raises(Refused, match="not_an_added_contact"):
            split(estate, lift, contact)
    assert Matter.objects.count() == 2
    assert faults() == []


def test_who_has_nothing_to_do_with_it_splits_nothing_off(estate: Estate) -> None:
    lift = estate.accepted()
    lamp = added(estate, lift, HE_FANG)
    with pytest.raises(Refused, match="not_yours"):
        split(estate, lift, lamp.number, "sunli")
    assert (Matter.objects.count(), facts_of(lift).contacts) == (1, 2)
    assert queries.matter_by_code(lamp.number, lamp.query_code) == lift


def test_what_came_of_it_is_registered_and_referred_like_any_other(estate: Estate) -> None:
    lift = estate.accepted()
    lamp = added(estate, lift, HE_FANG)
    own = split(estate, lift, lamp.number)
    estate.does(own, "wangmin", "register", kind="claim", region="340811")
    assert facts_of(own).state is State.REGISTERED
    assert faults() == []


@pytest.mark.parametrize(
    ("who", "repeat"),
    [
        (LIU_MEI, True),
        (HE_FANG, False),
        (PersonInput(name="刘梅"), True),  # a name alone: who came before, or somebody else?
    ],
)
def test_only_who_came_before_comes_again(estate: Estate, who: PersonInput, repeat: bool) -> None:
    lift = estate.accepted()
    contact = added(estate, lift, who)
    assert Contact.objects.get(number=contact.number).repeat is repeat
    assert Entry.objects.get(matter_id=lift, step="add_contact").payload["repeat"] is repeat


@pytest.mark.parametrize(("who", "repeat"), [(LIU_MEI, True), (HE_FANG, None)])
def test_joining_tells_who_came_again(
    estate: Estate, who: PersonInput, repeat: bool | None
) -> None:
    first, second = estate.accepted(), estate.accepted(who)
    joining.join(
        second, number_of(first), "同一部电梯", by=estate.city.person("lina"), now=estate.now
    )
    assert Entry.objects.get(matter_id=second, step="join").payload.get("repeat") is repeat


def test_one_that_waits_is_accepted_with_the_other(estate: Estate) -> None:
    first = estate.accepted()
    second = estate.referred(HE_FANG)
    li_na, typed = estate.city.person("lina"), number_of(first).replace("-", "")
    joining.join(second, typed, "同一部电梯", by=li_na, now=estate.now)
    facts = facts_of(second)
    assert (facts.state, facts.carried_by) == (State.ACCEPTED, first)
    assert faults() == []


def test_nothing_is_accepted_where_the_joining_is_refused(estate: Estate) -> None:
    second = estate.referred(HE_FANG)
    first = estate.accepted()
    estate.does(first, "lina", "request_extension", days=30, reason="配件进口")
    estate.does(first, "chenbo", "approve_extension")
    with pytest.raises(Refused, match="joined_to_later"):
        joining.join(
            second, number_of(first), "同一", by=estate.city.person("lina"), now=estate.now
        )
    assert facts_of(second).state is State.REFERRED


@pytest.mark.parametrize("typed", ["", "not a number", "20260302-000000-0", "１２３", "'; --"])
def test_what_is_no_number_of_a_matter_one_sees_is_unknown(estate: Estate, typed: str) -> None:
    mine = estate.accepted()
    with pytest.raises(Refused, match="joined_to_unknown"):
        joining.join(mine, typed, "同一", by=estate.city.person("lina"), now=estate.now)
