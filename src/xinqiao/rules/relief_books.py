"""The books of a fund in double entry, in whole fen: accounts, the transfers that exist, and what they lead to.

An entry moves one amount from one account to another: it names both and has one figure, so it cannot be out of balance.
Received money stands on the right (credit): the three sources, and what came back. What it is there for stands on the
left (debit): available, reserved, paid. Both sides are equal after every entry.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

from xinqiao.rules.money import yuan
from xinqiao.rules.refusals import Refusal


class Account(StrEnum):
    """The accounts of a fund."""

    FISCAL = "fiscal"  # 财政拨款
    SUPERIOR = "superior"  # 上级补助
    DONATED = "donated"  # 社会捐助
    AVAILABLE = "available"
    RESERVED = "reserved"
    PAID = "paid"
    RETURNED = "returned"


SOURCES = (Account.FISCAL, Account.SUPERIOR, Account.DONATED)
CREDIT_SIDE = (*SOURCES, Account.RETURNED)
DEBIT_SIDE = (Account.AVAILABLE, Account.RESERVED, Account.PAID)


class Kind(StrEnum):
    """What an entry records."""

    BUDGET = "budget"  # 年初预算
    SUPPLEMENT = "supplement"  # 追加
    REDUCE = "reduce"  # 核减
    RESERVE = "reserve"
    RELEASE = "release"
    PAY = "pay"
    RETURN = "return"


A = Account
#: Every transfer that exists: the kind with the account that gains on the left and the one that stands against it.
TRANSFERS: Mapping[Kind, frozenset[tuple[Account, Account]]] = {
    Kind.BUDGET: frozenset((A.AVAILABLE, source) for source in SOURCES),
    Kind.SUPPLEMENT: frozenset((A.AVAILABLE, source) for source in SOURCES),
    Kind.REDUCE: frozenset((source, A.AVAILABLE) for source in SOURCES),
    Kind.RESERVE: frozenset({(A.RESERVED, A.AVAILABLE)}),
    Kind.RELEASE: frozenset({(A.AVAILABLE, A.RESERVED)}),
    Kind.PAY: frozenset({(A.PAID, A.RESERVED)}),
    Kind.RETURN: frozenset({(A.AVAILABLE, A.RETURNED)}),
}
#: Entries of the budget itself; all others belong to a request.
OF_BUDGET = frozenset({Kind.BUDGET, Kind.SUPPLEMENT, Kind.REDUCE})


@dataclass(frozen=True, kw_only=True)
class Balances:
    """What stands on each account after an entry, in fen; each on its own side, so none is below zero."""

    fiscal: int = 0
    superior: int = 0
    donated: int = 0
    available: int = 0
    reserved: int = 0
    paid: int = 0
    returned: int = 0

    @property
    def received(self) -> int:
        """All that came into the fund from its sources."""
        return self.fiscal + self.superior + self.donated

    @property
    def spent(self) -> int:
        """What was paid and did not come back."""
        return self.paid - self.returned

    @property
    def balanced(self) -> bool:
        """Whether both sides are equal."""
        return self.available + self.reserved + self.paid == self.received + self.returned

    def as_dict(self) -> dict[str, int]:
        """By account."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Transfer:
    """One entry: an amount in fen, above zero, to the debit of one account and the credit of another."""

    kind: Kind
    debit: Account
    credit: Account
    amount: int


def transfer(kind: Kind, amount: int, source: Account | None = None) -> Transfer:
    """The transfer of this kind; those of the budget name their source. Raises ValueError where there is none such."""
    for debit, credit in TRANSFERS[kind]:
        if amount > 0 and (source is None or source in (debit, credit)):
            if kind in OF_BUDGET and source not in SOURCES:
                break
            return Transfer(kind=kind, debit=debit, credit=credit, amount=amount)
    raise ValueError(f"no transfer {kind} of {amount} with {source}")


def after(before: Balances, moved: Transfer) -> Balances:
    """What stands on the accounts after one more entry; some may be below zero, `short_of` tells."""
    changes: dict[str, int] = {}
    for account, sign in ((moved.debit, 1), (moved.credit, -1)):
        side = 1 if account in DEBIT_SIDE else -1
        changes[account] = getattr(before, account) + side * sign * moved.amount
    return replace(before, **changes)


def short_of(before: Balances, moved: Transfer) -> Refusal | None:
    """None, or that the account from which money is taken does not hold so much."""
    result = after(before, moved)
    if min(result.as_dict().values()) >= 0 and result.spent >= 0:
        return None
    left = min(before.available, getattr(before, _source_of(moved)))
    return Refusal("relief_over_budget", "37", {"amount": yuan(moved.amount), "left": yuan(left)})


def _source_of(moved: Transfer) -> Account:
    return moved.debit if moved.kind is Kind.REDUCE else Account.AVAILABLE
