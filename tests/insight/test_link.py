"""Links: each message is held against those before it, whatever order they came in, and knows nothing of who wrote."""

import random
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.insight.letters import OTHERS, PLANT, message, town
from xinqiao.insight.linking import find, in_order, writings
from xinqiao.insight.messages import Message
from xinqiao.text.linking.grams import Writing, districts, names, prepare
from xinqiao.text.linking.stream import Candidate


def links(messages: list[Message]) -> set[tuple[str, str]]:
    found = find(messages)
    return {
        (found.messages[n].id, found.messages[one.position].id)
        for n, several in enumerate(found.candidates)
        for one in several
        if one.linked
    }


def candidates(messages: list[Message], number: str) -> list[Candidate]:
    found = find(messages)
    return list(found.candidates[[one.id for one in found.messages].index(number)])


def test_a_matter_is_recognised_by_place_and_issue() -> None:
    assert {new for new, _ in links(town())} == {"101", "102", "103"}


def test_nothing_is_linked_to_what_came_later() -> None:
    at = {one.id: one.at for one in town()}
    found = links(town())
    assert found
    assert all(at[old] < at[new] for new, old in found)  # type: ignore[operator]


def test_what_came_later_changes_no_link_of_before() -> None:
    whole, first = town(), in_order(town())[:5]
    known = {one.id for one in first}
    assert {pair for pair in links(whole) if pair[0] in known} == links(first)


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter_even_for_one_moment(chance: random.Random) -> None:
    same_moment = [replace(one, at=town()[0].at) for one in town()]
    mixed = list(same_moment)
    chance.shuffle(mixed)
    assert links(mixed) == links(same_moment)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(alphabet="甲乙丙丁戊己庚辛壬癸", min_size=4, max_size=30), max_size=12))
def test_messages_that_have_nothing_in_common_change_no_link(unrelated: list[str]) -> None:
    more = [message(900 + n, (text[:8], text), day=n) for n, text in enumerate(unrelated)]
    ours = {one.id for one in town()}
    assert {pair for pair in links(town() + more) if pair[0] in ours} == links(town())


def test_titles_that_name_different_districts_are_never_linked() -> None:
    elsewhere = (
        PLANT[0][0].replace("B2区金鳞湖", "B7区白鹭滩"),
        PLANT[0][1].replace("金鳞湖", "白鹭滩"),
    )
    found = candidates([*town(), message(300, elsewhere, day=20)], "300")
    assert found
    assert any(one.contradicts for one in found)
    assert not any(one.linked for one in found if one.contradicts)


def test_a_writing_has_no_field_for_who_wrote_it() -> None:
    assert {one.name for one in fields(Writing)} == {"id", "title", "body", "at", "place"}
    named = [replace(one, user="the same") for one in town()]
    assert links(named) == links(town())


def test_messages_without_a_time_come_last_and_are_linked_all_the_same() -> None:
    timeless = replace(message(400, PLANT[1]), at=None)
    assert in_order([timeless, *town()])[-1] == timeless
    assert "400" in {new for new, _ in links([timeless, *town()])}


@pytest.mark.parametrize("text", ["", " ", "？！", "a", "好", "\U0001f600" * 5, "字" * 5000])
def test_texts_of_every_kind_are_taken(text: str) -> None:
    strange = [message(500 + n, (text, text), day=n) for n in range(3)]
    assert len(find([*strange, *town()]).candidates) == len(town()) + 3


def test_no_messages_give_no_links() -> None:
    assert find([]).candidates == []


def test_a_road_named_like_a_district_is_none() -> None:
    assert districts("a1区北路与a3区之间") == {"a3区"}
    assert "金鳞湖化工厂" not in names("金鳞湖化工厂")
    assert "金鳞小区" in names("在金鳞小区，靠近12号线")


def test_a_long_letter_is_read_in_its_first_part_only() -> None:
    one = next(iter(writings([message(1, ("题", "长" * 100_000))])))
    assert len(prepare(one).whole) < 10


def test_the_other_letters_are_no_candidates_of_each_other() -> None:
    alone = [message(200 + n, one, day=n) for n, one in enumerate(OTHERS)]
    assert links(alone) == set()
