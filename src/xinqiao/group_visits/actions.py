"""Calling the first-in-charge to a group visit, and what they do there. Each verb is a step on the matter's ledger."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from xinqiao.directory import queries as directory
from xinqiao.duties import actions as duties
from xinqiao.duties.values import NewDuty, Source
from xinqiao.group_visits import queries
from xinqiao.group_visits.models import GroupVisit
from xinqiao.intake.queries import VisitLine
from xinqiao.matters import actions as matters
from xinqiao.matters.queries import today
from xinqiao.rules.duties import SourceKind
from xinqiao.rules.group_visits import (
    ENDS,
    Reason,
    Stage,
    Verb,
    due,
    follow_up_is_over,
    may,
    reason_of,
    responsible,
)
from xinqiao.rules.persons import SYSTEM, Person
from xinqiao.rules.refusals import Refusal, Refused


def call(visit: VisitLine, *, now: datetime) -> int | None:
    """Calls the first-in-charge of the unit responsible, if this visit is one that calls for it. Once for each visit.

    The unit takes part in the matter from then on and so sees it. Returns the row id; None when the visit calls
    nobody, was called for before, or its matter is not registered yet (its kind and place are not known: the job
    comes back).
    """
    if GroupVisit.objects.filter(contact=visit.id).exists():
        return None
    facts = matters.facts_of(visit.matter)
    units, day = directory.units(), today(now)
    unit = responsible(facts, units, day)
    if unit is None:
        return None
    reason = reason_of(visit.head_count, visit.level, unit, units, day)
    if reason is None:
        return None
    try:
        with transaction.atomic():
            return _called(visit, unit, reason, now)
    except IntegrityError:  # the door and the job at once: one of them was first
        return None
    except Refused as refused:  # somebody acted on the matter meanwhile: the job comes back
        if refused.refusal.code != "acted_meanwhile":
            raise
        return None


def _called(visit: VisitLine, unit: str, reason: Reason, now: datetime) -> int:
    day = today(now)
    row = GroupVisit.objects.create(
        contact=visit.id, matter_id=visit.matter, unit=unit, reason=reason, stage=Stage.CALLED, called_at=now,
        acknowledge_by=due("acknowledge", now, day), go_by=due("go", now, day),
        next_due=due("acknowledge", now, day),
    )  # fmt: skip
    fields = {"group_visit": row.pk, "called_unit": unit, "visit_reason": reason.value}
    matters.take(visit.matter, "call_first_in_charge", fields, by=SYSTEM, now=now)
    return row.pk


def acknowledge(visit: int, *, by: Person, now: datetime) -> None:
    """The first-in-charge has read the call. Raises Refused, as all verbs here do: `not_found`, or why not now."""
    _do(visit, Verb.ACKNOWLEDGE, "acknowledge_call", {}, {"acknowledged_at": now}, by, now)


def arrive(visit: int, *, by: Person, now: datetime) -> None:
    """The first-in-charge is there. Who goes without having acknowledged has done so by going."""
    _do(visit, Verb.ARRIVE, "arrive_on_spot", {}, {"arrived_at": now}, by, now)


def hear(
    visit: int, demands: str, representatives: int | None = None, *, by: Person, now: datetime
) -> None:
    """The representatives were received, and what they ask for is written down with the matter."""
    fields = {"demands": demands, "representatives_heard": representatives}
    _do(visit, Verb.HEAR, "hear_representatives", fields, {"heard_at": now}, by, now)


def offer_help(
    visit: int,
    *,
    offered: bool,
    consented: bool | None = None,
    given: bool | None = None,
    by: Person,
    now: datetime,
) -> None:
    """Help with the way home, offered and given only with consent; nothing is kept but these three answers."""
    columns = {"help_offered": offered, "help_consented": consented, "help_given": given}
    _do(visit, Verb.OFFER_HELP, "offer_way_home", columns, columns, by, now)


@transaction.atomic
def promise(
    visit: int, words: str, unit: str, day: date, *, by: Person, now: datetime, account: int | None = None
) -> int:  # fmt: skip
    """A commitment made to the representatives: a duty of a unit with a day. Returns the id of the duty."""
    row = _row(visit, by, now)
    _refuse(may(Verb.PROMISE, Stage(row.stage), queries.unit_today(row, today(now)), by))
    source = Source(kind=SourceKind.GROUP_VISIT, id=row.pk)
    new = NewDuty(words=words, unit=unit, due=day, account=account, matter=row.matter_id)
    return duties.give(source, new, by=by, now=now, unit=queries.unit_today(row, today(now)))


def review(
    visit: int, cause: str, lesson: str, also: str = "", *, by: Person, now: datetime
) -> None:
    """What would have made the visit needless: on the official side. Only when the matter is settled or closed."""
    fields = {"needless_if": cause, "lesson": lesson, "needless_if_also": also}
    columns = {"reviewed_at": now, "needless_if": cause, "needless_if_also": also}
    _do(visit, Verb.REVIEW, "review_group_visit", fields, columns, by, now)


@transaction.atomic
def end_follow_up(visit: int, *, now: datetime) -> bool:
    """The matter itself is settled or closed: the follow-up ends and the review begins. Returns whether it did."""
    row = GroupVisit.objects.get(pk=visit)
    facts = matters.facts_of(row.matter_id)
    if row.over_at is not None or not follow_up_is_over(facts.state, facts.settled):
        return False
    review_by = due("review", now, today(now))
    open_rows = GroupVisit.objects.filter(pk=visit, over_at__isnull=True)
    return bool(
        open_rows.update(
            stage=Stage.TO_REVIEW, over_at=now, review_by=review_by, next_due=review_by
        )
    )


@transaction.atomic
def _do(
    visit: int, verb: Verb, step: str, fields: Mapping[str, Any], columns: Mapping[str, Any], by: Person, now: datetime
) -> None:  # fmt: skip
    """One verb: the rules are asked, the row is changed if it still is as it was seen, the step is taken."""
    row = _row(visit, by, now)
    unit = queries.unit_today(row, today(now))
    _refuse(may(verb, Stage(row.stage), unit, by))
    changed = dict(columns) | {"stage": ENDS.get(verb, Stage(row.stage))}
    if verb is Verb.ARRIVE and row.acknowledged_at is None:
        changed["acknowledged_at"] = now
    changed["next_due"] = row.go_by if verb is Verb.ACKNOWLEDGE else None
    if verb is Verb.OFFER_HELP:
        changed["next_due"] = row.next_due
    given = {name: value for name, value in fields.items() if value not in (None, "")}
    matters.take(row.matter_id, step, {"group_visit": row.pk, **given}, by=by, now=now, unit=unit)
    if not GroupVisit.objects.filter(pk=visit, stage=row.stage).update(**changed):
        raise Refused(Refusal("acted_meanwhile"))


def _row(visit: int, by: Person, now: datetime) -> GroupVisit:
    row = queries.visible(by, now).filter(pk=visit).first()
    if row is None:
        raise Refused(Refusal("not_found"))
    return row


def _refuse(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise Refused(refusal)
