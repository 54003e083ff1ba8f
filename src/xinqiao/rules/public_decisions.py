"""Deciding that asks first: the way of a decision assessment (重大决策风险评估), one literal table, and who may go it.

Sources, beside R2022: 《重大行政决策程序暂行条例》 (order 713 of the State Council, in force since 2019-09-01), whose
articles stand with each line as `source`: 14, 15 the public is heard, as a rule for 30 days or more; 18 opinions are
put in order, studied and taken up; 22 to 24 risks are assessed, and what cannot be controlled is not decided; 30 the
head decides; 36 the decision is judged afterwards. R2022 art. 29: what a suggestion becomes is answered.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from xinqiao.rules.persons import Person, PersonKind, Role
from xinqiao.rules.refusals import Refusal
from xinqiao.rules.units import Units, within

#: Days for which the public is asked, as a rule (order 713, art. 15); less needs a reason that is published.
LEAST_DAYS = 30


class Stage(StrEnum):
    """Where an assessment stands."""

    DRAFTING = "drafting"
    GATHERING = "gathering"  # the public is asked
    WEIGHING = "weighing"  # opinions are answered, the conclusion is written
    SUBMITTED = "submitted"  # it waits for a head
    CONCLUDED = "concluded"
    DROPPED = "dropped"


class Question(StrEnum):
    """The four questions of every assessment."""

    LAWFULNESS = "lawfulness"
    REASONABLENESS = "reasonableness"
    FEASIBILITY = "feasibility"
    CONTROLLABILITY = "controllability"


class Verdict(StrEnum):
    """What was found on a question."""

    YES = "yes"
    WITH_MEASURES = "with_measures"
    NO = "no"


class Conclusion(StrEnum):
    """What the assessment ends with."""

    GO = "go"
    CONDITIONS = "conditions"
    WAIT = "wait"
    STOP = "stop"


#: After these the decision may be taken.
LEADS_ON = frozenset({Conclusion.GO, Conclusion.CONDITIONS})


class By(StrEnum):
    """Who acts: somebody of the unit that drafts, a head who took no part, anybody of the public, the platform."""

    DRAFTER = "drafter"
    APPROVER = "approver"
    PUBLIC = "public"


@dataclass(frozen=True, kw_only=True)
class Found:
    """What was found on one question. `proofs` counts laws cited and files attached."""

    verdict: Verdict
    proofs: int


@dataclass(frozen=True, kw_only=True)
class Standing:
    """An assessment as the rules see it: codes, numbers and days, no text.

    `drafters` are the accounts that had a hand in it; `unanswered` the opinions that belong to no answer yet.
    """

    stage: Stage | None = None
    unit: str = ""
    region: str = ""
    drafters: frozenset[int] = frozenset()
    areas: int = 0
    options: int = 0
    touched: int = 0
    findings: Mapping[Question, Found] = field(default_factory=dict)
    opens_on: date | None = None
    closes_on: date | None = None
    opinions: int = 0
    unanswered: int = 0
    measures: int = 0
    conclusion: Conclusion | None = None
    approved_on: date | None = None
    effective_on: date | None = None
    looked_back: bool = False


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Who asks about which assessment on which day, and with what. `given` is empty while only the button is asked."""

    standing: Standing
    person: Person
    today: date
    units: Units
    given: Mapping[str, object] = field(default_factory=dict)


Guard = Callable[[Asked], Refusal | None]


@dataclass(frozen=True, kw_only=True)
class Act:
    """One line of the table: from which stages, to which (None: it stays), by whom, under what.

    `source` is the article of order 713 that asks for it.
    """

    name: str
    start: frozenset[Stage]
    end: Stage | None = None
    by: By = By.DRAFTER
    needs: tuple[str, ...] = ()
    guards: tuple[Guard, ...] = ()
    source: str = ""


# ---- the conditions beside stage and post ----


def _described(asked: Asked) -> Refusal | None:
    """Nobody can have an opinion on what is not said: area, people touched, at least two options."""
    standing = asked.standing
    for part, there, least in (
        ("areas", standing.areas, 1),
        ("touched", standing.touched, 1),
        ("options", standing.options, 2),
    ):
        if there < least:
            return Refusal("assessment_part_missing", None, {"part": part})
    return None


def _window_long_enough(asked: Asked) -> Refusal | None:
    """The public is asked from today for 30 days or more, or the reason why not is published."""
    until = asked.given.get("closes_on")
    if not isinstance(until, date):
        return None
    if until <= asked.today:
        return Refusal("opinions_end_in_past", None, {"earliest": str(asked.today + timedelta(1))})
    least = asked.today + timedelta(days=LEAST_DAYS)
    if until < least and not asked.given.get("short_reason"):
        return Refusal("opinions_too_short", None, {"days": str(LEAST_DAYS), "due": str(least)})
    return None


def _window_over(asked: Asked) -> Refusal | None:
    """What was promised to the public is kept: opinions are taken until the end of the last day."""
    until = asked.standing.closes_on
    if until is not None and asked.today <= until:
        return Refusal("opinions_still_open", None, {"due": str(until)})
    return None


def _window_open(asked: Asked) -> Refusal | None:
    until = asked.standing.closes_on
    if until is not None and asked.today > until:
        return Refusal("opinions_closed", None, {"due": str(until)})
    return None


def _four_found(asked: Asked) -> Refusal | None:
    """Each question has a finding, and each finding rests on something."""
    for question in Question:
        found = asked.standing.findings.get(question)
        if found is None:
            return Refusal("finding_missing", None, {"question": str(question)})
        if not found.proofs:
            return Refusal("finding_without_proof", None, {"question": str(question)})
    return None


def _public_heard(asked: Asked) -> Refusal | None:
    return None if asked.standing.opinions else Refusal("nobody_heard", None)


def _all_answered(asked: Asked) -> Refusal | None:
    left = asked.standing.unanswered
    return Refusal("opinions_left", None, {"left": str(left)}) if left else None


def _follows_from_findings(asked: Asked) -> Refusal | None:
    """A no to a question stops; what needs measures has some, each with an owner and a day (order 713, art. 24)."""
    conclusion = asked.given.get("conclusion")
    verdicts = {question: found.verdict for question, found in asked.standing.findings.items()}
    if conclusion not in LEADS_ON:
        return None
    for question, verdict in verdicts.items():
        if verdict is Verdict.NO:
            return Refusal("finding_says_no", None, {"question": str(question)})
    needs_measures = (
        conclusion == Conclusion.CONDITIONS or Verdict.WITH_MEASURES in verdicts.values()
    )
    if conclusion == Conclusion.GO and Verdict.WITH_MEASURES in verdicts.values():
        return Refusal("conditions_needed", None)
    if needs_measures and not asked.standing.measures:
        return Refusal("measures_missing", None)
    return None


def _took_no_part(asked: Asked) -> Refusal | None:
    """Whoever drafted does not approve."""
    if asked.person.account in asked.standing.drafters:
        return Refusal("drafted_oneself", None)
    return None


def _leads_on(asked: Asked) -> Refusal | None:
    if asked.standing.conclusion in LEADS_ON:
        return None
    return Refusal("conclusion_stops", None)


def _only_waiting(asked: Asked) -> Refusal | None:
    if asked.standing.conclusion is Conclusion.WAIT:
        return None
    return Refusal("nothing_waits", None)


def _not_before_approval(asked: Asked) -> Refusal | None:
    """A decision takes effect when it was assessed, not before."""
    day, approved = asked.given.get("effective_on"), asked.standing.approved_on
    if isinstance(day, date) and approved is not None and day < approved:
        return Refusal("effective_before_approval", None, {"due": str(approved)})
    return None


def _in_effect(asked: Asked) -> Refusal | None:
    day = asked.standing.effective_on
    if day is None or day > asked.today:
        return Refusal("not_in_effect", None)
    return None


_S = Stage
_BEFORE = frozenset({_S.DRAFTING, _S.GATHERING, _S.WEIGHING})
_HEARD = frozenset({_S.GATHERING, _S.WEIGHING})

TABLE: tuple[Act, ...] = (
    Act(name="begin", start=frozenset(), end=_S.DRAFTING, needs=("subject",), source="22"),
    Act(name="describe", start=frozenset({_S.DRAFTING}), needs=("subject",), source="22"),
    Act(name="find", start=_BEFORE, needs=("words",), source="22"),
    Act(name="open_opinions", start=frozenset({_S.DRAFTING}), end=_S.GATHERING, needs=("closes_on",),
        guards=(_described, _window_long_enough), source="15"),
    Act(name="take_part", start=frozenset({_S.GATHERING}), by=By.PUBLIC, needs=("words",), guards=(_window_open,),
        source="14"),
    Act(name="enter_opinion", start=_HEARD, needs=("words",), source="14"),
    Act(name="close_opinions", start=frozenset({_S.GATHERING}), end=_S.WEIGHING, guards=(_window_over,), source="18"),
    Act(name="answer", start=_HEARD, needs=("words",), source="18"),
    Act(name="release", start=frozenset(_S) - {_S.DRAFTING}, needs=("words",), source="18"),
    Act(name="plan_measure", start=_BEFORE, needs=("words",), source="24"),
    Act(name="submit", start=frozenset({_S.WEIGHING}), end=_S.SUBMITTED, needs=("conclusion", "words"),
        guards=(_four_found, _public_heard, _all_answered, _follows_from_findings), source="24"),
    Act(name="return", start=frozenset({_S.SUBMITTED}), end=_S.WEIGHING, by=By.APPROVER, needs=("words",),
        guards=(_took_no_part,), source="30"),
    Act(name="approve", start=frozenset({_S.SUBMITTED}), end=_S.CONCLUDED, by=By.APPROVER,
        guards=(_took_no_part, _four_found, _all_answered), source="30"),
    Act(name="resume", start=frozenset({_S.CONCLUDED}), end=_S.WEIGHING, needs=("words",), guards=(_only_waiting,),
        source="24"),
    Act(name="take_effect", start=frozenset({_S.CONCLUDED}), needs=("effective_on",),
        guards=(_leads_on, _not_before_approval), source="30"),
    Act(name="keep_measure", start=frozenset({_S.CONCLUDED}), needs=("words",), guards=(_leads_on,), source="24"),
    Act(name="count_matter", start=frozenset({_S.CONCLUDED}), needs=("words",), guards=(_leads_on,), source="36"),
    Act(name="look_back", start=frozenset({_S.CONCLUDED}), needs=("words",), guards=(_leads_on, _in_effect),
        source="36"),
    Act(name="drop", start=_BEFORE, end=_S.DROPPED, needs=("words",), source="18"),
)  # fmt: skip
ACTS: dict[str, Act] = {act.name: act for act in TABLE}


def may(act: Act, asked: Asked) -> Refusal | None:
    """None, or why not. With `given` empty: whether the button may be pressed; else whether just this may be done."""
    standing = asked.standing
    if not stands_by(act.by, asked):
        code = "not_an_approver" if act.by is By.APPROVER else "not_the_drafting_unit"
        return Refusal(code, None)
    if standing.stage not in act.start and not (standing.stage is None and not act.start):
        return Refusal("wrong_stage", None, {"stage": str(standing.stage or "")})
    for guard in act.guards:
        refusal = guard(asked)
        if refusal is not None:
            return refusal
    return _missing(act.needs, asked.given) if asked.given else None


def _missing(needs: tuple[str, ...], given: Mapping[str, object]) -> Refusal | None:
    missing = next((name for name in needs if given.get(name) in (None, "")), None)
    return Refusal("decision_field_missing", None, {"part": missing}) if missing else None


def stands_by(by: By, asked: Asked) -> bool:
    """Whether the person stands in the relation that the act asks for."""
    person, unit = asked.person, asked.standing.unit
    match person.kind, by:
        case PersonKind.SYSTEM, _:
            return True
        case PersonKind.PETITIONER, _:
            return by is By.PUBLIC
        case _, By.DRAFTER:
            return unit in person.units()
        case _, By.APPROVER:
            return bool(approving_units(unit, asked.units) & person.units(frozenset({Role.HEAD})))
        case _:
            return False


def approving_units(unit: str, units: Units) -> frozenset[str]:
    """The units whose heads may approve what `unit` drafted: itself and all above it."""
    return frozenset(units.line_up(unit)) if unit in units else frozenset({unit})


def outside_territory(unit: str, regions: list[str], units: Units) -> Refusal | None:
    """A unit decides for its own territory, not for others."""
    if unit not in units:
        return Refusal("not_the_drafting_unit", None)
    beyond = [region for region in regions if not within(region, units[unit].region)]
    return Refusal("outside_territory", None, {"unit": unit}) if beyond else None
