"""Matters handled together (并案) on the page of a matter: with which, the forms of joining and splitting off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, ngettext

from xinqiao.desk.controls import Pick, labelled
from xinqiao.desk.matter.fields import Setting, also
from xinqiao.desk.work.lists import due_of
from xinqiao.insight.reading import queries as reading
from xinqiao.intake import joining
from xinqiao.intake import queries as intake
from xinqiao.intake.queries import ContactLine
from xinqiao.matters import queries as matters
from xinqiao.matters.numbers import normal_number
from xinqiao.matters.queries import Line, Sheet
from xinqiao.rules.entries import effective
from xinqiao.rules.persons import Person
from xinqiao.rules.states import State

#: Steps whose form this module makes, and which `intake.joining` takes.
STEPS = frozenset({"join", "split_off"})
_MOST = 20


@dataclass(frozen=True, kw_only=True)
class Together:
    """What the head of the page says: in which matter this one is carried on, and which ones it carries.

    Each that it carries with its own nearest last day. `hidden` counts those that the person may not see.
    """

    carrier: Line | None = None
    carried: bool = False
    carries: Sequence[tuple[Line, date | datetime | None]] = ()
    hidden: int = 0


def together(sheet: Sheet, person: Person, now: datetime) -> Together:
    """With which matters this one is handled together now, as far as the person may see them."""
    facts = sheet.facts
    wanted = set(facts.carries) | ({facts.carried_by} if facts.carried_by is not None else set())
    if not wanted:
        return Together()
    seen = {one.id: one for one in matters.lines(matters.scope(person, now).filter(id__in=wanted))}
    carries = [(seen[one], due_of(seen[one])) for one in sorted(facts.carries) if one in seen]
    return Together(
        carrier=seen.get(facts.carried_by or 0),
        carried=facts.carried_by is not None,
        carries=carries,
        hidden=len(facts.carries) - len(carries),
    )


def were_together(sheet: Sheet) -> set[int]:
    """The matters with which this one was handled together, and out of which it was split or which were split off."""
    facts = sheet.facts
    counted = {entry.seq for entry in effective(told.entry for told in sheet.entries)}
    found = {
        told.payload["matter"]
        for told in sheet.entries
        if told.step in ("join", "take_in") and told.seq in counted
    }
    found |= {told.payload["new_matter"] for told in sheet.entries if told.step == "split_off"}
    found |= {facts.split_from} - {None}
    return found - {facts.carried_by, *facts.carries}


def carries_said(found: Together) -> str:
    """How many matters are carried on in this one."""
    n = len(found.carries) + found.hidden
    return ngettext(
        "%(n)s further matter is carried on in this one",
        "%(n)s further matters are carried on in this one",
        n,
    ) % {"n": n}


class NumberOrPick(Pick):
    """The number of a matter, typed or picked from those that are proposed; whether it is one, the rules say."""

    default_error_messages = {
        "unknown": gettext_lazy("“%(typed)s” is no number of a matter. Type all of it, or choose from the list.")
    }  # fmt: skip

    def code_of(self, typed: str) -> str:
        """Raises ValidationError, naming what was typed."""
        return normal_number(typed) or super().code_of(typed)


def candidates(setting: Setting) -> Sequence[Line]:
    """The matters proposed for joining, within the scope: what reads alike, then those of the same petitioners.

    Only those that can carry this one by kind, unit and stage, or can once it is accepted.
    """
    case, line = setting.sheet.case, setting.sheet.line
    alike = reading.related(case.person, line.id, case.now, most=_MOST)
    own = [one.id for one in intake.of_matter(line.id)]
    theirs = intake.same_petitioner(case.person, line.id, own, case.now, most=_MOST)
    stages = {line.state, State.ACCEPTED}
    fitting = {
        one.id: one
        for one in (*alike, *theirs)
        if (one.holder, one.kind) == (line.holder, line.kind) and one.state in stages
    }
    return list(fitting.values())


def matter_field(setting: Setting, **common: Any) -> forms.Field:
    """The other matter: its number typed, or one of the candidates."""
    proposed = {one.number: f"{one.number} {one.subject}" for one in candidates(setting)}
    return NumberOrPick(labelled(proposed.items()), **common)


def contact_field(setting: Setting, **common: Any) -> forms.Field:
    """The contacts that were added to the matter, with the first of their words."""
    sheet = setting.sheet
    words = {entry.seq: entry.texts.get("subject") or "" for entry in sheet.entries}
    added = [one for one in intake.of_matter(sheet.line.id) if one.number in sheet.facts.added]
    choices = [(one.number, _named(one, words, setting)) for one in added]
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)


def _named(one: ContactLine, words: Mapping[int, str], setting: Setting) -> str:
    said = [
        setting.names.word("channel", one.channel),
        one.received_at.strftime("%Y-%m-%d"),
        words[one.seq],
    ]
    return " · ".join([one.number, *filter(None, said)])


def take(
    matter: int, step: str, fields: Mapping[str, Any], *, by: Person, now: datetime, seen: int
) -> None:
    """Takes one of the steps of this module. Raises Refused."""
    if step == "join":
        joining.join(matter, fields["matter"], fields["reason"], by=by, now=now, seen=seen)
    else:
        joining.split_off(matter, fields["contact"], fields["reason"], by=by, now=now, seen=seen)


also("matter", matter_field)
also("contact", contact_field)
