"""From a dispute to a matter: somebody petitions about it, or a matter about the same thing is there already."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xinqiao.desk.access import DeskRequest, for_staff
from xinqiao.desk.disputes.forms import LinkForm, MatterForm
from xinqiao.desk.disputes.one import case_of, opened
from xinqiao.desk.disputes.pages import form_page, typed
from xinqiao.desk.registering.receipts import keep_code
from xinqiao.disputes.actions import register as actions
from xinqiao.disputes.values import Sheet
from xinqiao.intake.queries import matter_number
from xinqiao.intake.values import ContactInput
from xinqiao.rules import disputes as rules
from xinqiao.rules.states import LegalPath


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def become(request: DeskRequest, dispute: int) -> HttpResponse:
    """Somebody petitions about it: the contact is registered, and dispute and matter name each other."""
    sheet = _mine(request, dispute)
    initial = {
        "channel": "visit", "subject": sheet.line.subject, "path": LegalPath.PETITION,
        "body": _("%(subject)s. Place: %(place)s.") % {
            "subject": sheet.line.subject, "place": sheet.line.place,
        },
    }  # fmt: skip
    form = MatterForm(request.names, request.person.units(), typed(request), initial)

    def do() -> str:
        said = form.cleaned_data
        contact = ContactInput(
            unit=form.unit, channel=said["channel"], received_at=request.now, subject=said["subject"],
            body=said["body"], petitioners=[form.petitioner()], category=sheet.line.category,
            region=sheet.line.region,
        )  # fmt: skip
        receipt = actions.become_matter(
            dispute, contact, said["path"], by=request.person, now=request.now
        )
        keep_code(request.session, receipt)
        return reverse("desk:receipt", args=[receipt.matter_number, receipt.number])

    facts = _facts(sheet) | {
        "title": _("Register a petition about it"),
        "lead": _("Who petitions stands with the petition alone, never with the dispute."),
        "label": _("Register it as a matter"),
        "article": "17",
    }
    return form_page(request, form, facts, do=do, said=_("Registered; each names the other."))


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def link(request: DeskRequest, dispute: int) -> HttpResponse:
    """A matter about the same thing is there already."""
    sheet = _mine(request, dispute)
    form = LinkForm(request.names, typed(request))

    def do() -> str:
        number = form.cleaned_data["matter"]
        number = matter_number(number) or number
        actions.link_matter(dispute, number, by=request.person, now=request.now)
        return reverse("desk:dispute", args=[dispute])

    facts = _facts(sheet) | {
        "title": _("Link a matter"),
        "lead": _("A matter about the same thing is there already: each will name the other."),
        "label": _("Link it"),
        "article": "37",
    }
    return form_page(request, form, facts, do=do, said=_("Linked; each names the other."))


def _mine(request: DeskRequest, dispute: int) -> Sheet:
    """The dispute, if it is the person's to bring into the petition procedure."""
    sheet = opened(request, dispute)
    if not rules.stands_by(rules.MOVES["become_matter"], case_of(request, sheet)):
        raise PermissionDenied
    return sheet


def _facts(sheet: Sheet) -> dict[str, str]:
    return {
        "back": reverse("desk:dispute", args=[sheet.line.id]),
        "back_label": f"{sheet.line.number} {sheet.line.subject}",
    }
