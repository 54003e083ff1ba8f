"""The limits of the regulations: read as of a day, compared side by side, made stricter by a local provision."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xinqiao.administration.actions import provisions as actions
from xinqiao.desk.admin.access import AdminRequest, for_administrators
from xinqiao.desk.admin.calendars import foreseen_words
from xinqiao.desk.admin.pages import Given, change, typed
from xinqiao.desk.controls import Day, DeskForm, Words
from xinqiao.desk.words import Names
from xinqiao.law.limits import LARGEST_AMOUNT, Edition, Law, Limit, Owner, Unit
from xinqiao.law.wording import Lang
from xinqiao.matters import queries as matters
from xinqiao.rules.administration import may_set


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A regulation as it reads from one day until another; `code` names it in an address."""

    code: str
    law: Law
    edition: Edition
    until: date | None
    is_local: bool


@dataclass(frozen=True, kw_only=True)
class Line:
    """One limit in words."""

    name: str
    title: str
    starts: str
    figure: str
    owner: str
    cite: str
    local: str


def readings() -> list[Reading]:
    """Every way in which a regulation reads or read, the newest first."""
    found = []
    for law in actions.in_use():
        ends = [edition.starts for edition in law.editions[1:]] + [None]
        for edition, following in zip(law.editions, ends, strict=True):
            until = date.fromordinal(following.toordinal() - 1) if following else law.ends
            local = any(limit.local for limit in edition.limits.values())
            code = f"{law.id}.{edition.starts}"
            found.append(Reading(code=code, law=law, edition=edition, until=until, is_local=local))
    return sorted(found, key=lambda one: one.edition.starts, reverse=True)


def lang_of(names: Names) -> Lang:
    """The language of the law's own words."""
    return "en" if names.language.startswith("en") else "zh"


def lines_of(reading: Reading, names: Names) -> list[Line]:
    """The limits of a reading, in their order."""
    ordered = sorted(reading.edition.limits.values(), key=lambda limit: limit.rank)
    return [line_of(limit, names) for limit in ordered]


def line_of(limit: Limit, names: Names) -> Line:
    """A limit in the language of the page."""
    lang, local = lang_of(names), ""
    if limit.local is not None:
        local = _("%(cite)s; the regulation itself: %(amount)d") % {
            "cite": limit.local.cite.spoken(lang), "amount": limit.local.national_amount,
        }  # fmt: skip
    return Line(
        name=names.word("clock", limit.id),
        title=limit.title[lang],
        starts=limit.starts[lang],
        figure=figure_of(limit, lang),
        owner=names.word("owner", limit.owner),
        cite=limit.cite.spoken(lang),
        local=local,
    )


def figure_of(limit: Limit, lang: Lang) -> str:
    """15 days, or that the paper sets the date."""
    return _("as set in the paper") if limit.unit is Unit.SET else limit.spoken(lang)["amount"]


def label_of(reading: Reading, names: Names) -> str:
    """A reading for a list to choose from."""
    lang = lang_of(names)
    title = reading.law.cite.spoken(lang)
    since = _("from %(day)s") % {"day": reading.edition.starts}
    return f"{title} · {since}" + (_(" · with local limits") if reading.is_local else "")


@require_safe
@for_administrators
def provisions(request: AdminRequest) -> HttpResponse:
    """One reading: the newest that counts today unless the address names another."""
    found, today = readings(), matters.today(request.now)
    current = next(one for one in found if one.edition.starts <= today)
    shown = _chosen(found, request.GET.get("reading", ""), current)
    facts = {
        "readings": [(one.code, label_of(one, request.names)) for one in found],
        "shown": shown,
        "lines": lines_of(shown, request.names),
        "title": label_of(shown, request.names),
        "refused": may_set(request.reach),
    }
    return render(request, "desk/admin/provisions.html", facts)


def _chosen(found: Sequence[Reading], code: str, otherwise: Reading) -> Reading:
    return next((one for one in found if one.code == code), otherwise)


@require_safe
@for_administrators
def compare(request: AdminRequest) -> HttpResponse:
    """Two readings side by side; what differs is marked in words."""
    found = readings()
    left = _chosen(found, request.GET.get("left", ""), found[-1])
    right = _chosen(found, request.GET.get("right", ""), found[0])
    facts = {
        "readings": [(one.code, label_of(one, request.names)) for one in found],
        "left": left,
        "right": right,
        "left_title": label_of(left, request.names),
        "right_title": label_of(right, request.names),
        "rows": side_by_side(left, right, request.names),
    }
    return render(request, "desk/admin/compare.html", facts)


def side_by_side(left: Reading, right: Reading, names: Names) -> list[dict[str, Any]]:
    """Each limit that either has: the two lines, and whether the figure or the article differs."""
    limits = {**left.edition.limits, **right.edition.limits}
    rows = []
    for limit in sorted(limits.values(), key=lambda one: one.rank):
        pair = [one.edition.limits.get(limit.id) for one in (left, right)]
        lines = [line_of(one, names) if one else None for one in pair]
        figures = [one.figure if one else "" for one in lines]
        rows.append({
            "name": names.word("clock", limit.id), "left": lines[0], "right": lines[1],
            "differs": figures[0] != figures[1],
        })  # fmt: skip
    return rows


# -- a local provision ------------------------------------------------------------------------------------------------


class LocalForm(DeskForm):
    """A local provision: where it stands, from when, and the limits that it makes stricter."""

    def __init__(self, limits: Iterable[Limit], names: Names, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {
            "title_zh": Words(label=_("Title in Chinese"), max_length=120),
            "title_en": Words(label=_("Title in English"), max_length=200),
            "article": Words(label=_("Article"), max_length=20, required=False),
            "starts": Day(
                label=_("Counts from"), help_text=_("For matters received on that day or later.")
            ),
            "seen": forms.CharField(
                widget=forms.HiddenInput, required=False, initial=actions.seen()
            ),
        }
        self.limits = [limit.id for limit in limits]
        for limit in limits:
            self.fields[f"limit_{limit.id}"] = self._amount(limit, names)

    def _amount(self, limit: Limit, names: Names) -> forms.IntegerField:
        now = figure_of(limit, lang_of(names))
        petitioner = limit.owner is Owner.PETITIONER
        help_text = (
            _("Now %(figure)s; only longer.") if petitioner else _("Now %(figure)s; only shorter.")
        )
        return forms.IntegerField(
            label=names.word("clock", limit.id),
            required=False,
            min_value=1,
            max_value=LARGEST_AMOUNT,
            help_text=help_text % {"figure": now},
        )

    def provision(self, given: Given) -> actions.Provision:
        """What was typed, as a value."""
        amounts = {name: given[f"limit_{name}"] for name in self.limits}
        return actions.Provision(
            title_zh=given["title_zh"].strip(), title_en=given["title_en"].strip(),
            starts=given["starts"], article=given["article"].strip(),
            amounts={name: amount for name, amount in amounts.items() if amount is not None},
        )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def local(request: AdminRequest) -> HttpResponse:
    """A stricter local limit: checked against the regulation, looked at, published."""
    newest = readings()[0].edition
    limits = [one for one in newest.limits.values() if one.unit is not Unit.SET]
    form = LocalForm(sorted(limits, key=lambda one: one.rank), request.names, typed(request))

    def follows(given: Given) -> list[str]:
        draft = actions.draft(form.provision(given), by=request.person, now=request.now)
        lang = lang_of(request.names)
        lines = [
            _("%(clock)s: %(before)s becomes %(after)s") % {
                "clock": request.names.word("clock", after.id), "before": figure_of(before, lang),
                "after": figure_of(after, lang),
            }
            for before, after in draft.changes
        ]  # fmt: skip
        since = _("It counts for matters received on %(day)s or later.") % {"day": given["starts"]}
        return [*lines, since, foreseen_words(draft.foreseen)]

    def do(given: Given) -> str:
        actions.publish(
            form.provision(given), seen_files=given["seen"] or "", by=request.person, now=request.now
        )  # fmt: skip
        return _("The local provision counts from %(day)s on.") % {"day": given["starts"]}

    to = reverse("desk:admin-provisions")
    return change(request, form, page=_page(to), do=do, follows=follows, to=to)


def _page(back: str) -> Mapping[str, Any]:
    return {
        "title": _("Add a local provision"),
        "lead": _(
            "An office's limit may only be shorter than the regulation's, a petitioner's window only longer. "
            "Fill in what differs; leave the rest empty."
        ),
        "label": _("Check it and see what changes"), "sure": _("Publish it"),
        "back": back, "back_label": _("Provisions"), "template": "desk/admin/local.html",
    }  # fmt: skip
