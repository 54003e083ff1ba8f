"""What comes on paper: letters and faxes."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.registering.views import register_contact

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
@for_working_posts
def letter(request: DeskRequest) -> HttpResponse:
    """Registers a letter; the day of the postmark and the day of receipt are kept apart."""
    lead = _(
        "Keep the envelope with the letter. The clock begins on the day of receipt, not of the postmark."
    )
    return register_contact(request, "letter", _("Register a letter"), lead)


@require_http_methods(_METHODS)
@for_working_posts
def fax(request: DeskRequest) -> HttpResponse:
    """Registers a fax."""
    lead = _("The clock begins on the day on which the fax came in.")
    return register_contact(request, "fax", _("Register a fax"), lead)
