"""Named reads of the directory; units and people come out as the values that the rules work with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from threading import local
from time import monotonic
from typing import Any

from django.db.models import Q, QuerySet

from xinqiao.directory.models import (
    Account,
    Category,
    DirectoryVersion,
    Post,
    Region,
    Substitute,
    Unit,
)
from xinqiao.rules import persons
from xinqiao.rules import units as rules_units

#: For so long a thread takes the directory to be as it was.
VERSION_SECONDS = 1.0


def units() -> rules_units.Units:
    """All units ever, as a value; read once for each version of the directory."""
    return _units_of(_version())


class _LastRead(local):
    """The version as this thread read it last, and until when (of the monotonic clock) that is good enough."""

    number = 0
    until = 0.0


_last_read = _LastRead()


def _version() -> int:
    """A change made elsewhere is known here within a second; one made by this thread at once."""
    if monotonic() >= _last_read.until:
        number = DirectoryVersion.objects.values_list("number", flat=True).first()
        _last_read.number, _last_read.until = number or 0, monotonic() + VERSION_SECONDS
    return _last_read.number


def forget_version() -> None:
    """The next question reads the version anew; called after a change."""
    _last_read.until = 0.0


@lru_cache(maxsize=2)
def _units_of(version: int) -> rules_units.Units:
    del version  # only names the cached value
    return rules_units.Units({row.code: _unit_value(row) for row in Unit.objects.order_by("id")})


def _unit_value(row: Unit) -> rules_units.Unit:
    return rules_units.Unit(
        code=row.code,
        name=row.name,
        name_en=row.name_en,
        kind=rules_units.UnitKind(row.kind),
        level=rules_units.Level(row.level),
        region=row.region_id,
        parent=row.parent or None,
        guiding=row.guiding or None,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        successor=row.successor or None,
        categories=tuple(row.categories),
    )


def person(account_id: int, today: date) -> persons.Person:
    """The account with the posts it holds today, and those of whom it stands in for; without any when it is closed.

    Administrators' posts are lent to nobody: of them only the unit counts, for the wall.
    """
    posts, walled = [], set()
    for holder, unit, role, first, last in _posts_held(account_id, today).all():
        instead_of = holder if holder != account_id else None
        post = persons.Post(
            unit=unit,
            role=persons.Role(role),
            valid_from=first,
            valid_to=last,
            instead_of=instead_of,
        )
        if not post.held_on(today):
            continue
        if instead_of is None or post.role in persons.WORKING_ROLES:
            posts.append(post)
        else:
            walled.add(unit)
    return persons.Person(
        kind=persons.PersonKind.STAFF,
        account=account_id,
        posts=tuple(sorted(posts, key=lambda post: post.instead_of is not None)),
        walled_with=frozenset(walled),
    )


@lru_cache(maxsize=512)
def _posts_held(account_id: int, today: date) -> QuerySet[Any]:
    """The question for the posts that are the account's, and those lent to it; it is asked anew each time."""
    columns = ("account_id", "unit_id", "role", "valid_from", "valid_to")
    own = Post.objects.filter(account_id=account_id, account__is_active=True)
    lent = Post.objects.filter(
        account__substitutes__in=_standing_in(today).filter(stands_in_id=account_id)
    )
    return own.values_list(*columns).union(lent.values_list(*columns))


def _standing_in(today: date) -> QuerySet[Substitute]:
    """The substitutes of today; none for or by a closed account."""
    return Substitute.objects.filter(
        first_day__lte=today,
        last_day__gte=today,
        ended_at__isnull=True,
        account__is_active=True,
        stands_in__is_active=True,
    )


@dataclass(frozen=True, kw_only=True)
class SubstituteLine:
    """Who stands in for whom, between which days; `id` names it for ending it."""

    id: int
    away: int
    away_name: str
    stands_in: int
    stands_in_name: str
    first_day: date
    last_day: date
    named_by: int


def substitutes(today: date, *, of: Iterable[int] | None = None) -> list[SubstituteLine]:
    """Those who stand in for somebody today or later, soonest first: all, or only where one of `of` is part of it."""
    rows = Substitute.objects.filter(last_day__gte=today, ended_at__isnull=True)
    if of is not None:
        people = list(of)
        rows = rows.filter(Q(account_id__in=people) | Q(stands_in_id__in=people))
    return [
        SubstituteLine(
            id=row.pk,
            away=row.account_id,
            away_name=row.account.name,
            stands_in=row.stands_in_id,
            stands_in_name=row.stands_in.name,
            first_day=row.first_day,
            last_day=row.last_day,
            named_by=row.named_by,
        )
        for row in rows.select_related("account", "stands_in").order_by("first_day", "id")
    ]


@dataclass(frozen=True, kw_only=True)
class PostLine:
    """One line of a list of staff."""

    account: int
    username: str
    name: str
    unit: str
    role: str
    title: str


def staff(unit_codes: Iterable[str], today: date, roles: Iterable[str] = ()) -> list[PostLine]:
    """Who holds a post in these units today."""
    rows = Post.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today),
        unit_id__in=list(unit_codes),
        valid_from__lte=today,
        account__is_active=True,
    )
    wanted = list(roles)
    rows = rows.filter(role__in=wanted) if wanted else rows
    columns = ("account_id", "account__username", "account__name", "unit_id", "role", "title")
    # Rows and no models: a province has ten thousand posts, and a form names them all.
    found = rows.order_by("unit_id", "role", "id").values_list(*columns)
    return [
        PostLine(account=account, username=username, name=name, unit=unit, role=role, title=title)
        for account, username, name, unit, role, title in found
    ]


def account_names(account_ids: Iterable[int]) -> Mapping[int, str]:
    """Names of members of staff, for showing who acted."""
    return dict(Account.objects.filter(id__in=list(account_ids)).values_list("id", "name"))


def accounts_by_username() -> Mapping[str, int]:
    """The ids of all log-ins by user name."""
    return dict(Account.objects.values_list("username", "id"))


def headed_units(account_ids: Iterable[int], today: date) -> frozenset[str]:
    """The units that these accounts head: the wall around a reported head closes around the whole unit.

    Who stands in for a head heads the unit meanwhile.
    """
    accounts = list(account_ids)
    rows = Post.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today),
        Q(account_id__in=accounts)
        | Q(account__substitutes__in=_standing_in(today).filter(stands_in_id__in=accounts)),
        role=persons.Role.HEAD,
        valid_from__lte=today,
    )
    return frozenset(rows.values_list("unit__code", flat=True))


@lru_cache(maxsize=2)
def _regions_of(version: int) -> Mapping[str, tuple[str, str, str | None]]:
    del version
    return {
        row.code: (row.name, row.level, row.parent_id) for row in Region.objects.order_by("code")
    }


def region_name(code: str) -> str:
    """The region with what it lies in, below the province: 安庆市 宜秀区 某某镇; the code itself when unknown."""
    regions = _regions_of(_version())
    parts: list[str] = []
    current: str | None = code
    while current is not None and current in regions:
        name, level, parent = regions[current]
        if level != "province":
            parts.append(name)
        current = parent
    return " ".join(reversed(parts)) or code


def region_names() -> Mapping[str, str]:
    """The names of all regions, by code and in its order."""
    return _region_names(_version())


@lru_cache(maxsize=2)
def _region_names(version: int) -> Mapping[str, str]:
    return {code: name for code, (name, _, _) in _regions_of(version).items()}


def regions_within(area: str) -> Sequence[str]:
    """The codes of the regions whose codes begin with `area`, in order: it costs what is found."""
    return rules_units.beginning_with(_region_codes(_version()), area)


@lru_cache(maxsize=2)
def _region_codes(version: int) -> list[str]:
    return sorted(_regions_of(version))


def region_choices(parent: str | None = None) -> list[tuple[str, str]]:
    """Codes and names of the regions directly in `parent`, or of all, in the order of the code."""
    regions = _regions_of(_version())
    return [
        (code, name)
        for code, (name, _, above) in regions.items()
        if parent is None or above == parent
    ]


def region_exists(code: str) -> bool:
    return code in _regions_of(_version())


@lru_cache(maxsize=2)
def _categories_of(version: int) -> Mapping[str, tuple[str, str, str | None]]:
    del version
    return {
        row.code: (row.name, row.name_en, row.parent_id) for row in Category.objects.order_by("pk")
    }


def category_exists(code: str) -> bool:
    """Whether there is such a category and it is not retired."""
    return code in _categories_of(_version()) and code not in _retired(_version())


@lru_cache(maxsize=2)
def _retired(version: int) -> frozenset[str]:
    del version
    rows = Category.objects.filter(retired_on__isnull=False)
    return frozenset(rows.values_list("pk", flat=True))


def category_name(code: str, language: str) -> str:
    """The category with its parents, in one language: 住房 / 物业 / 收费."""
    return _full_names(_version(), language.startswith("en")).get(code, code)


@lru_cache(maxsize=4)
def _full_names(version: int, english: bool) -> Mapping[str, str]:
    """The full names of all categories, parents before children."""
    names: dict[str, str] = {}
    for code, (name, name_en, parent) in _categories_of(version).items():
        own = name_en if english else name
        names[code] = f"{names[parent]} / {own}" if parent is not None else own
    return names


def category_choices(language: str) -> list[tuple[str, str]]:
    """Codes and full names of the categories that are offered, parents before children."""
    version = _version()
    retired, names = _retired(version), _full_names(version, language.startswith("en"))
    return [(code, name) for code, name in names.items() if code not in retired]


def regions_above() -> Mapping[str, str | None]:
    """Each region with the one it lies in, in the order of the code."""
    return {code: above for code, (_, _, above) in _regions_of(_version()).items()}


def category_tops() -> Mapping[str, tuple[str, str]]:
    """The highest categories with their names, in Chinese and English; retired ones too, since the past has them."""
    return {
        code: (name, name_en)
        for code, (name, name_en, above) in _categories_of(_version()).items()
        if above is None
    }
