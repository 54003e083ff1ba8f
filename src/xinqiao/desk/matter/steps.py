"""Taking a step: its form, a second look where nothing can be taken back, and what to do when somebody was quicker."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xinqiao.desk.access import DeskRequest, for_staff, sheet_of
from xinqiao.desk.insight.classifying.advice import FILL, Advice, advice, filled, recorded
from xinqiao.desk.matter import attached, joint, looking
from xinqiao.desk.matter.fields import Setting, field_names
from xinqiao.desk.matter.forms import StepForm, is_final, typed_texts
from xinqiao.desk.matter.hall import HERE_NOT
from xinqiao.desk.matter.timeline import drawn
from xinqiao.desk.matter.told import Happening, told, value_words
from xinqiao.directory import queries as directory
from xinqiao.insight.classifying.values import Asked
from xinqiao.matters import queries as matters
from xinqiao.rules.fields import FIELDS, FieldType
from xinqiao.rules.matters import may
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.rules.steps import By, Step
from xinqiao.rules.table import STEPS
from xinqiao.ui.punctuation import listed

_CONFLICT, _UNFIT = 409, 422
_RECENT = 3
#: The steps by which a person says what a matter is.
_CLASSIFIES = frozenset({"register", "reclassify"})


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def take(request: DeskRequest, number: str, step: str) -> HttpResponse:
    """One step on one matter: asked for by GET, taken by POST."""
    attempt = _attempt(request, number, _named(step))
    refusal = may(attempt.setting.step, attempt.setting.sheet.case)
    if refusal is not None:
        return _not_now(attempt, refusal)
    if step == "reopen":
        return _page(attempt, "reopen", _common(attempt))
    if request.method != "POST":
        return _show(attempt, StepForm(attempt.setting))
    return _posted(attempt)


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One request about a step. `seen` is the last entry that the person had before their eyes."""

    request: DeskRequest
    setting: Setting
    seen: int

    @property
    def overtaken(self) -> bool:
        """Whether somebody acted since the form was opened."""
        return self.request.method == "POST" and self.seen != self.setting.sheet.facts.last_seq

    @property
    def in_place(self) -> bool:
        """Whether the step is taken on the page of the matter, and only its part of that page is wanted."""
        return self.request.headers.get("HX-Request") == "true"


def _named(step: str) -> Step:
    """The step of this name. Raises Http404 for one that no member of staff takes on this page."""
    found = STEPS.get(step)
    if found is None or step in HERE_NOT or set(found.by) <= {By.SYSTEM, By.PETITIONER}:
        raise Http404
    return found


def _attempt(request: DeskRequest, number: str, step: Step) -> Attempt:
    setting = Setting(
        sheet=sheet_of(request, number),
        step=step,
        names=request.names,
        today=matters.today(request.now),
    )
    seen = request.POST.get("seen", "")
    return Attempt(
        request=request,
        setting=setting,
        seen=int(seen) if seen.isdecimal() and len(seen) < 9 else 0,
    )


def _posted(attempt: Attempt) -> HttpResponse:
    """Checks what was typed, lets it be looked at again where it is final, and takes the step."""
    form, post = _sent(attempt), attempt.request.POST
    if "change" in post or post.get(FILL):
        return _show(attempt, form)
    if "look" in post:
        form.forget_what_is_missing()
        return _show(attempt, form)
    if not form.is_valid():
        return _show(attempt, form, status=_UNFIT)
    refusal = form.refusal()
    if refusal is not None:
        form.refuse(refusal)
        return _show(attempt, form, status=_CONFLICT)
    if attempt.overtaken:
        return _show(attempt, form, status=_CONFLICT)
    if is_final(attempt.setting.step) and "confirmed" not in post:
        return _second_look(attempt, form)
    return _taken(attempt, form)


def _sent(attempt: Attempt) -> StepForm:
    """The form as it was sent; its files are kept at once, so that no second look and no error loses them."""
    request = attempt.request
    form = StepForm(attempt.setting, filled(request.POST), request.FILES)
    if form.takes_files and form.is_bound:
        form.is_valid()
        chosen = form.cleaned_data.get(attached.FIELD) or []
        before = request.POST.getlist(attached.HELD)
        form.hold(attached.hold(chosen, before, by=request.person, now=request.now))
    return form


def _taken(attempt: Attempt, form: StepForm) -> HttpResponse:
    request, setting = attempt.request, attempt.setting
    line, step = setting.sheet.line, setting.step
    who: dict[str, Any] = {"by": request.person, "now": request.now, "seen": attempt.seen}
    try:
        if step.name in joint.STEPS:
            joint.take(line.id, step.name, form.given(), **who)
        else:
            given = form.given() | _suggested(attempt, form)
            attached.take(line.id, step.name, given, form.held, at=form.happened_at, **who)
    except Refused as refused:
        if refused.refusal.code == "acted_meanwhile":
            attempt = _attempt(request, line.number, step)
        else:
            form.refuse(refused.refusal)
        return _show(attempt, form, status=_CONFLICT)
    messages.success(request, f"{line.number} · {setting.names.done(step.name)}")
    still_there = matters.exists_for(request.person, line.id, request.now)
    back = redirect("desk:matter", line.number) if still_there else redirect("desk:work")
    return HttpResponse(headers={"HX-Redirect": back.url}) if attempt.in_place else back


def _show(attempt: Attempt, form: StepForm, status: int = 200) -> HttpResponse:
    """The form, with what was typed, and what others did meanwhile."""
    facts = _common(attempt) | {"form": form, "final": is_final(attempt.setting.step)}
    facts["advice"] = _advice(attempt)
    facts["shown"] = shown = _looked_at(attempt)
    if shown is not None and shown.typed:
        form.below = looking.below(attempt.request, attempt.setting, shown)
    return _page(attempt, "step", facts, status)


def _advice(attempt: Attempt) -> Advice | None:
    """What the text of the matter suggests, where a step classifies it."""
    setting, request = attempt.setting, attempt.request
    if setting.step.name not in _CLASSIFIES:
        return None
    facts, (subject, body) = setting.sheet.facts, _text(setting.sheet)
    asked = Asked(
        subject=subject, body=body, unit=facts.holder, kind=facts.kind or "", category=facts.category,
        region=facts.region, path=facts.path or "", reported_units=facts.reported_units,
    )  # fmt: skip
    fields = field_names(setting.step)
    return advice(asked, fields, by=request.person, names=setting.names, now=request.now)


def _suggested(attempt: Attempt, form: StepForm) -> dict[str, Any]:
    """What the machine suggests at this moment, for the ledger."""
    setting = attempt.setting
    if setting.step.name not in _CLASSIFIES:
        return {}
    return recorded(setting.step.name, form.given(), *_text(setting.sheet))


def _text(sheet: matters.Sheet) -> tuple[str, str]:
    """Subject and body with which the matter began; empty where they were erased."""
    texts = sheet.entries[0].texts
    return texts.get("subject") or "", texts.get("body") or ""


def _page(attempt: Attempt, name: str, facts: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of the step, or only what stands in its middle."""
    frame = "desk/matter/step_part.html" if attempt.in_place else "desk/matter/step_frame.html"
    facts |= {"frame": frame, "in_place": attempt.in_place}
    return render(attempt.request, f"desk/matter/{name}.html", facts, status=status)


def _second_look(attempt: Attempt, form: StepForm) -> HttpResponse:
    """What is about to be done, in words; nothing is written yet."""
    facts = _common(attempt) | {"form": form, "summary": _summary(form)}
    facts["shown"] = _looked_at(attempt)
    return _page(attempt, "confirm", facts)


def _looked_at(attempt: Attempt) -> looking.Shown | None:
    """What an answer answers, beside it."""
    request, setting = attempt.request, attempt.setting
    return looking.shown(request, setting.sheet, setting.step.name, request.POST)


def _not_now(attempt: Attempt, refusal: Refusal) -> HttpResponse:
    """The step cannot be taken at all; texts that were typed for it stay in sight."""
    if refusal.code == "not_found":
        raise Http404
    if refusal.code == "not_yours":
        raise PermissionDenied
    form = StepForm(attempt.setting, attempt.request.POST)
    facts = _common(attempt) | {
        "why_not": attempt.setting.names.say(refusal),
        "typed": typed_texts(form) if attempt.request.method == "POST" else [],
    }
    return _page(attempt, "refused", facts, _CONFLICT)


def _common(attempt: Attempt) -> dict[str, Any]:
    sheet, names, step = attempt.setting.sheet, attempt.setting.names, attempt.setting.step
    happenings = told(sheet.entries, names)
    news = [one for one in happenings if attempt.overtaken and one.seq > attempt.seen]
    recent, number = _recent(happenings, news), sheet.line.number
    return {
        "line": sheet.line,
        "seen": sheet.facts.last_seq,
        "step": step,
        "title": names.word("step", step.name),
        "explained": names.helping("step", step.name),
        "news": news and drawn(attempt.request, number, news, marked="all"),
        "recent": recent and drawn(attempt.request, number, recent, marked="none"),
        "said": _said(sheet),
    }


def _said(sheet: matters.Sheet) -> str:
    """The words of the latest contact."""
    bodies = [entry.texts.get("body") for entry in sheet.entries]
    return next((body for body in reversed(bodies) if body), "")


def _recent(happenings: Sequence[Happening], news: Sequence[Happening]) -> list[Happening]:
    """The last few entries, the latest first; none that stand among the news."""
    known = [one for one in happenings if one not in news]
    return list(reversed(known[-_RECENT:]))


def _summary(form: StepForm) -> list[tuple[str, str, bool]]:
    """Each field that was filled in: label, words, and whether it is a long text."""
    said: Mapping[str, Any] = form.given()
    names = form.setting.names
    accounts = [value for name, value in said.items() if FIELDS[name].type is FieldType.ACCOUNT]
    people = directory.account_names([*accounts, *said.get("reported_accounts", ())])
    lines = [
        (
            names.word("field", name),
            _words(name, value, form, people),
            FIELDS[name].type is FieldType.TEXT,
        )
        for name, value in said.items()
        if name != attached.FIELD
    ]
    if form.held.files:
        named = listed(file.name for file in form.held.files)
        lines.append((names.word("field", attached.FIELD), named, False))
    if form.happened_at is not None:
        lines.append((_("Happened on"), form.happened_at.strftime("%Y-%m-%d %H:%M"), False))
    return lines


def _words(name: str, value: Any, form: StepForm, people: Mapping[int, str]) -> str:
    if FIELDS[name].type is FieldType.ENTRY:
        return str(dict(form.fields[name].choices)[value])  # type: ignore[attr-defined]
    return value_words(name, value, form.setting.names, people)
