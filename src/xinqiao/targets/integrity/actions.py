"""What is kept of signs: what was found, what was said to it, and from which network a rating came."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

from xinqiao.directory import queries as directory
from xinqiao.matters import queries as matters
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.targets.integrity import queries
from xinqiao.targets.integrity.networks import mark_of
from xinqiao.targets.integrity.values import Finding, Outcome
from xinqiao.targets.models import RatingOrigin, Sign, SignAnswer, SignCase
from xinqiao.text.clean import Problem, clean_text

#: So long the mark of a rating's network is kept: a year to compare, and a month to look.
KEPT = timedelta(days=400)
LONGEST = 2000


@transaction.atomic
def keep(found: Iterable[Finding], first: date, end: date, now: datetime) -> int:
    """Keeps what was found of a period; what was found of it before and is no longer, stands no longer.

    The same again changes nothing but when it was looked at. Returns how many stand.
    """
    units, standing = directory.units(), []
    for one in found:
        known = {
            "end": end, "strength": one.strength.value, "p": one.p, "q": one.q, "facts": dict(one.facts),
            "region": units[one.unit].region if one.unit in units else "", "looked_at": now, "stands": True,
        }  # fmt: skip
        row, _ = Sign.objects.update_or_create(
            sign=one.sign, part=one.part, unit=one.unit, first=first,
            defaults=known, create_defaults={**known, "found_at": now},
        )  # fmt: skip
        row.cases.all().delete()
        cases = dict.fromkeys(one.cases)
        SignCase.objects.bulk_create(
            SignCase(sign=row, matter_id=c.matter, seq=c.seq) for c in cases
        )
        standing.append(row.pk)
    gone = Sign.objects.filter(first=first, end=end, stands=True).exclude(pk__in=standing)
    gone.update(stands=False, looked_at=now)
    return len(standing)


@transaction.atomic
def answer(sign: int, outcome: str, words: str, *, by: Person, now: datetime) -> None:
    """Says what somebody found who looked at a sign. Raises Refused; what was said before stays as it was."""
    if queries.one(by, sign, now) is None or by.account is None:
        raise Refused(Refusal("not_found"))
    if outcome not in set(Outcome):
        raise Refused(Refusal("field_wrong", "41", {"field": "outcome"}))
    clean = clean_text(words)
    if isinstance(clean, Problem):
        raise Refused(Refusal(clean.code, None, {"field": "words", **clean.facts}))
    if not clean.text.strip():
        raise Refused(Refusal("field_missing", "41", {"field": "words"}))
    SignAnswer.objects.create(
        sign_id=sign, outcome=outcome, words=clean.text[:LONGEST], account=by.account,
        unit=queries.speaks_for(by, sign), at=now,
    )  # fmt: skip


def note_rating(matter: int, address: str, now: datetime) -> None:
    """Keeps the mark of the network from which the last rating of a matter came; an unknown address leaves none."""
    mark = mark_of(address, now)
    seq = matters.last_of(matter, "rate")
    if mark and seq is not None:
        RatingOrigin.objects.get_or_create(
            matter_id=matter, seq=seq, defaults={"network": mark, "at": now}
        )


def forget_origins(now: datetime) -> int:
    """Forgets from where ratings came when nothing is compared with them any more."""
    return RatingOrigin.objects.filter(at__lt=now - KEPT).delete()[0]
