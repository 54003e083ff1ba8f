"""The counter: somebody is here, or on the telephone."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.registering.views import register_contact

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
@for_working_posts
def visit(request: DeskRequest) -> HttpResponse:
    """Registers a visit (art. 19, 20)."""
    lead = _("Write down truly what the visitor says; they leave with a receipt.")
    return register_contact(request, "visit", _("Register a visit"), lead)


@require_http_methods(_METHODS)
@for_working_posts
def call(request: DeskRequest) -> HttpResponse:
    """Registers a call (art. 19)."""
    lead = _(
        "Write down truly what the caller says, and read number and query code out at the end."
    )
    return register_contact(request, "call", _("Register a call"), lead)
