"""Assessing a year, appealing a score, answering the appeal."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from xinqiao.directory import queries as directory
from xinqiao.evidence import actions as evidence
from xinqiao.evidence.values import FileInfo, Owner
from xinqiao.matters.queries import today
from xinqiao.rules.assessment import appealed
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.rules.targets import ARTICLE, heads, offices_answering, offices_headed, told
from xinqiao.targets.models import Assessment, ScoreAppeal
from xinqiao.targets.plans import acting, files, places, scoring
from xinqiao.targets.plans.scoring import Made
from xinqiao.targets.plans.values import APPEAL, CENTS, Subject, Verb
from xinqiao.targets.values import Place, Scale


@transaction.atomic
def assess(
    office: str, year: int, *, by: Person, now: datetime, as_of: datetime | None = None
) -> int:
    """Scores every target of a year that is over, from the figures as of a moment (now, if none is given).

    What was appealed keeps its points. Returns how many scores were written. Raises Refused: `targets_not_yours`,
    `year_closed`, `year_not_over`, `moment_in_future`, `score_appeals_open`, `year_without_targets`, `figures_missing`.
    """
    assessor(by, office)
    acting.still_open(office, year)
    moment = moment_of(as_of, year, now)
    nothing_appealed(office, year)
    kept = set(
        Assessment.objects.filter(office=office, year=year, appeal__isnull=False)
        .values_list("scale", "place", "indicator")
    )  # fmt: skip
    before = list(Assessment.objects.filter(office=office, year=year, appeal__isnull=True))
    Assessment.objects.filter(pk__in=[one.pk for one in before]).delete()
    found = scoring.made(office, year, moment, by=by, now=now)
    written = [
        one for one in found
        if (one.binding.place.scale, one.binding.place.code, one.binding.indicator) not in kept
    ]  # fmt: skip
    rows = [_write(office, year, one, moment, by, now) for one in written]
    for gone in {_key(one) for one in before} - {_key(one) for one in rows}:  # no target of today
        acting.noted(
            Verb.WITHDRAW, Subject.SCORE, gone, office=office, year=year, by=by, now=now, said={}
        )
    for row in rows:
        _noted(Verb.ASSESS, row, by, now)
    return len(rows)


def _write(
    office: str, year: int, made: Made, as_of: datetime, by: Person, now: datetime
) -> Assessment:
    bound, score = made.binding, made.score
    return Assessment.objects.create(
        office=office, year=year, scale=bound.place.scale, place=bound.place.code,
        unit=places.answering(bound.place, today(now)), indicator=bound.indicator, aimed=bound.aimed,
        counts=made.figure.counts, of=made.figure.of, band=made.band, points=int(score.points * CENTS),
        full=int(score.full * CENTS), derivation=[asdict(line) for line in score.derivation], as_of=as_of, at=now,
        by=by.account,
    )  # fmt: skip


@transaction.atomic
def appeal(
    score: int, reason: str, kept: list[FileInfo], *, by: Person, now: datetime
) -> int:  # fmt: skip
    """Says something against a score of one's own unit, once, with files that are kept. Returns the appeal's id.

    Raises Refused: `score_not_yours`, `year_closed`, `score_appeal_window`, `score_appealed_already`, `field_missing`.
    """
    row = Assessment.objects.filter(pk=score).first()
    if row is None:
        raise Refused(Refusal("not_found"))
    if not heads(by, row.unit):
        raise Refused(Refusal("score_not_yours", ARTICLE, {"unit": row.unit}))
    acting.still_open(row.office, row.year)
    scale = files.scale()
    last_day = today(row.at) + timedelta(days=scale.appeal_days)
    if today(now) > last_day:
        facts = {"days": str(scale.appeal_days), "due": str(last_day)}
        raise Refused(Refusal("score_appeal_window", ARTICLE, facts))
    try:
        with transaction.atomic():
            made = ScoreAppeal.objects.create(
                assessment=row, unit=row.unit, reason=acting.words(reason, "reason"), at=now, by=by.account,
                due=today(now) + timedelta(days=scale.answer_days), before=row.points,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(Refusal("score_appealed_already", ARTICLE)) from error
    if kept:
        evidence.hand_over([one.id for one in kept], to=Owner(kind=APPEAL, id=made.pk))
    _noted_appeal(Verb.APPEAL, made, by, now)
    return made.pk


@transaction.atomic
def answer(made: int, points: int, why: str, *, by: Person, now: datetime) -> None:
    """Answers an appeal: the points that stand from now on, in hundredths, and why.

    Raises Refused: `score_answer_not_yours`, `score_answered_already`, `points_out_of_range`, `year_closed`,
    `field_missing`.
    """
    row = ScoreAppeal.objects.select_related("assessment").filter(pk=made).first()
    if row is None:
        raise Refused(Refusal("not_found"))
    score, units = row.assessment, directory.units()
    own = [one for one in offices_answering(score.office, row.unit, units) if heads(by, one)]
    if not own or by.account == row.by:
        raise Refused(Refusal("score_answer_not_yours", ARTICLE))
    acting.still_open(score.office, score.year)
    if not 0 <= points <= score.full:
        raise Refused(
            Refusal(
                "points_out_of_range", ARTICLE, {"low": "0", "high": told(score.full, True)[:-1]}
            )
        )
    said = acting.words(why, "reason")
    answered = ScoreAppeal.objects.filter(pk=row.pk, answered_at=None).update(
        answer=said, after=points, answered_at=now, answered_by=by.account, answered_for=own[0]
    )
    if not answered:  # somebody was quicker
        raise Refused(Refusal("score_answered_already", ARTICLE))
    row.refresh_from_db()
    if points != row.before:
        line = appealed(row.before, points, said)
        score.points, score.derivation = points, [*score.derivation, asdict(line)]
        score.save(update_fields=["points", "derivation"])
    _noted_appeal(Verb.ANSWER, row, by, now)
    _noted(Verb.ANSWER, score, by, now)


def nothing_appealed(office: str, year: int) -> None:
    """Raises Refused `score_appeals_open`, with how many."""
    count = ScoreAppeal.objects.filter(
        assessment__office=office, assessment__year=year, answered_at=None
    ).count()
    if count:
        raise Refused(Refusal("score_appeals_open", ARTICLE, {"count": str(count)}))


def assessor(by: Person, office: str) -> None:
    """Raises Refused `targets_not_yours` unless this person assesses for the office."""
    if office not in offices_headed(by, directory.units()):
        raise Refused(Refusal("targets_not_yours", ARTICLE, {"unit": office}))


def moment_of(as_of: datetime | None, year: int, now: datetime) -> datetime:
    """The moment whose figures count. Raises Refused."""
    moment = as_of or now
    if moment > now:
        raise Refused(Refusal("moment_in_future", ARTICLE))
    if today(moment).year <= year:
        raise Refused(Refusal("year_not_over", ARTICLE, {"year": str(year)}))
    return moment


def _noted(verb: Verb, row: Assessment, by: Person, now: datetime) -> None:
    columns = (
        "scale",
        "place",
        "unit",
        "indicator",
        "aimed",
        "counts",
        "of",
        "band",
        "points",
        "full",
        "derivation",
    )
    said: dict[str, Any] = {name: getattr(row, name) for name in columns}
    acting.noted(
        verb, Subject.SCORE, _key(row), office=row.office,
        year=row.year, by=by, now=now, said=said | {"as_of": row.as_of.isoformat()},
        place=Place(scale=Scale(row.scale), code=row.place),
    )  # fmt: skip


def _noted_appeal(verb: Verb, row: ScoreAppeal, by: Person, now: datetime) -> None:
    score = row.assessment
    said = {
        "unit": row.unit, "indicator": score.indicator, "reason": row.reason, "due": str(row.due),
        "before": row.before, "after": row.after, "answer": row.answer, "answered_for": row.answered_for,
    }  # fmt: skip
    acting.noted(
        verb, Subject.APPEAL, _key(score),
        office=score.office, year=score.year, by=by, now=now, said=said,
        place=Place(scale=Scale(score.scale), code=score.place),
    )  # fmt: skip


def _key(row: Assessment) -> str:
    """What names a score in the history: the row may be made anew."""
    return f"{row.office}/{row.year}/{row.scale}/{row.place}/{row.indicator}"
