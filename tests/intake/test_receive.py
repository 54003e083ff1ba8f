"""Receiving a contact: nothing that arrived is lost, nothing wrong is stored, the same request counts once."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.city import COUNTY
from tests.support.city_database import City
from xinqiao.intake import actions, queries
from xinqiao.intake.models import Contact
from xinqiao.intake.values import ContactInput
from xinqiao.matters import queries as matters
from xinqiao.matters.models import Entry, Matter
from xinqiao.matters.verify import Fault, verify
from xinqiao.people import queries as people
from xinqiao.people.values import PersonInput
from xinqiao.rules.persons import petitioner_of
from xinqiao.rules.refusals import Refused

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
LIU_MEI = PersonInput(name="刘梅", phone="13900000011", address="宜秀区某某镇一组")
LETTER = ContactInput(
    unit="city-petition", channel="letter", received_at=NOW, subject="小区物业不修电梯",
    body="电梯坏了两个月，物业说没有钱。", petitioners=[LIU_MEI], region=COUNTY,
)  # fmt: skip


def test_a_letter_becomes_a_contact_on_a_new_matter(city: City) -> None:
    receipt = actions.receive(LETTER, by=city.person("wangmin"), now=NOW)
    (contact,) = queries.of_matter(receipt.matter)
    assert contact.number == receipt.number == receipt.matter_number
    assert matters.texts_of([receipt.matter], "receive", "body") == {receipt.matter: [LETTER.body]}
    (party,) = people.masked_parties([contact.id])[contact.id]
    assert party.who.name != LIU_MEI.name


def test_the_receipt_opens_the_matter_and_a_wrong_code_does_not(city: City) -> None:
    receipt = actions.receive(LETTER, by=city.person("wangmin"), now=NOW)
    assert queries.matter_by_code(receipt.number, receipt.query_code.lower()) == receipt.matter
    assert (
        queries.matter_by_code(receipt.number.replace("-", ""), receipt.query_code)
        == receipt.matter
    )
    assert queries.matter_by_code(receipt.number, "WRONGCOD") is None
    assert queries.matter_by_code("20260302-000000-0", receipt.query_code) is None
    assert receipt.query_code not in str(Contact.objects.values())


def test_a_confirmed_contact_joins_its_matter_as_a_repeat(city: City) -> None:
    wangmin = city.person("wangmin")
    first = actions.receive(LETTER, by=wangmin, now=NOW)
    later = NOW + timedelta(days=3)
    visit = replace(LETTER, channel="visit", received_at=later, matter=first.matter, level="city")
    second = actions.receive(visit, by=wangmin, now=later)
    assert second.matter == first.matter
    assert [contact.repeat for contact in queries.of_matter(first.matter)] == [False, True]
    assert matters.sheet(wangmin, first.matter, later).facts.contacts == 2
    assert queries.matter_number(second.number.replace("-", "")) == first.matter_number


def test_earlier_matters_of_the_same_petitioner_are_suggested_like_words_first(city: City) -> None:
    wangmin = city.person("wangmin")
    other = replace(LETTER, subject="门前道路积水", body="一下雨就积水")
    actions.receive(other, by=wangmin, now=NOW)
    lift = actions.receive(LETTER, by=wangmin, now=NOW)
    spelled = PersonInput(name="刘　梅", phone="+86 139 0000 0011")
    found = queries.suggestions(wangmin, [spelled], "物业一直不修小区电梯", NOW)
    assert found[0].line.id == lift.matter
    assert len(found) == 2
    assert queries.suggestions(wangmin, [PersonInput(name="刘梅")], "电梯", NOW) == []


def test_suggestions_stay_in_the_scope_of_who_asks(city: City) -> None:
    actions.receive(LETTER, by=city.person("wangmin"), now=NOW)
    assert queries.suggestions(city.person("sunli"), [LIU_MEI], LETTER.subject, NOW) == []


def test_the_same_request_twice_is_one_contact(city: City) -> None:
    online = replace(LETTER, channel="online", request_key="draft-1")
    first = actions.receive(online, by=petitioner_of(0), now=NOW)
    again = actions.receive(online, by=petitioner_of(0), now=NOW + timedelta(seconds=2))
    assert (again.number, again.fresh) == (first.number, False)
    assert Contact.objects.count() == Matter.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"received_at": NOW + timedelta(minutes=1)}, "date_in_future"),
        ({"received_at": NOW.replace(year=1900)}, "date_too_old"),
        ({"channel": "pigeon"}, "field_wrong"),
        ({"head_count": 0}, "field_wrong"),
        ({"subject": " \t\n", "body": "\x00"}, "field_missing"),
        ({"body": "长" * 200_001}, "text_too_long"),
        ({"petitioners": [PersonInput(name="刘梅", phone="12")]}, "phone_length"),
        (
            {"representatives": [replace(LIU_MEI, name=f"代表{n}") for n in range(6)]},
            "too_many_representatives",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_stored(
    city: City, change: dict, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        actions.receive(replace(LETTER, **change), by=city.person("wangmin"), now=NOW)
    assert refused.value.refusal.code == code
    assert Matter.objects.count() == Contact.objects.count() == Entry.objects.count() == 0


def test_the_longest_text_is_kept_whole(city: City) -> None:
    receipt = actions.receive(
        replace(LETTER, body="长" * 200_000), by=city.person("wangmin"), now=NOW
    )
    ((body,),) = matters.texts_of([receipt.matter], "receive", "body").values()
    assert len(body) == 200_000


def test_strange_characters_are_kept_or_made_harmless(city: City) -> None:
    strange = "😀 \x00坏\ud800字\u202e反向\ufeff"
    receipt = actions.receive(replace(LETTER, body=strange), by=city.person("wangmin"), now=NOW)
    ((body,),) = matters.texts_of([receipt.matter], "receive", "body").values()
    assert "😀" in body
    assert "坏" in body
    assert not {"\x00", "\ud800", "\u202e"} & set(body)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(subject=st.text(max_size=300), body=st.text(max_size=3000))
def test_whatever_is_written_is_received_or_refused_in_words(
    city: City, subject: str, body: str
) -> None:
    before = Contact.objects.count()
    contact = replace(LETTER, subject=subject, body=body)
    try:
        actions.receive(contact, by=city.person("wangmin"), now=NOW)
    except Refused as refused:
        assert refused.refusal.code == "field_missing"
        assert Contact.objects.count() == before
    else:
        assert Contact.objects.count() == before + 1
    assert [fault for fault in verify() if isinstance(fault, Fault)] == []
