"""Every row becomes a contact or is rejected with all its reasons; none is lost."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake_tables.cast import HEADERS, LI, NOW, WANG
from xinqiao.intake.tables.dates import SHANGHAI
from xinqiao.intake.tables.mapping import ColumnMapping, Field, automatic_mapping
from xinqiao.intake.tables.planning import (
    CHANNELS,
    LIMITS,
    Defaults,
    PlannedContact,
    Rejected,
    planned_contacts,
)
from xinqiao.intake.tables.rows import Row, rows_under
from xinqiao.rules.fields import FIELDS
from xinqiao.text.clean import MAX_TEXT

ALL = ColumnMapping(columns={field: field.value for field in Field})


def plan(*rows: Sequence[str], headers: Sequence[str] = HEADERS) -> list[Any]:
    """What becomes of rows under `headers`, recognised by themselves."""
    table = rows_under(headers, enumerate(rows, 2))
    return list(planned_contacts(table, automatic_mapping(headers), Defaults(), NOW))


def plan_one(**cells: str) -> Any:
    """What becomes of Wang Xiulan's letter with some cells changed, by field name."""
    whole = dict.fromkeys(Field, "") | {
        Field.RECEIVED_AT: "2024-04-25",
        Field.SUBJECT: "路灯不亮",
        Field.BODY: "桂花巷的路灯坏了。",
    }
    row = Row(number=2, cells={**{k.value: v for k, v in whole.items()}, **cells})
    (answer,) = planned_contacts([row], ALL, Defaults(channel="letter"), NOW)
    return answer


def codes(answer: PlannedContact | Rejected) -> list[tuple[str, str]]:
    remarks = answer.flags if isinstance(answer, PlannedContact) else answer.reasons
    return [(remark.column, remark.problem.code) for remark in remarks]


def test_a_letter_as_it_is_registered() -> None:
    wang, li = plan(WANG, LI)
    assert wang == PlannedContact(
        origin=wang.origin,
        received_at=datetime(2024, 4, 25, 9, 32, 9, tzinfo=SHANGHAI),
        source_number="2549",
        petitioner="王秀兰",
        subject="路灯不亮",
        body="桂花巷的路灯坏了一个月。\n晚上看不见路。",
        channel="online",
    )
    assert wang.origin.number == 2
    assert li.whole_day


def test_everything_a_table_can_tell() -> None:
    answer = plan_one(
        phone="138-0013-8000",
        id_number="11010519491231002x",
        address=" 桂花巷\t3号 ",
        place="A市A3区",
        channel="来访",
        category="城乡建设",
        category_3="路灯",
        head_count="５人",
        unit="城管局",
        answer="\n\t已经修好。\n",
        answered_at="2024/5/6 10:00",
    )
    assert answer.flags == ()
    assert (answer.phone, answer.id_number) == ("13800138000", "11010519491231002X")
    assert (answer.address, answer.place) == ("桂花巷 3号", "A市A3区")
    assert (answer.channel, answer.head_count) == ("visit", 5)
    assert answer.categories == ("城乡建设", "路灯")
    assert (answer.answer, answer.unit) == ("已经修好。", "城管局")
    assert answer.answered_at == datetime(2024, 5, 6, 10, tzinfo=SHANGHAI)


def test_what_is_odd_is_flagged_and_kept() -> None:
    answer = plan_one(
        received_at="2027-01-01",
        phone="见信封",
        id_number="110105194912310021",
        channel="托人带话",
        head_count="很多",
        body="路灯\x00坏了",
        answer="已办",
        answered_at="2024-01-01",
    )
    assert sorted(codes(answer)) == [
        ("answered_at", "answer_before_receipt"),
        ("body", "control_removed"),
        ("channel", "channel_unknown"),
        ("head_count", "head_count_unreadable"),
        ("id_number", "id_check_digit"),
        ("phone", "phone_characters"),
        ("received_at", "in_future"),
    ]
    assert (answer.phone, answer.id_number) == ("见信封", "110105194912310021")
    assert (answer.channel, answer.head_count) == ("letter", 1)


def test_an_answer_and_its_date_belong_together() -> None:
    assert codes(plan_one(answer="已办")) == [("answer", "answer_without_date")]
    assert codes(plan_one(answered_at="2024-05-01")) == [
        ("answered_at", "answer_date_without_answer")
    ]
    same_day = plan_one(received_at="2024-04-25 16:00", answer="已办", answered_at="2024-04-25")
    assert same_day.flags == ()


def test_a_letter_without_a_subject_gets_its_first_sentence() -> None:
    assert plan_one(subject="", body="路灯坏了。请修。").subject == "路灯坏了"
    assert plan_one(subject="", body="长" * 100).subject == "长" * 40
    only_subject = plan_one(body="")
    assert only_subject.body == "路灯不亮"
    assert codes(only_subject) == [("body", "body_from_subject")]


def test_a_row_is_rejected_with_all_its_reasons() -> None:
    answer = plan_one(received_at="昨天", subject="长" * 201, answered_at="明天", answer="好")
    assert codes(answer) == [
        ("subject", "cell_too_long"),
        ("received_at", "date_unreadable"),
        ("answered_at", "date_unreadable"),
    ]
    assert codes(plan_one(subject=" ", body="\u200b")) == [("body", "text_missing")]
    assert codes(plan_one(received_at="")) == [("received_at", "date_empty")]


def test_a_text_of_exactly_the_limit_is_taken() -> None:
    assert len(plan_one(body="字" * MAX_TEXT).body) == MAX_TEXT
    assert codes(plan_one(body="字" * (MAX_TEXT + 1))) == [("body", "text_too_long")]


def test_moved_cells_reject_the_row() -> None:
    (answer,) = plan((*WANG, "后面还有"))
    assert codes(answer) == [("", "more_cells_than_headers")]


def test_the_same_row_twice_is_one_contact() -> None:
    first, twice, other = plan(WANG, WANG, (*WANG[:4], "另外一件事。"))
    assert isinstance(first, PlannedContact)
    assert codes(twice) == [("编号", "row_repeated")]
    assert codes(other) == [("编号", "source_number_repeated")]
    assert other.reasons[0].problem.facts == {"number": "2549", "row": "2"}


def test_rows_without_a_number_are_never_taken_for_each_other() -> None:
    unnumbered = ("", *WANG[1:])
    assert all(isinstance(answer, PlannedContact) for answer in plan(unnumbered, unnumbered))


def test_a_rejected_row_does_not_use_up_its_number() -> None:
    bad, good = plan((*WANG[:2], "不详", *WANG[3:]), WANG)
    assert isinstance(bad, Rejected)
    assert isinstance(good, PlannedContact)


def test_the_channels_are_those_of_the_rules() -> None:
    assert set(CHANNELS) == set(FIELDS["channel"].choices)


@pytest.mark.parametrize("code", sorted(CHANNELS))
def test_every_word_for_a_channel_is_known(code: str) -> None:
    for word in CHANNELS[code].split():
        assert plan_one(channel=word.upper()).channel == code


@given(cells=st.fixed_dictionaries({field.value: st.text(max_size=30) for field in Field}))
def test_every_row_gets_an_answer_that_fits(cells: dict[str, str]) -> None:
    row = Row(number=7, cells=cells)
    (answer,) = planned_contacts([row], ALL, Defaults(), NOW)
    if isinstance(answer, Rejected):
        assert answer.row == row
        assert answer.reasons
    else:
        assert answer.body and answer.subject
        assert answer.head_count >= 1
        assert all(len(getattr(answer, field)) <= LIMITS[field] for field in ("address", "phone"))
