"""What came in is read in the background, once each: held against all that came before. May run twice, and late."""

from collections.abc import Sequence, Set
from datetime import datetime, timedelta

from django.db import transaction

from xinqiao.insight.models import Alike, Reading
from xinqiao.insight.reading import clusters, store
from xinqiao.insight.reading.words import Contact, county, writings
from xinqiao.intake import queries as intake
from xinqiao.matters import followers
from xinqiao.matters.found import erased_since, registered
from xinqiao.rules.states import Kind
from xinqiao.text.linking.clusters import LEAST
from xinqiao.text.linking.grams import prepare
from xinqiao.text.linking.stream import Candidate

NAME = "reading"
#: So many entries are read in one run: each contact among them takes some hundredths of a second.
ENTRIES = 2000
_MONTH = timedelta(days=30)


def read_ledgers(now: datetime) -> int:
    """Reads the contacts of what was registered since the last run. Returns how many; 0 where numpy is missing."""
    if not store.can_read():
        return 0
    new: list[int] = []

    def take(read: Sequence[followers.Read]) -> None:
        found = {one.matter for one in read}
        new.extend(_read(found))
        clusters.heed(found)

    followers.follow(NAME, take, ENTRIES)
    return len(new)


def read_everything(now: datetime) -> int:
    """Runs until nothing is left: for a platform that begins, and for stories."""
    return followers.until_all_is_read(NAME, lambda: read_ledgers(now))


def join_clusters(now: datetime) -> int:
    """Makes one of clusters that are about one thing, each night. Returns how many ended."""
    return len(clusters.join_all())


def forget_erased(now: datetime) -> int:
    """Makes the files of the index anew where texts were erased since theirs were read, once a month at the most.

    They hold of each text its rarest pieces, and two characters are not hard to guess. Returns how many were read.
    """
    if not store.can_read():
        return 0
    store.current(keeps=True)
    begun = store.begun()
    if begun is None or now - begun < _MONTH or not erased_since(begun):
        return 0
    return store.read_anew(now)


def _read(matters: set[int]) -> list[int]:
    contacts = _to_read(matters)
    if not contacts:
        return []
    linker, numbers = store.current(keeps=True), []
    begun = linker.index.messages
    for number, writing in enumerate(writings(list(enumerate(contacts, begun))), begun):
        new = prepare(writing)
        numbers.append(_write(number, contacts[number - begun], linker.candidates(new)))
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
        if one.probability >= LEAST and not one.contradicts
    )
    return number


def _to_read(matters: set[int]) -> list[Contact]:
    """The contacts of these matters that were not read, in the order in which they came in.

    A matter is read once it is registered; a report (检举控告) never is: it stays out of all that many see.
    """
    rows = registered(matters)
    reports = {one for one, row in rows.items() if row.kind == Kind.REPORT}
    came = intake.of_matters(matters - reports)
    known = _set_aside(matters, {(one.matter, one.seq) for one in came})
    return [
        Contact(one.matter, one.seq, one.received_at, county(rows[one.matter].region))
        for one in came
        if one.matter in rows and (one.matter, one.seq) not in known
    ]


def _set_aside(matters: set[int], there: Set[tuple[int, int]]) -> set[tuple[int, int]]:
    """What was read of these matters already, after a look at whether it still belongs to a cluster: what turned out to
    be a report does not, nor does a contact that became a matter of its own, which is read there. What is no report any
    more begins a cluster. `there`: the contacts that are no reports.
    """
    known = set()
    rows = Reading.objects.filter(matter__in=matters)
    for number, matter, seq, cluster in rows.values_list("number", "matter", "seq", "cluster"):
        known.add((matter, seq))
        belongs = (matter, seq) in there
        if belongs != (cluster is not None):
            Reading.objects.filter(number=number).update(cluster=number if belongs else None)
    return known
