"""Writing the audit down, in the transaction of what is done."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from xinqiao.audit.kinds import AuditAction
from xinqiao.audit.models import AuditEntry

Detail = Mapping[str, str | int | bool | None]


def record(
    action: AuditAction,
    *,
    now: datetime,
    by_account: int | None,
    unit: str = "",
    object_kind: str = "",
    object_id: int | None = None,
    reason: str = "",
    detail: Detail | None = None,
) -> None:
    """One entry: `by_account` (None: nobody logged in, or the platform itself) did `action`.

    `unit` is the code of the unit it was done for; `detail` holds ids, codes and counts, never
    personal data: an entry outlives the data of the person it is about.
    """
    AuditEntry.objects.create(
        at=now,
        account_id=by_account,
        unit=unit,
        action=action,
        object_kind=object_kind,
        object_id=object_id,
        reason=reason,
        detail=dict(detail or {}),
    )


def record_each(
    action: AuditAction,
    *,
    now: datetime,
    by_account: int | None,
    object_kind: str,
    object_ids: Iterable[int],
    unit: str = "",
    reason: str = "",
    detail: Detail | None = None,
) -> None:
    """The same as `record` for many objects of one kind: an entry for each, in one statement."""
    AuditEntry.objects.bulk_create(
        AuditEntry(
            at=now,
            account_id=by_account,
            unit=unit,
            action=action,
            object_kind=object_kind,
            object_id=object_id,
            reason=reason,
            detail=dict(detail or {}),
        )
        for object_id in object_ids
    )
