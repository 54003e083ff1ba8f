"""Reading what was kept. Who may see a file is decided by who asks for its owner."""

from collections.abc import Collection, Iterator
from typing import BinaryIO

from xinqiao.evidence import store
from xinqiao.evidence.checking import examined
from xinqiao.evidence.contents import Kind
from xinqiao.evidence.models import StoredFile
from xinqiao.evidence.values import FileInfo, Owner


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
