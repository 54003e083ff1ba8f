"""Which matters would teach most if a person looked at their category: a list that the worker makes anew."""

from collections.abc import Iterator, Sequence
from enum import StrEnum

from django.db import transaction

from xinqiao.insight.classifying.confirming import texts_of
from xinqiao.insight.classifying.fitting import fitting
from xinqiao.insight.classifying.queries import offered
from xinqiao.insight.classifying.store import InUse, in_use
from xinqiao.insight.classifying.values import LIKELY, PERHAPS
from xinqiao.insight.models import Confirmed, ModelVersion, Settled, Telling
from xinqiao.text.classifying.model import Model
from xinqiao.text.classifying.teaching import most_telling
from xinqiao.text.classifying.values import Text

_LOOKED_AT, _MOST = 400, 100


class Why(StrEnum):
    """Why somebody is asked to look at a category."""

    NO_CATEGORY = "no_category"
    DISAGREES = "disagrees"
    UNSURE = "unsure"


def renew() -> int:
    """Makes the list anew from the latest confirmations that nothing was learned from yet; returns how many it has.

    What was learned from is left out: of it a model is sure for no better reason than having seen it.
    """
    rows, used = _latest(), in_use()
    texts = texts_of(row.matter for row in rows)
    there = [row for row in rows if row.matter in texts]
    given = [Text(subject=texts[row.matter][0], body=texts[row.matter][1]) for row in there]
    found = list(_asked(there, given, used))
    with transaction.atomic():
        Telling.objects.all().delete()
        Telling.objects.bulk_create(
            [
                _at(place, row)
                for place, row in enumerate(_ordered(found, given, used.model)[:_MOST])
            ]
        )
    return min(len(found), _MOST)


def _latest() -> list[Confirmed]:
    """The last confirmation of each matter, as long as nobody has looked at it since and nothing learned from it."""
    version = ModelVersion.objects.filter(in_use=True).first()
    last: dict[int, Confirmed] = {}
    for row in Confirmed.objects.order_by("-position")[:_LOOKED_AT]:
        last.setdefault(row.matter, row)
    settled = dict(Settled.objects.filter(matter__in=list(last)).values_list("matter", "seq"))
    return [
        row
        for row in last.values()
        if settled.get(row.matter, 0) < row.seq
        and (not row.category or version is None or row.position > version.upto)
    ]


_Found = tuple[int, Telling]


def _asked(rows: Sequence[Confirmed], given: Sequence[Text], used: InUse) -> Iterator[_Found]:
    """Those that a person should look at, each with its place among `rows`."""
    codes = offered()
    for place, (row, text) in enumerate(zip(rows, given, strict=True)):
        said = fitting(used.model, used.seen, text.subject, text.body, codes, most=1)
        first = said[0] if said else None
        sure = (first.confidence or 0.0) if first else 0.0
        why = _why(row.category, first.code if first else "", sure, learned=used.model is not None)
        if why is not None:
            yield place, Telling(
                matter=row.matter, seq=row.seq, why=why, category=row.category,
                said=first.code if first else "", sure=round(100 * sure), place=0,
            )  # fmt: skip


def _why(category: str, said: str, sure: float, *, learned: bool) -> Why | None:
    if not category:
        return Why.NO_CATEGORY
    if not learned or _agree(category, said):
        return None
    if sure >= LIKELY:
        return Why.DISAGREES
    return Why.UNSURE if sure < PERHAPS else None


def _agree(one: str, other: str) -> bool:
    """The same class, or one lies under the other."""
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


def _ordered(found: Sequence[_Found], given: Sequence[Text], model: Model | None) -> list[Telling]:
    """Without a category first, then where model and person disagree, then where it is unsure; of these the most
    telling first, no two alike."""
    order = list(Why)
    if model is not None:
        texts = [given[place] for place, _ in found]
        chosen = most_telling(model, texts, _MOST)
        found = [found[i] for i in chosen]
    rows = [row for _, row in found]
    return sorted(rows, key=lambda row: order.index(Why(row.why)))


def _at(place: int, row: Telling) -> Telling:
    row.place = place
    return row
