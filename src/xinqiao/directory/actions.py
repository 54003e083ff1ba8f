"""Changes of the directory: units, regions, categories, accounts, posts."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F

from xinqiao.audit import actions as audit
from xinqiao.audit.kinds import AuditAction
from xinqiao.directory import queries
from xinqiao.directory.models import (
    Account,
    Category,
    DirectoryVersion,
    Post,
    Region,
    Substitute,
    Unit,
)
from xinqiao.rules import substitutes
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.persons import Role
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.rules.units import Unit as UnitValue


def changed() -> None:
    """A new version of the directory: cached values know that they are old."""
    if not DirectoryVersion.objects.update(number=F("number") + 1):
        DirectoryVersion.objects.create(number=1)
    queries.forget_version()


@transaction.atomic
def load_regions(rows: Iterable[tuple[str, str, str, str | None]]) -> int:
    """Adds or renames regions, given as (code, name, level, parent code), parents first. Returns their number."""
    regions = [
        Region(code=code, name=name, level=level, parent_id=parent)
        for code, name, level, parent in rows
    ]
    Region.objects.bulk_create(
        regions,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "level", "parent"],
    )
    changed()
    return len(regions)


@transaction.atomic
def load_categories(rows: Iterable[tuple[str, str, str, str | None]]) -> int:
    """Adds or renames categories, given as (code, name, English name, parent code), parents first."""
    categories = [
        Category(code=code, name=name, name_en=name_en, parent_id=parent)
        for code, name, name_en, parent in rows
    ]
    Category.objects.bulk_create(
        categories,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "name_en", "parent"],
    )
    changed()
    return len(categories)


def add_unit(unit: UnitValue) -> None:
    """A new unit from its first day on."""
    add_units([unit])


@transaction.atomic
def add_units(units: Iterable[UnitValue]) -> int:
    """New units, each from its first day on. Returns their number."""
    added = Unit.objects.bulk_create(_unit_row(unit) for unit in units)
    changed()
    return len(added)


def _unit_row(unit: UnitValue) -> Unit:
    return Unit(
        code=unit.code,
        name=unit.name,
        name_en=unit.name_en,
        kind=unit.kind,
        level=unit.level,
        region_id=unit.region,
        parent=unit.parent or "",
        guiding=unit.guiding or "",
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
        successor=unit.successor or "",
        categories=list(unit.categories),
    )


@transaction.atomic
def merge_unit(code: str, into: str, last_day: date) -> None:
    """The unit exists until `last_day`; from the next day on `into` is in charge of what it held (art. 24)."""
    Unit.objects.get(code=into)
    Unit.objects.filter(code=code).update(valid_to=last_day, successor=into)
    Post.objects.filter(unit_id=code, valid_to__isnull=True, valid_from__lte=last_day).update(
        valid_to=last_day
    )
    changed()


@transaction.atomic
def open_account(
    *, username: str, name: str, password: str | None, posts: Mapping[str, Role], since: date,
    title: str = "", first_password: bool = False,
) -> int:  # fmt: skip
    """A log-in with its posts (unit code -> role). Without a password nobody can log in to it. Returns its id.

    A `first_password` is known to whoever hands it over, too: its owner chooses another at the first log-in.
    """
    account = Account.objects.create_account(username, name, password)
    if first_password:
        Account.objects.filter(pk=account.pk).update(must_change_password=True)
    Post.objects.bulk_create(
        Post(account=account, unit_id=unit, role=role, valid_from=since, title=title)
        for unit, role in posts.items()
    )
    return account.pk


@transaction.atomic
def open_accounts(
    people: Iterable[tuple[str, str, str, Role]], *, password: str, since: date
) -> int:
    """Many log-ins at once with one password, given as (user name, name, unit, role). Returns their number."""
    listed, hashed = list(people), make_password(password)
    Account.objects.bulk_create(
        Account(username=username, name=name, password=hashed) for username, name, _, _ in listed
    )
    ids = dict(
        Account.objects.filter(username__in=[one[0] for one in listed]).values_list(
            "username", "id"
        )
    )
    Post.objects.bulk_create(
        Post(account_id=ids[username], unit_id=unit, role=role, valid_from=since)
        for username, _, unit, role in listed
    )
    return len(listed)


@transaction.atomic
def appoint(account_id: int, unit: str, role: Role, since: date, title: str = "") -> None:
    """Gives an account a post from a day on."""
    Post.objects.create(
        account_id=account_id, unit_id=unit, role=role, valid_from=since, title=title
    )


@transaction.atomic
def name_substitute(
    *, away: int, stands_in: int, first_day: date, last_day: date, by: int, now: datetime
) -> int:
    """From the first day to the last, `stands_in` also has the working posts of `away`. Returns its id.

    Raises Refused: see `rules.substitutes`.
    """
    today = now.astimezone(SHANGHAI).date()
    naming, absent, present = (queries.person(account, today) for account in (by, away, stands_in))
    refusal = substitutes.may_name(naming, absent, present, first_day, last_day, today)
    if refusal is not None:
        raise Refused(refusal)
    row = Substitute.objects.create(
        account_id=away, stands_in_id=stands_in, first_day=first_day, last_day=last_day,
        named_by=by, named_at=now,
    )  # fmt: skip
    _tell_substitute(AuditAction.SUBSTITUTE_NAMED, row, by, now)
    return row.pk


@transaction.atomic
def end_substitute(substitute: int, *, by: int, now: datetime) -> None:
    """Nobody stands in any more, from now on. Raises Refused, `not_found` for one that ended or never was."""
    row = Substitute.objects.filter(pk=substitute, ended_at__isnull=True).first()
    if row is None:
        raise Refused(Refusal("not_found"))
    today = now.astimezone(SHANGHAI).date()
    person, away = queries.person(by, today), queries.person(row.account_id, today)
    left = away.in_own_right.units()
    heads = bool(left) and left <= person.in_own_right.units(frozenset({Role.HEAD}))
    refusal = substitutes.may_end(person, row.account_id, row.stands_in_id, heads)
    if refusal is not None:
        raise Refused(refusal)
    row.ended_at = now
    row.save(update_fields=["ended_at"])
    _tell_substitute(AuditAction.SUBSTITUTE_ENDED, row, by, now)


def _tell_substitute(action: AuditAction, row: Substitute, by: int, now: datetime) -> None:
    audit.record(
        action, now=now, by_account=by, object_kind="account", object_id=row.account_id,
        detail={"stands_in": row.stands_in_id, "first_day": str(row.first_day), "last_day": str(row.last_day)},
    )  # fmt: skip


@transaction.atomic
def dismiss(account_id: int, unit: str, last_day: date) -> int:
    """Ends the account's posts in a unit; the history stays. Returns how many ended."""
    posts = Post.objects.filter(account_id=account_id, unit_id=unit, valid_to__isnull=True)
    return posts.filter(valid_from__lte=last_day).update(valid_to=last_day)
