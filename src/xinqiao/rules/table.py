"""The whole procedure on one page: every step a matter can take. Nothing outside this table changes a matter.

Articles are those of the 2022 regulation; a matter under the 2005 regulation shows that law's articles for its clocks.
"""

from xinqiao.rules import guards as g
from xinqiao.rules import joint as j
from xinqiao.rules import urging as u
from xinqiao.rules.fields import ACCOUNTS
from xinqiao.rules.states import (
    ANSWERED_STATES,
    CLOSED,
    OPEN,
    OUTSIDE_PATHS,
    UNDECIDED,
    Kind,
    State,
)
from xinqiao.rules.steps import By, Step, states

S = State
_CLAIM = frozenset({Kind.CLAIM})
#: What stands behind the wall of a report is joined to nothing, and nothing is split off from it.
_JOINED = frozenset(Kind) - {Kind.REPORT}
_BEGUN = OPEN - {S.RECEIVED}
_HANDED_OUT = states(ANSWERED_STATES, S.REPLIED, S.SETTLED, S.GUIDED, S.DECLINED)
_STAFF = (By.RECEIVER, By.HOLDER, By.HANDLER, By.OFFICE)

_INTAKE = (
    Step(name="receive", start=frozenset(), end=S.RECEIVED, by=(By.RECEIVER, By.PETITIONER, By.SYSTEM),
         needs=("contact", "received_by", "channel", "subject", "body"),
         may_have=("kind", "category", "region", "predecessor", "split_from"),
         law=("received",), article="17", paper="receipt"),
    Step(name="register", start=states(S.RECEIVED), end=S.REGISTERED,
         by=(By.RECEIVER, By.OFFICE, By.SYSTEM), needs=("kind", "region"),
         may_have=("category", "path", "repeat", "reported_units", "reported_accounts", "suggested", "apart"),
         guards=(g.reported_are_elsewhere,), article="22"),
    Step(name="add_contact", start=frozenset(S), by=(*_STAFF, By.PETITIONER, By.SYSTEM),
         needs=("contact", "channel", "subject", "body"), may_have=("repeat",), article="22"),
    Step(name="record_answer", start=states(S.REGISTERED), end=S.ANSWERED, by=(By.SYSTEM,), needs=("answer",),
         may_have=("accepted_on",), law=("answered_before",), article="34"),
    Step(name="notice_urgent", start=_BEGUN | {S.RECEIVED}, by=(*_STAFF, By.SYSTEM), needs=("reason",),
         guards=(g.fact_is("urgent", False, "already_urgent", "25"),), law=("urgent_noticed",), article="25"),
    Step(name="report_urgent", start=frozenset(S), by=_STAFF, needs=("to_whom", "record"),
         may_have=("files",), guards=(g.fact_is("urgent", True, "not_urgent", "25"),
                 g.fact_is("urgent_reported", False, "already_reported", "25")),
         law=("urgent_reported",), article="25", paper="urgent_report"),
)

_REFERRAL = (
    Step(name="transfer", start=UNDECIDED, end=S.REFERRED, by=(By.HOLDER,), needs=("to_unit",), may_have=("reason",),
         guards=(g.holder_is_petition_office,), law=("referred",), article="22", paper="transfer", revocable=True),
    Step(name="assign", start=UNDECIDED, end=S.REFERRED, by=(By.HOLDER,), needs=("to_unit", "report_by"),
         may_have=("reason",), guards=(g.holder_is_petition_office, u.day_ahead("report_by", "22")), law=("referred",),
         article="22", paper="assignment", revocable=True),
    Step(name="report_up", start=UNDECIDED, end=S.REFERRED, by=(By.HOLDER,), needs=("to_unit", "reason"),
         law=("referred",), article="22", revocable=True),
    Step(name="object", start=states(S.REFERRED), end=S.OBJECTED, by=(By.HOLDER,), needs=("reason",),
         may_have=("suggested_unit", "files"), guards=(g.window_open("object"),), law=("objected",), article="23",
         paper="objection"),
    Step(name="uphold_objection", start=states(S.OBJECTED), end=S.REGISTERED, by=(By.REFERRER,), needs=("reason",),
         law=("objection_upheld",), article="23"),
    Step(name="reject_objection", start=states(S.OBJECTED), end=S.REFERRED, by=(By.REFERRER,), needs=("reason",),
         law=("objection_rejected",), article="23"),
    Step(name="escalate_dispute", start=states(S.OBJECTED), end=S.DISPUTED, by=(By.REFERRER,),
         needs=("to_unit", "reason"), article="24"),
    Step(name="decide_competence", start=states(S.DISPUTED), end=S.REFERRED, by=(By.HOLDER,),
         needs=("to_unit", "reason"), law=("competence_decided",), article="24", paper="competence_decision"),
    Step(name="recall", start=UNDECIDED | {S.OBJECTED, S.DISPUTED, S.ACCEPTED, S.OPINION_SUBMITTED}, end=S.REGISTERED,
         by=(By.OFFICE, By.RECEIVER), needs=("reason",), kinds=frozenset({Kind.REPORT}),
         guards=(g.holder_is_walled,), article="30"),
)

_ACCEPTANCE = (
    Step(name="notify", start=_BEGUN, by=(By.HOLDER,), needs=("notice_content",), may_have=("files",),
         law=("notified",), article="23", paper="notice"),
    Step(name="accept", start=UNDECIDED, end=S.ACCEPTED, by=(By.HOLDER,), needs=("procedure",), may_have=("path",),
         kinds=_CLAIM, guards=(g.competent_organ, g.petition_path), law=("accepted",), article="23", paper="acceptance",
         revocable=True),
    Step(name="take_up", start=UNDECIDED, end=S.ACCEPTED, by=(By.HOLDER,), may_have=("notice_content",),
         guards=(g.competent_organ, g.other_path), law=("notified",), article="30", paper="notice", revocable=True),
    Step(name="decline", start=UNDECIDED, end=S.DECLINED, by=(By.HOLDER,), needs=("decline_reason", "reason"),
         may_have=("files",), law=("declined",), article="23", paper="decline", revocable=True),
    Step(name="guide", start=UNDECIDED, end=S.GUIDED, by=(By.HOLDER,), needs=("outside_path", "organ_and_limit"),
         may_have=("files",), kinds=_CLAIM, guards=(g.one_of("outside_path", OUTSIDE_PATHS, "not_outside_path", "31"),),
         law=("guided",), article="31", paper="guidance", revocable=True),
    Step(name="reply", start=states(S.REGISTERED, S.ACCEPTED), end=S.REPLIED, by=(By.HOLDER,),
         needs=("answer", *ACCOUNTS), may_have=("adopted", "accounts_note", "files"),
         guards=(g.can_reply, g.accounts_told), law=("answered",), article="22", paper="reply"),
)

_HANDLING = (
    Step(name="designate", start=_BEGUN, by=(By.HOLDER_HEAD,), needs=("officer",),
         guards=(g.not_shut_out("officer"),), article="28"),
    Step(name="take_on", start=_BEGUN, by=(By.HOLDER,), guards=(g.not_ones_own_yet,), article="28"),
    Step(name="ask_petitioner", start=_BEGUN, by=(By.HOLDER,), needs=("question",), article="31"),
    Step(name="supplement", start=OPEN, by=(By.PETITIONER, By.HOLDER, By.RECEIVER), needs=("supplement",),
         may_have=("files",), article="19"),
    Step(name="request_extension", start=states(S.ACCEPTED), by=(By.HOLDER,), needs=("days", "reason"),
         guards=(g.procedure_is("ordinary"), g.not_extended), article="34"),
    Step(name="approve_extension", start=states(S.ACCEPTED), by=(By.HOLDER_HEAD,), may_have=("reason",),
         guards=(g.extension_asked,), law=("extended",), article="34", paper="extension"),
    Step(name="refuse_extension", start=states(S.ACCEPTED), by=(By.HOLDER_HEAD,), needs=("reason",),
         guards=(g.extension_asked,), article="34"),
    Step(name="open_mediation", start=states(S.ACCEPTED), by=(By.HOLDER,), needs=("mediation_kind", "both_agree"),
         guards=(g.mediation_is(False), g.both_agree), article="33"),
    Step(name="end_mediation", start=states(S.ACCEPTED), by=(By.HOLDER,), needs=("reason",),
         guards=(g.mediation_is(True),), article="33"),
    Step(name="record_settlement", start=states(S.ACCEPTED), end=S.SETTLED, by=(By.HOLDER,),
         needs=("agreement", "both_agree", *ACCOUNTS), may_have=("accounts_note", "files"),
         guards=(g.mediation_is(True), g.both_agree, g.accounts_told), law=("settled",), article="33",
         paper="settlement"),
    Step(name="schedule_hearing", start=states(S.ACCEPTED, S.REEXAMINING), by=(By.HOLDER,),
         needs=("hearing_on", "place"), guards=(g.hearing_is(False),), article="31", paper="hearing_notice"),
    Step(name="open_hearing", start=states(S.ACCEPTED, S.REEXAMINING), by=(By.HOLDER,), may_have=("place",),
         guards=(g.hearing_is(False),), law=("hearing_opened",), article="31"),
    Step(name="close_hearing", start=states(S.ACCEPTED, S.REEXAMINING), by=(By.HOLDER,), needs=("record",),
         may_have=("files",), guards=(g.hearing_is(True),), law=("hearing_closed",), article="31",
         paper="hearing_record"),
    Step(name="submit_opinion", start=states(S.ACCEPTED), end=S.OPINION_SUBMITTED, by=(By.HOLDER,),
         needs=("claim", "facts_found", "opinion", "legal_basis", "result", "disposition", *ACCOUNTS),
         may_have=("accounts_note", "files"), kinds=_CLAIM,
         guards=(g.procedure_is("ordinary", "simple"), g.nothing_pending, g.accounts_told), article="32"),
    Step(name="return_opinion", start=states(S.OPINION_SUBMITTED), end=S.ACCEPTED, by=(By.HOLDER_HEAD,),
         needs=("reason",), article="32"),
    Step(name="issue_opinion", start=states(S.OPINION_SUBMITTED), end=S.OPINION_ISSUED, by=(By.HOLDER_HEAD,),
         law=("opinion_issued",), article="32", paper="handling_opinion", revocable=True),
    Step(name="deliver_opinion", start=states(S.OPINION_ISSUED), end=S.ANSWERED, by=(By.HOLDER,),
         needs=("method",), may_have=("proof", "files"), law=("opinion_delivered",), article="34"),
    Step(name="ask_written_opinion", start=states(S.REPLIED), end=S.ACCEPTED, by=(By.PETITIONER, By.HANDLER),
         kinds=_CLAIM, guards=(g.procedure_is("simple"),), article="32"),
)

_AFTER = (
    Step(name="report_result", start=_HANDED_OUT, by=(By.HANDLER,), needs=("record",),
         may_have=("files",), guards=(g.fact_is("assigned", True, "not_assigned", "22"),
                 g.fact_is("result_reported", False, "already_reported", "22")),
         law=("result_reported",), article="22", paper="result_report"),
    Step(name="record_execution", start=ANSWERED_STATES, by=(By.HANDLER,), needs=("execution", "executed_on"),
         may_have=("files",), guards=(g.supported, g.fact_is("executed", False, "already_executed", "32")),
         article="32"),
    Step(name="follow_up_execution", start=ANSWERED_STATES, by=(By.OFFICE, By.RECEIVER),
         needs=("execution_confirmed", "record"), may_have=("files",), guards=(g.supported,), article="32"),
    Step(name="rate", start=_HANDED_OUT, by=(By.PETITIONER,), needs=("office_rating", "unit_rating", "settled"),
         may_have=("comment",), guards=(g.fact_is("rated", False, "already_rated", "21"),), article="21"),
    Step(name="give_help", start=_BEGUN | CLOSED, by=(By.HOLDER, By.HANDLER, By.OFFICE), needs=("help",),
         may_have=("files",), article="37"),
    Step(name="refer_conduct", start=_BEGUN | CLOSED, by=(By.HANDLER_HEAD, By.OFFICE_HEAD),
         needs=("conduct", "to_whom", "legal_basis", "approver"), may_have=("files",),
         guards=(g.not_oneself("approver"),), article="27"),
)

_APPEALS = (
    Step(name="request_review", start=states(S.ANSWERED), end=S.REVIEWING, by=(By.PETITIONER, By.RECEIVER, By.OFFICE),
         needs=("reason", "to_unit"), may_have=("files",),
         guards=(g.window_open("request_review"), g.different_organ), law=("review_requested",), article="35"),
    Step(name="issue_review_opinion", start=states(S.REVIEWING), end=S.REVIEW_ISSUED, by=(By.HOLDER_HEAD,),
         needs=("appeal_result", "opinion", "legal_basis"), guards=(g.fresh_eyes("handling"),),
         law=("review_opinion_issued",), article="35", paper="review_opinion", revocable=True),
    Step(name="deliver_review_opinion", start=states(S.REVIEW_ISSUED), end=S.REVIEWED,
         ends_if=("review_result", {"remanded": S.ACCEPTED}), by=(By.HOLDER,), needs=("method",),
         may_have=("proof", "files"), law=("review_opinion_delivered",), article="35"),
    Step(name="request_reexamination", start=states(S.REVIEWED), end=S.REEXAMINING,
         by=(By.PETITIONER, By.RECEIVER, By.OFFICE), needs=("reason", "to_unit"),
         guards=(g.window_open("request_reexamination"), g.different_organ),
         law=("reexamination_requested",), article="36"),
    Step(name="issue_reexamination_opinion", start=states(S.REEXAMINING), end=S.REEXAMINATION_ISSUED,
         by=(By.HOLDER_HEAD,), needs=("appeal_result", "opinion", "legal_basis"),
         guards=(g.fresh_eyes("handling", "review"), g.hearing_is(False)), law=("reexamination_opinion_issued",),
         article="36", paper="reexamination_opinion", revocable=True),
    Step(name="deliver_reexamination_opinion", start=states(S.REEXAMINATION_ISSUED), end=S.CONCLUDED,
         ends_if=("reexamination_result", {"remanded": S.ACCEPTED}), by=(By.HOLDER,), needs=("method",),
         may_have=("proof", "files"), law=("reexamination_opinion_delivered",), article="36"),
    Step(name="conclude", start=states(S.ANSWERED, S.REVIEWED), end=S.CONCLUDED, by=(By.OFFICE, By.SYSTEM),
         guards=(g.window_lapsed,), article="36", paper="conclusion"),
    Step(name="reopen", start=CLOSED, by=(By.RECEIVER, By.OFFICE), needs=("new_facts",), may_have=("new_matter",),
         guards=(g.fact_is("reopened_as", None, "already_reopened", "36"),), article="36"),
    Step(name="withdraw", start=OPEN - ANSWERED_STATES, end=S.WITHDRAWN, by=(By.PETITIONER, By.RECEIVER),
         needs=("reason",), law=("withdrawn",), article="19"),
)

#: Help from the hardship fund: each is taken by `relief.actions`, which keeps the books in the same transaction.
_RELIEF = (
    Step(name="request_relief", start=_BEGUN | CLOSED, by=(By.HOLDER, By.HANDLER, By.OFFICE),
         needs=("relief", "relief_office", "relief_need", "amount_fen", "hardship", "social_relief",
                "social_relief_why", "judicial_relief", "judicial_relief_why", "insurance", "insurance_why"),
         may_have=("again_why", "relief_government", "files"), kinds=_CLAIM, article="37"),
    Step(name="check_relief", start=_BEGUN | CLOSED, by=(By.OFFICE,), needs=("relief",), may_have=("reason",),
         article="37"),
    Step(name="approve_relief", start=_BEGUN | CLOSED, by=(By.OFFICE, By.GOVERNMENT_HEAD),
         needs=("relief", "amount_fen"), may_have=("reason",), article="37"),
    Step(name="refuse_relief", start=_BEGUN | CLOSED, by=(By.OFFICE, By.GOVERNMENT_HEAD), needs=("relief", "reason"),
         article="37"),
    Step(name="drop_relief", start=_BEGUN | CLOSED, by=(By.HOLDER, By.HANDLER, By.OFFICE), needs=("relief", "reason"),
         article="37"),
    Step(name="pay_relief", start=_BEGUN | CLOSED, by=(By.OFFICE,),
         needs=("relief", "amount_fen", "paid_on", "files"), article="37"),
    Step(name="return_relief", start=_BEGUN | CLOSED, by=(By.OFFICE,), needs=("relief", "amount_fen", "reason"),
         may_have=("files",), article="37"),
)

_PUBLIC_DECISIONS = (
    Step(name="follow_up_suggestion", start=states(S.REPLIED), by=(By.RECEIVER, By.HANDLER, By.OFFICE),
         needs=("outcome",), may_have=("files",), kinds=frozenset({Kind.SUGGESTION}), article="29"),
)

_SUPERVISION = (
    Step(name="urge", start=frozenset(S), by=(By.OFFICE, By.REFERRER), needs=("urging_form", "answer_by", "reason"),
         may_have=("files",), guards=(u.somebody_to_urge, u.rising, u.day_ahead("answer_by")), article="40",
         paper="urging"),
    Step(name="answer_urging", start=frozenset(S), by=(By.ADDRESSEE,), needs=("addressed", "answer"),
         may_have=("files",), guards=(u.owes(*u.ANSWERED_BY_REPORT),), article="40"),
    Step(name="mark_perfunctory", start=_HANDED_OUT, by=(By.OFFICE, By.REFERRER), needs=("reason",),
         guards=(u.somebody_to_urge, g.fact_is("perfunctory", 0, "already_marked", "40")), article="40"),
    Step(name="hold_talk", start=frozenset(S), by=(By.OFFICE_HEAD, By.CONFERENCE), needs=("record",),
         may_have=("files",), guards=(u.somebody_to_urge, u.after_a_card), article="39"),
    Step(name="give_public_notice", start=frozenset(S), by=(By.OFFICE_HEAD, By.CONFERENCE), needs=("reason",),
         may_have=("files",), guards=(u.somebody_to_urge, u.after_a_card), article="39", paper="public_notice"),
    Step(name="order_correction", start=frozenset(S), by=(By.OFFICE_HEAD, By.CONFERENCE),
         needs=("answer_by", "reason"), may_have=("files",),
         guards=(u.somebody_to_urge, u.after_a_card, u.day_ahead("answer_by")), article="39", paper="correction_order"),
    Step(name="list_supervision", start=frozenset(S), by=(By.OFFICE_HEAD, By.CONFERENCE),
         needs=("decided_by", "until", "reason"), may_have=("files",),
         guards=(u.listed_is(False), u.conference_decides, u.day_ahead("until")), article="39", paper="listing"),
    Step(name="end_listing", start=frozenset(S), by=(By.OFFICE_HEAD, By.CONFERENCE), needs=("record",),
         may_have=("files",), guards=(u.listed_is(True),), article="39"),
    Step(name="recommend", start=_BEGUN | CLOSED, by=(By.OFFICE_HEAD,),
         needs=("recommendation_kind", "addressee", "facts_found", "legal_basis", "advice", "answer_within"),
         may_have=("files",), guards=(u.addressee_is_free,), law=("recommended",), article="40",
         paper="recommendation"),
    Step(name="answer_recommendation", start=frozenset(S), by=(By.ADDRESSEE,),
         needs=("addressed", "adoption", "answer"), may_have=("files",), guards=(u.owes(*u.RECOMMENDATIONS),),
         law=("recommendation_answered",), article="40"),
)

_DUTY_AND_CORRECTION = (
    Step(name="succeed", start=frozenset(S), by=(By.OFFICE, By.SYSTEM), needs=("to_unit",),
         guards=(g.merged_away,), article="24"),
    Step(name="recuse", start=OPEN, by=(By.HOLDER, By.OFFICE_HEAD, By.HANDLER_HEAD), needs=("account", "reason"),
         guards=(g.oneself_or_by_head,), article="28"),
    Step(name="name_reported", start=frozenset(S), by=(By.RECEIVER, By.OFFICE),
         may_have=("reported_units", "reported_accounts"), kinds=frozenset({Kind.REPORT}),
         guards=(g.reported_are_elsewhere,), article="30"),
    Step(name="reclassify", start=frozenset(S) - {S.RECEIVED}, by=(By.RECEIVER, By.HOLDER, By.OFFICE),
         needs=("reason",), may_have=("kind", "category", "region", "path", "repeat", "suggested"), article="31"),
    Step(name="correct_date", start=frozenset(S), by=(By.OFFICE_HEAD, By.HANDLER_HEAD),
         needs=("entry", "corrected_date", "reason"), guards=(g.entry_is_correctable,), article=None),
    Step(name="revoke", start=frozenset(S), by=(By.OFFICE_HEAD, By.HOLDER_HEAD), needs=("entry", "reason"),
         guards=(g.entry_is_revocable,), article=None),
    Step(name="recompute", start=frozenset(S), by=(By.SYSTEM,), needs=("cause", "version"), article=None),
)

#: Two matters turn out to be one (并案), or a contact is about something else (分案). `matters.joint` enters the
#: counterpart on the other matter in the same transaction. That two only look alike is entered on one: it changes
#: nothing on the other. The regulation has no article on any of it.
_JOINT = (
    Step(name="join", start=j.JOINABLE, by=(By.HOLDER, By.OFFICE), needs=("matter", "reason"), may_have=("repeat",),
         kinds=_JOINED, guards=(j.can_be_joined,), article=None),
    Step(name="take_in", start=j.JOINABLE, by=(By.SYSTEM,), needs=("matter",), kinds=_JOINED,
         guards=(j.only_with_the_other,), article=None),
    Step(name="separate", start=OPEN, by=(By.HOLDER, By.OFFICE), needs=("reason",), guards=(j.is_carried,),
         article=None),
    Step(name="let_go", start=frozenset(S), by=(By.SYSTEM,), needs=("matter",), guards=(j.only_with_the_other,),
         article=None),
    Step(name="go_alone", start=OPEN, by=(By.SYSTEM,), guards=(j.only_with_the_other,), article=None),
    Step(name="split_off", start=frozenset(S) - {S.RECEIVED}, by=_STAFF, needs=("contact", "new_matter", "reason"),
         kinds=_JOINED, guards=(j.can_be_split_off,), article=None),
    Step(name="tell_apart", start=frozenset(S) - {S.RECEIVED}, by=(By.HOLDER, By.OFFICE), needs=("matter",),
         kinds=_JOINED, guards=(j.names_another, j.not_with_it), article=None),
    Step(name="tell_alike", start=frozenset(S) - {S.RECEIVED}, by=(By.HOLDER, By.OFFICE), needs=("matter",),
         kinds=_JOINED, guards=(j.names_another,), article=None),
)

_DISPUTES = (
    Step(name="link_dispute", start=frozenset(S), by=_STAFF, needs=("dispute",), article="37"),
)

#: What leaders decide on their reception days (接待日). Places and times are public; leaders receive at regular times.
_RECEPTION = (
    Step(name="record_reception", start=_BEGUN | CLOSED, by=(By.RECEIVER, By.HOLDER, By.HANDLER, By.OFFICE),
         needs=("decided",), may_have=("leader",), article="18"),
)

#: What somebody promised or was told to do on the matter by a day (`rules.duties` says who may do what with it).
_DUTIES = (
    Step(name="give_duty", start=_BEGUN | CLOSED, by=(By.HOLDER, By.HANDLER, By.INVOLVED, By.OFFICE),
         needs=("duty", "duty_source", "duty_unit", "due_on", "duty_words"), may_have=("duty_account",),
         guards=(g.may_take_part("duty_unit"), g.not_shut_out("duty_account")), article="5"),
    Step(name="duty_done", start=_BEGUN | CLOSED, by=(By.INVOLVED,), needs=("duty", "record"), may_have=("files",),
         article="5"),
    Step(name="answer_duty", start=_BEGUN | CLOSED, by=(By.INVOLVED, By.OFFICE), needs=("duty", "duty_outcome"),
         may_have=("reason",), article="5"),
)

#: A leader takes charge of a matter and goes to see (art. 18); the joint conference decides on it (art. 13).
_LEADERSHIP = (
    Step(name="assign_lead", start=_BEGUN | CLOSED, by=(By.OFFICE, By.HOLDER_HEAD, By.HANDLER_HEAD),
         needs=("lead_official", "lead_unit", "measures", "settle_by"),
         guards=(g.no_lead_yet, g.may_take_part("lead_unit"), g.not_shut_out("lead_official"),
                 u.day_ahead("settle_by", "18")), article="18"),
    Step(name="lead_progress", start=_BEGUN | CLOSED, by=(By.LEAD,), needs=("record",), may_have=("files",),
         article="18"),
    Step(name="field_visit", start=_BEGUN | CLOSED, by=(By.LEAD,), needs=("visit", "place", "record"),
         may_have=("files",), article="18"),
    Step(name="end_lead", start=_BEGUN | CLOSED, by=(By.LEAD, By.OFFICE), needs=("lead_outcome", "reason"),
         article="18"),
    Step(name="conference_decision", start=_BEGUN | CLOSED, by=(By.HOLDER, By.OFFICE),
         needs=("conference", "conference_outcome", "decision"), guards=(g.not_a_report,), article="13"),
)

#: A group visit on the spot: the first-in-charge is called, goes, hears; `rules.group_visits` says what follows what.
_GROUP_VISITS = (
    Step(name="call_first_in_charge", start=_BEGUN | CLOSED, by=(By.SYSTEM,),
         needs=("group_visit", "called_unit", "visit_reason"), guards=(g.may_take_part("called_unit"),), article="5"),
    Step(name="acknowledge_call", start=_BEGUN | CLOSED, by=(By.INVOLVED,), needs=("group_visit",), article="5"),
    Step(name="arrive_on_spot", start=_BEGUN | CLOSED, by=(By.INVOLVED,), needs=("group_visit",), article="5"),
    Step(name="hear_representatives", start=_BEGUN | CLOSED, by=(By.INVOLVED,), needs=("group_visit", "demands"),
         may_have=("representatives_heard",), article="20"),
    Step(name="offer_way_home", start=_BEGUN | CLOSED, by=(By.INVOLVED,), needs=("group_visit", "help_offered"),
         may_have=("help_consented", "help_given"), guards=(g.help_follows_consent,), article="37"),
    Step(name="review_group_visit", start=frozenset(S) - {S.RECEIVED}, by=(By.INVOLVED,),
         needs=("group_visit", "needless_if", "lesson"), may_have=("needless_if_also",),
         guards=(g.settled_or_closed,), article="5"),
)

TABLE: tuple[Step, ...] = (
    *_INTAKE, *_JOINT, *_REFERRAL, *_ACCEPTANCE, *_HANDLING, *_AFTER, *_APPEALS, *_DUTY_AND_CORRECTION,
    *_SUPERVISION, *_DUTIES, *_LEADERSHIP, *_RECEPTION, *_GROUP_VISITS, *_RELIEF, *_DISPUTES, *_PUBLIC_DECISIONS,
)  # fmt: skip
STEPS: dict[str, Step] = {step.name: step for step in TABLE}
