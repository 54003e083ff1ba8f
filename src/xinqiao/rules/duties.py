"""What somebody promised or was told to do by a day: where it may come from, how it goes on, and who moves it on.

One side owes it (a unit, and a member of staff if one was named), the other gave it and says whether it is done. Nobody
confirms what they reported themselves. "Whoever is in charge is responsible" (art. 5).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from xinqiao.rules.persons import Person, PersonKind
from xinqiao.rules.refusals import Refusal


class SourceKind(StrEnum):
    """Where a duty comes from; with the row's id of it, it is found again."""

    MATTER = "matter"  # given on the matter itself
    LEAD = "lead"  # a measure of a lead assignment
    FIELD_VISIT = "field_visit"
    RECEPTION = "reception"  # promised when a leader received somebody
    CONFERENCE = "conference"
    GROUP_VISIT = "group_visit"
    CORRECTION = "correction"  # correction ordered within a limit
    LISTED = "listed"  # listed supervision
    DECISION = "decision"  # a measure of a decision assessment
    DISPUTE = "dispute"


class State(StrEnum):
    OPEN = "open"
    REPORTED = "reported"  # the owner says it is done
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    """What the side that gave it says."""

    CONFIRMED = "confirmed"
    SENT_BACK = "sent_back"
    WITHDRAWN = "withdrawn"


class Verb(StrEnum):
    GIVE = "give"
    REPORT_DONE = "report_done"
    CONFIRM = "confirm"
    SEND_BACK = "send_back"
    WITHDRAW = "withdraw"


class Side(StrEnum):
    OWNER = "owner"
    GIVER = "giver"


@dataclass(frozen=True, kw_only=True)
class Move:
    """One line of the table: from which states, to which, by which side, and whether words are needed."""

    start: frozenset[State]
    end: State
    by: Side
    words: bool


MOVES: Mapping[Verb, Move] = {
    Verb.REPORT_DONE: Move(
        start=frozenset({State.OPEN}), end=State.REPORTED, by=Side.OWNER, words=True
    ),
    Verb.CONFIRM: Move(
        start=frozenset({State.REPORTED}), end=State.CONFIRMED, by=Side.GIVER, words=False
    ),
    Verb.SEND_BACK: Move(
        start=frozenset({State.REPORTED}), end=State.OPEN, by=Side.GIVER, words=True
    ),
    Verb.WITHDRAW: Move(
        start=frozenset({State.OPEN, State.REPORTED}),
        end=State.WITHDRAWN,
        by=Side.GIVER,
        words=True,
    ),
}
#: What each answer of the giving side is called in the ledger of a matter.
OUTCOMES: Mapping[Verb, Outcome] = {
    Verb.CONFIRM: Outcome.CONFIRMED,
    Verb.SEND_BACK: Outcome.SENT_BACK,
    Verb.WITHDRAW: Outcome.WITHDRAWN,
}


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A duty as the rules look at it. `unit` and `giver` are the units in charge today: successors of merged ones."""

    state: State
    unit: str
    account: int | None
    giver: str
    reported_by: int | None = None


def may(verb: Verb, duty: Standing, person: Person) -> Refusal | None:
    """None, or why not: `duty_not_yours`, `duty_stands_elsewhere`, `reporter_confirms`."""
    move = MOVES[verb]
    if not _on_side(move.by, duty, person):
        return Refusal("duty_not_yours", "5")
    if duty.state not in move.start:
        return Refusal("duty_stands_elsewhere", "5", {"duty_state": duty.state})
    acting = {person.account, *person.away} - {None}
    if verb in OUTCOMES and verb is not Verb.WITHDRAW and duty.reported_by in acting:
        return Refusal("reporter_confirms", "5")
    return None


def _on_side(side: Side, duty: Standing, person: Person) -> bool:
    if person.kind is PersonKind.SYSTEM:
        return True
    return (duty.unit if side is Side.OWNER else duty.giver) in person.units()


def may_be_given(words: str, due: date, today: date) -> Refusal | None:
    """A duty says what, and by a day that still lies ahead: `field_missing`, `due_in_past`."""
    if not words:
        return Refusal("field_missing", "5", {"field": "duty_words"})
    return Refusal("due_in_past", "5", {"due": due.isoformat()}) if due < today else None
