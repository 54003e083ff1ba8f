"""What the petitioner may do now, and what not yet or not any more, with the reason."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinqiao.lookup.words import Words
from xinqiao.matters.queries import Sheet
from xinqiao.rules.refusals import Refusal
from xinqiao.rules.states import ANSWERED_STATES, CLOSED, Kind, State

#: What a petitioner is told, in place of the general words, where the state of the matter stands against a step.
_TOO_EARLY: dict[str, str | Promise] = {
    "rate": gettext_lazy("You can rate as soon as you have an answer."),
    "request_review": gettext_lazy(
        "Possible as soon as a handling opinion has been delivered to you."
    ),
    "request_reexamination": gettext_lazy(
        "Possible as soon as the review opinion has been delivered to you."
    ),
}
_TOO_LATE: dict[str, str | Promise] = {
    "withdraw": gettext_lazy(
        "The opinion has been delivered: the petition can no longer be taken back."
    ),
    "request_review": gettext_lazy(
        "You have asked for it already; the organ you asked is working on it."
    ),
    "request_reexamination": gettext_lazy(
        "You have asked for it already; the organ you asked is working on it."
    ),
}

#: The two appeals of a petitioner (art. 35, 36).
APPEALS = frozenset({"request_review", "request_reexamination"})
_SECOND_LEVEL = frozenset({State.REVIEWED, State.REEXAMINING, State.REEXAMINATION_ISSUED})


@dataclass(frozen=True, kw_only=True)
class Button:
    """A step of the petitioner on the matter page. `always`: shown with its reason when it is not possible."""

    step: str
    label: str | Promise
    url: str
    icon: str
    always: bool = True


_BUTTONS = (
    Button(step="supplement", label=gettext_lazy("Add a supplement"), url="portal:supplement", icon="paperclip"),
    Button(step="rate", label=gettext_lazy("Rate how it was handled"), url="portal:rate_matter", icon="star"),
    Button(step="request_review", label=gettext_lazy("Ask for a review"), url="portal:appeal", icon="scale"),
    Button(step="request_reexamination", label=gettext_lazy("Ask for a re-examination"), url="portal:appeal",
           icon="scale"),
    Button(step="ask_written_opinion", label=gettext_lazy("Ask for a written opinion"), url="portal:written_opinion",
           icon="file-text", always=False),
    Button(step="withdraw", label=gettext_lazy("Take the petition back"), url="portal:withdraw", icon="arrow-back-up"),
)  # fmt: skip


def appeal_step(sheet: Sheet) -> str:
    """Which appeal is the next one: the review, or after it the re-examination (art. 35, 36)."""
    facts = sheet.facts
    second = facts.state in _SECOND_LEVEL or (
        facts.state is State.CONCLUDED and bool(facts.reviewer)
    )
    return "request_reexamination" if second else "request_review"


def why_not(sheet: Sheet, step: str, words: Words) -> str:
    """Why the petitioner may not take a step now, in words; "" when nothing stands against it."""
    return _reason(sheet, step, _refusal_of(sheet, step), words)


def buttons(sheet: Sheet, number: str, words: Words) -> list[dict[str, Any]]:
    """The steps of the petitioner, first those that are possible; each with its address or the reason why not."""
    over = sheet.facts.state in CLOSED
    not_this_level = APPEALS - ({appeal_step(sheet)} if _is_claim(sheet) else set())
    found = []
    for button in _BUTTONS:
        refusal = _refusal_of(sheet, button.step)
        if button.step in not_this_level or (refusal and not button.always):
            continue
        if refusal and over and button.step not in APPEALS:
            continue  # one sentence says that it is over, not three
        found.append({
            "label": button.label, "icon": button.icon, "url": reverse(button.url, args=[number]),
            "refusal": _reason(sheet, button.step, refusal, words),
        })  # fmt: skip
    return sorted(found, key=lambda one: bool(one["refusal"]))


def _refusal_of(sheet: Sheet, step: str) -> Refusal | None:
    return next(refusal for offered, refusal in sheet.offered if offered.name == step)


def _reason(sheet: Sheet, step: str, refusal: Refusal | None, words: Words) -> str:
    """Why not, in words for the petitioner; "" when nothing stands against the step."""
    if refusal is None:
        return ""
    if step in APPEALS and not _is_claim(sheet):
        return _(
            "Review and re-examination are for requests to solve a problem, not for suggestions and reports."
        )
    told = _TOO_LATE if sheet.facts.state in ANSWERED_STATES else _TOO_EARLY
    if refusal.code == "wrong_state" and step in told:
        return str(told[step])
    return words.say(refusal)


def _is_claim(sheet: Sheet) -> bool:
    """Whether it may become a claim with an opinion; before registration the sender's own word counts."""
    return sheet.facts.kind in {None, Kind.CLAIM}
