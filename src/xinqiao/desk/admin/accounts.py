"""Accounts: the list, one account with its posts, and what is done to it."""

from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from xinqiao.accounts import queries as factors
from xinqiao.administration.actions import accounts as actions
from xinqiao.desk.admin.access import AdminRequest, for_administrators
from xinqiao.desk.admin.pages import Given, change, typed
from xinqiao.desk.admin.units import unit_choices
from xinqiao.desk.controls import Day, DeskForm, Pick, Words
from xinqiao.desk.words import Names
from xinqiao.directory import listing
from xinqiao.directory import queries as directory
from xinqiao.directory.listing import AccountFilter, AccountLine
from xinqiao.matters import queries as matters
from xinqiao.rules.administration import Reach
from xinqiao.rules.persons import Role
from xinqiao.ui import by_key

PAGE = 50


class SearchForm(DeskForm):
    """What the list is narrowed by."""

    def __init__(self, names: Names, reach: Reach, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [("", _("any")), *((one.value, names.word("role", one)) for one in Role)]
        states = [("", _("any")), ("open", _("open")), ("closed", _("closed"))]
        self.fields |= {
            "words": Words(label=_("Name or log-in name"), required=False, max_length=60),
            "unit": Pick(units_in(reach, names, today), label=_("Unit"), required=False),
            "role": forms.ChoiceField(label=_("Role"), choices=roles, required=False),
            "state": forms.ChoiceField(label=_("Account is"), choices=states, required=False),
        }


def units_in(reach: Reach, names: Names, today: date) -> dict[str, str]:
    """The units in reach that exist today, for a field."""
    return unit_choices((one for one in names.units.on(today) if one.code in reach), names)


@require_safe
@for_administrators
def accounts(request: AdminRequest) -> HttpResponse:
    """The accounts that the person administers, by log-in name."""
    today, reach = matters.today(request.now), request.reach
    form = SearchForm(request.names, reach, today, request.GET)
    form.is_valid()
    wanted = AccountFilter(**{k: v for k, v in form.cleaned_data.items() if v})
    after = request.GET.get("after", "")[:60].replace("\0", "")
    units = None if reach.everything else reach.units
    found = listing.accounts(units, wanted, today, after=after, limit=PAGE + 1)
    previous, following = by_key.neighbours(
        request.GET, "after", found[PAGE - 1].username if len(found) > PAGE else None
    )
    facts = {
        "form": form,
        "narrowed": bool(form.cleaned_data and any(form.cleaned_data.values())),
        "rows": [row_of(line, today) for line in found[:PAGE]],
        "previous": previous,
        "following": following,
    }
    return render(request, "desk/admin/accounts.html", facts)


def row_of(line: AccountLine, today: date) -> dict[str, Any]:
    """A line with the posts that are held today."""
    return {"line": line, "posts": [post for post in line.posts if post.held_on(today)]}


def account_of(request: AdminRequest, account: int) -> AccountLine:
    """The account of an address. Raises Http404 when it is not theirs to see."""
    line = listing.account(account)
    if line is None or not actions.visible(line, by=request.person, now=request.now):
        raise Http404
    return line


@require_safe
@for_administrators
def account(request: AdminRequest, account: int) -> HttpResponse:
    """One account: its posts, its way in, and what can be done."""
    line, today = account_of(request, account), matters.today(request.now)
    refusal = actions.may_change(line, by=request.person, now=request.now)
    facts = {
        "line": line,
        "posts": [(post, _period(post.held_on(today), post.valid_from > today)) for post in line.posts],
        "substitutes": directory.substitutes(today, of=[line.id]),
        "factor": line.id in factors.second_factors([line.id]),
        "refusal": request.names.say(refusal) if refusal else "",
        "own": line.id == request.account,
    }  # fmt: skip
    return render(request, "desk/admin/account.html", facts)


def _period(held: bool, later: bool) -> str:
    return "held" if held else "later" if later else "past"


class PostForm(DeskForm):
    """A post: where, as what, from when until when."""

    def __init__(self, names: Names, reach: Reach, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [
            (one, _("%(role)s: %(does)s") % {"role": names.word("role", one), "does": names.helping("role", one)})
            for one in Role
        ]  # fmt: skip
        self.fields |= {
            "unit": Pick(units_in(reach, names, today), label=_("Unit")),
            "role": forms.ChoiceField(label=_("Role"), choices=roles, widget=forms.RadioSelect),
            "title": Words(label=_("Title"), required=False, max_length=60),
            "since": Day(label=_("From the day"), initial=today),
            "until": Day(label=_("Last day"), required=False, help_text=_("Empty: until it is ended.")),
        }  # fmt: skip


class AccountForm(PostForm):
    """A new account with its first post."""

    def __init__(self, names: Names, reach: Reach, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(names, reach, today, *args, **kwargs)
        first = {
            "name": Words(label=_("Name of the person"), max_length=60),
            "username": Words(
                label=_("Log-in name"),
                max_length=60,
                help_text=_("Small letters, digits, dots and hyphens, beginning with a letter."),
            ),
        }
        del self.fields["until"]
        self.fields = first | self.fields


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def add(request: AdminRequest) -> HttpResponse:
    """A new account; the first password is shown once, in the answer."""
    today = matters.today(request.now)
    initial = {"unit": request.GET.get("unit", ""), "since": today}
    form = AccountForm(request.names, request.reach, today, typed(request), initial=initial)

    def do(given: Given) -> HttpResponse:
        made, password = actions.open_account(
            given["username"].strip(), given["name"].strip(), unit=given["unit"],
            role=Role(given["role"]), title=given["title"], since=given["since"],
            by=request.person, now=request.now,
        )  # fmt: skip
        return _shown_once(request, made, password)

    page = {
        "title": _("Open an account"), "label": _("Open the account"),
        "back": reverse("desk:admin-accounts"), "back_label": _("Accounts"),
    }  # fmt: skip
    return change(request, form, page=page, do=do, to=reverse("desk:admin-accounts"))


def _shown_once(request: AdminRequest, account: int, password: str) -> HttpResponse:
    facts = {"line": listing.account(account), "password": password}
    return render(request, "desk/admin/password.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def give(request: AdminRequest, account: int) -> HttpResponse:
    """A further post."""
    line, today = account_of(request, account), matters.today(request.now)
    form = PostForm(request.names, request.reach, today, typed(request))

    def do(given: Given) -> str:
        actions.give_post(
            account, unit=given["unit"], role=Role(given["role"]), title=given["title"],
            since=given["since"], until=given["until"], by=request.person, now=request.now,
        )  # fmt: skip
        return _("The post is given from %(day)s on.") % {"day": given["since"]}

    page = {
        "title": _("Give %(name)s a post") % {"name": line.name}, "label": _("Give the post"),
        "back": _address(account), "back_label": line.name,
    }  # fmt: skip
    return change(request, form, page=page, do=do, to=_address(account))


class EndPostForm(DeskForm):
    """The last day of a post."""

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"] = Day(label=_("Last day"), initial=today)


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def end(request: AdminRequest, account: int, post: int) -> HttpResponse:
    """A post ends with a day."""
    line, found = account_of(request, account), listing.post(post)
    if found is None or found.account != account:
        raise Http404
    form = EndPostForm(matters.today(request.now), typed(request))

    def do(given: Given) -> str:
        actions.end_post(post, last_day=given["last_day"], by=request.person, now=request.now)
        return _("The post ends on %(day)s. It stays in the history.") % {"day": given["last_day"]}

    unit, role = request.names.unit(found.unit), request.names.word("role", found.role)
    page = {
        "title": _("End a post of %(name)s") % {"name": line.name}, "lead": f"{unit} · {role}",
        "label": _("End the post"), "back": _address(account), "back_label": line.name,
    }  # fmt: skip
    return change(request, form, page=page, do=do, to=_address(account))


class ReasonForm(DeskForm):
    """Why something is done to an account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = Words(
            label=_("Reason"),
            max_length=200,
            help_text=_(
                "It is kept with your name and the time. Name no petitioner and no matter."
            ),
        )


#: What can be done to the way in of an account: title, what follows, and the words on the button.
_WHAT = {
    "password": (
        gettext_lazy("Give %(name)s a new password"),
        gettext_lazy("It is shown once, on the next page. Every open session of the account ends."),
        gettext_lazy("Make a new password"),
    ),
    "second-factor": (
        gettext_lazy("Reset the second factor of %(name)s"),
        gettext_lazy("App, keys and recovery codes are removed and every session ends. Make sure who asks you for it."),
        gettext_lazy("Reset the second factor"),
    ),
    "sessions": (
        gettext_lazy("Log %(name)s out everywhere"),
        gettext_lazy("Every open session of the account ends at once. The password stays; its owner can log in again."),
        gettext_lazy("End the sessions"),
    ),
    "close": (
        gettext_lazy("Close the account of %(name)s"),
        gettext_lazy("Nobody can log in to it, and its posts do not count. Everything done with it stays on record."),
        gettext_lazy("Close the account"),
    ),
    "reopen": (
        gettext_lazy("Open the account of %(name)s again"),
        gettext_lazy("The posts that have not ended count again."),
        gettext_lazy("Open it again"),
    ),
}  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def reset(request: AdminRequest, account: str | int, what: str) -> HttpResponse:
    """Password, second factor, closing, opening again: each with a page that says what follows."""
    account = int(account)
    line = account_of(request, account)
    names = {"name": line.name}
    form = (ReasonForm if what == "second-factor" else DeskForm)(typed(request))

    def do(given: Given) -> str | HttpResponse:
        by, now = request.person, request.now
        match what:
            case "password":
                return _shown_once(
                    request, account, actions.reset_password(account, by=by, now=now)
                )
            case "second-factor":
                actions.reset_second_factor(account, reason=given["reason"], by=by, now=now)
                return _("At the next log-in %(name)s sets up a new second factor.") % names
            case "sessions":
                actions.end_sessions(account, by=by, now=now)
                return _("%(name)s is logged out everywhere.") % names
            case "close":
                actions.close(account, by=by, now=now)
                return _("The account is closed.")
            case _:
                actions.reopen(account, by=by, now=now)
                return _("The account is open again.")

    title, lead, label = _WHAT[what]
    page = {
        "title": title % names, "lead": lead, "label": label,
        "back": _address(account), "back_label": line.name,
    }  # fmt: skip
    return change(request, form, page=page, do=do, to=_address(account))


def _address(account: int) -> str:
    return reverse("desk:admin-account", args=[account])
