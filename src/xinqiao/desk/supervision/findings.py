"""What the rules found, and urging: one row with one key, or many at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.controls import DeskForm
from xinqiao.desk.matter.fields import Setting, form_field
from xinqiao.desk.supervision import pages
from xinqiao.desk.supervision.pages import PAGE, Tab
from xinqiao.matters import clockwork
from xinqiao.matters import queries as matters
from xinqiao.rules.matters import may
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.rules.supervision import rules
from xinqiao.rules.table import STEPS
from xinqiao.rules.urging import answer_day, next_form
from xinqiao.supervision import actions
from xinqiao.supervision import queries as supervision
from xinqiao.supervision.queries import MOST_COUNTED, MOST_EXPORTED, Wanted
from xinqiao.supervision.values import FindingLine
from xinqiao.ui.jinja import draw
from xinqiao.ui.punctuation import in_turn, listed, valued
from xinqiao.ui.typed import whole_number

_UNFIT, _CONFLICT = 422, 409
_FIELDS = ("urging_form", "answer_by", "reason")


@require_safe
@for_working_posts
def page(request: DeskRequest) -> HttpResponseBase:
    """The list of what was found, the longest standing first."""
    wanted = _wanted(request)
    if pages.is_export(request):
        return _export(request, wanted)
    found = supervision.findings(
        request.person, wanted, request.now, after=pages.after(request), size=PAGE
    )
    rows = [_row(request, line) for line in found[:PAGE]]
    may_urge = bool(supervision.watches(request.person, request.now)) and not wanted.closed
    facts = {
        "parts": _parts(request, wanted),
        "rows": draw("desk/supervision/findings.html", request, rows=rows, choose=may_urge)
        if rows
        else "",
        "may_urge": may_urge,
        "closed": wanted.closed,
        "narrowed": bool(wanted.rule or wanted.unit),
        "here": request.GET.urlencode(),
        **pages.neighbours(request, found, lambda line: (line.since, line.id)),
        "export": pages.export_address(request),
    }
    return pages.shown(request, "findings_page", facts)


def _wanted(request: DeskRequest) -> Wanted:
    """What the address asks for; what it does not know, it does not narrow by."""
    rule, unit = request.GET.get("rule", ""), request.GET.get("unit", "")
    return Wanted(
        closed=request.GET.get("state") == "closed",
        rule=rule if rule in rules() else "",
        unit=unit if unit in request.names.units else "",
    )


def _parts(request: DeskRequest, wanted: Wanted) -> list[Tab]:
    """All that stands, each rule by itself, and what is closed."""
    counts = supervision.finding_counts(request.person, request.now)
    most = counts[""] >= MOST_COUNTED
    language = request.names.language
    tabs = [
        Tab(label=_("All"), url="?", current=not wanted.rule and not wanted.closed, count=counts[""], most=most)
    ]  # fmt: skip
    for name, rule in rules().items():
        current = name == wanted.rule and not wanted.closed
        if most or current or counts.get(name):
            count = None if most else counts.get(name, 0)
            tabs.append(
                Tab(label=rule.label(language), url=f"?rule={name}", current=current, count=count)
            )
    return [*tabs, Tab(label=_("Closed"), url="?state=closed", current=wanted.closed)]


def _row(request: DeskRequest, line: FindingLine) -> dict[str, Any]:
    rule = rules()[line.rule]
    return {
        "finding": line,
        "line": line.line,
        "rule": rule.label(request.names.language),
        "help": rule.help(request.names.language),
        "article": rule.article,
    }


def _export(request: DeskRequest, wanted: Wanted) -> HttpResponseBase:
    names = request.names
    lines = supervision.findings(
        request.person, wanted, request.now, after=None, size=MOST_EXPORTED
    )
    headings = [
        _("What was found"), _("Article"), _("Number"), names.word("field", "subject"), _("Unit"), _("Standing since"),
        _("Rests on entries"), _("Urged"), _("Closed because"),
    ]  # fmt: skip
    rows = (
        [
            rules()[one.rule].label(names.language), rules()[one.rule].article, one.line.number, one.line.subject,
            names.unit(one.unit), one.since, listed(map(str, one.basis)), names.yes_no(one.urged is not None),
            names.word("closed_why", one.closed_why),
        ]
        for one in lines
    )  # fmt: skip
    return pages.export(request, _("What supervision found"), headings, rows)


# -- urging ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class _Chosen:
    """A matter with the findings chosen on it, and why it cannot be urged."""

    sheet: matters.Sheet
    found: Sequence[FindingLine]
    refusal: Refusal | None
    seen: int


class _UrgeForm(DeskForm):
    """Form, date and words of an urging, the same for all chosen matters."""

    def __init__(self, setting: Setting, initial: dict[str, Any], data: Any = None) -> None:
        super().__init__(data, initial=initial)
        for name in _FIELDS:
            self.fields[name] = form_field(name, setting)


@require_POST
@for_working_posts
def urge(request: DeskRequest) -> HttpResponse:
    """The form for the chosen findings; confirmed, the unit of each matter is urged once."""
    ids = [int(one) for one in request.POST.getlist("finding") if one.isdecimal() and len(one) < 18]
    found = supervision.chosen_findings(request.person, ids[:PAGE], request.now)
    if not found:
        messages.info(
            request, _("Choose rows first: with the boxes before them, or with the key x.")
        )
        return _back(request)
    chosen = _chosen(request, found)
    possible = [one for one in chosen if one.refusal is None]
    if not possible:
        return _form_page(request, chosen, None)
    confirmed = "confirmed" in request.POST
    form = _form(request, possible, request.POST if confirmed else None)
    if not confirmed or not form.is_valid():
        return _form_page(request, chosen, form, _UNFIT if confirmed else 200)
    return _urged(request, chosen, form)


def _chosen(request: DeskRequest, found: Sequence[FindingLine]) -> list[_Chosen]:
    by_matter: dict[int, list[FindingLine]] = {}
    for line in found:
        by_matter.setdefault(line.line.id, []).append(line)
    rows = []
    for matter, lines in by_matter.items():
        sheet = matters.sheet(request.person, matter, request.now)
        if sheet is not None:
            refusal = may(STEPS["urge"], sheet.case)
            seen = request.POST.get(f"seen-{sheet.line.number}", "")
            shown = whole_number(seen, 8)
            last = shown or sheet.facts.last_seq
            rows.append(_Chosen(sheet=sheet, found=lines, refusal=refusal, seen=last))
    return rows


def _form(request: DeskRequest, possible: Sequence[_Chosen], data: Any) -> _UrgeForm:
    """Filled in so far that one key more sends it: the next form, a day, and what was found, in words."""
    first = possible[0].sheet
    today = matters.today(request.now)
    setting = Setting(sheet=first, step=STEPS["urge"], names=request.names, today=today)
    found = {line.rule: rules()[line.rule] for one in possible for line in one.found}
    language = request.names.language
    said = in_turn(
        _("%(what)s (%(article)s)")
        % {"what": rule.label(language), "article": request.names.cite(rule.article)}
        for rule in found.values()
    )
    initial = {
        "urging_form": next_form(first.facts, any(one.state == "overdue" for one in first.clocks)),
        "answer_by": answer_day(clockwork.calendar(), today),
        "reason": _("%(found)s. Please say by the date why, and when it will be done.") % {"found": said},
    }  # fmt: skip
    return _UrgeForm(setting, initial, data)


def _form_page(
    request: DeskRequest, chosen: Sequence[_Chosen], form: _UrgeForm | None, status: int = 200,
    told: Sequence[_Chosen] = (),
) -> HttpResponse:  # fmt: skip
    """The form with the rows that it is for; `told` are those that the rules refused when it was sent."""
    language = request.names.language
    out = [*told, *(one for one in chosen if one.refusal is not None)]
    facts = {
        "possible": [
            (one, [rules()[each.rule].label(language) for each in one.found]) for one in chosen if one.refusal is None
        ],
        "refused": [(one, request.names.say(one.refusal) if one.refusal else "") for one in out],
        "form": form,
        "back": request.POST.get("back", "")[:300],
    }  # fmt: skip
    return pages.shown(request, "urge", facts, status)


def _urged(request: DeskRequest, chosen: Sequence[_Chosen], form: _UrgeForm) -> HttpResponse:
    """Urges each by itself; those refused meanwhile stay in sight, with the form as it was filled in."""
    given, done, refused = form.cleaned_data, 0, []
    for one in chosen:
        if one.refusal is not None:
            continue
        try:
            actions.urge(
                one.sheet.line.id, form=given["urging_form"], answer_by=given["answer_by"], reason=given["reason"],
                by=request.person, now=request.now, seen=one.seen,
            )  # fmt: skip
            done += 1
        except Refused as no:
            refused.append(
                _Chosen(sheet=one.sheet, found=one.found, refusal=no.refusal, seen=one.seen)
            )
    if done:
        said = ngettext("%(n)s matter urged.", "%(n)s matters urged.", done) % {"n": done}
        messages.success(request, said)
    if refused and not done:
        return _form_page(request, chosen, form, _CONFLICT, refused)
    if refused:
        return _some_refused(request, refused)
    return _back(request)


def _some_refused(request: DeskRequest, refused: Sequence[_Chosen]) -> HttpResponse:
    for one in refused:
        why = request.names.say(one.refusal) if one.refusal else ""
        messages.info(request, valued(one.sheet.line.number, why))
    return _back(request)


def _back(request: DeskRequest) -> HttpResponse:
    back = request.POST.get("back", "")[:300]
    return HttpResponseRedirect(f"{reverse('desk:supervision')}?{back}")
