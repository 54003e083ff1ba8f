"""The line broke before the receipt came: the hotline sends again, and nothing is registered twice."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.api.hotline import KEY, LIFT, Hotline, lift, problem_of, receipt_of, received
from tests.support.city_database import forget_cached_directory, load_city
from tests.support.together import together
from xinqiao.api.keys import mark_of, query_code_of
from xinqiao.api.shapes import ContactIn
from xinqiao.intake.models import Contact


def test_the_same_request_gets_the_same_receipt_and_makes_no_second_contact(
    hotline: Hotline,
) -> None:
    first = receipt_of(hotline.sends())
    again = receipt_of(hotline.sends(), 200)
    assert again == first
    assert received() == 1


def test_the_same_content_may_be_written_otherwise(hotline: Hotline) -> None:
    first = receipt_of(hotline.sends())
    written = json.dumps(dict(reversed(LIFT.items())) | {"head_count": 1}, indent=3)
    assert receipt_of(hotline.sends(written.encode()), 200) == first


def test_other_content_under_a_used_key_is_refused_and_the_code_stays_unsaid(
    hotline: Hotline,
) -> None:
    first = receipt_of(hotline.sends())
    answer = hotline.sends(lift(body="四月起停用。"))
    assert problem_of(answer, 422)["code"] == "request_key_used"
    assert first["query_code"] not in answer.content.decode()
    assert first["number"] not in answer.content.decode()
    assert received() == 1


def test_the_same_content_under_another_key_is_another_contact(hotline: Hotline) -> None:
    first, second = receipt_of(hotline.sends()), receipt_of(hotline.sends(key=KEY + "-2"))
    assert first["number"] != second["number"]
    assert first["query_code"] != second["query_code"]


def test_a_refused_request_leaves_its_key_free(hotline: Hotline) -> None:
    problem_of(hotline.sends(lift(region="349999")), 422)
    receipt_of(hotline.sends())


def test_neither_the_key_nor_the_query_code_is_stored(hotline: Hotline) -> None:
    code = receipt_of(hotline.sends())["query_code"]
    (row,) = Contact.objects.values()
    assert KEY not in str(row)
    assert code not in str(row)


def test_sent_four_times_at_once_it_is_one_contact_with_one_receipt(committed_db: None) -> None:
    forget_cached_directory()
    load_city()
    answers = together([Hotline().sends] * 4)
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]  # type: ignore[union-attr]
    assert len({answer.json()["query_code"] for answer in answers}) == 1  # type: ignore[union-attr]
    assert received() == 1


KEYS = st.from_regex("[!-~]{16,200}", fullmatch=True)


@given(
    key=KEYS,
    other=KEYS,
    words=st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1),
)
def test_key_and_content_alone_give_the_code(key: str, other: str, words: str) -> None:
    content = ContactIn.model_validate(lift(body=words)).canonical()
    assert query_code_of(key, content) == query_code_of(key, content)
    assert query_code_of(key, content) != query_code_of(key, content + b" ")
    assert (query_code_of(key, content) == query_code_of(other, content)) == (key == other)
    assert (mark_of(key) == mark_of(other)) == (key == other)


@pytest.mark.parametrize("field", ["subject", "body", "region", "kind", "petitioner"])
def test_every_field_belongs_to_the_content(field: str) -> None:
    other = {
        "subject": "别的", "body": "别的", "region": "340811", "kind": "suggestion",
        "petitioner": LIFT["petitioner"] | {"phone": ""},
    }  # fmt: skip
    changed = ContactIn.model_validate(lift(**{field: other[field]})).canonical()
    assert changed != ContactIn.model_validate(lift()).canonical()
