"""The rule of the next appeal in plain words: from when until when, under which article, who decides."""

from django.utils.translation import gettext as _

from xinqiao.law.clocks import Clock
from xinqiao.lookup.words import Words, day_words
from xinqiao.matters.queries import Sheet
from xinqiao.rules import glossary
from xinqiao.rules.states import Kind

#: The duty of whoever decides next, while the petitioner waits for what may be contested.
_AWAITED = {
    "request_review": ("handle_extended", "handle", "simple_handle"),
    "request_reexamination": ("review",),
}


def rule(sheet: Sheet, step: str, words: Words) -> list[str]:
    """Sentences about the appeal that is next; none for suggestions and reports, which have no appeal."""
    if sheet.facts.kind not in {None, Kind.CLAIM}:
        return []
    window = _last(sheet, (step,))
    article = glossary.cite(window.article if window else _article(sheet, step), words.language)
    told = [_right(step) % {"article": article}]
    if window is not None and window.due_day is not None:
        days = {"start": day_words(window.start), "due": day_words(window.due_day)}
        told.append(
            _("In your matter it was delivered on %(start)s; the last day is %(due)s.") % days
        )
        return told
    awaited = _last(sheet, _AWAITED[step])
    if awaited is not None and awaited.met_on is None and awaited.due_day is not None:
        due = {"due": day_words(awaited.due_day)}
        told.append(_("You are still waiting for it: it is due by %(due)s.") % due)
    return told


def _right(step: str) -> str:
    if step == "request_review":
        return _(
            "Whoever disagrees with a handling opinion may ask the organ one level up for a review, within"
            " 30 days of its delivery (%(article)s)."
        )
    return _(
        "Whoever disagrees with a review opinion may ask the organ one level above the reviewing one for a"
        " re-examination, within 30 days of its delivery (%(article)s)."
    )


def _last(sheet: Sheet, ids: tuple[str, ...]) -> Clock | None:
    """The newest clock with one of these ids, those named first before the others."""
    for name in ids:
        found = [clock for clock in sheet.clocks if clock.id == name]
        if found:
            return found[-1]
    return None


def _article(sheet: Sheet, step: str) -> str | None:
    return next((offered.article for offered, _ in sheet.offered if offered.name == step), None)
