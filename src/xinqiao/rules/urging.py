"""Urging in rising forms, and what follows where it does not help (art. 39, 40): forms, and guards of their steps."""

from collections.abc import Collection
from datetime import date

from xinqiao.law.calendar import Calendar
from xinqiao.rules.facts import Asked, Facts
from xinqiao.rules.persons import Role
from xinqiao.rules.refusals import Refusal
from xinqiao.rules.states import CLOSED
from xinqiao.rules.steps import Case, Guard
from xinqiao.rules.units import UnitKind
from xinqiao.rules.wall import walled_units

#: Forms of urging, each heavier than the one before: a reminder before the date, a message, a letter with a date, a
#: look on the spot, two cards.
REMIND, MESSAGE, WRITTEN, INSPECTION, YELLOW, RED = (
    "remind", "message", "written", "inspection", "yellow_card", "red_card",
)  # fmt: skip
FORMS = (REMIND, MESSAGE, WRITTEN, INSPECTION, YELLOW, RED)
CARDS = (YELLOW, RED)
#: What one of these must have come before, at the same unit.
_BEFORE = {YELLOW: (WRITTEN, INSPECTION), RED: (YELLOW,)}
#: The form that is proposed after one of these, the heaviest used counting.
_HEAVIER = {
    RED: RED, YELLOW: RED, INSPECTION: YELLOW, WRITTEN: YELLOW, MESSAGE: WRITTEN, REMIND: MESSAGE,
}  # fmt: skip

TALK, PUBLIC_NOTICE, CORRECTION, LISTED = "talk", "public_notice", "correction", "listed"
MEASURES = (TALK, PUBLIC_NOTICE, CORRECTION, LISTED)
RECOMMENDATIONS = ("improve_work", "improve_policy", "accountability")
#: What a unit answers by `answer_urging`; a recommendation has a step of its own.
ANSWERED_BY_REPORT = (*FORMS, CORRECTION)
ANSWER_WORKING_DAYS = 5
#: Who decides on listed supervision (art. 39): the joint conference, or the government that convenes it.
CONVENES = frozenset({UnitKind.JOINT_CONFERENCE, UnitKind.GOVERNMENT})


def answerable(facts: Facts) -> str:
    """The unit that has to act: where the ball lies; once the procedure is over, whoever handled it."""
    if facts.state in CLOSED and facts.handler:
        return facts.handler
    return facts.holder


def next_form(facts: Facts, overdue: bool) -> str:
    """The form that comes next for the unit that has to act: proposed to whoever urges, who may choose otherwise."""
    used = {one.what for one in _at_unit(facts)}
    for form, heavier in _HEAVIER.items():
        if form in used:
            return heavier
    return MESSAGE if overdue else REMIND


def answer_day(calendar: Calendar, today: date) -> date:
    """The day proposed for an answer: five working days from today."""
    return calendar.add_working_days(today, ANSWER_WORKING_DAYS)


def somebody_to_urge(case: Case) -> Refusal | None:
    """Nobody urges their own unit; and a unit that the report names hears nothing of it (art. 30)."""
    return _free(answerable(case.facts), case)


def addressee_is_free(case: Case) -> Refusal | None:
    """The same of the organ that a recommendation names."""
    addressee = case.fields.get("addressee")
    return _free(addressee, case) if addressee else None


def _free(unit: str, case: Case) -> Refusal | None:
    if unit in walled_units(case.facts, case.units):
        return Refusal("urged_is_reported", "30")
    if unit in case.person.units():
        return Refusal("urges_itself", "40")
    return None


def rising(case: Case) -> Refusal | None:
    """A card follows a milder form at the same unit and is a head's to show; a reminder comes before the date."""
    form = case.fields.get("urging_form")
    if form == REMIND and any(clock.state == "overdue" for clock in case.clocks):
        return Refusal("too_late_to_remind", "40")
    if form not in CARDS:
        return None
    if not case.person.units(frozenset({Role.HEAD})):
        return Refusal("card_by_head", "40")
    here = _at_unit(case.facts)
    if any(one.what == form and one.open for one in here):
        return Refusal("card_unanswered", "40", {"form": form})
    if not any(one.what in _BEFORE[form] for one in here):
        return Refusal("form_too_early", "40", {"form": form, "needed": _BEFORE[form][0]})
    return None


def after_a_card(case: Case) -> Refusal | None:
    """Talk, public notice and ordered correction come when urging did not help (art. 39)."""
    if any(one.what in CARDS for one in _at_unit(case.facts)):
        return None
    return Refusal("measure_too_early", "39", {"needed": YELLOW})


def day_ahead(name: str, article: str = "40") -> Guard:
    """A last day that is set lies not in the past."""

    def guard(case: Case) -> Refusal | None:
        day = case.fields.get(name)
        is_gone = day is not None and day < case.today
        return Refusal("day_gone", article, {"field": name}) if is_gone else None

    return guard


def owes(*kinds: str) -> Guard:
    """The person's unit owes an answer of these kinds; where one is named, that one."""

    def guard(case: Case) -> Refusal | None:
        own, named = case.person.units(), case.fields.get("addressed")
        owed = owed_by(case.facts, own, kinds)
        if not owed or (named is not None and named not in {one.seq for one in owed}):
            return Refusal("nothing_to_answer", "40")
        return None

    return guard


def owed_by(facts: Facts, units: Collection[str], kinds: Collection[str]) -> list[Asked]:
    """What was asked of these units and is not answered, oldest first."""
    owed = (one for one in facts.asked if one.open and one.unit in units and one.what in kinds)
    return sorted(owed, key=lambda one: one.seq)


def conference_decides(case: Case) -> Refusal | None:
    """Listed supervision is decided by the joint conference of the place (art. 39)."""
    decider = case.fields.get("decided_by")
    if decider is None or (decider in case.units and case.units[decider].kind in CONVENES):
        return None
    return Refusal("conference_decides", "39")


def listed_is(wanted: bool) -> Guard:
    """The matter stands under listed supervision, or does not."""

    def guard(case: Case) -> Refusal | None:
        if (case.facts.listed_until is not None) is wanted:
            return None
        return Refusal("not_listed" if wanted else "already_listed", "39")

    return guard


def _at_unit(facts: Facts) -> list[Asked]:
    """What was asked of the unit that has to act now."""
    unit = answerable(facts)
    return [one for one in facts.asked if one.unit == unit]
