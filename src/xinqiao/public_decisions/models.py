"""Assessments before major decisions with their parts, suggestion calls, and the history of both. Nobody's name."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from xinqiao.public_decisions.values import Heed, Role, Source, Stance
from xinqiao.rules.public_decisions import Conclusion, Question, Stage, Verdict
from xinqiao.rules.suggestion_calls import Adoption, CallStage


def _codes(codes: type) -> list[tuple[str, str]]:
    return [(str(one), str(one)) for one in codes]  # type: ignore[attr-defined]


class Assessment(models.Model):
    """A decision assessment. `regions`, `categories`, `touched`, `options`, `drafters` are lists of plain values.

    `seq` is the number of its last happening: who saw an older one acts on nothing.
    """

    number = models.CharField(max_length=24, unique=True)
    subject = models.CharField(max_length=200)
    background = models.TextField(blank=True)
    unit = models.CharField(max_length=60)
    region = models.CharField(max_length=12)
    regions = models.JSONField(default=list)
    categories = models.JSONField(default=list)
    touched = models.JSONField(default=list)
    options = models.JSONField(default=list)
    drafters = models.JSONField(default=list)
    stage = models.CharField(max_length=12, choices=_codes(Stage))
    opens_on = models.DateField(null=True)
    closes_on = models.DateField(null=True)
    short_reason = models.TextField(blank=True)
    conclusion = models.CharField(max_length=12, blank=True, choices=_codes(Conclusion))
    conclusion_words = models.TextField(blank=True)
    chosen = models.CharField(max_length=200, blank=True)
    approved_by = models.BigIntegerField(null=True)
    approved_on = models.DateField(null=True)
    effective_on = models.DateField(null=True)
    effective_words = models.TextField(blank=True)
    looked_back = models.TextField(blank=True)
    opinions = models.IntegerField(default=0)
    unanswered = models.IntegerField(default=0)
    created_at = models.DateTimeField()
    seq = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(unanswered__gte=0, unanswered__lte=F("opinions")),
                name="unanswered_are_opinions",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=["submitted", "concluded"], unanswered=0)
                | ~Q(stage__in=["submitted", "concluded"]),
                name="nothing_concluded_unanswered",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "-id"], name="assessment_of_unit"),
            models.Index(fields=["region", "-id"], name="assessment_by_region"),
            models.Index(fields=["stage", "-id"], name="assessment_by_stage"),
        ]


class Finding(models.Model):
    """What was found on one of the four questions; its files lie with `evidence` under this id."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="findings")
    question = models.CharField(max_length=16, choices=_codes(Question))
    verdict = models.CharField(max_length=16, choices=_codes(Verdict))
    words = models.TextField()
    laws = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "question"], name="one_finding_each"),
        ]


class Answer(models.Model):
    """The answer to all opinions of one kind."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="answers")
    title = models.CharField(max_length=100)
    words = models.TextField()
    heed = models.CharField(max_length=16, choices=_codes(Heed))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "title"], name="answer_titled_once"),
        ]


class Opinion(models.Model):
    """One opinion. It has no field for who holds it: only as what they are touched.

    `shown` is what an officer released of it. `request_key` makes one of an opinion sent twice.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="+")
    number = models.IntegerField()
    source = models.CharField(max_length=8, choices=_codes(Source))
    stance = models.CharField(max_length=8, choices=_codes(Stance))
    role = models.CharField(max_length=10, choices=_codes(Role))
    people = models.IntegerField(default=1)
    words = models.TextField()
    at = models.DateTimeField()
    entered_by = models.BigIntegerField(null=True)
    answer = models.ForeignKey(Answer, null=True, on_delete=models.PROTECT, related_name="+")
    shown = models.TextField(blank=True)
    request_key = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "number"], name="opinion_numbered_once"),
            models.CheckConstraint(condition=Q(people__gte=1), name="somebody_said_so"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["assessment", "answer", "number"], name="opinion_by_answer"),
            models.Index(fields=["assessment", "stance", "number"], name="opinion_by_stance"),
        ]


class Measure(models.Model):
    """What goes with the decision: an owner and a day, and what became of it."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="measures")
    words = models.TextField()
    owner = models.CharField(max_length=60)
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    done_words = models.TextField(blank=True)


class CountedMatter(models.Model):
    """A matter counted against a decision by hand. It is read through the scope of the matter."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="+")
    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField()
    account = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "matter"], name="counted_once"),
        ]


class Call(models.Model):
    """A suggestion call. `seq` as with an assessment."""

    number = models.CharField(max_length=24, unique=True)
    topic = models.CharField(max_length=200)
    words = models.TextField()
    unit = models.CharField(max_length=60)
    region = models.CharField(max_length=12)
    category = models.CharField(max_length=60, blank=True)
    opens_on = models.DateField()
    closes_on = models.DateField()
    stage = models.CharField(max_length=8, choices=_codes(CallStage))
    result = models.TextField(blank=True)
    created_at = models.DateTimeField()
    seq = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("closes_on")), name="call_ends_after_it_begins"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "-id"], name="call_of_unit"),
            models.Index(fields=["stage", "-id"], name="call_by_stage"),
        ]


class Suggestion(models.Model):
    """A suggestion to a call. What was said stands with its matter; here is what was decided on it.

    `shown` is what an officer released of it: until then nobody outside reads a word.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="+")
    matter = models.OneToOneField("matters.Matter", on_delete=models.PROTECT, related_name="+")
    adoption = models.CharField(max_length=12, blank=True, choices=_codes(Adoption))
    decided_at = models.DateTimeField(null=True)
    why = models.TextField(blank=True)
    outcome = models.TextField(blank=True)
    shown = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["call", "adoption", "id"], name="suggestion_of_call"),
        ]


class Happening(models.Model):
    """The history of an assessment or of a call: append-only, the database refuses to change it."""

    assessment = models.ForeignKey(
        Assessment, null=True, on_delete=models.PROTECT, related_name="+"
    )
    call = models.ForeignKey(Call, null=True, on_delete=models.PROTECT, related_name="+")
    seq = models.IntegerField()
    act = models.CharField(max_length=24)
    at = models.DateTimeField()
    account = models.BigIntegerField(null=True)
    unit = models.CharField(max_length=60, blank=True)
    stage = models.CharField(max_length=12)
    words = models.TextField(blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "seq"], name="assessment_happens_once"),
            models.UniqueConstraint(fields=["call", "seq"], name="call_happens_once"),
            models.CheckConstraint(
                condition=Q(assessment__isnull=True, call__isnull=False)
                | Q(assessment__isnull=False, call__isnull=True),
                name="happens_to_one",
            ),
        ]
