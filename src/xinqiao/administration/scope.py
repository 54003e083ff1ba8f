"""What a person administers, and the one way an administrator's change is written down."""

from datetime import date, datetime

from xinqiao.audit import actions as audit
from xinqiao.audit.kinds import AuditAction
from xinqiao.directory import listing
from xinqiao.directory import queries as directory
from xinqiao.rules import administration as rules
from xinqiao.rules.administration import Reach
from xinqiao.rules.persons import Person, Role
from xinqiao.rules.refusals import Refusal, Refused

Fact = str | int | bool | None


def reach_of(by: Person, today: date) -> Reach:
    """The units that the person administers today; nothing without an ADMIN post."""
    if not by.is_admin:
        return Reach(everything=False, units=frozenset())
    return rules.reach(by, directory.units(), listing.administered_units(today), today)


def refuse(refusal: Refusal | None) -> None:
    """Raises Refused where the rules say no."""
    if refusal is not None:
        raise Refused(refusal)


def refuse_settings(by: Person, today: date) -> None:
    """Raises Refused for whoever may not change what counts for the whole platform."""
    refuse(rules.may_set(reach_of(by, today)))


def note(
    what: str, *, by: Person, now: datetime, kind: str, row: int | None, before: Fact = None,
    after: Fact = None, **more: Fact,
) -> None:  # fmt: skip
    """One audit entry of an administrator's change: what, to which row, from what to what."""
    posts = by.units(frozenset({Role.ADMIN}))
    audit.record(
        AuditAction.ADMINISTERED, now=now, by_account=by.account, unit=min(posts, default=""),
        object_kind=kind, object_id=row,
        detail={"what": what, "before": before, "after": after} | more,
    )  # fmt: skip


def note_export(*, by: Person, now: datetime) -> None:
    """That somebody took the audit away."""
    posts = by.units(frozenset({Role.ADMIN}))
    audit.record(
        AuditAction.EXPORTED, now=now, by_account=by.account, unit=min(posts, default=""),
        object_kind="audit",
    )  # fmt: skip
