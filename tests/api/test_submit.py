"""The hotline hands over what citizens told it; each petition is received as from the citizen's own hand."""

from datetime import date

import pytest

from tests.api.hotline import Hotline, lift, problem_of, receipt_of, received
from xinqiao.intake import queries as intake
from xinqiao.intake.models import Contact
from xinqiao.matters import queries as matters
from xinqiao.people import queries as people
from xinqiao.rules.persons import SYSTEM

REPRESENTATIVES = [{"name": f"代表{number}", "phone": "13800001111"} for number in range(6)]


def matter_of(receipt: dict[str, str]) -> int:
    found = intake.matter_by_code(receipt["number"], receipt["query_code"])
    assert found is not None
    return found


def test_the_receipt_has_all_that_the_citizen_needs(hotline: Hotline) -> None:
    receipt = receipt_of(hotline.sends())
    assert receipt["office"] == "宜秀区信访局"
    assert receipt["subject"] == "电梯停用半年，请求修复"
    assert len(receipt["query_code"]) == 8
    (duty,) = receipt["duties"]
    assert (duty["clock"], duty["label"], duty["article"]) == (
        "register_and_refer",
        "登记转办",
        "22",
    )
    assert date.fromisoformat(duty["due"])
    assert "第22条" in duty["why"][0]


def test_the_petition_waits_for_registration_with_every_word(hotline: Hotline) -> None:
    matter = matter_of(receipt_of(hotline.sends()))
    (entry,) = matters.told(matter)
    assert entry.texts == {
        "subject": "电梯停用半年，请求修复",
        "body": "四月起停用。\n请督促物业修复。",
    }
    assert entry.payload["region"] == "340811101"
    assert entry.payload["kind"] == "claim"
    assert entry.account is None


def test_the_petitioner_is_behind_it_and_masked(hotline: Hotline) -> None:
    receipt = receipt_of(hotline.sends())
    contact = Contact.objects.get(number=receipt["number"])
    (party,) = people.masked_parties([contact.pk])[contact.pk]
    assert party.who.name == "高*"


def test_a_group_names_those_who_speak_for_it(hotline: Hotline) -> None:
    content = lift(head_count=120, representatives=REPRESENTATIVES[:5])
    receipt = receipt_of(hotline.sends(content))
    contact = Contact.objects.get(number=receipt["number"])
    assert contact.head_count == 120
    assert len(people.masked_parties([contact.pk])[contact.pk]) == 6


def test_an_organisation_gives_its_credit_code(hotline: Hotline) -> None:
    petitioner = {
        "kind": "organisation", "name": "某某小区业主委员会", "address": "宜秀区", "id_number": "91340800MA2N000000",
    }  # fmt: skip
    receipt_of(hotline.sends(lift(petitioner=petitioner)))


def test_only_what_must_be_said_has_to_be(hotline: Hotline) -> None:
    content = lift(kind=None, petitioner={"name": "高兰", "address": "宜秀区"})
    receipt = receipt_of(hotline.sends(content))
    sheet = matters.sheet(SYSTEM, matter_of(receipt), Contact.objects.get().recorded_at)
    assert sheet is not None
    assert sheet.line.kind == ""


@pytest.mark.parametrize(
    ("region", "office"), [("340800", "市信访局"), ("340811", "宜秀区信访局"), ("340811101", "宜秀区信访局")]
)  # fmt: skip
def test_the_petition_office_of_the_place_receives_it(
    hotline: Hotline, region: str, office: str
) -> None:
    assert receipt_of(hotline.sends(lift(region=region)))["office"] == office


def test_a_report_about_the_petition_office_goes_to_the_one_above(hotline: Hotline) -> None:
    content = lift(kind="report", about_petition_office=True)
    assert receipt_of(hotline.sends(content))["office"] == "市信访局"


def test_sentences_come_in_the_language_asked_for(hotline: Hotline) -> None:
    hotline.language = "en"
    receipt = receipt_of(hotline.sends())
    assert "art. 22" in receipt["duties"][0]["why"][0].lower()


def test_no_cache_keeps_a_receipt(hotline: Hotline) -> None:
    assert hotline.sends()["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"region": "349999"}, "region", "field_wrong"),
        ({"category": "moon"}, "category", "field_wrong"),
        ({"petitioner": {"name": "高兰", "address": "宜秀区", "phone": "1380000"}}, "petitioner.phone", "phone_length"),
        (
            {"petitioner": {"name": "高兰", "address": "宜秀区", "id_number": "340811198001011231"}},
            "petitioner.id_number", "id_check_digit",
        ),
        (
            {"representatives": [REPRESENTATIVES[0], {"name": "代表", "phone": "电话保密"}]},
            "representatives.1.phone", "phone_characters",
        ),
        ({"petitioner": {"name": "\u200b ", "address": "宜秀区"}}, "petitioner.name", "field_missing"),
        ({"subject": " ", "body": "\n"}, "body", "field_missing"),
    ],
)  # fmt: skip
def test_what_the_office_could_not_use_is_refused_at_its_field(
    hotline: Hotline, changes: dict[str, object], field: str, code: str
) -> None:
    told = problem_of(hotline.sends(lift(**changes)), 422)
    assert (told["field"], told["code"]) == (field, code)
    assert received() == 0
