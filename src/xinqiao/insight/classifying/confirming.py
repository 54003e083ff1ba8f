"""What persons confirmed, kept beside the ledgers: categories given by `register` and `reclassify`, without reports."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from xinqiao.insight.models import Confirmed
from xinqiao.matters import followers
from xinqiao.matters import queries as matters
from xinqiao.matters.followers import Read
from xinqiao.matters.queries import Told
from xinqiao.rows.batches import batches
from xinqiao.rules.states import Kind
from xinqiao.text.classifying.values import Text

NAME = "classifying"
#: So many entries are read in one run, and so many matters asked for in one statement.
ENTRIES, TOGETHER = 5000, 500
_STEPS = ("register", "reclassify")


def follow(now: datetime) -> int:
    """Takes note of what was confirmed since the last run. Returns how many confirmations; may run twice."""
    noted: list[int] = []
    followers.follow(NAME, lambda read: noted.append(take(read)), ENTRIES)
    return sum(noted)


def begin_anew() -> None:
    """Forgets everything that was noted, and reads the ledgers from the first entry on."""
    Confirmed.objects.all().delete()
    followers.begin_anew(NAME)


def take(read: Sequence[Read]) -> int:
    """Notes what these entries confirm. What turned out to be a report is forgotten, with all that stood of it."""
    positions = {(one.matter, one.seq): one.position for one in read}
    wanted = sorted({one.matter for one in read})
    return sum(_note(some, positions) for some in batches(wanted, TOGETHER))


@transaction.atomic
def _note(found: Sequence[int], positions: Mapping[tuple[int, int], int]) -> int:
    by_matter: dict[int, list[Told]] = {}
    for step in _STEPS:
        for matter, entries in matters.entries_of(found, step).items():
            by_matter.setdefault(matter, []).extend(entries)
    reports = [matter for matter, entries in by_matter.items() if _is_report(entries)]
    Confirmed.objects.filter(matter__in=reports).delete()
    rows = [
        Confirmed(position=positions[matter, entry.seq], matter=matter, seq=entry.seq, **_said(entry))
        for matter, entries in by_matter.items()
        if matter not in reports
        for entry in entries
        if (matter, entry.seq) in positions and _is_confirmation(entry)
    ]  # fmt: skip
    Confirmed.objects.filter(position__in=[row.position for row in rows]).delete()
    Confirmed.objects.bulk_create(rows, batch_size=TOGETHER)
    return len(rows)


def _is_report(entries: Iterable[Told]) -> bool:
    """By the last entry that says what kind of matter it is."""
    kinds = [one.payload["kind"] for one in _in_order(entries) if one.payload.get("kind")]
    return bool(kinds) and kinds[-1] == Kind.REPORT


def _in_order(entries: Iterable[Told]) -> list[Told]:
    return sorted(entries, key=lambda one: one.seq)


def _is_confirmation(entry: Told) -> bool:
    """A person gave a category, or registered the matter without one."""
    by_person = entry.account is not None
    return by_person and (entry.step == "register" or bool(entry.payload.get("category")))


def _said(entry: Told) -> dict[str, Any]:
    category = str(entry.payload.get("category") or "")
    suggested = [Recorded.read(one) for one in entry.payload.get("suggested") or ()]
    first = suggested[0] if suggested else Recorded("", 0, 0)
    return {
        "at": entry.recorded_at, "category": category, "suggested": first.code, "sure": first.sure,
        "version": first.version, "among": any(one.code == category for one in suggested),
    }  # fmt: skip


class Recorded(NamedTuple):
    """A suggestion as the ledger keeps it: code, hundredths of confidence, version of the model (0: words alone)."""

    code: str
    sure: int
    version: int

    @classmethod
    def read(cls, text: str) -> "Recorded":
        code, sure, version = text.rsplit(":", 2)
        return cls(code, int(sure), int(version))


class Label(NamedTuple):
    """A confirmed category with the text it was given to, and where in the order of all ledgers."""

    position: int
    matter: int
    seq: int
    text: Text


def labels(most: int) -> list[Label]:
    """The latest matters with a category, at most so many, in the order in which it was confirmed; of each the last.

    What was erased is left out.
    """
    last: dict[int, Confirmed] = {}
    rows = Confirmed.objects.exclude(category="").order_by("-position")
    for row in rows[: 2 * most]:
        last.setdefault(row.matter, row)
    chosen = sorted(last.values(), key=lambda row: row.position)[-most:]
    return list(_with_texts(chosen))


def _with_texts(rows: Sequence[Confirmed]) -> Iterator[Label]:
    texts = texts_of(row.matter for row in rows)
    for row in rows:
        if row.matter in texts:
            subject, body = texts[row.matter]
            text = Text(subject=subject, body=body, label=row.category)
            yield Label(row.position, row.matter, row.seq, text)


def texts_of(found: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Subject and body with which matters began; only those whose text was not erased."""
    wanted = list(found)
    subjects, bodies = (_first(matters.words_of(wanted, [name])) for name in ("subject", "body"))
    return {matter: (subjects.get(matter, ""), body) for matter, body in bodies.items()}


def _first(words: Mapping[tuple[int, int], str]) -> dict[int, str]:
    """Of each matter what stands in its first entry."""
    return {matter: text for (matter, seq), text in words.items() if seq == 1}
