"""Reading assessments and opinions: for staff in their scope, for everybody what is public."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from xinqiao.directory import queries as directory
from xinqiao.matters.queries import today
from xinqiao.public_decisions.acting import asked
from xinqiao.public_decisions.models import (
    Answer,
    Assessment,
    CountedMatter,
    Finding,
    Happening,
    Measure,
    Opinion,
)
from xinqiao.public_decisions.values import Answer as AnswerValue
from xinqiao.public_decisions.values import (
    AssessmentLine,
    AssessmentSheet,
    Described,
    Heed,
    Option,
    Role,
    Source,
    Stance,
    Touched,
)
from xinqiao.public_decisions.values import Finding as FindingValue
from xinqiao.public_decisions.values import Happening as HappeningValue
from xinqiao.public_decisions.values import Measure as MeasureValue
from xinqiao.public_decisions.values import Opinion as OpinionValue
from xinqiao.rules.persons import Person, PersonKind
from xinqiao.rules.public_decisions import (
    TABLE,
    Act,
    By,
    Conclusion,
    Question,
    Stage,
    Verdict,
    may,
    stands_by,
)
from xinqiao.rules.refusals import Refusal
from xinqiao.rules.units import UnitKind, territory

#: So many happenings of an assessment or a call are told; a survey enters thousands.
MOST_TOLD = 100
_OVER_A_PLACE = frozenset({UnitKind.PETITION_OFFICE, UnitKind.GOVERNMENT})
#: What everybody may read of: what is being asked, and what was decided or given up after asking.
PUBLIC = (Stage.GATHERING, Stage.WEIGHING, Stage.SUBMITTED, Stage.CONCLUDED, Stage.DROPPED)


@dataclass(frozen=True, kw_only=True)
class OpinionFilters:
    """What a list of opinions may be narrowed by; empty values do not narrow. `answer` 0: those without one."""

    stance: str = ""
    source: str = ""
    role: str = ""
    answer: int | None = None
    words: str = ""


def scoped(person: Person, now: datetime) -> Q:
    """Which rows with `unit` and `region` exist for this person: one scope for assessments and for calls.

    A unit sees its own. Petition offices and governments see what lies in their territory, and what covers it.
    """
    if person.kind is PersonKind.SYSTEM:
        return Q()
    units, day, own = directory.units(), today(now), person.units()
    found = Q(unit__in=sorted(own))
    for code in own:
        unit = units.by_code.get(code)
        if unit is not None and unit.kind in _OVER_A_PLACE and unit.exists_on(day):
            area = territory(unit.region)
            around = [area[:digits].ljust(6, "0") for digits in (2, 4, 6) if digits < len(area)]
            found |= Q(region__startswith=area) | Q(region__in=around)
    return found


def scope(person: Person, now: datetime) -> QuerySet[Assessment]:
    """The assessments that exist for this person. What another unit drafts exists for it once the public is asked."""
    rows = Assessment.objects.filter(scoped(person, now))
    if person.kind is PersonKind.SYSTEM:
        return rows
    line = {below for code in person.units() for below in directory.units().subtree(code)}
    return rows.filter(Q(unit__in=sorted(line)) | ~Q(stage=Stage.DRAFTING))


def page(
    person: Person, stage: str, words: str, number: int, size: int, now: datetime
) -> list[AssessmentLine]:
    """One page of the assessments, the newest first, and one more line if another page follows."""
    rows = scope(person, now)
    if stage:
        rows = rows.filter(stage=stage)
    if words:
        rows = rows.filter(Q(subject__icontains=words) | Q(number=words))
    start = (number - 1) * size
    return [_line(row) for row in rows.order_by("-id")[start : start + size + 1]]


def find(person: Person, number: str, now: datetime) -> int | None:
    """The row id of the assessment with this number, if it exists for this person."""
    return scope(person, now).filter(number=number).values_list("id", flat=True).first()


def sheet(person: Person, number: str, now: datetime) -> AssessmentSheet | None:
    """The assessment opened by this person; None when it does not exist for them."""
    row = scope(person, now).filter(number=number).first()
    return _sheet(row, history=True) if row else None


def offered(person: Person, number: str, now: datetime) -> list[tuple[Act, Refusal | None]]:
    """The acts that are this person's on this assessment, each with None or the reason why not now.

    Those of other stages are left out, as are those of the public.
    """
    row = scope(person, now).get(number=number)
    look = asked(row, person, now, {})
    return [
        (act, may(act, look))
        for act in TABLE
        if act.by is not By.PUBLIC and Stage(row.stage) in act.start and stands_by(act.by, look)
    ]


def finding_of(person: Person, number: str, finding: int, now: datetime) -> bool:
    """Whether this finding is one of this assessment, and the assessment exists for the person."""
    rows = Finding.objects.filter(pk=finding, assessment__number=number)
    return rows.filter(assessment__in=scope(person, now)).exists()


def filtered(assessment: int, filters: OpinionFilters) -> QuerySet[Opinion]:
    """The opinions on an assessment that these filters find."""
    rows = Opinion.objects.filter(assessment_id=assessment)
    for name in ("stance", "source", "role"):
        if getattr(filters, name):
            rows = rows.filter(**{name: getattr(filters, name)})
    if filters.answer is not None:
        put = Q(answer_id=filters.answer) if filters.answer else Q(answer__isnull=True)
        rows = rows.filter(put)
    return rows.filter(words__icontains=filters.words) if filters.words else rows


def opinions(assessment: int, filters: OpinionFilters, after: int, size: int) -> list[OpinionValue]:
    """So many opinions with numbers beyond `after`, and one more if others follow. The caller asked for the scope."""
    rows = filtered(assessment, filters).filter(number__gt=after).order_by("number")
    return [opinion_value(row) for row in rows[: size + 1]]


def opinion(assessment: int, number: int) -> OpinionValue | None:
    """One opinion by its number."""
    row = Opinion.objects.filter(assessment_id=assessment, number=number).first()
    return opinion_value(row) if row else None


def stances(assessment: int) -> dict[Stance, int]:
    """How many opinions of each stance; a hearing's or a survey's count as many as said so."""
    rows = Opinion.objects.filter(assessment_id=assessment).order_by()
    found = dict(rows.values_list("stance").annotate(Sum("people")))
    return {stance: found.get(str(stance), 0) for stance in Stance}


def answers(assessment: int) -> list[AnswerValue]:
    """The answers of an assessment with the number of opinions under each, in the order in which they were made."""
    counted: dict[int | None, int] = dict(
        Opinion.objects.filter(assessment_id=assessment)
        .order_by()
        .values_list("answer")
        .annotate(Count("id"))
    )
    return [
        AnswerValue(
            id=row.pk, title=row.title, words=row.words, heed=Heed(row.heed), opinions=counted.get(row.pk, 0)
        )
        for row in Answer.objects.filter(assessment_id=assessment).order_by("id")
    ]  # fmt: skip


# ---- for everybody ----


def public_decisions(now: datetime) -> tuple[list[AssessmentLine], list[AssessmentLine]]:
    """Those on which everybody may say something today, and those that are decided or given up; the newest first."""
    rows = Assessment.objects.filter(stage__in=PUBLIC, opens_on__isnull=False)
    open_now = Q(stage=Stage.GATHERING, closes_on__gte=today(now))
    asking = rows.filter(open_now).order_by("closes_on", "-id")[:100]
    others = rows.exclude(open_now).order_by("-opens_on", "-id")[:100]
    return [_line(row) for row in asking], [_line(row) for row in others]


def public_sheet(number: str) -> AssessmentSheet | None:
    """What everybody may read of an assessment; None where the public was not asked. No history, nobody's name.

    Before a head has approved them, findings and conclusion are not public; nor are answers.
    """
    row = Assessment.objects.filter(number=number, stage__in=PUBLIC, opens_on__isnull=False).first()
    return _sheet(row, history=False) if row else None


def shown_opinions(assessment: int, most: int = 50) -> list[OpinionValue]:
    """The opinions that an officer released, the newest first."""
    rows = Opinion.objects.filter(assessment_id=assessment).exclude(shown="").order_by("-number")
    return [opinion_value(row) for row in rows[:most]]


def answer_to(assessment: int, number: int) -> AnswerValue | None:
    """The answer that the opinion of this number got; None while it has none."""
    row = Opinion.objects.filter(assessment_id=assessment, number=number).first()
    found = answers(assessment) if row is not None and row.answer_id else []
    return next((one for one in found if row and one.id == row.answer_id), None)


# ---- rows as values ----


def of_matter(
    person: Person, matter: int, category: str, region: str, now: datetime
) -> list[AssessmentLine]:
    """The decisions in force that touch a matter, by category and place or by hand, as far as the person sees them."""
    counted = CountedMatter.objects.filter(matter_id=matter)
    named = set(counted.values_list("assessment_id", flat=True))
    in_force = scope(person, now).filter(effective_on__isnull=False).order_by("-id")
    near = in_force.filter(Q(region__in=_around(region)) | Q(pk__in=named))
    return [_line(row) for row in near[:200] if row.pk in named or _touches(row, category, region)][
        :5
    ]


def _around(region: str) -> list[str]:
    return [region, *(region[:digits].ljust(6, "0") for digits in (2, 4, 6))] if region else []


def _touches(row: Assessment, category: str, region: str) -> bool:
    here = any(region.startswith(territory(one)) for one in row.regions)
    return here and any(category == one or category.startswith(f"{one}.") for one in row.categories)


def _line(row: Assessment) -> AssessmentLine:
    return AssessmentLine(
        id=row.pk, number=row.number, subject=row.subject, unit=row.unit, region=row.region, stage=Stage(row.stage),
        conclusion=Conclusion(row.conclusion) if row.conclusion else None, closes_on=row.closes_on,
        effective_on=row.effective_on, opinions=row.opinions, unanswered=row.unanswered,
    )  # fmt: skip


def _sheet(row: Assessment, *, history: bool) -> AssessmentSheet:
    return AssessmentSheet(
        line=_line(row), described=described(row), drafters=frozenset(row.drafters), opens_on=row.opens_on,
        short_reason=row.short_reason, findings=_findings(row), answers=answers(row.pk), measures=_measures(row),
        conclusion_words=row.conclusion_words, chosen=row.chosen, approved_by=row.approved_by,
        approved_on=row.approved_on, effective_words=row.effective_words, looked_back=row.looked_back,
        history=happenings(Happening.objects.filter(assessment=row)) if history else (),
    )  # fmt: skip


def described(row: Assessment) -> Described:
    """What the assessment is about."""
    return Described(
        subject=row.subject, background=row.background, regions=row.regions, categories=row.categories,
        touched=[Touched(role=Role(one["role"]), number=one["number"]) for one in row.touched],
        options=[Option(**one) for one in row.options],
    )  # fmt: skip


def _findings(row: Assessment) -> dict[Question, FindingValue]:
    rows = {one.question: one for one in row.findings.all()}
    return {
        question: FindingValue(
            id=rows[question].pk, question=question, verdict=Verdict(rows[question].verdict),
            words=rows[question].words, laws=rows[question].laws,
        )
        for question in Question
        if question in rows
    }  # fmt: skip


def _measures(row: Assessment) -> list[MeasureValue]:
    fields = MeasureValue.__dataclass_fields__
    rows: QuerySet[Measure, dict[str, Any]] = row.measures.order_by("due_on", "id").values(*fields)
    return [MeasureValue(**one) for one in rows]


def happenings(rows: QuerySet[Happening]) -> list[HappeningValue]:
    """The latest of a history, in order."""
    latest = list(rows.order_by("-seq")[:MOST_TOLD])
    return [
        HappeningValue(
            seq=row.seq, act=row.act, at=row.at, account=row.account, unit=row.unit, stage=row.stage,
            words=row.words, facts=row.facts,
        )
        for row in reversed(latest)
    ]  # fmt: skip


def opinion_value(row: Opinion) -> OpinionValue:
    """The plain value of a row."""
    return OpinionValue(
        id=row.pk, number=row.number, source=Source(row.source), stance=Stance(row.stance), role=Role(row.role),
        people=row.people, words=row.words, at=row.at, answer=row.answer_id, shown=row.shown,
    )  # fmt: skip
