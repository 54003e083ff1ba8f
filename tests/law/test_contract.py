"""The published contract: its examples where they are at hand, and what it refuses to read."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinqiao.law.calendar import published
from xinqiao.law.contract import answer
from xinqiao.law.errors import BadEvent, LawError, NoLawInForce
from xinqiao.law.events import (
    ALL_EVENTS,
    CONTRACT_EVENTS,
    INTERNAL_EVENTS,
    EventType,
    parse_event,
    parse_events,
    read_ledger,
)

EXAMPLES = Path(__file__).parents[3] / "shared" / "design" / "clock-examples.json"
RECEIVED = {"type": "received", "at": "2026-03-02T09:00:00+08:00", "by": "organ"}
DROP = object()


def test_the_examples_of_the_contract_come_out_as_written():
    if not EXAMPLES.exists():
        pytest.skip(f"the examples of the contract are not beside this checkout: {EXAMPLES.name}")
    for example in json.loads(EXAMPLES.read_text(encoding="utf-8")):
        found = answer(example["input"], calendar=published())
        listed = [{key: clock[key] for key in clock if key in KEYS} for clock in found["clocks"]]
        assert {"law": found["law"], "clocks": listed} == {
            "law": example["law"],
            "clocks": example["clocks"],
        }


KEYS = ("id", "start", "due", "state", "met_on", "days_left", "article")


def test_an_answer_has_the_shape_of_the_contract():
    found = answer({"as_of": "2026-03-04", "events": [RECEIVED]}, calendar=published())
    assert found == {
        "law": "R2022",
        "clocks": [
            {
                "id": "notify_direct",
                "start": "2026-03-02",
                "due": "2026-03-17",
                "state": "running",
                "met_on": None,
                "days_left": 13,
                "article": "23",
                "provisional": False,
                "why": [
                    "《信访工作条例》第23条：自机关、单位直接收到信访事项之日起15日内"
                    "书面告知信访人接收情况、处理途径和程序；2026-03-02为第0日，第15日为2026-03-17。"
                ],
            }
        ],
    }


def test_the_platforms_own_events_are_not_in_the_contract():
    assert {"settled", "withdrawn", "remanded"} == INTERNAL_EVENTS
    assert CONTRACT_EVENTS | INTERNAL_EVENTS == ALL_EVENTS == set(EventType)
    for kind in INTERNAL_EVENTS:
        raw = {"type": kind, "at": "2026-03-02T09:00:00+08:00"}
        assert parse_event(raw, types=ALL_EVENTS).type is kind
        with pytest.raises(BadEvent) as refusal:
            parse_event(raw)
        assert refusal.value.code.startswith("event_unknown_type")


def test_events_at_one_instant_keep_the_order_given():
    same = "2026-03-03T09:00:00+08:00"
    lines = [
        RECEIVED,
        {"type": "accepted", "at": same, "procedure": "ordinary"},
        {"type": "opinion_issued", "at": same},
        {"type": "opinion_delivered", "at": same},
    ]
    found = answer({"as_of": "2026-03-04", "events": lines}, calendar=published())
    assert [clock["id"] for clock in found["clocks"]] == [
        "notify_direct",
        "handle",
        "request_review",
    ]


def test_clocks_that_start_at_one_instant_come_in_the_order_of_the_table():
    at = "2026-03-03T09:00:00+08:00"
    lines = [
        RECEIVED,
        {"type": "urgent_noticed", "at": at},
        {"type": "recommended", "at": at, "id": 7},
        {"type": "referred", "at": at, "mode": "assign", "report_by": "2026-04-03"},
    ]
    found = answer({"as_of": "2026-03-04", "events": lines}, calendar=published())
    assert [clock["id"] for clock in found["clocks"]] == [
        "notify_direct",
        "notify_referred",
        "object",
        "report_back",
        "recommendation_feedback",
        "urgent_report",
    ]


def test_fields_that_no_clock_reads_are_left_alone():
    event = parse_event({**RECEIVED, "note": "来信编号 12", "mode": "transfer"})
    assert (event.by, event.mode) == ("organ", None)
    at = "2026-03-03T09:00:00+08:00"
    moved = {"type": "referred", "at": at, "mode": "transfer", "report_by": "2026-04-03"}
    assert parse_event(moved).report_by is None


@pytest.mark.parametrize("id_given", [12, "12"])
def test_a_recommendation_is_known_by_number_or_text(id_given):
    raw = {"type": "recommended", "at": "2026-03-03T09:00:00Z", "id": id_given, "within": None}
    assert (parse_event(raw).id, parse_event(raw).within) == ("12", None)


@pytest.mark.parametrize(
    ("kind", "changes", "code"),
    [
        ("received", {"type": DROP}, "event_no_type"),
        ("received", {"type": "recieved"}, "event_unknown_type_near"),
        ("received", {"type": 12}, "event_unknown_type"),
        ("received", {"type": ["received"]}, "event_unknown_type"),
        ("received", {"by": DROP}, "event_missing_field"),
        ("received", {"by": "police"}, "event_bad_field"),
        ("received", {"by": {}}, "event_bad_field"),
        ("received", {"at": DROP}, "event_missing_field"),
        ("received", {"at": "2026-03-02T09:00:00"}, "event_no_offset"),
        ("received", {"at": "2026-03-02"}, "event_no_offset"),
        ("received", {"at": "2026-02-30T09:00:00+08:00"}, "event_bad_field"),
        ("received", {"at": "0001-01-01T00:00:00+14:00"}, "event_bad_field"),
        ("received", {"at": "9999-12-31T23:59:59-14:00"}, "event_bad_field"),
        ("received", {"at": 1772413200}, "event_bad_field"),
        ("received", {"at": "yesterday\n"}, "event_bad_field"),
        ("referred", {"mode": "mail"}, "event_bad_field"),
        ("referred", {"report_by": DROP}, "event_missing_field"),
        ("referred", {"report_by": "soon"}, "event_bad_field"),
        ("referred", {"report_by": "20260403"}, "event_bad_field"),
        ("referred", {"report_by": "2026-W14-5"}, "event_bad_field"),
        ("referred", {"report_by": "2026-03-02"}, "event_bad_field"),
        ("referred", {"report_by": "9999-12-31"}, "event_bad_field"),
        ("accepted", {"procedure": DROP}, "event_missing_field"),
        ("accepted", {"procedure": "quick"}, "event_bad_field"),
        ("extended", {"days": DROP}, "event_missing_field"),
        ("extended", {"days": 0}, "event_bad_field"),
        ("extended", {"days": -5}, "event_bad_field"),
        ("extended", {"days": "30"}, "event_bad_field"),
        ("extended", {"days": 30.0}, "event_bad_field"),
        ("extended", {"days": True}, "event_bad_field"),
        ("recommended", {"id": DROP}, "event_missing_field"),
        ("recommended", {"id": ""}, "event_bad_field"),
        ("recommended", {"id": 1.5}, "event_bad_field"),
        ("recommended", {"within": 0}, "event_bad_field"),
        ("recommended", {"within": 10**30}, "event_bad_field"),
        ("recommended", {"within": "30"}, "event_bad_field"),
        ("recommendation_answered", {"id": DROP}, "event_missing_field"),
    ],
)
def test_an_event_that_is_not_well_written_is_refused(kind, changes, code):
    whole = {
        "type": kind,
        "at": "2026-03-03T09:00:00+08:00",
        "by": "organ",
        "mode": "assign",
        "report_by": "2026-04-03",
        "procedure": "ordinary",
        "days": 10,
        "id": "1",
    }
    raw = {key: value for key, value in {**whole, **changes}.items() if value is not DROP}
    with pytest.raises(BadEvent) as refusal:
        parse_events([RECEIVED, raw])
    assert refusal.value.code == code
    for lang in ("zh", "en"):
        said = refusal.value.say(lang)
        assert "2" in said
        assert said.isprintable()
        assert "R2022" in said or "信访工作条例" in said


def test_thirty_one_days_are_refused_by_the_law_and_not_by_the_reader():
    raw = {"type": "extended", "at": "2026-03-03T09:00:00+08:00", "days": 10**30}
    accepted = {"type": "accepted", "at": "2026-03-02T10:00:00+08:00", "procedure": "ordinary"}
    with pytest.raises(ValueError, match="at most 30") as refusal:
        answer({"as_of": "2026-03-04", "events": [RECEIVED, accepted, raw]}, calendar=published())
    assert refusal.value.code == "order_too_long"


def test_the_article_named_is_that_of_the_law_the_ledger_began_under():
    old = {**RECEIVED, "at": "2019-03-04T09:00:00+08:00"}
    bad = {"type": "extended", "at": "2019-03-05T09:00:00+08:00", "days": 0}
    for receipt, cited in ((old, "《信访条例》第33条"), (RECEIVED, "《信访工作条例》第34条")):
        with pytest.raises(BadEvent) as refusal:
            read_ledger({"as_of": "2026-03-04", "events": [bad, receipt]})
        assert cited in refusal.value.say("zh")


@pytest.mark.parametrize(
    "receipt", [{"at": "2004-03-04T09:00:00+08:00"}, {"at": "soon"}, {"at": None}, {}]
)
def test_a_faulty_ledger_whose_law_is_unknown_cites_the_law_of_today(receipt):
    bad = {"type": "extended", "at": "2019-03-05T09:00:00+08:00", "days": 0}
    with pytest.raises(BadEvent) as refusal:
        read_ledger({"as_of": "2026-03-04", "events": [bad, {"type": "received", **receipt}, 1]})
    assert "《信访工作条例》第34条" in refusal.value.say("zh")


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ([], "ledger_not_object"),
        ("2026-03-04", "ledger_not_object"),
        (None, "ledger_not_object"),
        ({"as_of": "2026-03-04"}, "ledger_no_events"),
        ({"as_of": "2026-03-04", "events": {}}, "ledger_no_events"),
        ({"as_of": "2026-03-04", "events": "received"}, "ledger_no_events"),
        ({"events": [RECEIVED]}, "ledger_bad_as_of"),
        ({"as_of": 20260304, "events": [RECEIVED]}, "ledger_bad_as_of"),
        ({"as_of": "2026-02-30", "events": [RECEIVED]}, "ledger_bad_as_of"),
        ({"as_of": "2026-03-04T00:00:00+08:00", "events": [RECEIVED]}, "ledger_bad_as_of"),
        ({"as_of": "2026-03-04", "events": []}, "ledger_no_receipt"),
        ({"as_of": "2026-03-04", "events": [[RECEIVED]]}, "event_not_object"),
        ({"as_of": "2026-03-04", "events": [None]}, "event_not_object"),
    ],
)
def test_what_is_no_ledger_is_refused(raw, code):
    with pytest.raises(BadEvent) as refusal:
        answer(raw, calendar=published())
    assert refusal.value.code == code


WORDS = st.sampled_from([*EventType, "as_of", "transfer", "assign", "simple", "organ"])
TIMES = st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | WORDS | TIMES
ANYTHING = st.recursive(
    LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text() | WORDS, inner), max_leaves=8
)
FIELDS = ("type", "at", "by", "mode", "report_by", "procedure", "days", "id", "within")
SOMETHING_LIKE_AN_EVENT = st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, ANYTHING)) | (
    st.fixed_dictionaries({"type": st.sampled_from(EventType), "at": TIMES, "days": st.integers()})
)


@given(
    st.one_of(
        ANYTHING,
        st.fixed_dictionaries({"as_of": ANYTHING, "events": ANYTHING}),
        st.fixed_dictionaries(
            {"as_of": st.just("2026-03-04"), "events": st.lists(SOMETHING_LIKE_AN_EVENT)}
        ),
    )
)
def test_whatever_is_given_is_answered_or_refused_in_one_line(raw):
    try:
        assert answer(raw, calendar=published())["law"] in {"R2005", "R2022"}
    except LawError as refusal:
        assert refusal.say("zh").isprintable()


def test_what_is_nested_too_deeply_to_be_quoted_is_still_refused():
    deep: list = []
    for _ in range(sys.getrecursionlimit()):
        deep = [deep]
    with pytest.raises(BadEvent) as refusal:
        answer({"as_of": "2026-03-04", "events": [{"type": deep}]}, calendar=published())
    assert refusal.value.code == "event_unknown_type"


def test_a_receipt_before_any_law_is_refused():
    early = {**RECEIVED, "at": "2005-04-30T23:59:59+08:00"}
    with pytest.raises(NoLawInForce):
        answer({"as_of": "2026-03-04", "events": [early]}, calendar=published())
