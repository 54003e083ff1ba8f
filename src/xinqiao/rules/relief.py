"""Help from the hardship fund (信访特殊救助资金, art. 37): the way of a request, who approves it, what is refused.

Nothing here asks whether somebody goes on petitioning, and no field exists for it: help is never a condition to stop.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from xinqiao.rules.money import yuan
from xinqiao.rules.persons import Person, PersonKind, Role
from xinqiao.rules.refusals import Refusal

ARTICLE = "37"
#: What the law gives first (art. 37), each asked about with yes or no and why.
PATHS = ("social_relief", "judicial_relief", "insurance")


class State(StrEnum):
    """Where a request stands."""

    REQUESTED = "requested"
    CHECKED = "checked"  # the first of two approvals was given
    APPROVED = "approved"  # the money is reserved
    PAID = "paid"
    RETURNED = "returned"  # all of it came back
    REFUSED = "refused"
    DROPPED = "dropped"


class Hand(StrEnum):
    """Who has to act, told by unit and post."""

    REQUESTER = "requester"  # the unit that asked
    OFFICE = "office"  # staff of the petition office that keeps the fund
    OFFICE_HEAD = "office_head"
    GOVERNMENT_HEAD = "government_head"  # the head of the government above that office


_UNDECIDED = frozenset({State.REQUESTED, State.CHECKED})
#: Requests that hold a place: the same person has only one of them for one need.
OPEN = _UNDECIDED | {State.APPROVED}


@dataclass(frozen=True, kw_only=True)
class Move:
    """One line of the table: from which states to which, by whom; `approver`: whoever is next to approve.

    `books` is the entry that it makes in the books of the fund, where it makes one.
    """

    name: str
    start: frozenset[State]
    end: State
    by: tuple[Hand, ...] = ()
    approver: bool = False
    books: str = ""


#: The whole way of a request. `return_relief` ends in `RETURNED` when nothing is left to come back.
MOVES: tuple[Move, ...] = (
    Move(name="check_relief", start=frozenset({State.REQUESTED}), end=State.CHECKED, approver=True),
    Move(name="approve_relief", start=_UNDECIDED, end=State.APPROVED, approver=True, books="reserve"),
    Move(name="refuse_relief", start=_UNDECIDED, end=State.REFUSED, approver=True),
    Move(name="drop_relief", start=OPEN, end=State.DROPPED, by=(Hand.REQUESTER, Hand.OFFICE), books="release"),
    Move(name="pay_relief", start=frozenset({State.APPROVED}), end=State.PAID, by=(Hand.OFFICE,), books="pay"),
    Move(name="return_relief", start=frozenset({State.PAID}), end=State.PAID, by=(Hand.OFFICE,), books="return"),
)  # fmt: skip
BY_NAME: Mapping[str, Move] = {move.name: move for move in MOVES}
#: The steps that all of this leaves on the ledger of the matter.
STEPS = frozenset({"request_relief", *BY_NAME})


@dataclass(frozen=True, kw_only=True)
class Level:
    """Who approves amounts up to `up_to_fen` (None: any), in their order."""

    up_to_fen: int | None
    approvals: tuple[Hand, ...]


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The figures of a place, with where they come from."""

    levels: tuple[Level, ...]
    same_need_months: int
    source_zh: str
    source_en: str

    def approvals(self, fen: int) -> tuple[Hand, ...]:
        """Who has to approve an amount, in their order: one or two."""
        fitting = (one for one in self.levels if one.up_to_fen is None or fen <= one.up_to_fen)
        return next(fitting).approvals


class UnusableLimits(ValueError):
    """A file of limits that says less, or other things, than the rules need."""


def read_limits(text: str) -> Limits:
    """The limits of a TOML text laid out like `relief.toml`. Raises UnusableLimits with what is wrong."""
    try:
        said = tomllib.loads(text)
        levels = tuple(_level(one) for one in said["level"])
        months = int(said["same_need_months"])
        limits = Limits(
            levels=levels, same_need_months=months,
            source_zh=str(said["source_zh"]), source_en=str(said["source_en"]),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as fault:
        raise UnusableLimits(f"{type(fault).__name__}: {fault}") from fault
    bounds = [one.up_to_fen for one in levels]
    rising = [one for one in bounds if one is not None]
    if not levels or bounds[-1] is not None or bounds.count(None) > 1:
        raise UnusableLimits("the last level, and no other, has no up_to_fen")
    if rising != sorted(set(rising)) or (rising and rising[0] < 1) or months < 1:
        raise UnusableLimits("levels rise from 1 fen on; same_need_months is 1 or more")
    return limits


def _level(said: Mapping[str, Any]) -> Level:
    approvals = tuple(Hand(one) for one in said["approvals"])
    if len(approvals) not in (1, 2) or Hand.REQUESTER in approvals:
        raise UnusableLimits(f"approvals are one or two hands, never the requester: {approvals}")
    return Level(up_to_fen=said.get("up_to_fen"), approvals=approvals)


@cache
def default_limits() -> Limits:
    """The limits that come with the platform."""
    return read_limits(resources.files("xinqiao.rules").joinpath("relief.toml").read_text("utf-8"))


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last of its month where that one is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in range(day.day, day.day - 4, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request as the rules see it. `hands` are all accounts that took part so far, in whatever way.

    `approvals` are those still to be given, in their order; `approver` gave the last one.
    """

    state: State
    amount: int
    returned: int = 0
    unit: str
    office: str
    government: str
    approvals: tuple[Hand, ...]
    hands: frozenset[int] = frozenset()
    approver: int | None = None


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """Who wants to do what with a request, and with which words."""

    asked: Asked
    person: Person
    today: date
    fields: Mapping[str, Any] = field(default_factory=dict)


def may(name: str, attempt: Attempt) -> Refusal | None:
    """None, or why this may not be done with the request now. Without fields: whether the button may be pressed."""
    move, asked = BY_NAME[name], attempt.asked
    if asked.state not in move.start:
        return Refusal("relief_wrong_state", ARTICLE, {"relief_state": str(asked.state)})
    if move.approver:
        refusal = _may_approve(move, attempt)
    else:
        refusal = None if acting_unit(move.by, attempt) else _not_yours(move.by)
    return refusal or _may_handle_money(move, attempt) or _words_fit(move, attempt)


def _may_approve(move: Move, attempt: Attempt) -> Refusal | None:
    """The next to approve, and nobody who had the request in hand before, nor who stands in for them."""
    left = attempt.asked.approvals
    first_of_two = len(left) == 2
    if not acting_unit(left[:1], attempt):
        return _not_yours(left[:1])
    if move.name != "refuse_relief" and (move.name == "check_relief") is not first_of_two:
        return Refusal("relief_other_approval", ARTICLE, {"hand": left[-1]})
    acting = {attempt.person.account, *attempt.person.away}
    return Refusal("relief_same_person", ARTICLE) if acting & attempt.asked.hands else None


def _may_handle_money(move: Move, attempt: Attempt) -> Refusal | None:
    """Who approved does not pay: money and decision are in two hands."""
    acting = {attempt.person.account, *attempt.person.away}
    pays = move.name == "pay_relief" and attempt.asked.approver is not None
    return Refusal("relief_approver_pays", ARTICLE) if pays and attempt.asked.approver in acting else None  # fmt: skip


def _words_fit(move: Move, attempt: Attempt) -> Refusal | None:
    """What was filled in, where anything was: proof, day and amount of money that moved."""
    said, asked = attempt.fields, attempt.asked
    if not said:
        return None
    if move.name == "pay_relief":
        if not said.get("files"):
            return Refusal("relief_proof_missing", ARTICLE)
        paid_on = said.get("paid_on")
        if isinstance(paid_on, date) and paid_on > attempt.today:
            return Refusal("date_in_future", ARTICLE)
    if move.name == "approve_relief" and not 0 < said.get("amount_fen", 0) <= asked.amount:
        return Refusal("relief_grants_more", ARTICLE, {"amount": yuan(asked.amount)})
    if move.name == "return_relief":
        amount, left = said.get("amount_fen", 0), asked.amount - asked.returned
        if not isinstance(amount, int) or not 0 < amount <= left:
            return Refusal("relief_returns_more", ARTICLE, {"amount": yuan(left)})
    return None


def may_request(person: Person, fields: Mapping[str, Any]) -> Refusal | None:
    """None, or why the fund does not step in: the law gives help by another path (art. 37)."""
    if person.kind is not PersonKind.STAFF:
        return Refusal("not_yours", ARTICLE, {"by": "holder,handler,office"})
    given = next((path for path in PATHS if fields.get(path)), None)
    return Refusal("relief_law_gives", ARTICLE, {"field": given}) if given else None


def acting_unit(hands: Sequence[Hand], attempt: Attempt) -> str:
    """The unit for which the person acts as one of these; "" where they are none of them."""
    for hand in hands:
        own = attempt.person.units(_ROLES[hand]) if hand in _ROLES else attempt.person.units()
        if (unit := unit_of(hand, attempt.asked)) in own:
            return unit
    return ""


_ROLES = dict.fromkeys((Hand.OFFICE_HEAD, Hand.GOVERNMENT_HEAD), frozenset({Role.HEAD}))


def unit_of(hand: Hand, asked: Asked) -> str:
    """The unit whose staff, or head, a hand is."""
    match hand:
        case Hand.REQUESTER:
            return asked.unit
        case Hand.GOVERNMENT_HEAD:
            return asked.government
        case _:
            return asked.office


def _not_yours(hands: Sequence[Hand]) -> Refusal:
    return Refusal("relief_not_yours", ARTICLE, {"hand": hands[0] if hands else ""})
