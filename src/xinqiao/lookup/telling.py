"""What a petitioner is told about each step of the ledger: one table, and the steps that stay inside.

Sentences may name %(unit)s (who acted), %(to)s (the unit named), %(day)s (a date named) and %(days)s.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, kw_only=True)
class Telling:
    """How one step is told. `texts` are shown to whoever may open the matter, `own` only to a sole petitioner.

    `source` is an earlier step whose texts are told here: what was decided is not told before it is delivered.
    """

    sentence: str | Promise
    icon: str = "circle-check"
    texts: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A paper for the petitioner to read: which entry holds its words, its choices and its texts."""

    paper: str
    texts: tuple[str, ...]
    choices: tuple[str, ...] = ()
    source: str = ""


TOLD: dict[str, Telling] = {
    "receive": Telling(sentence=_("%(unit)s received your petition"), icon="mail-opened"),
    "register": Telling(sentence=_("%(unit)s registered it"), icon="clipboard-check"),
    "add_contact": Telling(
        sentence=_("A further petition on the same matter came in"), icon="mail-opened"
    ),
    "record_answer": Telling(sentence=_("%(unit)s answered"), icon="file-text"),
    "transfer": Telling(sentence=_("It was sent to %(to)s"), icon="mail-forward"),
    "assign": Telling(
        sentence=_("It was sent to %(to)s, which reports back by %(day)s"), icon="mail-forward"
    ),
    "report_up": Telling(sentence=_("It was sent up to %(to)s"), icon="mail-forward"),
    "object": Telling(
        sentence=_("%(unit)s asks whether another unit is in charge"), icon="message-question"
    ),
    "uphold_objection": Telling(
        sentence=_("Another unit is in charge: it is being sent there"), icon="transfer"
    ),
    "reject_objection": Telling(
        sentence=_("%(unit)s decided that the unit stays in charge"), icon="arrow-back-up"
    ),
    "escalate_dispute": Telling(sentence=_("%(to)s decides which unit is in charge"), icon="gavel"),
    "decide_competence": Telling(sentence=_("It was decided: %(to)s is in charge"), icon="gavel"),
    "recall": Telling(
        sentence=_("Another unit is in charge: it is being sent there"), icon="transfer"
    ),
    "notify": Telling(
        sentence=_("%(unit)s gave you notice"), icon="mail", texts=("notice_content",)
    ),
    "accept": Telling(sentence=_("%(unit)s accepted it and works on it"), icon="circle-check"),
    "take_up": Telling(
        sentence=_("%(unit)s looks into it"), icon="progress", texts=("notice_content",)
    ),
    "decline": Telling(sentence=_("%(unit)s did not accept it"), icon="minus"),
    "guide": Telling(sentence=_("%(unit)s showed you the legal path that is open"), icon="route"),
    "reply": Telling(sentence=_("%(unit)s answered"), icon="file-text"),
    "ask_petitioner": Telling(
        sentence=_("%(unit)s asked you a question"), icon="message-question", texts=("question",)
    ),
    "supplement": Telling(
        sentence=_("A supplement was added"), icon="paperclip", own=("supplement",)
    ),
    "approve_extension": Telling(
        sentence=_("More time was granted: %(days)s days"),
        icon="hourglass",
        texts=("reason",),
        source="request_extension",
    ),
    "open_mediation": Telling(sentence=_("A mediation began"), icon="heart-handshake"),
    "end_mediation": Telling(
        sentence=_("The mediation ended without an agreement"), icon="heart-handshake"
    ),
    "record_settlement": Telling(
        sentence=_("Both sides agreed in writing"), icon="heart-handshake"
    ),
    "schedule_hearing": Telling(
        sentence=_("A hearing is held on %(day)s"), icon="calendar-event", texts=("place",)
    ),
    "open_hearing": Telling(sentence=_("The hearing was opened"), icon="microphone"),
    "close_hearing": Telling(sentence=_("The hearing was closed"), icon="microphone"),
    "issue_opinion": Telling(
        sentence=_("The handling opinion is signed and will be delivered"), icon="ballpen"
    ),
    "deliver_opinion": Telling(
        sentence=_("The handling opinion was delivered to you"), icon="file-certificate"
    ),
    "ask_written_opinion": Telling(sentence=_("You asked for a written opinion"), icon="file-text"),
    "record_execution": Telling(
        sentence=_("It was carried out on %(day)s"), icon="checklist", texts=("execution",)
    ),
    "follow_up_suggestion": Telling(
        sentence=_("%(unit)s thanks you, and tells what became of your suggestion"),
        icon="heart-handshake",
        texts=("outcome",),
    ),
    "follow_up_execution": Telling(
        sentence=_("%(unit)s checked whether it was carried out"), icon="eye"
    ),
    "rate": Telling(sentence=_("You rated how it was handled"), icon="star", own=("comment",)),
    "record_reception": Telling(
        sentence=_("A leader received you, and this was decided"), icon="users", texts=("decided",)
    ),
    "call_first_in_charge": Telling(
        sentence=_("The first in charge of the unit responsible was called to receive you"),
        icon="bell-ringing",
    ),
    "arrive_on_spot": Telling(
        sentence=_("The first in charge of %(unit)s came to receive you"), icon="users"
    ),
    "hear_representatives": Telling(
        sentence=_("%(unit)s heard your representatives and wrote down what you ask for"),
        icon="writing",
        own=("demands",),
    ),
    "give_help": Telling(sentence=_("Help was given"), icon="heart-handshake"),
    "request_review": Telling(
        sentence=_("You asked %(to)s for a review"), icon="scale", own=("reason",)
    ),
    "issue_review_opinion": Telling(
        sentence=_("The review opinion is signed and will be delivered"), icon="ballpen"
    ),
    "deliver_review_opinion": Telling(
        sentence=_("The review opinion was delivered to you"), icon="file-certificate"
    ),
    "request_reexamination": Telling(
        sentence=_("You asked %(to)s for a re-examination"), icon="scale", own=("reason",)
    ),
    "issue_reexamination_opinion": Telling(
        sentence=_("The re-examination opinion is signed and will be delivered"), icon="ballpen"
    ),
    "deliver_reexamination_opinion": Telling(
        sentence=_("The re-examination opinion was delivered to you"), icon="file-certificate"
    ),
    "conclude": Telling(
        sentence=_("The time for asking further ran out: the procedure is concluded"), icon="lock"
    ),
    "reopen": Telling(sentence=_("A new matter was opened on new facts"), icon="folder"),
    "withdraw": Telling(sentence=_("It was withdrawn"), icon="arrow-back-up", own=("reason",)),
    "succeed": Telling(sentence=_("%(to)s took over from the unit before"), icon="transfer"),
    "request_relief": Telling(
        sentence=_("%(unit)s asked for help from the hardship fund for you"), icon="heart-handshake"
    ),
    "approve_relief": Telling(
        sentence=_("Help from the hardship fund was approved"), icon="heart-handshake"
    ),
    "refuse_relief": Telling(
        sentence=_("Help from the hardship fund was not approved"), icon="minus", own=("reason",)
    ),
    "pay_relief": Telling(
        sentence=_("Help from the hardship fund was paid on %(day)s"), icon="heart-handshake"
    ),
    "assign_lead": Telling(sentence=_("A leader has taken charge of it"), icon="user-check"),
    "field_visit": Telling(
        sentence=_("The leader in charge came to see for themselves"), icon="map-pin"
    ),
    "join": Telling(
        sentence=_("It is handled together with another matter about the same"), icon="arrow-merge"
    ),
    "separate": Telling(sentence=_("It is handled by itself again"), icon="arrows-split"),
    "go_alone": Telling(sentence=_("It goes on by itself"), icon="arrows-split"),
    "correct_date": Telling(sentence=_("A date in the record was put right"), icon="calendar"),
    "revoke": Telling(sentence=_("A step taken in error was taken back"), icon="arrow-back-up"),
    "recompute": Telling(sentence=_("The dates were counted anew"), icon="calendar"),
}

#: What offices do among themselves; the petitioner is told the outcome.
INSIDE = frozenset(
    {
        "notice_urgent", "report_urgent", "designate", "take_on", "request_extension", "refuse_extension",
        "submit_opinion", "return_opinion", "report_result", "refer_conduct", "recuse", "name_reported", "reclassify",
        "take_in", "let_go", "split_off", "tell_apart", "tell_alike", "check_relief", "drop_relief",
        "return_relief", "link_dispute",
        "give_duty", "duty_done", "answer_duty", "lead_progress", "end_lead", "conference_decision",
        # supervision watches offices
        "urge", "answer_urging", "mark_perfunctory", "hold_talk", "give_public_notice", "order_correction",
        "list_supervision", "end_listing", "recommend", "answer_recommendation",
        "acknowledge_call", "offer_way_home", "review_group_visit",
    }
)  # fmt: skip

ANSWERS: dict[str, Answer] = {
    "record_answer": Answer(paper="reply", texts=("answer",)),
    "reply": Answer(paper="reply", texts=("answer",), choices=("adopted",)),
    "decline": Answer(paper="decline", texts=("reason",), choices=("decline_reason",)),
    "guide": Answer(paper="guidance", texts=("organ_and_limit",), choices=("outside_path",)),
    "record_settlement": Answer(paper="settlement", texts=("agreement",)),
    "deliver_opinion": Answer(
        paper="handling_opinion", source="submit_opinion", choices=("result",),
        texts=("claim", "facts_found", "opinion", "legal_basis"),
    ),
    "deliver_review_opinion": Answer(
        paper="review_opinion", source="issue_review_opinion", choices=("appeal_result",),
        texts=("opinion", "legal_basis"),
    ),
    "deliver_reexamination_opinion": Answer(
        paper="reexamination_opinion", source="issue_reexamination_opinion", choices=("appeal_result",),
        texts=("opinion", "legal_basis"),
    ),
}  # fmt: skip
