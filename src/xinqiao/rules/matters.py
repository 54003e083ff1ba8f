"""May this person take this step on this matter now? One answer greys the button and refuses the call."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from xinqiao.rules.checks import check_complete, check_given
from xinqiao.rules.entries import Entry, effective
from xinqiao.rules.facts import Facts
from xinqiao.rules.joint import led_elsewhere
from xinqiao.rules.persons import Person, PersonKind, Role
from xinqiao.rules.refusals import Refusal
from xinqiao.rules.states import CLOSED, Kind
from xinqiao.rules.steps import By, Case, Step
from xinqiao.rules.table import STEPS, TABLE
from xinqiao.rules.units import UnitKind, within
from xinqiao.rules.wall import behind_wall

_HEADS = frozenset({Role.HEAD})


def may(step: Step, case: Case) -> Refusal | None:
    """None, or why not: a refusal with its code, article and facts.

    With `case.fields` empty the question is whether the button may be pressed at all; with fields, whether exactly
    this may be done. The order of the checks is the order in which they would be told to a person.
    """
    refusal = _not_now(step, case)
    return refusal or (check_complete(step, case) if case.fields else None)


def may_take(step: Step, case: Case) -> Refusal | None:
    """The answer before a step is written: `may`, and no field that the step needs is missing even if none is given."""
    return _not_now(step, case) or check_complete(step, case)


def _not_now(step: Step, case: Case) -> Refusal | None:
    if behind_wall(case.person, case.facts, case.units):
        return Refusal("not_found")
    if not stands_by(step, case):
        return Refusal("not_yours", step.article, {"by": ",".join(step.by)})
    if case.facts.state not in step.start and not (case.facts.state is None and not step.start):
        return Refusal(_state_code(case.facts), step.article, {"state": str(case.facts.state)})
    if case.facts.kind is not None and case.facts.kind not in step.kinds:
        return Refusal("wrong_kind", step.article, {"kind": str(case.facts.kind)})
    led = led_elsewhere(step.name, case.facts)
    if led is not None:
        return led
    guarded = (refusal for guard in step.guards if (refusal := guard(case)) is not None)
    return check_given(step, case) or next(guarded, None)


def _state_code(facts: Facts) -> str:
    return "matter_closed" if facts.state in CLOSED else "wrong_state"


def stands_by(step: Step, case: Case) -> bool:
    """Whether the person stands in one of the relations that the step asks for."""
    return any(_relation_holds(by, case) for by in step.by)


def acting_unit(step: Step, case: Case) -> str:
    """The unit for which the person acts when taking this step; "" for a petitioner and for the platform."""
    for by in step.by:
        for unit in _units_standing(by, case):
            return unit
    return ""


def acting_for(step: Step, case: Case, unit: str) -> int | None:
    """The account in whose place the person takes this step for `unit`; None when it is theirs to take.

    Asked when the step may be taken: what the person may do in their own right, they do in their own name.
    """
    person = case.person
    if not person.away:
        return None
    for account in (None, *sorted(person.away)):
        alone = person.standing_in_for({account} if account is not None else ())
        if unit in alone.units() and may_take(step, replace(case, person=alone)) is None:
            return account
    return None


def _relation_holds(by: By, case: Case) -> bool:
    match by:
        case By.PETITIONER:
            return case.person.kind is PersonKind.PETITIONER
        case By.SYSTEM:
            return case.person.kind is PersonKind.SYSTEM
        case _:
            return any(True for _ in _units_standing(by, case))


def _units_standing(by: By, case: Case) -> Iterator[str]:
    """The person's units that stand in the relation `by` to the matter."""
    if case.person.kind is not PersonKind.STAFF:
        return
    heads_only = by in {By.HOLDER_HEAD, By.HANDLER_HEAD, By.OFFICE_HEAD, By.GOVERNMENT_HEAD}
    own = case.person.units(_HEADS) if heads_only else case.person.units()
    facts = case.facts
    match by:
        case By.OFFICE | By.OFFICE_HEAD:
            yield from sorted(unit for unit in own if _office_over(unit, case))
        case By.GOVERNMENT_HEAD:
            yield from sorted(own & {unit for unit in facts.involved if _is_government(unit, case)})
        case By.CONFERENCE:
            yield from sorted(unit for unit in own if _leads_over(unit, case))
        case By.RECEIVER if not facts.receiver:
            yield from own
        case _:
            yield from sorted(own & _told(by, facts))


def _told(by: By, facts: Facts) -> frozenset[str | None]:
    """The units that stand in a relation which the facts alone tell."""
    match by:
        case By.HOLDER | By.HOLDER_HEAD:
            return frozenset({facts.holder})
        case By.HANDLER | By.HANDLER_HEAD:
            return frozenset({facts.handler})
        case By.REFERRER:
            return frozenset({facts.referrer})
        case By.RECEIVER:
            return frozenset({facts.receiver})
        case By.LEAD:
            return frozenset({facts.lead_unit})
        case By.INVOLVED:
            return facts.involved
        case By.ADDRESSEE:
            return frozenset(one.unit for one in facts.asked if one.open)
        case _:
            return frozenset()


def _is_government(unit: str, case: Case) -> bool:
    return unit in case.units and case.units[unit].kind is UnitKind.GOVERNMENT


def _office_over(unit: str, case: Case) -> bool:
    """A petition office in whose territory the matter lies; a report stays with those who hold or held it.

    Where it lies nobody knows before it is registered: until then it is the receiver's alone.
    """
    facts = case.facts
    if unit not in case.units or case.units[unit].kind is not UnitKind.PETITION_OFFICE:
        return False
    if facts.kind is Kind.REPORT and unit not in facts.involved:
        return False
    return bool(facts.region) and within(facts.region, case.units[unit].region)


def _leads_over(unit: str, case: Case) -> bool:
    """A joint conference over the place, or a government that the person heads, to which the matter came.

    What never came to them does not exist for them; the petition office of the place enters what they decide on it.
    """
    facts = case.facts
    if unit not in case.units or unit not in facts.involved:
        return False
    heads = case.person.units(_HEADS)
    leads = {UnitKind.JOINT_CONFERENCE} | ({UnitKind.GOVERNMENT} if unit in heads else set())
    inside = bool(facts.region) and within(facts.region, case.units[unit].region)
    return case.units[unit].kind in leads and inside


def offered(case: Case) -> list[tuple[Step, Refusal | None]]:
    """The steps that could ever be this person's on this matter, each with None or the reason why not now.

    Steps of other people are left out; those of the person's own unit that only a head takes stay in, greyed.
    """
    as_head = replace(case, person=_promoted(case.person))
    return [
        (step, may(step, case))
        for step in TABLE
        if step.start and (stands_by(step, case) or stands_by(step, as_head))
    ]


def _promoted(person: Person) -> Person:
    """The same person, were they head of their units: for telling whose step a greyed button is."""
    heads = tuple(
        replace(post, role=Role.HEAD) for post in person.posts if post.role is not Role.ADMIN
    )
    return replace(person, posts=person.posts + heads)


#: After these a step is still the last one.
_NOTHING_FOLLOWED = frozenset({"recompute", "notify", "tell_apart", "tell_alike"})


def revocable_entry(entries: Sequence[Entry]) -> Entry | None:
    """The entry that may be revoked: the last one, if its step is revocable; else None."""
    counted = [entry for entry in effective(entries) if entry.step not in _NOTHING_FOLLOWED]
    return counted[-1] if counted and STEPS[counted[-1].step].revocable else None


def correctable_entries(entries: Iterable[Entry]) -> dict[int, str]:
    """The numbers of the entries whose date starts or stops a clock, each with the unit that made it."""
    return {entry.seq: entry.unit for entry in effective(entries) if STEPS[entry.step].law}
