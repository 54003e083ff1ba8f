"""Where a matter can stand. A state says whose turn it is; everything else about a matter is a fact beside it."""

from enum import StrEnum


class State(StrEnum):
    RECEIVED = "received"
    REGISTERED = "registered"
    REFERRED = "referred"
    OBJECTED = "objected"
    DISPUTED = "disputed"
    ACCEPTED = "accepted"
    OPINION_SUBMITTED = "opinion_submitted"
    OPINION_ISSUED = "opinion_issued"
    ANSWERED = "answered"
    REVIEWING = "reviewing"
    REVIEW_ISSUED = "review_issued"
    REVIEWED = "reviewed"
    REEXAMINING = "reexamining"
    REEXAMINATION_ISSUED = "reexamination_issued"
    CONCLUDED = "concluded"
    REPLIED = "replied"
    SETTLED = "settled"
    GUIDED = "guided"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Kind(StrEnum):
    """What a petition is (regulation art. 29 to 31)."""

    SUGGESTION = "suggestion"
    REPORT = "report"
    CLAIM = "claim"


class LegalPath(StrEnum):
    """The six ways of a claim (art. 31); the first four lie outside the petition procedure."""

    LITIGATION = "litigation"
    ARBITRATION = "arbitration"
    PARTY_APPEAL = "party_appeal"
    ADMINISTRATIVE = "administrative"
    DUTY = "duty"
    PETITION = "petition"


OUTSIDE_PATHS = frozenset(
    {LegalPath.LITIGATION, LegalPath.ARBITRATION, LegalPath.PARTY_APPEAL, LegalPath.ADMINISTRATIVE}
)

#: Nothing more is owed in the procedure itself; execution, help and rating may still follow.
CLOSED = frozenset(
    {
        State.CONCLUDED,
        State.REPLIED,
        State.SETTLED,
        State.GUIDED,
        State.DECLINED,
        State.WITHDRAWN,
    }
)
OPEN = frozenset(State) - CLOSED
#: The petitioner has an answer in hand.
ANSWERED_STATES = frozenset(
    {State.ANSWERED, State.REVIEWING, State.REVIEW_ISSUED, State.REVIEWED}
    | {State.REEXAMINING, State.REEXAMINATION_ISSUED, State.CONCLUDED}
)
#: A unit is still to decide whether and how it takes the matter.
UNDECIDED = frozenset({State.REGISTERED, State.REFERRED})
