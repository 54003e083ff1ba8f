"""Invented people look like people and can be nobody."""

from datetime import date
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from xinqiao.demo.catalogue import counties, regions, units
from xinqiao.demo.names import Petitioner, official, organisation, person
from xinqiao.text.clean import normal_id_number, normal_phone

TOWN = regions()["340802001"]


def resident(seed: int, ages: tuple[int, int] = (22, 82)) -> Petitioner:
    return person(Random(seed), "1", TOWN, "湖滨社区", ages)


@given(st.integers())
def test_an_identity_number_is_well_formed_and_never_issued(seed: int) -> None:
    who = resident(seed)
    assert normal_id_number(who.id_number, today=date(2026, 1, 1)) == who.id_number
    assert who.id_number[:6] not in {county.code for county in counties()}
    assert who.born is not None
    assert who.id_number[6:14] == f"{who.born:%Y%m%d}"


@given(st.integers())
def test_its_last_but_one_digit_tells_the_sex(seed: int) -> None:
    who = resident(seed)
    assert (int(who.id_number[16]) % 2 == 1) == (who.sex == "male")


@given(st.integers(), st.integers(20, 60))
def test_people_have_the_age_their_subject_asks_for(seed: int, age: int) -> None:
    born = resident(seed, (age, age + 10)).born
    assert born is not None
    assert age - 1 <= 2025 - born.year <= age + 11


@given(st.integers())
def test_a_telephone_number_can_be_read_and_rings_nowhere(seed: int) -> None:
    number = resident(seed).phone
    assert normal_phone(number) == number
    assert number.startswith("164")


def test_a_company_has_no_identity_number() -> None:
    company = organisation(Random(1), "1", TOWN, "湖滨社区")
    assert company.organisation
    assert (company.id_number, company.sex, company.born) == ("", "", None)


def test_the_same_post_has_always_the_same_holder() -> None:
    assert official("anqing-housing", "head") == official("anqing-housing", "head")
    assert official("anqing-housing", "officer", 0) != official("anqing-housing", "officer", 1)


def test_office_telephones_exist_nowhere() -> None:
    for unit in units():
        phone = official(unit, "clerk").phone
        assert phone.startswith("0556-0")
        assert isinstance(normal_phone(phone), str)
