"""Reading what was kept. Who may see a file is decided by who asks for its owner."""

import shutil
from collections.abc import Collection, Iterator
from typing import Any, BinaryIO

from django.db.models import Count, Q, QuerySet

from xinqiao.evidence import store
from xinqiao.evidence.checking import examined
from xinqiao.evidence.contents import Kind
from xinqiao.evidence.inside.words import PROGRAM
from xinqiao.evidence.models import StoredFile
from xinqiao.evidence.values import FileInfo, Owner, WordsState


def files_of(owner: Owner) -> list[FileInfo]:
    """The files of one owner, in the order in which they came."""
    return files_of_each(owner.kind, [owner.id])[owner.id]


def files_of_each(owner_kind: str, owner_ids: Collection[int]) -> dict[int, list[FileInfo]]:
    """The files of several owners of one kind, by owner id; each has a list, be it empty."""
    found: dict[int, list[FileInfo]] = {owner_id: [] for owner_id in owner_ids}
    rows = StoredFile.objects.filter(owner_kind=owner_kind, owner_id__in=list(found))
    for row in rows.order_by("pk"):
        found[row.owner_id].append(info(row))
    return found


def words_of_each(
    owner_kind: str, owner_ids: Collection[int] | QuerySet[Any, int]
) -> dict[int, list[tuple[str, str]]]:
    """The names of the files of these owners, each with its words as far as they are read, by owner id.

    A question that gives row ids is asked within this one.
    """
    found: dict[int, list[tuple[str, str]]] = {}
    owners = owner_ids if isinstance(owner_ids, QuerySet) else list(owner_ids)
    rows = StoredFile.objects.filter(owner_kind=owner_kind, owner_id__in=owners)
    for owner, name, words in rows.order_by("pk").values_list("owner_id", "name", "read__words"):
        found.setdefault(owner, []).append((name, words or ""))
    return found


def unread(owner_kinds: Collection[str], most: int) -> list[FileInfo]:
    """The files of such owners that nobody tried to read yet, the oldest first.

    Pictures come again where a program that reads them has been installed since.
    """
    left = Q(read__isnull=True)
    if pictures_are_read():
        left |= Q(read__state=WordsState.WITHOUT_PROGRAM)
    rows = StoredFile.objects.filter(left, owner_kind__in=list(owner_kinds))
    return [info(row) for row in rows.order_by("pk")[:most]]


def pictures_are_read() -> bool:
    """Whether the machine has a program that reads pictures."""
    return shutil.which(PROGRAM) is not None


def read_so_far(owner_kinds: Collection[str]) -> dict[str, int]:
    """How many files of such owners there are by how reading them went; "" for those that wait."""
    rows = StoredFile.objects.filter(owner_kind__in=list(owner_kinds)).values("read__state")
    return {row["read__state"] or "": row["n"] for row in rows.annotate(n=Count("pk")).order_by()}


def file(file_id: int) -> FileInfo | None:
    """One file, or None. The caller asks first whether its owner may be seen."""
    row = StoredFile.objects.filter(pk=file_id).first()
    return info(row) if row else None


def content(kept: FileInfo) -> BinaryIO:
    """The bytes, opened for reading. Raises FileNotFoundError when the folder is incomplete."""
    return store.place_of(kept.sha256).open("rb")


def preview(kept: FileInfo) -> BinaryIO | None:
    """The small JPEG of a picture, opened for reading; drawn now when it is missing. None for other files.

    Raises FileNotFoundError when the picture itself is missing, Refused when it cannot be drawn.
    """
    if not kept.is_picture:
        return None
    place = store.preview_of(kept.sha256)
    if not place.exists():
        with (
            store.incoming(content(kept), limit=kept.size) as copy,
            examined(copy.path, kept.kind) as drawn,
        ):
            if drawn.preview is not None:
                store.put_preview(drawn.preview, kept.sha256)
    return place.open("rb")


def damaged() -> Iterator[FileInfo]:
    """Every file whose bytes are missing or changed: after a restore, or once a month.

    Reads everything that was ever kept: minutes for each ten gigabytes.
    """
    whole: dict[str, bool] = {}
    for row in StoredFile.objects.order_by("sha256", "pk").iterator():
        if row.sha256 not in whole:
            whole = {row.sha256: store.is_whole(row.sha256)}
        if not whole[row.sha256]:
            yield info(row)


def info(row: StoredFile) -> FileInfo:
    """The plain value of a row."""
    return FileInfo(
        id=row.pk,
        owner=Owner(kind=row.owner_kind, id=row.owner_id),
        name=row.name,
        kind=Kind(row.kind),
        size=row.size,
        sha256=row.sha256,
        received_at=row.received_at,
        received_sha256=row.received_sha256,
    )
