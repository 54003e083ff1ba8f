"""The rating."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinqiao.lookup.words import Words
from xinqiao.portal.forms import Choice, Text
from xinqiao.portal.lookup.forms import StepForm
from xinqiao.rules.fields import FIELDS


class RatingForm(StepForm):
    """How the office and the unit worked, whether the problem is solved, and anything else to say."""

    office_rating = Choice(label=gettext_lazy("The petition office"))
    unit_rating = Choice(label=gettext_lazy("The unit that handled it"))
    settled = Choice(
        label=gettext_lazy("Is the problem solved?"),
        help_text=gettext_lazy("Not what was promised: what is so today."),
    )
    comment = Text(label=gettext_lazy("Anything else"), required=False, rows=2, longest=5000)

    def __init__(self, *args: Any, office: str, unit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = Words.here()
        for name, rated in (("office_rating", office), ("unit_rating", unit)):
            choices = [(code, words.label("rating", code)) for code in FIELDS[name].choices]
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            if rated:
                self.fields[name].help_text = rated
        self.fields["settled"].choices = [  # type: ignore[attr-defined]
            ("yes", _("Yes, it is solved")),
            ("no", _("No, not or not wholly")),
        ]

    def answers(self) -> dict[str, Any]:
        """The fields of the step."""
        given = {
            name: self.cleaned_data[name] for name in ("office_rating", "unit_rating", "comment")
        }
        return given | {"settled": self.cleaned_data["settled"] == "yes"}
