"""Columns are recognised by their usual headers, or named in a mapping file."""

from pathlib import Path

import pytest

from xinqiao.intake.tables.mapping import (
    ColumnMapping,
    Field,
    automatic_mapping,
    mapping_from_file,
)
from xinqiao.intake.tables.words import UnusableMapping

PUBLIC = ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "点赞数")


def fault(raised: pytest.ExceptionInfo[UnusableMapping]) -> tuple[str, dict[str, str]]:
    assert "%" not in str(raised.value)
    return raised.value.problem.code, dict(raised.value.problem.facts)


@pytest.fixture
def mapping_file(tmp_path: Path) -> Path:
    return tmp_path / "mapping.toml"


def test_the_headers_of_a_public_message_board() -> None:
    assert automatic_mapping(PUBLIC) == ColumnMapping(
        columns={
            Field.SOURCE_NUMBER: "留言编号",
            Field.PETITIONER: "留言用户",
            Field.SUBJECT: "留言主题",
            Field.RECEIVED_AT: "留言时间",
            Field.BODY: "留言详情",
        },
        unknown=("点赞数",),
    )


def test_small_differences_do_not_matter() -> None:
    columns = automatic_mapping(
        (" 登记 时间*", "信访内容（必填）", "联系电话：", "Received-At!")[:3]
    )
    assert set(columns.columns) == {Field.RECEIVED_AT, Field.BODY, Field.PHONE}
    english = automatic_mapping(("Received At", "BODY", "Case Number", "Head-count"))
    assert set(english.columns) == {
        Field.RECEIVED_AT,
        Field.BODY,
        Field.SOURCE_NUMBER,
        Field.HEAD_COUNT,
    }


def test_what_is_missing_is_named() -> None:
    with pytest.raises(UnusableMapping) as raised:
        automatic_mapping(("编号", "姓名", "备注"))
    assert fault(raised) == (
        "columns_missing",
        {"fields": "received_at, body", "headers": "编号, 姓名, 备注"},
    )


def test_two_columns_for_one_field_are_not_guessed_between(mapping_file: Path) -> None:
    headers = ("来信时间", "登记时间", "内容")
    with pytest.raises(UnusableMapping) as raised:
        automatic_mapping(headers)
    assert fault(raised) == (
        "columns_ambiguous",
        {"field": "received_at", "headers": "来信时间, 登记时间"},
    )
    mapping_file.write_text('[columns]\nreceived_at = "来信时间"\n', encoding="utf-8")
    mapping = mapping_from_file(mapping_file, headers)
    assert mapping.columns[Field.RECEIVED_AT] == "来信时间"
    assert mapping.unknown == ("登记时间",)


def test_a_mapping_file_names_columns_and_leaves_others_out(mapping_file: Path) -> None:
    mapping_file.write_text('[columns]\nbody = "群众说的话"\nphone = ""\n', encoding="utf-8-sig")
    mapping = mapping_from_file(mapping_file, ("时间", "群众说的话", "电话"))
    assert mapping.columns == {Field.RECEIVED_AT: "时间", Field.BODY: "群众说的话"}
    assert mapping.unknown == ("电话",)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("[columns\n", "mapping_unreadable"),
        ('[columns]\ntext = "内容"\n', "mapping_unknown_field"),
        ('[column]\nbody = "内容"\n', "mapping_unknown_field"),
        ('columns = "内容"\n', "mapping_unknown_field"),
        ('[columns]\nbody = "正文内容"\n', "mapping_unknown_column"),
        ("[columns]\nbody = 5\n", "mapping_wrong_value"),
    ],
)
def test_a_mapping_file_with_a_slip_says_which(mapping_file: Path, content: str, code: str) -> None:
    mapping_file.write_text(content, encoding="utf-8")
    with pytest.raises(UnusableMapping) as raised:
        mapping_from_file(mapping_file, ("时间", "内容"))
    assert fault(raised)[0] == code


def test_a_mapping_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnusableMapping) as raised:
        mapping_from_file(tmp_path / "none.toml", ("时间", "内容"))
    assert fault(raised)[0] == "mapping_unreadable"


def test_one_column_for_two_fields_is_allowed(mapping_file: Path) -> None:
    mapping_file.write_text('[columns]\nbody = "标题"\nsubject = "标题"\n', encoding="utf-8")
    mapping = mapping_from_file(mapping_file, ("时间", "标题"))
    assert mapping.columns[Field.BODY] == mapping.columns[Field.SUBJECT] == "标题"
