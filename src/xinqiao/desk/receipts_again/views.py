"""A lost query code: at the counter, against a document, a new one (art. 21). The old one opens nothing any more."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xinqiao.desk.access import DeskRequest, for_working_posts, sheet_of
from xinqiao.desk.controls import DeskForm, Words
from xinqiao.desk.registering.receipts import keep_code
from xinqiao.desk.words import Names
from xinqiao.intake import queries as intake
from xinqiao.intake.actions import reissue_query_code
from xinqiao.people.values import PersonInput, PetitionerKind, problems
from xinqiao.rules.refusals import Refusal, Refused


class ProofForm(DeskForm):
    """What stands on the document that was shown."""

    kind = forms.ChoiceField(
        label=_("Who asks"),
        widget=forms.RadioSelect,
        initial=PetitionerKind.PERSON.value,
        choices=[
            (PetitionerKind.PERSON.value, _("A person")),
            (PetitionerKind.ORGANISATION.value, _("An organisation")),
        ],
    )
    name = Words(label=_("Name on the document"), max_length=120)
    id_number = Words(label=_("Number of the document"), max_length=60)
    phone = Words(
        label=_("Phone given with the petition"),
        max_length=60,
        required=False,
        help_text=_("Needed where no identity number was given at the time."),
    )
    seen = forms.BooleanField(
        label=_("I have seen the document, and it is that of the person here")
    )

    def __init__(self, data: Any, names: Names) -> None:
        super().__init__(data)
        self.names = names

    def person(self) -> PersonInput:
        facts = {name: self.cleaned_data.get(name, "") for name in ("name", "id_number", "phone")}
        return PersonInput(kind=PetitionerKind(self.cleaned_data["kind"]), **facts)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            for fact, problem in problems(self.person()).items():
                self.add_error(fact, self.names.say(Refusal(problem.code, "19", problem.facts)))
        return cleaned


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_working_posts
def again(request: DeskRequest, number: str, contact: str) -> HttpResponse:
    """Asks for the document by GET; by POST gives out the new code, which stands once on the receipt."""
    sheet = sheet_of(request, number)
    if all(one.number != contact for one in intake.of_matter(sheet.line.id)):
        raise Http404
    form = ProofForm(request.POST if request.method == "POST" else None, request.names)
    facts = {"line": sheet.line, "contact": contact, "form": form}
    if request.method != "POST":
        return render(request, "desk/receipts_again/again.html", facts)
    if not form.is_valid():
        return render(request, "desk/receipts_again/again.html", facts, status=422)
    try:
        receipt = reissue_query_code(contact, form.person(), by=request.person, now=request.now)
    except Refused as refused:
        form.add_error(None, request.names.say(refused.refusal))
        return render(request, "desk/receipts_again/again.html", facts, status=409)
    keep_code(request.session, receipt)
    return redirect("desk:receipt", number=number, contact=contact)
