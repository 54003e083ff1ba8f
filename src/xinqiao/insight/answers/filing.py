"""Answers are filed as they went out, each in the group of the first that it nearly repeats."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import transaction

from xinqiao.insight.answers.given import TELLING, Given, given, own_fields, told_of
from xinqiao.insight.models import Answer, Band
from xinqiao.matters import queries as matters
from xinqiao.text.answers.among import COPY, SHORTEST
from xinqiao.text.answers.bands import bands
from xinqiao.text.folding import fold
from xinqiao.text.likeness import in_common, pieces

#: So many groups are compared word for word, those with the most numbers in common.
_CANDIDATES = 8


@transaction.atomic
def take(ids: Sequence[int]) -> int:
    """Files the answers of these matters, and takes away those that were revoked. Returns how many are new.

    May run twice, and late.
    """
    known = {(row.matter, row.seq): row for row in Answer.objects.filter(matter__in=list(ids))}
    now_there = {
        (matter, one.seq): one
        for matter, told in told_of(ids, TELLING).items()
        for one in given(told)
    }
    _take_away([row for key, row in known.items() if key not in now_there])
    new = sorted(now_there.keys() - known.keys())
    for matter, seq in new:
        _file(matter, now_there[matter, seq])
    for key, row in known.items():
        _move(row, now_there.get(key))
    return len(new)


def groups_like(own: Collection[str]) -> list[int]:
    """The groups whose first answer may be nearly repeated by a text of these pieces, the likeliest first."""
    if len(own) < SHORTEST:
        return []
    found = Band.objects.filter(band__in=bands(own)).values_list("group", flat=True)
    return [group for group, _ in Counter(found).most_common(_CANDIDATES)]


def words_of(answers: Iterable[Answer]) -> dict[int, str]:
    """The own words of these answers by row; none of those that were erased."""
    rows = list(answers)
    said = matters.words_of({row.matter for row in rows}, own_fields())
    found = {row.pk: said.get((row.matter, row.words_in), "") for row in rows}
    return {row: words for row, words in found.items() if words}


def forget_before(day: datetime) -> None:
    """Takes away what went out before: so long ago nothing is compared any more."""
    _take_away(list(Answer.objects.filter(given_at__lt=day)))


def _file(matter: int, one: Given) -> None:
    own = pieces(fold(one.own))
    row = Answer.objects.create(
        matter=matter, seq=one.seq, words_in=one.words_in, unit=one.unit, given_at=one.at
    )
    if len(own) < SHORTEST:
        return
    row.group = _group_of(own)
    if row.group is None:
        row.group = row.pk
        Band.objects.bulk_create([Band(band=band, group=row.pk) for band in bands(own)])
    row.save(update_fields=["group"])


def _group_of(own: frozenset[str]) -> int | None:
    """The group whose first answer has most in common with a text of these pieces, if it is nearly the same."""
    firsts = [
        Answer.objects.filter(group=group).order_by("id").first() for group in groups_like(own)
    ]
    rows = [row for row in firsts if row is not None]
    said = words_of(rows)
    alike = [
        (in_common(own, pieces(fold(said[row.pk]))), -row.group)  # type: ignore[operator]
        for row in rows
        if row.pk in said
    ]
    best = max(alike, default=(0.0, 0))
    return -best[1] if best[0] >= COPY else None


def _move(row: Answer, told: Given | None) -> None:
    """A date that was corrected moves the answer."""
    if told is not None and told.at != row.given_at:
        row.given_at = told.at
        row.save(update_fields=["given_at"])


def _take_away(rows: Sequence[Answer]) -> None:
    groups = {row.group for row in rows if row.group is not None}
    Answer.objects.filter(pk__in=[row.pk for row in rows]).delete()
    left = set(Answer.objects.filter(group__in=groups).values_list("group", flat=True))
    Band.objects.filter(group__in=groups - left).delete()
