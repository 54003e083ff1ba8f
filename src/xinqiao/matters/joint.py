"""What a step on one matter brings with it on others that are handled together with it (`rules.joint`).

All of it is written in the transaction of the step. The rows of all matters concerned are locked in the order of their
ids before any is written, so that two people at once wait for each other and nobody for themselves.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from xinqiao.evidence import actions as evidence
from xinqiao.evidence.values import MATTER, Owner
from xinqiao.matters.clockwork import clocks_of
from xinqiao.matters.entering import enter, load, row_to_act_on
from xinqiao.matters.models import Matter
from xinqiao.rules.clock_events import BESIDE
from xinqiao.rules.entries import CARRIED, Entry
from xinqiao.rules.facts import Facts
from xinqiao.rules.joint import ALONG, NAME_ANOTHER, PARTS_ONESELF, parted_by, pressing
from xinqiao.rules.matters import revocable_entry
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.rules.replay import facts_after, turns
from xinqiao.rules.steps import Case
from xinqiao.rules.table import STEPS
from xinqiao.rules.wall import at_matter, behind_wall

_NO_TEXTS: Mapping[str, Any] = {}


@dataclass(frozen=True, kw_only=True)
class Happened:
    """A step as it was just entered: on which matter, after which entries, judged from which case, with which facts."""

    matter: int
    before: Sequence[Entry]
    entry: Entry
    case: Case
    facts: Facts


def others(step: str, before: Iterable[Entry], case: Case) -> set[int]:
    """The other matters on whose ledgers this step writes, if it is taken."""
    facts = case.facts
    if step == "join":
        return named(step, case)
    if step == "revoke":
        return set(_carried_at(before, case.fields.get("entry")))
    carrying = {facts.carried_by} if step in PARTS_ONESELF and facts.carried_by is not None else ()
    return {*facts.carries, *carrying}


def named(step: str, case: Case) -> set[int]:
    """The other matter that this step names, if it names one."""
    other = case.fields.get("matter") if step in NAME_ANOTHER else None
    return {other} if isinstance(other, int) and not isinstance(other, bool) else set()


def carrier_day(matter_id: int, today: date) -> date | None:
    """The nearest last day of what is owed on the matter in which another is carried on; None when none runs.

    Only for telling the petitioners of the other: nobody's scope is asked.
    """
    day = pressing(clocks_of(load(matter_id), today))
    return None if day == date.max else day


def lock(ids: Collection[int]) -> None:
    """Nobody else writes on these matters until the transaction ends."""
    rows = Matter.objects.filter(pk__in=ids).order_by("pk")
    list(rows.select_for_update().values_list("pk", flat=True))


def follow(done: Happened, *, now: datetime, tell: bool) -> None:
    """Enters on the other matters what this step means for them. Raises Refused; then nothing at all is written."""
    step, facts = done.entry.step, done.case.facts
    if step == "join":
        _beside(done.entry.payload["matter"], "take_in", {"matter": done.matter}, done, now)
    elif step == "revoke":
        for one in _carried_at(done.before, done.entry.payload["entry"]):
            _revoke_along(one, done, now, tell=tell)
    elif facts.carried_by is not None and step in PARTS_ONESELF:
        _beside(facts.carried_by, "let_go", {"matter": done.matter}, done, now)
    for one in sorted(facts.carries):
        if step in ALONG:
            _take_along(one, done, now, tell=tell)
        elif parted_by(facts, done.entry):
            _beside(one, "go_alone", {}, done, now, tell=tell)


def _beside(
    matter_id: int, step: str, payload: Mapping[str, Any], done: Happened, now: datetime, *, tell: bool = False
) -> None:  # fmt: skip
    """The counterpart of a step, by whoever took it."""
    matter, before = row_to_act_on(matter_id), load(matter_id)
    entry = done.entry._replace(seq=matter.last_seq + 1, step=step, payload=payload)
    enter(matter, before, entry, _NO_TEXTS, known=_facts(before), now=now, tell=tell)


def _take_along(matter_id: int, done: Happened, now: datetime, *, tell: bool) -> None:
    """The same step on a matter that is carried, with the same fields and texts; never dated before it was joined."""
    matter, before = row_to_act_on(matter_id), load(matter_id)
    facts = _facts(before)
    _may_act(done.case, facts)
    entry = done.entry._replace(
        seq=matter.last_seq + 1,
        at=max([done.entry.at, *(one.at for one in before if _holds_back(one))]),
        payload={**done.entry.payload, CARRIED: done.entry.seq},
    )
    enter(matter, before, entry, done.case.fields, known=facts, now=now, tell=tell)
    files = done.entry.payload.get("files")
    if files:
        there, here = (Owner(kind=MATTER, id=one) for one in (done.matter, matter_id))
        evidence.share(files, there, to=here)


def _revoke_along(matter_id: int, done: Happened, now: datetime, *, tell: bool) -> None:
    """A step that was taken for both is taken back for both, unless the other has gone on by itself since."""
    matter, before = row_to_act_on(matter_id), load(matter_id)
    revoked = done.entry.payload["entry"]
    step = next(one.step for one in done.before if one.seq == revoked)
    last = revocable_entry(before)
    if step not in ALONG:
        return
    if last is None or (last.step, last.payload.get(CARRIED)) != (step, revoked):
        raise Refused(Refusal("joint_went_on"))
    facts = _facts(before)
    _may_act(done.case, facts)
    entry = done.entry._replace(
        seq=matter.last_seq + 1,
        payload={**done.entry.payload, "entry": last.seq, CARRIED: done.entry.seq},
    )
    enter(matter, before, entry, done.case.fields, known=facts, now=now, tell=tell)


def _carried_at(before: Iterable[Entry], seq: object) -> frozenset[int]:
    """The matters that were carried when the entry of this number was made."""
    at = next((turn for turn in turns(before) if turn.entry.seq == seq), None)
    return at.before.carries if at is not None else frozenset()


def _may_act(case: Case, facts: Facts) -> None:
    """Who withdrew from the other matter does not act on it by way of this one (art. 28)."""
    if behind_wall(at_matter(case.person, facts), facts, case.units):
        raise Refused(Refusal("joint_shut_out", "28"))


def _holds_back(entry: Entry) -> bool:
    """Whether a step that follows this one cannot be dated before it."""
    return entry.step == "join" or (bool(STEPS[entry.step].law) and entry.step not in BESIDE)


def _facts(entries: Sequence[Entry]) -> Facts:
    return facts_after(turns(entries), entries[-1].seq)
