"""What is read of a contact: its subject and body as its ledger entry holds them, when it came, in which county.

Nothing of who wrote it is read.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from xinqiao.insight.models import Reading
from xinqiao.matters import queries as matters
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
