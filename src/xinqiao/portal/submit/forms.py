"""The questions of a submission, one form a page; who writes stands in `who.py`, the order in `draft.py`."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinqiao.intake import queries as intake
from xinqiao.portal.forms import Choice, Line, PortalForm, Text, explained
from xinqiao.portal.submit import places
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
