"""What is read of a contact: its subject and body as its ledger entry holds them, when it came, in which county.

Nothing of who wrote it is read.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from xinqiao.insight.models import Reading
from xinqiao.intake import queries as intake
from xinqiao.matters import queries as matters
from xinqiao.matters.found import registered
from xinqiao.rules.states import Kind
from xinqiao.text.linking.grams import Writing

#: The length of the code of a county; a longer one is a place in it, a shorter one lies above.
_COUNTY = 6


class Contact(NamedTuple):
    """A contact that is to be read, or was."""

    matter: int
    seq: int
    received_at: datetime
    place: str


def county(region: str) -> str:
    """The county of a region; "" for one that lies above, and for none."""
    return (
        region[:_COUNTY] if len(region) >= _COUNTY and not region[:_COUNTY].endswith("00") else ""
    )


def to_read(ids: Collection[int]) -> list[Contact]:
    """The contacts of these matters that were not read, in the order in which they came in.

    A matter is read once it is registered; a report (检举控告) never is: it stays out of all that many see.
    """
    open_ones = {one: row for one, row in registered(ids).items() if row.kind != Kind.REPORT}
    known = set(Reading.objects.filter(matter__in=open_ones).values_list("matter", "seq"))
    return [
        Contact(one.matter, one.seq, one.received_at, county(open_ones[one.matter].region))
        for one in intake.of_matters(open_ones)
        if (one.matter, one.seq) not in known
    ]


def writings(numbered: Sequence[tuple[int, Contact]]) -> Iterator[Writing]:
    """The words of contacts, by their numbers; what was erased is empty."""
    ids = {one.matter for _, one in numbered}
    subjects = matters.words_of(ids, ["subject"])
    bodies = matters.words_of(ids, ["body"])
    for number, one in numbered:
        where = one.matter, one.seq
        yield Writing(
            id=f"{number}", title=subjects.get(where, ""), body=bodies.get(where, ""), at=one.received_at,
            place=one.place,
        )  # fmt: skip


def of_numbers(numbers: Collection[int]) -> Mapping[int, Contact]:
    """What was read, by its number."""
    rows = Reading.objects.filter(number__in=list(numbers))
    columns = ("number", "matter", "seq", "received_at", "place")
    return {number: Contact(*rest) for number, *rest in rows.values_list(*columns)}
