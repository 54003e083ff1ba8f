"""What can be checked in an answer before it is signed: hints with their sentence beside them, and never a bar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xinqiao.insight.answers import queries
from xinqiao.insight.answers.given import (
    SIGNS,
    WRITTEN,
    answer_in,
    given,
    own_words,
    petition,
    submitted,
)
from xinqiao.insight.answers.values import Earlier
from xinqiao.matters.queries import Sheet, today
from xinqiao.text.answers.demands import Demand, touched
from xinqiao.text.answers.wording import Wording, wording

#: The step that calls an answer perfunctory: the one that went out last is looked at.
_CALLS_PERFUNCTORY = "mark_perfunctory"
LOOKED_AT = frozenset({*WRITTEN, *SIGNS, _CALLS_PERFUNCTORY}) - {"record_answer"}
#: So many demands are shown, and so many characters of a petition are read for them.
MOST, _READ = 12, 20_000


@dataclass(frozen=True, kw_only=True)
class Look:
    """The facts of a draft. `wording` is None where nothing is written yet, and then no demand is `touched`.

    `demands`, in the order of the petition, are `MOST` at the most, rather those untouched; `more` are left out.
    `days`: from receipt until it went out, or until now.
    """

    demands: Sequence[tuple[Demand, bool]]
    more: int
    wording: Wording | None
    days: int | None
    earlier: Earlier | None

    @property
    def untouched(self) -> int:
        """How many of the demands shown the draft hardly touches."""
        return sum(not there for _, there in self.demands)


def look(sheet: Sheet, step: str, typed: Mapping[str, Any], now: datetime) -> Look:
    """What can be checked in what was typed for this step; for a head who signs, in what waits to be signed."""
    answer, own, until = _words(sheet, step, typed, now)
    found = touched(petition(sheet.entries, step)[:_READ], answer)
    received = sheet.facts.received_on
    return Look(
        demands=_shown(found),
        more=max(0, len(found) - MOST),
        wording=wording(answer) if answer.strip() else None,
        days=(today(until) - received).days if received else None,
        earlier=queries.likest(sheet.case.person, own, now, but=sheet.line.id) if own else None,
    )


def _shown(found: Sequence[tuple[Demand, bool]]) -> list[tuple[Demand, bool]]:
    first = sorted(range(len(found)), key=lambda place: (found[place][1], place))[:MOST]
    return [found[place] for place in sorted(first)]


def _words(
    sheet: Sheet, step: str, typed: Mapping[str, Any], now: datetime
) -> tuple[str, str, datetime]:
    """The answer, of it the words that are its own, and when it went out, or now."""
    if step == _CALLS_PERFUNCTORY:
        last = next(iter(reversed(given(sheet.entries))), None)
        return (last.words, last.own, last.at) if last else ("", "", now)
    if step in SIGNS:
        told = submitted(sheet.entries, step)
        written, texts = (told.step, told.texts) if told else (SIGNS[step], {})
        return answer_in(written, texts), own_words(written, texts), now
    return answer_in(step, typed), own_words(step, typed), now
