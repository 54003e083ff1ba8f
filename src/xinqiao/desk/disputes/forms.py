"""The forms of a dispute that is entered, of a screening round, of a report, of a matter, and of the filters."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from xinqiao.desk.controls import Day, DeskForm, Pick, PickSeveral, Words, YesNo, labelled
from xinqiao.desk.disputes.fields import own_units
from xinqiao.desk.forms import RuledForm
from xinqiao.desk.words import Names
from xinqiao.disputes.queries import LISTS
from xinqiao.disputes.values import Filters, Finding, RoundInput
from xinqiao.people.values import PersonInput, PetitionerKind
from xinqiao.rules import dispute_levels as levels
from xinqiao.rules import disputes as rules
from xinqiao.rules.screening import proposals
from xinqiao.rules.states import LegalPath
from xinqiao.text.clean import Problem, normal_id_number, normal_phone
from xinqiao.ui.forms import LongSelect, Ready
from xinqiao.ui.typed import whole_number

_MOST = 1_000_000


class FindingForm(RuledForm):
    """A dispute as it was found: the matter, the place, the size, who is part of it by role."""

    at = {
        "dispute_roles": "roles", "dispute_people": "people", "dispute_criteria": "yes", "dispute_remedy": "remedy",
    }  # fmt: skip

    def __init__(
        self, names: Names, units: frozenset[str], data: Any = None, region: str = ""
    ) -> None:
        super().__init__(names, data, initial={"region": region, "households": 0, "people": 0})
        places = names.regions_around(units, region)
        if len(units) > 1:
            self.fields["unit"] = forms.ChoiceField(
                label=_("For which unit"), choices=own_units(units, names)
            )
        self._only = min(units)
        self.fields |= {
            "subject": Words(**self.said("subject"), max_length=200),
            "region": forms.ChoiceField(
                label=names.word("field", "region"), choices=[("", _("choose")), *places]
            ),
            "place": Words(
                **self.said("place") | {"help_text": _("Street, village, estate, site: where it is.")},
                max_length=200,
            ),
            "category": Pick(labelled(names.categories.items()), **self.said("category")),
            "roles": forms.MultipleChoiceField(
                **self.said("dispute_roles"), widget=forms.CheckboxSelectMultiple,
                choices=[(role, names.word("dispute_role", role)) for role in rules.Role],
            ),
            "households": forms.IntegerField(**self.said("dispute_households"), min_value=0, max_value=_MOST),
            "people": forms.IntegerField(**self.said("dispute_people"), min_value=0, max_value=_MOST),
            "yes": forms.MultipleChoiceField(
                label=_("What is so here"), required=False, widget=forms.CheckboxSelectMultiple,
                help_text=_("The level is told from these and from the size."),
                choices=[(code, names.word("dispute_criterion", code)) for code in levels.questions()],
            ),
            "remedy": Words(**self.said("dispute_remedy"), long=True, rows=3),
        }  # fmt: skip

    def value(self, part: int | None) -> Finding:
        """The dispute as it was entered."""
        said = dict(self.cleaned_data)
        return Finding(unit=said.pop("unit", self._only), part=part, **said)


class RoundForm(RuledForm):
    """A round: its area is chosen first, since who may look where follows from it."""

    at = {"round_title": "title"}

    def __init__(self, names: Names, unit: str, region: str, today: Any, data: Any = None) -> None:
        super().__init__(names, data)
        self.unit, self.region = unit, region
        offered = proposals(region, names.units, today)
        self.fields |= {
            "title": Words(**self.said("round_title"), max_length=80),
            "first_day": Day(label=_("From the day"), initial=today),
            "last_day": Day(label=_("Until the day")),
            "categories": PickSeveral(
                labelled(names.categories.items()), required=False, label=_("Fields"),
                help_text=_("Leave it empty to look at everything."),
            ),
            "parts": forms.MultipleChoiceField(
                label=_("Who looks where"), widget=forms.CheckboxSelectMultiple,
                choices=[(f"{one}|{area}", f"{names.unit(one)} · {names.region(area)}") for one, area in offered],
                initial=[f"{one}|{area}" for one, area in offered if area != region],
            ),
        }  # fmt: skip

    def value(self) -> RoundInput:
        """The round as it was entered."""
        said = dict(self.cleaned_data)
        parts = [tuple(one.split("|", 1)) for one in said.pop("parts")]
        return RoundInput(unit=self.unit, region=self.region, parts=parts, **said)


class ReportForm(RuledForm):
    """What a unit says of its part of a round."""

    at = {"round_looked": "looked"}

    def __init__(self, names: Names, found: int, data: Any = None) -> None:
        super().__init__(names, data, initial={"nothing": found == 0})
        self.fields["looked"] = Words(**self.said("round_looked"), long=True)
        self.fields["nothing"] = YesNo(
            yes=_("Nothing was found"), no=_("What was found has been entered"), label=_("What was found"),
        )  # fmt: skip


class MatterForm(RuledForm):
    """Somebody petitions about a dispute: who, how they came, what they ask. All of it goes to intake."""

    def __init__(
        self, names: Names, units: frozenset[str], data: Any = None, initial: Any = None
    ) -> None:
        super().__init__(names, data, initial=initial)
        self._only = min(units)
        if len(units) > 1:
            self.fields["unit"] = forms.ChoiceField(
                label=_("For which unit"), choices=own_units(units, names)
            )
        channels = [(code, names.word("channel", code)) for code in ("visit", "call", "letter")]
        self.fields |= {
            "channel": forms.ChoiceField(
                label=names.word("field", "channel"), choices=channels, widget=forms.RadioSelect
            ),
            "name": Words(**self.said("name"), max_length=100),
            "id_number": Words(**self.said("id_number", required=False), max_length=30),
            "phone": Words(**self.said("phone", required=False), max_length=30),
            "address": Words(**self.said("address", required=False), max_length=200),
            "subject": Words(**self.said("subject"), max_length=200),
            "body": Words(**self.said("body"), long=True),
            "path": forms.ChoiceField(
                **self.said("path"),
                choices=[("", _("choose")), *[(one, names.word("path", one)) for one in LegalPath]],
            ),
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name, read in (("phone", normal_phone), ("id_number", normal_id_number)):
            typed = said.get(name)
            found = read(typed) if typed else None
            if isinstance(found, Problem):
                self.add_error(name, self.names.problem(found, name))
        return said

    def petitioner(self) -> PersonInput:
        said = self.cleaned_data
        return PersonInput(
            name=said["name"], kind=PetitionerKind.PERSON, id_number=said["id_number"], phone=said["phone"],
            address=said["address"],
        )  # fmt: skip

    @property
    def unit(self) -> str:
        return str(self.cleaned_data.get("unit", self._only))


class LinkForm(RuledForm):
    """The number of a matter that is there already."""

    def __init__(self, names: Names, data: Any = None) -> None:
        super().__init__(names, data)
        self.fields["matter"] = Words(label=names.word("field", "dispute_matter"), max_length=30)


class FilterForm(DeskForm):
    """What the register is narrowed by; unknown values are left out one by one."""

    def __init__(self, names: Names, data: QueryDict, units: frozenset[str]) -> None:
        super().__init__(data)
        choices: dict[str, tuple[str, list[tuple[str, str]]]] = {
            "state": (_("State"), [(one, names.word("dispute_state", one)) for one in rules.State]),
            "level": (
                names.word("field", "dispute_level"),
                [(one, names.word("dispute_level", one)) for one in levels.levels()],
            ),
            "category": (names.word("field", "category"), list(names.categories.items())),
            "region": (
                names.word("field", "region"), names.regions_around(units, data.get("region", "")),
            ),
        }  # fmt: skip
        self.fields["words"] = forms.CharField(
            label=_("Words of subject or place"), required=False, max_length=100
        )
        for name, (label, found) in choices.items():
            self.fields[name] = forms.ChoiceField(
                label=label, required=False, widget=LongSelect, choices=Ready([("", _("any")), *found])
            )  # fmt: skip

    def filters(self) -> Filters:
        """The filters that were understood."""
        self.is_valid()
        chosen = self.data.get("list", "")
        round_id = whole_number(self.data.get("round", ""), 11)
        given = {name: value for name, value in self.cleaned_data.items() if value}
        return Filters(list=chosen if chosen in LISTS else "open", round=round_id, **given)

    @property
    def narrowed(self) -> bool:
        return any(self.cleaned_data.values())
