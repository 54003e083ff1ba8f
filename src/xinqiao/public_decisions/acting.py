"""What every act on an assessment or a call has in common: ask the rules, move the row, write the history."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from xinqiao.directory import queries as directory
from xinqiao.evidence import queries as evidence
from xinqiao.matters.queries import today
from xinqiao.public_decisions.models import Assessment, Call, Finding, Happening, Suggestion
from xinqiao.public_decisions.values import FINDING
from xinqiao.rules.persons import Person
from xinqiao.rules.public_decisions import (
    ACTS,
    Asked,
    By,
    Conclusion,
    Found,
    Question,
    Stage,
    Standing,
    Verdict,
    approving_units,
    may,
)
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.rules.suggestion_calls import CALL_ACTS, CallAsked, CallStage, CallStanding, may_call
from xinqiao.text.clean import Problem, clean_text
from xinqiao.text.personal_numbers import seen_in

#: Acts with which one has a hand in what a head approves later.
_DRAFTING = frozenset({
    "begin", "describe", "find", "plan_measure", "answer", "enter_opinion", "open_opinions", "submit",
})  # fmt: skip
Facts = Mapping[str, str | int]


def standing_of(row: Assessment) -> Standing:
    """The assessment as the rules see it."""
    conclusion = Conclusion(row.conclusion) if row.conclusion else None
    return Standing(
        stage=Stage(row.stage), unit=row.unit, region=row.region, drafters=frozenset(row.drafters),
        areas=len(row.regions) if row.categories else 0, options=len(row.options), touched=len(row.touched),
        findings=_found(row), opens_on=row.opens_on, closes_on=row.closes_on, opinions=row.opinions,
        unanswered=row.unanswered, measures=row.measures.count(), conclusion=conclusion, approved_on=row.approved_on,
        effective_on=row.effective_on, looked_back=bool(row.looked_back),
    )  # fmt: skip


def _found(row: Assessment) -> dict[Question, Found]:
    """Each finding with how many things it rests on: laws, a line each, and files."""
    findings = list(row.findings.all())
    files = evidence.files_of_each(FINDING, [one.pk for one in findings])
    return {Question(one.question): _proved(one, len(files[one.pk])) for one in findings}


def _proved(finding: Finding, files: int) -> Found:
    laws = [line for line in finding.laws.splitlines() if line.strip()]
    return Found(verdict=Verdict(finding.verdict), proofs=len(laws) + files)


def asked(row: Assessment, by: Person, now: datetime, given: Mapping[str, object]) -> Asked:
    """All that the rules may look at when this person asks."""
    return Asked(
        standing=standing_of(row), person=by, today=today(now), units=directory.units(), given=given
    )


def call_standing(row: Call) -> CallStanding:
    """The call as the rules see it."""
    return CallStanding(
        stage=CallStage(row.stage), unit=row.unit, opens_on=row.opens_on, closes_on=row.closes_on,
        undecided=Suggestion.objects.filter(call=row, adoption="").count(),
    )  # fmt: skip


def move(
    row: Assessment, act: str, *, by: Person, now: datetime, given: Mapping[str, object] | None = None,
    words: str = "", facts: Facts | None = None, **columns: Any,
) -> None:  # fmt: skip
    """Takes one act: asks the rules, changes the row, writes the history. Raises Refused; then nothing is written.

    The row is changed only if it is still the one that was read: of two at once, the second is told.
    """
    line = ACTS[act]
    _refuse(may(line, asked(row, by, now, given or {"words": words or "-"})))
    if act in _DRAFTING and by.account is not None:
        columns["drafters"] = sorted({*row.drafters, by.account})
    columns |= {"stage": line.end or row.stage, "seq": row.seq + 1}
    if not Assessment.objects.filter(pk=row.pk, seq=row.seq).update(**columns):
        raise Refused(Refusal("acted_meanwhile"))
    for name, value in columns.items():
        setattr(row, name, value)
    Happening.objects.create(
        assessment=row, seq=row.seq, act=act, at=now, account=by.account, unit=_unit(line.by, row.unit, by),
        stage=row.stage, words=words, facts=dict(facts or {}),
    )  # fmt: skip


def move_call(
    row: Call, act: str, *, by: Person, now: datetime, given: Mapping[str, object] | None = None,
    words: str = "", facts: Facts | None = None, **columns: Any,
) -> None:  # fmt: skip
    """The same for a call."""
    line = CALL_ACTS[act]
    look = CallAsked(
        standing=call_standing(row),
        person=by,
        today=today(now),
        given=given or {"words": words or "-"},
    )
    _refuse(may_call(line, look))
    columns |= {"stage": line.end or row.stage, "seq": row.seq + 1}
    if not Call.objects.filter(pk=row.pk, seq=row.seq).update(**columns):
        raise Refused(Refusal("acted_meanwhile"))
    for name, value in columns.items():
        setattr(row, name, value)
    Happening.objects.create(
        call=row, seq=row.seq, act=act, at=now, account=by.account, unit=row.unit if by.units() else "",
        stage=row.stage, words=words, facts=dict(facts or {}),
    )  # fmt: skip


def _unit(by: By, drafting: str, person: Person) -> str:
    """The unit for which the person acted."""
    if by is By.DRAFTER:
        return drafting
    return min(approving_units(drafting, directory.units()) & person.units(), default="")


def _refuse(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise Refused(refusal)


def cleaned(text: str, *, multiline: bool = True) -> str:
    """The text as it may be kept. Raises Refused for one that is too long."""
    found = clean_text(text, multiline=multiline)
    if isinstance(found, Problem):
        raise Refused(Refusal(found.code, None, {"field": "body", **found.facts}))
    return found.text


def releasable(text: str) -> str:
    """The text as everybody may read it. Raises Refused while a number of somebody stands in it."""
    clean = cleaned(text)
    numbers = seen_in(clean)
    if numbers:
        raise Refused(Refusal("personal_numbers_left", None, {"numbers": ", ".join(numbers)}))
    return clean


def day_of(now: datetime) -> date:
    """The date in Shanghai."""
    return today(now)
