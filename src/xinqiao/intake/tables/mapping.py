"""Which column is which field of a contact: by the usual headers, or as a mapping file says.

A mapping file is TOML:

    [columns]
    body = "问题描述"
    received_at = "登记日期"

Fields that it does not name are still recognised by their headers; "" leaves one out.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from xinqiao.intake.tables.words import UnusableMapping


class Field(StrEnum):
    """What a row may tell about a contact."""

    SOURCE_NUMBER = "source_number"
    PETITIONER = "petitioner"
    SUBJECT = "subject"
    RECEIVED_AT = "received_at"
    BODY = "body"
    ANSWER = "answer"
    ANSWERED_AT = "answered_at"
    PHONE = "phone"
    ID_NUMBER = "id_number"
    ADDRESS = "address"
    PLACE = "place"
    CHANNEL = "channel"
    CATEGORY = "category"
    CATEGORY_2 = "category_2"
    CATEGORY_3 = "category_3"
    HEAD_COUNT = "head_count"
    UNIT = "unit"


REQUIRED = (Field.RECEIVED_AT, Field.BODY)

_HEADERS: Mapping[Field, str] = {
    Field.SOURCE_NUMBER: (
        "留言编号 编号 信访编号 信访件编号 信访件号 登记编号 工单编号 工单号 诉求编号 件号"
        " number id source_number case_number petition_number"
    ),
    Field.PETITIONER: (
        "留言用户 姓名 信访人 信访人姓名 来信人 来访人 来电人 反映人 诉求人 投诉人 用户 用户名"
        " name petitioner petitioner_name from"
    ),
    Field.SUBJECT: "留言主题 主题 标题 信访标题 诉求标题 事由 subject title",
    Field.RECEIVED_AT: (
        "留言时间 来信时间 来访时间 来电时间 登记时间 信访时间 提交时间 诉求时间 收到时间 时间"
        " 留言日期 来信日期 来访日期 来电日期 登记日期 信访日期 提交日期 收到日期 日期"
        " received received_at received_on date time"
    ),
    Field.BODY: (
        "留言详情 留言内容 内容 详情 信访内容 反映内容 诉求内容 来信内容 来访内容 主要内容 正文"
        " 问题描述 反映问题 body text content details description"
    ),
    Field.ANSWER: "答复意见 答复内容 答复 回复 回复内容 办理结果 answer reply response",
    Field.ANSWERED_AT: (
        "答复时间 回复时间 答复日期 回复日期 answered answered_at answered_on reply_time reply_date"
    ),
    Field.PHONE: (
        "电话 联系电话 电话号码 手机 手机号 手机号码 联系方式 phone telephone mobile phone_number"
    ),
    Field.ID_NUMBER: "身份证 身份证号 身份证号码 证件号 证件号码 公民身份号码 id_number id_card",
    Field.ADDRESS: "地址 住址 家庭住址 联系地址 通讯地址 居住地址 address",
    Field.PLACE: "事发地点 发生地点 事发地 问题属地 属地 地点 place location",
    Field.CHANNEL: "渠道 来源 信访渠道 来源渠道 信访形式 信访方式 channel",
    Field.CATEGORY: (
        "一级分类 一级标签 一级类别 分类 类别 问题类别 信访类别 内容分类 category category_1"
    ),
    Field.CATEGORY_2: "二级分类 二级标签 二级类别 category_2",
    Field.CATEGORY_3: "三级分类 三级标签 三级类别 category_3",
    Field.HEAD_COUNT: "人数 来访人数 信访人数 涉及人数 反映人数 head_count persons",
    Field.UNIT: "责任单位 承办单位 办理单位 答复单位 处理单位 unit handling_unit",
}


def _plain(header: str) -> str:
    """A header without what differs from one file to the next: 留言时间 (必填)* is 留言时间."""
    text = unicodedata.normalize("NFKC", header).casefold()
    return re.sub(r"[(\[【].*?[)\]】]|[\W_]+", "", text)


_FIELD_OF = {_plain(header): field for field, names in _HEADERS.items() for header in names.split()}


@dataclass(frozen=True, kw_only=True)
class ColumnMapping:
    """The header of each field found, and the headers that mean nothing here."""

    columns: Mapping[Field, str]
    unknown: tuple[str, ...] = ()


def automatic_mapping(headers: Sequence[str]) -> ColumnMapping:
    """The fields recognised by the usual headers, Chinese or English.

    Raises `UnusableMapping`: `columns_missing` names what is required and absent,
    `columns_ambiguous` what two columns claim.
    """
    return _completed({}, headers)


def mapping_from_file(path: Path, headers: Sequence[str]) -> ColumnMapping:
    """As the file says; what it does not name is recognised as in `automatic_mapping`.

    Raises `UnusableMapping`, also with `mapping_unreadable`, `mapping_unknown_field`,
    `mapping_unknown_column`, `mapping_wrong_value`.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise UnusableMapping("mapping_unreadable", fault=str(fault)) from fault
    columns = content.get("columns", {})
    named = set(columns) if isinstance(columns, dict) else {"columns"}
    strangers = (set(content) - {"columns"}) | (named - set(Field))
    if strangers:
        raise UnusableMapping(
            "mapping_unknown_field", fields=_list(sorted(strangers)), known=_list(Field)
        )
    return _completed({Field(name): value for name, value in columns.items()}, headers)


def _completed(named: Mapping[Field, object], headers: Sequence[str]) -> ColumnMapping:
    columns = {field: _existing(field, value, headers) for field, value in named.items()}
    taken = set(columns.values())
    for field, found in _recognised(h for h in headers if h not in taken).items():
        if field in columns:
            continue
        if len(found) > 1:
            raise UnusableMapping("columns_ambiguous", field=field.value, headers=_list(found))
        columns[field] = found[0]
    columns = {field: header for field, header in columns.items() if header}
    missing = [field.value for field in REQUIRED if field not in columns]
    if missing:
        raise UnusableMapping("columns_missing", fields=_list(missing), headers=_list(headers))
    used = set(columns.values())
    return ColumnMapping(columns=columns, unknown=tuple(h for h in headers if h not in used))


def _existing(field: Field, value: object, headers: Sequence[str]) -> str:
    if not isinstance(value, str):
        raise UnusableMapping("mapping_wrong_value", field=field.value)
    if value and value not in headers:
        raise UnusableMapping("mapping_unknown_column", header=value, headers=_list(headers))
    return value


def _recognised(headers: Iterable[str]) -> dict[Field, list[str]]:
    found: dict[Field, list[str]] = {}
    for header in headers:
        if field := _FIELD_OF.get(_plain(header)):
            found.setdefault(field, []).append(header)
    return found


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)
