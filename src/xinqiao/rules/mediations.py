"""Mediation (调解): with the will of both sides, by somebody without an interest in it (art. 28, 33).

Sides are roles. Who mediates declares four things about themselves; one yes, and somebody else mediates.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from xinqiao.rules.disputes import Role, names_a_person
from xinqiao.rules.fields import ACCOUNTS, FieldSpec, FieldType
from xinqiao.rules.fields import FIELDS as STEP_FIELDS
from xinqiao.rules.refusals import Refusal
from xinqiao.rules.states import LegalPath

#: Reconciliation between the two needs no mediator: it is a step of the matter alone.
KINDS = tuple(kind for kind in STEP_FIELDS["mediation_kind"].choices if kind != "reconciliation")
#: Whose office an outside mediator comes from.
OFFICES = (
    "peoples_committee", "trade_committee", "justice_office", "court", "arbitration", "neighbourhood_committee",
    "lawyers", "organ",
)  # fmt: skip
#: What a mediator declares: yes or no to each (art. 28).
INTERESTS = ("is_side", "has_stake", "acted_before", "is_kin")


class State(StrEnum):
    """Where a mediation stands."""

    REQUESTED = "requested"
    BEGUN = "begun"
    SETTLED = "settled"
    EXECUTED = "executed"
    DECLINED = "declined"
    FAILED = "failed"


S = State
RUNNING = frozenset({S.REQUESTED, S.BEGUN, S.SETTLED})

_LONG = FieldSpec(type=FieldType.TEXT, long=True)
_SHORT = FieldSpec(type=FieldType.TEXT)
_YES_NO = FieldSpec(type=FieldType.YES_NO)
_DATE = FieldSpec(type=FieldType.DATE)
_ROLE = FieldSpec(type=FieldType.CHOICE, choices=tuple(Role))
FIELDS: Mapping[str, FieldSpec] = {
    "mediation_kind": FieldSpec(type=FieldType.CHOICE, choices=KINDS),
    "side_a": _ROLE,
    "side_b": _ROLE,
    "side_unit": FieldSpec(type=FieldType.UNIT),
    "asked_by": FieldSpec(type=FieldType.CHOICE, choices=("side_a", "side_b", "both", "office")),
    "mediation_about": _LONG,
    "side": FieldSpec(type=FieldType.CHOICE, choices=("side_a", "side_b")),
    "consents": _YES_NO,
    "consent_on": _DATE,
    "mediator": FieldSpec(type=FieldType.ACCOUNT),
    "outside_office": FieldSpec(type=FieldType.CHOICE, choices=OFFICES),
    "office_name": _SHORT,
    **dict.fromkeys(INTERESTS, _YES_NO),
    "session_on": _DATE,
    "place": _SHORT,
    "record": _LONG,
    "agreement": _LONG,
    "carry_out_by": _DATE,
    **{name: STEP_FIELDS[name] for name in ACCOUNTS},
    "accounts_note": _LONG,
    "executed_on": _DATE,
    "dispute_note": _LONG,
    "reason": _LONG,
    "path": FieldSpec(type=FieldType.CHOICE, choices=tuple(LegalPath)),
    "organ_and_limit": _LONG,
}


@dataclass(frozen=True, kw_only=True)
class Mediation:
    """What the rules know of a mediation. `unit` runs it; `side_unit` is the organ that is one of the sides, if one is.

    `sides_agreed`: those that gave their consent; `has_mediator`: one was named who declared to have no interest.
    """

    state: State
    unit: str
    side_a: str = ""
    side_b: str = ""
    side_unit: str = ""
    sides_agreed: frozenset[str] = frozenset()
    has_mediator: bool = False
    of_matter: bool = False


@dataclass(frozen=True, kw_only=True)
class Case:
    """Everything a rule may look at; `fields` is empty while only the button is asked about.

    `mediator_units` are the posts of the member of staff who is to mediate; `shut_out` the accounts that withdrew from
    the matter or must not meet it.
    """

    mediation: Mediation
    units: frozenset[str]
    today: date
    fields: Mapping[str, Any] = field(default_factory=dict)
    mediator_units: frozenset[str] = frozenset()
    shut_out: Collection[int] = ()


Guard = Callable[[Case], Refusal | None]


def _both_consent(case: Case) -> Refusal | None:
    """No session without the will of both sides (art. 33)."""
    both = {"side_a", "side_b"} <= case.mediation.sides_agreed
    return None if both else Refusal("consent_needed", "33")


def _has_mediator(case: Case) -> Refusal | None:
    return None if case.mediation.has_mediator else Refusal("mediator_missing", "33")


def _not_ahead(name: str) -> Guard:
    def guard(case: Case) -> Refusal | None:
        day = case.fields.get(name)
        late = day is not None and day > case.today
        return Refusal("mediation_day_ahead", "33", {"field": name}) if late else None

    return guard


def _not_past(case: Case) -> Refusal | None:
    day = case.fields.get("carry_out_by")
    if day is None or day >= case.today:
        return None
    return Refusal(
        "dispute_day_past", "33", {"field": "carry_out_by", "day": case.today.isoformat()}
    )


def _not_decided(case: Case) -> Refusal | None:
    """A side says yes or no once; a yes can be taken back by saying no before the mediation begins."""
    again = case.fields.get("side") in case.mediation.sides_agreed
    return Refusal("side_has_agreed", "33") if again and case.fields.get("consents") else None


def without_interest(case: Case) -> Refusal | None:
    """Who has an interest in it does not mediate: withdraws as in art. 28, or was declared in the form."""
    if not case.fields:
        return None
    if not (case.fields.get("mediator") or case.fields.get("outside_office")):
        return Refusal("mediator_missing", "33")
    if case.fields.get("mediator") and case.fields.get("outside_office"):
        return Refusal("mediator_twice", "33")
    declared = any(case.fields.get(name) for name in INTERESTS)
    of_a_side = case.mediation.side_unit and case.mediation.side_unit in case.mediator_units
    if declared or of_a_side or case.fields.get("mediator") in case.shut_out:
        return Refusal("mediator_interested", "28")
    return None


@dataclass(frozen=True, kw_only=True)
class Move:
    """One line of the table: from where to where (None: stays), with what; all by the unit that runs it."""

    name: str
    start: frozenset[State]
    end: State | None = None
    needs: tuple[str, ...] = ()
    may_have: tuple[str, ...] = ()
    guards: tuple[Guard, ...] = ()
    article: str = "33"


def _from(*names: State) -> frozenset[State]:
    return frozenset(names)


# fmt: off
MOVES: Mapping[str, Move] = {move.name: move for move in (
    Move(name="consent", start=_from(S.REQUESTED), needs=("side", "consents", "consent_on"), may_have=("dispute_note",),
         guards=(_not_ahead("consent_on"), _not_decided)),
    Move(name="name_mediator", start=_from(S.REQUESTED, S.BEGUN), needs=INTERESTS,
         may_have=("mediator", "outside_office", "office_name"), guards=(without_interest,), article="28"),
    Move(name="begin", start=_from(S.REQUESTED), end=S.BEGUN, guards=(_both_consent, _has_mediator)),
    Move(name="hold_session", start=_from(S.BEGUN), needs=("session_on", "place", "record"),
         guards=(_both_consent, _has_mediator, _not_ahead("session_on"))),
    Move(name="settle", start=_from(S.BEGUN), end=S.SETTLED, needs=("agreement", "carry_out_by"),
         may_have=(*ACCOUNTS, "accounts_note"), guards=(_both_consent, _not_past)),
    Move(name="execute", start=_from(S.SETTLED), end=S.EXECUTED, needs=("executed_on", "dispute_note"),
         guards=(_not_ahead("executed_on"),)),
    Move(name="fail", start=_from(S.REQUESTED, S.BEGUN), end=S.FAILED, needs=("reason", "path", "organ_and_limit")),
)}
# fmt: on


def may(move: Move, case: Case) -> Refusal | None:
    """None, or why not."""
    if case.mediation.unit not in case.units:
        return Refusal("dispute_not_yours", move.article, {"unit": case.mediation.unit})
    if case.mediation.state not in move.start:
        return Refusal("mediation_elsewhere", move.article)
    for name in move.needs if case.fields else ():
        if case.fields.get(name) in (None, ""):
            return Refusal("field_missing", move.article, {"field": name})
    return wrong_field((*move.needs, *move.may_have), case.fields, move.article) or next(
        (refusal for guard in move.guards if (refusal := guard(case)) is not None), None
    )


def wrong_field(known: Collection[str], fields: Mapping[str, Any], article: str) -> Refusal | None:
    """None, or the first field that is unknown, no choice of its list, or names somebody by a number."""
    for name, value in fields.items():
        if name not in known:
            return Refusal("field_unknown", None, {"field": name})
        spec = FIELDS[name]
        if value and spec.type is FieldType.CHOICE and value not in spec.choices:
            return Refusal("field_wrong", article, {"field": name})
        if value and spec.type is FieldType.TEXT and names_a_person(str(value)):
            return Refusal("number_of_a_person", None, {"field": name})
    return None


REQUEST_NEEDS = ("mediation_kind", "side_a", "side_b", "asked_by", "mediation_about")
REQUEST_MAY_HAVE = ("side_unit",)


def may_request(fields: Mapping[str, Any], *, running: bool) -> Refusal | None:
    """None, or why no mediation can be asked for: another one runs, or the sides are not two."""
    if running:
        return Refusal("mediation_open", "33")
    if not fields:
        return None
    missing = next((name for name in REQUEST_NEEDS if not fields.get(name)), None)
    if missing is not None:
        return Refusal("field_missing", "33", {"field": missing})
    if fields["side_a"] == fields["side_b"]:
        return Refusal("sides_alike", "33")
    return wrong_field((*REQUEST_NEEDS, *REQUEST_MAY_HAVE), fields, "33")


def end_state(move: Move, fields: Mapping[str, Any], before: State) -> State:
    """The state after a step: a side that does not want it ends it."""
    if move.name == "consent" and not fields.get("consents"):
        return State.DECLINED
    return move.end or before


def offered(case: Case) -> list[tuple[Move, Refusal | None]]:
    """The steps of whoever runs it, each with None or the reason why not now; nothing for others."""
    if case.mediation.unit not in case.units:
        return []
    return [(move, may(move, case)) for move in MOVES.values()]
