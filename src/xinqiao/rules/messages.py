"""Which step of a matter is told to its petitioners in a message, and which date stands in it: one literal table.

A message may be read by whoever holds the phone, and its first line stands on a locked screen. So it holds a number
and a date, never a unit, a kind or a word of the matter, and steps of a report (检举控告) sound like all others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xinqiao.rules.facts import Facts


@dataclass(frozen=True, kw_only=True)
class Message:
    """What is sent after a step. `code` names its words in the glossary, group `message`.

    `clocks`: the running clock whose last day is told; `day_field`: or the field of the step that holds the day.
    `rating`: with the link under which the handling can be rated (art. 21).
    """

    code: str
    clocks: tuple[str, ...] = ()
    day_field: str = ""
    rating: bool = False


_REFERRED = Message(code="referred", clocks=("notify_referred",))
_ANSWERED = Message(code="answered", rating=True)
_CHANGED = Message(code="changed")
_ALONE = Message(code="alone")

MESSAGES: Mapping[str, Message] = {
    "register": Message(code="registered"),
    "transfer": _REFERRED,
    "assign": _REFERRED,
    "report_up": _REFERRED,
    "decide_competence": _REFERRED,
    "succeed": _CHANGED,
    "notify": Message(code="notice"),
    "accept": Message(code="accepted", clocks=("handle", "simple_handle")),
    "take_up": Message(code="accepted"),
    "decline": _ANSWERED,
    "guide": _ANSWERED,
    "reply": _ANSWERED,
    "record_settlement": _ANSWERED,
    "ask_petitioner": Message(code="question"),
    "approve_extension": Message(code="extended", clocks=("handle_extended", "handle")),
    "schedule_hearing": Message(code="hearing", day_field="hearing_on"),
    "deliver_opinion": Message(code="opinion", clocks=("request_review",), rating=True),
    "record_execution": Message(code="executed"),
    "follow_up_suggestion": Message(code="thanked"),
    "request_review": Message(code="appeal_received", clocks=("review",)),
    "deliver_review_opinion": Message(code="opinion", clocks=("request_reexamination",), rating=True),
    "request_reexamination": Message(code="appeal_received", clocks=("reexamine",)),
    "deliver_reexamination_opinion": Message(code="opinion", rating=True),
    "conclude": Message(code="concluded", rating=True),
    "withdraw": Message(code="withdrawn"),
    "join": Message(code="joined"),
    "separate": _ALONE,
    "go_alone": _ALONE,
    "approve_relief": _CHANGED,
    "pay_relief": _CHANGED,
    "correct_date": _CHANGED,
    "revoke": _CHANGED,
}  # fmt: skip

#: Messages that follow no step.
OTHERS = frozenset({"code_reissued"})
#: Messages about a time that was booked on a reception day; they are about no matter at all.
OF_BOOKINGS = frozenset({"reception_cancelled", "reception_replaced"})

#: The petitioner was there, did it, or is told by the step that follows; or it stays among offices.
SILENT = frozenset({
    "receive", "add_contact", "record_answer", "notice_urgent", "report_urgent", "object", "uphold_objection",
    "reject_objection", "escalate_dispute", "designate", "supplement", "request_extension", "refuse_extension",
    "open_mediation", "end_mediation", "open_hearing", "close_hearing", "submit_opinion", "return_opinion",
    "issue_opinion", "ask_written_opinion", "report_result", "follow_up_execution", "rate", "give_help",
    "refer_conduct", "issue_review_opinion", "issue_reexamination_opinion", "reopen", "recuse", "name_reported",
    "reclassify", "recompute", "take_in", "let_go", "split_off", "tell_apart", "tell_alike", "take_on", "recall",
    "link_dispute",
    "request_relief", "check_relief", "drop_relief", "return_relief", "refuse_relief",
    "give_duty", "duty_done", "answer_duty", "assign_lead", "lead_progress", "field_visit", "end_lead",
    "conference_decision",
    # supervision watches offices
    "urge", "answer_urging", "mark_perfunctory", "hold_talk", "give_public_notice", "order_correction",
    "list_supervision", "end_listing", "recommend", "answer_recommendation",
    "record_reception",
    "call_first_in_charge", "acknowledge_call", "arrive_on_spot", "hear_representatives", "offer_way_home",
    "review_group_visit",
})  # fmt: skip

#: Who came by these left with a receipt in the hand or on the screen.
_WITH_RECEIPT = frozenset({"online", "visit"})


def message_after(step: str, facts: Facts) -> Message | None:
    """The message that follows a step, told from the facts after it; None when nobody is told.

    Raises KeyError for a step that stands in neither list.
    """
    if step in SILENT or (step == "register" and facts.channel in _WITH_RECEIPT):
        return None
    return MESSAGES[step]


def day_of(
    message: Message, clocks: Sequence[Mapping[str, Any]], payload: Mapping[str, Any]
) -> str:
    """The day that stands in a message, ISO text; "" when there is none.

    `clocks` are those of the stored row of the matter: the newest of those named that is not yet met counts.
    """
    if message.day_field:
        return str(payload.get(message.day_field, ""))
    for name in message.clocks:
        for clock in reversed(clocks):
            if clock["id"] == name and clock["due"] and clock["met_on"] is None:
                return str(clock["due"])[:10]
    return ""
