"""Gao Lan and Ouyang Xue bring matters, a company too; Wang of the petition office looks."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from xinqiao.people.values import PersonInput, PetitionerKind
from xinqiao.text.clean import id_check_digit

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=40)
WANG = 7
MATTER = 41


def id_number(first_seventeen: str) -> str:
    """A whole identity number that nobody can have: no such county is in its region code."""
    return first_seventeen + id_check_digit(first_seventeen)


GAO_LAN = PersonInput(
    name="高兰",
    id_number=id_number("34089919800101123"),
    phone="13800001234",
    address="安徽省安庆市宜秀区某某镇某村一组",
)
GAO_LAN_SPELLED_OTHERWISE = PersonInput(
    name=" 高　兰 ",
    id_number=f" {GAO_LAN.id_number[:6]} {GAO_LAN.id_number[6:]} ",
    phone="+86 １３８-0000-１２３４",
    address=GAO_LAN.address,
)
OUYANG_XUE = PersonInput(name="欧阳雪", phone="0556 5550101", address="太湖县某某乡")
COMPANY = PersonInput(
    name="安庆市某某物业有限公司",
    kind=PetitionerKind.ORGANISATION,
    id_number="91340899MA2N00000X",
    phone="13900005678",
)


def neighbour(number: int) -> PersonInput:
    """One of many people of Gao Lan's village, each with a phone of their own."""
    return replace(GAO_LAN, name=f"高{chr(0x4E00 + number)}", id_number="", phone=f"137{number:08}")
