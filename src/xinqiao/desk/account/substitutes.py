"""Naming who stands in for somebody, and ending it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.controls import Day, DeskForm, Pick, labelled
from xinqiao.desk.words import Names
from xinqiao.directory import actions
from xinqiao.directory import queries as directory
from xinqiao.matters import queries as matters
from xinqiao.rules.persons import WORKING_ROLES, Person, Role
from xinqiao.rules.refusals import Refused

_HEADS = frozenset({Role.HEAD})


class SubstituteForm(DeskForm):
    """Who is away, who stands in, from which day to which. Whether it may be, the rules decide."""

    use_required_attribute = False

    def __init__(
        self, *args: Any, person: Person, names: Names, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        heads = person.in_own_right.units(_HEADS)
        own = _staff(person.in_own_right.units(), names, today)
        everywhere = [unit.code for unit in names.units.on(today)]
        if heads:
            self.fields["away"] = Pick(own, label=_("Who is away"), initial=str(person.account))
        self.fields["stands_in"] = Pick(
            _staff(everywhere, names, today) if heads else own, label=_("Who stands in")
        )
        self.fields["first_day"] = Day(label=_("First day"), initial=today)
        self.fields["last_day"] = Day(label=_("Last day"))
        self.own_account = person.account

    def people_and_days(self) -> dict[str, Any]:
        """What `actions.name_substitute` asks for; without a choice, who is away is the reader."""
        given = self.cleaned_data
        away = given.get("away") or self.own_account
        return given | {"away": int(away), "stands_in": int(given["stands_in"])}


def _staff(units: Iterable[str], names: Names, today: date) -> dict[str, str]:
    """Everybody with a working post in these units, by account number: name, unit and role."""
    found: dict[str, str] = {}
    for line in directory.staff(units, today, WORKING_ROLES):
        role = line.title or names.word("role", line.role)
        found.setdefault(str(line.account), f"{line.name} · {names.unit(line.unit)} {role}")
    return labelled(found.items())


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
            actions.name_substitute(**form.people_and_days(), by=request.account, now=request.now)
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
