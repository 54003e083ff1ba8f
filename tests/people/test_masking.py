"""Lists show enough to tell two petitioners apart, and too little to find one."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.people.cast import COMPANY, GAO_LAN, NOW, OUYANG_XUE
from xinqiao.people.actions import remember_many
from xinqiao.people.masking import (
    mask_address,
    mask_id_number,
    mask_name,
    mask_organisation,
    mask_phone,
)
from xinqiao.people.queries import masked
from xinqiao.text.clean import id_check_digit

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
DIGITS = st.characters(min_codepoint=0x30, max_codepoint=0x39)


@pytest.mark.django_db
def test_a_list_shows_its_petitioners_masked() -> None:
    ids = remember_many([GAO_LAN, OUYANG_XUE, COMPANY], now=NOW)
    gao, xue, company = (masked([*ids, 999_999])[one] for one in ids)
    assert (gao.name, gao.phone) == ("高*", "138****1234")
    assert gao.id_number == f"3408************{GAO_LAN.id_number[-2:]}"
    assert gao.address == "安徽省安庆市宜秀区某某镇****"
    assert (xue.name, xue.phone, xue.id_number) == ("欧阳*", "0556****01", "")
    assert (company.name, company.address) == ("安庆****公司", "")
    assert masked([]) == {}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张三", "张*"),
        ("张三丰", "张**"),
        ("欧阳娜娜", "欧阳**"),
        ("欧阳", "欧*"),
        ("张", "*"),
        ("买买提·艾力", "买**"),
        ("John Smith", "J**"),
        ("", ""),
    ],
)
def test_of_a_name_the_surname_is_shown(name: str, shown: str) -> None:
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("安徽省安庆市迎江区某某路12号3栋201", "安徽省安庆市迎江区****"),
        ("桐城市文昌街道和平小区", "桐城市文昌街道****"),
        (
            "新疆维吾尔自治区伊犁哈萨克自治州霍城县某乡一组",
            "新疆维吾尔自治区伊犁哈萨克自治州霍城县某乡****",
        ),
        ("安庆市菜市场旁", "安庆市****"),
        ("怀宁县学府家园东区5号", "怀宁县****"),
        ("幸福小区3栋", "****"),
        ("阳光社区服务站", "****"),
        ("Room 5, 12 Main Street", "****"),
        ("", ""),
    ],
)
def test_of_an_address_only_county_and_township_are_shown(address: str, shown: str) -> None:
    assert mask_address(address) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13812345678", "138****5678"),
        ("05565550101", "0556****01"),
        ("+85212345678", "+852****78"),
        ("5550101", "****01"),
        ("110", "****"),
        ("", ""),
    ],
)
def test_of_a_phone_its_ends_are_shown(phone: str, shown: str) -> None:
    assert mask_phone(phone) == shown


@given(name=st.text(min_size=1))
def test_a_name_is_never_shown_whole(name: str) -> None:
    shown = mask_name(name).rstrip("*")
    assert name.startswith(shown)
    assert len(shown) <= 2
    assert len(shown) < len(name)
    assert mask_name(name).endswith("*")


@given(name=st.text(alphabet=HAN, min_size=1))
def test_at_least_half_of_an_organisation_stays_hidden(name: str) -> None:
    first, last = mask_organisation(name).split("****")
    assert name.startswith(first) and name.endswith(last)
    assert len(first + last) <= min(4, len(name) / 2)


@given(body=st.from_regex(re.compile(r"[1-6][1-5][0-9]{15}", re.ASCII), fullmatch=True))
def test_birth_day_and_serial_of_an_identity_number_stay_hidden(body: str) -> None:
    number = body + id_check_digit(body)
    assert mask_id_number(number) == number[:4] + "*" * 12 + number[16:]


@given(phone=st.text(alphabet=DIGITS, min_size=1, max_size=15))
def test_four_digits_of_a_phone_stay_hidden_or_all(phone: str) -> None:
    first, last = mask_phone(phone).split("****")
    assert phone.startswith(first) and phone.endswith(last)
    assert len(phone) - len(first + last) >= min(4, len(phone))


@given(
    start=st.text(alphabet=HAN, max_size=30),
    end=st.text(alphabet=HAN, max_size=10),
    number=st.integers(1, 999),
)
def test_nothing_from_the_house_number_on_is_shown(start: str, end: str, number: int) -> None:
    shown = mask_address(f"{start}{number}{end}")
    assert shown.endswith("****")
    visible = shown.removesuffix("****")
    assert start.startswith(visible)
    assert not visible or visible[-1] in "省区市州盟县旗镇乡道"


@given(
    estate=st.text(alphabet=HAN, min_size=1, max_size=8),
    kind=st.sampled_from(["小区", "花园", "家园", "社区", "新村"]),
)
def test_the_estate_one_lives_in_is_never_shown_whole(estate: str, kind: str) -> None:
    assert kind not in mask_address(f"安庆市宜秀区{estate}{kind}{3}栋")
