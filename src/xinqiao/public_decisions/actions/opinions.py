"""Opinions on a planned decision: given by anybody, entered from hearings and visits, answered, released to be read."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from xinqiao.public_decisions import queries
from xinqiao.public_decisions.acting import Facts, asked, cleaned, move, releasable
from xinqiao.public_decisions.models import Answer, Assessment, Opinion
from xinqiao.public_decisions.queries import OpinionFilters
from xinqiao.public_decisions.values import Heed, NewOpinion, Source
from xinqiao.rules.persons import Person
from xinqiao.rules.public_decisions import ACTS, Stage, may
from xinqiao.rules.refusals import Refusal, Refused

_MOST_PEOPLE = 10_000_000


def give(number: str, opinion: NewOpinion, *, by: Person, now: datetime) -> int:
    """Keeps one opinion: of somebody of the public, or entered by staff from a hearing, a survey, a visit.

    Returns its number within the assessment; the same `request_key` gives the first number again.
    Raises Refused, naming why; then nothing is kept.
    """
    try:
        with transaction.atomic():
            return _give(number, opinion, by, now)
    except IntegrityError:
        earlier = _earlier(opinion.request_key)
        if earlier is None:
            raise
        return earlier


def _earlier(request_key: str | None) -> int | None:
    if not request_key:
        return None
    row = Opinion.objects.filter(request_key=request_key)
    return row.values_list("number", flat=True).first()


def _give(number: str, opinion: NewOpinion, by: Person, now: datetime) -> int:
    earlier = _earlier(opinion.request_key)
    if earlier is not None:
        return earlier
    row = Assessment.objects.get(number=number)
    words = cleaned(opinion.words)
    public = opinion.source is Source.PORTAL
    refusal = may(
        ACTS["take_part" if public else "enter_opinion"], asked(row, by, now, {"words": words})
    )
    if refusal is None and not 1 <= opinion.people <= _MOST_PEOPLE:
        refusal = Refusal("decision_field_missing", None, {"part": "people"})
    if refusal is not None:
        raise Refused(refusal)
    return _kept(row, opinion, words, by, now)


def _kept(row: Assessment, opinion: NewOpinion, words: str, by: Person, now: datetime) -> int:
    """The number comes from the assessment's own count, which the database changes for one at a time.

    What staff enter is part of the history; the public does not wait for that.
    """
    counted: dict[str, Any] = {"opinions": F("opinions") + 1, "unanswered": F("unanswered") + 1}
    if by.account is None:
        still = Assessment.objects.filter(pk=row.pk, stage=Stage.GATHERING)
        if not still.update(**counted):
            raise Refused(Refusal("acted_meanwhile"))
    else:
        facts: Facts = {"source": str(opinion.source), "people": opinion.people}
        move(row, "enter_opinion", by=by, now=now, given={"words": words}, facts=facts, **counted)
    place = Assessment.objects.values_list("opinions", flat=True).get(pk=row.pk)
    Opinion.objects.create(
        assessment=row, number=place, source=opinion.source, stance=opinion.stance, role=opinion.role,
        people=opinion.people, words=words, at=now, entered_by=by.account, request_key=opinion.request_key,
    )  # fmt: skip
    return place


@transaction.atomic
def write_answer(
    number: str, title: str, words: str, heed: Heed, *, by: Person, now: datetime, answer: int | None = None,
) -> int:  # fmt: skip
    """Writes the answer to one kind of opinion, or writes it anew. Returns its id. Raises Refused."""
    row = Assessment.objects.get(number=number)
    title, text = cleaned(title, multiline=False)[:100], cleaned(words)
    if not title:
        raise Refused(Refusal("decision_field_missing", None, {"part": "title"}))
    taken = Answer.objects.filter(assessment=row, title=title).values_list("id", flat=True).first()
    if taken is not None and taken != answer:
        raise Refused(Refusal("answer_title_taken", None))
    facts = {"heed": str(heed), "title": title}
    move(row, "answer", by=by, now=now, given={"words": text}, words=text, facts=facts)
    if answer is None:
        made = Answer.objects.create(assessment=row, title=title, words=text, heed=heed)
        return int(made.pk)
    Answer.objects.filter(pk=answer, assessment=row).update(title=title, words=text, heed=heed)
    return answer


@transaction.atomic
def put_under(
    number: str, answer: int, *, by: Person, now: datetime,
    opinions: Collection[int] = (), filters: OpinionFilters | None = None,
) -> int:  # fmt: skip
    """Puts opinions under an answer: those of these numbers, or all that `filters` find. Returns how many moved.

    Raises Refused when it is not theirs, or when the answer is none of this assessment.
    """
    row = Assessment.objects.get(number=number)
    found = queries.filtered(row.pk, filters or OpinionFilters())
    if filters is None:
        found = found.filter(number__in=list(opinions))
    found = found.exclude(answer_id=answer)
    if not Answer.objects.filter(pk=answer, assessment=row).exists():
        raise Refused(Refusal("answer_unknown", None))
    fresh = found.filter(answer__isnull=True).count()
    facts = {"answer": answer, "number": found.count()}
    move(
        row, "answer", by=by, now=now, given={"words": "-"}, facts=facts, unanswered=F("unanswered") - fresh,
    )  # fmt: skip
    return found.update(answer_id=answer)


@transaction.atomic
def release(number: str, opinion: int, shown: str, *, by: Person, now: datetime) -> None:
    """Lets everybody read an opinion in these words; nothing takes it back. Raises Refused while a number of somebody
    stands in them.
    """
    row = Assessment.objects.get(number=number)
    text = releasable(shown) if shown else ""
    facts = {"opinion": opinion}
    move(row, "release", by=by, now=now, given={"words": text or "-"}, words=text, facts=facts)
    Opinion.objects.filter(assessment=row, number=opinion).update(shown=text)
