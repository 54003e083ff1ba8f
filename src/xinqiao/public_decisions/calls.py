"""Reading suggestion calls and their suggestions: for staff in their scope, for everybody what was released."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from xinqiao.matters import queries as matters
from xinqiao.public_decisions.models import Call, Happening, Suggestion
from xinqiao.public_decisions.queries import happenings, scoped
from xinqiao.public_decisions.values import Call as CallValue
from xinqiao.public_decisions.values import Happening as HappeningValue
from xinqiao.public_decisions.values import Suggestion as SuggestionValue
from xinqiao.rules.persons import Person, PersonKind
from xinqiao.rules.suggestion_calls import Adoption, CallStage

_UNDECIDED = "undecided"


def scope(person: Person, now: datetime) -> QuerySet[Call]:
    """The calls that exist for this person; a draft only for the unit that drafts it."""
    rows = Call.objects.filter(scoped(person, now))
    if person.kind is PersonKind.SYSTEM:
        return rows
    return rows.filter(Q(unit__in=sorted(person.units())) | ~Q(stage=CallStage.DRAFT))


def page(person: Person, stage: str, number: int, size: int, now: datetime) -> list[CallValue]:
    """One page of the calls, the newest first, and one more if another page follows."""
    rows = scope(person, now).filter(**({"stage": stage} if stage else {})).order_by("-id")
    start = (number - 1) * size
    return _values(list(rows[start : start + size + 1]))


def call(person: Person, number: str, now: datetime) -> CallValue | None:
    """The call of this number; None when it does not exist for the person."""
    row = scope(person, now).filter(number=number).first()
    return _values([row])[0] if row else None


def history(call_id: int) -> list[HappeningValue]:
    """What happened with a call, the oldest first. The caller asked for it in scope."""
    return happenings(Happening.objects.filter(call_id=call_id))


def suggestions(
    person: Person, call_id: int, adoption: str, after: int, size: int, now: datetime
) -> list[SuggestionValue]:
    """So many suggestions of a call beyond the row `after`, and one more; only where the person may see the matter."""
    rows = Suggestion.objects.filter(call_id=call_id, pk__gt=after)
    rows = rows.filter(matter__in=matters.scope(person, now)).order_by("id")
    if adoption:
        rows = rows.filter(adoption="" if adoption == _UNDECIDED else adoption)
    return [_suggestion(row) for row in rows.select_related("matter")[: size + 1]]


def suggestion(person: Person, suggestion_id: int, now: datetime) -> SuggestionValue | None:
    """One suggestion with its words; None when its matter does not exist for the person."""
    rows = Suggestion.objects.filter(pk=suggestion_id, matter__in=matters.scope(person, now))
    row = rows.select_related("matter").first()
    if row is None:
        return None
    said = matters.texts_of([row.matter_id], "receive", "body").get(row.matter_id, [""])
    return _suggestion(row, body=said[0])


def call_of_matter(matter: int) -> tuple[CallValue, SuggestionValue] | None:
    """The call that a matter answered, for its own page; None when it answered none."""
    row = Suggestion.objects.filter(matter_id=matter).select_related("call", "matter").first()
    return (_value(row.call), _suggestion(row)) if row else None


# ---- for everybody ----


def public_calls(now: datetime) -> tuple[list[CallValue], list[CallValue]]:
    """The calls that are open today, those that end first before; and those that are over, the newest first."""
    day = matters.today(now)
    rows = Call.objects.exclude(stage=CallStage.DRAFT)
    running = Q(stage=CallStage.OPEN, opens_on__lte=day, closes_on__gte=day)
    over = rows.filter(Q(stage__in=[CallStage.ENDED, CallStage.TOLD]) | Q(closes_on__lt=day))
    return (
        _values(list(rows.filter(running).order_by("closes_on", "id")[:100])),
        _values(list(over.order_by("-id")[:100])),
    )


def public_call(number: str) -> CallValue | None:
    """A published call."""
    row = Call.objects.filter(number=number).exclude(stage=CallStage.DRAFT).first()
    return _values([row])[0] if row else None


def shown(call_id: int | None = None, most: int = 100) -> list[tuple[CallValue, SuggestionValue]]:
    """The suggestions that an officer released, with what was decided on them, the newest first; no names."""
    rows = Suggestion.objects.exclude(shown="").exclude(adoption="")
    rows = rows.filter(call_id=call_id) if call_id else rows.exclude(adoption=Adoption.NOT)
    found = rows.select_related("call", "matter").order_by("-decided_at", "-id")[:most]
    return [(_value(row.call), _suggestion(row)) for row in found]


def _values(rows: list[Call]) -> list[CallValue]:
    """The calls with how many suggestions each has, and how many of them wait for a decision."""
    found = Suggestion.objects.filter(call__in=[row.pk for row in rows]).order_by().values("call")
    counted = {
        one["call"]: (one["all"], one["open"])
        for one in found.annotate(all=Count("id"), open=Count("id", filter=Q(adoption="")))
    }
    return [_value(row, *counted.get(row.pk, (0, 0))) for row in rows]


def _value(row: Call, suggestions: int = 0, undecided: int = 0) -> CallValue:
    return CallValue(
        id=row.pk, number=row.number, topic=row.topic, words=row.words, unit=row.unit, region=row.region,
        category=row.category, opens_on=row.opens_on, closes_on=row.closes_on, stage=CallStage(row.stage),
        result=row.result, suggestions=suggestions, undecided=undecided,
    )  # fmt: skip


def _suggestion(row: Suggestion, body: str = "") -> SuggestionValue:
    matter = row.matter
    return SuggestionValue(
        id=row.pk, call=row.call_id, matter=matter.pk, number=matter.number, subject=matter.subject,
        state=matter.state, received_at=matter.received_at, adoption=Adoption(row.adoption) if row.adoption else None,
        why=row.why, outcome=row.outcome, shown=row.shown, body=body,
    )  # fmt: skip
