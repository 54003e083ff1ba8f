"""What somebody says who looked at a sign."""

from typing import Any

from django.utils.translation import gettext as _

from xinqiao.desk.forms import OutcomeForm
from xinqiao.desk.words import Names
from xinqiao.targets.integrity.values import Outcome


def answer_form(names: Names, data: Any = None) -> OutcomeForm:
    """Explained, confirmed or put right, in words."""
    outcomes = [
        (Outcome.EXPLAINED.value, _("Explained: there is another reason")),
        (Outcome.CONFIRMED.value, _("Confirmed: it is as it looks")),
        (Outcome.CORRECTED.value, _("Put right: it was so, and has been corrected")),
    ]
    told = _(
        "Which cases were looked at and what was seen. It stays as written, with your name;"
        " do not name petitioners."
    )
    return OutcomeForm(names, outcomes, told, data)
