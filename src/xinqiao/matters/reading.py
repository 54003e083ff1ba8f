"""Many ledgers at a time, read as text: what a proof and what counts goes through all of them with."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any, NamedTuple

import orjson
from django.db.models import Q, TextField
from django.db.models.functions import Cast

from xinqiao.matters.ledger import instant
from xinqiao.matters.models import Entry, Matter
from xinqiao.rules import entries as values
from xinqiao.rules.counting_history import Recorded

#: A moment in SQLite's text, which is in UTC without saying so, by its length: what follows it as it is hashed, and
#: where its last digits begin. PostgreSQL's says its offset.
_IN_SQLITE = {
    len("2026-03-02 08:00:00.000000"): ("+00:00", 20),
    len("2026-03-02 08:00:00"): (".000000+00:00", 17),
}


class Span(NamedTuple):
    """The matters with row ids above `after`, up to `upto`; None: without an end."""

    after: int
    upto: int | None

    def of(self, column: str) -> Q:
        found = Q(**{f"{column}__gt": self.after})
        return found if self.upto is None else found & Q(**{f"{column}__lte": self.upto})


def spans(together: int) -> Iterator[Span]:
    """All matters, so many in each: before the first, between them and beyond the last nothing is left out."""
    rows = Matter.objects.order_by("id").values_list("id", flat=True)
    ends = list(rows.iterator(chunk_size=20_000))[together - 1 :: together]
    first: list[int] = [-1, *ends]
    yield from (Span(after, upto) for after, upto in pairwise(first))
    yield Span(first[-1], None)


def recorded(span: Span) -> dict[int, list[Recorded]]:
    """The ledgers of these matters in their order, each entry with the moment at which it was entered."""
    texts = {f"{name}_text": Cast(name, TextField()) for name in ("at", "recorded_at", "payload")}
    rows = Entry.objects.filter(span.of("matter_id")).order_by("matter_id", "seq").annotate(**texts)
    found: defaultdict[int, list[Recorded]] = defaultdict(list)
    for matter, seq, step, account, unit, at, recorded_at, payload in rows.values_list(
        "matter_id", "seq", "step", "account", "unit", *texts
    ):
        entry = values.Entry(
            seq=seq, step=step, account=account, unit=unit, payload=object_of(payload),
            at=datetime.fromisoformat(instant_of(at)),
        )  # fmt: skip
        moment = datetime.fromisoformat(instant_of(recorded_at))
        found[matter].append(Recorded(entry=entry, recorded_at=moment))
    return found


def instant_of(text: str) -> str:
    """A moment of the database as it is hashed; what is no moment stays as it stands, and is found by its hash."""
    rest, digits = _IN_SQLITE.get(len(text), ("", 0))
    if rest and text[digits:].isdigit():
        return f"{text[:10]}T{text[11:]}{rest}"
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return instant(moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC))


def object_of(text: str) -> dict[str, Any]:
    """A payload; nothing where none can be read, which its hash then tells."""
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}
