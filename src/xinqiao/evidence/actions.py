"""Keeping what people bring as evidence. Nothing is kept that the platform would not hand out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.db import IntegrityError, transaction

from xinqiao.evidence import queries, store
from xinqiao.evidence.archives import archive_refusal
from xinqiao.evidence.checking import examined
from xinqiao.evidence.contents import Kind, detect
from xinqiao.evidence.models import StoredFile
from xinqiao.evidence.names import safe_name
from xinqiao.evidence.values import ACCEPTED, DISCARDED, DRAFT, MAX_BYTES, FileInfo, Owner
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refusal, Refused

_REFUSED: Mapping[Kind, str] = {
    Kind.MACROS: "file_macros",
    Kind.PROTECTED: "file_protected",
    Kind.MARKUP: "file_markup",
    Kind.PROGRAM: "file_program",
    Kind.ARCHIVE: "file_archive",
    Kind.HEIC: "file_heic",
    Kind.VIDEO: "file_video",
}
_CONTAINERS = {Kind.DOCX, Kind.XLSX}


def keep(
    content: BinaryIO, *, name: str, owner: Owner, by: Person, now: datetime, limit: int = MAX_BYTES
) -> FileInfo:
    """Keeps one file as evidence of `owner`. What it is, its bytes say; `name` is only a name.

    A picture is drawn anew, and only what was drawn is kept. The same bytes for the same owner give
    the first file again. `limit` is in bytes.
    Raises Refused, and keeps nothing: `file_empty`, `file_too_large`, `file_program`,
    `file_markup`, `file_archive`, `file_heic`, `file_video`, `file_unpacks_too_large`,
    `file_kind_unknown`, and what `checking.examined` refuses.
    """
    with store.incoming(content, limit=limit) as file:
        kind = _judged(file.path)
        earlier = _received_before(owner, file.sha256)
        if earlier is not None and store.is_whole(earlier.sha256):
            return queries.info(earlier)
        with examined(file.path, kind) as harmless:
            put = store.put(harmless.file)
            if harmless.preview is not None:
                store.put_preview(harmless.preview, put.sha256)
    try:
        with transaction.atomic():
            row = StoredFile.objects.create(
                owner_kind=owner.kind,
                owner_id=owner.id,
                sha256=put.sha256,
                received_sha256=file.sha256,
                size=put.size,
                name=safe_name(name, kind),
                kind=kind.value,
                received_at=now,
                received_by=by.account,
            )
    except IntegrityError:  # sent twice: an impatient finger, or the page sent again
        row = StoredFile.objects.get(owner_kind=owner.kind, owner_id=owner.id, sha256=put.sha256)
    return queries.info(row)


def _received_before(owner: Owner, received_sha256: str) -> StoredFile | None:
    rows = StoredFile.objects.filter(owner_kind=owner.kind, owner_id=owner.id)
    return rows.filter(received_sha256=received_sha256).first()


def _judged(path: Path) -> Kind:
    """The kind of an acceptable file; raises Refused for every other."""
    kind = detect(path)
    if kind not in ACCEPTED:
        raise Refused(Refusal(_REFUSED.get(kind, "file_kind_unknown")))
    if kind in _CONTAINERS and (refusal := archive_refusal(path)):
        raise Refused(refusal)
    return kind


def hand_over(files: Sequence[int], *, to: Owner) -> list[FileInfo]:
    """Gives files to another owner, as from a draft to the contact it became, and returns them.

    A file whose bytes the new owner has already is not given twice; unknown ids are passed over.
    """
    with transaction.atomic():
        has = {file.sha256 for file in queries.files_of(to)}
        for row in StoredFile.objects.filter(pk__in=files).order_by("pk"):
            if row.sha256 not in has:
                row.owner_kind, row.owner_id = to.kind, to.id
                row.save(update_fields=["owner_kind", "owner_id"])
                has.add(row.sha256)
        return queries.files_of(to)


def share(hashes: Iterable[str], owner: Owner, *, to: Owner) -> None:
    """The files of `owner` with these hashes are those of `to`, too; the bytes lie once. Unknown ones are left out."""
    rows = StoredFile.objects.filter(
        owner_kind=owner.kind, owner_id=owner.id, sha256__in=list(hashes)
    )
    twins = list(rows.order_by("pk"))
    for row in twins:
        row.pk, row.owner_kind, row.owner_id = None, to.kind, to.id
    StoredFile.objects.bulk_create(twins, ignore_conflicts=True)


def remove_from_draft(files: Sequence[int], *, draft: Owner) -> None:
    """Takes files out of something that was not sent yet; one that is not in it is passed over.

    Nobody finds them from now on; `jobs.discard_drafts` deletes the bytes. What was received stays:
    for any other owner than a draft this raises ValueError.
    """
    if draft.kind != DRAFT:
        raise ValueError(f"files of a {draft.kind} are not removed")
    with transaction.atomic():
        rows = StoredFile.objects.filter(pk__in=files, owner_kind=draft.kind, owner_id=draft.id)
        twins = StoredFile.objects.filter(owner_kind=DRAFT, owner_id=DISCARDED.id)
        rows.filter(sha256__in=list(twins.values_list("sha256", flat=True))).delete()
        rows.update(owner_id=DISCARDED.id)
