"""What can be checked in an answer before it is signed: hints with their sentence beside them, and never a bar."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xinqiao.insight.answers import queries
from xinqiao.insight.answers.given import (
    SAYING,
    SIGNS,
    WRITTEN,
    answer_in,
    given,
    own_words,
    petition,
    submitted,
    told_of,
)
from xinqiao.insight.answers.values import Earlier
from xinqiao.law.clocks import Clock, ClockState
from xinqiao.matters import queries as matters
from xinqiao.matters.queries import Sheet, Told, today
from xinqiao.rules.persons import Person
from xinqiao.text.answers.demands import Demand, touched
from xinqiao.text.answers.wording import Wording, wording

#: The step that calls an answer perfunctory: the one that went out last is looked at.
_CALLS_PERFUNCTORY = "mark_perfunctory"
LOOKED_AT = frozenset({*WRITTEN, *SIGNS, _CALLS_PERFUNCTORY}) - {"record_answer"}
#: So many demands are shown, and so many characters of a petition are read for them.
MOST, _READ = 12, 20_000
#: The limits within which a petition is to be answered; an appeal has one of its own.
_LIMITS = ("handle", "handle_extended", "simple_handle")
_LIMITS_OF = {
    "issue_review_opinion": ("review",),
    "issue_reexamination_opinion": ("reexamine",),
    _CALLS_PERFUNCTORY: (*_LIMITS, "review", "reexamine"),
}


@dataclass(frozen=True, kw_only=True)
class Look:
    """The facts of a draft. `wording` is None where nothing is written yet, and then no demand is `touched`.

    `demands`, in the order of the petition, are `MOST` at the most, rather those untouched; of `asked` that were found
    `untouched` are hardly touched. `together`: so many matters that are handled with this one are read, too.
    `days`: from receipt until it went out, or until now; `limit`: by when it had to, None where nothing runs.
    """

    demands: Sequence[tuple[Demand, bool]]
    asked: int
    untouched: int
    together: int
    wording: Wording | None
    days: int | None
    limit: Clock | None
    earlier: Earlier | None

    @property
    def more(self) -> int:
        """How many demands are not shown."""
        return self.asked - len(self.demands)


def look(sheet: Sheet, step: str, typed: Mapping[str, Any], now: datetime) -> Look:
    """What can be checked in what was typed for this step; for a head who signs, in what waits to be signed."""
    answer, own, until = _words(sheet, step, typed, now)
    others = _of_others(sheet.facts.carries, sheet.case.person, now)
    said = [petition(entries, step) for entries in (sheet.entries, *others)]
    found = touched("\n".join(said)[:_READ], answer)
    received = sheet.facts.received_on
    return Look(
        demands=_shown(found),
        asked=len(found),
        untouched=sum(not there for _, there in found),
        together=len(others),
        wording=wording(answer) if answer.strip() else None,
        days=(today(until) - received).days if received else None,
        limit=_limit(sheet, step),
        earlier=queries.likest(sheet.case.person, own, now, but=sheet.line.id) if own else None,
    )


def _of_others(carried: Collection[int], person: Person, now: datetime) -> list[Sequence[Told]]:
    """What those said whose matters are handled together with this one, and get the same answer: as far as the person
    may see them."""
    if not carried:
        return []
    seen = matters.scope(person, now).filter(id__in=list(carried))
    ids = list(seen.order_by("id").values_list("id", flat=True))
    told = told_of(ids, SAYING)
    return [told.get(one, ()) for one in ids]


def _limit(sheet: Sheet, step: str) -> Clock | None:
    """The last day for this answer: of several the one that counts, since an extension or a new handling came after."""
    asked = _LIMITS_OF.get(step, _LIMITS)
    counting = (one for one in sheet.clocks if one.id in asked and one.state != ClockState.VOID)
    return max(counting, key=lambda one: (one.start, one.due_day or one.start), default=None)


def _shown(found: Sequence[tuple[Demand, bool]]) -> list[tuple[Demand, bool]]:
    first = sorted(range(len(found)), key=lambda place: (found[place][1], place))[:MOST]
    return [found[place] for place in sorted(first)]


def _words(
    sheet: Sheet, step: str, typed: Mapping[str, Any], now: datetime
) -> tuple[str, str, datetime]:
    """The answer, of it the words that are its own, and when it went out, or now."""
    if step == _CALLS_PERFUNCTORY:
        last = next(iter(reversed(given(sheet.entries, carried=True))), None)
        return (last.words, last.own, last.at) if last else ("", "", now)
    if step in SIGNS:
        told = submitted(sheet.entries, step)
        written, texts = (told.step, told.texts) if told else (SIGNS[step], {})
        return answer_in(written, texts), own_words(written, texts), now
    return answer_in(step, typed), own_words(step, typed), now
