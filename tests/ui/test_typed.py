"""Numbers that anybody may type into an address."""

import pytest
from django.test import RequestFactory

from xinqiao.ui.typed import LAST_PAGE, page_number, whole_number


@pytest.mark.parametrize(
    ("typed", "known"),
    [("7", 7), ("007", 7), ("99999", 99999), ("100000", None), ("", None), ("-1", None), ("1.5", None),
     ("七", None), ("٣", None)],
)  # fmt: skip
def test_only_a_short_whole_number_is_one(typed: str, known: int | None) -> None:
    assert whole_number(typed, 5) == known


@pytest.mark.parametrize(
    ("asked", "page"),
    [("", 1), ("?page=3", 3), ("?page=0", 1), ("?page=x", 1), ("?page=99999", LAST_PAGE), ("?page=100000", 1)],
)  # fmt: skip
def test_a_page_is_one_that_a_list_can_have(asked: str, page: int) -> None:
    assert page_number(RequestFactory().get(f"/{asked}")) == page
