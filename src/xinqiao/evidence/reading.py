"""Reading the words of files in the background, each in a process of its own with limits, like the look inside."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from django.db import transaction

from xinqiao.evidence import store
from xinqiao.evidence.checking import CheckLimits, started
from xinqiao.evidence.contents import Kind
from xinqiao.evidence.models import FileWords, StoredFile
from xinqiao.evidence.values import FileInfo, WordsState
from xinqiao.text.personal_numbers import without_numbers

#: Reading a picture takes longer than looking into one.
LIMITS = CheckLimits(seconds=60)
_MODULE = "xinqiao.evidence.reading_process"


def read_words(
    file: FileInfo, now: datetime, then: Callable[[], None], limits: CheckLimits = LIMITS
) -> WordsState:
    """Keeps the words of a file beside it, without the numbers of people. They go when the file goes.

    May run twice. A file that cannot be read is told so and not tried again. `then` is done in the same transaction:
    who is killed before it, or fails in it, has not read the file.
    """
    state, words = words_at(store.place_of(file.sha256), file.kind, limits)
    with transaction.atomic():
        if StoredFile.objects.filter(pk=file.id).exists():
            kept = {"state": state, "words": words, "read_at": now}
            FileWords.objects.update_or_create(file_id=file.id, defaults=kept)
        then()
    return state


def words_at(path: Path, kind: Kind, limits: CheckLimits = LIMITS) -> tuple[WordsState, str]:
    """How reading the file at `path` went, and its words."""
    request = {"path": str(path), "kind": kind, **asdict(limits)}
    done = started(_MODULE, request)
    if done is None or done.returncode != 0:
        return WordsState.FAILED, ""
    said = json.loads(done.stdout)
    if said["without_program"]:
        return WordsState.WITHOUT_PROGRAM, ""
    if said["words"] is None:
        return WordsState.NOT_READ, ""
    words = without_numbers(_storable(said["words"]))
    return (WordsState.READ, words) if words.strip() else (WordsState.NO_WORDS, "")


def _storable(words: str) -> str:
    """What every database takes: no NUL, no halves of characters."""
    return words.replace("\x00", "").encode("utf-8", "ignore").decode()
