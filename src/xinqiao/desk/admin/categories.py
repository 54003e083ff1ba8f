"""The classification of content: the tree, and its changes."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from xinqiao.administration.actions import categories as actions
from xinqiao.desk.admin.access import AdminRequest, for_administrators
from xinqiao.desk.admin.pages import Given, change, typed
from xinqiao.desk.controls import DeskForm, Pick, Words, labelled
from xinqiao.desk.words import Names
from xinqiao.directory import listing
from xinqiao.directory.listing import CategoryLine
from xinqiao.rules.administration import may_set


@require_safe
@for_administrators
def categories(request: AdminRequest) -> HttpResponse:
    """The whole tree; retired ones say since when."""
    facts = {"lines": listing.categories(), "refused": may_set(request.reach)}
    return render(request, "desk/admin/categories.html", facts)


class NamesForm(DeskForm):
    """What a category is called, in both languages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {
            "name": Words(label=_("Name in Chinese"), max_length=60),
            "name_en": Words(label=_("Name in English"), max_length=120),
        }


class CategoryForm(NamesForm):
    """A new category."""

    def __init__(self, names: Names, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = {code: name for code, name in names.categories.items() if code.count(".") < 2}
        self.fields |= {
            "own": Words(
                label=_("Code of the category"),
                max_length=40,
                help_text=_("Small letters, digits and hyphens. It never changes."),
            ),
            "parent": Pick(labelled(above.items()), label=_("Category above"), required=False),
        }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def add(request: AdminRequest) -> HttpResponse:
    """A new category below another, or at the top."""
    form = CategoryForm(request.names, typed(request))

    def do(given: Given) -> str:
        actions.add(
            given["own"].strip(), given["name"].strip(), given["name_en"].strip(),
            given["parent"] or None, by=request.person, now=request.now,
        )  # fmt: skip
        return _("The category is offered from now on.")

    page = _page(_("Add a category"), _("Add the category"))
    return change(request, form, page=page, do=do, to=page["back"])


def _line(code: str) -> CategoryLine:
    for line in listing.categories():
        if line.code == code:
            return line
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def rename(request: AdminRequest, code: str) -> HttpResponse:
    """Other words for a category."""
    line = _line(code)
    initial = {"name": line.name, "name_en": line.name_en}
    form = NamesForm(typed(request), initial=initial)

    def do(given: Given) -> str:
        actions.rename(
            code, given["name"].strip(), given["name_en"].strip(), by=request.person, now=request.now
        )  # fmt: skip
        return _("The category has its new name.")

    page = _page(_("Rename %(name)s") % {"name": request.names.category(code)}, _("Rename"))
    return change(request, form, page=page, do=do, to=page["back"])


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def retire(request: AdminRequest, code: str) -> HttpResponse:
    """A category is offered no more, or again."""
    line, names = _line(code), {"name": request.names.category(code)}
    back_again = line.retired_on is not None

    def do(given: Given) -> str:
        if back_again:
            actions.bring_back(code, by=request.person, now=request.now)
            return _("The category is offered again.")
        count = actions.retire(code, by=request.person, now=request.now)
        return ngettext(
            "%(count)d category is offered no more.", "%(count)d categories are offered no more.", count
        ) % {"count": count}  # fmt: skip

    if back_again:
        page = _page(_("Offer %(name)s again") % names, _("Offer it again"))
        page["lead"] = _("Those below it stay as they are.")
    else:
        page = _page(_("Retire %(name)s") % names, _("Retire it"))
        page["lead"] = _(
            "It and all below it are offered no more. Matters under them keep them, and nothing is deleted."
        )
    return change(request, DeskForm(typed(request)), page=page, do=do, to=page["back"])


def _page(title: str, label: str) -> dict[str, Any]:
    back = reverse("desk:admin-categories")
    return {"title": title, "label": label, "back": back, "back_label": _("Categories")}
