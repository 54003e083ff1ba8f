"""A list that goes on beyond a key is read to and fro, one page at a time."""

import pytest
from django.http import QueryDict

from xinqiao.ui.by_key import MOST, neighbours, without_place


def page(address: str) -> QueryDict:
    return QueryDict(address.removeprefix("?"))


def test_the_first_page_has_nothing_before_it() -> None:
    assert neighbours(page("rule=late"), "after", 50) == ("", "?rule=late&after=50")


def test_one_comes_back_the_way_one_went() -> None:
    addresses = ["?rule=late"]
    for key in (50, 100, 150):
        addresses.append(neighbours(page(addresses[-1]), "after", key)[1])
    here = addresses.pop()
    while addresses:
        here = neighbours(page(here), "after")[0]
        assert here == addresses.pop()
    assert neighbours(page(here), "after")[0] == ""


def test_the_last_page_has_nothing_after_it() -> None:
    assert neighbours(page("after=50"), "after")[1] == ""


def test_names_with_dots_are_keys_like_any_other() -> None:
    second = neighbours(page(""), "after", "city-housing.officer")[1]
    third = neighbours(page(second), "after", "city-water.head")[1]
    assert neighbours(page(third), "after")[0] == second


def test_a_long_way_is_remembered_in_part() -> None:
    here = ""
    for key in range(3 * MOST):
        here = neighbours(page(here), "after", key)[1]
    steps = 0
    while here:
        here = neighbours(page(here), "after")[0]
        steps += 1
    assert MOST < steps <= MOST + 2


@pytest.mark.parametrize(
    "typed", ["way=~~~", "after=&way=1~2", "way=" + "9~" * 900, "after=%00&way=%0A"]
)
def test_an_address_that_somebody_made_up_is_no_fault(typed: str) -> None:
    previous, following = neighbours(page(typed), "after", 7)
    assert len(previous) < 2000 and len(following) < 2000


def test_what_narrows_the_list_stays() -> None:
    assert without_place(page("rule=late&after=3&way=1~2"), "after").urlencode() == "rule=late"
