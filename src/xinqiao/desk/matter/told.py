"""The ledger of a matter in words: what happened, who did it for which unit, and with what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from xinqiao.desk.words import Names, day_of
from xinqiao.directory import queries as directory
from xinqiao.evidence.values import FileInfo
from xinqiao.matters.queries import Told
from xinqiao.rules.entries import effective
from xinqiao.rules.fields import FIELDS, FieldType
from xinqiao.rules.money import yuan
from xinqiao.rules.steps import By
from xinqiao.rules.table import STEPS
from xinqiao.ui.punctuation import in_turn, listed

_ICONS = {
    "receive": "inbox", "register": "clipboard-check", "add_contact": "mail", "notice_urgent": "urgent",
    "report_urgent": "send", "transfer": "mail-forward", "assign": "mail-forward", "report_up": "mail-forward",
    "object": "arrow-back-up", "uphold_objection": "check", "reject_objection": "x", "escalate_dispute": "scale",
    "decide_competence": "gavel", "notify": "send", "accept": "check", "take_up": "check", "decline": "hand-stop",
    "guide": "route", "reply": "message-circle", "designate": "user-check", "take_on": "user-check",
    "ask_petitioner": "message-question", "supplement": "notes", "request_extension": "hourglass",
    "approve_extension": "hourglass", "refuse_extension": "x", "open_mediation": "heart-handshake",
    "end_mediation": "x", "record_settlement": "heart-handshake", "schedule_hearing": "calendar-event",
    "open_hearing": "microphone", "close_hearing": "microphone", "submit_opinion": "writing",
    "return_opinion": "arrow-back-up",
    "issue_opinion": "file-certificate", "deliver_opinion": "send", "ask_written_opinion": "file-text",
    "report_result": "clipboard-text", "record_execution": "checklist", "follow_up_execution": "list-check",
    "follow_up_suggestion": "heart-handshake",
    "rate": "star", "give_help": "heart-handshake", "refer_conduct": "gavel", "request_review": "scale",
    "issue_review_opinion": "file-certificate", "deliver_review_opinion": "send", "request_reexamination": "scale",
    "issue_reexamination_opinion": "file-certificate", "deliver_reexamination_opinion": "send",
    "request_relief": "heart-handshake", "check_relief": "user-check", "approve_relief": "check", "refuse_relief": "x",
    "drop_relief": "x", "pay_relief": "heart-handshake", "return_relief": "arrow-back-up",
    "conclude": "archive", "reopen": "refresh", "withdraw": "door-exit", "succeed": "transfer",
    "recuse": "user-shield", "name_reported": "shield-lock", "reclassify": "pencil", "correct_date": "calendar",
    "urge": "bell", "answer_urging": "message-circle", "mark_perfunctory": "flag", "hold_talk": "users",
    "give_public_notice": "bell-ringing", "order_correction": "clipboard-text", "list_supervision": "flag",
    "end_listing": "check", "recommend": "writing", "answer_recommendation": "message-circle",
    "revoke": "arrow-back-up", "recall": "arrow-back-up", "recompute": "refresh",
    "link_dispute": "link", "join": "arrow-merge", "take_in": "arrow-merge", "separate": "arrows-split",
    "let_go": "arrows-split", "go_alone": "arrows-split", "split_off": "arrows-split", "tell_apart": "arrows-split",
    "tell_alike": "arrow-merge",
    "assign_lead": "user-check", "lead_progress": "progress", "field_visit": "map-pin", "end_lead": "check",
    "conference_decision": "users-group", "give_duty": "checklist", "duty_done": "list-check", "answer_duty": "check",
    "record_reception": "users",
    "call_first_in_charge": "bell-ringing", "acknowledge_call": "check", "arrive_on_spot": "user-check",
    "hear_representatives": "writing", "offer_way_home": "heart-handshake", "review_group_visit": "report-search",
}  # fmt: skip
#: Told with the contacts, above the timeline; the timeline does not repeat them.
_CONTACT_WORDS = {"receive", "add_contact"}
_ACCOUNTS = (
    "account",
    "approver",
    "officer",
    "instead_of",
    "duty_account",
    "leader",
    "lead_official",
)
_UNSAID = frozenset({
    "instead_of", "received_by", "contact", "version", "predecessor", "new_matter", "files", "relief", "dispute",
    "duty", "visit", "conference", "carried", "matter", "apart", "split_from", "group_visit",
})  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One entry for people to read. `entered_at` is given when it was entered on a later day than it happened.

    `paper` is the official paper that it issues; `revoked_why` the reason for which it was taken back.
    """

    seq: int
    title: str
    icon: str
    at: datetime
    entered_at: datetime | None
    by: str
    article: str | None
    facts: Sequence[tuple[str, str]]
    texts: Sequence[tuple[str, str | None]]
    revoked: bool
    revoked_why: str
    corrected_on: date | None
    paper: str
    files: Sequence[FileInfo]


def told(entries: Sequence[Told], names: Names, files: Iterable[FileInfo] = ()) -> list[Happening]:
    """All entries, oldest first; the revoked and the corrected ones say so. `files` are those of the matter."""
    people = directory.account_names(_mentioned(entries))
    titles = {entry.seq: names.done(entry.step) for entry in entries}
    revoked = _undone(entries) | {
        entry.payload["entry"]: entry.texts.get("reason") or ""
        for entry in entries
        if entry.step == "revoke"
    }
    by_hash = {file.sha256: file for file in files}
    corrected = {
        entry.payload["entry"]: date.fromisoformat(entry.payload["corrected_date"])
        for entry in entries
        if entry.step == "correct_date" and entry.seq not in revoked
    }
    return [
        Happening(
            seq=entry.seq,
            title=titles[entry.seq],
            icon=_ICONS.get(entry.step, "circle-dashed"),
            at=entry.at,
            entered_at=entry.recorded_at if day_of(entry.recorded_at) != day_of(entry.at) else None,
            by=_by(entry, names, people),
            article=entry.article or None,
            facts=_facts(entry, names, people, titles),
            texts=_texts(entry, names),
            revoked=entry.seq in revoked,
            revoked_why=revoked.get(entry.seq, ""),
            corrected_on=corrected.get(entry.seq),
            paper=STEPS[entry.step].paper or "",
            files=[by_hash[one] for one in entry.payload.get("files") or () if one in by_hash],
        )
        for entry in entries
    ]


def _undone(entries: Sequence[Told]) -> dict[int, str]:
    """The entries that a later separation or splitting off took out of what counts, with the reason for it."""
    counted = {entry.seq for entry in effective(one.entry for one in entries)}
    found: dict[int, str] = {}
    for entry in entries:
        if entry.step not in ("separate", "split_off"):
            continue
        reason = entry.texts.get("reason") or ""
        before = (one for one in entries if one.seq < entry.seq and one.seq not in counted)
        for one in before:
            contact = one.step == "add_contact"
            if contact == (entry.step == "split_off") and one.payload.get(
                "contact"
            ) == entry.payload.get("contact"):
                found.setdefault(one.seq, reason)
    return found


def _mentioned(entries: Iterable[Told]) -> set[int]:
    """The accounts that these entries name."""
    found: set[int] = set()
    for entry in entries:
        payload = entry.payload
        found |= {payload[name] for name in _ACCOUNTS if payload.get(name)}
        found |= set(payload.get("reported_accounts") or ())
        found |= {entry.account} if entry.account is not None else set()
    return found


def _by(entry: Told, names: Names, people: Mapping[int, str]) -> str:
    if entry.account is not None:
        who = people.get(entry.account, "")
        if entry.payload.get("instead_of"):
            facts = {"who": who, "other": people.get(entry.payload["instead_of"], "")}
            who = _("%(who)s for %(other)s") % facts
        return " · ".join(filter(None, (who, names.unit(entry.unit))))
    by_petitioner = By.PETITIONER in STEPS[entry.step].by
    if by_petitioner and (
        By.SYSTEM not in STEPS[entry.step].by or entry.payload.get("channel") == "online"
    ):
        return names.word("by", By.PETITIONER)
    return names.word("by", By.SYSTEM)


def _facts(
    entry: Told, names: Names, people: Mapping[int, str], titles: Mapping[int, str]
) -> list[tuple[str, str]]:
    found = []
    for name, value in entry.payload.items():
        if name in _UNSAID or value in (None, "", []) or FIELDS[name].type is FieldType.TEXT:
            continue
        said = (
            titles.get(value, str(value))
            if name in ("entry", "addressed")
            else _suggested(value, names)
            if name == "suggested"
            else value_words(name, value, names, people)
        )
        found.append((names.word("field", name), said))
    return found


def value_words(name: str, value: Any, names: Names, people: Mapping[int, str]) -> str:
    """What stands in a field, in words; dates may come as dates or as ISO text."""
    spec = FIELDS[name]
    if name in ("reported_units", "reported_accounts"):
        said = [
            names.unit(one) if name == "reported_units" else people.get(one, "") for one in value
        ]
        return listed(said)
    match spec.type:
        case FieldType.CHOICE:
            return names.word(name, value)
        case FieldType.UNIT:
            return names.unit(value)
        case FieldType.CATEGORY:
            return names.category(value)
        case FieldType.REGION:
            return names.region(value)
        case FieldType.YES_NO:
            return names.yes_no(value)
        case FieldType.MONEY:
            return yuan(value)
        case FieldType.DATE:
            return value.isoformat() if isinstance(value, date) else str(value)
        case FieldType.ACCOUNT:
            return people.get(value, "")
        case _:
            return str(value)


def _suggested(value: Sequence[str], names: Names) -> str:
    """What was suggested, the best first, each with how sure it was."""
    said = []
    for one in value:
        code, sure, version = one.rsplit(":", 2)
        percent = _(" (%(percent)s %%)") % {"percent": sure} if int(version) else ""
        said.append(names.category(code) + percent)
    return in_turn(said)


def _texts(entry: Told, names: Names) -> list[tuple[str, str | None]]:
    if entry.step in _CONTACT_WORDS:
        return []
    order = [*STEPS[entry.step].needs, *STEPS[entry.step].may_have]
    said = sorted(
        entry.texts.items(),
        key=lambda text: order.index(text[0]) if text[0] in order else len(order),
    )
    return [(names.word("field", name), body) for name, body in said]
