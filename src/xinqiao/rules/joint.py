"""Matters that are handled together (并案办理): one is carried on in another, whose steps are then taken for both.

Each keeps its ledger, its clocks and its petitioners. What is done on the carrying matter is entered on those that it
carries by the same act (`ALONG`), up to the answer. From the answer on each goes its own way: each petitioner has it
delivered, and may ask for a review of their own.
"""

from collections.abc import Iterable
from datetime import date

from xinqiao.law.clocks import Clock
from xinqiao.rules.entries import Entry
from xinqiao.rules.facts import Facts
from xinqiao.rules.refusals import Refusal
from xinqiao.rules.states import Kind, State
from xinqiao.rules.steps import Case

#: Where two matters can still become one: registered, and nothing decided.
JOINABLE = frozenset({State.REGISTERED, State.REFERRED, State.ACCEPTED})
#: The answer: with it the matters that were handled together part.
_ANSWER = frozenset({"issue_opinion", "reply", "decline", "guide"})
#: What is taken for all of them when it is taken on the one that carries.
ALONG = _ANSWER | {
    "transfer", "assign", "report_up", "accept", "take_up", "notify", "submit_opinion", "return_opinion", "succeed",
}  # fmt: skip
#: What concerns the petitioner, or the unit, of one matter alone: those it carries go on by themselves.
_LEAVES = frozenset({"object", "withdraw", "record_settlement"})
#: With which a matter that is carried leaves of itself.
PARTS_ONESELF = frozenset({"separate", "withdraw"})
#: Only on the matter that carries: on one that is carried they would part the two.
_LED = (ALONG - {"notify"}) | {
    "object", "designate", "take_on", "open_mediation", "end_mediation", "record_settlement", "schedule_hearing",
    "open_hearing", "close_hearing", "reclassify", "revoke", "join",
}  # fmt: skip
#: Steps that name another matter (`matter`), which must exist for whoever takes them.
NAME_ANOTHER = frozenset({"join", "tell_apart", "tell_alike"})
#: The duties whose dates say which of two matters presses more.
_PRESSING = frozenset(
    {
        "register_and_refer", "notify_direct", "notify_referred", "simple_accept", "handle", "handle_extended",
        "simple_handle",
    }
)  # fmt: skip


def parted_by(facts: Facts, entry: Entry) -> bool:
    """Whether a matter with these facts is carried, and carries others, no longer once this entry is taken on it."""
    kind = entry.payload.get("kind")
    other_kind = entry.step == "reclassify" and kind is not None and kind != facts.kind
    return entry.step in _ANSWER or entry.step in _LEAVES or other_kind


def led_elsewhere(step: str, facts: Facts) -> Refusal | None:
    """The step is to be taken on the matter in which this one is carried on."""
    carried = facts.carried_by is not None
    return Refusal("carried_elsewhere") if carried and step in _LED else None


def can_be_joined(case: Case) -> Refusal | None:
    """Whether this matter may be carried on in `case.target`; before one is named, whether in any.

    Both are of one kind, at one unit, at the same point of the procedure. The one that presses more carries the other:
    nobody waits longer because of it. A matter that is carried carries none, so that there are no chains.
    """
    facts = case.facts
    if facts.carries:
        return Refusal("carries_others")
    if facts.extension_asked or facts.mediation_open or facts.hearing_open:
        return Refusal("joint_pending")
    if "matter" not in case.fields:
        return None
    if case.target is None:
        return Refusal("joined_to_unknown")
    return _fits(facts, case.target) or _presses_more(case.clocks, facts, case.target)


def _fits(facts: Facts, target: Case) -> Refusal | None:
    other = target.facts
    if other.carried_by is not None:
        return Refusal("joined_to_carried")
    if other.state not in JOINABLE:
        return Refusal("joined_too_late", None, {"state": str(other.state)})
    if other.kind != facts.kind:
        return Refusal("joined_to_other_kind")
    if other.holder != facts.holder:
        return Refusal("joined_to_other_holder", None, {"unit": other.holder})
    if other.state != facts.state:
        return Refusal("joined_to_other_stage", None, {"state": str(other.state)})
    if other.procedure != facts.procedure:
        return Refusal("joined_to_other_procedure", None, {"procedure": other.procedure})
    return None


def _presses_more(own: Iterable[Clock], facts: Facts, target: Case) -> Refusal | None:
    mine, theirs = pressing(own), pressing(target.clocks)
    received = (facts.received_on or date.max, target.facts.received_on or date.max)
    if (theirs, received[1]) > (mine, received[0]):
        return Refusal("joined_to_later", None, {"due": str(mine), "other": str(theirs)})
    return None


def pressing(clocks: Iterable[Clock]) -> date:
    """The nearest last day of what a unit still owes the petitioner; the end of all days when it owes nothing."""
    waiting = (one for one in clocks if one.id in _PRESSING and one.state in ("running", "overdue"))
    return min((one.due_day for one in waiting if one.due_day is not None), default=date.max)


def names_another(case: Case) -> Refusal | None:
    """Another matter that exists for this person; a report is joined to nothing and told apart from nothing."""
    if "matter" not in case.fields:
        return None
    target = case.target
    return (
        Refusal("joined_to_unknown") if target is None or target.facts.kind is Kind.REPORT else None
    )


def not_with_it(case: Case) -> Refusal | None:
    """What is handled together is taken for one matter until it is separated."""
    facts = case.facts
    together = case.fields.get("matter") in {facts.carried_by, *facts.carries} - {None}
    return Refusal("apart_but_joined") if together else None


def is_carried(case: Case) -> Refusal | None:
    """Only a matter that is carried on in another can be separated from it, and before the answer."""
    return None if case.facts.carried_by is not None else Refusal("not_joined")


def can_be_split_off(case: Case) -> Refusal | None:
    """A contact that was added to the matter; the one that opened it stays."""
    contact = case.fields.get("contact")
    if not case.facts.added:
        return Refusal("nothing_to_split_off")
    if contact is not None and contact not in case.facts.added:
        return Refusal("not_an_added_contact")
    return None


def only_with_the_other(_: Case) -> Refusal:
    """Entered by the platform together with the step on the other matter; nobody takes it by itself."""
    return Refusal("not_by_itself")
