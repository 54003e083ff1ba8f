"""What the place says in its own words."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xinqiao.administration.actions import texts as actions
from xinqiao.desk.admin.access import AdminRequest, for_administrators
from xinqiao.desk.admin.pages import Given, change, typed
from xinqiao.desk.controls import DeskForm, Words
from xinqiao.directory import queries as directory
from xinqiao.rules.administration import may_set
from xinqiao.texts import queries
from xinqiao.texts.values import DEFAULTS, MAX_CHARACTERS, TextKey, Version


@require_safe
@for_administrators
def texts(request: AdminRequest) -> HttpResponse:
    """Each text as it stands now."""
    found = [(key, queries.newest(key), _default(key)) for key in TextKey]
    people = directory.account_names(one.account for _, one, _ in found if one.account)
    facts = {
        "texts": [
            {"key": key, "version": version, "default": default, "by": people.get(version.account or 0, "")}
            for key, version, default in found
        ],
        "refused": may_set(request.reach),
    }  # fmt: skip
    return render(request, "desk/admin/texts.html", facts)


def _default(key: TextKey) -> dict[str, str]:
    """What stands there until the place words it, in both languages."""
    found = {}
    for name, language in (("zh", "zh-hans"), ("en", "en")):
        with translation.override(language):
            found[name] = str(DEFAULTS[key])
    return found


class TextForm(DeskForm):
    """The words in both languages, and the version that was on the screen."""

    def __init__(self, version: Version, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, initial in (
            ("zh", _("In Chinese"), version.zh),
            ("en", _("In English"), version.en),
        ):
            self.fields[name] = Words(
                label=label, long=True, rows=6, required=False, max_length=2 * MAX_CHARACTERS,
                initial=initial,
            )  # fmt: skip
        self.fields["seen"] = forms.IntegerField(
            widget=forms.HiddenInput, initial=version.number, min_value=0
        )


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def word(request: AdminRequest, key: str) -> HttpResponse:
    """A text worded anew, with a look at it before it stands on the page."""
    if key not in set(TextKey):
        raise Http404
    text = TextKey(key)
    form = TextForm(queries.newest(text), typed(request))
    history = queries.history(text)

    def do(given: Given) -> str:
        actions.word(
            text, zh=given["zh"] or "", en=given["en"] or "", seen=given["seen"],
            by=request.person, now=request.now,
        )  # fmt: skip
        return _("The text stands on the pages from now on.")

    def follows(given: Given) -> list[str]:
        if not given["zh"] and not given["en"]:
            return [_("The default text stands there again.")]
        return []

    page = {
        "title": request.names.word("place_text", text),
        "lead": request.names.helping("place_text", text), "label": _("Look at it first"),
        "sure": _("Put it on the pages"), "back": reverse("desk:admin-texts"),
        "back_label": _("Texts"), "template": "desk/admin/text.html", "history": history,
        "people": directory.account_names(one.account for one in history if one.account),
        "default": _default(text), "preview": ("zh", "en"),
    }  # fmt: skip
    return change(request, form, page=page, do=do, follows=follows, to=reverse("desk:admin-texts"))
