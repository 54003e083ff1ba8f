"""What a step asks for. One list serves the forms, the checks and the documentation."""

from dataclasses import dataclass
from enum import StrEnum

from xinqiao.rules.duties import Outcome, SourceKind
from xinqiao.rules.group_visits import Cause, Reason
from xinqiao.rules.leadership import ConferenceOutcome, LeadOutcome
from xinqiao.rules.states import Kind, LegalPath


class FieldType(StrEnum):
    TEXT = "text"  # free text: kept apart from the ledger, which holds its salted hash
    CHOICE = "choice"
    UNIT = "unit"
    DATE = "date"
    NUMBER = "number"
    MONEY = "money"  # whole fen
    YES_NO = "yes_no"
    ACCOUNT = "account"
    CATEGORY = "category"
    REGION = "region"
    ENTRY = "entry"
    REFERENCE = "reference"  # set by an action, never typed by a person


@dataclass(frozen=True, kw_only=True)
class FieldSpec:
    """`choices` are stored codes; `low`/`high` bound a number; `long` asks for a large text box."""

    type: FieldType
    choices: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    long: bool = False


def _choice(*codes: str) -> FieldSpec:
    return FieldSpec(type=FieldType.CHOICE, choices=codes)


_LONG = FieldSpec(type=FieldType.TEXT, long=True)
_SHORT = FieldSpec(type=FieldType.TEXT)
_UNIT = FieldSpec(type=FieldType.UNIT)
_DATE = FieldSpec(type=FieldType.DATE)
_YES_NO = FieldSpec(type=FieldType.YES_NO)
_REFERENCE = FieldSpec(type=FieldType.REFERENCE)
_RATING = _choice("satisfied", "basically_satisfied", "dissatisfied")
_APPEAL_RESULT = _choice("upheld", "changed", "remanded")

#: The three accounts (政策帐, 程序帐, 感情帐) that are gone through before a matter closes in substance (art. 27, 37).
ACCOUNTS = ("policy_account", "procedure_account", "care_account")

FIELDS: dict[str, FieldSpec] = {
    "contact": _REFERENCE,
    "subject": _SHORT,
    "body": _LONG,
    "received_by": _choice("petition_office", "organ"),
    "channel": _choice("letter", "visit", "call", "fax", "online"),
    "kind": _choice(*Kind),
    "category": FieldSpec(type=FieldType.CATEGORY),
    "region": FieldSpec(type=FieldType.REGION),
    "path": _choice(*LegalPath),
    "apart": _REFERENCE,  # matters that were suggested and are about something else: their row ids
    "suggested": _REFERENCE,  # categories that were suggested: code, hundredths of confidence, version of the model
    "outside_path": _choice("litigation", "arbitration", "party_appeal", "administrative"),
    "repeat": _YES_NO,
    "to_unit": _UNIT,
    "suggested_unit": _UNIT,
    "report_by": _DATE,
    "reason": _LONG,
    "decline_reason": _choice(
        "concluded_before",
        "in_handling_elsewhere",
        "in_legal_procedure",
        "not_within_petition_work",
        "no_facts_or_request",
    ),
    "procedure": _choice("ordinary", "simple"),
    "organ_and_limit": _LONG,
    "notice_content": _LONG,
    "days": FieldSpec(type=FieldType.NUMBER, low=1, high=30),
    "claim": _LONG,
    "facts_found": _LONG,
    "opinion": _LONG,
    "legal_basis": _LONG,
    "answer": _LONG,
    "accepted_on": _DATE,
    "adopted": _YES_NO,
    "result": _choice("supported", "explained", "not_supported"),
    "disposition": _choice("settle", "explain", "help", "deal_with_conduct"),
    "policy_account": _choice("clear", "open", "none"),
    "procedure_account": _choice("clear", "open"),
    "care_account": _choice("clear", "open", "none"),
    "accounts_note": _LONG,
    "appeal_result": _APPEAL_RESULT,
    "method": _choice(
        "in_person", "registered_post", "electronic", "left_with_family", "public_notice"
    ),
    "proof": _SHORT,
    "mediation_kind": _choice(
        "peoples", "administrative", "judicial", "neighbourhood", "reconciliation"
    ),
    "both_agree": _YES_NO,
    "agreement": _LONG,
    "hearing_on": _DATE,
    "place": _SHORT,
    "record": _LONG,
    "question": _LONG,
    "supplement": _LONG,
    "executed_on": _DATE,
    "execution": _LONG,
    "execution_confirmed": _YES_NO,
    "outcome": _LONG,
    "office_rating": _RATING,
    "unit_rating": _RATING,
    "settled": _YES_NO,
    "comment": _LONG,
    "new_facts": _LONG,
    "new_matter": _REFERENCE,
    "predecessor": _REFERENCE,
    "split_from": _REFERENCE,
    "carried": _REFERENCE,  # the entry there with which this one was made
    "matter": _REFERENCE,  # the other one, with which it is handled together
    "dispute": _REFERENCE,
    "reported_units": _REFERENCE,
    "reported_accounts": _REFERENCE,
    "account": FieldSpec(type=FieldType.ACCOUNT),
    "approver": FieldSpec(type=FieldType.ACCOUNT),
    "officer": FieldSpec(type=FieldType.ACCOUNT),
    "instead_of": FieldSpec(
        type=FieldType.ACCOUNT
    ),  # set by the action that writes a step of a substitute
    "leader": FieldSpec(type=FieldType.ACCOUNT),
    "decided": _LONG,
    "help": _LONG,
    "conduct": _LONG,
    "to_whom": _SHORT,
    "duty": _REFERENCE,  # the row of the duty
    "duty_source": _choice(*SourceKind),
    "duty_unit": _UNIT,
    "duty_account": FieldSpec(type=FieldType.ACCOUNT),
    "duty_words": _LONG,
    "due_on": _DATE,
    "duty_outcome": _choice(*Outcome),
    "lead_official": FieldSpec(type=FieldType.ACCOUNT),
    "lead_unit": _UNIT,
    "measures": _LONG,
    "settle_by": _DATE,
    "lead_outcome": _choice(*LeadOutcome),
    "visit": _REFERENCE,  # the row of the field visit
    "conference": _REFERENCE,  # the row of the item of the agenda
    "conference_outcome": _choice(*ConferenceOutcome),
    "decision": _LONG,
    "group_visit": _REFERENCE,  # the row of the group visit
    "called_unit": _UNIT,
    "visit_reason": _choice(*Reason),
    "demands": _LONG,
    "representatives_heard": FieldSpec(type=FieldType.NUMBER, low=1, high=5),
    "help_offered": _YES_NO,
    "help_consented": _YES_NO,
    "help_given": _YES_NO,
    "needless_if": _choice(*Cause),
    "needless_if_also": _choice(*Cause),
    "lesson": _LONG,
    "entry": FieldSpec(type=FieldType.ENTRY),
    "corrected_date": _DATE,
    "cause": _choice("calendar", "provision"),
    "version": _REFERENCE,
    "urging_form": _choice("remind", "message", "written", "inspection", "yellow_card", "red_card"),
    "answer_by": _DATE,
    "addressed": FieldSpec(type=FieldType.ENTRY),
    "decided_by": _UNIT,
    "until": _DATE,
    "recommendation_kind": _choice("improve_work", "improve_policy", "accountability"),
    "addressee": _UNIT,
    "advice": _LONG,
    "answer_within": FieldSpec(type=FieldType.NUMBER, low=1, high=90),
    "adoption": _choice("adopted", "partly", "not_adopted"),
    "files": _REFERENCE,  # SHA-256 of each; the bytes lie with `evidence`
    "paper_number": _REFERENCE,
    # help from the hardship fund
    "relief": _REFERENCE,  # the request
    "relief_office": _UNIT,
    "relief_government": _UNIT,
    "relief_need": _choice(
        "medical", "living", "housing", "schooling", "care", "accident", "funeral", "other_need"
    ),
    "amount_fen": FieldSpec(type=FieldType.MONEY, low=1, high=10_000_000_000),
    "hardship": _LONG,
    "social_relief": _YES_NO,
    "social_relief_why": _SHORT,
    "judicial_relief": _YES_NO,
    "judicial_relief_why": _SHORT,
    "insurance": _YES_NO,
    "insurance_why": _SHORT,
    "again_why": _LONG,
    "paid_on": _DATE,
}
