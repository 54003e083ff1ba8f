"""From a field of the step table to a field of a form: one list serves the rules and the page."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from xinqiao.desk.controls import Day, Money, Pick, PickSeveral, Words, YesNo, labelled
from xinqiao.desk.words import Names, day_of
from xinqiao.directory import queries as directory
from xinqiao.evidence.values import MAX_BYTES
from xinqiao.matters.queries import Sheet
from xinqiao.rules.fields import FIELDS, FieldSpec, FieldType
from xinqiao.rules.persons import WORKING_ROLES, Role
from xinqiao.rules.routing import in_charge, targets
from xinqiao.rules.steps import Step
from xinqiao.rules.units import RANK, UnitKind, within
from xinqiao.rules.urging import ANSWERED_BY_REPORT, CONVENES, RECOMMENDATIONS, owed_by
from xinqiao.rules.wall import walled_units
from xinqiao.ui.forms import FilesField

_RADIOS = 4  # up to so many choices stand open side by side
#: References that a person names all the same.
NAMED = ("reported_units", "reported_accounts", "files", "matter", "contact")
#: What the platform finds out for itself.
_FOUND_OUT = {"join": ("repeat",)}


@dataclass(frozen=True, kw_only=True)
class Setting:
    """Where a step is about to be taken: on which matter, by whom, on which day."""

    sheet: Sheet
    step: Step
    names: Names
    today: date


def field_names(step: Step) -> list[str]:
    """The fields of a step that a person fills in."""
    named = (*step.needs, *step.may_have)
    return [
        name
        for name in named
        if (FIELDS[name].type is not FieldType.REFERENCE or name in NAMED)
        and name not in _FOUND_OUT.get(step.name, ())
    ]


def form_field(name: str, setting: Setting) -> forms.Field:
    """The form field for one field of the step."""
    spec, names = FIELDS[name], setting.names
    common: dict[str, Any] = {
        "label": names.word("field", name),
        "help_text": names.helping("field", name),
        "required": name in setting.step.needs,
    }
    match spec.type:
        case FieldType.TEXT:
            return Words(long=spec.long, **common)
        case FieldType.CHOICE:
            return choice_field(name, spec, names, **common)
        case FieldType.DATE:
            return Day(**common)
        case FieldType.NUMBER:
            return forms.IntegerField(min_value=spec.low, max_value=spec.high, **common)
        case FieldType.MONEY:
            return Money(low=spec.low, high=spec.high, **common)
        case FieldType.YES_NO:
            return YesNo(yes=names.yes_no(True), no=names.yes_no(False), **common)
        case FieldType.CATEGORY:
            return Pick(labelled(names.categories.items()), **common)
        case FieldType.REGION:
            return Pick(labelled(names.regions.items()), **common)
        case _:
            return _LISTED[name if name in _LISTED else spec.type](setting, **common)


def choice_field(
    name: str, spec: FieldSpec, names: Names, *, required: bool, **common: Any
) -> forms.Field:
    """A few choices stand open; many, or one that may be left open, are a list."""
    choices = [(code, names.word(name, code)) for code in spec.choices]
    if len(choices) <= _RADIOS and required:
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, required=True, **common)
    return forms.ChoiceField(choices=[("", _("choose")), *choices], required=required, **common)


def _to_unit(setting: Setting, **common: Any) -> forms.Field:
    """The units that may be named; those in charge of the subject in a group of their own, first."""
    facts, names = setting.sheet.facts, setting.names
    allowed = targets(setting.step.name, facts, names.units, setting.today)
    if setting.step.name not in ("transfer", "assign", "decide_competence"):
        choices: list[tuple[str, str]] = [("", _("choose")), *_named(allowed, names)]
        return forms.ChoiceField(choices=choices, **common)
    fitting = [code for code in allowed if in_charge(names.units[code], facts.category)]
    others = [code for code in allowed if code not in fitting]
    groups = [
        (_("In charge of this subject"), _named(fitting, names)),
        (_("Others"), _named(others, names)),
    ]
    filled = [(label, units) for label, units in groups if units]
    return forms.ChoiceField(choices=[("", _("choose")), *filled], **common)


def _named(codes: Iterable[str], names: Names) -> list[tuple[str, str]]:
    return [(code, names.unit(code)) for code in codes]


def _unit(setting: Setting, **common: Any) -> forms.Field:
    return Pick(unit_labels(setting), **common)


def unit_labels(setting: Setting) -> Mapping[str, str]:
    """All units of today, but for those behind the wall of a report."""
    names, walled = setting.names, walled_units(setting.sheet.facts, setting.names.units)
    codes = [unit.code for unit in names.units.on(setting.today) if unit.code not in walled]
    return labelled(_named(codes, names))


def _reported_units(setting: Setting, **common: Any) -> forms.Field:
    return PickSeveral(unit_labels(setting), **common)


def _reported_accounts(setting: Setting, **common: Any) -> forms.Field:
    return PickSeveral(staff_labels(setting.names, setting.today), **common)


def staff_labels(names: Names, today: date, roles: Iterable[str] = ()) -> Mapping[str, str]:
    """Everybody who holds a post (of these roles) today, by account number: name, unit, title."""
    lines = directory.staff([unit.code for unit in names.units.on(today)], today, roles)
    said = {str(line.account): f"{line.name}（{names.unit(line.unit)}）" for line in lines}
    return labelled(said.items())


def _officer(setting: Setting, **common: Any) -> forms.Field:
    return _account_field([setting.sheet.facts.holder], WORKING_ROLES, setting, **common)


def _files(_: Setting, **common: Any) -> forms.Field:
    return FilesField(max_bytes=MAX_BYTES, **common)


def _approver(setting: Setting, **common: Any) -> forms.Field:
    """Another head of the units that the matter lies with or lay with."""
    facts, person = setting.sheet.facts, setting.sheet.case.person
    units = {facts.handler, facts.holder, *person.units()} - {""}
    return _account_field(units, {Role.HEAD}, setting, but=person.account, **common)


def _withdrawing(setting: Setting, **common: Any) -> forms.Field:
    """Oneself; a head also names others of the own units and of the unit that holds the matter."""
    facts, person = setting.sheet.facts, setting.sheet.case.person
    field = _account_field({*person.units(), facts.holder}, WORKING_ROLES, setting, **common)
    if not person.units(frozenset({Role.HEAD})):
        field.choices = [one for one in field.choices if one[0] in ("", person.account)]  # type: ignore[attr-defined]
    return field


def _account_field(
    units: Iterable[str],
    roles: Iterable[str],
    setting: Setting,
    but: int | None = None,
    **common: Any,
) -> forms.Field:
    names, facts = setting.names, setting.sheet.facts
    shut_out = {but, *facts.recused, *facts.reported_accounts}
    lines = directory.staff(units, setting.today, roles)
    found = {
        line.account: f"{line.name} · {names.unit(line.unit)} {line.title or names.word('role', line.role)}"
        for line in lines
        if line.account not in shut_out
    }
    choices = [("", _("choose")), *found.items()]
    return forms.TypedChoiceField(choices=choices, coerce=int, empty_value=None, **common)


def _entry(setting: Setting, **common: Any) -> forms.Field:
    """The entries that the step may be about: what they were, and when."""
    case, names = setting.sheet.case, setting.names
    wanted = {case.revocable} if setting.step.name == "revoke" else case.correctable
    choices = [
        (
            entry.seq,
            f"{names.done(entry.step)} · {day_of(entry.at).isoformat()} · {names.unit(entry.unit)}",
        )
        for entry in setting.sheet.entries
        if entry.seq in wanted
    ]
    return forms.TypedChoiceField(
        choices=choices,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        **common,
    )


def _addressed(setting: Setting, **common: Any) -> forms.Field:
    """What the person's units still owe an answer to, by this step."""
    case, names = setting.sheet.case, setting.names
    recommended = setting.step.name == "answer_recommendation"
    kinds = RECOMMENDATIONS if recommended else ANSWERED_BY_REPORT
    asked_on = {entry.seq: day_of(entry.at).isoformat() for entry in setting.sheet.entries}
    choices = [
        (one.seq, f"{names.word('measure', one.what)} · {asked_on[one.seq]}")
        for one in owed_by(case.facts, case.person.units(), kinds)
    ]
    return forms.TypedChoiceField(
        choices=choices, coerce=int, empty_value=None, widget=forms.RadioSelect, **common
    )


def _decided_by(setting: Setting, **common: Any) -> forms.Field:
    """The joint conferences and governments in whose area the matter lies, the nearest first."""
    facts, names = setting.sheet.facts, setting.names
    deciders = [
        unit
        for unit in names.units.on(setting.today)
        if unit.kind in CONVENES and facts.region and within(facts.region, unit.region)
    ]
    nearest = sorted(
        deciders, key=lambda unit: (unit.kind is UnitKind.GOVERNMENT, RANK[unit.level])
    )
    named = [(unit.code, names.unit(unit.code)) for unit in nearest]
    return forms.ChoiceField(choices=[("", _("choose")), *named], **common)


_LISTED: dict[str, Callable[..., forms.Field]] = {
    "to_unit": _to_unit,
    "officer": _officer,
    "approver": _approver,
    "account": _withdrawing,
    "reported_units": _reported_units,
    "reported_accounts": _reported_accounts,
    "files": _files,
    "addressed": _addressed,
    "decided_by": _decided_by,
    FieldType.UNIT: _unit,
    FieldType.ENTRY: _entry,
}


def also(name: str, made: Callable[..., forms.Field]) -> None:
    """A field that a module of its own makes."""
    _LISTED[name] = made
