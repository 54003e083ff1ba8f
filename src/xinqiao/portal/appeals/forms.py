"""Why the opinion is contested, and which organ is asked."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from xinqiao.portal.forms import Choice, Text, explained
from xinqiao.portal.lookup.forms import WithFilesForm


class AppealForm(WithFilesForm):
    """Asking the next level up to look again."""

    reason = Text(
        label=_("What is wrong with the opinion?"), rows=8,
        help_text=_("Which facts it got wrong or left out, which rule it read wrongly, and what you ask for."),
    )  # fmt: skip
    to_unit = Choice(
        label=_("Whom do you ask?"),
        help_text=_("You choose one. It has not decided on this matter before."),
    )

    def __init__(self, *args: Any, organs: Iterable[tuple[str, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = explained(organs)
        self.fields["to_unit"].choices = listed  # type: ignore[attr-defined]
        if len(listed) == 1:
            self.fields["to_unit"].initial = listed[0][0]
