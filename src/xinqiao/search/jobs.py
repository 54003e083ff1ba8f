"""The index follows the ledgers in the background. Each job may run twice and may run late."""

import logging
import time
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.db import DatabaseError

from xinqiao.evidence import queries as evidence
from xinqiao.evidence.reading import read_words
from xinqiao.evidence.values import FileInfo
from xinqiao.matters import followers
from xinqiao.rows.batches import batches
from xinqiao.search.attached import OWNERS, matters_of
from xinqiao.search.filing import filed_so_far, take
from xinqiao.search.models import Filing, Progress

log = logging.getLogger(__name__)
NAME = "search"
#: So many entries are read in one run, and so many matters filed in one transaction.
ENTRIES, TOGETHER = 5000, 200
#: So many files are read in one run, and none is begun after so many seconds: each takes half a second, a bad scan a
#: minute, and all else that the worker does waits for it.
FILES, SECONDS = 40, 20


def file_ledgers(now: datetime) -> int:
    """Files what was entered or erased since the last run. Returns how many matters; 0 where the index is broken.

    A broken index keeps its place in the ledgers, so that nothing is passed over.
    """
    new: list[int] = []
    try:
        new += _file_stale()
        if followers.follow(NAME, lambda read: new.extend(_file_new(read)), ENTRIES) < ENTRIES:
            set_whole(whole=True)
    except DatabaseError:
        log.exception("the index of words cannot be written; run: xinqiao index rebuild")
        return 0
    return len(new)


def read_files(now: datetime) -> int:
    """Reads the words of files that came since the last run, each with filing its matter anew. Returns how many files.

    What cannot be filed has not been read: the next run begins with it.
    """
    done, began = 0, time.monotonic()
    for file in evidence.unread(OWNERS, FILES):
        try:
            read_words(file, now, partial(_file_again, file))
        except DatabaseError:
            log.exception("the index of words cannot be written; run: xinqiao index rebuild")
            break
        done += 1
        if time.monotonic() - began >= SECONDS:
            break
    return done


def _file_again(file: FileInfo) -> None:
    take(matters_of([file]))


def _file_stale() -> list[int]:
    """Files anew the matters of which a text was erased."""
    stale = list(Filing.objects.filter(stale=True).values_list("matter", flat=True)[:ENTRIES])
    _take_all(stale)
    return stale


def _file_new(read: Sequence[followers.Read]) -> list[int]:
    """Files the matters that are not filed as far as this."""
    new = sorted(followers.further(read, filed_so_far))
    _take_all(new)
    return new


def _take_all(found: Sequence[int]) -> None:
    for some in batches(found, TOGETHER):
        take(some)


def set_whole(*, whole: bool) -> None:
    """Whether everything from the first entry on has been filed once."""
    if not Progress.objects.filter(pk=1, whole=whole).exists():
        Progress.objects.update_or_create(pk=1, defaults={"whole": whole})


def file_everything(now: datetime) -> int:
    """Runs until nothing is left: for a platform that begins, and for stories."""
    return followers.until_all_is_read(NAME, lambda: file_ledgers(now))
