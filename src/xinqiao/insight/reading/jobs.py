"""What came in is read in the background, once each: held against all that came before. May run twice, and late."""

import logging
from collections.abc import Sequence
from datetime import datetime
from importlib.util import find_spec

from django.db import transaction

from xinqiao.insight.models import Alike, Reading
from xinqiao.insight.reading import clusters, store
from xinqiao.insight.reading.words import Contact, to_read, writings
from xinqiao.intake import queries as intake
from xinqiao.matters import followers
from xinqiao.matters.found import registered
from xinqiao.rules.states import Kind
from xinqiao.text.linking.grams import prepare
from xinqiao.text.linking.stream import Candidate

log = logging.getLogger(__name__)
NAME = "reading"
#: So many entries are read in one run: each contact among them takes some hundredths of a second.
ENTRIES = 2000
#: A pair less likely than this is not remembered.
LEAST_KEPT = 0.10


def read_ledgers(now: datetime) -> int:
    """Reads the contacts of what was registered since the last run. Returns how many; 0 where numpy is missing."""
    if find_spec("numpy") is None:
        return 0
    new: list[int] = []
    followers.follow(NAME, lambda read: new.extend(_read({one.matter for one in read})), ENTRIES)
    return len(new)


def read_everything(now: datetime) -> int:
    """Runs until nothing is left: for a platform that begins, and for stories."""
    return followers.until_all_is_read(NAME, lambda: read_ledgers(now))


def join_clusters(now: datetime) -> int:
    """Makes one of clusters that are linked for the most part, each night. Returns how many ended."""
    return len(clusters.join_all())


def _read(matters: set[int]) -> list[int]:
    _set_aside(matters)
    contacts = to_read(matters)
    if not contacts:
        return []
    linker = store.current(keeps=True)
    numbers = []
    for contact in contacts:
        (writing,) = writings([(linker.index.messages, contact)])
        new = prepare(writing)
        numbers.append(_write(linker.index.messages, contact, linker.candidates(new)))
        store.add(linker, new)
    return numbers


@transaction.atomic
def _write(number: int, contact: Contact, found: Sequence[Candidate]) -> int:
    cluster = clusters.of_new(number, contact, found)
    Reading.objects.create(number=number, cluster=cluster, **contact._asdict())
    Alike.objects.bulk_create(
        Alike(
            later=number,
            earlier=one.position,
            probability=round(one.probability, 4),
            linked=one.linked,
        )
        for one in found
        if one.probability >= LEAST_KEPT and not one.contradicts
    )
    return number


def _set_aside(matters: set[int]) -> None:
    """What turned out to be a report belongs to no cluster; nor does a contact that became a matter of its own: it is
    read there. What is no report any more begins a cluster.
    """
    reports = {one for one, row in registered(matters).items() if row.kind == Kind.REPORT}
    there = {(one.matter, one.seq) for one in intake.of_matters(matters - reports)}
    rows = Reading.objects.filter(matter__in=matters)
    for number, matter, seq, cluster in rows.values_list("number", "matter", "seq", "cluster"):
        belongs = (matter, seq) in there
        if belongs != (cluster is not None):
            Reading.objects.filter(number=number).update(cluster=number if belongs else None)
