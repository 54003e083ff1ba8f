"""The joint conference: planned, its agenda made, who came, what was decided, who does what by when.

What it decides on a matter is a step of that matter's ledger; a meeting itself has a history that only grows.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from xinqiao.directory import queries as directory
from xinqiao.duties import actions as duties
from xinqiao.duties.values import NewDuty, Source
from xinqiao.evidence import actions as evidence
from xinqiao.evidence.values import FileInfo, Owner
from xinqiao.leadership.models import Attendance, Conference, ConferenceEvent, Item
from xinqiao.leadership.queries import conferences as queries
from xinqiao.leadership.values import Meeting, Promise
from xinqiao.matters import actions as matters
from xinqiao.matters import queries as matter_queries
from xinqiao.rules.duties import SourceKind
from xinqiao.rules.leadership import (
    ConferenceOutcome,
    ConferenceState,
    ConferenceVerb,
    ItemState,
    keeps_conference,
)
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.rules.states import Kind, State
from xinqiao.rules.units import UnitKind
from xinqiao.supervision import actions as supervision
from xinqiao.text.clean import Problem, clean_text

#: Under what the papers of a meeting lie.
PAPERS = "conference"


@transaction.atomic
def plan(meeting: Meeting, *, by: Person, now: datetime) -> int:
    """Plans a meeting of today or later and calls the units to it. Returns its id. Raises Refused."""
    _keeper(by, meeting.unit)
    if matter_queries.today(meeting.meets_at) < matter_queries.today(now):
        raise Refused(Refusal("begins_in_past", "13"))
    place = _cleaned(meeting.place, "place", needed=True)
    row = Conference.objects.create(
        unit=meeting.unit, region=directory.units()[meeting.unit].region, meets_at=meeting.meets_at,
        place=place, chair=meeting.chair, state=ConferenceState.PLANNED,
    )  # fmt: skip
    _call(row, meeting.called)
    _note(row, ConferenceVerb.PLAN, by, now)
    return row.pk


@transaction.atomic
def change(conference: int, meeting: Meeting, *, by: Person, now: datetime) -> None:
    """Another day, place, chair, or units called. Raises Refused."""
    row = _planned(conference, by, now)
    begins, today = matter_queries.today(meeting.meets_at), matter_queries.today(now)
    if begins < today and meeting.meets_at != row.meets_at:
        raise Refused(Refusal("begins_in_past", "13"))
    place = _cleaned(meeting.place, "place", needed=True)
    Conference.objects.filter(pk=row.pk).update(
        meets_at=meeting.meets_at, place=place, chair=meeting.chair
    )
    Attendance.objects.filter(conference=row).exclude(unit__in=list(meeting.called)).delete()
    _call(row, meeting.called)
    _note(row, ConferenceVerb.CHANGE, by, now)


@transaction.atomic
def cancel(conference: int, reason: str, *, by: Person, now: datetime) -> None:
    """The meeting does not take place. Raises Refused; without a reason, too."""
    row = _planned(conference, by, now)
    words = _cleaned(reason, "reason", needed=True)
    Conference.objects.filter(pk=row.pk).update(state=ConferenceState.CANCELLED)
    _note(row, ConferenceVerb.CANCEL, by, now, words=words)


@transaction.atomic
def propose(
    conference: int, *, matter: int | None, subject: str = "", reason: str, by: Person, now: datetime,
) -> int:  # fmt: skip
    """A unit proposes a matter that exists for it, or a subject of its own, for a meeting that is open to it.

    Returns the item's id. Raises Refused: a report never comes before the conference (art. 30).
    """
    row = queries.open_to(by, now).filter(pk=conference).first()
    if row is None:
        raise Refused(Refusal("conference_over", "13"))
    words = _cleaned(reason, "reason", needed=True)
    about = _about(matter, subject, by, now)
    return _item(
        row, about | {"reason": words}, ItemState.PROPOSED, ConferenceVerb.PROPOSE, by, now
    )


@transaction.atomic
def put_on(
    conference: int, *, matter: int, criteria: Sequence[str], by: Person, now: datetime
) -> int:
    """The office puts a matter on the agenda that meets criteria. Returns the item's id. Raises Refused."""
    row = _planned(conference, by, now)
    about = _about(matter, "", by, now) | {"criteria": list(criteria)}
    return _item(row, about, ItemState.ON_AGENDA, ConferenceVerb.PUT_ON, by, now)


@transaction.atomic
def answer_proposal(
    item: int, take_up: bool, reason: str = "", *, by: Person, now: datetime
) -> None:
    """The office takes a proposed item up, or leaves it off and says why. Raises Refused."""
    row = _item_row(item, by, now)
    _planned(row.conference_id, by, now)
    words = _cleaned(reason, "reason", needed=not take_up)
    state = ItemState.ON_AGENDA if take_up else ItemState.DROPPED
    starts = (ItemState.PROPOSED,) if take_up else (ItemState.PROPOSED, ItemState.ON_AGENDA)
    _move(row, starts, {"state": state})
    verb = ConferenceVerb.PUT_ON if take_up else ConferenceVerb.DROP
    _note(row.conference, verb, by, now, item=row, words=words)


@transaction.atomic
def decide(
    item: int, outcome: ConferenceOutcome, decision: str, *, to_unit: str = "", until: date | None = None,
    handed_out: Sequence[Promise] = (), by: Person, now: datetime,
) -> None:  # fmt: skip
    """What the meeting decided on an item, with the duties it hands out.

    On a matter it is a step of the ledger; whose a disputed matter is (`to_unit`) is the step `decide_competence`, for
    which the matter lies with the conference; listed supervision runs `until` a day, and is for the head of the office.
    Raises Refused; then nothing of it is written.
    """
    row = _item_row(item, by, now)
    conference = row.conference
    _keeper(by, conference.unit)
    _not_over(conference)
    words = _cleaned(decision, "decision", needed=True)
    columns: dict[str, object] = {"state": ItemState.DECIDED, "outcome": outcome, "decided_at": now}
    _move(row, (ItemState.ON_AGENDA,), columns | ({} if row.matter_id else {"decision": words}))
    if row.matter_id is not None:
        _decide_matter(row, outcome, words, by, now)
        if outcome is ConferenceOutcome.COMPETENCE:
            whose = {"to_unit": to_unit, "reason": words}
            matters.take(row.matter_id, "decide_competence", whose, by=by, now=now)
        elif outcome is ConferenceOutcome.LISTED:
            _list(row, words, until, by, now)
    elif outcome in (ConferenceOutcome.COMPETENCE, ConferenceOutcome.LISTED):
        raise Refused(Refusal("not_disputed", "24"))
    _note(conference, ConferenceVerb.DECIDE, by, now, item=row)
    hand_out(row.pk, handed_out, by=by, now=now)


def hand_out(item: int, given: Sequence[Promise], *, by: Person, now: datetime) -> None:
    """Duties that follow from what was decided. Raises Refused."""
    row = _item_row(item, by, now)
    _keeper(by, row.conference.unit)
    unit = row.conference.unit if row.conference.unit in by.units() else None
    source = Source(kind=SourceKind.CONFERENCE, id=row.pk)
    with transaction.atomic():
        for one in given:
            new = NewDuty(words=one.words, unit=one.unit, due=one.due, matter=row.matter_id)
            duties.give(source, new, by=by, now=now, unit=None if row.matter_id else unit)


@transaction.atomic
def note_attendance(
    conference: int, came: Mapping[str, bool], who: Mapping[str, int], *, by: Person, now: datetime
) -> None:
    """Which of the units called came, and by whom. Raises Refused."""
    row = _kept(conference, by, now)
    _not_over(row)
    for unit, there in came.items():
        Attendance.objects.filter(conference=row, unit=unit).update(
            came=there, account=who.get(unit)
        )
    _note(row, ConferenceVerb.ATTENDANCE, by, now)


@transaction.atomic
def hold(conference: int, *, by: Person, now: datetime) -> None:
    """The meeting is over; what is left on its agenda waits for the next one. Raises Refused."""
    row = _planned(conference, by, now)
    if row.meets_at > now:
        raise Refused(Refusal("date_in_future"))
    Conference.objects.filter(pk=row.pk).update(state=ConferenceState.HELD)
    _note(row, ConferenceVerb.HOLD, by, now)


@transaction.atomic
def add_papers(conference: int, files: Sequence[FileInfo], *, by: Person, now: datetime) -> None:
    """Papers for those who are called: files that lie as a draft so far. Raises Refused."""
    row = _kept(conference, by, now)
    if files:
        evidence.hand_over([one.id for one in files], to=Owner(kind=PAPERS, id=row.pk))
        _note(row, ConferenceVerb.PAPER, by, now, words="、".join(one.name for one in files))


def _decide_matter(
    row: Item, outcome: ConferenceOutcome, words: str, by: Person, now: datetime
) -> None:
    """The decision in the ledger of the matter."""
    matter = row.matter_id
    assert matter is not None  # noqa: S101  the caller has looked
    if outcome is ConferenceOutcome.COMPETENCE:
        _refuse_undisputed(matter, by, now)
    fields = {"conference": row.pk, "conference_outcome": outcome, "decision": words}
    taken = matters.take(matter, "conference_decision", fields, by=by, now=now)
    Item.objects.filter(pk=row.pk).update(seq=taken.seq)


def _list(row: Item, words: str, until: date | None, by: Person, now: datetime) -> None:
    """Listed supervision, decided by the conference of the place, or by the government that convenes it."""
    if until is None:
        raise Refused(Refusal("field_missing", "39", {"field": "until"}))
    matter, units, day = row.matter_id, directory.units(), matter_queries.today(now)
    assert matter is not None  # noqa: S101  the caller has looked
    region = row.conference.region
    decider = next(
        (
            one.code for kind in (UnitKind.JOINT_CONFERENCE, UnitKind.GOVERNMENT)
            for one in units.on(day) if one.kind is kind and one.region == region
        ),
        row.conference.unit,
    )  # fmt: skip
    supervision.list_supervision(
        matter, decided_by=decider, until=until, reason=words, by=by, now=now
    )


def _refuse_undisputed(matter: int, by: Person, now: datetime) -> None:
    """A dispute is decided where it lies: with a unit of whoever writes it down."""
    sheet = matter_queries.sheet(by, matter, now)
    if sheet is None:
        raise Refused(Refusal("not_found"))
    if sheet.facts.state is not State.DISPUTED or sheet.facts.holder not in by.units():
        raise Refused(Refusal("not_disputed", "24"))


def _about(matter: int | None, subject: str, by: Person, now: datetime) -> dict[str, object]:
    if matter is None:
        return {"subject": _cleaned(subject, "subject", needed=True)[:200]}
    kind = matter_queries.scope(by, now).filter(pk=matter).values_list("kind", flat=True).first()
    if kind is None:
        raise Refused(Refusal("not_found"))
    if kind == Kind.REPORT:
        raise Refused(Refusal("report_stays", "30"))
    return {"matter_id": matter}


def _item(
    row: Conference, about: Mapping[str, object], state: ItemState, verb: ConferenceVerb, by: Person, now: datetime
) -> int:  # fmt: skip
    unit = row.unit if row.unit in by.units() else min(by.units())
    try:
        with transaction.atomic():
            item = Item.objects.create(
                conference=row, state=state, by_unit=unit, by_account=by.account, **about
            )
    except IntegrityError as error:
        raise Refused(Refusal("on_agenda_already", "13")) from error
    _note(row, verb, by, now, item=item, words=item.reason)
    return item.pk


def _move(row: Item, starts: Sequence[ItemState], columns: Mapping[str, object]) -> None:
    """The item as it is from now on; the second of two at once is told where it stands."""
    if row.state not in starts:
        raise Refused(Refusal("item_stands_elsewhere", "13", {"item_state": row.state}))
    if not Item.objects.filter(pk=row.pk, state=row.state).update(**columns):
        raise Refused(Refusal("acted_meanwhile"))


def _item_row(item: int, by: Person, now: datetime) -> Item:
    row = queries.visible_items(by, now).filter(pk=item).select_related("conference").first()
    if row is None:
        raise Refused(Refusal("not_found"))
    return row


def _kept(conference: int, by: Person, now: datetime) -> Conference:
    row = queries.visible(by, now).filter(pk=conference).first()
    if row is None:
        raise Refused(Refusal("not_found"))
    _keeper(by, row.unit)
    return row


def _planned(conference: int, by: Person, now: datetime) -> Conference:
    row = _kept(conference, by, now)
    _not_over(row)
    return row


def _not_over(row: Conference) -> None:
    if row.state != ConferenceState.PLANNED:
        raise Refused(Refusal("conference_over", "13"))


def _keeper(by: Person, unit: str) -> None:
    if unit not in keeps_conference(by, directory.units()):
        raise Refused(Refusal("keeps_no_conference", "13"))


def _call(row: Conference, units: Sequence[str]) -> None:
    known = directory.units()
    called = [Attendance(conference=row, unit=one) for one in dict.fromkeys(units) if one in known]
    Attendance.objects.bulk_create(called, ignore_conflicts=True)


def _note(
    row: Conference, verb: ConferenceVerb, by: Person, now: datetime, *, item: Item | None = None, words: str = ""
) -> None:  # fmt: skip
    unit = row.unit if row.unit in by.units() else min(by.units(), default="")
    ConferenceEvent.objects.create(
        conference=row, item=item, verb=verb, at=now, account=by.account, unit=unit, words=words
    )


def _cleaned(words: str, field: str, *, needed: bool) -> str:
    cleaned = clean_text(words, multiline=True)
    if isinstance(cleaned, Problem):
        raise Refused(Refusal(cleaned.code, None, {"field": field, **cleaned.facts}))
    if needed and not cleaned.text:
        raise Refused(Refusal("field_missing", "13", {"field": field}))
    return cleaned.text
