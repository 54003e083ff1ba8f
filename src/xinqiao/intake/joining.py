"""Two matters that turn out to be one are joined (并案); a contact about something else becomes its own (分案)."""

from datetime import datetime

from django.db import transaction

from xinqiao.directory import queries as directory
from xinqiao.intake import queries
from xinqiao.intake.models import Contact
from xinqiao.matters import actions as matters
from xinqiao.matters import queries as matter_queries
from xinqiao.matters.actions import Taken, facts_of
from xinqiao.matters.messages import tell
from xinqiao.rows.writing import at_once, write
from xinqiao.rules.persons import SYSTEM, Person
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.rules.states import UNDECIDED, State
from xinqiao.rules.units import UnitKind

#: What brings a matter to the point where another stands that was accepted in this procedure.
_CATCHES_UP = {"ordinary": "accept", "simple": "accept", "study": "take_up"}


@transaction.atomic
def join(
    matter: int, number: str, reason: str, *, by: Person, now: datetime, seen: int | None = None
) -> Taken:
    """The matter is carried on in the one with this number (of any of its contacts, however it was typed).

    Where that one is accepted already, and this one waits for it at the same unit, it is accepted with it, by the same
    rules. A petitioner who is behind both is counted as come again. Raises Refused, and then nothing is written.
    """
    known = queries.matter_number(number)
    target = matter_queries.find(by, known, now) if known is not None else None
    if target is None:
        raise Refused(Refusal("joined_to_unknown", None, {"field": "matter"}))
    if _catch_up(matter, target, by=by, now=now, seen=seen):
        seen = None
    fields = {"matter": target, "reason": reason}
    if queries.share_a_petitioner(matter, target):
        fields["repeat"] = True
    return matters.take(matter, "join", fields, by=by, now=now, seen=seen)


def _catch_up(matter: int, target: int, *, by: Person, now: datetime, seen: int | None) -> bool:
    mine, theirs = facts_of(matter), facts_of(target)
    behind = mine.state in UNDECIDED and theirs.state is State.ACCEPTED
    if not behind or (mine.kind, mine.holder) != (theirs.kind, theirs.holder):
        return False
    step = _CATCHES_UP[theirs.procedure]
    fields = {"procedure": theirs.procedure} if step == "accept" else {}
    matters.take(matter, step, fields, by=by, now=now, seen=seen)
    return True


@transaction.atomic
def split_off(
    matter: int, contact: str, reason: str, *, by: Person, now: datetime, seen: int | None = None
) -> int:
    """The added contact with this number becomes a matter of its own: the row id of that.

    It was received when and where the contact was, and its clocks run from then. Number and query code of the contact
    open it; the people behind it and its files come with it. Raises Refused, and then nothing is written.
    """
    row = Contact.objects.select_for_update().filter(number=contact, matter_id=matter).first()
    facts = facts_of(matter)
    if row is None or contact not in facts.added:
        raise Refused(Refusal("not_an_added_contact"))
    new = _opened(row, facts.receiver, now)
    fields = {"contact": contact, "new_matter": new, "reason": reason}
    matters.take(matter, "split_off", fields, by=by, now=now, seen=seen)
    row.matter_id, row.seq, row.repeat = new, 1, None
    row.save(update_fields=["matter", "seq", "repeat"])
    tell(new, "alone", number=contact, occasion=f"split/{contact}", now=now)
    return new


def _opened(row: Contact, receiver: str, now: datetime) -> int:
    """A matter received as the contact was, in its words; by the unit that received it, where that still exists."""
    told = next(one for one in matter_queries.told(row.matter_id) if one.seq == row.seq)
    words = {name: told.texts.get(name) for name in ("subject", "body")}
    if not all(words.values()):
        raise Refused(Refusal("words_are_gone"))
    units = directory.units()
    exists = told.unit in units and units[told.unit].exists_on(matter_queries.today(now))
    unit = told.unit if exists else receiver
    office = unit in units and units[unit].kind is UnitKind.PETITION_OFFICE
    opening = matters.opening(
        number=row.number,
        fields={
            "contact": row.number, "channel": row.channel, "split_from": row.matter_id, **words,
            "received_by": "petition_office" if office else "organ",
        },
        by=SYSTEM,
        unit=unit,
        at=row.received_at,
        now=now,
    )  # fmt: skip
    with at_once():
        write(opening.rows)
    return opening.matter.pk or 0
