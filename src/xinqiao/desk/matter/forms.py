"""The form of a step, made from the step table."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from xinqiao.desk import reported
from xinqiao.desk.controls import Moment
from xinqiao.desk.forms import RuledForm
from xinqiao.desk.matter import joint
from xinqiao.desk.matter.attached import FIELD as FILES
from xinqiao.desk.matter.attached import Held
from xinqiao.desk.matter.fields import Setting, field_names, form_field
from xinqiao.matters import clockwork
from xinqiao.rules.fields import ACCOUNTS, FIELDS, FieldType
from xinqiao.rules.matters import may, may_take
from xinqiao.rules.refusals import Refusal
from xinqiao.rules.states import CLOSED
from xinqiao.rules.steps import Step
from xinqiao.rules.urging import (
    ANSWERED_BY_REPORT,
    RECOMMENDATIONS,
    answer_day,
    next_form,
    owed_by,
)
from xinqiao.ui.punctuation import valued

HAPPENED = "happened_at"
#: What shuts somebody out of a matter cannot be taken back either.
_SHUTS_OUT = frozenset({"recuse", "name_reported", "succeed", "split_off"})
_FROM_FACTS = ("kind", "category", "region", "path", "procedure")
_RECLASSIFIED = ("kind", "category", "region", "path")
_WHEN = {
    "path": ("kind", "claim"),
    "reported_units": ("kind", "report"),
    "reported_accounts": ("kind", "report"),
}


def is_final(step: Step) -> bool:
    """Whether the step asks for a second look: it moves a clock, closes or shuts out, and cannot be revoked."""
    moves = bool(step.law) or step.end in CLOSED or step.name in _SHUTS_OUT
    return moves and not step.revocable


def happens_elsewhere(step: Step) -> bool:
    """Whether the step tells of something that may have happened before it is entered: a delivery, a hearing."""
    return step.name.startswith("deliver_") or step.name in ("open_hearing", "close_hearing")


class HoldingForm(RuledForm):
    """A form whose files are kept as soon as they were chosen, so that no error loses them."""

    template_name = "desk/forms/fields.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = Held()
        #: What stands below a field, drawn, by its name.
        self.below: dict[str, SafeString] = {}

    @property
    def takes_files(self) -> bool:
        """Whether files may go with it."""
        return FILES in self.fields

    def hold(self, held: Held) -> None:
        """Takes note of the files that are kept so far; each that was not is told by its name."""
        self.held = held
        if held.missing:
            self.add_error(FILES, _("A file was used in another form meanwhile. Choose it again."))
        for name, refused in held.faults:
            self.add_error(FILES, valued(name, self.names.say(refused.refusal)))


class StepForm(HoldingForm):
    """The fields of one step on one matter."""

    def __init__(self, setting: Setting, data: Any = None, files: Any = None) -> None:
        super().__init__(setting.names, data, files, initial=_initial(setting))
        self.setting = setting
        for name in field_names(setting.step):
            self.fields[name] = form_field(name, setting)
            self._only_where_it_applies(name)
        if happens_elsewhere(setting.step):
            self.fields[HAPPENED] = Moment(
                required=False,
                label=_("Happened on"),
                help_text=_("Only if it was not just now: the date decides how the clocks run."),
            )

    def _only_where_it_applies(self, name: str) -> None:
        condition = _WHEN.get(name)
        if condition is not None and "kind" in field_names(self.setting.step):
            self.fields[name].shown_when = condition  # type: ignore[attr-defined]
        if name == "accounts_note":
            self.fields[name].owed_by = " ".join(ACCOUNTS)  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """The fields as the rules take them; what does not apply, or does not change anything, is left out."""
        said = {
            name: self.cleaned_data[name]
            for name in field_names(self.setting.step)
            if name != FILES and self.cleaned_data.get(name) not in (None, "", [])
        }
        kind = said.get("kind")
        if kind is not None:
            said = {name: value for name, value in said.items() if _applies(name, kind)}
        if self.setting.step.name == "reclassify":
            facts = self.setting.sheet.facts
            said = {
                k: v for k, v in said.items() if k not in _RECLASSIFIED or v != getattr(facts, k)
            }
        plain = {name: value for name, value in said.items() if name not in reported.FIELDS}
        attached = {FILES: self.held.hashes} if self.held.files else {}
        return plain | reported.named(said, self.setting.today) | attached

    @property
    def happened_at(self) -> datetime | None:
        return self.cleaned_data.get(HAPPENED)

    def refusal(self) -> Refusal | None:
        """What the rules say to exactly these fields, before anything is written."""
        if (
            self.setting.step.name in joint.STEPS
        ):  # the rest is known only with the other matter before one's eyes
            return may(self.setting.step, self.setting.sheet.case)
        case = replace(self.setting.sheet.case, fields=self.given())
        return may_take(self.setting.step, case)

    def forget_what_is_missing(self) -> None:
        """Says nothing of what is still to be filled in: the person is not done. What is wrong with a file is said."""
        for name in set(self.errors) - {FILES}:
            del self.errors[name]

    def hidden(self) -> list[Any]:
        """All fields, for carrying what was typed through the second look."""
        return [field.as_hidden() for field in self if field.name != FILES]


def _applies(name: str, kind: str) -> bool:
    return name not in _WHEN or _WHEN[name][1] == kind


def _initial(setting: Setting) -> dict[str, Any]:
    """What is known already, and the only entry there is to choose."""
    facts, case = setting.sheet.facts, setting.sheet.case
    found = {name: getattr(facts, name) for name in _FROM_FACTS if getattr(facts, name)}
    if setting.step.name == "revoke":
        found["entry"] = case.revocable
    if setting.step.name == "recuse":
        found["account"] = case.person.account
    return found | _of_supervision(setting)


def _of_supervision(setting: Setting) -> dict[str, Any]:
    """The next heavier form and a day to answer by; the thirty days of a recommendation; the only thing asked."""
    facts, case, step = setting.sheet.facts, setting.sheet.case, setting.step.name
    if step == "urge":
        overdue = any(clock.state == "overdue" for clock in setting.sheet.clocks)
        return {
            "urging_form": next_form(facts, overdue),
            "answer_by": answer_day(clockwork.calendar(), setting.today),
        }
    if step == "recommend":
        return {"answer_within": 30}
    kinds = {"answer_urging": ANSWERED_BY_REPORT, "answer_recommendation": RECOMMENDATIONS}
    owed = owed_by(facts, case.person.units(), kinds.get(step, ()))
    return {"addressed": owed[0].seq} if len(owed) == 1 else {}


def typed_texts(form: StepForm) -> list[tuple[str, str]]:
    """The texts that were typed, for keeping them in sight where the form itself is gone."""
    texts = [name for name in field_names(form.setting.step) if FIELDS[name].type is FieldType.TEXT]
    typed = [(str(form.fields[name].label), str(form.data.get(name, ""))) for name in texts]
    return [(label, text) for label, text in typed if text.strip()]
