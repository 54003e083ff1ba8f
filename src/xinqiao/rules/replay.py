"""From ledger entries to the facts of a matter: the fold that the stored snapshot must equal."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from xinqiao.rules.entries import Entry, effective
from xinqiao.rules.facts import Asked, Facts, Handled
from xinqiao.rules.joint import parted_by
from xinqiao.rules.states import Kind, LegalPath
from xinqiao.rules.table import STEPS
from xinqiao.rules.urging import CORRECTION, LISTED, PUBLIC_NOTICE, TALK, answerable

Changes = dict[str, Any]
_UNIT_FACTS = frozenset({"receiver", "referrer", "handler", "holder", "reviewer", "reexaminer"})
#: No fact, but a unit that becomes part of the matter without any of these roles.
_JOINS = "joins"


_UNKNOWN = Facts()  # fifty facts are set once, not with every ledger that is read


class Turn(NamedTuple):
    """An entry that counts, with the facts before and after it."""

    entry: Entry
    before: Facts
    after: Facts


def turns(entries: Iterable[Entry]) -> list[Turn]:
    """The entries that count, one after another; corrections are read first."""
    facts, found = _UNKNOWN, []
    for entry in effective(entries):
        before, facts = facts, apply(facts, entry)
        found.append(Turn(entry, before, facts))
    return found


def replay(entries: Iterable[Entry]) -> Facts:
    """The facts after all entries of one matter, in order of `seq`; corrections are read first."""
    listed = list(entries)
    return facts_after(turns(listed), listed[-1].seq) if listed else Facts()


def facts_after(course: Sequence[Turn], last_seq: int) -> Facts:
    """The facts at the end of these turns; the last entry of the ledger may be one that does not count."""
    facts = course[-1].after if course else Facts()
    return facts if facts.last_seq == last_seq else facts.changed(last_seq=last_seq)


def apply(facts: Facts, entry: Entry) -> Facts:
    """The facts after one more entry."""
    change = _CHANGES.get(entry.step)
    changes = change(facts, entry) if change else {}
    if (facts.carries or facts.carried_by is not None) and parted_by(facts, entry):
        changes |= {"carries": frozenset(), "carried_by": None}
    joins = {changes.pop(_JOINS)} if _JOINS in changes else set()
    step = STEPS[entry.step]
    state = step.end_state(facts.changed(**changes) if step.ends_if else facts)
    units = {changes[name] for name in _UNIT_FACTS & changes.keys()} - {""} | joins
    involved = changes.pop("involved", facts.involved)
    involved = involved | units if units else involved
    return facts.changed(**changes, state=state, involved=involved, last_seq=entry.seq)


def _classified(payload: Mapping[str, Any]) -> Changes:
    """What a classification sets; only what was given."""
    found: Changes = {name: payload[name] for name in ("category", "region") if payload.get(name)}
    if payload.get("kind"):
        found["kind"] = Kind(payload["kind"])
    if payload.get("path"):
        found["path"] = LegalPath(payload["path"])
    return found


def _receive(_: Facts, entry: Entry) -> Changes:
    return {
        **_classified(entry.payload),
        "channel": entry.payload["channel"],
        "received_by": entry.payload["received_by"],
        "received_on": entry.day,
        "receiver": entry.unit,
        "holder": entry.unit,
        "predecessor": entry.payload.get("predecessor"),
        "split_from": entry.payload.get("split_from"),
        "contacts": 1,
    }


def _register(facts: Facts, entry: Entry) -> Changes:
    return _classified(entry.payload) | _name_reported(facts, entry)


def _name_reported(facts: Facts, entry: Entry) -> Changes:
    return {
        "reported_units": facts.reported_units | set(entry.payload.get("reported_units") or ()),
        "reported_accounts": facts.reported_accounts
        | set(entry.payload.get("reported_accounts") or ()),
    }


def _refer(facts: Facts, entry: Entry) -> Changes:
    """Sent to a unit. What was assigned before and is passed on still has to be reported back."""
    to_unit, assigned = entry.payload["to_unit"], entry.step == "assign"
    return {
        "referrer": entry.unit,
        "handler": to_unit,
        "holder": to_unit,
        "assignments": facts.assignments + assigned,
        "assigned_last": assigned,
        "report_by": entry.payload_day("report_by") or facts.report_by,
    }


def _referral_falls(facts: Facts) -> Changes:
    """The unit was not competent: the last referral falls, and with it what that one assigned."""
    left = facts.assignments - facts.assigned_last
    return {
        "assignments": left,
        "assigned_last": False,
        "report_by": facts.report_by if left else None,
    }


def _uphold_objection(facts: Facts, _: Entry) -> Changes:
    return {"holder": facts.referrer, "handler": ""} | _referral_falls(facts)


def _decide_competence(facts: Facts, entry: Entry) -> Changes:
    to_unit = entry.payload["to_unit"]
    falls = {} if to_unit == facts.handler else _referral_falls(facts)
    return {"handler": to_unit, "holder": to_unit} | falls


def _recall(_: Facts, entry: Entry) -> Changes:
    """Taken back from a holder that the report names. What was assigned stays so: a result is still owed."""
    return {
        "holder": entry.unit,
        "handler": "",
        "officer": None,
        "extension_asked": 0,
        "mediation_open": False,
        "hearing_open": False,
        "hearing_on": None,
    }


def _take(facts: Facts, entry: Entry) -> Changes:
    """A unit binds itself: by accepting, taking up, answering, declining or guiding.

    A matter that was accepted, recalled and is taken up by another keeps its procedure: its period runs on.
    """
    taken_up = entry.step == "take_up" and not facts.procedure
    procedure = "study" if taken_up else entry.payload.get("procedure")
    return {
        "handler": entry.unit,
        "holder": entry.unit,
        "notified": True,
        "procedure": procedure or facts.procedure,
    } | _classified(entry.payload)


def _decided(level: str, facts: Facts, entry: Entry) -> Changes:
    """Who took part, and for whom they stood in: neither decides on the next level (art. 36)."""
    took_part = (entry.account, entry.payload.get("instead_of"))
    return {
        "handled_by": facts.handled_by
        | {Handled(level=level, account=one) for one in took_part if one is not None}
    }


def _reply(facts: Facts, entry: Entry) -> Changes:
    return _take(facts, entry) | _decided("handling", facts, entry)


def _opinion(facts: Facts, entry: Entry) -> Changes:
    result = entry.payload.get("result")
    return ({"result": result} if result else {}) | _decided("handling", facts, entry)


def _appeal(to_unit_fact: str) -> Callable[[Facts, Entry], Changes]:
    def change(_: Facts, entry: Entry) -> Changes:
        return {to_unit_fact: entry.payload["to_unit"], "holder": entry.payload["to_unit"]}

    return change


def _review_opinion(facts: Facts, entry: Entry) -> Changes:
    return {"review_result": entry.payload["appeal_result"]} | _decided("review", facts, entry)


def _reexamination_opinion(facts: Facts, entry: Entry) -> Changes:
    result = entry.payload["appeal_result"]
    return {"reexamination_result": result} | _decided("reexamination", facts, entry)


def _back_to_handler(fact: str) -> Callable[[Facts, Entry], Changes]:
    """The appeal paper is delivered; a remanded matter begins its handling anew."""

    def change(facts: Facts, _: Entry) -> Changes:
        back: Changes = {"holder": facts.handler}
        if getattr(facts, fact) == "remanded":
            back |= {"result": "", "extended": 0, "rated": False, "executed": False}
            back |= {"execution_confirmed": None, "procedure": "ordinary"}
            back |= {"reviewer": "", "reexaminer": ""}
        return back

    return change


def _succeed(facts: Facts, entry: Entry) -> Changes:
    """The successor stands wherever the merged unit stood (art. 24), except that it did not receive the matter."""
    gone, heir = facts.holder, entry.payload["to_unit"]
    names = ("handler", "holder", "reviewer", "reexaminer", "referrer")
    asked = {replace(one, unit=heir) if one.unit == gone else one for one in facts.asked}
    moved: Changes = {"asked": frozenset(asked)} if asked != facts.asked else {}
    return moved | {name: heir for name in names if getattr(facts, name) == gone}


def _ask(what: str, *, owed: bool) -> Callable[[Facts, Entry], Changes]:
    """Supervision asks something of the unit that has to act; an answer may be owed. `what` "": the form chosen."""

    def change(facts: Facts, entry: Entry) -> Changes:
        kind = what or entry.payload["urging_form"]
        one = Asked(seq=entry.seq, what=kind, unit=answerable(facts), open=owed)
        return {"asked": facts.asked | {one}}

    return change


def _recommend(facts: Facts, entry: Entry) -> Changes:
    """The organ addressed becomes part of the matter that the recommendation rests on: it reads what it answers."""
    organ = entry.payload["addressee"]
    one = Asked(seq=entry.seq, what=entry.payload["recommendation_kind"], unit=organ)
    return {"asked": facts.asked | {one}, _JOINS: organ}


def _answered(facts: Facts, entry: Entry) -> Changes:
    done = entry.payload["addressed"]
    return {
        "asked": frozenset(
            replace(one, open=False) if one.seq == done else one for one in facts.asked
        )
    }


def _ask_relief(facts: Facts, entry: Entry) -> Changes:
    """A government that has to decide on help takes part in the matter: nobody judges what they cannot see."""
    government = entry.payload.get("relief_government")
    return {"involved": facts.involved | {government}} if government else {}


def _recuse(facts: Facts, entry: Entry) -> Changes:
    account = entry.payload["account"]
    freed = {"officer": None} if facts.officer == account else {}
    return {"recused": facts.recused | {account}} | freed


def _takes_part(field: str) -> Callable[[Facts, Entry], Changes]:
    """The unit in this field has part in the matter from now on, and so sees it."""

    def change(facts: Facts, entry: Entry) -> Changes:
        return {"involved": facts.involved | {entry.payload[field]}}

    return change


def _assign_lead(facts: Facts, entry: Entry) -> Changes:
    """A leader takes charge; the leader's unit has part in the matter, so that the leader sees it."""
    unit = entry.payload["lead_unit"]
    return {
        "lead": entry.payload["lead_official"],
        "lead_unit": unit,
        "involved": facts.involved | {unit},
    }


_CHANGES: dict[str, Callable[[Facts, Entry], Changes]] = {
    "receive": _receive,
    "register": _register,
    "add_contact": lambda facts, entry: {
        "contacts": facts.contacts + 1,
        "added": facts.added | {entry.payload["contact"]},
    },
    "join": lambda _, entry: {"carried_by": entry.payload["matter"], "officer": None},
    "take_in": lambda facts, entry: {"carries": facts.carries | {entry.payload["matter"]}},
    "let_go": lambda facts, entry: {"carries": facts.carries - {entry.payload["matter"]}},
    "go_alone": lambda *_: {"carried_by": None},
    "record_answer": lambda facts, _: {
        "handler": facts.holder,
        "notified": True,
        "procedure": "ordinary",
    },
    "notice_urgent": lambda *_: {"urgent": True},
    "report_urgent": lambda *_: {"urgent_reported": True},
    "transfer": _refer,
    "assign": _refer,
    "report_up": _refer,
    "object": lambda facts, _: {"holder": facts.referrer, "objections": facts.objections + 1},
    "uphold_objection": _uphold_objection,
    "reject_objection": lambda facts, _: {"holder": facts.handler},
    "escalate_dispute": lambda _, entry: {"holder": entry.payload["to_unit"]},
    "decide_competence": _decide_competence,
    "recall": _recall,
    "notify": lambda *_: {"notified": True},
    "accept": _take,
    "take_up": _take,
    "decline": _take,
    "guide": lambda facts, entry: (
        _take(facts, entry) | {"path": LegalPath(entry.payload["outside_path"])}
    ),
    "reply": _reply,
    "designate": lambda _, entry: {"officer": entry.payload["officer"]},
    "take_on": lambda _, entry: {"officer": entry.account},
    "ask_petitioner": lambda *_: {"question_open": True},
    "supplement": lambda *_: {"question_open": False},
    "request_extension": lambda _, entry: {"extension_asked": entry.payload["days"]},
    "approve_extension": lambda facts, _: {"extended": facts.extension_asked, "extension_asked": 0},
    "refuse_extension": lambda *_: {"extension_asked": 0},
    "open_mediation": lambda *_: {"mediation_open": True},
    "end_mediation": lambda *_: {"mediation_open": False},
    "record_settlement": lambda *_: {"mediation_open": False, "settled": True},
    "schedule_hearing": lambda _, entry: {"hearing_on": entry.payload_day("hearing_on")},
    "open_hearing": lambda *_: {"hearing_open": True},
    "close_hearing": lambda *_: {"hearing_open": False, "hearing_on": None},
    "submit_opinion": _opinion,
    "return_opinion": _opinion,
    "issue_opinion": _opinion,
    "deliver_opinion": _opinion,
    "report_result": lambda *_: {"result_reported": True},
    "record_execution": lambda *_: {"executed": True},
    "follow_up_execution": lambda _, entry: {
        "execution_confirmed": entry.payload["execution_confirmed"],
        "executed": entry.payload["execution_confirmed"],
    },
    "rate": lambda _, entry: {"rated": True, "settled": entry.payload["settled"]},
    "request_review": _appeal("reviewer"),
    "issue_review_opinion": _review_opinion,
    "deliver_review_opinion": _back_to_handler("review_result"),
    "request_reexamination": _appeal("reexaminer"),
    "issue_reexamination_opinion": _reexamination_opinion,
    "deliver_reexamination_opinion": _back_to_handler("reexamination_result"),
    "request_relief": _ask_relief,
    "reopen": lambda _, entry: {"reopened_as": entry.payload.get("new_matter")},
    "urge": _ask("", owed=True),
    "answer_urging": _answered,
    "mark_perfunctory": lambda _, entry: {"perfunctory": entry.seq},
    "hold_talk": _ask(TALK, owed=False),
    "give_public_notice": _ask(PUBLIC_NOTICE, owed=False),
    "order_correction": _ask(CORRECTION, owed=True),
    "list_supervision": lambda facts, entry: (
        _ask(LISTED, owed=False)(facts, entry) | {"listed_until": entry.payload_day("until")}
    ),
    "end_listing": lambda *_: {"listed_until": None},
    "recommend": _recommend,
    "answer_recommendation": _answered,
    "succeed": _succeed,
    "recuse": _recuse,
    "assign_lead": _assign_lead,
    "end_lead": lambda *_: {"lead": None, "lead_unit": None},
    "give_duty": _takes_part("duty_unit"),
    "call_first_in_charge": _takes_part("called_unit"),
    "name_reported": _name_reported,
    "reclassify": lambda _, entry: _classified(entry.payload),
}
