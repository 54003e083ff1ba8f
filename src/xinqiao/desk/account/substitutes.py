"""Naming who stands in for somebody, and ending it."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.words import Names
from xinqiao.directory import actions
from xinqiao.directory import queries as directory
from xinqiao.matters import queries as matters
from xinqiao.rules.persons import WORKING_ROLES, Person, Role
from xinqiao.rules.refusals import Refused
from xinqiao.ui.forms import Renderer

_HEADS = frozenset({Role.HEAD})


def _day() -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class SubstituteForm(forms.Form):
    """Who is away, who stands in, from which day to which. Whether it may be, the rules decide."""

    default_renderer = Renderer
    use_required_attribute = False
    away = forms.TypedChoiceField(coerce=int)
    stands_in = forms.TypedChoiceField(coerce=int)
    first_day, last_day = _day(), _day()

    def __init__(
        self, *args: Any, person: Person, names: Names, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "away": _("Who is away"),
            "stands_in": _("Who stands in"),
            "first_day": _("First day"),
            "last_day": _("Last day"),
        }
        for name, label in labels.items():
            self.fields[name].label = label
        everywhere = [unit.code for unit in names.units.on(today)]
        heads = person.in_own_right.units(_HEADS)
        own = _choices(person.in_own_right.units(), names, today)
        mine = {person.account: own.get(person.account, "")}
        away = mine | _choices(heads, names, today) if heads else mine
        colleagues = _choices(everywhere, names, today) if heads else own
        self.fields["away"].choices = list(away.items())  # type: ignore[attr-defined]
        self.fields["stands_in"].choices = [  # type: ignore[attr-defined]
            ("", _("choose")),
            *(
                (account, said)
                for account, said in colleagues.items()
                if heads or account != person.account
            ),
        ]
        if not heads:
            self.fields["away"].widget = forms.HiddenInput()
        self.fields["away"].initial, self.fields["first_day"].initial = person.account, today


def _choices(units: Any, names: Names, today: date) -> dict[int | None, str]:
    """Everybody with a working post in these units: name, unit and role."""
    found: dict[int | None, str] = {}
    for line in directory.staff(units, today, WORKING_ROLES):
        said = (
            f"{line.name} · {names.unit(line.unit)} {line.title or names.word('role', line.role)}"
        )
        found.setdefault(line.account, said)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@for_working_posts
def name(request: DeskRequest) -> HttpResponse:
    """The form, and naming."""
    today = matters.today(request.now)
    form = SubstituteForm(
        request.POST or None, person=request.person, names=request.names, today=today
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.name_substitute(**form.cleaned_data, by=request.account, now=request.now)
        except Refused as refused:
            form.add_error(None, request.names.say(refused.refusal))
        else:
            messages.success(request, _("Noted. Both see it on their account page."))
            return redirect("desk:account")
    facts = {"form": form}
    return render(request, "desk/account/substitute.html", facts)


@require_POST
@for_working_posts
def end(request: DeskRequest, substitute: int) -> HttpResponse:
    """Nobody stands in any more, from now on."""
    actions.end_substitute(substitute, by=request.account, now=request.now)
    messages.success(request, _("Ended. From now on only the own posts count again."))
    return redirect("desk:account")
