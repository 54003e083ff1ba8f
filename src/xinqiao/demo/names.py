"""Invented people: petitioners with identity numbers nobody can have, and staff with rare names.

Nothing here can be a real person's: identity numbers carry the code of the city itself, which is
never issued (only codes of counties are), mobile numbers a prefix no operator holds, and office
numbers a local part that begins with 0. Staff and leaders get surnames so rare that no official of
the region bears the whole name.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from xinqiao.demo.catalogue import CITY, Region, county_of, regions
from xinqiao.demo.dice import dice
from xinqiao.text.clean import id_check_digit

_MOBILE_PREFIX = "164"
_AREA_CODE = "0556"
_AGES_ON = date(2025, 1, 1)

_SURNAMES = "王李张刘陈杨黄吴汪胡程潘江方朱徐孙何余叶金查章操储鲁聂产夏石丁宋许郑"
_RARE_SURNAMES = "宓邰沃郜郏蒯濮厍鄢祁荆钭逄都容桑芮束蒙戚毋乜暨蔺漆粟"
_YOUNG_SINCE = 1977
_OLD_WOMEN = (
    "桂兰", "秀英", "凤英", "玉珍", "翠花", "桂香", "兰芝", "金枝", "素梅", "月娥", "春花", "腊梅",
    "荷花", "巧云", "爱莲", "菊香", "银珠", "招弟", "水仙", "美玲", "福珍", "早娥", "杏花", "转娣",
)  # fmt: skip
_OLD_MEN = (
    "德发", "长根", "国庆", "建华", "水生", "金林", "学文", "正福", "宝山", "志高", "来喜", "根宝",
    "木林", "火旺", "土生", "大柱", "永贵", "财旺", "春生", "立冬", "满仓", "继红", "和平", "跃进",
)  # fmt: skip
_YOUNG_WOMEN = (
    "婷", "雅琴", "思雨", "倩", "晓燕", "静怡", "梦洁", "丹丹", "若曦", "雨薇", "佳慧", "莎",
    "文静", "玲玲", "楚楚", "欣怡", "露", "秋月", "海棠", "小满", "诗涵", "巧巧", "琪", "媛媛",
)  # fmt: skip
_YOUNG_MEN = (
    "磊", "俊杰", "浩", "志强", "鹏程", "子轩", "伟", "晨阳", "宇航", "凯", "少华", "海波",
    "一鸣", "文博", "家乐", "小军", "龙飞", "世豪", "斌", "振宇", "冬冬", "立群", "超", "安平",
)  # fmt: skip
_STAFF_NAMES = (
    "砚秋", "允和", "望之", "牧野", "怀瑾", "知微", "景行", "若谷", "明夷", "致远",
    "亦舟", "听雨", "守拙", "言蹊", "清越", "子衿", "临川", "若水", "疏影", "问渠",
)  # fmt: skip
_COMPANY_HEADS = ("江禾", "泓泰", "铭筑", "博垒", "晟途", "安禾", "卓禾", "宜坤")
_COMPANY_TAILS = ("建筑工程有限公司", "机电设备有限公司", "农产品有限公司", "新能源有限公司")


@dataclass(frozen=True, kw_only=True)
class Petitioner:
    """A person or an organisation that petitions. `key` names it within one plan.

    `sex` is "female", "male" or "" (an organisation, which has no identity number either).
    """

    key: str
    name: str
    sex: str
    born: date | None
    id_number: str
    phone: str
    address: str
    region: str
    organisation: bool = False


@dataclass(frozen=True, kw_only=True)
class Official:
    """A member of staff: `role` is clerk, officer or head; `phone` the number of the office."""

    unit: str
    role: str
    name: str
    phone: str


def id_number(rng: Random, born: date, sex: str) -> str:
    """An identity number of right form that is nobody's."""
    sequence = rng.randrange(1, 499) * 2 + (sex == "male")
    body = f"{CITY}{born:%Y%m%d}{sequence:03d}"
    return body + id_check_digit(body)


def mobile(rng: Random) -> str:
    """A mobile number of right form under a prefix that no operator holds."""
    return f"{_MOBILE_PREFIX}{rng.randrange(10**8):08d}"


def office_phone(name: str) -> str:
    """The telephone of an office, the same for the same name; its local part exists nowhere."""
    return f"{_AREA_CODE}-0{dice(name).randrange(10**6):06d}"


def address(rng: Random, region: Region, spot: str) -> str:
    """A postal address in a township: `spot` is the invented village or community."""
    county = regions()[county_of(region.code) or region.code].name
    if spot.endswith("村"):
        return f"{county}{region.name}{spot}{rng.choice('一二三四五六七八九')}组"
    return f"{county}{region.name}{spot}{rng.randrange(1, 40)}栋{rng.randrange(101, 1804)}室"


def person(rng: Random, key: str, region: Region, spot: str, ages: tuple[int, int]) -> Petitioner:
    """A grown-up of about these ages (low, high) who lives in `spot` of a township."""
    sex = rng.choice(("female", "male"))
    born = _AGES_ON - timedelta(days=rng.randrange(ages[0] * 366, ages[1] * 366))
    return Petitioner(
        key=key,
        name=rng.choice(_SURNAMES) + rng.choice(_given_names(sex, born.year)),
        sex=sex,
        born=born,
        id_number=id_number(rng, born, sex),
        phone=mobile(rng),
        address=address(rng, region, spot),
        region=region.code,
    )


def anew(rng: Random, other: Petitioner) -> Petitioner:
    """Somebody else in the place of a petitioner: of the same kind, age and address, with other name and numbers."""
    if other.organisation or other.born is None:
        name = rng.choice(_COMPANY_HEADS) + rng.choice(_COMPANY_TAILS)
        return replace(other, name=name, phone=mobile(rng))
    return replace(
        other,
        name=rng.choice(_SURNAMES) + rng.choice(_given_names(other.sex, other.born.year)),
        id_number=id_number(rng, other.born, other.sex),
        phone=mobile(rng),
    )


def _given_names(sex: str, born: int) -> Sequence[str]:
    """Names have their generations."""
    if sex == "female":
        return _OLD_WOMEN if born < _YOUNG_SINCE else _YOUNG_WOMEN
    return _OLD_MEN if born < _YOUNG_SINCE else _YOUNG_MEN


def organisation(rng: Random, key: str, region: Region, spot: str) -> Petitioner:
    """A small company that petitions."""
    return Petitioner(
        key=key,
        name=rng.choice(_COMPANY_HEADS) + rng.choice(_COMPANY_TAILS),
        sex="",
        born=None,
        id_number="",
        phone=mobile(rng),
        address=address(rng, region, spot),
        region=region.code,
        organisation=True,
    )


def official(unit: str, role: str, index: int = 0) -> Official:
    """The `index`-th clerk, officer or head of a unit: the same whenever it is asked for."""
    rng = dice(unit, role, index)
    name = rng.choice(_RARE_SURNAMES) + rng.choice(_STAFF_NAMES)
    return Official(unit=unit, role=role, name=name, phone=office_phone(unit))
