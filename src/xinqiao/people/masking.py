"""How much of a person every list shows: enough to tell two apart, too little to find one."""

import re

from xinqiao.people.values import Clear, Masked, PetitionerKind

_DOUBLE_SURNAMES = """
欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶
太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良
漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 梁丘 左丘 东门
西门 第五 纳兰 完颜
"""
_TWO_CHARACTERS = frozenset(_DOUBLE_SURNAMES.split())
_HIDDEN = "****"


def mask(someone: Clear) -> Masked:
    """The masked form of a petitioner."""
    is_person = someone.kind is PetitionerKind.PERSON
    return Masked(
        id=someone.id,
        kind=someone.kind,
        name=mask_name(someone.name) if is_person else mask_organisation(someone.name),
        id_number=mask_id_number(someone.id_number),
        phone=mask_phone(someone.phone),
        address=mask_address(someone.address),
        forgotten=someone.forgotten,
    )


def mask_name(name: str) -> str:
    """The surname, and one or two stars: 张*, 欧阳**, 买**."""
    if len(name) < 2:
        return "*" * len(name)
    shown = 2 if len(name) > 2 and name[:2] in _TWO_CHARACTERS else 1
    return name[:shown] + "*" * min(2, len(name) - shown)


def mask_organisation(name: str) -> str:
    """At most two characters at each end, and never more than half: 安庆****公司."""
    ends = min(2, len(name) // 4)
    if not name:
        return ""
    return name[:ends] + _HIDDEN + name[len(name) - ends :]


def mask_id_number(number: str) -> str:
    """The first four and the last two places: 3408************34."""
    if len(number) < 12:
        return _HIDDEN if number else ""
    return number[:4] + "*" * (len(number) - 6) + number[-2:]


def mask_phone(phone: str) -> str:
    """138****1234 for a mobile number; less of a shorter one."""
    if len(phone) == 11 and phone.startswith("1"):
        return phone[:3] + _HIDDEN + phone[-4:]
    if len(phone) >= 10:
        return phone[:4] + _HIDDEN + phone[-2:]
    if len(phone) >= 7:
        return _HIDDEN + phone[-2:]
    return _HIDDEN if phone else ""


# A part whose name holds one of these may be a street, a village or an estate: it stays hidden.
_CHAR = r"(?:(?![路街巷弄号栋幢楼室院村组社小厂园苑庭里店])[\u4e00-\u9fff])"
_PARTS = re.compile(
    rf"(?:{_CHAR}{{2,8}}?(?:省|自治区|特别行政区))?"
    rf"(?:{_CHAR}{{1,10}}?(?:自治州|地区|盟|市(?!场)))?"
    rf"(?:{_CHAR}{{1,10}}?(?:县|旗|区|市(?!场)))?"
    rf"(?:{_CHAR}{{1,6}}?(?:镇|乡|街道))?"
)


def mask_address(address: str) -> str:
    """Down to the county or township, as far as it can be told: 安徽省安庆市宜秀区某某镇****."""
    if not address:
        return ""
    shown = _PARTS.match(address)
    return (shown[0] if shown else "") + _HIDDEN
