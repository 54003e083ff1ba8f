"""The facts of a matter: what replaying its ledger gives. The stored row of a matter is a snapshot of this value."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from xinqiao.rules.states import Kind, LegalPath, State


@dataclass(frozen=True, kw_only=True)
class Handled:
    """An account took part in deciding at a level: it may not decide on the same matter at the next one (art. 36)."""

    level: str  # "handling" | "review" | "reexamination"
    account: int


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Supervision asked something of a unit by entry `seq` (art. 39, 40); `open` until the unit has answered."""

    seq: int
    what: str  # a form of urging, a measure, or a kind of recommendation: see rules.urging
    unit: str
    open: bool = True


@dataclass(frozen=True, kw_only=True)
class Facts:
    """A matter as its ledger tells it. Units are codes, accounts numbers; no personal data stands here."""

    state: State | None = None
    kind: Kind | None = None
    category: str = ""
    region: str = ""
    path: LegalPath | None = None
    channel: str = ""
    received_on: date | None = None
    received_by: str = ""
    receiver: str = ""
    referrer: str = ""
    handler: str = ""
    holder: str = ""
    reviewer: str = ""
    reexaminer: str = ""
    involved: frozenset[str] = frozenset()
    officer: int | None = None
    report_by: date | None = None
    assignments: int = 0
    assigned_last: bool = False
    result_reported: bool = False
    notified: bool = False
    procedure: str = ""
    extension_asked: int = 0
    extended: int = 0
    mediation_open: bool = False
    hearing_on: date | None = None
    hearing_open: bool = False
    urgent: bool = False
    urgent_reported: bool = False
    result: str = ""
    review_result: str = ""
    reexamination_result: str = ""
    objections: int = 0
    executed: bool = False
    execution_confirmed: bool | None = None
    rated: bool = False
    settled: bool | None = None
    question_open: bool = False
    contacts: int = 0
    reopened_as: int | None = None
    predecessor: int | None = None
    split_from: int | None = None  # the matter out of which a contact became this one
    added: frozenset[str] = frozenset()  # the numbers of the contacts that came after the first
    carried_by: int | None = (
        None  # the matter in which this one is carried on, and those that it carries
    )
    carries: frozenset[int] = frozenset()
    lead: int | None = None  # the leader who took charge, and from which unit
    lead_unit: str | None = None
    recused: frozenset[int] = frozenset()
    reported_units: frozenset[str] = frozenset()
    reported_accounts: frozenset[int] = frozenset()
    handled_by: frozenset[Handled] = frozenset()
    asked: frozenset[Asked] = frozenset()
    listed_until: date | None = None
    perfunctory: int = 0
    last_seq: int = 0

    def changed(self, **changes: Any) -> "Facts":
        """These facts with some of them changed. A replay asks twice an entry, and `replace` sets all fifty anew.

        Raises TypeError for a fact that there is none of.
        """
        if not changes.keys() <= self.__dict__.keys():
            raise TypeError(f"no such fact: {', '.join(changes.keys() - self.__dict__.keys())}")
        found = object.__new__(Facts)
        found.__dict__.update(self.__dict__, **changes)
        return found

    @property
    def assigned(self) -> bool:
        """A result has to be reported back, to one office or more (art. 22)."""
        return self.assignments > 0

    @property
    def supported(self) -> bool:
        """The opinion in force supports the petitioner, so it must be executed (art. 32)."""
        return self.result == "supported"
