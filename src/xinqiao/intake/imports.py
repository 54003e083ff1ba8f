"""Contacts from a table: each row becomes a contact and a matter, with its answer where the table has one."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice

from django.db import transaction

from xinqiao.directory import queries as directory
from xinqiao.intake import queries
from xinqiao.intake.actions import receive
from xinqiao.intake.tables.planning import PlannedContact, Rejected, Remark
from xinqiao.intake.values import ContactInput, Receipt
from xinqiao.matters import actions as matters
from xinqiao.matters import queries as matter_queries
from xinqiao.people.values import Fact, PersonInput, problems
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.persons import SYSTEM
from xinqiao.rules.refusals import Refused
from xinqiao.text.clean import Problem

#: Rows committed together: a run that is cut off loses at most these, and a second run brings them.
BATCH = 50


@dataclass(frozen=True, kw_only=True)
class ImportDefaults:
    """What the table does not say: the unit that received, kind, region, and the name of the source."""

    unit: str
    kind: str
    region: str
    source: str
    category: str = ""


@dataclass(kw_only=True)
class ImportCounts:
    """What became of the rows. Days are differences of dates in Shanghai, of all rows with an answer."""

    rows: int = 0
    imported: int = 0
    duplicates: int = 0
    rejected: int = 0
    answered_within_15_days: int = 0
    answered_within_60_days: int = 0
    categories: Mapping[str, str] = field(default_factory=dict, repr=False)

    def add_answer(self, planned: PlannedContact) -> None:
        """Counts how long the answer took."""
        if planned.answered_at is None or not planned.answer:
            return
        answered, received = (
            moment.astimezone(SHANGHAI).date()
            for moment in (planned.answered_at, planned.received_at)
        )
        days = (answered - received).days
        self.answered_within_15_days += days <= 15
        self.answered_within_60_days += days <= 60

    def as_dict(self) -> dict[str, int]:
        """The figures by name, for printing."""
        names = (
            "rows",
            "imported",
            "duplicates",
            "rejected",
            "answered_within_15_days",
            "answered_within_60_days",
        )
        return {name: getattr(self, name) for name in names}


def import_contacts(
    planned: Iterable[PlannedContact | Rejected], defaults: ImportDefaults, *, now_of: Callable[[], datetime],
    reject: Callable[[Rejected], None], progress: Callable[[int], None] = lambda _: None,
) -> ImportCounts:  # fmt: skip
    """Brings all rows in, through the same actions as every other contact; a row that cannot be one goes to `reject`.

    Rows are committed in batches, so a run may be cut off and run again: what is known by its source number is
    counted as a duplicate and left alone. `now_of` tells the time of recording of each batch, `progress` is told how
    many rows are done.
    """
    counts = ImportCounts(categories=_categories())
    rows = iter(planned)
    while batch := list(islice(rows, BATCH)):
        now = now_of()
        with transaction.atomic():
            refused = [one for one in (_bring(row, defaults, counts, now) for row in batch) if one]
        for one in refused:
            reject(one)
        progress(counts.rows)
    return counts


def dry_run(
    planned: Iterable[PlannedContact | Rejected],
    defaults: ImportDefaults,
    *,
    reject: Callable[[Rejected], None],
) -> ImportCounts:
    """What an import would do, without writing anything."""
    counts = ImportCounts()
    for one in planned:
        counts.rows += 1
        if isinstance(one, Rejected):
            if _repeats_itself(one):
                counts.duplicates += 1
                continue
            counts.rejected += 1
            reject(one)
        else:
            known = _known(one, defaults) is not None
            counts.duplicates += known
            counts.imported += not known
            counts.add_answer(one)
    return counts


def _bring(
    one: PlannedContact | Rejected, defaults: ImportDefaults, counts: ImportCounts, now: datetime
) -> Rejected | None:
    """Brings one row in; the row itself with its reasons when it cannot be."""
    counts.rows += 1
    if isinstance(one, Rejected):
        repeated = _repeats_itself(one)
        counts.duplicates += repeated
        counts.rejected += not repeated
        return None if repeated else one
    earlier = _known(one, defaults)
    if earlier is not None:
        return _duplicate(one, earlier, counts)
    try:
        with transaction.atomic():
            _store(one, defaults, counts, now)
    except Refused as refused:
        counts.rejected += 1
        return _rejected(one, Problem(code=refused.refusal.code, facts=refused.refusal.facts))
    counts.imported += 1
    counts.add_answer(one)
    return None


def _known(one: PlannedContact, defaults: ImportDefaults) -> Receipt | None:
    return (
        queries.same_request(None, defaults.source, one.source_number)
        if one.source_number
        else None
    )


def _duplicate(one: PlannedContact, earlier: Receipt, counts: ImportCounts) -> Rejected | None:
    """The same number with the same words is the same contact; with other words a person must look at it."""
    words = matter_queries.texts_of([earlier.matter], "receive", "body").get(earlier.matter, [])
    if not words or one.body in words:
        counts.duplicates += 1
        counts.add_answer(one)
        return None
    counts.rejected += 1
    return _rejected(
        one, Problem(code="same_number_other_words", facts={"number": one.source_number})
    )


def _repeats_itself(rejected: Rejected) -> bool:
    """A row that stands twice in the table to the letter is one contact."""
    return any(remark.problem.code == "row_repeated" for remark in rejected.reasons)


def _rejected(one: PlannedContact, problem: Problem) -> Rejected:
    return Rejected(row=one.origin, reasons=(Remark(column="", problem=problem),))


def _store(
    one: PlannedContact, defaults: ImportDefaults, counts: ImportCounts, now: datetime
) -> None:
    """Contact, matter, registration, and the answer on its own day."""
    category = next(
        (counts.categories[word] for word in reversed(one.categories) if word in counts.categories),
        defaults.category,
    )
    receipt = receive(
        ContactInput(
            unit=defaults.unit, channel=one.channel, received_at=one.received_at, subject=one.subject,
            body=one.body, petitioners=_petitioners(one), head_count=one.head_count, kind=defaults.kind,
            region=defaults.region, source=defaults.source, source_id=one.source_number,
        ),
        by=SYSTEM,
        now=now,
    )  # fmt: skip
    fields = {"kind": defaults.kind, "region": defaults.region, "category": category}
    matters.take(
        receipt.matter,
        "register",
        fields,
        by=SYSTEM,
        now=now,
        at=one.received_at,
        unit=defaults.unit,
        tell=False,
    )
    if one.answer and one.answered_at is not None:
        received_on = one.received_at.astimezone(SHANGHAI).date()
        fields = {"answer": one.answer, "accepted_on": received_on}
        matters.take(
            receipt.matter,
            "record_answer",
            fields,
            by=SYSTEM,
            now=now,
            at=one.answered_at,
            unit=defaults.unit,
            tell=False,
        )


def _petitioners(one: PlannedContact) -> list[PersonInput]:
    """Who wrote, as far as it can be read; what cannot is flagged in the plan and stays in the file."""
    person = PersonInput(
        name=one.petitioner, phone=one.phone, id_number=one.id_number, address=one.address
    )
    wrong = problems(person)
    if Fact.NAME in wrong:
        return []
    return [replace(person, **{fact.value: "" for fact in wrong})]


def _categories() -> dict[str, str]:
    """The codes of the classification by Chinese name; a name that stands twice names none."""
    found: dict[str, list[str]] = {}
    for code, name in _leaves():
        found.setdefault(name, []).append(code)
    return {name: codes[0] for name, codes in found.items() if len(codes) == 1}


def _leaves() -> Iterator[tuple[str, str]]:
    return (
        (code, name.rpartition(" / ")[2]) for code, name in directory.category_choices("zh-hans")
    )
