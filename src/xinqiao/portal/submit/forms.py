"""The questions of a submission, one form a page; who writes stands in `who.py`, the order in `draft.py`."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinqiao.directory import queries as directory
from xinqiao.intake import queries as intake
from xinqiao.lookup.words import Words, list_words
from xinqiao.portal.forms import Choice, Line, PortalForm, Text, explained
from xinqiao.portal.submit import places, suggested
from xinqiao.rules.states import Kind
from xinqiao.text.clean import MAX_TEXT

LONGEST_SUBJECT = 100


class KindForm(PortalForm):
    """What it is about."""

    kind = Choice(label=gettext_lazy("What would you like to do?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = explained(  # type: ignore[attr-defined]
            [
                (
                    Kind.CLAIM,
                    _("Ask for a problem to be solved"),
                    _(
                        "You ask for a right, a payment, a repair, an answer; or for a dispute"
                        " to be settled."
                    ),
                ),
                (
                    Kind.SUGGESTION,
                    _("Make a suggestion"),
                    _(
                        "You have an idea or a criticism about a policy, a service, the work of"
                        " an authority."
                    ),
                ),
                (
                    Kind.REPORT,
                    _("Report misconduct"),
                    _(
                        "You report that a public body or one of its people broke the law or the"
                        " rules. Those you report never get to see it."
                    ),
                ),
            ]
        )


class PlaceForm(PortalForm):
    """In which county, or in the city as a whole."""

    county = Choice(
        label=gettext_lazy("Where is the matter?"),
        help_text=gettext_lazy(
            "Where the problem is, not where you live. The petition office of that place"
            " receives it."
        ),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["county"].choices = [  # type: ignore[attr-defined]
            (
                code,
                _("%(city)s as a whole, or several counties") % {"city": name}
                if places.is_city(code)
                else name,
            )
            for code, name in places.counties()
        ]

    def clean_county(self) -> str:
        county = str(self.cleaned_data["county"])
        if intake.office_of(county, False, self.today) is None:
            raise forms.ValidationError(
                _(
                    "No petition office receives petitions for this place yet. Choose the city"
                    " as a whole."
                )
            )
        return county


class TownshipForm(PortalForm):
    """In which township of the county."""

    township = forms.ChoiceField(
        label=gettext_lazy("In which township or street district?"),
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy(
                "This place is not in the county you chose. Choose one from the list."
            )
        },
    )

    def __init__(self, *args: Any, county: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unknown = ("", _("I do not know, or it concerns more than one"))
        self.fields["township"].choices = [unknown, *places.townships(county)]  # type: ignore[attr-defined]


class WordsForm(PortalForm):
    """What happened."""

    subject = Line(
        longest=LONGEST_SUBJECT, label=gettext_lazy("In one sentence: what do you want?"),
        help_text=gettext_lazy(
            "For example: the lift in our building has been broken since spring, please have it repaired."
        ),
    )  # fmt: skip
    body = Text(
        rows=10, label=gettext_lazy("What happened, and what do you ask for?"),
        help_text=gettext_lazy(
            "When, where, who did what; what you did so far and with whom you spoke; what should be done."
            " Leave out identity and phone numbers: there are fields for yours later."
        ),
    )  # fmt: skip
    reported = Text(
        longest=2000, rows=3, required=False, label=gettext_lazy("Whom do you report?"),
        help_text=gettext_lazy("The unit, and the name and post of the person as far as you know them."),
    )  # fmt: skip
    about_office = forms.BooleanField(
        required=False,
        label=gettext_lazy(
            "I report the petition office of this place, or somebody in it: send it to the"
            " office above"
        ),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind != Kind.REPORT:
            del self.fields["reported"], self.fields["about_office"]

    def whole_text(self) -> str:
        """The text as it is sent: whom it reports stands under a heading of its own."""
        body, reported = self.cleaned_data["body"], self.cleaned_data.get("reported")
        heading = _("Reported:")
        return f"{body}\n\n{heading}\n{reported}" if reported else str(body)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("body") and len(self.whole_text()) > MAX_TEXT:
            facts = {"length": len(self.whole_text()), "limit": MAX_TEXT}
            self.add_error(
                "body",
                _(
                    "With the reported, the text has %(length)s characters; at most %(limit)s"
                    " fit. Shorten it."
                )
                % facts,
            )
        return cleaned


class CategoryForm(PortalForm):
    """Which field it belongs to: what the text speaks for, each with the words that do, or another, or unknown."""

    OTHER, UNKNOWN = "other", "unknown"

    category = Choice(
        label=gettext_lazy("Which field does it belong to?"),
        help_text=gettext_lazy(
            "It helps the office to find who is responsible. If you are not sure, leave it to the office."
        ),
    )
    other = forms.ChoiceField(
        label=gettext_lazy("Another field"),
        error_messages={
            "required": gettext_lazy("Choose a field from the list, or “I do not know”."),
            "invalid_choice": gettext_lazy("That is not one of the choices. Choose one of these."),
        },
    )

    def __init__(self, *args: Any, subject: str, body: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = Words.here()
        self.proposals = suggested.categories(subject, body)
        proposed = [
            (
                one.code,
                directory.category_name(one.code, words.language),
                _("Because your text says: %(words)s") % {"words": list_words(list(one.words[:4]))}
                if one.words
                else "",
            )
            for one in self.proposals
        ]
        self.fields["category"].choices = explained(  # type: ignore[attr-defined]
            [
                *proposed,
                *self._earlier(words),
                (self.OTHER, _("Another field"), _("Choose it from the list below.")),
                (self.UNKNOWN, _("I do not know"), _("The office that receives it decides.")),
            ]
        )
        first = self.proposals[0].code if self.proposals else self.UNKNOWN
        self.fields["category"].initial = first
        self.fields["other"].required = self.data.get("category", self.OTHER) == self.OTHER
        self.fields["other"].choices = [("", _("Choose a field")), *_grouped(words)]  # type: ignore[attr-defined]

    def _earlier(self, words: Words) -> list[tuple[str, str, str]]:
        """What was chosen before the text was changed stays a choice."""
        code = str(self.data.get("category", ""))
        if code in {one.code for one in self.proposals} or not directory.category_exists(code):
            return []
        return [(code, directory.category_name(code, words.language), _("You chose this before."))]

    def chosen(self) -> str:
        """The code of the category, "" when the office is to decide; of a valid form."""
        match self.cleaned_data["category"]:
            case self.OTHER:
                return str(self.cleaned_data["other"])
            case self.UNKNOWN:
                return ""
            case code:
                return str(code)


def _grouped(words: Words) -> list[tuple[str, list[tuple[str, str]]]]:
    """All categories, each under its first part."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for code, name in directory.category_choices(words.language):
        head, _sep, rest = name.partition(" / ")
        groups.setdefault(head, []).append((code, rest or name))
    return list(groups.items())


class FilesForm(PortalForm):
    """Files are kept as they are chosen (`files.py`); this page asks for nothing that could be wrong."""


class WhoForm(PortalForm):
    """For whom one writes."""

    who = Choice(label=gettext_lazy("For whom do you write?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group = _("Two or more people with the same request. Up to five of you may speak for all.")
        organisation = _("A company, a village, an owners' committee or another body.")
        self.fields["who"].choices = explained(  # type: ignore[attr-defined]
            [
                ("alone", _("For myself"), ""),
                ("group", _("Together with others"), group),
                ("organisation", _("For an organisation"), organisation),
            ]
        )
