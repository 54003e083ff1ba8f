"""The forms of leaders in charge, field visits and the joint conference."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from xinqiao.desk.controls import Day, Moment, Pick, PickSeveral, Words, labelled
from xinqiao.desk.duties.forms import units_with_part
from xinqiao.desk.forms import RuledForm
from xinqiao.desk.matter.attached import FIELD as FILES
from xinqiao.desk.matter.attached import HELD, hold
from xinqiao.desk.matter.forms import HoldingForm
from xinqiao.desk.words import Names
from xinqiao.directory import queries as directory
from xinqiao.evidence.values import MAX_BYTES
from xinqiao.leadership.values import ConferenceLine, Meeting, Promise
from xinqiao.matters.queries import Sheet
from xinqiao.rules.facts import Facts
from xinqiao.rules.leadership import ConferenceOutcome, LeadOutcome
from xinqiao.rules.persons import Person, Role
from xinqiao.rules.states import Kind
from xinqiao.rules.units import within
from xinqiao.rules.wall import walled_units
from xinqiao.ui.forms import FilesField

ROWS = (1, 2, 3)


class FilesForm(HoldingForm):
    """A form with files, which are kept at once, so that no error loses them."""

    def add_files(self) -> None:
        self.fields[FILES] = FilesField(max_bytes=MAX_BYTES, required=False, **self.said("files"))

    def keep(self, by: Person, now: datetime) -> None:
        """Keeps what was chosen beside what is held already; each file that cannot be kept is told by its name."""
        if not self.is_bound:
            return
        self.is_valid()
        chosen = self.cleaned_data.get(FILES) or []
        before = self.data.getlist(HELD) if hasattr(self.data, "getlist") else []
        self.hold(hold(chosen, before, by=by, now=now))


class PromiseRows(FilesForm):
    """Rows of what was promised or handed out: what, by which unit, by which day. Empty rows are left out."""

    def add_rows(self, units: Mapping[str, str]) -> None:
        for n in ROWS:
            what, unit, day = (
                self.names.word("field", name) for name in ("duty_words", "duty_unit", "due_on")
            )
            self.fields[f"words_{n}"] = Words(label=f"{what} {n}", required=False)
            self.fields[f"unit_{n}"] = Pick(units, label=f"{unit} {n}", required=False)
            self.fields[f"due_{n}"] = Day(label=f"{day} {n}", required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for n in ROWS:
            row = [f"words_{n}", f"unit_{n}", f"due_{n}"]
            if any(said.get(name) for name in row):
                for name in row:
                    if not said.get(name) and name not in self.errors:
                        self.add_error(
                            name,
                            ValidationError(_("What, by whom and by which day belong together.")),
                        )
        return said

    def promises(self) -> list[Promise]:
        said = self.cleaned_data
        return [
            Promise(words=said[f"words_{n}"], unit=said[f"unit_{n}"], due=said[f"due_{n}"])
            for n in ROWS
            if said.get(f"words_{n}")
        ]

    def rows(self) -> list[Any]:
        """The three boxes of each row, for the template."""
        return [[self[f"{name}_{n}"] for name in ("words", "unit", "due")] for n in ROWS]


class AssignForm(RuledForm):
    """Which head takes charge, with which measures, until when. Who may not meet the matter is not in the list."""

    refused_at: Mapping[str, str] = {
        "due_in_past": "settle_by", "no_head_there": "leader", "shut_out": "leader", "unit_not_allowed": "leader",
        "report_stays": "leader",
    }  # fmt: skip

    def __init__(self, names: Names, today: date, sheet: Sheet, data: Any = None) -> None:
        super().__init__(names, data)
        self.fields |= {
            "leader": Pick(heads(sheet.facts, names, today), **self.said("lead_official")),
            "measures": Words(long=True, **self.said("measures")),
            "settle_by": Day(**self.said("settle_by")),
        }

    def given(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        account, unit = said.pop("leader").split("@", 1)
        return said | {"leader": int(account), "unit": unit}


def heads(facts: Facts, names: Names, today: date) -> Mapping[str, str]:
    """Who heads which unit, as `account@unit`: not whom the wall shuts out; of a report only those with part in it."""
    walled = walled_units(facts, names.units)
    shut_out = facts.recused | facts.reported_accounts
    units = [
        one.code for one in names.units.on(today)
        if one.code not in walled and (facts.kind is not Kind.REPORT or one.code in facts.involved)
    ]  # fmt: skip
    lines = directory.staff(units, today, [Role.HEAD])
    return labelled(
        (f"{one.account}@{one.unit}", f"{one.name}（{names.unit(one.unit)}）")
        for one in lines if one.account not in shut_out
    )  # fmt: skip


class ProgressForm(FilesForm):
    """How far it has come."""

    def __init__(self, names: Names, data: Any = None, files: Any = None) -> None:
        super().__init__(names, data, files, prefix=None)
        self.fields["record"] = Words(
            long=True, rows=4, label=_("What was done, and what stands in the way")
        )
        self.add_files()


class EndForm(RuledForm):
    """How it ended, and why."""

    def __init__(self, names: Names, data: Any = None) -> None:
        super().__init__(names, data)
        choices = [(one.value, names.word("lead_outcome", one)) for one in LeadOutcome]
        self.fields["lead_outcome"] = forms.ChoiceField(
            choices=choices, widget=forms.RadioSelect, **self.said("lead_outcome")
        )
        self.fields["reason"] = Words(long=True, rows=3, **self.said("reason"))


class VisitForm(PromiseRows):
    """When, where, with whom, what was found, what was promised."""

    refused_at: Mapping[str, str] = {"date_in_future": "visited_at"}

    def __init__(
        self, names: Names, today: date, sheet: Sheet, data: Any = None, files: Any = None
    ) -> None:
        super().__init__(names, data, files)
        units = units_with_part(sheet.facts, names, today)
        self.fields |= {
            "visited_at": Moment(label=_("When")),
            "place": Words(max_length=200, **self.said("place")),
            "with_units": PickSeveral(units, label=_("Units that came along"), required=False),
            "record": Words(long=True, label=_("What was found")),
        }
        self.add_rows(units)
        self.add_files()


class MeetingForm(RuledForm):
    """Day, place, chair, and the units called."""

    refused_at: Mapping[str, str] = {"begins_in_past": "meets_at"}

    def __init__(
        self, names: Names, today: date, kept: Sequence[str], before: ConferenceLine | None = None,
        called: Sequence[str] = (), data: Any = None,
    ) -> None:  # fmt: skip
        initial = {"called": list(called)} | (
            {"meets_at": before.meets_at, "place": before.place, "chair": str(before.chair), "unit": before.unit}
            if before else {}
        )  # fmt: skip
        super().__init__(names, data, initial=initial)
        regions = [names.units[code].region for code in kept]
        around = [
            one
            for one in names.units.on(today)
            if any(within(one.region, region) for region in regions)
        ]
        units = labelled((one.code, names.unit(one.code)) for one in around)
        chairs = directory.staff([one.code for one in around], today, [Role.HEAD])
        self.fields |= {
            "unit": forms.ChoiceField(label=_("Prepared by"), choices=[(code, names.unit(code)) for code in kept]),
            "meets_at": Moment(label=_("When")),
            "place": Words(max_length=200, **self.said("place")),
            "chair": Pick(
                labelled((str(one.account), f"{one.name}（{names.unit(one.unit)}）") for one in chairs),
                label=_("Chair"),
            ),
            "called": PickSeveral(units, rows=6, label=_("Units called"), required=False),
        }  # fmt: skip
        if before is not None:
            del self.fields["unit"]
        self.before = before

    def value(self) -> Meeting:
        said = dict(self.cleaned_data)
        unit = self.before.unit if self.before else said.pop("unit")
        return Meeting(unit=unit, chair=int(said.pop("chair")), **said)


class ProposeForm(RuledForm):
    """For which meeting, and why."""

    def __init__(self, names: Names, meetings: Sequence[tuple[int, str]], data: Any = None) -> None:
        super().__init__(names, data)
        self.fields["conference"] = forms.TypedChoiceField(
            choices=[(str(one), said) for one, said in meetings],
            coerce=int,
            label=_("For the meeting"),
        )
        self.fields["reason"] = Words(
            long=True, rows=4, label=_("Why it should come before the conference")
        )


class SubjectForm(RuledForm):
    """An item about no matter."""

    def __init__(self, names: Names, data: Any = None) -> None:
        super().__init__(names, data)
        self.fields["subject"] = Words(max_length=200, label=_("Subject of the item"))
        self.fields["reason"] = Words(
            long=True, rows=4, label=_("Why it should come before the conference")
        )


class DecideForm(PromiseRows):
    """What was decided, whose a disputed matter is, and what is handed out."""

    refused_at: Mapping[str, str] = {"not_disputed": "outcome", "unit_not_allowed": "to_unit"}

    def __init__(
        self, names: Names, today: date, outcomes: Sequence[ConferenceOutcome], facts: Facts | None, data: Any = None
    ) -> None:  # fmt: skip
        super().__init__(names, data)
        units = units_with_part(facts, names, today)
        choices = [(one.value, names.word("conference_outcome", one)) for one in outcomes]
        self.fields["outcome"] = forms.ChoiceField(
            choices=choices,
            widget=forms.RadioSelect,
            label=names.word("field", "conference_outcome"),
        )
        self.fields["decision"] = Words(long=True, rows=4, **self.said("decision"))
        if ConferenceOutcome.COMPETENCE in outcomes:
            self.fields["to_unit"] = Pick(units, label=_("Whose it is"), required=False)
        if ConferenceOutcome.LISTED in outcomes:
            self.fields["until"] = Day(required=False, **self.said("until"))
        self.add_rows(units)


class AnswerForm(RuledForm):
    """Why an item is left off."""

    def __init__(self, names: Names, data: Any = None) -> None:
        super().__init__(names, data)
        self.fields["reason"] = Words(long=True, rows=2, required=False, **self.said("reason"))


class PapersForm(FilesForm):
    """Papers for a meeting."""

    def __init__(self, names: Names, data: Any = None, files: Any = None) -> None:
        super().__init__(names, data, files)
        self.add_files()
