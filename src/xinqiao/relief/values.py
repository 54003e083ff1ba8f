"""What the rest of the platform knows of the fund: plain values. Amounts are whole fen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from xinqiao.rules.refusals import Refusal
from xinqiao.rules.relief import Hand, State
from xinqiao.rules.relief_books import Balances

#: Beside the hands that approve: approved, and to be paid by the office.
PAYMENT = "payment"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody asks for: `office` keeps the fund, `petitioner` is a card behind the matter, `amount` in fen.

    `paths` has a yes or no and a reason for each of `rules.relief.PATHS`; `files` are SHA-256 of files of the matter.
    """

    office: str
    petitioner: int
    need: str
    amount: int
    hardship: str
    paths: Mapping[str, tuple[bool, str]]
    again_why: str = ""
    files: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class RequestLine:
    """A request as lists show it: about a matter, without a name."""

    id: int
    matter: int
    number: str
    subject: str
    office: str
    unit: str
    need: str
    asked: int
    amount: int
    state: State
    returned: int
    requested_at: datetime
    paid_on: date | None
    year: int | None
    waits_for: str


@dataclass(frozen=True, kw_only=True)
class RequestSheet:
    """A request opened by somebody. Accounts are numbers; `approvals` are those still to come.

    `offered`: the moves of its state, each with None or why this person may not make it.
    """

    line: RequestLine
    petitioner: int
    government: str
    approvals: Sequence[Hand]
    hands: frozenset[int]
    requested_by: int
    checked_by: int | None
    approved_by: int | None
    approved_at: datetime | None
    paid_by: int | None
    fund: int | None
    offered: Sequence[tuple[str, Refusal | None]]


@dataclass(frozen=True, kw_only=True)
class HelpBefore:
    """Help that the same person was given for the same need. `number`: the matter, where the asker may see it."""

    day: date
    amount: int
    number: str = ""


@dataclass(frozen=True, kw_only=True)
class FundLine:
    """A fund with what stands on its accounts, and the requests of its year by state."""

    id: int
    office: str
    year: int
    balances: Balances
    requests: Mapping[State, int]

    @property
    def asked(self) -> int:
        """How many requests were made in its year."""
        return sum(self.requests.values())

    @property
    def helped(self) -> int:
        """How many requests were paid."""
        return self.requests.get(State.PAID, 0) + self.requests.get(State.RETURNED, 0)


@dataclass(frozen=True, kw_only=True)
class EntryLine:
    """One line of the books. `number` is the matter of its request, where the asker may see it."""

    seq: int
    at: datetime
    kind: str
    debit: str
    credit: str
    amount: int
    account: int | None
    document: str
    request: int | None
    number: str
    balances: Balances
