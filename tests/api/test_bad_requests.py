"""Whatever a program sends: a problem in words and with a code, and nothing stored."""

import json
from typing import Any

import pytest
from django.db import OperationalError

from tests.api.hotline import LIFT, Hotline, lift, problem_of, receipt_of, received
from xinqiao.text.clean import MAX_TEXT

PERSON = LIFT["petitioner"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 422, "field_missing"),
        (b"{", 400, "not_json"),
        (b"\xff\xfe{}", 400, "not_json"),
        (b'{"subject": "\xed\xa0\x80"}', 400, "not_json"),
        (b'{"subject": "\\ud800"}', 400, "not_json"),
        (b'{"head_count": NaN}', 400, "not_json"),
        (b"[" * 100_000, 400, "not_json"),
        (b'{"head_count": ' + b"9" * 10_000 + b"}", 400, "not_json"),
        (b"[]", 422, "field_wrong"),
        (b"null", 422, "field_wrong"),
        (b'"words"', 422, "field_wrong"),
        (b" " * 6_000_000, 413, "body_too_large"),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_a_body_that_is_no_petition(hotline: Hotline, body: bytes, status: int, code: str) -> None:
    assert problem_of(hotline.sends(body), status)["code"] == code
    assert received() == 0


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"subject": None}, "subject", "field_missing"),
        ({"subject": ""}, "subject", "field_missing"),
        ({"subject": "长" * 201}, "subject", "field_too_long"),
        ({"subject": 5}, "subject", "field_wrong"),
        ({"body": "停\0用"}, "body", "field_characters"),
        ({"body": "长" * (MAX_TEXT + 1)}, "body", "field_too_long"),
        ({"body": ["停用"]}, "body", "field_wrong"),
        ({"region": 340811}, "region", "field_wrong"),
        ({"region": "'; drop"}, "region", "field_wrong"),
        ({"kind": "complaint"}, "kind", "field_wrong"),
        ({"channel": "visit"}, "channel", "field_wrong"),
        ({"head_count": 0}, "head_count", "number_out_of_range"),
        ({"head_count": 10**30}, "head_count", "number_out_of_range"),
        ({"head_count": "3"}, "head_count", "field_wrong"),
        ({"head_count": 2.5}, "head_count", "field_wrong"),
        ({"head_count": True}, "head_count", "field_wrong"),
        ({"petitioner": "高兰"}, "petitioner", "field_wrong"),
        ({"petitioner": {"name": "高兰"}}, "petitioner.address", "field_missing"),
        ({"petitioner": PERSON | {"name": "高\0兰"}}, "petitioner.name", "field_characters"),
        ({"petitioner": PERSON | {"risk": "high"}}, "petitioner.risk", "field_unknown"),
        ({"representatives": [{}]}, "representatives.0.name", "field_missing"),
        ({"representatives": [{"name": "代表"}] * 6}, "representatives", "too_many_representatives"),
        ({"level": "nation"}, "level", "field_unknown"),
    ],
)  # fmt: skip
def test_a_field_that_does_not_fit_is_named(
    hotline: Hotline, changes: dict[str, Any], field: str, code: str
) -> None:
    content = {name: value for name, value in (LIFT | changes).items() if value is not None}
    told = problem_of(hotline.sends(json.dumps(content).encode()), 422)
    assert (told["field"], told["code"]) == (field, code)
    assert received() == 0


def test_all_faults_are_told_at_once_and_not_without_end(hotline: Hotline) -> None:
    told = problem_of(hotline.sends({f"field{number}": 1 for number in range(1000)}), 422)
    assert told["errors"][0]["field"] == "subject"
    assert len(told["errors"]) == 20


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (None, "request_key_missing"),
        ("", "request_key_wrong"),
        ("short", "request_key_wrong"),
        ("with some spaces in it", "request_key_wrong"),
        ("k" * 201, "request_key_wrong"),
        ("k" * 100_000, "request_key_wrong"),
        ("钥匙" * 10, "request_key_wrong"),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_a_key_that_is_no_key(hotline: Hotline, key: str | None, code: str) -> None:
    told = problem_of(hotline.sends(key=key), 422)
    assert (told["field"], told["code"]) == ("Idempotency-Key", code)
    assert received() == 0


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml",
        "application/json; charset=gbk", "nonsense",
    ],
)  # fmt: skip
def test_another_type_of_content_is_refused(hotline: Hotline, kind: str) -> None:
    body = json.dumps(LIFT).encode()
    told = problem_of(hotline.sends(body, **{"Content-Type": kind}), 415)
    assert told["code"] == "not_json_type"
    assert received() == 0


def test_utf_8_may_be_named(hotline: Hotline) -> None:
    body = json.dumps(LIFT).encode()
    receipt_of(hotline.sends(body, **{"Content-Type": "application/json; charset=UTF-8"}))


@pytest.mark.parametrize(
    ("method", "address", "allowed"),
    [("get", "contacts", "POST"), ("delete", "contacts", "POST"), ("put", "contacts/20260317-482915-6", "GET")],
)  # fmt: skip
def test_another_method_is_refused_with_the_right_one(
    hotline: Hotline, method: str, address: str, allowed: str
) -> None:
    answer = getattr(hotline.client, method)(f"/api/v1/{address}")
    assert problem_of(answer, 405)["code"] == "other_method"
    assert answer["Allow"] == allowed


@pytest.mark.parametrize("address", ["contacts/", "contacts/1/2", "matters", "%00"])
def test_an_address_with_nothing_behind_it(hotline: Hotline, address: str) -> None:
    answer = hotline.client.post(f"/api/v1/{address}", LIFT, content_type="application/json")
    assert answer.status_code in {404, 405}
    assert answer["Content-Type"] == "application/problem+json"


def test_why_not_is_said_in_the_language_asked_for(hotline: Hotline) -> None:
    hotline.language = "en-GB"
    told = problem_of(hotline.sends(lift(petitioner={"name": "高兰"})), 422)
    assert told["detail"].endswith("(art. 19)")
    assert told["article"] == "19"
    hotline.language = "zh-CN"
    assert (
        "条例第19条" in problem_of(hotline.sends(lift(petitioner={"name": "高兰"})), 422)["detail"]
    )


def test_a_fault_of_ours_is_a_problem_without_a_trace_of_the_code(
    hotline: Hotline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xinqiao.api.submitting.receive", _breaks)
    answer = hotline.sends()
    assert problem_of(answer, 500)["code"] == "server_fault"
    assert "hidden" not in answer.content.decode()


def test_a_busy_database_asks_to_try_again(
    hotline: Hotline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xinqiao.api.submitting.receive", _is_busy)
    answer = hotline.sends()
    assert problem_of(answer, 503)["code"] == "try_again"
    assert answer["Retry-After"] == "1"


def _breaks(*args: Any, **kwargs: Any) -> None:
    raise ValueError("hidden")


def _is_busy(*args: Any, **kwargs: Any) -> None:
    raise OperationalError("database is locked")
