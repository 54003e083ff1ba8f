"""The fund lived at random: whoever tries whatever, the books balance, nothing is below zero, all sums agree.

Beside the database the machine keeps accounts of its own, in the plainest way; both are compared after every move.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.relief.office import CLOSED_PATHS, LARGE, MIDDLE, SMALL, YUAN, Office, now
from tests.support.city_database import City
from xinqiao.matters.verify import Fault
from xinqiao.matters.verify import verify as verify_ledger
from xinqiao.relief import actions, books
from xinqiao.relief.models import Entry, Request
from xinqiao.relief.values import Wanted
from xinqiao.relief.verify import verify
from xinqiao.rules.refusals import Refused
from xinqiao.rules.relief_books import SOURCES, Account, Kind

pytestmark = pytest.mark.long

#: Mostly those who may; among them some who may not.
WHO = st.sampled_from(
    ["zhaogang", "wangmin", "wutao", "lina", "zhaogang", "wangmin", "wutao", "chenbo", "dingxia", "sunli"]
)  # fmt: skip
AMOUNTS = st.sampled_from([1, SMALL, SMALL + 1, MIDDLE, LARGE, LARGE + 7])
NEEDS = st.sampled_from(["medical", "living", "housing", "care", "schooling"])


@dataclass
class Ours:
    """A request as the machine remembers it."""

    amount: int
    state: str = "requested"
    returned: int = 0


class Life(RuleBasedStateMachine):
    """One year of a fund; each life is rolled back at its end."""

    office: Office
    matters: tuple[int, ...]
    proof: str

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.now = now()
        self.available = self.received = 0
        self.requests: dict[int, Ours] = {}

    def teardown(self) -> None:
        assert [str(one) for one in verify_ledger() if isinstance(one, Fault)] == []
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize(budget=st.sampled_from([SMALL, MIDDLE + SMALL, 3 * LARGE]))
    def it_has_a_budget(self, budget: int) -> None:
        self.available = self.received = self.office.balances.available
        over = self.available - budget
        self._budget(Kind.REDUCE, Account.FISCAL, over, "zhaogang")

    @rule(kind=st.sampled_from([Kind.SUPPLEMENT, Kind.REDUCE]), source=st.sampled_from(SOURCES),
          amount=st.sampled_from([1, SMALL, LARGE]), who=WHO)  # fmt: skip
    def the_budget_changes(self, kind: Kind, source: Account, amount: int, who: str) -> None:
        self._budget(kind, source, amount, who)

    def _budget(self, kind: Kind, source: Account, amount: int, who: str) -> None:
        fund = self.office.fund
        done = self._tries(books.add, fund, kind, source, amount, "文号", who=who)
        if done:
            assert who == "zhaogang"
            change = amount if kind is Kind.SUPPLEMENT else -amount
            self.available += change
            self.received += change

    @rule(place=st.integers(0, 3), need=NEEDS, amount=AMOUNTS, again=st.booleans(), who=WHO)
    def somebody_asks(self, place: int, need: str, amount: int, again: bool, who: str) -> None:
        matter = self.matters[place]
        wanted = Wanted(
            office="city-petition", petitioner=self.office.wanted(matter=matter).petitioner, need=need,
            amount=amount, hardship="困难。", paths=CLOSED_PATHS, again_why="仍有困难。" if again else "",
        )  # fmt: skip
        made = self._tries(actions.request, matter, wanted, who=who)
        if made:
            self.requests[made] = Ours(amount)

    @precondition(lambda self: self.requests)
    @rule(data=st.data(), who=WHO)
    def somebody_checks(self, data: st.DataObject, who: str) -> None:
        request = self._one(data)
        if self._tries(actions.check, request, who=who):
            assert self._moves(request, {"requested"}, "checked").amount > SMALL

    @precondition(lambda self: self.requests)
    @rule(data=st.data(), who=WHO, less=st.sampled_from([0, 0, 0, 1, YUAN, -1]))
    def somebody_approves(self, data: st.DataObject, who: str, less: int) -> None:
        request = self._one(data)
        granted = self.requests[request].amount - less
        if self._tries(actions.approve, request, amount=granted, who=who):
            assert less >= 0
            assert granted <= self.available
            self._moves(request, {"requested", "checked"}, "approved").amount = granted
            self.available -= granted

    @precondition(lambda self: self.requests)
    @rule(data=st.data(), who=WHO)
    def somebody_refuses(self, data: st.DataObject, who: str) -> None:
        request = self._one(data)
        if self._tries(actions.refuse, request, reason="不符合。", who=who):
            self._moves(request, {"requested", "checked"}, "refused")

    @precondition(lambda self: self.requests)
    @rule(data=st.data(), who=WHO)
    def somebody_drops(self, data: st.DataObject, who: str) -> None:
        request = self._one(data)
        reserved = self.requests[request].state == "approved"
        if self._tries(actions.drop, request, reason="不需要了。", who=who):
            ours = self._moves(request, {"requested", "checked", "approved"}, "dropped")
            self.available += ours.amount if reserved else 0

    @precondition(lambda self: self.requests)
    @rule(data=st.data(), who=WHO)
    def somebody_pays(self, data: st.DataObject, who: str) -> None:
        request = self._one(data)
        day = self.now.date()
        if self._tries(actions.pay, request, paid_on=day, files=[self.proof], who=who):
            self._moves(request, {"approved"}, "paid")

    @precondition(lambda self: self.requests)
    @rule(data=st.data(), who=WHO, part=st.sampled_from([1, 2, 2]))
    def money_comes_back(self, data: st.DataObject, who: str, part: int) -> None:
        request = self._one(data)
        ours = self.requests[request]
        amount = max(ours.amount // part, 1)
        if self._tries(
            actions.give_back, request, amount=amount, reason="退汇。", files=[], who=who
        ):
            assert ours.state == "paid"
            ours.returned += amount
            assert ours.returned <= ours.amount
            ours.state = "returned" if ours.returned == ours.amount else "paid"
            self.available += amount

    @invariant()
    def the_books_are_right(self) -> None:
        assert [str(one) for one in verify()] == []
        stands = self.office.balances
        assert stands.balanced
        assert min(stands.as_dict().values()) >= 0

    @invariant()
    def the_sums_agree_with_our_own(self) -> None:
        stands, ours = self.office.balances, self.requests.values()
        if not self.received:
            return
        assert stands.available == self.available
        assert stands.received == self.received
        assert stands.reserved == sum(one.amount for one in ours if one.state == "approved")
        assert stands.paid == sum(one.amount for one in ours if one.state in {"paid", "returned"})
        assert stands.returned == sum(one.returned for one in ours)

    @invariant()
    def the_requests_are_those_that_we_remember(self) -> None:
        rows = Request.objects.values_list("pk", "state", "amount", "returned")
        assert {row[0]: row[1:] for row in rows} == {
            key: (one.state, one.amount, one.returned) for key, one in self.requests.items()
        }

    def _one(self, data: st.DataObject) -> int:
        """A request, the latest ones likelier."""
        known = sorted(self.requests)
        return data.draw(st.sampled_from([*known, *known[-2:], *known[-2:]]), label="which")

    def _moves(self, request: int, start: set[str], end: str) -> Ours:
        ours = self.requests[request]
        assert ours.state in start
        ours.state = end
        return ours

    def _tries(self, verb: Any, *args: Any, who: str, **how: Any) -> Any:
        """What the verb gives, True for nothing; None when it was refused, and then nothing at all was written."""
        self.now += timedelta(seconds=1)
        before = (Entry.objects.count(), Request.objects.count())
        try:
            with transaction.atomic():
                moment: datetime = self.now
                given = verb(*args, by=self.office.person(who), now=moment, **how)
        except Refused:
            assert (Entry.objects.count(), Request.objects.count()) == before
            return None
        return given if given is not None else True


def test_the_fund_lived_at_random(city: City) -> None:
    office = Office.opened(city, budget=4 * LARGE)
    others = (
        office.another_matter(name="李强", phone="13855509999"),
        office.another_matter(name="王芳", phone="13855508888"),
        office.another_matter(),
    )

    class This(Life):
        pass

    This.office, This.matters = office, (office.matter, *others)
    proofs = {office.proof(matter) for matter in This.matters}  # the same bytes with each
    (This.proof,) = proofs
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        This,
        settings=settings(
            max_examples=25, stateful_step_count=40, deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
