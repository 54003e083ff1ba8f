"""Reading the audit: for those who answer for who looked."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from xinqiao.audit.kinds import AuditAction
from xinqiao.audit.models import AuditEntry


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the audit, as it was written."""

    id: int
    at: datetime
    account_id: int | None
    unit: str
    action: AuditAction
    object_kind: str
    object_id: int | None
    reason: str
    detail: Mapping[str, str | int | bool | None]


def entries(
    *,
    account_id: int | None = None,
    unit: str | None = None,
    action: AuditAction | None = None,
    object_kind: str | None = None,
    object_id: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    before_id: int | None = None,
    concerning: Collection[int] | None = None,
    limit: int = 100,
) -> list[Entry]:
    """The newest entries that fit every given condition, newest first, at most `limit`.

    `since` is included, `until` is not; `before_id` continues after the last entry of a page. `concerning` narrows to
    what these accounts did, or what was done to them.
    """
    wanted = {
        "account_id": account_id,
        "unit": unit,
        "action": action,
        "object_kind": object_kind,
        "object_id": object_id,
        "at__gte": since,
        "at__lt": until,
        "id__lt": before_id,
    }
    conditions = Q(**{name: value for name, value in wanted.items() if value is not None})
    if concerning is not None:
        accounts = sorted(concerning)
        conditions &= Q(account_id__in=accounts) | Q(object_kind="account", object_id__in=accounts)
    return [_entry(row) for row in AuditEntry.objects.filter(conditions).order_by("-id")[:limit]]


def about_account(
    account_id: int, actions: Iterable[AuditAction], *, limit: int = 50
) -> list[Entry]:
    """What an account did of `actions`, or what was done to it, newest first, at most `limit`."""
    who = Q(account_id=account_id) | Q(object_kind="account", object_id=account_id)
    rows = AuditEntry.objects.filter(who, action__in=list(actions)).order_by("-id")
    return [_entry(row) for row in rows[:limit]]


def _entry(row: AuditEntry) -> Entry:
    return Entry(
        id=row.pk,
        at=row.at,
        account_id=row.account_id,
        unit=row.unit,
        action=AuditAction(row.action),
        object_kind=row.object_kind,
        object_id=row.object_id,
        reason=row.reason,
        detail=row.detail,
    )
