"""An official paper of a matter, made from the entry that issued it, for reading and for printing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xinqiao.desk.access import DeskRequest, for_staff, sheet_of
from xinqiao.desk.matter.told import Happening, told
from xinqiao.matters.queries import Told
from xinqiao.rules.fields import ACCOUNTS
from xinqiao.rules.table import STEPS

#: Papers whose words were written by an earlier step: the head signs what the officer drafted.
SOURCES: Mapping[str, str] = {
    "issue_opinion": "submit_opinion",
    "approve_extension": "request_extension",
}
#: What a paper does not say: it is for the office.
_INSIDE = {*ACCOUNTS, "accounts_note", "files", "approver"}


@require_safe
@for_staff
def paper(request: DeskRequest, number: str, seq: int) -> HttpResponse:
    """The paper that entry `seq` issued. Raises Http404 when it issued none."""
    sheet = sheet_of(request, number)
    entry = next((one for one in sheet.entries if one.seq == seq), None)
    if entry is None or not STEPS[entry.step].paper:
        raise Http404
    source = _source(entry, sheet.entries)
    spoken = told([_outward(source), _outward(entry)], request.names)
    facts: dict[str, Any] = {
        "line": sheet.line,
        "law": sheet.law,
        "paper": STEPS[entry.step].paper,
        "entry": spoken[-1],
        "words": _words(spoken if source is not entry else spoken[-1:]),
        "unit": entry.unit,
        "revoked": any(
            one.step == "revoke" and one.payload["entry"] == seq for one in sheet.entries
        ),
        "subject": sheet.line.subject,
    }
    return render(request, "desk/matter/paper.html", facts)


def _source(entry: Told, entries: Sequence[Told]) -> Told:
    """The last entry before this one that holds the words of its paper."""
    step = SOURCES.get(entry.step, "")
    before = [one for one in entries if one.step == step and one.seq < entry.seq]
    return before[-1] if before else entry


def _outward(entry: Told) -> Told:
    """The entry without what the paper does not say."""
    return replace(
        entry,
        payload={name: said for name, said in entry.payload.items() if name not in _INSIDE},
        texts={name: text for name, text in entry.texts.items() if name not in _INSIDE},
    )


def _words(entries: Sequence[Happening]) -> list[tuple[str, str | None]]:
    """Long texts first as they were written, then the facts."""
    texts = [text for one in entries for text in one.texts]
    return [*texts, *[fact for one in entries for fact in one.facts]]
