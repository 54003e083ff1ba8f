"""What is written down on the spot: a form a verb; a promise is the form of a duty."""

from datetime import date, datetime
from typing import Any

from django import forms

from xinqiao.desk.controls import Words, YesNo
from xinqiao.desk.duties.forms import DutyForm
from xinqiao.desk.forms import RuledForm
from xinqiao.desk.matter.fields import choice_field
from xinqiao.desk.words import Names
from xinqiao.group_visits import actions
from xinqiao.group_visits.values import VisitLine
from xinqiao.matters.queries import Sheet
from xinqiao.rules.fields import FIELDS
from xinqiao.rules.group_visits import Verb
from xinqiao.rules.persons import Person

_FIELDS: dict[Verb, tuple[str, ...]] = {
    Verb.ACKNOWLEDGE: (),
    Verb.ARRIVE: (),
    Verb.HEAR: ("demands", "representatives_heard"),
    Verb.OFFER_HELP: ("help_offered", "help_consented", "help_given"),
    Verb.REVIEW: ("needless_if", "needless_if_also", "lesson"),
}
_MUST = frozenset({"demands", "help_offered", "needless_if", "lesson"})


class VerbForm(RuledForm):
    """The fields of one verb, made from those of its step."""

    def __init__(self, verb: Verb, names: Names, data: Any = None) -> None:
        super().__init__(names, data, prefix=verb)
        for name in _FIELDS[verb]:
            self.fields[name] = _field(name, names)


def _field(name: str, names: Names) -> Any:
    common: dict[str, Any] = {
        "label": names.word("field", name), "help_text": names.helping("field", name), "required": name in _MUST,
    }  # fmt: skip
    if name in ("demands", "lesson"):
        return Words(long=True, rows=5, **common)
    if name.startswith("help_"):
        return YesNo(yes=names.yes_no(True), no=names.yes_no(False), **common)
    if name == "representatives_heard":
        spec = FIELDS[name]
        return forms.IntegerField(min_value=spec.low, max_value=spec.high, **common)
    return choice_field(name, FIELDS[name], names, **common)


def form_of(
    verb: Verb, names: Names, today: date, sheet: Sheet, data: Any = None
) -> VerbForm | DutyForm:
    """The form of a verb; that of a promise is the form of a duty on the matter."""
    return (
        DutyForm(names, today, sheet, data) if verb is Verb.PROMISE else VerbForm(verb, names, data)
    )


def do(verb: Verb, line: VisitLine, form: VerbForm | DutyForm, by: Person, now: datetime) -> None:
    """Does what a valid form says. Raises Refused."""
    said = form.cleaned_data
    given: dict[str, Any] = {"by": by, "now": now}
    match verb:
        case Verb.ACKNOWLEDGE:
            actions.acknowledge(line.id, **given)
        case Verb.ARRIVE:
            actions.arrive(line.id, **given)
        case Verb.HEAR:
            actions.hear(line.id, said["demands"], said["representatives_heard"], **given)
        case Verb.OFFER_HELP:
            actions.offer_help(
                line.id, offered=said["help_offered"], consented=said["help_consented"],
                given=said["help_given"], **given,
            )  # fmt: skip
        case Verb.PROMISE:
            new = form.value(line.matter) if isinstance(form, DutyForm) else None
            assert new is not None  # noqa: S101  the form of a promise is that of a duty
            actions.promise(line.id, new.words, new.unit, new.due, account=new.account, **given)
        case Verb.REVIEW:
            actions.review(
                line.id, said["needless_if"], said["lesson"], said["needless_if_also"], **given
            )
