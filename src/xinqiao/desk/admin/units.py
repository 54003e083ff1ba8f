"""Units as of a day: the tree, one unit with its names and people, and the changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from xinqiao.administration.actions import units as actions
from xinqiao.administration.scope import refuse
from xinqiao.desk.admin.access import AdminRequest, for_administrators
from xinqiao.desk.admin.pages import Given, change, typed
from xinqiao.desk.controls import Day, DeskForm, Pick, PickSeveral, Words, labelled
from xinqiao.desk.words import Names
from xinqiao.directory import listing
from xinqiao.directory import queries as directory
from xinqiao.matters import queries as matters
from xinqiao.rules.administration import Reach
from xinqiao.rules.units import Level, Unit, UnitKind, Units


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A line of the tree: the unit, how deep it stands, and what it was called that day."""

    unit: Unit
    depth: int
    name: str


class DayForm(DeskForm):
    """The day as of which the tree is shown."""

    day = Day(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].label = _("As of")


def day_of(request: AdminRequest) -> tuple[DayForm, date]:
    """The day that the address names; today when it names none."""
    today = matters.today(request.now)
    form = DayForm(request.GET or None, initial={"day": today})
    found = form.cleaned_data.get("day") if form.is_bound and form.is_valid() else None
    return form, found or today


@require_safe
@for_administrators
def units(request: AdminRequest) -> HttpResponse:
    """The tree as of a day."""
    form, day = day_of(request)
    facts = {"form": form, "day": day, "branches": tree(request.reach, day, request.names)}
    return render(request, "desk/admin/units.html", facts)


def tree(reach: Reach, day: date, names: Names) -> list[Branch]:
    """The units in reach that existed on a day, each below its superior, by what they were called then."""
    found = {unit.code: unit for unit in names.units.on(day) if unit.code in reach}
    then = listing.names_on(day)
    below: dict[str | None, list[Unit]] = {}
    for unit in found.values():
        below.setdefault(unit.parent if unit.parent in found else None, []).append(unit)
    return list(_branches(None, 0, below, then, names))


def _branches(
    parent: str | None,
    depth: int,
    below: Mapping[str | None, list[Unit]],
    then: Mapping[str, tuple[str, str]],
    names: Names,
) -> Iterable[Branch]:
    for unit in below.get(parent, ()):
        zh, en = then.get(unit.code, (unit.name, unit.name_en))
        name = en if names.language.startswith("en") and en else zh
        yield Branch(unit=unit, depth=min(depth, 6), name=name)
        yield from _branches(unit.code, depth + 1, below, then, names)


def unit_in_reach(request: AdminRequest, code: str) -> Unit:
    """The unit of an address. Raises Http404 when it is not theirs."""
    if code not in request.names.units or code not in request.reach:
        raise Http404
    return request.names.units[code]


@require_safe
@for_administrators
def unit(request: AdminRequest, code: str) -> HttpResponse:
    """One unit: what it is, its names, its people, and what can be changed."""
    found = unit_in_reach(request, code)
    today = matters.today(request.now)
    posts = listing.posts_of_unit(code, today)
    people = directory.account_names(post.account for post in posts)
    below = [one for one in request.names.units.on(today) if one.parent == code]
    facts = {
        "unit": found,
        "names": listing.names_of(code),
        "posts": [(post, people[post.account]) for post in posts],
        "below": below,
        "ended": found.valid_to is not None,
    }
    return render(request, "desk/admin/unit.html", facts)


class UnitForm(DeskForm):
    """A new unit."""

    def __init__(self, names: Names, reach: Reach, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        all_units = unit_choices(names.units.on(today), names)
        kinds = [(one.value, names.word("unit_kind", one)) for one in UnitKind]
        levels = [(one.value, names.word("level", one)) for one in Level]
        self.fields |= {
            "name": Words(label=_("Name in Chinese"), max_length=120),
            "name_en": Words(label=_("Name in English"), max_length=200, required=False),
            "code": Words(
                label=_("Code of the unit"),
                max_length=60,
                help_text=_("Small letters, digits and hyphens. It never changes."),
            ),
            "kind": forms.ChoiceField(label=_("Kind of unit"), choices=kinds),
            "level": forms.ChoiceField(label=_("Level"), choices=levels),
            "region": Pick(labelled(names.regions.items()), label=_("Region")),
            "parent": Pick(all_units, label=_("Superior"), required=False),
            "guiding": Pick(
                all_units,
                label=_("Same line one level up"),
                required=False,
                help_text=_("It reviews and re-examines beside the superior (art. 35, 36)."),
            ),
            "valid_from": Day(label=_("Exists from"), initial=today),
            "categories": PickSeveral(
                labelled(names.categories.items()),
                label=_("What it is in charge of"),
                required=False,
                help_text=_("It is listed first where a matter of these categories is sent."),
            ),
        }


def unit_choices(found: Iterable[Unit], names: Names) -> dict[str, str]:
    """Codes and names of units for a field that is searched by typing."""
    return labelled((one.code, names.unit(one.code)) for one in found)


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def add(request: AdminRequest) -> HttpResponse:
    """A new unit from a day on."""
    form = UnitForm(request.names, request.reach, matters.today(request.now), typed(request))

    def do(given: Given) -> str:
        new = Unit(
            code=given["code"].strip(), name=given["name"].strip(), name_en=given["name_en"].strip(),
            kind=UnitKind(given["kind"]), level=Level(given["level"]), region=given["region"],
            parent=given["parent"] or None, guiding=given["guiding"] or None,
            valid_from=given["valid_from"], categories=tuple(given["categories"] or ()),
        )  # fmt: skip
        actions.add(new, by=request.person, now=request.now)
        return _("The unit exists from %(day)s on.") % {"day": new.valid_from}

    page = {
        "title": _("Add a unit"), "label": _("Add the unit"),
        "back": reverse("desk:admin-units"), "back_label": _("Units"),
    }  # fmt: skip
    return change(request, form, page=page, do=do, to=reverse("desk:admin-units"))


class RenameForm(DeskForm):
    """Another name from a day on."""

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {
            "name": Words(label=_("New name in Chinese"), max_length=120),
            "name_en": Words(label=_("New name in English"), max_length=200, required=False),
            "since": Day(
                label=_("Called so from"),
                initial=today,
                help_text=_(
                    "A day to come is kept; the name is taken up on that day by the worker."
                ),
            ),
        }


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def rename(request: AdminRequest, code: str) -> HttpResponse:
    """Another name from a day on; the earlier ones stay."""
    found = unit_in_reach(request, code)
    form = RenameForm(matters.today(request.now), typed(request))

    def do(given: Given) -> str:
        actions.rename(
            code, given["name"].strip(), given["name_en"].strip(), since=given["since"],
            by=request.person, now=request.now,
        )  # fmt: skip
        return _("The new name counts from %(day)s on. The earlier names stay.") % {
            "day": given["since"]
        }

    page = {
        "title": _("Rename %(unit)s") % {"unit": request.names.unit(code)},
        "label": _("Rename"), "back": _address(code), "back_label": request.names.unit(found.code),
    }  # fmt: skip
    return change(request, form, page=page, do=do, to=_address(code))


class EndForm(DeskForm):
    """The last day of a unit, and who takes over."""

    def __init__(self, units: Units, names: Names, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lasting = [one for one in units.on(today) if one.valid_to is None]
        self.fields |= {
            "last_day": Day(label=_("Last day"), initial=today),
            "successor": Pick(
                unit_choices(lasting, names),
                label=_("Successor"),
                required=False,
                help_text=_(
                    "It takes over the open matters (art. 24). Without one, a unit ends only if it holds none."
                ),
            ),
        }


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def end(request: AdminRequest, code: str) -> HttpResponse:
    """A unit merged into a successor, or ended (art. 24)."""
    unit_in_reach(request, code)
    names, today = request.names, matters.today(request.now)
    form = EndForm(names.units, names, today, typed(request))

    def follows(given: Given) -> list[str]:
        heir, last = given["successor"] or None, given["last_day"]
        refuse(actions.may_end(code, heir, last, by=request.person, now=request.now))
        return _what_follows(code, heir, last, names)

    def do(given: Given) -> str:
        heir, last = given["successor"] or None, given["last_day"]
        actions.end(code, successor=heir, last_day=last, by=request.person, now=request.now)
        return _("The unit exists until %(day)s.") % {"day": last}

    page = {
        "title": _("Merge or end %(unit)s") % {"unit": names.unit(code)},
        "label": _("See what follows"), "sure": _("Merge or end it"),
        "back": _address(code), "back_label": names.unit(code),
    }  # fmt: skip
    return change(request, form, page=page, do=do, follows=follows, to=_address(code))


def _what_follows(code: str, heir: str | None, last: date, names: Names) -> list[str]:
    posts = len([post for post in listing.posts_of_unit(code, last) if post.valid_from <= last])
    lines = [_("%(unit)s exists until %(day)s.") % {"unit": names.unit(code), "day": last}]
    lines.append(
        ngettext(
            "%(count)d post in it ends that day.", "%(count)d posts in it end that day.", posts
        )
        % {"count": posts}
    )
    if heir:
        lines.append(
            _("From the next day on its open matters pass to %(heir)s, within the hour (art. 24).")
            % {"heir": names.unit(heir)}
        )
    lines.append(_("The unit stays in every record; its code is never given again."))
    return lines


def _address(code: str) -> str:
    return reverse("desk:admin-unit", args=[code])
