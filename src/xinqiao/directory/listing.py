"""Named reads for administrators: accounts with all their posts, names by date, the tree of categories.

They are `queries` like the others, in a file of their own; nothing here is cached.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from xinqiao.directory.models import Account, Category, Post, Unit, UnitName
from xinqiao.rules.persons import Role


@dataclass(frozen=True, kw_only=True)
class PostHeld:
    """A post that was given, whenever."""

    id: int
    account: int
    unit: str
    role: Role
    title: str
    valid_from: date
    valid_to: date | None

    def held_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, kw_only=True)
class AccountLine:
    """An account with the posts that were ever given to it, the newest first."""

    id: int
    username: str
    name: str
    is_open: bool
    last_login: datetime | None
    posts: Sequence[PostHeld]


@dataclass(frozen=True, kw_only=True)
class AccountFilter:
    """What the list of accounts is narrowed by; empty values do not narrow."""

    words: str = ""
    unit: str = ""
    role: str = ""
    state: str = ""  # open, closed


def accounts(
    reach: Collection[str] | None, wanted: AccountFilter, today: date, *, after: str = "", limit: int = 50
) -> list[AccountLine]:  # fmt: skip
    """Accounts that ever held a post in these units (None: all), by user name after `after`."""
    rows = Account.objects.filter(username__gt=after).order_by("username")
    if reach is not None:
        rows = rows.filter(posts__unit_id__in=list(reach)).distinct()
    if wanted.words:
        rows = rows.filter(Q(username__icontains=wanted.words) | Q(name__icontains=wanted.words))
    if wanted.state:
        rows = rows.filter(is_active=wanted.state == "open")
    if wanted.unit or wanted.role:
        rows = rows.filter(pk__in=_holders(wanted, today))
    return _with_posts(rows[:limit])


def _holders(wanted: AccountFilter, today: date) -> QuerySet[Post, int]:
    held = Post.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today))
    if wanted.unit:
        held = held.filter(unit_id=wanted.unit)
    if wanted.role:
        held = held.filter(role=wanted.role)
    return held.values_list("account_id", flat=True)


def account(account_id: int) -> AccountLine | None:
    """One account; None when there is none."""
    found = _with_posts(Account.objects.filter(pk=account_id))
    return found[0] if found else None


def _with_posts(rows: QuerySet[Account]) -> list[AccountLine]:
    listed = list(rows)
    posts: dict[int, list[PostHeld]] = {one.pk: [] for one in listed}
    for row in Post.objects.filter(account_id__in=posts).order_by("-valid_from", "-id"):
        posts[row.account_id].append(_post(row))
    return [
        AccountLine(
            id=one.pk, username=one.username, name=one.name, is_open=one.is_active,
            last_login=one.last_login, posts=tuple(posts[one.pk]),
        )
        for one in listed
    ]  # fmt: skip


def _post(row: Post) -> PostHeld:
    return PostHeld(
        id=row.pk, account=row.account_id, unit=row.unit_id, role=Role(row.role), title=row.title,
        valid_from=row.valid_from, valid_to=row.valid_to,
    )  # fmt: skip


def post(post_id: int) -> PostHeld | None:
    """One post; None when there is none."""
    row = Post.objects.filter(pk=post_id).first()
    return _post(row) if row else None


def posts_of_unit(unit: str, today: date) -> list[PostHeld]:
    """The posts in a unit that are held today or begin later."""
    rows = Post.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today), unit_id=unit)
    return [_post(row) for row in rows.order_by("role", "id")]


def administered_units(today: date) -> frozenset[str]:
    """The units that have an administrator today."""
    rows = Post.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today),
        role=Role.ADMIN, valid_from__lte=today, account__is_active=True,
    )  # fmt: skip
    return frozenset(row.unit_id for row in rows.only("unit_id"))


def other_administrators(account_id: int, units: Collection[str], today: date) -> bool:
    """Whether somebody else administers one of these units today, without a last day."""
    rows = Post.objects.filter(
        valid_to__isnull=True, role=Role.ADMIN, valid_from__lte=today, unit_id__in=list(units),
        account__is_active=True,
    )  # fmt: skip
    return rows.exclude(account_id=account_id).exists()


def unit_id(code: str) -> int | None:
    """The row of a unit, for the audit."""
    return Unit.objects.filter(code=code).values_list("pk", flat=True).first()


def username_exists(username: str) -> bool:
    """Whether a log-in name is taken, in whatever case it is written."""
    return Account.objects.filter(username__iexact=username).exists()


def account_ids(units: Collection[str]) -> frozenset[int]:
    """The accounts that ever held a post in these units."""
    rows = Post.objects.filter(unit_id__in=list(units))
    return frozenset(row.account_id for row in rows.only("account_id"))


def account_ids_like(words: str) -> list[int]:
    """The accounts whose name or log-in name holds these words."""
    like = Q(username__icontains=words) | Q(name__icontains=words)
    return list(Account.objects.filter(like).order_by("id").values_list("id", flat=True))


@dataclass(frozen=True, kw_only=True)
class NameLine:
    """What a unit is called from a day on."""

    name: str
    name_en: str
    valid_from: date


def names_of(unit: str) -> list[NameLine]:
    """The names of a unit that was renamed, the newest first; none when it never was."""
    rows = UnitName.objects.filter(unit_id=unit).order_by("-valid_from")
    return [NameLine(name=r.name, name_en=r.name_en, valid_from=r.valid_from) for r in rows]


def names_on(day: date) -> Mapping[str, tuple[str, str]]:
    """What units that were ever renamed were called on a day, in Chinese and English."""
    rows = UnitName.objects.filter(valid_from__lte=day).order_by("valid_from")
    return {row.unit_id: (row.name, row.name_en) for row in rows}


@dataclass(frozen=True, kw_only=True)
class CategoryLine:
    """A class of content and the day on which it was retired."""

    code: str
    name: str
    name_en: str
    parent: str | None
    retired_on: date | None

    @property
    def depth(self) -> int:
        return self.code.count(".")


def categories() -> list[CategoryLine]:
    """All classes, parents before children."""
    rows = sorted(Category.objects.all(), key=lambda row: row.pk.split("."))
    return [
        CategoryLine(
            code=row.pk, name=row.name, name_en=row.name_en, parent=row.parent_id,
            retired_on=row.retired_on,
        )
        for row in rows
    ]  # fmt: skip
