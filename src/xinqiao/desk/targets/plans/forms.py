"""The forms of a plan: a target, its parts, a population, an appeal, its answer."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinqiao.desk.controls import Pick, Words, labelled
from xinqiao.desk.forms import RuledForm
from xinqiao.desk.leadership.forms import FilesForm
from xinqiao.desk.targets.plans.common import FIRST_YEAR, LAST_YEAR, place_code, place_of
from xinqiao.desk.words import Names
from xinqiao.rules.assessment import Scale as Weights
from xinqiao.rules.targets import Aim, told
from xinqiao.targets.plans.values import CENTS, Wanted
from xinqiao.targets.values import Place
from xinqiao.text.clean import fold_width

_MOST_DIGITS = 12
_HUNDRED = 100


class Amount(forms.CharField):
    """A number as people write it, with at most two decimals; gives hundredths, or the number itself if `whole`."""

    default_error_messages = {
        "not_whole": gettext_lazy("Give a whole number, such as 120."),
        "not_number": gettext_lazy("Give a number with at most two decimals, such as 95.5 or -5."),
    }

    def __init__(self, *, whole: bool = False, **kwargs: Any) -> None:
        attrs = {"autocomplete": "off", "inputmode": "decimal"}
        super().__init__(widget=forms.TextInput(attrs=attrs), max_length=30, **kwargs)
        self.whole = whole

    def clean(self, value: Any) -> Any:
        text = fold_width(str(super().clean(value) or "")).replace(",", "").rstrip("%％").strip()
        if not text:
            return None
        digits = text.removeprefix("-").removeprefix("+")
        whole, dot, rest = digits.partition(".")
        known = whole.isascii() and whole.isdecimal() and len(whole) <= _MOST_DIGITS
        if not known or (dot and not (rest.isascii() and rest.isdecimal() and len(rest) <= 2)):
            raise self._wrong()
        hundredths = int(Decimal(text) * _HUNDRED)
        if not self.whole:
            return hundredths
        if hundredths % _HUNDRED:
            raise self._wrong()
        return hundredths // _HUNDRED

    def _wrong(self) -> forms.ValidationError:
        reason = "not_whole" if self.whole else "not_number"
        return forms.ValidationError(self.error_messages[reason], code=reason)


class TargetForm(RuledForm):
    """The target of a place for an indicator in a year."""

    refused_at: Mapping[str, str] = {
        "targets_not_yours": "office", "target_outside_territory": "place", "year_closed": "year",
        "target_out_of_range": "amount", "target_without_last_year": "aim", "target_unknown_indicator": "indicator",
        "target_parted_already": "amount",
    }  # fmt: skip

    def __init__(
        self, names: Names, weights: Weights, offices: Sequence[str], at: Mapping[str, str], data: Any = None,
        initial: Any = None,
    ) -> None:  # fmt: skip
        super().__init__(names, data, initial=initial)
        aims = [(one.value, names.word("aim", one)) for one in Aim]
        indicators = [(one.code, one.name(names.language)) for one in weights.indicators.values()]
        self.weights = weights
        self.fields |= {
            "office": forms.ChoiceField(
                choices=[(one, names.unit(one)) for one in offices], label=_("Set by"),
            ),
            "year": forms.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR, label=_("Year")),
            "place": Pick(labelled(at.items()), label=_("Region or unit")),
            "indicator": forms.ChoiceField(choices=indicators, label=_("Indicator")),
            "aim": forms.ChoiceField(choices=aims, widget=forms.RadioSelect, label=_("How the target is said")),
            "amount": Amount(
                label=_("Target"),
                help_text=_(
                    "A number; of a rate, in percent. Against last year, the change in percent (of a rate, in percent"
                    "age points), such as -5. As a rank, among the first so many percent of places of similar size."
                ),
            ),
            "reason": Words(long=True, rows=2, required=False, label=_("Reason"), max_length=2000),
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        amount = said.get("amount")
        if amount is None or "indicator" not in said or "aim" not in said:
            return said
        counted = (
            said["aim"] == Aim.ABSOLUTE and not self.weights.indicators[said["indicator"]].rate
        )
        if counted and amount % _HUNDRED:
            self.add_error("amount", Amount.default_error_messages["not_whole"])
        said["amount"] = amount // _HUNDRED if counted else amount
        return said

    def wanted(self) -> Wanted:
        said = self.cleaned_data
        return Wanted(
            place=place_of(said["place"]), year=said["year"], indicator=said["indicator"], aim=Aim(said["aim"]),
            amount=said["amount"], reason=said["reason"],
        )  # fmt: skip


class PartsForm(RuledForm):
    """An amount for each place below; empty boxes have no part."""

    def __init__(
        self, names: Names, among: Mapping[Place, str], rate: bool, amounts: Mapping[Place, int], data: Any = None
    ) -> None:  # fmt: skip
        initial = {
            place_code(one): told(amount, rate).rstrip("%") for one, amount in amounts.items()
        }
        super().__init__(names, data, initial=initial)
        for place, name in among.items():
            box = Amount(whole=not rate, required=False, label=name)
            box.widget.attrs |= {"data-part": "", "aria-label": name}
            self.fields[place_code(place)] = box

    def amounts(self) -> dict[Place, int]:
        return {
            place_of(name): amount
            for name, amount in self.cleaned_data.items()
            if amount is not None
        }


class PopulationForm(RuledForm):
    """How many people live in a region."""

    refused_at: Mapping[str, str] = {
        "population_out_of_range": "people", "target_outside_territory": "region", "year_closed": "year",
    }  # fmt: skip

    def __init__(
        self, names: Names, offices: Sequence[str], regions: Mapping[str, str], data: Any = None, initial: Any = None
    ) -> None:  # fmt: skip
        super().__init__(names, data, initial=initial)
        self.fields |= {
            "office": forms.ChoiceField(choices=[(one, names.unit(one)) for one in offices], label=_("Entered by")),
            "region": Pick(labelled(regions.items()), label=_("Region")),
            "year": forms.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR, label=_("Year")),
            "people": Amount(whole=True, label=_("People who live there")),
            "source": Words(
                required=False, max_length=200, label=_("Source"),
                help_text=_("Such as the statistical bulletin of the year."),
            ),
        }  # fmt: skip


class AppealForm(FilesForm):
    """What is said against a score, with files."""

    def __init__(self, names: Names, data: Any = None, files: Any = None) -> None:
        super().__init__(names, data, files)
        self.fields["reason"] = Words(
            long=True, rows=5, label=_("What is wrong with the score"), max_length=5000,
            help_text=_("Name the figures and the matters that they rest on. Papers may be added."),
        )  # fmt: skip
        self.add_files()


class AnswerForm(RuledForm):
    """The points that stand, and why."""

    refused_at: Mapping[str, str] = {"points_out_of_range": "points"}

    def __init__(self, names: Names, points: int, full: int, data: Any = None) -> None:
        super().__init__(names, data, initial={"points": f"{Decimal(points) / CENTS:.2f}"})
        self.fields |= {
            "points": Amount(
                label=_("Points that stand"),
                help_text=_("From 0 to %(full)s. Leave them as they are to keep the score.")
                % {"full": f"{Decimal(full) / CENTS:.2f}"},
            ),
            "reason": Words(long=True, rows=4, label=_("Why"), max_length=5000),
        }  # fmt: skip
