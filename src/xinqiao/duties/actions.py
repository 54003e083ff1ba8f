"""Giving a duty, reporting it done, and saying whether it is. On a matter, each is also a step of its ledger."""

from datetime import datetime

from django.db import IntegrityError, transaction

from xinqiao.directory import queries as directory
from xinqiao.duties import queries
from xinqiao.duties.models import Duty, Event
from xinqiao.duties.values import NewDuty, Source
from xinqiao.matters import actions as matters
from xinqiao.matters.queries import exists_for, today
from xinqiao.rules.duties import MOVES, OUTCOMES, Side, State, Verb, may, may_be_given
from xinqiao.rules.matters import acting_unit
from xinqiao.rules.persons import WORKING_ROLES, Person, PersonKind
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.rules.table import STEPS
from xinqiao.text.clean import Problem, clean_text


@transaction.atomic
def give(
    source: Source, new: NewDuty, *, by: Person, now: datetime, unit: str | None = None
) -> int:
    """Gives a duty for `unit` (default: the first of the giver's units; of the platform itself, it must be named).

    On a matter the owing unit takes part in it from now on and so sees it. Whether the source is the giver's to act
    on, the caller has asked. Returns the row id. Raises Refused: `due_in_past`, `field_missing`, `not_yours`,
    `unit_not_allowed` (walled, gone), `report_stays`, `shut_out`, `not_of_that_unit`.
    """
    words = _cleaned(new.words, "duty_words")
    _refuse(may_be_given(words, new.due, today(now)))
    giver = _giver(new, by, unit, now)
    owing = directory.units()
    if new.unit not in owing or not owing[new.unit].exists_on(today(now)):
        raise Refused(Refusal("unit_not_allowed", "5"))
    _refuse(_named_elsewhere(new, now))
    row = Duty.objects.create(
        source_kind=source.kind, source_id=source.id, matter_id=new.matter, words=words, unit=new.unit,
        account=new.account, region=owing[new.unit].region, due=new.due, state=State.OPEN, giver=giver,
        given_by=by.account, given_at=now,
    )  # fmt: skip
    Event.objects.create(
        duty=row, seq=1, verb=Verb.GIVE, at=now, account=by.account, unit=giver, words=words
    )
    if new.matter is not None:
        fields = {
            "duty": row.pk, "duty_source": source.kind, "duty_unit": new.unit, "due_on": new.due,
            "duty_words": words, "duty_account": new.account,
        }  # fmt: skip
        _step(new.matter, "give_duty", fields, by, now, giver)
    return row.pk


def report_done(duty: int, words: str, *, by: Person, now: datetime) -> None:
    """The owing side says that it is done, and what was done. Raises Refused."""
    _move(duty, Verb.REPORT_DONE, words, by, now)


def confirm(duty: int, words: str = "", *, by: Person, now: datetime) -> None:
    """The side that gave it has looked, and it is done. Raises Refused; nobody confirms what they reported."""
    _move(duty, Verb.CONFIRM, words, by, now)


def send_back(duty: int, reason: str, *, by: Person, now: datetime) -> None:
    """It is not done: the clock runs on from where it never stopped. Raises Refused."""
    _move(duty, Verb.SEND_BACK, reason, by, now)


def withdraw(duty: int, reason: str, *, by: Person, now: datetime) -> None:
    """Nobody owes it any more. Raises Refused."""
    _move(duty, Verb.WITHDRAW, reason, by, now)


@transaction.atomic
def _move(duty: int, verb: Verb, words: str, by: Person, now: datetime) -> None:
    row = queries.visible(by, now).filter(pk=duty).first()
    if row is None:
        raise Refused(Refusal("not_found"))
    standing = queries.standing_of(row, today(now))
    _refuse(may(verb, standing, by))
    move = MOVES[verb]
    said = _cleaned(words, "record" if verb is Verb.REPORT_DONE else "reason")
    if move.words and not said:
        field = "record" if verb is Verb.REPORT_DONE else "reason"
        raise Refused(Refusal("field_missing", "5", {"field": field}))
    unit = standing.unit if move.by is Side.OWNER else standing.giver
    _write(row, verb, said, by, now, unit)
    if row.matter_id is not None:
        _tell(row, verb, said, by, now, unit)


def _write(row: Duty, verb: Verb, words: str, by: Person, now: datetime, unit: str) -> None:
    """The next event and the row that follows from it; the second of two at once is told."""
    columns = {"state": MOVES[verb].end, "last_seq": row.last_seq + 1}
    if verb is Verb.REPORT_DONE:
        columns |= {"reported_by": by.account, "reported_on": today(now)}
    elif verb is Verb.SEND_BACK:
        columns |= {"reported_by": None, "reported_on": None}
    if not Duty.objects.filter(pk=row.pk, last_seq=row.last_seq).update(**columns):
        raise Refused(Refusal("acted_meanwhile"))
    try:
        with transaction.atomic():
            Event.objects.create(
                duty=row, seq=row.last_seq + 1, verb=verb, at=now, account=by.account, unit=unit,
                words=words,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(Refusal("acted_meanwhile")) from error


def _tell(row: Duty, verb: Verb, words: str, by: Person, now: datetime, unit: str) -> None:
    """The same in the ledger of the matter."""
    matter = row.matter_id
    assert matter is not None  # noqa: S101  the caller has looked
    if verb is Verb.REPORT_DONE:
        _step(matter, "duty_done", {"duty": row.pk, "record": words}, by, now, unit)
        return
    fields = {"duty": row.pk, "duty_outcome": OUTCOMES[verb], "reason": words}
    _step(matter, "answer_duty", fields, by, now, unit)


def _step(
    matter: int, step: str, fields: dict[str, object], by: Person, now: datetime, unit: str
) -> None:
    if not exists_for(by, matter, now):
        raise Refused(Refusal("not_found"))
    matters.take(matter, step, fields, by=by, now=now, unit=unit)


def _giver(new: NewDuty, by: Person, unit: str | None, now: datetime) -> str:
    """The unit that gives it: of somebody with several posts, the one that gives them the right on the matter."""
    own = by.units()
    if by.kind is PersonKind.SYSTEM and unit:
        return unit
    if not own or (unit is not None and unit not in own):
        raise Refused(Refusal("duty_not_yours", "5"))
    if unit is None and new.matter is not None and len(own) > 1:
        case = matters.case_of(matters.load(new.matter), by, now, guarded=False)
        return acting_unit(STEPS["give_duty"], case) or min(own)
    return unit or min(own)


def _named_elsewhere(new: NewDuty, now: datetime) -> Refusal | None:
    """Who is named works in the unit that owes it."""
    if new.account is None:
        return None
    posts = directory.person(new.account, today(now)).in_own_right
    at_work = new.unit in posts.units(WORKING_ROLES)
    return None if at_work else Refusal("not_of_that_unit", "5")


def _cleaned(words: str, field: str) -> str:
    cleaned = clean_text(words, multiline=True)
    if isinstance(cleaned, Problem):
        raise Refused(Refusal(cleaned.code, None, {"field": field, **cleaned.facts}))
    return cleaned.text


def _refuse(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise Refused(refusal)
