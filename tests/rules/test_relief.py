"""The rules of the hardship fund: the table of a request, who approves which amount, the books as values."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.city import person
from tests.support.story import accepted, concluded, received
from xinqiao.rules.glossary import words
from xinqiao.rules.money import in_fen, in_yuan, yuan
from xinqiao.rules.relief import (
    BY_NAME,
    MOVES,
    OPEN,
    STEPS,
    Asked,
    Attempt,
    Hand,
    State,
    UnusableLimits,
    default_limits,
    may,
    months_before,
    read_limits,
)
from xinqiao.rules.relief_books import (
    CREDIT_SIDE,
    DEBIT_SIDE,
    OF_BUDGET,
    SOURCES,
    TRANSFERS,
    Account,
    Balances,
    Kind,
    after,
    short_of,
    transfer,
)
from xinqiao.rules.table import STEPS as TABLE

TODAY = date(2026, 3, 2)
GOOD = """
source_zh = "本地办法"
source_en = "Measures of the place"
same_need_months = 6
[[level]]
up_to_fen = 100
approvals = ["office_head"]
[[level]]
approvals = ["office", "government_head"]
"""


def asked(state: State = State.REQUESTED, **other: object) -> Asked:
    given: dict[str, object] = {
        "state": state, "amount": 100, "unit": "city-housing", "office": "city-petition",
        "government": "city-government", "approvals": (Hand.OFFICE, Hand.OFFICE_HEAD),
    } | other  # fmt: skip
    return Asked(**given)  # type: ignore[arg-type]


def code(name: str, who: str, request: Asked, **fields: object) -> str:
    refusal = may(name, Attempt(asked=request, person=person(who), today=TODAY, fields=fields))
    return refusal.code if refusal else ""


def test_every_state_is_reached_and_every_end_is_an_end() -> None:
    reached = {State.REQUESTED, *(move.end for move in MOVES), State.RETURNED}
    assert reached == set(State)
    going_on = {state for move in MOVES for state in move.start}
    assert set(State) - going_on == {State.REFUSED, State.DROPPED, State.RETURNED}
    assert going_on >= OPEN


def test_each_move_is_a_step_on_the_ledger_under_article_37() -> None:
    assert set(TABLE) >= STEPS
    for name in STEPS:
        assert TABLE[name].article == "37"
        assert TABLE[name].end is None, "help changes nothing about the petition"
        assert TABLE[name].law == (), "and moves no clock"


def test_the_first_of_two_checks_and_the_last_approves() -> None:
    two = asked()
    assert code("check_relief", "wangmin", two) == ""
    assert code("approve_relief", "zhaogang", two) == "relief_other_approval"
    one = asked(State.CHECKED, approvals=(Hand.OFFICE_HEAD,))
    assert code("approve_relief", "zhaogang", one) == ""
    assert code("approve_relief", "wangmin", one) == "relief_not_yours"
    assert code("check_relief", "zhaogang", one) == "relief_wrong_state"


@pytest.mark.parametrize("name", ["check_relief", "approve_relief", "refuse_relief"])
def test_whoever_had_it_in_hand_does_not_decide(name: str) -> None:
    hand = (Hand.OFFICE, Hand.OFFICE_HEAD) if name == "check_relief" else (Hand.OFFICE_HEAD,)
    own = person("zhaogang").account
    assert own is not None
    request = asked(approvals=hand, hands=frozenset({own}))
    assert code(name, "zhaogang", request) == "relief_same_person"


def test_the_government_decides_where_it_is_asked_and_nowhere_else() -> None:
    request = asked(State.CHECKED, approvals=(Hand.GOVERNMENT_HEAD,))
    assert code("approve_relief", "wutao", request) == ""
    assert code("approve_relief", "zhaogang", request) == "relief_not_yours"
    assert code("approve_relief", "wutao", asked()) == "relief_not_yours"


def test_a_payment_has_its_proof_its_day_and_another_hand() -> None:
    approved = asked(State.APPROVED, approvals=(), approver=person("zhaogang").account)
    assert code("pay_relief", "wangmin", approved) == ""
    assert code("pay_relief", "zhaogang", approved) == "relief_approver_pays"
    assert code("pay_relief", "wangmin", approved, paid_on=TODAY) == "relief_proof_missing"
    proof = {"files": ["a" * 64]}
    assert code("pay_relief", "wangmin", approved, paid_on=date(2026, 3, 3), **proof) == "date_in_future"  # fmt: skip
    assert code("pay_relief", "wangmin", approved, paid_on=TODAY, **proof) == ""


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.name)
def test_no_move_starts_elsewhere_than_the_table_says(move: object) -> None:
    name = getattr(move, "name", "")
    for state in set(State) - BY_NAME[name].start:
        assert code(name, "zhaogang", asked(state)) == "relief_wrong_state"


def test_limits_of_a_place_are_read_and_half_a_file_is_refused() -> None:
    limits = read_limits(GOOD)
    assert limits.approvals(100) == (Hand.OFFICE_HEAD,)
    assert limits.approvals(101) == (Hand.OFFICE, Hand.GOVERNMENT_HEAD)
    for wrong in (
        "", "nonsense", GOOD.replace("same_need_months = 6", ""), GOOD.replace("office_head", "mayor"),
        GOOD.replace("up_to_fen = 100", ""), GOOD.replace("= 6", "= 0"),
        GOOD.replace('["office_head"]', "[]"), GOOD.replace('["office_head"]', '["requester"]'),
        GOOD.replace("up_to_fen = 100", "up_to_fen = 0"),
    ):  # fmt: skip
        with pytest.raises(UnusableLimits):
            read_limits(wrong)


def test_the_default_says_where_its_figures_come_from_and_large_sums_take_the_government() -> None:
    limits = default_limits()
    assert limits.source_zh
    assert limits.source_en
    assert len(limits.approvals(10**9)) == 2
    assert Hand.GOVERNMENT_HEAD in limits.approvals(10**9)
    assert limits.approvals(1)


def test_months_before_end_on_a_day_that_there_is() -> None:
    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert months_before(date(2024, 2, 29), 12) == date(2023, 2, 28)
    assert months_before(date(2026, 1, 15), 13) == date(2024, 12, 15)


@given(st.integers(-(10**15), 10**15))
def test_money_is_written_and_read_without_a_fen_lost(fen: int) -> None:
    assert in_fen(in_yuan(fen)) == fen
    assert yuan(fen).replace(",", "") == f"{in_yuan(fen):.2f}"


def test_a_fraction_of_a_fen_is_no_money() -> None:
    with pytest.raises(ValueError, match="no whole number"):
        in_fen(in_yuan(1) / 2)


TRANSFER = st.sampled_from([
    (kind, source) for kind in Kind for source in (SOURCES if kind in OF_BUDGET else (None,))
])  # fmt: skip


@given(st.lists(st.tuples(TRANSFER, st.integers(1, 10**12)), max_size=30))
def test_both_sides_are_equal_after_every_entry(
    moves: list[tuple[tuple[Kind, Account | None], int]],
) -> None:
    stands = Balances()
    for (kind, source), amount in moves:
        moved = transfer(kind, amount, source)
        if short_of(stands, moved) is None:
            stands = after(stands, moved)
            assert min(stands.as_dict().values()) >= 0
        assert after(stands, moved).balanced
        assert stands.balanced


def test_every_account_is_on_one_side_and_every_transfer_names_two() -> None:
    assert {*DEBIT_SIDE, *CREDIT_SIDE} == set(Account)
    assert not set(DEBIT_SIDE) & set(CREDIT_SIDE)
    assert set(TRANSFERS) == set(Kind)
    for pairs in TRANSFERS.values():
        assert all(debit is not credit for debit, credit in pairs)
    for kind, source in ((Kind.PAY, Account.FISCAL), (Kind.BUDGET, None), (Kind.BUDGET, Account.PAID)):  # fmt: skip
        with pytest.raises(ValueError, match="no transfer"):
            transfer(kind, 1, source)
    with pytest.raises(ValueError, match="no transfer"):
        transfer(Kind.PAY, 0)


@pytest.mark.parametrize(
    ("group", "codes"),
    [
        ("relief_state", set(State)),
        ("relief_hand", {*Hand, "payment"}),
        ("relief_account", set(Account)),
        ("relief_entry", set(Kind)),
    ],
)
def test_every_code_of_the_fund_has_its_word(group: str, codes: set[str]) -> None:
    assert set(words()[group]) == codes
    for word in words()[group].values():
        assert word.zh
        assert word.en


def test_help_may_be_asked_for_at_any_time_once_a_claim_is_registered() -> None:
    assert accepted().refusal("request_relief") is None
    assert concluded().by("wangmin").refusal("request_relief") is None
    assert received().who_may("request_relief") == set()
    assert "wutao" not in accepted().who_may("request_relief")
