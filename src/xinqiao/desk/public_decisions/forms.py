"""The forms of assessments: what it is about, findings, opinions, measures, the conclusion."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from xinqiao.desk.controls import Day, DeskForm, Pick, PickSeveral, Words, labelled
from xinqiao.desk.words import Names
from xinqiao.public_decisions.values import (
    Described,
    Finding,
    Heed,
    NewOpinion,
    Option,
    Role,
    Source,
    Stance,
    Touched,
)
from xinqiao.rules.public_decisions import Conclusion, Verdict
from xinqiao.ui.forms import FilesField

_OPTIONS = range(1, 5)
_MOST_PEOPLE = 10_000_000
_HEARD = (Source.HEARING, Source.SURVEY, Source.VISIT)


def coded(names: Names, group: str, codes: Iterable[str]) -> list[tuple[str, str]]:
    """Choices with the words of the glossary."""
    return [(str(code), names.word(group, code)) for code in codes]


class ActForm(DeskForm):
    """A form that carries the last happening its reader had seen: who acted on an older one is told."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def said(self) -> dict[str, Any]:
        """What was typed, without what the form carries along."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class SureForm(ActForm):
    """Nothing to fill in: a second look is enough."""


class ReasonForm(ActForm):
    """A text, with the question that it answers."""

    def __init__(self, *args: Any, label: str, help_text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"] = Words(label=label, help_text=help_text, long=True, rows=5)


class DescribeForm(ActForm):
    """What an assessment is about."""

    def __init__(self, names: Names, units: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = names
        if len(units) > 1:
            self.fields["unit"] = forms.ChoiceField(
                label=_("Drafted by"), choices=[(code, names.unit(code)) for code in units]
            )
        self.fields["subject"] = Words(label=_("What is to be decided"), max_length=200)
        self.fields["background"] = Words(
            label=_("Why, and what is planned"), long=True, rows=6,
            help_text=_("Everybody reads this when the public is asked: say it so that everybody can judge it."),
        )  # fmt: skip
        around = labelled(names.regions_around(units, ""))
        self.fields["regions"] = PickSeveral(around, rows=2, label=_("Area"))
        self.fields["categories"] = PickSeveral(
            labelled(names.categories.items()), rows=3, label=_("Categories of petitions that it may touch"),
            help_text=_("Petitions of these categories from this area are counted against the decision later."),
        )  # fmt: skip
        for role in Role:
            self.fields[f"touched_{role}"] = forms.IntegerField(
                label=names.word("touched_role", role), required=False, min_value=1, max_value=_MOST_PEOPLE
            )  # fmt: skip
        for place in _OPTIONS:
            self.fields[f"option_{place}"] = Words(
                label=_("Option %(place)s") % {"place": place}, max_length=200, required=False
            )
            self.fields[f"option_words_{place}"] = Words(
                label=_("Option %(place)s in a few sentences") % {"place": place}, long=True, rows=2, required=False,
            )  # fmt: skip

    @classmethod
    def shown(cls, described: Described) -> dict[str, Any]:
        """The fields filled with what stands there."""
        initial: dict[str, Any] = {
            "subject": described.subject, "background": described.background,
            "regions": described.regions, "categories": described.categories,
        }  # fmt: skip
        initial |= {f"touched_{one.role}": one.number for one in described.touched}
        for place, option in zip(_OPTIONS, described.options, strict=False):
            initial |= {f"option_{place}": option.name, f"option_words_{place}": option.words}
        return initial

    @property
    def people(self) -> list[forms.BoundField]:
        """The fields of the people touched."""
        return [self[f"touched_{role}"] for role in Role]

    @property
    def options(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of the options, two by two."""
        return [(self[f"option_{place}"], self[f"option_words_{place}"]) for place in _OPTIONS]

    def value(self) -> Described:
        """What was entered."""
        said = self.said()
        touched = [
            Touched(role=role, number=said[f"touched_{role}"])
            for role in Role
            if said.get(f"touched_{role}")
        ]
        options = [
            Option(name=said[f"option_{place}"], words=said[f"option_words_{place}"])
            for place in _OPTIONS
            if said[f"option_{place}"]
        ]
        return Described(
            subject=said["subject"], background=said["background"], regions=said["regions"],
            categories=said["categories"], touched=touched, options=options,
        )  # fmt: skip


class FindForm(ActForm):
    """What was found on one question, and what it rests on."""

    def __init__(self, names: Names, found: Finding | None, data: Any, files: Any) -> None:
        initial = (
            {"words": found.words, "laws": found.laws, "verdict": found.verdict} if found else {}
        )
        super().__init__(data, files, initial=initial)
        self.fields["verdict"] = forms.ChoiceField(
            label=_("Finding"), choices=coded(names, "decision_verdict", Verdict), widget=forms.RadioSelect
        )  # fmt: skip
        self.fields["words"] = Words(label=_("Reasons"), long=True, rows=6)
        self.fields["laws"] = Words(
            label=_("Laws and papers cited"), long=True, rows=3, required=False,
            help_text=_("One a line, with its article."),
        )  # fmt: skip
        self.fields["files"] = FilesField(label=_("Evidence"), required=False)


class OpenForm(ActForm):
    """Until when the public is asked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closes_on"] = Day(label=_("Last day for opinions"))
        self.fields["short_reason"] = Words(
            label=_("Why less than 30 days"), long=True, rows=2, required=False,
            help_text=_("Only if there is no time for 30 days; everybody reads it."),
        )  # fmt: skip


class OpinionForm(ActForm):
    """An opinion heard at a hearing, in a survey or on a visit: what was said, never who said it."""

    def __init__(self, names: Names, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"] = forms.ChoiceField(
            label=_("Heard"), choices=coded(names, "opinion_source", _HEARD), widget=forms.RadioSelect
        )  # fmt: skip
        self.fields["stance"] = forms.ChoiceField(
            label=_("What it says"), choices=coded(names, "opinion_stance", Stance), widget=forms.RadioSelect
        )  # fmt: skip
        self.fields["role"] = forms.ChoiceField(
            label=_("Touched as"), choices=coded(names, "touched_role", Role)
        )
        self.fields["people"] = forms.IntegerField(
            label=_("How many said so"), min_value=1, max_value=_MOST_PEOPLE, initial=1
        )
        self.fields["words"] = Words(
            label=_("What was said"), long=True, rows=5, help_text=_("Without names, numbers or addresses.")
        )  # fmt: skip

    def value(self) -> NewOpinion:
        """What was entered."""
        said = self.said()
        return NewOpinion(
            stance=Stance(said["stance"]), role=Role(said["role"]), words=said["words"],
            source=Source(said["source"]), people=said["people"],
        )  # fmt: skip


class MeasureForm(ActForm):
    """A measure with its owner and its day."""

    def __init__(self, names: Names, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"] = Words(label=_("What is done"), long=True, rows=3)
        units = labelled((code, names.unit(code)) for code in names.units.by_code)
        self.fields["owner"] = Pick(units, label=_("Who owns it"))
        self.fields["due_on"] = Day(label=_("Done by"))


class SubmitForm(ActForm):
    """The conclusion, as it is laid before a head."""

    def __init__(self, names: Names, options: Sequence[Option], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["conclusion"] = forms.ChoiceField(
            label=_("Conclusion"), choices=coded(names, "decision_conclusion", Conclusion), widget=forms.RadioSelect,
        )  # fmt: skip
        self.fields["chosen"] = forms.ChoiceField(
            label=_("For which option"), required=False,
            choices=[("", _("none of them")), *((one.name, one.name) for one in options)],
        )  # fmt: skip
        self.fields["words"] = Words(
            label=_("Reasons"), long=True, rows=6, help_text=_("Everybody reads them when it is approved."),
        )  # fmt: skip


class EffectForm(ActForm):
    """From which day the decision is in force."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["effective_on"] = Day(label=_("In force from"))
        self.fields["words"] = Words(
            label=_("Number and name of the paper"), required=False, max_length=200
        )


class CountForm(ActForm):
    """A matter to be counted by hand."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["matter"] = Words(label=_("Number of the matter"), max_length=40)
        self.fields["words"] = Words(label=_("Why it touches the decision"), long=True, rows=3)


class AnswerForm(ActForm):
    """The answer to one kind of opinion."""

    def __init__(self, names: Names, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"] = Words(
            label=_("Kind of opinion"),
            max_length=100,
            help_text=_("Such as: what it costs low floors."),
        )
        self.fields["heed"] = forms.ChoiceField(
            label=_("What becomes of it"), choices=coded(names, "opinion_heed", Heed), widget=forms.RadioSelect
        )  # fmt: skip
        self.fields["words"] = Words(
            label=_("The answer"), long=True, rows=5, help_text=_("Everybody reads it when the conclusion is approved.")
        )  # fmt: skip


class ReleaseForm(ActForm):
    """What everybody may read of something that a citizen wrote."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"] = Words(
            label=_("What everybody reads"), long=True, rows=5,
            help_text=_("Shorten it if you like, and take out what tells who wrote it or whom it is about."),
        )  # fmt: skip
        self.fields["sure"] = forms.BooleanField(
            label=_(
                "I have read it: no name, no number, no address, nothing by which somebody is known"
            )
        )
