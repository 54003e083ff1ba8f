"""What a text suggests, as chips beside the fields that they fill in. Nothing is filled in without a person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from xinqiao.desk.words import Names
from xinqiao.insight.classifying import queries
from xinqiao.insight.classifying.values import Asked, Source, Suggestion, Suggestions, Sureness
from xinqiao.rules.persons import Person
from xinqiao.rules.states import Kind
from xinqiao.rules.suggesting import Suggested as SuggestedUnit
from xinqiao.ui.punctuation import listed

#: The fields of a form that a chip may fill in, and the one that says it without a script.
FILLED = ("category", "region", "kind", "path", "urgent")
FILL = "fill"
#: What is said on a chip; of what is in doubt the row says so.
_SAID = (Sureness.LIKELY, Sureness.PERHAPS)


@dataclass(frozen=True, kw_only=True)
class Chip:
    """One suggestion for a field. `value` is what is filled in, `label` what a person reads; `words` say why."""

    field: str
    value: str
    label: str
    words: Sequence[str]
    sure: str = ""
    first: bool = False
    chosen: bool = False

    @property
    def shown(self) -> str:
        """What stands in the field afterwards: boxes that one types in show labels, lists and choices take codes."""
        return self.label if self.field in ("category", "region") else self.value


@dataclass(frozen=True, kw_only=True)
class Row:
    """The chips of one field. `fills`: whether the form has the field; else they only tell."""

    field: str
    label: str
    chips: Sequence[Chip]
    fills: bool
    unsure: bool = False


@dataclass(frozen=True, kw_only=True)
class Advice:
    """Everything that is suggested beside a form."""

    rows: Sequence[Row]
    unit: SuggestedUnit | None
    source: Source
    asked: bool

    @property
    def first(self) -> Chip | None:
        """The best of all, for who hears the page read out."""
        return next((row.chips[0] for row in self.rows if row.chips), None)


def advice(
    asked: Asked, fields: Iterable[str], *, by: Person, names: Names, now: datetime
) -> Advice:
    """What the text suggests for a form that has these fields."""
    found = queries.suggest(asked, by=by, now=now)
    has = frozenset(fields)
    rows = [
        _row(field, some, has, asked, names)
        for field, some in _by_field(found).items()
        if some or field == "category"
    ]
    is_asked = bool(asked.subject.strip() or asked.body.strip())
    return Advice(
        rows=rows if is_asked else [],
        unit=found.unit,
        source=found.categories.source,
        asked=is_asked,
    )


def _by_field(found: Suggestions) -> Mapping[str, Sequence[Suggestion]]:
    return {
        "category": found.categories.found, "region": found.places, "kind": found.kinds,
        "path": found.paths, "urgent": found.urgencies,
    }  # fmt: skip


def _row(
    field: str, found: Sequence[Suggestion], has: frozenset[str], asked: Asked, names: Names
) -> Row:
    unsure = field == "category" and (not found or found[0].sureness is Sureness.UNSURE)
    chips = [
        _chip(field, one, asked, names, first=place == 0 and not unsure)
        for place, one in enumerate(found)
    ]
    label = _("Urgency") if field == "urgent" else names.word("field", field)
    return Row(field=field, label=label, chips=chips, fills=field in has, unsure=unsure)


def _chip(field: str, one: Suggestion, asked: Asked, names: Names, *, first: bool) -> Chip:
    label = _label(field, one.code, names)
    value = _reason(label, one.words) if field == "urgent" else one.code
    chosen = field != "urgent" and one.code == getattr(asked, field, "")
    sure = names.word("sureness", one.sureness) if one.sureness in _SAID else ""
    # A claim is what a form begins with: another kind is taken by a person alone, one by one.
    takes = first and not (field == "urgent" or (field == "kind" and one.code != Kind.CLAIM))
    return Chip(
        field=field, value=value, label=label, words=one.words, sure=sure, first=takes, chosen=chosen
    )  # fmt: skip


def _label(field: str, code: str, names: Names) -> str:
    match field:
        case "category":
            return names.categories.get(code) or names.category(code)
        case "region":
            return names.regions.get(code, code)
        case "urgent":
            return names.word("urgency", code)
        case _:
            return names.word(field, code)


def _reason(label: str, words: Sequence[str]) -> str:
    return _("%(what)s (the text says: %(words)s)") % {
        "what": label,
        "words": listed(words),
    }


def filled(data: QueryDict) -> QueryDict:
    """The form as it was sent, with what a chip fills in, where one was pressed without a script."""
    field, found, value = data.get(FILL, "").partition("=")
    if not found or field not in FILLED:
        return data
    changed = data.copy()
    changed[field] = "on" if field == "urgent" else value
    if field == "urgent":
        changed["urgent_reason"] = value
    return changed


def recorded(step: str, given: Mapping[str, Any], subject: str, body: str) -> dict[str, Any]:
    """The field of the ledger that says what was suggested, where a step gives a category or might have."""
    if step != "register" and "category" not in given:
        return {}
    found = queries.recorded(subject, body)
    return {"suggested": found} if found else {}
