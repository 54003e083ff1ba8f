"""The forms of a reception day: planning one, cancelling it, naming another leader. And their pages."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from xinqiao.desk.access import DeskRequest, for_staff
from xinqiao.desk.controls import Day, DeskForm, Pick, Words, labelled
from xinqiao.desk.reception.arrange import kept_offices
from xinqiao.desk.reception.forms import HoursField
from xinqiao.desk.words import Names
from xinqiao.directory import queries as directory
from xinqiao.matters import queries as matters
from xinqiao.reception import queries as reception
from xinqiao.reception.days import actions, queries
from xinqiao.reception.days.values import DayInput, DayValue
from xinqiao.rules.persons import Role
from xinqiao.rules.reception_days import MINUTES
from xinqiao.rules.refusals import Refused

_METHODS = ["GET", "HEAD", "POST"]
_USUAL_MINUTES = 30


class LeaderForm(DeskForm):
    """Who receives: the head of a unit."""

    def __init__(self, request: DeskRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = request.names
        self.heads = _heads(request)
        self.fields["leader"] = Pick(
            labelled((code, f"{name}（{unit}）") for code, (name, unit) in self.heads.items()),
            label=self.names.word("field", "leader"),
        )

    def leader(self) -> tuple[int, str]:
        """The account, and the unit that it heads."""
        account, unit = self.cleaned_data["leader"].split(":", 1)
        return int(account), unit

    def refuse(self, refused: Refused) -> None:
        """Shows a refusal at the field it names, or above the form."""
        field = refused.refusal.facts.get("field")
        self.add_error(field if field in self.fields else None, self.names.say(refused.refusal))


class DayForm(LeaderForm):
    """A reception day as it is planned."""

    def __init__(self, request: DeskRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        word, today = self.names.word, matters.today(request.now)
        self.fields["window"] = Pick(labelled(_windows(request)), label=word("field", "window"))
        self.fields["day"] = Day(label=word("field", "day"))
        self.fields["spans"] = HoursField(
            label=word("field", "spans"), help_text=_("Such as 9:00-11:30 14:30-17:00.")
        )
        self.fields["spans"].required = True
        self.fields["minutes"] = forms.TypedChoiceField(
            label=_("How long each visitor has"), coerce=int, initial=_USUAL_MINUTES,
            choices=[(one, _("%(minutes)s minutes") % {"minutes": one}) for one in MINUTES],
        )  # fmt: skip
        self.fields["topics"] = Words(label=_("On what"), max_length=200, required=False)
        self.fields["topics_en"] = Words(
            label=_("On what, in English"), max_length=300, required=False
        )
        self.fields["published_on"] = Day(
            label=word("field", "published_on"), initial=today,
            help_text=_("From this day on everybody can read of it and book."),
        )  # fmt: skip

    def value(self) -> DayInput:
        said = dict(self.cleaned_data)
        leader, unit = self.leader()
        del said["leader"]
        return DayInput(leader=leader, unit=unit, **said | {"window": int(said["window"])})


class CancelForm(DeskForm):
    """Why the day does not take place; everybody can read it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = Words(
            label=_("Why it is cancelled"), max_length=200, help_text=_("Everybody can read it.")
        )


@require_http_methods(_METHODS)
@for_staff
def plan(request: DeskRequest) -> HttpResponse:
    """Plans a reception day in a hall that the person keeps."""
    if not kept_offices(request):
        raise PermissionDenied
    form = DayForm(request, request.POST or None, initial={"day": request.GET.get("day", "")[:10]})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.plan(form.value(), by=request.person, now=request.now)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The reception day is in the calendar."))
            return redirect("desk:reception_day", made)
    facts = {"form": form, "any_desk": bool(_windows(request))}
    status = 422 if form.errors else 200
    return render(request, "desk/reception/plan.html", facts, status=status)


@require_http_methods(_METHODS)
@for_staff
def cancel(request: DeskRequest, day: int) -> HttpResponse:
    """Cancels a day: who booked gets a message."""
    found = _kept_day(request, day)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            told = actions.cancel(day, reason, by=request.person, now=request.now)
        except Refused as refused:
            form.add_error(None, request.names.say(refused.refusal))
        else:
            messages.success(request, _("The day is cancelled.") + " " + _told(told))
            return redirect("desk:reception_day", day)
    return _change(request, found, form, "cancel")


@require_http_methods(_METHODS)
@for_staff
def replace(request: DeskRequest, day: int) -> HttpResponse:
    """Names another leader: the bookings stand, who booked gets a message."""
    found = _kept_day(request, day)
    form = LeaderForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            told = actions.replace(day, *form.leader(), by=request.person, now=request.now)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Another leader receives.") + " " + _told(told))
            return redirect("desk:reception_day", day)
    return _change(request, found, form, "replace")


def _change(request: DeskRequest, found: DayValue, form: DeskForm, what: str) -> HttpResponse:
    facts = {"day": found, "form": form, "what": what, "status": 200}
    status = 422 if form.errors else 200
    return render(request, "desk/reception/change_day.html", facts, status=status)


def _told(count: int) -> str:
    said = ngettext(
        "%(count)d person who booked gets a message.",
        "%(count)d people who booked get a message.",
        count,
    )
    return said % {"count": count}


def _kept_day(request: DeskRequest, day: int) -> DayValue:
    """A day of a hall that the person keeps. Raises Http404 for every other."""
    found = queries.one(request.person, day, request.now)
    if found is None or found.hall.unit not in kept_offices(request):
        raise Http404
    return found


def _heads(request: DeskRequest) -> Mapping[str, tuple[str, str]]:
    """Heads of units today: account and unit, with both names."""
    today, names = matters.today(request.now), request.names
    codes = [unit.code for unit in names.units.on(today)]
    return {
        f"{line.account}:{line.unit}": (line.name, names.unit(line.unit))
        for line in directory.staff(codes, today, {Role.HEAD})
    }


def _windows(request: DeskRequest) -> list[tuple[str, str]]:
    """The desks of the halls that the person keeps."""
    kept = kept_offices(request)
    return [
        (str(desk.id), f"{_hall_name(request.names, hall.name, hall.name_en)} · {desk.label}")
        for hall in reception.halls()
        if hall.unit in kept
        for desk in reception.windows(hall.code)
    ]


def _hall_name(names: Names, name: str, name_en: str) -> str:
    return name_en if name_en and names.language.startswith("en") else name
