"""The hall of actions: the steps of a person by what they are for, the likeliest first, the others with reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _

from xinqiao.desk.words import Names
from xinqiao.matters.queries import Sheet
from xinqiao.rules import relief
from xinqiao.rules.refusals import Refusal
from xinqiao.rules.steps import Step

#: Steps with a page of their own: a new contact is registered, a duty is kept, where its row is.
HERE_NOT = frozenset({
    "receive", "add_contact", "link_dispute", "take_in", "let_go", "go_alone", "tell_apart", "tell_alike",
    "give_duty", "duty_done", "answer_duty",
    "assign_lead", "lead_progress", "field_visit", "end_lead", "conference_decision",
    "call_first_in_charge", "acknowledge_call", "arrive_on_spot", "hear_representatives", "offer_way_home",
    "review_group_visit",
}) | relief.STEPS  # fmt: skip
#: Reasons that leave nothing to be done here: the step is for others, for another kind of matter, or taken elsewhere.
_OTHERS = frozenset(
    {"not_yours", "wrong_kind", "not_joined", "nothing_to_split_off", "carried_elsewhere"}
)


class Purpose(StrEnum):
    """What a step is for, in the order in which people look."""

    ONWARD = "onward"
    PETITIONER = "petitioner"
    INQUIRY = "inquiry"
    OVERSIGHT = "oversight"
    RECORD = "record"


PURPOSES: Mapping[Purpose, tuple[str, ...]] = {
    Purpose.ONWARD: (
        "register", "approve_extension", "refuse_extension", "issue_opinion", "return_opinion", "transfer", "assign",
        "accept", "take_up", "uphold_objection", "reject_objection", "decide_competence", "escalate_dispute", "recall",
        "submit_opinion", "reply", "record_settlement", "deliver_opinion", "issue_review_opinion",
        "deliver_review_opinion", "issue_reexamination_opinion", "deliver_reexamination_opinion", "report_result",
        "record_execution", "object", "guide", "decline", "report_up", "conclude", "succeed",
    ),
    Purpose.PETITIONER: (
        "notify", "ask_petitioner", "supplement", "give_help", "follow_up_suggestion", "record_reception",
        "ask_written_opinion",
        "request_review", "request_reexamination", "rate", "withdraw", "reopen",
    ),
    Purpose.INQUIRY: (
        "take_on", "designate", "request_extension", "open_mediation", "end_mediation", "schedule_hearing",
        "open_hearing", "close_hearing",
    ),
    Purpose.OVERSIGHT: (
        "answer_urging", "answer_recommendation", "report_urgent", "notice_urgent", "follow_up_execution", "urge",
        "mark_perfunctory", "hold_talk", "give_public_notice", "order_correction", "list_supervision", "end_listing",
        "recommend", "refer_conduct",
    ),
    Purpose.RECORD: (
        "join", "separate", "split_off", "reclassify", "name_reported", "recuse", "correct_date", "revoke",
    ),
}  # fmt: skip
_PLACE = {name: (purpose, n) for purpose, steps in PURPOSES.items() for n, name in enumerate(steps)}

#: Where a step is shown that nobody has given a place yet; a test asks for it.
_ELSEWHERE = (Purpose.INQUIRY, 99)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A step of the person: possible, or with the reason why not and its article."""

    step: str
    label: str
    help: str
    why_not: str = ""
    article: str = ""


@dataclass(frozen=True, kw_only=True)
class Group:
    """The steps of one purpose: `open` may be taken now, `shut` belong to this stage and may not."""

    purpose: Purpose
    title: str
    open: Sequence[Choice]
    shut: Sequence[Choice]


@dataclass(frozen=True, kw_only=True)
class Hall:
    """Groups in their order, and the steps of other stages or people with the reason for each."""

    groups: Sequence[Group]
    elsewhere: Sequence[Choice] = field(default_factory=tuple)

    @property
    def nothing(self) -> bool:
        """Whether no step at all may be taken by this person now."""
        return not any(group.open for group in self.groups)


def hall(sheet: Sheet, names: Names) -> Hall:
    """What the person may do on this matter now, and what not."""
    possible: dict[Purpose, list[tuple[int, Choice]]] = {purpose: [] for purpose in Purpose}
    shut: dict[Purpose, list[tuple[int, Choice]]] = {purpose: [] for purpose in Purpose}
    elsewhere: list[Choice] = []
    for step, refusal in sheet.offered:
        if step.name in HERE_NOT:
            continue
        purpose, place = _PLACE.get(step.name, _ELSEWHERE)
        choice = _choice(step, refusal, names)
        if refusal is None:
            possible[purpose].append((place, choice))
        elif refusal.code not in _OTHERS and sheet.facts.state in step.start:
            shut[purpose].append((place, choice))
        else:
            elsewhere.append(choice)
    groups = [
        Group(
            purpose=purpose,
            title=_title(purpose),
            open=_in_order(possible[purpose]),
            shut=_in_order(shut[purpose]),
        )
        for purpose in Purpose
    ]
    return Hall(groups=[one for one in groups if one.open or one.shut], elsewhere=elsewhere)


def _in_order(placed: list[tuple[int, Choice]]) -> list[Choice]:
    return [choice for _place, choice in sorted(placed, key=lambda one: one[0])]


def _title(purpose: Purpose) -> str:
    match purpose:
        case Purpose.ONWARD:
            return _("Bring it on")
        case Purpose.PETITIONER:
            return _("With the petitioner")
        case Purpose.INQUIRY:
            return _("Within the handling")
        case Purpose.OVERSIGHT:
            return _("Urgency, supervision, follow-up")
        case Purpose.RECORD:
            return _("Keep the record right")


def _choice(step: Step, refusal: Refusal | None, names: Names) -> Choice:
    return Choice(
        step=step.name,
        label=names.word("step", step.name),
        help=names.helping("step", step.name),
        why_not=names.say(refusal, with_article=False) if refusal else "",
        article=(refusal.article or "") if refusal else "",
    )
