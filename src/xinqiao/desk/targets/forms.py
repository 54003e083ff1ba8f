"""What is looked at: the place, the months, the day as of which."""

from django import forms
from django.utils.translation import gettext as _

from xinqiao.desk.controls import Day, DeskForm
from xinqiao.desk.targets.asking import Asked, code_of, place_choices, spans
from xinqiao.matters.queries import today


class ChoiceForm(DeskForm):
    """The choices above a page of figures; an address carries them, so that it can be sent on."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(
            initial={
                "place": code_of(asked.place),
                "span": asked.span,
                "as_of": today(asked.as_of) if asked.as_of else None,
            }
        )
        self.fields |= {
            "place": forms.ChoiceField(
                label=_("Unit or region"), choices=place_choices(asked), required=False
            ),
            "span": forms.ChoiceField(
                label=_("Period"), choices=list(spans(asked).items()), required=False
            ),
            "as_of": Day(
                label=_("Figures as of"), required=False,
                help_text=_("Empty: today. A past day: as it was known then."),
            ),
        }  # fmt: skip
