"""Suggestion calls (人民建议征集): the way of a call, one literal table, and what becomes of a suggestion (art. 29)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from xinqiao.rules.persons import Person, PersonKind
from xinqiao.rules.refusals import Refusal


class CallStage(StrEnum):
    """Where a call stands."""

    DRAFT = "draft"
    OPEN = "open"
    ENDED = "ended"
    TOLD = "told"


class Adoption(StrEnum):
    """What was decided on a suggestion."""

    ADOPTED = "adopted"
    PARTLY = "partly"
    NOT = "not_adopted"


@dataclass(frozen=True, kw_only=True)
class CallStanding:
    """A call as the rules see it. `undecided` are its suggestions on which nothing is decided yet."""

    stage: CallStage | None = None
    unit: str = ""
    opens_on: date | None = None
    closes_on: date | None = None
    undecided: int = 0


@dataclass(frozen=True, kw_only=True)
class CallAsked:
    """Who asks about which call on which day, and with what."""

    standing: CallStanding
    person: Person
    today: date
    given: Mapping[str, object] = field(default_factory=dict)


CallGuard = Callable[[CallAsked], Refusal | None]


@dataclass(frozen=True, kw_only=True)
class CallAct:
    """One line of the table; `public` for what a citizen does."""

    name: str
    start: frozenset[CallStage]
    end: CallStage | None = None
    public: bool = False
    needs: tuple[str, ...] = ()
    guards: tuple[CallGuard, ...] = ()


def _days_in_order(asked: CallAsked) -> Refusal | None:
    opens, closes = asked.given.get("opens_on"), asked.given.get("closes_on")
    if isinstance(opens, date) and isinstance(closes, date) and closes < opens:
        return Refusal("call_ends_before", "29", {"due": str(opens)})
    return None


def _not_over(asked: CallAsked) -> Refusal | None:
    until = asked.standing.closes_on
    if until is not None and until < asked.today:
        return Refusal("call_over", "29", {"due": str(until)})
    return None


def _open_today(asked: CallAsked) -> Refusal | None:
    opens = asked.standing.opens_on
    if opens is not None and asked.today < opens:
        return Refusal("call_not_begun", "29", {"due": str(opens)})
    return _not_over(asked)


def _last_day_passed(asked: CallAsked) -> Refusal | None:
    """Before the day that was promised a call ends only with a reason that is published."""
    until = asked.standing.closes_on
    if until is not None and asked.today <= until and not asked.given.get("words"):
        return Refusal("call_still_open", "29", {"due": str(until)})
    return None


def _all_decided(asked: CallAsked) -> Refusal | None:
    left = asked.standing.undecided
    return Refusal("suggestions_left", "29", {"left": str(left)}) if left else None


_C = CallStage
_RUN = frozenset({_C.OPEN, _C.ENDED})
CALL_TABLE: tuple[CallAct, ...] = (
    CallAct(name="draft_call", start=frozenset(), end=_C.DRAFT, needs=("topic", "words"), guards=(_days_in_order,)),
    CallAct(name="change_call", start=frozenset({_C.DRAFT}), needs=("topic", "words"), guards=(_days_in_order,)),
    CallAct(name="publish_call", start=frozenset({_C.DRAFT}), end=_C.OPEN, guards=(_not_over,)),
    CallAct(name="suggest", start=frozenset({_C.OPEN}), public=True, needs=("words",), guards=(_open_today,)),
    CallAct(name="end_call", start=frozenset({_C.OPEN}), end=_C.ENDED, guards=(_last_day_passed,)),
    CallAct(name="decide_suggestion", start=_RUN | {_C.TOLD}, needs=("adoption", "words")),
    CallAct(name="release_suggestion", start=_RUN | {_C.TOLD}, needs=("words",)),
    CallAct(name="follow_up", start=_RUN | {_C.TOLD}, needs=("words",)),
    CallAct(name="tell_result", start=frozenset({_C.ENDED}), end=_C.TOLD, needs=("words",), guards=(_all_decided,)),
)  # fmt: skip
CALL_ACTS: dict[str, CallAct] = {act.name: act for act in CALL_TABLE}


def may_call(act: CallAct, asked: CallAsked) -> Refusal | None:
    """None, or why not; as `public_decisions.may`."""
    standing = asked.standing
    if not _stands_by(act, asked):
        return Refusal("not_the_calling_unit", "29")
    if standing.stage not in act.start and not (standing.stage is None and not act.start):
        return Refusal("wrong_call_stage", "29", {"call_stage": str(standing.stage or "")})
    for guard in act.guards:
        refusal = guard(asked)
        if refusal is not None:
            return refusal
    if not asked.given:
        return None
    missing = next((name for name in act.needs if asked.given.get(name) in (None, "")), None)
    return Refusal("decision_field_missing", None, {"part": missing}) if missing else None


def _stands_by(act: CallAct, asked: CallAsked) -> bool:
    match asked.person.kind:
        case PersonKind.SYSTEM:
            return True
        case PersonKind.PETITIONER:
            return act.public
        case PersonKind.STAFF:
            return not act.public and asked.standing.unit in asked.person.units()
