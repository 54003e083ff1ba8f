"""The way of an assessment: begun, described, judged, laid open, concluded, and looked back on."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from xinqiao.directory import queries as directory
from xinqiao.matters import queries as matters
from xinqiao.public_decisions.acting import cleaned, day_of, move
from xinqiao.public_decisions.models import Assessment, CountedMatter, Finding, Happening, Measure
from xinqiao.public_decisions.values import Described
from xinqiao.rules.persons import Person
from xinqiao.rules.public_decisions import (
    ACTS,
    Asked,
    Conclusion,
    Question,
    Stage,
    Standing,
    Verdict,
    may,
    outside_territory,
)
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.rules.units import Units, territory

_TRIES = 5


@transaction.atomic
def begin(unit: str, described: Described, *, by: Person, now: datetime) -> str:
    """Begins an assessment for a unit of the person's. Returns its number. Raises Refused."""
    columns = _columns(unit, described, directory.units())
    look = Asked(
        standing=Standing(unit=unit), person=by, today=day_of(now), units=directory.units(),
        given={"subject": columns["subject"]},
    )  # fmt: skip
    refusal = may(ACTS["begin"], look)
    if refusal is not None:
        raise Refused(refusal)
    row = _numbered(unit, columns, by, now)
    Happening.objects.create(
        assessment=row, seq=1, act="begin", at=now, account=by.account, unit=unit, stage=row.stage
    )
    return row.number


def _numbered(unit: str, columns: Mapping[str, Any], by: Person, now: datetime) -> Assessment:
    drafters = [] if by.account is None else [by.account]
    for _ in range(_TRIES):  # a number may be taken: four random digits of a day
        number = f"JC{day_of(now):%Y%m%d}-{secrets.randbelow(10_000):04d}"
        try:
            with transaction.atomic():
                return Assessment.objects.create(
                    number=number, unit=unit, stage=Stage.DRAFTING, drafters=drafters, created_at=now, seq=1,
                    **columns,
                )  # fmt: skip
        except IntegrityError:
            continue
    raise Refused(Refusal("try_again"))


@transaction.atomic
def describe(number: str, described: Described, *, by: Person, now: datetime) -> None:
    """Says anew what it is about, while the public has not been asked. Raises Refused."""
    row = Assessment.objects.get(number=number)
    columns = _columns(row.unit, described, directory.units())
    move(row, "describe", by=by, now=now, given={"subject": columns["subject"]}, **columns)


def _columns(unit: str, described: Described, units: Units) -> dict[str, Any]:
    """The columns of what is described. Raises Refused for a place that is not the unit's."""
    subject = cleaned(described.subject, multiline=False)[:200]
    if not subject:
        raise Refused(Refusal("decision_field_missing", None, {"part": "subject"}))
    refusal = outside_territory(unit, list(described.regions), units)
    if refusal is not None:
        raise Refused(refusal)
    options = [
        {"name": cleaned(one.name, multiline=False)[:200], "words": cleaned(one.words)}
        for one in described.options
    ]
    return {
        "subject": subject, "background": cleaned(described.background),
        "region": _common(described.regions) or units[unit].region,
        "regions": list(described.regions), "categories": list(described.categories),
        "touched": [asdict(one) for one in described.touched], "options": options,
    }  # fmt: skip


def _common(regions: Sequence[str]) -> str:
    """The region itself, or the smallest one around several; "" without any."""
    if len(set(regions)) < 2:
        return regions[0] if regions else ""
    lines = [territory(region) for region in regions]
    for digits in (6, 4, 2):
        heads = {line[:digits] for line in lines if len(line) >= digits}
        if len(heads) == 1 and all(len(line) >= digits for line in lines):
            return heads.pop().ljust(6, "0")
    return ""


@transaction.atomic
def find(
    number: str, question: Question, verdict: Verdict, words: str, laws: str, *, by: Person, now: datetime,
) -> int:  # fmt: skip
    """Writes what was found on one question, or writes it anew. Returns the id under which its files lie."""
    row = Assessment.objects.get(number=number)
    text = cleaned(words)
    move(
        row, "find", by=by, now=now, given={"words": text},
        facts={"question": str(question), "verdict": str(verdict)}, words=text,
    )  # fmt: skip
    found, _ = Finding.objects.update_or_create(
        assessment=row,
        question=question,
        defaults={"verdict": verdict, "words": text, "laws": cleaned(laws)},
    )
    return int(found.pk)


@transaction.atomic
def plan_measure(
    number: str, words: str, owner: str, due_on: date, *, by: Person, now: datetime
) -> int:
    """A measure that goes with the decision, with its owner (a unit) and its day. Raises Refused."""
    row = Assessment.objects.get(number=number)
    text = cleaned(words)
    if owner not in directory.units():
        raise Refused(Refusal("decision_field_missing", None, {"part": "owner"}))
    if due_on <= day_of(now):
        raise Refused(Refusal("measure_due_in_past", None, {"due": str(day_of(now))}))
    facts = {"owner": owner, "due": str(due_on)}
    move(row, "plan_measure", by=by, now=now, given={"words": text}, words=text, facts=facts)
    made = Measure.objects.create(assessment=row, words=text, owner=owner, due_on=due_on)
    return int(made.pk)


@transaction.atomic
def open_opinions(
    number: str, closes_on: date, short_reason: str, *, by: Person, now: datetime
) -> None:
    """Lays it open: from now to the end of `closes_on` everybody may say what they think."""
    row = Assessment.objects.get(number=number)
    reason = cleaned(short_reason)
    given = {"closes_on": closes_on, "short_reason": reason}
    move(
        row, "open_opinions", by=by, now=now, given=given, words=reason, facts={"due": str(closes_on)},
        opens_on=day_of(now), closes_on=closes_on, short_reason=reason,
    )  # fmt: skip


@transaction.atomic
def close_opinions(number: str, *, by: Person, now: datetime) -> None:
    """From now on opinions are answered. Raises Refused before the promised day has passed."""
    move(Assessment.objects.get(number=number), "close_opinions", by=by, now=now)


@transaction.atomic
def submit(
    number: str, conclusion: Conclusion, words: str, chosen: str, *, by: Person, now: datetime
) -> None:
    """Writes the conclusion and lays it before a head. `chosen` names the option that it speaks for."""
    row = Assessment.objects.get(number=number)
    text = cleaned(words)
    given = {"conclusion": conclusion, "words": text}
    move(
        row, "submit", by=by, now=now, given=given, words=text, facts={"conclusion": str(conclusion)},
        conclusion=conclusion, conclusion_words=text, chosen=cleaned(chosen, multiline=False)[:200],
    )  # fmt: skip


@transaction.atomic
def send_back(number: str, reason: str, *, by: Person, now: datetime) -> None:
    """A head sends it back, with what is wrong."""
    row, text = Assessment.objects.get(number=number), cleaned(reason)
    move(row, "return", by=by, now=now, given={"words": text}, words=text)


@transaction.atomic
def approve(number: str, *, by: Person, now: datetime) -> None:
    """A head who took no part in drafting approves the conclusion; it is public from now on."""
    row = Assessment.objects.get(number=number)
    move(row, "approve", by=by, now=now, approved_by=by.account, approved_on=day_of(now))


@transaction.atomic
def resume(number: str, reason: str, *, by: Person, now: datetime) -> None:
    """What was to wait is taken up again; a new conclusion needs a new approval."""
    row, text = Assessment.objects.get(number=number), cleaned(reason)
    move(
        row, "resume", by=by, now=now, given={"words": text}, words=text,
        conclusion="", approved_by=None, approved_on=None,
    )  # fmt: skip


@transaction.atomic
def take_effect(number: str, effective_on: date, words: str, *, by: Person, now: datetime) -> None:
    """Notes from which day the decision is in force, and its paper. From that day petitions are counted against it."""
    row, text = Assessment.objects.get(number=number), cleaned(words)
    move(
        row, "take_effect", by=by, now=now, given={"effective_on": effective_on}, words=text,
        facts={"day": str(effective_on)}, effective_on=effective_on, effective_words=text,
    )  # fmt: skip


@transaction.atomic
def keep_measure(number: str, measure: int, words: str, *, by: Person, now: datetime) -> None:
    """What was done on a measure. Raises Refused when it was told before, or is none of this assessment."""
    row, text = Assessment.objects.get(number=number), cleaned(words)
    facts = {"measure": measure}
    move(row, "keep_measure", by=by, now=now, given={"words": text}, words=text, facts=facts)
    waiting = Measure.objects.filter(pk=measure, assessment=row, done_on__isnull=True)
    if not waiting.update(done_on=day_of(now), done_words=text):
        raise Refused(Refusal("acted_meanwhile"))


@transaction.atomic
def count_matter(number: str, matter: str, reason: str, *, by: Person, now: datetime) -> None:
    """Counts a matter against the decision by hand, with the reason. Only additions: nobody makes the number fall.

    Raises Refused; `not_found` for a matter that does not exist for the person.
    """
    row, text = Assessment.objects.get(number=number), cleaned(reason)
    found = matters.find(by, matter, now)
    if found is None:
        raise Refused(Refusal("not_found"))
    if CountedMatter.objects.filter(assessment=row, matter_id=found).exists():
        raise Refused(Refusal("matter_counted_already", None))
    move(row, "count_matter", by=by, now=now, given={"words": text}, facts={"matter": found})
    CountedMatter.objects.create(
        assessment=row, matter_id=found, reason=text, at=now, account=by.account
    )


@transaction.atomic
def look_back(number: str, words: str, *, by: Person, now: datetime) -> None:
    """What the assessment was worth, seen from what came after the decision."""
    row, text = Assessment.objects.get(number=number), cleaned(words)
    move(row, "look_back", by=by, now=now, given={"words": text}, words=text, looked_back=text)


@transaction.atomic
def drop(number: str, reason: str, *, by: Person, now: datetime) -> None:
    """Gives the plan up. If the public was asked, it reads the reason."""
    row, text = Assessment.objects.get(number=number), cleaned(reason)
    move(row, "drop", by=by, now=now, given={"words": text}, words=text, conclusion_words=text)
